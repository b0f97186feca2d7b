//! Bad input to every command: one clear message with file, line and remedy, and the right exit code.

use super::{Folder, labels, stance};
use predicates::prelude::*;
use std::path::Path;

const READING: [&str; 3] = ["tag", "report", "compare"];

/// Runs every command that reads articles on a file, and expects exit code 1 and these words.
fn articles_fail(file: &Path, words: &[&str]) {
    for command in READING {
        let mut run = stance().arg(command).arg(file).assert().code(1);
        for word in words.iter().chain(&["try: "]) {
            run = run.stderr(predicate::str::contains(*word));
        }
        run.stderr(predicate::str::contains("panicked").not());
    }
}

/// Runs every command that reads labels on a table, and expects exit code 1 and these words.
fn labels_fail(folder: &Folder, table: &Path, words: &[&str]) {
    let model = folder.path("model");
    let mut train = stance();
    train.arg("train").arg(table).arg("-o").arg(&model);
    let mut evaluate = stance();
    evaluate.arg("evaluate").arg(table);
    for mut command in [train, evaluate] {
        let mut run = command.args(["--label", "topic"]).assert().code(1);
        for word in words.iter().chain(&["try: "]) {
            run = run.stderr(predicate::str::contains(*word));
        }
        run.stderr(predicate::str::contains("panicked").not());
    }
    assert!(!model.exists());
}

#[test]
fn no_such_file() {
    let folder = Folder::new();
    let missing = folder.path("missing.txt");
    articles_fail(&missing, &["missing.txt: cannot open"]);
    labels_fail(&folder, &missing, &["missing.txt: cannot open"]);
    stance()
        .arg("inspect")
        .arg(&missing)
        .assert()
        .code(1)
        .stderr(predicate::str::contains(
            "missing.txt: cannot read the model",
        ));
}

#[test]
fn an_empty_file() {
    let folder = Folder::new();
    for name in [
        "empty.txt",
        "empty.md",
        "empty.html",
        "empty.pdf",
        "empty.csv",
        "empty.jsonl",
    ] {
        articles_fail(&folder.file(name, ""), &[name, "empty"]);
    }
    let table = folder.file("labels.csv", "");
    labels_fail(&folder, &table, &["labels.csv", "empty"]);
}

#[test]
fn a_folder_without_articles() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("nothing")).unwrap();
    articles_fail(&folder.path("nothing"), &["nothing", "no articles"]);
}

#[test]
fn an_article_without_running_text_is_said() {
    let folder = Folder::new();
    let blank = folder.file("blank.txt", " \n\n");
    for command in READING {
        stance()
            .arg(command)
            .arg(&blank)
            .assert()
            .success()
            .stderr(predicate::str::contains("blank.txt: no running text"));
    }
}

#[test]
fn a_binary() {
    let folder = Folder::new();
    let bytes: Vec<u8> = (0..4096_u32).map(|i| (i * 37 % 256) as u8).collect();
    articles_fail(&folder.file("photo.txt", &bytes), &["photo.txt"]);
    articles_fail(&folder.file("photo.pdf", &bytes), &["photo.pdf"]);
    let table = folder.file("photo.csv", &bytes);
    labels_fail(&folder, &table, &["photo.csv"]);
}

#[test]
fn a_nul_byte() {
    let folder = Folder::new();
    articles_fail(
        &folder.file("nul.txt", "A fine day.\nAnother\0 one.\n"),
        &["nul.txt:2"],
    );
    let table = folder.file(
        "nul.csv",
        "text,topic\nA fine day.,sport\nAnother\0 one.,politics\n",
    );
    labels_fail(&folder, &table, &["nul.csv:3"]);
}

#[test]
fn broken_utf8() {
    let folder = Folder::new();
    let mut text = "Ein schöner Tag über dem Fluß. Noch ein schöner Tag.\n"
        .repeat(3)
        .into_bytes();
    text.extend(b"Broken \xc3( here.\n");
    articles_fail(
        &folder.file("broken.txt", &text),
        &["broken.txt:4", "UTF-8"],
    );
}

#[test]
fn a_gigantic_line() {
    let folder = Folder::new();
    let line = "treaty ".repeat(30 << 20);
    articles_fail(&folder.file("long.txt", &line), &["long.txt: more than"]);
    let jsonl = folder.file("long.jsonl", format!("{{\"text\":\"{line}\"}}\n"));
    articles_fail(&jsonl, &["long.jsonl:1"]);
    let table = folder.file("long.csv", format!("text,topic\n{line},sport\n"));
    labels_fail(&folder, &table, &["long.csv:2"]);
}

#[test]
fn a_missing_column() {
    let folder = Folder::new();
    let no_text = folder.file("no_text.csv", "body_of_it,topic\nA.,sport\n");
    labels_fail(
        &folder,
        &no_text,
        &[
            "no_text.csv:1",
            "no column `text`",
            "`body_of_it`",
            "--text",
        ],
    );
    let no_label = folder.file("no_label.csv", "text,kind\nA.,sport\n");
    labels_fail(
        &folder,
        &no_label,
        &["no_label.csv:1", "no column `topic`", "`kind`", "--label"],
    );
    let table = folder.file("labels.csv", labels());
    stance()
        .arg("evaluate")
        .arg(&table)
        .args(["--label", "topic", "--group", "writer"])
        .assert()
        .code(1)
        .stderr(
            predicate::str::contains("no column `writer`")
                .and(predicate::str::contains("`author`")),
        );
    stance()
        .arg("tag")
        .arg(&no_text)
        .args(["--sentences"])
        .assert()
        .code(1)
        .stderr(
            predicate::str::contains("no column `text`")
                .and(predicate::str::contains("body_of_it")),
        );
    articles_fail(&no_text, &["no_text.csv", "column"]);
}

#[test]
fn an_unknown_label() {
    let folder = Folder::new();
    let table = folder.file(
        "labels.csv",
        "text,stance,author\nA deal is near.,optimistic,a\nTalks failed.,sceptical,b\nThey met.,nuetral,c\n",
    );
    for command in [&["train", "-o", "model"][..], &["evaluate"]] {
        stance()
            .current_dir(folder.path(""))
            .args(command)
            .arg(&table)
            .assert()
            .code(1)
            .stderr(
                predicate::str::contains("labels.csv:4: unknown label `nuetral`")
                    .and(predicate::str::contains("`neutral`")),
            );
    }
}

#[test]
fn one_class_only() {
    let folder = Folder::new();
    let rows: String = (0..12).map(|i| format!("Sentence {i}.,sport\n")).collect();
    let table = folder.file("labels.csv", format!("text,topic\n{rows}"));
    labels_fail(&folder, &table, &["one label only", "`sport`"]);
}

#[test]
fn no_labels_at_all() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", "text,topic\nA.,\nB.,\n");
    labels_fail(&folder, &table, &["`topic` holds no label"]);
    let header = folder.file("header.csv", "text,topic\n");
    labels_fail(&folder, &header, &["header.csv", "no row"]);
}

#[test]
fn no_text_at_all() {
    let folder = Folder::new();
    let rows: String = (0..12)
        .map(|i| format!(" ,{}\n", ["sport", "politics"][i % 2]))
        .collect();
    let table = folder.file("labels.csv", format!("text,topic\n{rows}"));
    labels_fail(&folder, &table, &["no row holds any text"]);
    let mut tune = stance();
    tune.arg("train").arg(&table).args(["--label", "topic"]);
    tune.args(["--tune", "-o"]).arg(folder.path("model"));
    let nothing_tried = predicate::str::contains("tuned:").not();
    let message = predicate::str::contains("no row holds any text").and(nothing_tried);
    tune.assert().code(1).stderr(message);
}

#[test]
fn fewer_groups_than_folds() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    stance()
        .arg("evaluate")
        .arg(&table)
        .args(["--label", "topic", "--folds", "7"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("6").and(predicate::str::contains("--folds")));
}

#[test]
fn a_settings_file_that_makes_no_sense() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    let cases = [
        ("{", "EOF"),
        (r#"{"colour": 1}"#, "unknown field `colour`"),
        (r#"{"costs": []}"#, "no cost"),
        (
            r#"{"features": {"words": {"from": 3, "to": 1, "weight": 1}}}"#,
            "3 to 1",
        ),
        (
            r#"{"features": {"dictionary": {"move": ["*"]}}}"#,
            "no term",
        ),
    ];
    for (settings, message) in cases {
        let file = folder.file("settings.json", settings);
        stance()
            .arg("train")
            .arg(&table)
            .args(["--label", "topic", "--settings"])
            .arg(file)
            .arg("-o")
            .arg(folder.path("model"))
            .assert()
            .failure()
            .stderr(predicate::str::contains(message).and(predicate::str::contains("try:")));
        assert!(!folder.path("model").exists());
    }
}

#[test]
fn a_dictionary_that_makes_no_sense() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    let cases = [
        ("", "empty"),
        ("term,category\n", "no term in the dictionary"),
        ("word,category\ndeal,move\n", "no column `term`"),
        ("term,kind\ndeal,move\n", "no column `category`"),
        ("term,category\ndeal,move\n,move\n", "dictionary.csv:3"),
        ("term,category\nDeal,move\ndeal,stop\n", "`move` and `stop`"),
        ("term,category\ndeal,to move\n", "cannot name a category"),
        ("term,category\nde*al,move\n", "the end of a word"),
    ];
    for (dictionary, message) in cases {
        let file = folder.file("dictionary.csv", dictionary);
        stance()
            .arg("train")
            .arg(&table)
            .args(["--label", "topic", "--dictionary"])
            .arg(file)
            .arg("-o")
            .arg(folder.path("model"))
            .assert()
            .code(1)
            .stderr(predicate::str::contains(message).and(predicate::str::contains("try:")));
        assert!(!folder.path("model").exists());
    }
}

#[test]
fn settings_that_make_no_sense() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    let cases: [(&[&str], &str); 6] = [
        (&["--cost", "0"], "cost of 0"),
        (&["--cost", "-1"], "cost"),
        (&["--cost", "NaN"], "cost"),
        (&["--folds", "1"], "1 folds"),
        (&["--folds", "many"], "many"),
        (&["--unsure-below", "2"], "probability of 2"),
    ];
    for (arguments, message) in cases {
        let mut command = stance();
        command
            .arg("evaluate")
            .arg(&table)
            .args(["--label", "topic"]);
        for pair in arguments.chunks(2) {
            command.arg(format!("{}={}", pair[0], pair[1]));
        }
        command
            .assert()
            .code(2)
            .stderr(predicate::str::contains(message));
    }
}

#[test]
fn contradictions_and_duplicates_are_said_and_survived() {
    let folder = Folder::new();
    let table = folder.file(
        "labels.csv",
        labels() + "\"The goalkeeper saved the match, number 0.\",politics,author 1\n",
    );
    stance()
        .arg("evaluate")
        .arg(&table)
        .args(["--label", "topic"])
        .assert()
        .success()
        .stderr(
            predicate::str::contains("contradictory")
                .and(predicate::str::contains("labels.csv:62")),
        );
}

#[test]
fn a_label_column_named_twice_or_like_another_field() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels().replace("topic", "title"));
    let twice = ["--label", "title", "--label", "title"];
    stance()
        .arg("evaluate")
        .arg(&table)
        .args(twice)
        .assert()
        .code(2)
        .stderr(predicate::str::contains("named twice"));
    stance()
        .arg("evaluate")
        .arg(&table)
        .args(["--label", "title"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("mistaken for another field"));
}

#[test]
fn a_label_that_is_held_out_whole() {
    let folder = Folder::new();
    let table = folder.file(
        "labels.csv",
        "text,topic,author\n".to_owned()
            + &(0..10)
                .map(|i| format!("Sentence {i}.,sport,writer {i}\n"))
                .collect::<String>()
            + "A budget.,politics,writer 1\n",
    );
    stance()
        .arg("evaluate")
        .arg(&table)
        .args(["--label", "topic"])
        .assert()
        .code(1)
        .stderr(
            predicate::str::contains("all rows of `politics`")
                .and(predicate::str::contains("labels.csv")),
        );
}

#[test]
fn nothing_to_explain() {
    let folder = Folder::new();
    let article = folder.file("a.txt", "Talks failed.\n");
    stance()
        .args(["explain", " "])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("no sentence"));
    stance()
        .arg("explain")
        .arg(&article)
        .assert()
        .code(2)
        .stderr(predicate::str::contains("--sentence N"));
    stance()
        .arg("explain")
        .arg(&article)
        .args(["--sentence", "9"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("there are 1"));
}

#[test]
fn a_table_without_rows() {
    let folder = Folder::new();
    articles_fail(
        &folder.file("header.csv", "title,text\n"),
        &["header.csv", "no article"],
    );
}

#[test]
fn a_bad_codebook() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    let cases = [
        ("title = 3", "codebook.toml:1"),
        ("title = \"x\"\nset = []", "no label set"),
        (
            "title = \"x\"\n[[set]]\nname = \"topic\"\n[[set.label]]\nname = \"sport\"",
            "fewer than two",
        ),
        (
            "title = \"x\"\n[[set]]\nname = \"topic\"\ncolor = 1",
            "codebook.toml:4",
        ),
    ];
    for (text, message) in cases {
        let codebook = folder.file("codebook.toml", text);
        stance()
            .arg("evaluate")
            .arg(&table)
            .args(["--label", "topic", "--codebook"])
            .arg(&codebook)
            .assert()
            .code(1)
            .stderr(predicate::str::contains(message));
    }
}

#[test]
fn wrong_usage_is_exit_code_two() {
    for arguments in [
        &["fly"][..],
        &["tag"],
        &["report", "x.txt", "--format", "pdf"],
        &["explain", "A.", "--label", "mood"],
        &["tag", "x.txt", "--unsure-below", "2"],
        &["train", "labels.csv"],
        &["evaluate", "labels.csv", "--against", "other"],
        &["evaluate", "labels.csv", "--model", "m", "--learning-curve"],
        &["evaluate", "labels.csv", "--model", "m", "--random-split"],
        &["evaluate", "l.csv", "--model", "m", "--settings", "s"],
        &["evaluate", "l.csv", "--model", "m", "--dictionary", "d"],
    ] {
        stance().args(arguments).assert().code(2);
    }
}

#[test]
fn an_evaluation_overwrites_nothing_it_reads() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    for option in ["--settings", "--dictionary"] {
        let file = folder.file("input", "mine");
        let mut evaluate = stance();
        evaluate.arg("evaluate").arg(&table).arg(option).arg(&file);
        evaluate.arg("-o").arg(&file).assert().code(2);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    }
}

/// One bad article in a folder costs no other; the failure is said and is the command's.
#[test]
fn a_bad_article_costs_no_other() {
    let folder = Folder::new();
    folder.file("a.txt", "The talks went well. A deal is near.\n");
    folder.file("b.txt", "bad \0 bytes\n");
    folder.file("c.txt", "The talks failed.\n");
    let run = stance().arg("tag").arg(folder.path("")).assert().code(1);
    let output = run.get_output();
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 3);
    assert!(String::from_utf8_lossy(&output.stderr).contains("b.txt:1"));
}

/// A program without Parquet says how to get it; `tests/parquet` has the one with it.
#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_takes_a_feature() {
    let folder = Folder::new();
    let parquet = folder.file("rows.parquet", "PAR1 and so on PAR1");
    let built =
        "built without Parquet\n  try: build it with `cargo build --release --features parquet`";
    articles_fail(&parquet, &["rows.parquet: ", built]);
    labels_fail(&folder, &parquet, &["rows.parquet: ", built]);
    // In a folder it is a file among others that hold no text.
    let article = folder.file("a.txt", "The talks failed.\n");
    stance().arg("tag").arg(folder.path("")).assert().success();
    let tagged = folder.path("tagged.parquet");
    for options in [["--format", "parquet"], ["-o", tagged.to_str().unwrap()]] {
        let mut tag = stance();
        let assert = tag.arg("tag").arg(&article).args(options).assert().code(2);
        assert.stderr(predicate::str::contains(built));
    }
}
