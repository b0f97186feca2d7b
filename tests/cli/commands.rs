//! What each command does when all is well.

use super::{ARTICLE, Folder, labels, project, small_model, stance};
use predicates::prelude::*;
use serde_json::Value;

pub fn json(command: &mut assert_cmd::Command) -> Value {
    let output = command.assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

fn lines(command: &mut assert_cmd::Command) -> Vec<Value> {
    let output = command.assert().success().get_output().stdout.clone();
    let text = String::from_utf8(output).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn report_names_title_author_and_sentences() {
    let folder = Folder::new();
    let article = folder.file("strait.txt", ARTICLE);
    stance()
        .arg("report")
        .arg(&article)
        .assert()
        .success()
        .stdout(
            predicate::str::contains("Talks on the strait resume")
                .and(predicate::str::contains("Edda Holm"))
                .and(predicate::str::contains("no sign of progress")),
        );
    for format in ["markdown", "html", "json"] {
        let output = stance()
            .arg("report")
            .arg(&article)
            .args(["--format", format])
            .assert()
            .success();
        let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        assert!(text.contains("Edda Holm"), "{format}");
    }
}

#[test]
fn tag_gives_the_fields_of_the_contract() {
    let folder = Folder::new();
    let article = folder.file("strait.txt", ARTICLE);
    let tagged = lines(stance().arg("tag").arg(&article));
    assert_eq!(tagged.len(), 5);
    let first = tagged[0].as_object().unwrap();
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    for name in [
        "article",
        "title",
        "authors",
        "date",
        "paragraph",
        "sentence",
        "start",
        "end",
        "text",
        "stance",
        "stance_probabilities",
        "role",
        "role_probabilities",
        "voice",
        "holder",
    ] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    assert_eq!(first["authors"][0], "Edda Holm");
    assert_eq!(first["sentence"], 1);
    let span = first["start"].as_u64().unwrap() as usize..first["end"].as_u64().unwrap() as usize;
    assert_eq!(&ARTICLE[span], first["text"].as_str().unwrap());
    let sum: f64 = first["stance_probabilities"]
        .as_object()
        .unwrap()
        .values()
        .map(|p| p.as_f64().unwrap())
        .sum();
    assert!((sum - 1.0).abs() < 1e-6);
}

#[test]
fn tag_reads_standard_input_and_writes_csv() {
    let output = stance()
        .args(["tag", "-", "--format", "csv"])
        .write_stdin(ARTICLE)
        .assert()
        .success();
    let mut reader = csv::Reader::from_reader(&*output.get_output().stdout);
    assert_eq!(reader.headers().unwrap().get(0), Some("article"));
    assert_eq!(reader.records().map(Result::unwrap).count(), 5);
}

#[test]
fn ready_sentences_pass_their_columns_through() {
    let folder = Folder::new();
    let table = folder.file(
        "rows.csv",
        "id,sentence,stance\n7,A deal is close.,mine\n8,Talks collapsed.,yours\n",
    );
    let tagged = lines(
        stance()
            .arg("tag")
            .arg(&table)
            .args(["--sentences", "--text", "sentence"]),
    );
    assert_eq!(tagged.len(), 2);
    assert_eq!(tagged[0]["row"]["id"], "7");
    assert_eq!(tagged[1]["row"]["stance"], "yours");
    stance()
        .arg("tag")
        .arg(&table)
        .args(["--sentences", "--text", "sentence", "--format", "csv"])
        .assert()
        .success()
        .stdout(
            predicate::str::starts_with("id,sentence,stance,")
                .and(predicate::str::contains("predicted_stance")),
        );
}

#[test]
fn compare_gives_a_row_an_author_and_every_pair() {
    let folder = Folder::new();
    folder.file("a.txt", ARTICLE);
    folder.file(
        "b.txt",
        ARTICLE.replace("Edda Holm", "Jon Aster and Kim Vale"),
    );
    folder.file("nobody.txt", ARTICLE.replace("By Edda Holm\n\n", ""));
    let found = json(
        stance()
            .arg("compare")
            .arg(folder.path(""))
            .args(["--format", "json"]),
    );
    let names: Vec<&str> = found["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 4);
    for name in ["Edda Holm", "Jon Aster", "Kim Vale", "nobody"] {
        assert!(
            names.iter().any(|known| known.contains(name)),
            "{name} is not in {names:?}"
        );
    }
    assert_eq!(found["pairs"].as_array().unwrap().len(), 6);
    assert_eq!(found["pairs"][0]["verdict"], "too little text");
    for format in ["table", "markdown", "html", "csv"] {
        stance()
            .arg("compare")
            .arg(folder.path(""))
            .args(["--format", format])
            .assert()
            .success()
            .stdout(predicate::str::contains("Jon Aster"));
    }
}

#[test]
fn train_then_tag_with_own_labels() {
    let folder = Folder::new();
    let model = folder.file("topic.safetensors", small_model());
    let rows = folder.file(
        "rows.csv",
        "text\nThe goalkeeper saved it.\nThe parliament met.\n",
    );
    let tagged = lines(
        stance()
            .arg("tag")
            .arg(&rows)
            .arg("--sentences")
            .arg("--model")
            .arg(&model),
    );
    assert_eq!(tagged[0]["topic"], "sport");
    assert_eq!(tagged[1]["topic"], "politics");
    assert!(tagged[0]["topic_probabilities"]["sport"].as_f64().unwrap() > 0.5);
}

#[test]
fn train_prints_held_out_scores() {
    let folder = Folder::new();
    let labels = folder.file("labels.csv", labels());
    stance()
        .arg("train")
        .arg(labels)
        .args(["--label", "topic", "--group", "author", "-o"])
        .arg(folder.path("model"))
        .assert()
        .success()
        .stdout(predicate::str::contains("topic").and(predicate::str::contains("sport")));
    assert!(folder.path("model").is_file());
}

/// The search reports every rung and what it chose; the model keeps the settings, and they train it
/// again.
#[test]
fn tuned_settings_travel_in_the_model() {
    let folder = Folder::new();
    let labels = folder.file("labels.csv", labels());
    let train = |model: &str, more: &[&str]| {
        stance()
            .arg("train")
            .arg(&labels)
            .args(["--label", "topic", "--group", "author", "-o"])
            .arg(folder.path(model))
            .args(more)
            .assert()
            .success()
    };
    train("tuned", &["--tune"]).stderr(
        predicate::str::contains("tuning, fold 5 of 5")
            .and(predicate::str::contains("with the best of 40 settings"))
            .and(predicate::str::contains("chosen: words 1-")),
    );
    let settings = folder.path("settings.json");
    stance()
        .args(["inspect", "--settings"])
        .arg(folder.path("tuned"))
        .arg("--output")
        .arg(&settings)
        .assert()
        .success();
    train("again", &["--settings", settings.to_str().unwrap()]);
    let read = |model: &str| std::fs::read(folder.path(model)).unwrap();
    assert_eq!(read("tuned"), read("again"));
}

#[test]
fn explain_adds_up_to_the_last_bit() {
    let explained = json(stance().args([
        "explain",
        "There is no sign of progress on the islands.",
        "--format",
        "json",
    ]));
    let mut terms = Vec::new();
    for explanation in explained["explanations"].as_array().unwrap() {
        let contributions = explanation["contributions"].as_array().unwrap();
        let bias = explanation["bias"].as_f64().unwrap();
        let score = contributions
            .iter()
            .fold(bias, |sum, part| sum + part["value"].as_f64().unwrap());
        assert_eq!(Some(score), explanation["score"].as_f64());
        terms = contributions
            .iter()
            .map(|part| part["term"].to_string())
            .collect();
        let all = terms.len();
        terms.sort();
        terms.dedup();
        assert_eq!(terms.len(), all, "two terms look alike");
    }
    assert!(terms.contains(&"\"letters: ␣no␣\"".to_owned()), "{terms:?}");
    let folder = Folder::new();
    let article = folder.file("strait.txt", ARTICLE);
    for format in ["table", "markdown", "html"] {
        stance()
            .arg("explain")
            .arg(&article)
            .args(["--sentence", "3", "--format", format])
            .assert()
            .success()
            .stdout(
                predicate::str::contains("no sign of progress")
                    .and(predicate::str::contains("letters: ␣no␣")),
            );
    }
}

#[test]
fn an_explanation_page_stands_alone_and_escapes_its_sentence() {
    let page = stance()
        .args(["explain", "<b>No deal</b> & no talks.", "--format", "html"])
        .assert()
        .success();
    let page = String::from_utf8(page.get_output().stdout.clone()).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("prefers-color-scheme: dark"));
    assert!(page.contains("&#60;b&#62;No deal") && !page.contains("<b>No deal"));
    for outside in ["http:", "https:", "<script", "<link", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn inspect_shows_the_shipped_model() {
    stance()
        .arg("inspect")
        .assert()
        .success()
        .stdout(predicate::str::contains("fingerprint"));
    let found = json(stance().args(["inspect", "--format", "json"]));
    assert_eq!(found["sections"][0]["title"], "Model");
}

#[test]
fn a_folder_of_shipped_articles_can_be_compared() {
    stance()
        .arg("compare")
        .arg(project("data/articles/e04-reading-the-onari-result.md"))
        .assert()
        .success()
        .stdout(predicate::str::contains("Ines Marchmont"));
}
