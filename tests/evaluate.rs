//! What evaluation says of invented labels and predictions.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use stance::codebook::LabelSet;
use stance::error::Error;
use stance::evaluate::{
    Case, Check, Finding, Kind, Outcome, PassRate, PassRates, Predictions, label_errors,
    learning_curve, trained_on,
};
use stance::labels::{Labelled, LabelledSentence};
use stance::tagger::{Settings, Tagger};

/// Sentences by `groups` authors, ten each: about sport or politics, half of them plainly so.
fn labelled(groups: usize) -> Labelled {
    let mut labelled = Labelled {
        sets: vec![LabelSet::plain(
            "topic",
            ["sport", "politics"].map(str::to_owned),
        )],
        ..Labelled::default()
    };
    for row in 0..10 * groups {
        let plain = ["The goalkeeper saved it", "The chamber voted on it"][row % 2];
        let vague = format!("It was number {} again", row * 7 % 31);
        labelled.sentences.push(LabelledSentence {
            text: if row % 4 < 2 { plain.to_owned() } else { vague },
            labels: vec![Some(row % 2)],
            group: format!("author {}", row / 10),
            file: "labels.csv".into(),
            line: row as u64 + 2,
            ..LabelledSentence::default()
        });
        labelled.documents.push(row..row + 1);
    }
    labelled
}

fn settings(folds: usize) -> Settings {
    Settings {
        folds,
        ..Settings::default()
    }
}

fn held_out(labelled: &Labelled, folds: usize) -> Predictions {
    let mut sets =
        Predictions::held_out(labelled, &settings(folds), &mut |_, _, _| Ok(())).unwrap();
    sets.remove(0)
}

/// Predictions that are right where `right` says so.
fn predictions(right: impl Fn(usize) -> bool) -> Predictions {
    let truth: Vec<usize> = (0..60).map(|row| row % 2).collect();
    let sure = |row: usize| {
        let label = if right(row) {
            truth[row]
        } else {
            1 - truth[row]
        };
        [[0.8, 0.2], [0.2, 0.8]][label].to_vec()
    };
    Predictions {
        set: "topic".into(),
        method: "by hand".into(),
        labels: vec!["sport".into(), "politics".into()],
        probabilities: (0..60).map(sure).collect(),
        groups: (0..60).map(|row| format!("author {}", row / 5)).collect(),
        truth,
    }
}

#[test]
fn every_row_is_in_one_bin_and_kept_at_zero() {
    let found = held_out(&labelled(10), 5).evaluate(0.55);
    let bins = &found.reliability.bins;
    assert_eq!(bins.iter().map(|bin| bin.rows).sum::<u64>(), 100);
    for bin in bins.iter().filter(|bin| bin.rows > 0) {
        let mean = bin.mean_probability.unwrap();
        assert!(bin.low - 1e-9 <= mean && mean <= bin.high + 1e-9, "{bin:?}");
        assert!(bin.accuracy.low <= bin.accuracy.value);
    }
    let kept = &found.abstaining.kept;
    assert_eq!((kept[0].threshold, kept[0].rows), (0.0, 100));
    assert_eq!(kept[0].accuracy, found.scores.accuracy);
    assert!(
        kept.windows(2)
            .all(|two| two[0].threshold < two[1].threshold)
    );
    assert_eq!(kept.iter().filter(|kept| kept.threshold == 0.55).count(), 1);
}

#[test]
fn the_commonest_label_is_the_baseline() {
    let mut unbalanced = predictions(|_| true);
    unbalanced.truth[0] = 1;
    let majority = unbalanced.evaluate(0.5).majority;
    assert_eq!(majority.label, 1);
    assert_eq!(majority.scores.accuracy.value, Some(31.0 / 60.0));
    assert_eq!(majority.scores.labels[0].recall.value, Some(0.0));
    assert_eq!(predictions(|_| true).evaluate(0.5).majority.label, 0);
}

#[test]
fn the_better_is_called_better_and_a_draw_a_draw() {
    let names = ["new", "old"];
    let good = predictions(|row| row % 5 > 0);
    let poor = predictions(|row| row % 5 > 2);
    let contest = good.against(&poor, names).unwrap();
    assert_eq!(Outcome::of(&contest.difference.accuracy), Outcome::Better);
    assert_eq!(contest.accuracy[0], good.scores().accuracy);
    assert_eq!(contest.macro_f1[1], poor.scores().macro_f1);
    let turned = poor.against(&good, names).unwrap();
    assert_eq!(Outcome::of(&turned.difference.macro_f1), Outcome::Worse);
    let like = predictions(|row| row % 5 != 1);
    let draw = good.against(&like, names).unwrap();
    let accuracy = Outcome::of(&draw.difference.accuracy);
    assert_eq!(accuracy, Outcome::NotDistinguishable);
    let one = |mut predictions: Predictions| {
        predictions.groups = vec!["Ann".into(); 60];
        predictions
    };
    let alone = one(good).against(&one(poor), names).unwrap();
    assert_eq!(
        Outcome::of(&alone.difference.accuracy),
        Outcome::TooFewGroups
    );
}

#[test]
fn labels_are_matched_by_name() {
    let ours = predictions(|row| row % 3 > 0);
    let mut turned = ours.clone();
    turned.labels.reverse();
    turned
        .truth
        .iter_mut()
        .for_each(|label| *label = 1 - *label);
    turned
        .probabilities
        .iter_mut()
        .for_each(|row| row.reverse());
    let contest = ours.against(&turned, ["a", "b"]).unwrap();
    assert_eq!(contest.difference.accuracy.interval.value, Some(0.0));
    turned.labels[0] = "weather".into();
    let error = ours.against(&turned, ["a", "b"]).unwrap_err();
    assert!(error.to_string().contains("weather"), "{error}");
    let mut others = ours.clone();
    others.truth[7] = 0;
    assert!(ours.against(&others, ["a", "b"]).is_err());
}

#[test]
fn a_model_knows_the_rows_it_was_trained_on_in_any_order() {
    let mut rows = labelled(6);
    let tagger = Tagger::train(&rows, &settings(3), &mut |_, _, _| Ok(())).unwrap();
    rows.sentences.reverse();
    assert!(trained_on(&tagger, &rows));
    let method = &Predictions::of_model(&tagger, &rows).unwrap()[0].method;
    assert!(method.contains("not held out"), "{method}");
    rows.sentences[0].text += "!";
    assert!(!trained_on(&tagger, &rows));
}

#[test]
fn training_hands_out_the_predictions_it_is_judged_by() {
    let rows = labelled(6);
    let trained = Tagger::train_and_hold_out(&rows, &settings(3), &mut |_, _, _| Ok(()));
    let (tagger, folds) = trained.unwrap();
    let predictions = Predictions::of_training(folds, &rows, &settings(3));
    assert_eq!(predictions, [held_out(&rows, 3)]);
    assert_eq!(predictions[0].scores(), tagger.heads()[0].scores);
    let alone = Tagger::train(&rows, &settings(3), &mut |_, _, _| Ok(())).unwrap();
    assert!(alone.to_bytes().unwrap() == tagger.to_bytes().unwrap());
}

#[test]
fn an_error_from_progress_ends_the_work() {
    let rows = labelled(6);
    let mut steps = 0;
    let stopped = Tagger::train(&rows, &settings(3), &mut |_, _, _| {
        steps += 1;
        match steps {
            2 => Err(Error::usage("nobody waits any more")),
            _ => Ok(()),
        }
    });
    assert_eq!(stopped.err().unwrap().what, "nobody waits any more");
    assert_eq!(steps, 2);
}

#[test]
fn pass_rates_count_what_is_checked() {
    let rows = labelled(6);
    let tagger = Tagger::train(&rows, &settings(3), &mut |_, _, _| Ok(())).unwrap();
    let case = |kind: &str, text: &str, label| Case {
        kind: kind.to_owned(),
        before: Some("It was number 3 again".to_owned()),
        text: text.to_owned(),
        labels: vec![label],
    };
    let cases = [
        case("plain", "The goalkeeper saved it", Some(0)),
        case("plain", "The chamber voted on it", Some(1)),
        case("plain", "The chamber voted on it", Some(0)),
        case("open", "The chamber voted on it", None),
    ];
    let rates = PassRates::measure(&tagger, &cases);
    let rate = |passed, checked| [PassRate { passed, checked }];
    assert_eq!(rates.kinds["plain"], rate(2, 3));
    assert_eq!(rates.kinds["open"], rate(0, 0));
    assert_eq!(rates.all(), rate(2, 3));
}

#[test]
fn a_random_split_is_of_the_same_rows_and_groups() {
    let rows = labelled(6);
    let grouped = held_out(&rows, 3);
    let sets = Predictions::random_split(&rows, &settings(3), &mut |_, _, _| Ok(())).unwrap();
    assert_eq!(sets[0].groups, grouped.groups);
    assert!(sets[0].against(&grouped, ["random", "grouped"]).is_ok());
}

#[test]
fn every_share_of_the_labels_predicts_all_rows() {
    let rows = labelled(16);
    let whole = held_out(&rows, 2);
    let curves = learning_curve(
        &rows,
        &settings(2),
        std::slice::from_ref(&whole),
        &mut |_, _, _| Ok(()),
    );
    let curve = curves.unwrap().remove(0);
    let sizes: Vec<(u64, usize)> = curve.points.iter().map(|p| (p.rows, p.parts)).collect();
    assert_eq!(sizes, [(20, 8), (40, 4), (53, 3), (80, 2), (160, 1)]);
    let last = curve.points.last().unwrap();
    assert_eq!(last.macro_f1, whole.scores().macro_f1);
    assert_eq!(curve.doubled_rows, 320);
}

#[test]
fn few_groups_leave_the_curve_open() {
    let rows = labelled(6);
    let whole = [held_out(&rows, 5)];
    let curve = learning_curve(&rows, &settings(5), &whole, &mut |_, _, _| Ok(()));
    let curve = curve.unwrap().remove(0);
    assert_eq!((curve.points.len(), curve.law), (1, None));
    assert_eq!(curve.gain.value, None);
}

/// Rows of one label, so that nothing can be learned and no time is spent on it; each has a word of
/// its own.
fn unlearnable(groups: &[u8]) -> Labelled {
    let mut labelled = Labelled {
        sets: vec![LabelSet::plain("topic", ["sport".to_owned()])],
        ..Labelled::default()
    };
    labelled.columns.group = Some("author".to_owned());
    for (row, group) in groups.iter().enumerate() {
        labelled.documents.push(row..row + 1);
        labelled.sentences.push(LabelledSentence {
            text: format!("Word{row} stands alone{row} here{row}."),
            labels: vec![Some(0)],
            group: format!("author {group}"),
            line: row as u64 + 2,
            ..LabelledSentence::default()
        });
    }
    labelled
}

fn checked(labelled: Labelled) -> Check {
    Check::of(labelled, None, &settings(2), &mut |_, _, _| Ok(())).unwrap()
}

/// The lines of each finding that is a leak or a duplicate.
fn repeats(check: &Check) -> (Vec<Vec<u64>>, Vec<Vec<u64>>) {
    let lines = |finding: &Finding| {
        let rows = finding.rows.iter();
        let mut lines: Vec<u64> = rows
            .map(|&row| check.labelled.sentences[row].line)
            .collect();
        lines.sort_unstable();
        lines
    };
    let of = |is: fn(&Kind) -> bool| {
        let findings = check.findings.iter().filter(|finding| is(&finding.kind));
        findings.map(lines).collect()
    };
    (
        of(|kind| matches!(kind, Kind::Leak { .. })),
        of(|kind| matches!(kind, Kind::Duplicate { .. })),
    )
}

proptest! {
    #[test]
    fn a_copy_in_another_group_is_a_leak_and_in_its_own_a_duplicate(
        groups in prop::collection::vec(0_u8..4, 2..12),
        of in 0_usize..12,
        to in 0_usize..12,
    ) {
        let (of, to) = (of % groups.len(), to % groups.len());
        prop_assume!(of != to);
        let mut labelled = unlearnable(&groups);
        labelled.sentences[to].text = labelled.sentences[of].text.to_uppercase();
        let (leaks, duplicates) = repeats(&checked(labelled));
        let lines = vec![vec![of.min(to) as u64 + 2, of.max(to) as u64 + 2]];
        let expected = match groups[of] == groups[to] {
            true => (vec![], lines),
            false => (lines, vec![]),
        };
        prop_assert_eq!((leaks, duplicates), expected);
    }

    #[test]
    fn rows_that_share_nothing_are_no_repeats(groups in prop::collection::vec(0_u8..4, 1..12)) {
        let check = checked(unlearnable(&groups));
        prop_assert_eq!(repeats(&check), (vec![], vec![]));
        prop_assert!(check.unlearned.is_some());
    }

    #[test]
    fn the_doubtful_stand_in_front(
        rows in prop::collection::vec((0_usize..3, prop::array::uniform3(0.01_f64..1.0)), 1..40),
    ) {
        let truth: Vec<usize> = rows.iter().map(|row| row.0).collect();
        let probabilities: Vec<Vec<f64>> = rows
            .iter()
            .map(|(_, p)| p.iter().map(|x| x / p.iter().sum::<f64>()).collect())
            .collect();
        let (errors, wrong) = label_errors(&truth, &probabilities);
        prop_assert!(errors.is_sorted_by(|a, b| a.doubt >= b.doubt));
        prop_assert!((0.0..=rows.len() as f64).contains(&wrong));
        for error in &errors {
            prop_assert!(error.doubt >= 0.0 && error.given != error.suggested);
        }
        let listed = errors.len();
        let likely = |(p, t): (&Vec<f64>, &usize)| p.iter().any(|other| *other > p[*t]);
        prop_assert_eq!(probabilities.iter().zip(&truth).filter(|row| likely(*row)).count(), listed);
    }
}
