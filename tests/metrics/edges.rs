//! Nothing, next to nothing, and what does not fit.

use stance::metrics::{
    Calibration, Interval, Scores, Trial, brier, confusion_shares, expected_calibration_error,
    fit_learning_curve, folds, growth, interval_over_groups, log_loss, paired, reliability,
    risk_coverage,
};

const UNDEFINED: Interval = Interval {
    value: None,
    low: None,
    high: None,
};

fn names(k: usize) -> Vec<String> {
    (0..k).map(|label| label.to_string()).collect()
}

#[test]
fn no_rows_have_no_figures() {
    let none: [usize; 0] = [];
    for k in [0, 2] {
        let scores = Scores::new(&none, &none, &none, &names(k));
        assert_eq!((scores.rows, scores.groups), (0, 0));
        assert_eq!(scores.accuracy, UNDEFINED);
        assert_eq!(scores.macro_f1, UNDEFINED);
        assert_eq!(scores.weighted_f1, UNDEFINED);
        assert!(scores.labels.iter().all(|label| label.f1 == UNDEFINED));

        let compared = paired(&none, &none, &none, &none, k);
        assert_eq!(compared.accuracy.interval, UNDEFINED);
        assert_eq!(compared.macro_f1.p_value, None);

        let kept = risk_coverage(&[], &none, &none, &none, k, &[0.5]);
        assert_eq!(kept[0].coverage, UNDEFINED);
        assert!(
            confusion_shares(&none, &none, &none, k)
                .iter()
                .flatten()
                .all(|s| *s == UNDEFINED)
        );
        assert_eq!(kept[0].accuracy, UNDEFINED);
    }
    assert_eq!(interval_over_groups(&none, |_| None), UNDEFINED);
    let trial = Trial {
        rows: 0,
        truth: &none,
        predicted: &none,
        groups: &none,
    };
    assert_eq!(growth(&[trial], 2).doubled, UNDEFINED);
    assert_eq!(growth::<usize>(&[], 0).gain, UNDEFINED);
    let no_rows: [[f64; 2]; 0] = [];
    assert_eq!(log_loss(&no_rows, &none), None);
    assert_eq!(brier(&no_rows, &none), None);
    assert_eq!(
        expected_calibration_error(&reliability(&no_rows, &none, 15)),
        None
    );
    assert!(reliability(&[[1.0]], &[0], 0).is_empty());
    assert_eq!(
        Calibration::fit(&no_rows, &none, &none),
        Calibration::default()
    );
    Calibration::default().apply(&[], &mut []);
    assert_eq!(fit_learning_curve(&[]), None);
}

#[test]
fn folds_that_cannot_be_made_come_with_a_remedy() {
    let message = |groups: &[&str], count| folds(groups, &[0, 0, 0], 1, count).unwrap_err();
    assert_eq!(
        message(&["Ann", "Bo", "Bo"], 3).to_string(),
        "cannot split 2 groups into 3 folds without cutting a group in two\n  \
         try: ask for fewer folds, or group by another column"
    );
    assert_eq!(message(&["Ann", "Bo", "Cy"], 1).exit_code(), 2);
    assert!(
        message(&["Ann", "Ann", "Ann"], 2)
            .remedy
            .unwrap()
            .contains("two groups")
    );
    assert!(message(&[], 2).remedy.is_some());
}

#[test]
fn one_group_has_figures_without_intervals() {
    let scores = Scores::new(&[0, 1, 1], &[0, 1, 0], &["Ann"; 3], &names(2));
    assert_eq!(scores.accuracy.value, Some(2.0 / 3.0));
    assert_eq!((scores.accuracy.low, scores.accuracy.high), (None, None));
    let compared = paired(&[0, 1], &[0, 1], &[0, 0], &["Ann"; 2], 2);
    assert_eq!(compared.accuracy.interval.value, Some(0.5));
    assert_eq!(
        (compared.accuracy.interval.low, compared.accuracy.p_value),
        (None, None)
    );
}

#[test]
fn a_figure_that_hangs_on_one_group_has_no_interval() {
    // Label 1 is true only where Ann writes; it is predicted in both groups.
    let scores = Scores::new(
        &[0, 1, 1, 0, 0],
        &[0, 1, 0, 1, 0],
        &["a", "a", "a", "b", "b"],
        &names(2),
    );
    assert_eq!(scores.labels[1].recall.value, Some(0.5));
    assert_eq!(scores.labels[1].recall.low, None);
    assert!(scores.labels[1].precision.low.is_some());
}

#[test]
fn rows_outside_the_label_set_are_left_out() {
    let scores = Scores::new(&[0, 1, 9], &[0, 9, 0], &[1, 2, 3], &names(2));
    assert_eq!((scores.rows, scores.groups), (1, 1));
    let compared = paired(&[0, 1, 1], &[0, 1, 9], &[0, 9, 1], &[1, 2, 3], 2);
    assert_eq!(compared.rows, 1);
    assert_eq!(log_loss(&[[0.5, 0.5]], &[7]), None);
    assert_eq!(log_loss(&[[f64::NAN, 0.5]], &[0]), None);
}

#[test]
fn scores_that_are_not_finite_know_nothing() {
    let mut out = [0.0; 2];
    for scores in [
        [f64::NAN, 0.0],
        [f64::INFINITY, 0.0],
        [f64::NEG_INFINITY; 2],
    ] {
        Calibration::default().apply(&scores, &mut out);
        assert_eq!(out, [0.5, 0.5], "{scores:?}");
    }
    let fitted = Calibration::fit(&[[f64::NAN, 1.0], [f64::INFINITY, 1.0]], &[0, 1], &[0, 1]);
    assert_eq!(fitted, Calibration::default());
}

#[test]
fn damaged_calibrations_are_recognised() {
    assert!(Calibration::default().suits(3));
    assert!(!Calibration::Temperature(0.0).suits(3));
    assert!(!Calibration::Temperature(f64::NAN).suits(3));
    let short = Calibration::Vector {
        scale: vec![1.0; 2],
        shift: vec![0.0; 2],
    };
    assert!(short.suits(2) && !short.suits(3));
    let mut out = [0.0; 3];
    short.apply(&[0.0; 3], &mut out);
    assert_eq!(out, [0.5, 0.5, 0.0]);
}

#[test]
fn curves_that_do_not_rise_are_not_drawn() {
    assert_eq!(fit_learning_curve(&[(100, 0.5), (200, 0.6)]), None);
    assert_eq!(
        fit_learning_curve(&[(100, 0.5), (200, 0.6), (200, 0.61)]),
        None
    );
    assert_eq!(
        fit_learning_curve(&[(100, 0.7), (200, 0.6), (400, 0.5)]),
        None
    );
    assert_eq!(
        fit_learning_curve(&[(100, 0.6), (200, 0.6), (400, 0.6)]),
        None
    );
}

/// Rows of ten groups whose difficulty differs, from a small generator of its own.
fn simulated(seed: u64) -> (Vec<usize>, Vec<usize>, Vec<usize>) {
    let mut state = seed;
    let mut draw = |end: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let (mut truth, mut predicted, mut groups) = (vec![], vec![], vec![]);
    for group in 0..10 {
        let right = 50 + draw(41);
        for _ in 0..20 + draw(20) {
            let label = draw(2) as usize;
            truth.push(label);
            predicted.push(if draw(100) < right { label } else { 1 - label });
            groups.push(group);
        }
    }
    (truth, predicted, groups)
}

#[test]
fn intervals_cover_the_truth() {
    let covers = |seed| {
        let (truth, predicted, groups) = simulated(seed);
        let accuracy = Scores::new(&truth, &predicted, &groups, &names(2)).accuracy;
        accuracy.low.unwrap() <= 0.7 && 0.7 <= accuracy.high.unwrap()
    };
    let covered = (1..=200).filter(|&seed| covers(seed)).count();
    assert!(covered >= 182, "{covered} of 200");
}
