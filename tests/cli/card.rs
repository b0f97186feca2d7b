//! `stance train --card`: what the card holds, what it leaves out, and what it refuses.

use super::{Folder, labels, small_model, stance};
use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::path::Path;

const READINGS: &str = "text,reader,topic\n\
The keeper saved it.,ann,sport\nThe house passed it.,ann,politics\nIt was long.,ann,sport\n\
The keeper saved it.,bob,sport\nThe house passed it.,bob,politics\nIt was long.,bob,politics\n\
It was long.,cy,politics\n";

const CASES: &str = "kind,before,text,topic,checks\n\
plain,,The goalkeeper saved the match.,sport,\n\
plain,,The parliament passed the budget.,politics,\n\
turned,,The goalkeeper passed the budget.,,nothing\n\
turned,It was late.,The parliament passed the budget.,sport,a wrong label\n";

const NOTES: &str = "### Limits\n\n*Not* for <judging> anyone.\n";

/// `stance train` on [`labels`], with the model in `model`.
fn train_with(folder: &Folder, arguments: &[&str]) -> Command {
    folder.file("labels.csv", labels());
    let mut command = stance();
    command
        .current_dir(folder.path(""))
        .args(["train", "labels.csv", "--label", "topic", "-o", "model"])
        .args(arguments);
    command
}

/// The same, with a card in `card.md`.
fn train(folder: &Folder) -> Command {
    train_with(folder, &["--card", "card.md"])
}

fn card(folder: &Folder) -> String {
    std::fs::read_to_string(folder.path("card.md")).unwrap()
}

/// Expects these words on standard error, this exit code, and neither model nor card.
fn fails(folder: &Folder, command: &mut Command, code: i32, words: &[&str]) {
    let mut run = command.assert().code(code);
    for word in words.iter().chain(&["try: "]) {
        run = run.stderr(contains(*word));
    }
    run.stderr(contains("panicked").not());
    assert!(!folder.path("model").exists() && !folder.path("card.md").exists());
}

#[test]
fn a_card_holds_what_was_asked_for() {
    let folder = Folder::new();
    folder.file("readings.csv", READINGS);
    folder.file("cases.csv", CASES);
    folder.file("notes.md", NOTES);
    let run = train(&folder)
        .args(["--readings", "readings.csv", "--reader", "ann"])
        .args(["--reader", "bob", "--cases", "cases.csv"])
        .args(["--notes", "notes.md"])
        .assert()
        .success();
    let card = card(&folder);
    for expected in [
        "# Model card: topic\n",
        "\n| files | labels.csv |\n| rows | 60 |\n| groups | 6, by column author |\n",
        "\n| topic | politics | 30 | 50% |\n",
        "\nstance train labels.csv --label topic -o model --card card.md --readings readings.csv \\\n",
        "\n### topic: 60 rows of 6 groups\n",
        "expected calibration error",
        "\n### topic: 3 units labelled by both readers\n",
        "| ann and bob | 3 | 0.67",
        "\n| plain | 100% (2 of 2) |\n| turned | 0% (0 of 1) |\n| all | 67% (2 of 3) |\n",
    ] {
        assert!(card.contains(expected), "{expected}\n\n{card}");
    }
    assert!(card.ends_with(&format!("\n## Notes\n\n{NOTES}")), "{card}");
    let fingerprint = card.split("| fingerprint | ").nth(1).unwrap();
    let fingerprint = fingerprint.split(' ').next().unwrap();
    stance()
        .arg("inspect")
        .arg(folder.path("model"))
        .assert()
        .stdout(contains(fingerprint));
    // What is printed and what the card says are one measurement.
    let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let accuracy = printed.lines().find(|line| line.starts_with("accuracy"));
    let accuracy = accuracy.unwrap().trim_start_matches("accuracy").trim();
    assert!(
        card.contains(&format!("| accuracy | {accuracy} |")),
        "{card}"
    );
}

#[test]
fn a_card_changes_no_byte_of_the_model() {
    let folder = Folder::new();
    train(&folder).assert().success();
    assert!(std::fs::read(folder.path("model")).unwrap() == small_model());
    let card = card(&folder);
    for expected in [
        "Not measured (`--readings`)",
        "Not measured (`--cases`)",
        "None were given (`--notes`)",
    ] {
        assert!(card.contains(expected), "{card}");
    }
    let files = std::fs::read_dir(folder.path("")).unwrap().count();
    assert_eq!(files, 3, "nothing is left lying about");
}

#[test]
fn a_card_does_not_tell_where_its_maker_works() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("data")).unwrap();
    let table = folder.file("data/labels.csv", labels());
    let here = folder.path("data").canonicalize().unwrap();
    for working in [&here, Path::new("/")] {
        stance()
            .current_dir(working)
            .arg("train")
            .arg(table.canonicalize().unwrap())
            .args(["--label", "topic", "--folds=3"])
            .arg(format!("-o{}", folder.path("model").display()))
            .arg(format!("--card={}", folder.path("card.md").display()))
            .assert()
            .success();
        let card = card(&folder);
        match working == here {
            true => {
                let command =
                    "stance train labels.csv --label topic --folds=3 -omodel --card=card.md";
                assert!(card.contains(command), "{card}");
                assert!(card.contains("| files | labels.csv |"), "{card}");
            }
            // Folders below the working directory are told.
            false => assert!(card.contains("data/labels.csv |"), "{card}"),
        }
    }
    stance()
        .current_dir(&here)
        .args(["train", "../data/labels.csv", "--label", "topic"])
        .args(["-o", "../model", "--card", "../card.md"])
        .assert()
        .success();
    let card = card(&folder);
    let command = "stance train labels.csv --label topic -o model --card card.md";
    assert!(card.contains(command) && !card.contains(".."), "{card}");
}

#[test]
fn what_goes_into_a_card_needs_a_card() {
    for option in ["--readings", "--cases", "--notes"] {
        stance()
            .args(["train", "labels.csv", "-o", "model", option, "file"])
            .assert()
            .code(2)
            .stderr(contains("--card <CARD.md>"));
    }
    stance()
        .args(["train", "labels.csv", "-o", "model", "--card", "card.md"])
        .args(["--reader", "ann"])
        .assert()
        .code(2)
        .stderr(contains("--readings <FILE>"));
}

#[test]
fn a_card_overwrites_nothing_that_is_needed() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("x")).unwrap();
    for same in ["model", "./model", "x/../model"] {
        let mut command = train_with(&folder, &["--card", same]);
        let words = ["the card would overwrite the model"];
        fails(&folder, &mut command, 2, &words);
    }
    let file = folder.file("file", "what was there before");
    for input in [
        "--readings",
        "--cases",
        "--notes",
        "--settings",
        "--dictionary",
        "--codebook",
    ] {
        let mut command = train_with(&folder, &["--card", "file", input, "file"]);
        let words = ["file: the output is one of the inputs"];
        fails(&folder, &mut command, 2, &words);
    }
    let mut command = train_with(&folder, &["--card", "labels.csv"]);
    fails(
        &folder,
        &mut command,
        2,
        &["labels.csv: the output is one of the inputs"],
    );
    let kept = std::fs::read_to_string(file).unwrap();
    assert_eq!(kept, "what was there before");
}

#[test]
fn cases_that_cannot_be_used_are_named() {
    let folder = Folder::new();
    let bad = [
        ("", "cases.csv: ", "empty"),
        (
            "kind,text,topic\n",
            "cases.csv:1: no case to check",
            "`kind`",
        ),
        (
            "text,topic\nIt rained.,sport\n",
            "cases.csv:1: no column `kind`",
            "each label set",
        ),
        (
            "kind,topic\nplain,sport\n",
            "cases.csv:1: no column `text`",
            "each label set",
        ),
        (
            "kind,text\nplain,It rained.\n",
            "cases.csv:1: no column of labels",
            "name one `topic`",
        ),
        (
            "kind,text,topic\nplain,It rained.,\n",
            "cases.csv:1: no case says which label is right",
            "`topic`",
        ),
        (
            "kind,text,topic\nplain,It rained.,sport\n,It snowed.,sport\n",
            "cases.csv:3: an empty `kind`",
            "leave the row out",
        ),
        (
            "kind,text,topic\nplain,\" \",sport\n",
            "cases.csv:2: an empty `text`",
            "leave the row out",
        ),
        (
            "kind,text,topic\nplain,It rained.,sport\nplain,It snowed.,weather\n",
            "cases.csv:3: unknown label `weather` in column `topic`",
            "`politics`, `sport`",
        ),
    ];
    for (table, place, remedy) in bad {
        folder.file("cases.csv", table);
        let mut command = train(&folder);
        fails(
            &folder,
            command.args(["--cases", "cases.csv"]),
            1,
            &[place, remedy],
        );
    }
    let mut command = train(&folder);
    fails(
        &folder,
        command.args(["--cases", "none.csv"]),
        1,
        &["none.csv: cannot open"],
    );
}

#[test]
fn readings_that_cannot_be_used_are_named() {
    let folder = Folder::new();
    folder.file("readings.csv", READINGS);
    folder.file("label.csv", READINGS.replace("topic", "label"));
    folder.file("other.csv", READINGS.replace("topic", "theme"));
    folder.file("alone.csv", READINGS.replace("reader", "who"));
    folder.file("unknown.csv", READINGS.replace("cy,politics", "cy,weather"));
    let bad: [(&[&str], i32, &str); 7] = [
        (&["readings.csv", "--reader", "dee"], 2, "no reader `dee`"),
        (
            &["readings.csv", "--reader", "ann"],
            2,
            "`ann` is the only reader",
        ),
        (&["label.csv"], 1, "label.csv:1: no column of topic"),
        (&["other.csv"], 1, "other.csv:1: no column `label`"),
        (&["alone.csv"], 1, "call the columns `reader`"),
        (
            &["unknown.csv"],
            1,
            "unknown.csv:8: unknown label `weather`",
        ),
        (&["none.csv"], 1, "none.csv: cannot open"),
    ];
    for (arguments, code, words) in bad {
        let mut command = train(&folder);
        fails(
            &folder,
            command.arg("--readings").args(arguments),
            code,
            &[words],
        );
    }
    train(&folder)
        .args(["--readings", "readings.csv"])
        .assert()
        .success()
        .stderr(contains("reader `cy` labelled 1 units, another 3"));
}

#[test]
fn notes_that_cannot_be_read_are_named() {
    let folder = Folder::new();
    folder.file("notes.md", b"caf\xe9");
    for notes in ["notes.md", "none.md"] {
        let mut command = train(&folder);
        let words = format!("{notes}: cannot read the notes");
        fails(&folder, command.args(["--notes", notes]), 1, &[&words]);
    }
}

#[test]
fn a_card_that_cannot_be_written_is_said_before_the_work() {
    let folder = Folder::new();
    let mut command = train_with(&folder, &["--card", "none/card.md"]);
    fails(&folder, &mut command, 1, &["none/card.md: cannot write"]);
}

#[test]
#[cfg(target_os = "linux")]
fn without_room_for_the_card_the_old_model_stays() {
    let folder = Folder::new();
    let labels = folder.file("labels.csv", labels());
    let model = folder.file("model", "what was there before");
    stance()
        .arg("train")
        .arg(labels)
        .args(["--label", "topic", "--card", "/dev/full", "-o"])
        .arg(&model)
        .assert()
        .code(1)
        .stderr(contains("/dev/full: cannot write").and(contains("try: ")));
    assert_eq!(
        std::fs::read_to_string(&model).unwrap(),
        "what was there before"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn who_stops_reading_a_card_still_gets_the_model() {
    let folder = Folder::new();
    let labels = folder.file("labels.csv", labels());
    let [pipe, model] = ["pipe", "model"].map(|name| folder.path(name));
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let mut run = std::process::Command::new(assert_cmd::cargo::cargo_bin!("stance"));
    run.arg("train")
        .arg(labels)
        .args(["--label", "topic", "-o"]);
    let run = run.arg(&model).arg("--card").arg(&pipe);
    let mut run = run.stderr(std::process::Stdio::null()).spawn().unwrap();
    // Opening waits for the writer.
    drop(std::fs::File::open(&pipe).unwrap());
    assert!(run.wait().unwrap().success());
    assert!(std::fs::read(&model).unwrap() == small_model());
}
