//! Krippendorff's and Cohen's own figures, and those of krippendorff (which is fast-krippendorff),
//! NLTK and scikit-learn.

use super::{Case, case};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::Deserialize;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const LEVELS: [&str; 3] = ["nominal", "ordinal", "interval"];

/// What `ask.py` answers.
#[derive(Deserialize)]
struct Answer {
    nominal: Option<f64>,
    ordinal: Option<f64>,
    interval: Option<f64>,
    nltk: NltkAnswer,
    labels: Vec<Option<f64>>,
    pairs: Vec<PairAnswer>,
}

#[derive(Deserialize)]
struct NltkAnswer {
    nominal: Option<f64>,
    interval: Option<f64>,
}

#[derive(Deserialize)]
struct PairAnswer {
    a: usize,
    b: usize,
    kappa: Option<f64>,
    labels: Vec<Option<f64>>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/agreement")
}

fn cases() -> Vec<Case> {
    let text = std::fs::read_to_string(folder().join("cases.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[track_caller]
fn close(found: Option<f64>, expected: Option<f64>, what: &str) {
    let equal = match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
        (found, expected) => found == expected,
    };
    assert!(equal, "{what}: {found:?}, not {expected:?}");
}

#[track_caller]
fn compare(case: &Case, answer: &Answer) {
    let what = format!("{}: {:?}", case.name, case.units);
    let answers = [answer.nominal, answer.ordinal, answer.interval];
    for ((name, found), expected) in LEVELS.iter().zip(case.alphas()).zip(answers) {
        close(found, expected, &format!("{name} of {what}"));
    }
    let [nominal, _, interval] = case.alphas();
    close(
        nominal,
        answer.nltk.nominal,
        &format!("NLTK's nominal of {what}"),
    );
    close(
        interval,
        answer.nltk.interval,
        &format!("NLTK's interval of {what}"),
    );
    for (found, expected) in case.alpha_of_labels().into_iter().zip(&answer.labels) {
        close(found, *expected, &what);
    }
    let pairs = case.pairs();
    assert_eq!(pairs.len(), answer.pairs.len(), "{what}");
    for (found, expected) in pairs.iter().zip(&answer.pairs) {
        assert_eq!((found.a, found.b), (expected.a, expected.b), "{what}");
        close(found.kappa.interval.value, expected.kappa, &what);
        for (found, expected) in found.labels.iter().zip(&expected.labels) {
            close(found.interval.value, *expected, &what);
        }
    }
}

#[test]
fn worked_examples_come_out_as_published() {
    let mut figures = 0;
    for case in cases() {
        for (figure, published) in &case.published {
            let found = match LEVELS.iter().position(|name| name == figure) {
                Some(level) => case.alphas()[level],
                None => case.pairs()[0].kappa.interval.value,
            };
            let rounded = (found.unwrap() * 1000.0).round() / 1000.0;
            assert_eq!(rounded, *published, "{figure} of {}", case.name);
            figures += 1;
        }
    }
    assert_eq!(figures, 6);
}

#[test]
fn figures_are_those_the_packages_gave() {
    let text = std::fs::read_to_string(folder().join("answers.json")).unwrap();
    let answers: Vec<Answer> = serde_json::from_str(&text).unwrap();
    assert_eq!(answers.len(), cases().len());
    for (case, answer) in cases().iter().zip(&answers) {
        compare(case, answer);
    }
}

#[test]
fn figures_are_those_of_the_packages_side_by_side() {
    let python = std::env::var_os("STANCE_PYTHON").unwrap_or_else(|| OsString::from("python3"));
    let mut importing = Command::new(&python);
    importing.args(["-c", "import krippendorff, nltk, sklearn"]);
    if !importing.output().is_ok_and(|found| found.status.success()) {
        println!(
            "skipped: {} cannot `import krippendorff, nltk, sklearn`; name one that can in STANCE_PYTHON",
            python.display()
        );
        return;
    }
    let mut runner = TestRunner::deterministic();
    let mut draw = || case().new_tree(&mut runner).unwrap().current();
    let drawn: Vec<Case> = (0..60).map(|_| draw()).chain(cases()).collect();
    let mut asking = Command::new(&python)
        .arg(folder().join("ask.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let question = serde_json::to_vec(&drawn).unwrap();
    asking.stdin.take().unwrap().write_all(&question).unwrap();
    let answered = asking.wait_with_output().unwrap();
    assert!(answered.status.success());
    let answers: Vec<Answer> = serde_json::from_slice(&answered.stdout).unwrap();
    assert_eq!(answers.len(), drawn.len());
    for (case, answer) in drawn.iter().zip(&answers) {
        compare(case, answer);
    }
}
