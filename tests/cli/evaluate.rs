//! `stance evaluate`: every figure it prints, and what it cannot compare.

use super::commands::json;
use super::{Folder, labels, small_model, stance};
use predicates::prelude::*;
use serde_json::Value;

#[test]
fn evaluate_gives_the_fields_of_the_contract() {
    let folder = Folder::new();
    let labels = folder.file("labels.csv", labels());
    let model = folder.file("model.safetensors", small_model());
    let by_folds = json(
        stance()
            .arg("evaluate")
            .arg(&labels)
            .args(["--label", "topic", "--folds", "3", "--format", "json"]),
    );
    let of_model = json(
        stance()
            .arg("evaluate")
            .arg(&labels)
            .arg("--model")
            .arg(&model)
            .args(["--format", "json"]),
    );
    for found in [by_folds, of_model] {
        assert_eq!(found["rows"], 60);
        for score in ["accuracy", "macro_f1", "weighted_f1"] {
            for field in ["value", "low", "high"] {
                assert!(
                    found[score][field].is_number(),
                    "{score}.{field} in {found}"
                );
            }
        }
        assert_eq!(found["labels"]["sport"]["support"], 30);
        assert!(found["labels"]["sport"]["f1"]["value"].is_number());
        assert_eq!(found["confusion"]["labels"].as_array().unwrap().len(), 2);
        assert_eq!(found["confusion"]["counts"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn evaluate_gives_every_figure_its_interval() {
    let folder = Folder::new();
    let labels = folder.file("labels.csv", labels());
    let found = json(stance().arg("evaluate").arg(&labels).args([
        "--label",
        "topic",
        "--unsure-below",
        "0.65",
        "--format",
        "json",
    ]));
    let scores = [
        "/majority/accuracy",
        "/majority/macro_f1",
        "/confusion/shares/0/1",
        "/log_loss",
        "/brier",
        "/expected_calibration_error",
        "/risk_coverage/0/coverage",
        "/risk_coverage/0/accuracy",
        "/risk_coverage/0/macro_f1",
    ];
    for score in scores {
        for end in ["value", "low", "high"] {
            let number = found.pointer(&format!("{score}/{end}"));
            assert!(number.is_some_and(Value::is_number), "{score}/{end}");
        }
    }
    assert_eq!(found["unsure_below"], 0.65);
    let rows = found["reliability"].as_array().unwrap().iter();
    assert_eq!(
        rows.map(|bin| bin["rows"].as_u64().unwrap()).sum::<u64>(),
        60
    );
    let mut thresholds = found["risk_coverage"].as_array().unwrap().iter();
    assert!(thresholds.any(|kept| kept["threshold"] == 0.65));
    for format in ["table", "markdown"] {
        stance()
            .arg("evaluate")
            .arg(&labels)
            .args(["--label", "topic", "--unsure-below", "0.65"])
            .args(["--format", format])
            .assert()
            .success()
            .stdout(
                predicate::str::contains("always politics")
                    .and(predicate::str::contains("▸ 0.65"))
                    .and(predicate::str::contains("5 folds, whole groups held out")),
            );
    }
}

#[test]
fn evaluate_compares_two_models() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    let model = folder.file("a.safetensors", small_model());
    let against = folder.path("b.safetensors");
    stance()
        .arg("train")
        .arg(&table)
        .args(["--label", "topic", "--cost", "0.5", "-o"])
        .arg(&against)
        .assert()
        .success();
    let compare = |format: &str| {
        let mut command = stance();
        command
            .arg("evaluate")
            .arg(&table)
            .arg("--model")
            .arg(&model);
        command.arg("--against").arg(&against);
        command.args(["--format", format]);
        command
    };
    let found = json(&mut compare("json"));
    for measure in ["accuracy", "macro_f1"] {
        let difference = &found["against"][measure]["difference"];
        assert!(difference["value"].is_number() && difference["p_value"].is_number());
        let verdict = &found["against"][measure]["verdict"];
        assert_eq!(verdict, "not distinguishable");
    }
    compare("table")
        .assert()
        .success()
        .stdout(
            predicate::str::contains("not distinguishable")
                .and(predicate::str::contains("b.safetensors"))
                .and(predicate::str::contains("not held out")),
        )
        .stderr(
            predicate::str::contains("a.safetensors was trained on exactly these rows").and(
                predicate::str::contains("b.safetensors was trained on exactly"),
            ),
        );
}

#[test]
fn evaluate_says_what_more_labels_would_bring_and_what_a_random_split_hides() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    let run = |folds: &str, format: &str| {
        let mut command = stance();
        command.arg("evaluate").arg(&table);
        command.args(["--label", "topic", "--folds", folds, "--format", format]);
        command.args(["--learning-curve", "--random-split"]);
        command
    };
    let found = json(&mut run("2", "json"));
    let points = found["learning_curve"]["points"].as_array().unwrap();
    let rows: Vec<u64> = points.iter().map(|p| p["rows"].as_u64().unwrap()).collect();
    assert_eq!(rows, [20, 30, 60]);
    assert_eq!(found["learning_curve"]["doubled_rows"], 120);
    assert_eq!(points[2]["macro_f1"], found["macro_f1"]);
    assert!(found["random_split"]["macro_f1"]["difference"]["p_value"].is_number());
    run("5", "table").assert().success().stdout(
        predicate::str::contains("too few groups to learn from parts")
            .and(predicate::str::contains("a random split of the rows")),
    );
}

#[test]
fn models_that_cannot_be_compared() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    let model = folder.file("a.safetensors", small_model());
    let train = |name: &str, rows: String, label: &str| {
        let file = folder.file("other.csv", rows);
        let model = folder.path(name);
        let mut command = stance();
        command
            .arg("train")
            .arg(file)
            .args(["--label", label, "-o"]);
        command.arg(&model).assert().success();
        model
    };
    let games = train("games", labels().replace(",sport,", ",games,"), "topic");
    let theme = train("theme", labels().replace(",topic,", ",theme,"), "theme");
    let cases = [
        (
            games,
            "do not share the labels of `topic`: politics, sport against games, politics",
        ),
        (theme, "no label set in common: topic against theme"),
        (folder.path("missing"), "missing: cannot read the model"),
    ];
    for (against, message) in cases {
        stance()
            .arg("evaluate")
            .arg(&table)
            .arg("--model")
            .arg(&model)
            .arg("--against")
            .arg(against)
            .assert()
            .code(1)
            .stderr(predicate::str::contains(message));
    }
}
