//! `stance check`: every kind of finding in every format, and what it refuses; and the labels of
//! several annotators, which `train` and `evaluate` merge as it does.

use super::commands::json;
use super::{Folder, stance};
use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use std::path::Path;

const SPORT: [&str; 5] = ["goalkeeper", "striker", "referee", "stadium", "league"];
const POLITICS: [&str; 5] = ["parliament", "minister", "senate", "ballot", "treaty"];
const VERBS: [&str; 6] = [
    "praised", "ignored", "missed", "recalled", "doubted", "welcomed",
];
const OBJECTS: [&str; 7] = [
    "an early morning",
    "every long rumour",
    "some quiet letters",
    "two broken promises",
    "his tired critics",
    "those distant crowds",
    "her second answer",
];

/// Sentences by six authors that have few words in common.
fn sentence(author: usize, at: usize) -> (String, &'static str) {
    let (words, topic) = [(SPORT, "sport"), (POLITICS, "politics")][at % 2];
    let verb = VERBS[(author + at) % 6];
    let object = OBJECTS[(3 * author + 2 * at) % 7];
    let subject = [words[at / 2 % 5], words[(at / 2 + 1 + author % 3) % 5]];
    (
        format!("{} {} {verb} {object}", subject[0], subject[1]),
        topic,
    )
}

fn rows() -> Vec<String> {
    let place = (0..6).flat_map(|author| (0..10).map(move |at| (author, at)));
    place
        .map(|(author, at)| {
            let (text, topic) = sentence(author, at);
            format!("a{author},{},{text}.,{topic},author {author}\n", at + 1)
        })
        .collect()
}

fn table(rows: &[String]) -> String {
    format!("article,sentence,text,topic,author\n{}", rows.concat())
}

fn check(file: &Path) -> Command {
    let mut command = stance();
    command.arg("check").arg(file).args(["--label", "topic"]);
    command
}

/// The findings of a kind.
fn found<'f>(result: &'f Value, kind: &str) -> Vec<&'f Value> {
    let findings = result["findings"].as_array().unwrap().iter();
    findings.filter(|finding| finding["kind"] == kind).collect()
}

fn lines(finding: &Value) -> Vec<u64> {
    let rows = finding["rows"].as_array().unwrap().iter();
    let mut lines: Vec<u64> = rows.map(|row| row["line"].as_u64().unwrap()).collect();
    lines.sort_unstable();
    lines
}

/// Rows with one thing wrong of each kind: line 13 has the wrong label, 62 is line 2 by another
/// author, 63 is line 3 again with another label, 64 is a label of its own.
fn flawed() -> Vec<String> {
    let mut rows = rows();
    rows[11] = rows[11].replace("politics", "sport");
    rows.push(
        rows[0]
            .replace("a0,1", "a5,11")
            .replace("author 0", "author 5"),
    );
    rows.push(
        rows[1]
            .replace("a0,2", "a0,12")
            .replace("politics", "sport"),
    );
    rows.push("a1,11,It rained on nobody in particular.,weather,author 1\n".to_owned());
    rows
}

#[test]
fn check_finds_what_is_wrong() {
    let folder = Folder::new();
    let labels = folder.file("labels.csv", table(&flawed()));
    let result = json(check(&labels).args(["--format", "json"]));
    assert_eq!(result["schema"], "stance-check/1");
    assert_eq!(result["group"], "author");
    let errors = found(&result, "label error");
    let first: Vec<Vec<u64>> = errors.iter().take(4).map(|error| lines(error)).collect();
    assert!(first.contains(&vec![13]), "{first:?}");
    let error = errors.iter().find(|error| lines(error) == [13]).unwrap();
    assert_eq!(error["suggested"], "politics");
    assert_eq!(error["rows"][0]["label"], "sport");
    assert!(error["rows"][0]["probabilities"]["politics"].as_f64() > Some(0.5));
    let leaks = found(&result, "leak");
    assert_eq!(lines(leaks[0]), [2, 62]);
    assert_eq!(leaks[0]["similarity"], 1.0);
    assert_eq!(lines(found(&result, "contradiction")[0]), [3, 63]);
    assert!(
        found(&result, "duplicate")
            .iter()
            .any(|d| lines(d) == [3, 63])
    );
    let small = found(&result, "small label");
    assert!(
        small[0]["why"]
            .as_str()
            .unwrap()
            .starts_with("topic: weather has 1 row in 1 group")
    );
}

#[test]
fn check_says_so_in_every_format() {
    let folder = Folder::new();
    let labels = folder.file("labels.csv", table(&flawed()));
    for format in ["table", "markdown"] {
        check(&labels)
            .args(["--format", format])
            .assert()
            .success()
            .stdout(
                contains("Likely label errors")
                    .and(contains("the model would say politics"))
                    .and(contains("labels.csv:13"))
                    .and(contains("Contradictions: 1"))
                    .and(contains("Leaks between groups"))
                    .and(contains("Labels too small to learn: 1"))
                    .and(contains("NaN").not()),
            );
    }
    let csv = check(&labels).args(["--format", "csv"]).assert().success();
    let csv = String::from_utf8(csv.get_output().stdout.clone()).unwrap();
    assert!(csv.starts_with(
        "finding,rank,kind,why,similarity,file,line,article,sentence,group,text,set,label,"
    ));
    let leak = csv.lines().find(|line| line.contains(",leak,")).unwrap();
    assert!(
        leak.contains("the same words, in different groups"),
        "{leak}"
    );
    let output = folder.path("check.csv");
    check(&labels)
        .args(["--format", "csv", "--output"])
        .arg(&output)
        .assert()
        .success()
        .stdout("");
    assert_eq!(std::fs::read_to_string(output).unwrap(), csv);
}

#[test]
fn check_does_not_mind_the_order_of_rows() {
    let folder = Folder::new();
    let mut turned = flawed();
    turned.reverse();
    let [a, b] = [flawed(), turned].map(|rows| {
        let labels = folder.file("labels.csv", table(&rows));
        let result = json(check(&labels).args(["--format", "json"]));
        let findings = result["findings"].as_array().unwrap().iter();
        let mut findings: Vec<String> = findings
            .map(|finding| {
                let rows = finding["rows"].as_array().unwrap().iter();
                let mut texts: Vec<String> = rows.map(|row| row["text"].to_string()).collect();
                texts.sort();
                format!("{} {} {texts:?}", finding["kind"], finding["doubt"])
            })
            .collect();
        findings.sort();
        findings
    });
    assert_eq!(a, b);
}

#[test]
fn check_looks_sentences_up_in_their_articles() {
    let folder = Folder::new();
    let articles = folder.path("articles");
    std::fs::create_dir(&articles).unwrap();
    for author in 0..5 {
        let text: Vec<String> = (0..10).map(|at| sentence(author, at).0 + ".\n").collect();
        std::fs::write(articles.join(format!("a{author}.txt")), text.concat()).unwrap();
    }
    let mut rows = rows();
    rows[0] = rows[0].replace("goalkeeper", "goalie");
    let labels = folder.file("labels.csv", table(&rows));
    let looked_up = |command: &mut Command| {
        let result = json(command.args(["--format", "json"]));
        assert_eq!(lines(found(&result, "not in its article")[0]), [2]);
        assert_eq!(found(&result, "not in its article").len(), 1);
        let missing = found(&result, "article missing");
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0]["rows"][0]["article"], "a5");
        assert_eq!(missing[0]["rows"].as_array().unwrap().len(), 10);
    };
    // Beside the labels, or where the command says.
    looked_up(&mut check(&labels));
    let elsewhere = folder.path("elsewhere");
    std::fs::rename(&articles, &elsewhere).unwrap();
    looked_up(check(&labels).arg("--articles").arg(&elsewhere));
    let result = json(check(&labels).args(["--format", "json"]));
    assert!(found(&result, "article missing").is_empty());
}

#[test]
fn check_works_without_a_model_where_none_can_be_learned() {
    let folder = Folder::new();
    let one = "text,label\nTalks resumed.,yes\nTalks resumed!,yes\n";
    let labels = folder.file("labels.csv", one);
    stance()
        .arg("check")
        .arg(labels)
        .assert()
        .success()
        .stdout(contains("no model was asked for label errors: ").and(contains("Duplicates: 1")));
}

#[test]
fn check_refuses_what_it_cannot_use() {
    let folder = Folder::new();
    let labels = folder.file("labels.csv", table(&rows()));
    let fails = |command: &mut Command, code: i32, words: &[&str]| {
        let mut run = command.assert().code(code);
        for word in words {
            run = run.stderr(contains(*word));
        }
        run.stderr(contains("panicked").not()).stdout("");
    };
    fails(
        &mut check(&folder.path("none.csv")),
        1,
        &["none.csv", "cannot"],
    );
    fails(
        stance()
            .arg("check")
            .arg(&labels)
            .args(["--label", "colour"]),
        1,
        &["no column `colour`", "--label"],
    );
    fails(
        check(&labels).args(["--annotator", "who"]),
        1,
        &["no column `who`", "--annotator"],
    );
    fails(
        check(&labels).args(["--articles", "nowhere"]),
        1,
        &["nowhere"],
    );
    fails(
        check(&labels).args(["--folds", "1"]),
        2,
        &["1 folds", "try: "],
    );
    fails(
        check(&labels).args(["--merge", "sum"]),
        2,
        &["majority, soft"],
    );
    fails(
        check(&labels).arg("--output").arg(&labels),
        2,
        &["the output is one of the inputs"],
    );
    let blank = folder.file("blank.csv", "text,topic,author\n,sport,a\n,politics,b\n");
    fails(
        &mut check(&blank),
        1,
        &["blank.csv", "no row holds any text"],
    );
    let broken = folder.file("broken.csv", b"text,topic,author\n\xff\xfe\x00,sport,a\n");
    let run = check(&broken).assert();
    run.stderr(contains("panicked").not());
}

/// Three annotators of every row; the third errs in every third.
fn annotated() -> String {
    let mut table = String::from("article,sentence,text,topic,author,annotator,unsure\n");
    for (at, row) in rows().iter().enumerate() {
        let row = row.trim_end();
        let wrong = match row.contains(",sport,") {
            true => row.replace(",sport,", ",politics,"),
            false => row.replace(",politics,", ",sport,"),
        };
        let third = if at % 3 == 0 { &*wrong } else { row };
        table += &format!("{row},ann,\n{row},bob,\n{third},cy,{}\n", at % 2 == 0);
    }
    table
}

#[test]
fn labels_of_several_annotators_are_merged() {
    let folder = Folder::new();
    let labels = folder.file("labels.csv", annotated());
    let told = "labels of 3 annotators, 60 sentences labelled by two or more; merged by";
    let chosen = contains("held-out log-loss of annotators' labels").and(contains(told));
    let model = folder.path("model.safetensors");
    let card = folder.path("card.md");
    stance()
        .arg("train")
        .arg(&labels)
        .args(["--label", "topic", "-o"])
        .arg(&model)
        .arg("--card")
        .arg(&card)
        .assert()
        .success()
        .stderr(chosen.and(contains("60 sentences")));
    let card = std::fs::read_to_string(card).unwrap();
    assert!(card.contains("3 annotators, 60 sentences labelled by two or more"));
    let evaluate = |way: &str| {
        let mut command = stance();
        command
            .arg("evaluate")
            .arg(&labels)
            .args(["--label", "topic"]);
        command.args(["--merge", way, "--format", "json"]);
        json(&mut command)
    };
    let soft = evaluate("soft");
    assert_eq!(soft["rows"], 60);
    assert!(
        soft["method"]
            .as_str()
            .unwrap()
            .ends_with("merged by soft labels weighted by agreement")
    );
    assert!(
        evaluate("majority")["method"]
            .as_str()
            .unwrap()
            .ends_with("merged by majority")
    );
    let soft = ["--merge", "soft"];
    check(&labels)
        .args(soft)
        .assert()
        .success()
        .stderr(contains(
            "how often annotators are taken to be right about topic: ann 9",
        ));
}

#[test]
fn a_model_of_several_annotators_is_the_same_in_any_order_of_rows() {
    let folder = Folder::new();
    let table = annotated();
    let mut rows: Vec<&str> = table.lines().collect();
    rows[1..].reverse();
    let turned = rows.join("\n");
    for way in ["majority", "soft"] {
        let [a, b] = [&table, &turned].map(|table| {
            let labels = folder.file("labels.csv", table);
            let model = folder.path("model.safetensors");
            stance()
                .arg("train")
                .arg(&labels)
                .args(["--label", "topic", "--merge", way, "-o"])
                .arg(&model)
                .assert()
                .success();
            std::fs::read(model).unwrap()
        });
        assert!(a == b, "{way}");
    }
}
