//! `stance agree`: both shapes of input, every format, and what it refuses.

use super::commands::json;
use super::{Folder, stance};
use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::path::Path;

/// Two readers of two articles, and a third who read what they disputed.
const LONG: &str = "article,sentence,reader,stance,role\n\
strait,1,ann,neutral,claim\n\
strait,2,ann,optimistic,claim\n\
strait,3,ann,sceptical,evidence\n\
islands,1,ann,neutral,claim\n\
islands,2,ann,sceptical,\n\
strait,1,bob,neutral,claim\n\
strait,2,bob,neutral,claim\n\
strait,3,bob,sceptical,evidence\n\
islands,1,bob,optimistic,claim\n\
islands,2,bob,sceptical,claim\n\
islands,3,bob,neutral,\n\
strait,2,cy,optimistic,claim\n\
islands,1,cy,neutral,claim\n";

/// Krippendorff (2011), C: four observers, missing data.
const OBSERVERS: [[&str; 12]; 4] = [
    ["1", "2", "3", "3", "2", "1", "4", "1", "2", "", "", ""],
    ["1", "2", "3", "3", "2", "2", "4", "1", "2", "5", "", "3"],
    ["", "3", "3", "3", "2", "3", "4", "2", "2", "5", "1", ""],
    ["1", "2", "3", "3", "2", "4", "4", "1", "2", "5", "1", ""],
];

fn agree(file: &Path) -> Command {
    let mut command = stance();
    command.arg("agree").arg(file);
    command
}

/// Expects these words on standard error and this exit code.
fn fails(command: &mut Command, code: i32, words: &[&str]) {
    let mut run = command.assert().code(code);
    for word in words.iter().chain(&["try: "]) {
        run = run.stderr(contains(*word));
    }
    run.stderr(contains("panicked").not());
}

#[test]
fn agree_reads_rows_that_name_their_reader() {
    let folder = Folder::new();
    let table = folder.file("readings.csv", LONG);
    let found = json(agree(&table).args(["--format", "json"]));
    assert_eq!(found["schema"], "stance-agreement/1");
    assert_eq!(found["readers"], serde_json::json!(["ann", "bob", "cy"]));
    let stance = &found["sets"]["stance"];
    assert_eq!(stance["units"], 5);
    assert_eq!(stance["single"], 1);
    assert_eq!(stance["groups"], 2);
    assert_eq!(stance["labelled"]["cy"], 2);
    for level in ["nominal", "ordinal", "interval"] {
        assert!(stance["alpha"][level]["low"].is_number(), "{level}");
    }
    assert_eq!(stance["pairs"].as_array().unwrap().len(), 3);
    assert_eq!(stance["disagreements"].as_array().unwrap().len(), 2);
    assert_eq!(stance["disagreements"][0]["unit"]["sentence"], "2");
    let role = &found["sets"]["role"];
    assert!(role["alpha"]["ordinal"].is_null());
    assert_eq!(role["unlabelled"], 1);
    assert_eq!(role["pairs"][0]["units"], 4);
}

#[test]
fn agree_takes_only_the_readers_named() {
    let folder = Folder::new();
    let table = folder.file("readings.csv", LONG);
    let mut two = agree(&table);
    two.args(["--reader", "ann", "--reader", "bob", "--format", "json"]);
    let found = json(&mut two);
    let pairs = found["sets"]["stance"]["pairs"].as_array().unwrap().clone();
    assert_eq!(pairs.len(), 1);
    // Five units, three alike; by chance (2·2 + 1·1 + 2·2) / 25 of them.
    let kappa = pairs[0]["kappa"]["value"].as_f64().unwrap();
    assert!(
        (kappa - (0.6 - 0.36) / (1.0 - 0.36)).abs() < 1e-12,
        "{kappa}"
    );
    agree(&table)
        .assert()
        .success()
        .stderr(contains("reader `cy` labelled 2 units, another 6"));
}

#[test]
fn agree_reads_a_file_a_reader() {
    let folder = Folder::new();
    let row = |(unit, label): (usize, &&str)| format!("\"Sentence {unit}.\",{label}\n");
    let mut command = stance();
    command.arg("agree");
    for (name, labels) in ["a", "b", "c", "d"].iter().zip(OBSERVERS) {
        let rows: String = labels.iter().enumerate().map(row).collect();
        command.arg(folder.file(&format!("{name}.csv"), format!("text,label\n{rows}")));
    }
    let found = json(command.args(["--format", "json"]));
    let set = &found["sets"]["label"];
    for (level, published) in [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)] {
        let alpha = set["alpha"][level]["value"].as_f64().unwrap();
        assert!((alpha - published).abs() < 5e-4, "{level}: {alpha}");
    }
    assert_eq!(set["units"], 11);
    assert_eq!(set["single"], 1);
    assert!(found["group"].is_null());
}

#[test]
fn agree_lists_what_readers_disagree_on() {
    let folder = Folder::new();
    let table = folder.file("readings.csv", LONG);
    agree(&table)
        .args(["--format", "csv"])
        .assert()
        .success()
        .stdout(
            "set,article,sentence,reader_ann,reader_bob,reader_cy\n\
         stance,strait,2,optimistic,neutral,optimistic\n\
         stance,islands,1,neutral,optimistic,neutral\n",
        );
    for format in ["table", "markdown"] {
        agree(&table)
            .args(["--format", format])
            .assert()
            .success()
            .stdout(
                contains("Disagreements: 2 units")
                    .and(contains("ann and bob"))
                    .and(contains(
                        "1 unit with a single label says nothing and is left out",
                    )),
            );
    }
}

#[test]
fn agree_explains_what_is_undefined() {
    let folder = Folder::new();
    let table = folder.file(
        "readings.csv",
        "unit,reader,topic\n1,a,sport\n1,b,sport\n2,a,sport\n2,b,sport\n3,c,politics\n",
    );
    for format in ["table", "markdown", "json"] {
        agree(&table)
            .args(["--label", "topic", "--unit", "unit", "--format", format])
            .assert()
            .success()
            .stdout(
                contains("undefined: only one label was given")
                    .and(contains("undefined: nobody gave this label"))
                    .and(contains("undefined: nobody gave another label"))
                    .and(contains("NaN").not()),
            );
    }
    // The list of disagreements has no figure that could be undefined.
    agree(&table)
        .args(["--label", "topic", "--unit", "unit", "--format", "csv"])
        .assert()
        .success()
        .stdout("set,unit,reader_a,reader_b,reader_c\n");
    agree(&table)
        .args(["--label", "topic", "--unit", "unit"])
        .assert()
        .stdout(contains("2 pairs share no unit").and(contains("no column of groups")));
}

#[test]
fn agree_parts_the_units_by_a_column() {
    let folder = Folder::new();
    let table = folder.file("readings.csv", LONG);
    let found = json(agree(&table).args(["--by", "article", "--format", "json"]));
    let parts = &found["sets"]["stance"]["parts"];
    assert_eq!(parts["strait"]["units"], 3);
    assert_eq!(parts["islands"]["units"], 2);
    let note = parts["strait"]["alpha"]["ordinal"]["note"]
        .as_str()
        .unwrap();
    assert!(note.starts_with("no interval"), "{note}");
    agree(&table)
        .args(["--by", "article"])
        .assert()
        .stdout(contains("Alpha by article"));
}

#[test]
fn agree_does_not_mind_the_order_of_rows() {
    let folder = Folder::new();
    let mut rows: Vec<&str> = LONG.lines().collect();
    rows[1..].reverse();
    let tables = [LONG.to_owned(), rows.join("\n")];
    let [a, b] = tables.map(|table| {
        let table = folder.file("readings.csv", table);
        let mut found = json(agree(&table).args(["--format", "json"]));
        for set in ["stance", "role"] {
            found["sets"][set]["disagreements"].take();
        }
        found
    });
    assert_eq!(a, b);
}

#[test]
fn agree_refuses_what_has_no_second_reader() {
    let folder = Folder::new();
    let alone = folder.file("alone.csv", "text,label\nTalks resumed.,yes\n");
    fails(
        &mut agree(&alone),
        1,
        &["alone.csv:1: no column `reader`", "--annotator"],
    );
    let one = folder.file("one.csv", "text,reader,label\nTalks resumed.,ann,yes\n");
    fails(&mut agree(&one), 2, &["`ann` is the only reader"]);
    let table = folder.file("readings.csv", LONG);
    let unknown = ["--reader", "ann", "--reader", "dee"];
    fails(
        agree(&table).args(unknown),
        2,
        &["no reader `dee`", "`ann`, `bob`, `cy`"],
    );
    std::fs::create_dir(folder.path("other")).unwrap();
    let twin = folder.file("other/alone.csv", "text,label\nTalks resumed.,yes\n");
    fails(agree(&alone).arg(twin), 2, &["two files have this name"]);
}

#[test]
fn agree_names_the_row_it_cannot_use() {
    let folder = Folder::new();
    let twice = folder.file("twice.csv", format!("{LONG}strait,1,bob,sceptical,claim\n"));
    fails(
        &mut agree(&twice),
        1,
        &[
            "twice.csv:15: reader `bob` labels `strait 1` a second time",
            "twice.csv:7",
        ],
    );
    let label = folder.file("label.csv", format!("{LONG}strait,1,dee,hopeful,claim\n"));
    fails(
        &mut agree(&label),
        1,
        &["label.csv:15: unknown label `hopeful`"],
    );
    let nobody = folder.file("nobody.csv", format!("{LONG}strait,1,,neutral,claim\n"));
    fails(
        &mut agree(&nobody),
        1,
        &["nobody.csv:15: this row does not say who read it"],
    );
    let table = folder.file("readings.csv", LONG);
    for option in ["--annotator", "--label", "--unit", "--group", "--by"] {
        fails(
            agree(&table).args([option, "colour"]),
            1,
            &["no column `colour`", option],
        );
    }
    fails(
        &mut agree(&folder.file("empty.csv", "reader,text,label\n")),
        1,
        &["no row to read"],
    );
}
