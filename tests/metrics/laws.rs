//! What must hold for any labels, groups and scores.

use proptest::collection::vec;
use proptest::prelude::*;
use stance::metrics::{
    Calibration, Interval, Kept, Scores, Trial, brier, confusion_shares,
    expected_calibration_error, fit_learning_curve, folds, growth, interval_over_groups, log_loss,
    paired, reliability, risk_coverage,
};

const K: usize = 3;

/// A row: group, true label, two predictions, raw scores.
type Row = (usize, usize, usize, usize, [f64; K]);

fn rows(least: usize) -> impl Strategy<Value = Vec<Row>> {
    let row = (
        0..9_usize,
        0..K,
        0..K,
        0..K,
        prop::array::uniform3(-6.0..6.0),
    );
    vec(row, least..60)
}

fn shuffled() -> impl Strategy<Value = (Vec<Row>, Vec<Row>)> {
    rows(1).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
}

struct Columns {
    group: Vec<usize>,
    truth: Vec<usize>,
    a: Vec<usize>,
    b: Vec<usize>,
    scores: Vec<[f64; K]>,
}

fn columns(rows: &[Row]) -> Columns {
    Columns {
        group: rows.iter().map(|row| row.0).collect(),
        truth: rows.iter().map(|row| row.1).collect(),
        a: rows.iter().map(|row| row.2).collect(),
        b: rows.iter().map(|row| row.3).collect(),
        scores: rows.iter().map(|row| row.4).collect(),
    }
}

fn names() -> Vec<String> {
    (0..K).map(|label| format!("label {label}")).collect()
}

fn score(
    Columns {
        group, truth, a, ..
    }: &Columns,
) -> Scores {
    Scores::new(truth, a, group, &names())
}

fn probabilities(calibration: &Calibration, scores: &[[f64; K]]) -> Vec<[f64; K]> {
    let apply = |row: &[f64; K]| {
        let mut out = [0.0; K];
        calibration.apply(row, &mut out);
        out
    };
    scores.iter().map(apply).collect()
}

fn ordered(interval: &Interval, within: std::ops::RangeInclusive<f64>) -> bool {
    match (interval.low, interval.value, interval.high) {
        (Some(low), Some(value), Some(high)) => {
            low <= value && value <= high && within.contains(&low) && within.contains(&high)
        }
        (None, value, None) => value.is_none_or(|value| within.contains(&value)),
        _ => false,
    }
}

fn mirrored(one: &Interval, other: &Interval) -> bool {
    let opposite = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a + b).abs() < 1e-12,
        (a, b) => a == b,
    };
    opposite(one.value, other.value)
        && opposite(one.low, other.high)
        && opposite(one.high, other.low)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn folds_keep_groups_whole_and_are_never_empty(rows in rows(1), count in 2..6_usize) {
        let Columns { group, truth, .. } = columns(&rows);
        let mut distinct = group.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let Ok(fold_of_row) = folds(&group, &truth, K, count) else {
            prop_assert!(distinct.len() < count);
            return Ok(());
        };
        prop_assert!(distinct.len() >= count);
        prop_assert_eq!(fold_of_row.len(), rows.len());
        for fold in 0..count {
            prop_assert!(fold_of_row.contains(&fold));
        }
        for one in distinct {
            let mut of_group = group.iter().zip(&fold_of_row).filter(|(g, _)| **g == one);
            let first = *of_group.next().unwrap().1;
            prop_assert!(first < count && of_group.all(|(_, fold)| *fold == first));
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter((given, mixed) in shuffled()) {
        let (one, other) = (columns(&given), columns(&mixed));
        prop_assert_eq!(score(&one), score(&other));
        prop_assert_eq!(
            paired(&one.truth, &one.a, &one.b, &one.group, K),
            paired(&other.truth, &other.a, &other.b, &other.group, K)
        );
        prop_assert_eq!(
            Calibration::fit(&one.scores, &one.truth, &one.group),
            Calibration::fit(&other.scores, &other.truth, &other.group)
        );
        let fold_of_group = |columns: &Columns| {
            let fold_of_row = folds(&columns.group, &columns.truth, K, 2).ok()?;
            let groups = columns.group.iter().copied().zip(fold_of_row);
            Some(groups.collect::<std::collections::BTreeMap<_, _>>())
        };
        prop_assert_eq!(fold_of_group(&one), fold_of_group(&other));
    }

    #[test]
    fn scores_lie_between_0_and_1_inside_their_intervals(rows in rows(1)) {
        let scores = score(&columns(&rows));
        for interval in [&scores.accuracy, &scores.macro_f1, &scores.weighted_f1] {
            prop_assert!(ordered(interval, 0.0..=1.0), "{interval:?}");
        }
        for label in &scores.labels {
            for interval in [&label.precision, &label.recall, &label.f1] {
                prop_assert!(ordered(interval, 0.0..=1.0), "{interval:?}");
            }
        }
        let counted: u64 = scores.confusion.iter().flatten().sum();
        prop_assert_eq!(counted, rows.len() as u64);
    }

    #[test]
    fn perfect_predictions_score_1(rows in rows(1)) {
        let mut columns = columns(&rows);
        columns.a.clone_from(&columns.truth);
        let scores = score(&columns);
        prop_assert_eq!(scores.accuracy.value, Some(1.0));
        prop_assert_eq!(scores.macro_f1.value, Some(1.0));
        prop_assert_eq!(scores.weighted_f1.value, Some(1.0));
    }

    #[test]
    fn renaming_labels_renames_their_scores(rows in rows(1)) {
        let columns = columns(&rows);
        let renamed = |labels: &[usize]| labels.iter().map(|label| (label + 1) % K).collect();
        let before = score(&columns);
        let after = score(&Columns {
            truth: renamed(&columns.truth),
            a: renamed(&columns.a),
            ..columns
        });
        for label in 0..K {
            prop_assert_eq!(&before.labels[label], &after.labels[(label + 1) % K]);
        }
        prop_assert_eq!(before.accuracy, after.accuracy);
    }

    #[test]
    fn calibration_gives_probabilities_and_loses_nothing(rows in rows(1)) {
        let Columns { group, truth, scores, .. } = columns(&rows);
        let calibration = Calibration::fit(&scores, &truth, &group);
        prop_assert!(calibration.suits(K));
        let before = probabilities(&Calibration::default(), &scores);
        let after = probabilities(&calibration, &scores);
        prop_assert!(log_loss(&after, &truth).unwrap() <= log_loss(&before, &truth).unwrap() + 1e-9);
        for row in &after {
            prop_assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!(row.iter().all(|p| (0.0..=1.0).contains(p)));
        }
        prop_assert!((0.0..=2.0).contains(&brier(&after, &truth).unwrap()));
    }

    #[test]
    fn a_temperature_never_changes_the_order_of_labels(
        temperature in 0.01..100.0,
        scores in prop::array::uniform3(-50.0..50.0),
    ) {
        let [row] = probabilities(&Calibration::Temperature(temperature), &[scores])[..] else {
            unreachable!()
        };
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            prop_assert!(scores[a] <= scores[b] || row[a] >= row[b]);
            prop_assert!(scores[a] >= scores[b] || row[a] <= row[b]);
        }
    }

    #[test]
    fn calibration_survives_json(rows in rows(1)) {
        let Columns { group, truth, scores, .. } = columns(&rows);
        let calibration = Calibration::fit(&scores, &truth, &group);
        let json = serde_json::to_string(&calibration).unwrap();
        let again = serde_json::from_str(&json).unwrap();
        let given = probabilities(&calibration, &scores);
        for (one, other) in given.iter().flatten().zip(probabilities(&again, &scores).iter().flatten()) {
            prop_assert!((one - other).abs() < 1e-12);
        }
    }

    #[test]
    fn every_row_is_in_one_bin(rows in rows(1), bins in 1..20_usize) {
        let Columns { truth, scores, .. } = columns(&rows);
        let rated = probabilities(&Calibration::default(), &scores);
        let diagram = reliability(&rated, &truth, bins);
        prop_assert_eq!(diagram.len(), bins);
        prop_assert_eq!(diagram.iter().map(|bin| bin.count).sum::<u64>(), rows.len() as u64);
        for bin in &diagram {
            prop_assert_eq!(bin.count == 0, bin.accuracy.is_none());
            let inside = |p: f64| bin.low - 1e-12 <= p && p <= bin.high + 1e-12;
            prop_assert!(bin.mean_confidence.is_none_or(inside));
        }
        prop_assert!((0.0..=1.0).contains(&expected_calibration_error(&diagram).unwrap()));
    }

    #[test]
    fn a_higher_threshold_keeps_fewer_rows(rows in rows(1), thresholds in vec(0.0..1.1, 2..6)) {
        let columns = columns(&rows);
        let mut thresholds = thresholds;
        thresholds.push(0.0);
        thresholds.sort_unstable_by(f64::total_cmp);
        let confidence: Vec<f64> = columns.scores.iter().map(|row| row[0].abs() / 6.0).collect();
        let Columns { truth, a, group, .. } = &columns;
        let kept = risk_coverage(&confidence, truth, a, group, K, &thresholds);
        let all = Scores::new(truth, a, group, &names());
        prop_assert_eq!(kept[0].coverage.value, Some(1.0));
        prop_assert!(kept.iter().all(|kept| ordered(&kept.coverage, 0.0..=1.0)));
        prop_assert_eq!(kept[0].accuracy, all.accuracy);
        prop_assert_eq!(kept[0].macro_f1, all.macro_f1);
        prop_assert!(kept.windows(2).all(|two| two[0].coverage.value >= two[1].coverage.value));
        let undefined = |kept: &Kept| kept.accuracy.value.is_none();
        prop_assert!(kept.iter().all(|kept| (kept.rows == 0) == undefined(kept)));
    }

    #[test]
    fn shares_of_the_confusion_are_those_of_its_counts(rows in rows(1)) {
        let columns = columns(&rows);
        let Columns { truth, a, group, .. } = &columns;
        let scores = score(&columns);
        let shares = confusion_shares(truth, a, group, K);
        for (label, (line, counts)) in shares.iter().zip(&scores.confusion).enumerate() {
            let all: u64 = counts.iter().sum();
            for (share, &count) in line.iter().zip(counts) {
                prop_assert_eq!(share.value, (all > 0).then(|| count as f64 / all as f64));
                prop_assert!(ordered(share, 0.0..=1.0));
            }
            prop_assert_eq!(line[label], scores.labels[label].recall);
        }
    }

    #[test]
    fn any_figure_gets_the_interval_that_accuracy_gets(rows in rows(1)) {
        let columns = columns(&rows);
        let Columns { truth, a, group, .. } = &columns;
        let accuracy = |drawn: &[usize]| {
            let right = drawn.iter().filter(|&&row| truth[row] == a[row]).count();
            (!drawn.is_empty()).then(|| right as f64 / drawn.len() as f64)
        };
        prop_assert_eq!(interval_over_groups(group, accuracy), score(&columns).accuracy);
    }

    #[test]
    fn swapping_two_predictions_turns_their_difference_round(rows in rows(1)) {
        let Columns { group, truth, a, b, .. } = columns(&rows);
        let (one, other) = (paired(&truth, &a, &b, &group, K), paired(&truth, &b, &a, &group, K));
        for (one, other) in [(one.accuracy, other.accuracy), (one.macro_f1, other.macro_f1)] {
            prop_assert!(ordered(&one.interval, -1.0..=1.0));
            prop_assert!(mirrored(&one.interval, &other.interval));
            prop_assert_eq!(one.p_value, other.p_value);
            prop_assert!(one.p_value.is_none_or(|p| 0.0 < p && p <= 1.0));
        }
        let same = paired(&truth, &a, &a, &group, K);
        for difference in [same.accuracy, same.macro_f1] {
            prop_assert_eq!(difference.interval.value, Some(0.0));
            prop_assert!(difference.p_value.is_none_or(|p| p == 1.0));
        }
    }

    #[test]
    fn a_learning_curve_finds_the_law_that_made_it(
        ceiling in 0.6..1.0_f64,
        drop in 0.2..2.0_f64,
        exponent in 0.1..1.5_f64,
    ) {
        let law = |rows: usize| ceiling - drop * libm::pow(rows as f64, -exponent);
        let points = [50, 100, 200, 400, 800].map(|rows| (rows, law(rows)));
        let curve = fit_learning_curve(&points).unwrap();
        for rows in [100, 1_600, 10_000] {
            prop_assert!((curve.predict(rows as f64) - law(rows)).abs() < 1e-4);
        }
    }

    #[test]
    fn a_learning_curve_rises_towards_a_possible_score(points in vec((1..5_000_usize, 0.0..1.0), 0..8)) {
        if let Some(curve) = fit_learning_curve(&points) {
            let predicted = [10.0, 100.0, 1e4, 1e8].map(|rows| curve.predict(rows));
            prop_assert!(predicted.windows(2).all(|two| two[0] <= two[1]));
            prop_assert!(predicted[3] <= 1.0 && curve.ceiling <= 1.0);
        }
    }
}

proptest! {
    // Every case fits two thousand curves.
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn twice_the_labels_bring_no_loss_and_no_wonder((one, other) in shuffled()) {
        let (one, other) = (columns(&one), columns(&other));
        let grow = |columns: &Columns| {
            let trial = |rows, predicted| Trial {
                rows,
                truth: &columns.truth,
                predicted,
                groups: &columns.group,
            };
            let wrong = vec![0; columns.truth.len()];
            growth(&[trial(25, &wrong), trial(50, &columns.b), trial(100, &columns.a)], K)
        };
        let found = grow(&one);
        prop_assert_eq!(&found, &grow(&other));
        prop_assert_eq!(found.accuracy[2], score(&one).accuracy);
        prop_assert_eq!(found.macro_f1[2], score(&one).macro_f1);
        prop_assert_eq!(found.law.is_some(), found.gain.value.is_some());
        prop_assert!(ordered(&found.gain, 0.0..=1.0));
        if let (Some(gain), Some(now)) = (found.gain.value, found.macro_f1[2].value) {
            prop_assert_eq!(found.doubled.value, Some(now + gain));
        }
    }
}
