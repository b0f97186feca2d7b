//! The answers of scikit-learn and scipy; `tests/cases/metrics/make.py` asks for them.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use stance::metrics::{
    Calibration, Difference, Interval, Scores, brier, expected_calibration_error, folds, log_loss,
    paired, reliability,
};
use std::collections::BTreeMap;

fn cases<C: DeserializeOwned>(name: &str) -> Vec<C> {
    let path = format!(
        "{}/tests/cases/metrics/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[track_caller]
fn close(found: Option<f64>, expected: Option<f64>, within: f64, what: &str) {
    let equal = match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= within,
        (found, expected) => found == expected,
    };
    assert!(equal, "{what}: {found:?}, not {expected:?}");
}

#[derive(Deserialize)]
struct ScoreCase {
    name: String,
    k: usize,
    truth: Vec<usize>,
    predicted: Vec<usize>,
    accuracy: f64,
    macro_f1: f64,
    weighted_f1: f64,
    precision: Vec<Option<f64>>,
    recall: Vec<Option<f64>>,
    f1: Vec<Option<f64>>,
    support: Vec<u64>,
    confusion: Vec<Vec<u64>>,
}

#[test]
fn scores_are_those_of_scikit_learn() {
    for case in cases::<ScoreCase>("scores") {
        let names: Vec<String> = (0..case.k).map(|label| label.to_string()).collect();
        let groups: Vec<usize> = (0..case.truth.len()).map(|row| row % 7).collect();
        let scores = Scores::new(&case.truth, &case.predicted, &groups, &names);
        let name = &case.name;
        close(scores.accuracy.value, Some(case.accuracy), 1e-12, name);
        close(scores.macro_f1.value, Some(case.macro_f1), 1e-12, name);
        close(
            scores.weighted_f1.value,
            Some(case.weighted_f1),
            1e-12,
            name,
        );
        for (label, found) in scores.labels.iter().enumerate() {
            close(found.precision.value, case.precision[label], 1e-12, name);
            close(found.recall.value, case.recall[label], 1e-12, name);
            close(found.f1.value, case.f1[label], 1e-12, name);
            assert_eq!(found.support, case.support[label], "{name}");
        }
        assert_eq!(scores.confusion, case.confusion, "{name}");
    }
}

#[derive(Deserialize)]
struct ProbabilityCase {
    name: String,
    probabilities: Vec<Vec<f64>>,
    truth: Vec<usize>,
    log_loss: f64,
    brier: f64,
    calibration_error: f64,
}

#[test]
fn losses_are_those_of_scikit_learn() {
    for case in cases::<ProbabilityCase>("probabilities") {
        let ProbabilityCase {
            name,
            probabilities,
            truth,
            ..
        } = &case;
        close(
            log_loss(probabilities, truth),
            Some(case.log_loss),
            1e-9,
            name,
        );
        close(brier(probabilities, truth), Some(case.brier), 1e-12, name);
        let error = expected_calibration_error(&reliability(probabilities, truth, 15));
        close(error, Some(case.calibration_error), 1e-12, name);
    }
}

#[derive(Deserialize)]
struct CalibrationCase {
    name: String,
    kind: String,
    scores: Vec<Vec<f64>>,
    truth: Vec<usize>,
    groups: Vec<usize>,
    temperature: f64,
    scale: Vec<f64>,
    shift: Vec<f64>,
}

#[test]
fn calibration_finds_the_optimum_scipy_finds() {
    for case in cases::<CalibrationCase>("calibration") {
        let name = &case.name;
        match Calibration::fit(&case.scores, &case.truth, &case.groups) {
            Calibration::Temperature(temperature) => {
                assert_eq!(case.kind, "temperature", "{name}");
                close(Some(temperature), Some(case.temperature), 1e-5, name);
            }
            Calibration::Vector { scale, shift } => {
                assert_eq!(case.kind, "vector", "{name}");
                let found = scale.iter().chain(&shift);
                for (found, expected) in found.zip(case.scale.iter().chain(&case.shift)) {
                    close(Some(*found), Some(*expected), 1e-5, name);
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct FoldCase {
    name: String,
    groups: Vec<usize>,
    labels: Vec<usize>,
    k: usize,
    folds: usize,
    spread: f64,
}

/// Mean over the labels of the standard deviation of their shares over the folds.
fn spread(case: &FoldCase, fold_of_row: &[usize]) -> f64 {
    let share = |label: usize, fold: usize| {
        let of_label = case
            .labels
            .iter()
            .zip(fold_of_row)
            .filter(|(l, _)| **l == label);
        let here = of_label.clone().filter(|(_, f)| **f == fold).count();
        here as f64 / of_label.count() as f64
    };
    let deviation = |label: usize| {
        let off = |fold: usize| share(label, fold) - 1.0 / case.folds as f64;
        let squares: f64 = (0..case.folds).map(|fold| off(fold) * off(fold)).sum();
        (squares / case.folds as f64).sqrt()
    };
    (0..case.k).map(deviation).sum::<f64>() / case.k as f64
}

#[test]
fn folds_are_at_least_as_even_as_those_of_scikit_learn() {
    for case in cases::<FoldCase>("folds") {
        let fold_of_row = folds(&case.groups, &case.labels, case.k, case.folds).unwrap();
        let ours = spread(&case, &fold_of_row);
        let (name, theirs) = (&case.name, case.spread);
        assert!(ours <= theirs + 1e-12, "{name}: {ours}, theirs {theirs}");
    }
}

#[derive(Deserialize)]
struct PairedCase {
    name: String,
    groups: Vec<usize>,
    truth: Vec<usize>,
    k: usize,
    a: Vec<usize>,
    b: Vec<usize>,
    #[serde(flatten)]
    figures: BTreeMap<String, DifferenceCase>,
}

#[derive(Deserialize)]
struct DifferenceCase {
    difference: f64,
    p_value: f64,
}

#[test]
fn permutation_tests_agree_with_brute_force() {
    for case in cases::<PairedCase>("paired") {
        let found = paired(&case.truth, &case.a, &case.b, &case.groups, case.k);
        let check = |found: Difference, expected: &DifferenceCase| {
            let Interval { value, .. } = found.interval;
            close(value, Some(expected.difference), 1e-12, &case.name);
            close(found.p_value, Some(expected.p_value), 1e-12, &case.name);
        };
        check(found.accuracy, &case.figures["accuracy"]);
        check(found.macro_f1, &case.figures["macro_f1"]);
    }
}
