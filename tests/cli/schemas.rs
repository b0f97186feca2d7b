//! The published schemas (`docs/schemas/`) fit what the program writes.

use super::{ARTICLE, Folder, labels, project, small_model, stance};
use serde_json::Value;
use std::path::Path;

/// The document is what the schema says.
fn holds(schema: &str, document: &Value) {
    let path = project(&format!("docs/schemas/{schema}-1.json"));
    let mut schemas = boon::Schemas::new();
    let index = boon::Compiler::new()
        .compile(path.to_str().unwrap(), &mut schemas)
        .unwrap();
    if let Err(error) = schemas.validate(document, index) {
        panic!("{error:#}");
    }
}

fn output(arguments: &[&str], files: &[&Path]) -> Vec<u8> {
    let mut command = stance();
    let run = command.args(arguments).args(files).assert().success();
    run.get_output().stdout.clone()
}

fn json(arguments: &[&str], files: &[&Path]) -> Value {
    serde_json::from_slice(&output(arguments, files)).unwrap()
}

/// An article that is well known and one of which nothing is: no author, date or title.
fn articles(folder: &Folder) -> Vec<std::path::PathBuf> {
    vec![
        project("data/examples/lock-at-castrane.md"),
        folder.file("bare.txt", "It rained.\n"),
        folder.file("strait.txt", ARTICLE),
    ]
}

#[test]
fn of_tags() {
    let folder = Folder::new();
    let articles = articles(&folder);
    let articles: Vec<&Path> = articles.iter().map(AsRef::as_ref).collect();
    let table = folder.file("rows.csv", "id,text\n1,A deal is close.\n2,It rained.\n");
    let mut written = output(&["tag"], &articles);
    written.extend(output(&["tag", "--sentences"], &[&table]));
    let lines = String::from_utf8(written).unwrap();
    assert!(lines.lines().count() > 15);
    for line in lines.lines() {
        holds("tags", &serde_json::from_str(line).unwrap());
    }
}

#[test]
fn of_reports_comparisons_and_explanations() {
    let folder = Folder::new();
    let articles = articles(&folder);
    let articles: Vec<&Path> = articles.iter().map(AsRef::as_ref).collect();
    holds("report", &json(&["report", "--format", "json"], &articles));
    for by in ["author", "article", "holder", "month"] {
        let compared = json(&["compare", "--format", "json", "--by", by], &articles);
        assert!(!compared["rows"].as_array().unwrap().is_empty());
        holds("comparison", &compared);
    }
    let explained = json(&["explain", "A deal is close.", "--format", "json"], &[]);
    holds("explanation", &explained);
    holds("inspect", &json(&["inspect", "--format", "json"], &[]));
}

#[test]
fn of_evaluations() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    let first = folder.file("first.safetensors", small_model());
    let second = folder.file("second.safetensors", small_model());
    let everything = ["--random-split", "--learning-curve"];
    let by_folds = [
        &["evaluate", "--label", "topic", "--format", "json"][..],
        &everything,
    ]
    .concat();
    holds("evaluation", &json(&by_folds, &[&table]));
    let against = [
        "--model",
        first.to_str().unwrap(),
        "--against",
        second.to_str().unwrap(),
    ];
    let by_model = [
        &["evaluate", "--label", "topic", "--format", "json"][..],
        &against,
    ]
    .concat();
    holds("evaluation", &json(&by_model, &[&table]));
    let two =
        "text,stance,role,group\nA deal is close.,optimistic,claim,a\nNo deal.,sceptical,claim,b\n";
    let table = folder.file("two.csv", two);
    let model = project("models/default.safetensors");
    let several = [
        "evaluate",
        "--format",
        "json",
        "--model",
        model.to_str().unwrap(),
    ];
    holds("evaluation", &json(&several, &[&table]));
}

#[test]
fn of_checks() {
    let folder = Folder::new();
    let twice = "\"The goalkeeper saved the match again and again.\",sport,author 0\n";
    let other = twice.replace("sport", "politics");
    let table = folder.file("labels.csv", labels() + twice + &other);
    let found = json(
        &["check", "--label", "topic", "--format", "json"],
        &[&table],
    );
    assert!(!found["findings"].as_array().unwrap().is_empty());
    holds("check", &found);
}

#[test]
fn of_agreement() {
    let folder = Folder::new();
    let readings = "unit,text,reader,article,stance\n\
                    1,A deal is close.,ann,x,optimistic\n1,A deal is close.,bob,x,neutral\n\
                    2,It rained.,ann,y,neutral\n2,It rained.,bob,y,neutral\n3,Rain.,ann,y,neutral\n";
    let readings = folder.file("readings.csv", readings);
    let asked = [
        "agree", "--unit", "unit", "--by", "article", "--format", "json",
    ];
    holds("agreement", &json(&asked, &[&readings]));
}
