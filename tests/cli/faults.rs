//! Full disks, closed pipes, damaged models: what was there before stays, and nobody panics.

use super::{ARTICLE, Folder, labels, small_model, stance};
use predicates::prelude::*;
use std::io::Read;
use std::process::Stdio;

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_of_every_command() {
    let folder = Folder::new();
    let article = folder.file("strait.txt", ARTICLE);
    let table = folder.file("labels.csv", labels());
    let article = article.to_str().unwrap();
    let table = table.to_str().unwrap();
    let commands: [&[&str]; 7] = [
        &["tag", article],
        &["report", article],
        &["compare", article],
        &["evaluate", table, "--label", "topic"],
        &["explain", "A deal is close."],
        &["inspect"],
        &["train", table, "--label", "topic"],
    ];
    for arguments in commands {
        stance()
            .args(arguments)
            .args(output_of(arguments))
            .arg("/dev/full")
            .assert()
            .code(1)
            .stderr(
                predicate::str::contains("cannot write").and(predicate::str::contains("try: ")),
            );
    }
}

fn output_of(arguments: &[&str]) -> [&'static str; 1] {
    if arguments[0] == "train" {
        ["-o"]
    } else {
        ["--output"]
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_output_is_an_error() {
    let full = || {
        std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    let program = assert_cmd::cargo::cargo_bin!("stance");
    let run = std::process::Command::new(program)
        .args(["explain", "A deal is close."])
        .stdout(full())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("cannot write"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = Folder::new();
    let long = folder.file("long.txt", ARTICLE.repeat(400));
    for format in ["jsonl", "csv", "table"] {
        closed_pipe(&long, format);
    }
}

fn closed_pipe(long: &std::path::Path, format: &str) {
    let program = assert_cmd::cargo::cargo_bin!("stance");
    let mut run = std::process::Command::new(program)
        .arg("tag")
        .arg(long)
        .args(["--format", format])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    let mut stdout = run.stdout.take().unwrap();
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let output = run.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_failed_run_leaves_the_old_output_alone() {
    let folder = Folder::new();
    let old = folder.file("model", "what was there before");
    let bad = folder.file("bad.csv", "text,topic\nOne sentence.,sport\n");
    stance()
        .arg("train")
        .arg(bad)
        .args(["--label", "topic", "-o"])
        .arg(&old)
        .assert()
        .code(1);
    assert_eq!(
        std::fs::read_to_string(&old).unwrap(),
        "what was there before"
    );
    assert_eq!(
        std::fs::read_dir(folder.path("")).unwrap().count(),
        2,
        "nothing is left lying about"
    );
}

#[test]
fn an_output_that_is_an_input_is_refused() {
    let folder = Folder::new();
    let table = folder.file("labels.csv", labels());
    stance()
        .arg("train")
        .arg(&table)
        .args(["--label", "topic", "-o"])
        .arg(&table)
        .assert()
        .code(2)
        .stderr(predicate::str::contains("one of the inputs"));
    assert_eq!(std::fs::read_to_string(&table).unwrap(), labels());
}

#[test]
fn no_command_overwrites_what_it_reads() {
    let folder = Folder::new();
    let article = folder.file("strait.txt", ARTICLE);
    for command in ["tag", "report", "compare"] {
        for input in [&article, &folder.path("")] {
            stance()
                .arg(command)
                .arg(input)
                .arg("-o")
                .arg(&article)
                .assert()
                .code(2)
                .stderr(predicate::str::contains("one of the inputs"));
        }
    }
    assert_eq!(std::fs::read_to_string(&article).unwrap(), ARTICLE);
}

#[test]
fn a_tag_run_that_fails_keeps_the_old_output() {
    let folder = Folder::new();
    let old = folder.file("old.jsonl", "what was there before");
    let ragged = folder.file("ragged.csv", "text,id\nA deal is near.,1\nTalks failed.\n");
    stance()
        .arg("tag")
        .arg(folder.path("missing"))
        .arg("-o")
        .arg(&old)
        .assert()
        .code(1);
    stance()
        .arg("tag")
        .arg(&ragged)
        .arg("--sentences")
        .arg("-o")
        .arg(&old)
        .assert()
        .code(1)
        .stderr(predicate::str::contains("ragged.csv:3"));
    assert_eq!(
        std::fs::read_to_string(&old).unwrap(),
        "what was there before"
    );
}

#[test]
fn a_truncated_model_is_refused_at_any_length() {
    let folder = Folder::new();
    let whole = small_model();
    for length in [0, 1, 7, 8, 100, whole.len() / 2, whole.len() - 1] {
        let model = folder.file("model", &whole[..length]);
        stance()
            .arg("inspect")
            .arg(&model)
            .assert()
            .code(1)
            .stderr(predicate::str::contains("model").and(predicate::str::contains("try: ")));
    }
}

/// A flipped bit anywhere is noticed, or sits in padding and changes nothing.
#[test]
fn a_flipped_bit_is_refused() {
    let whole = small_model();
    let step = whole.len() / 97;
    for place in (0..whole.len()).step_by(step) {
        let mut bytes = whole.to_vec();
        bytes[place] ^= 1 << (place % 8);
        if let Ok(tagger) = stance::tagger::Tagger::from_bytes(&bytes) {
            assert_eq!(tagger.to_bytes().unwrap(), whole, "byte {place}");
        }
    }
}

#[test]
fn a_newer_model_is_called_newer() {
    let folder = Folder::new();
    let whole = small_model();
    let text = b"\\\"format\\\":1,";
    let place = whole
        .windows(text.len())
        .position(|window| window == text)
        .unwrap();
    let mut bytes = whole.to_vec();
    bytes[place + text.len() - 2] = b'9';
    let model = folder.file("model", bytes);
    stance().arg("inspect").arg(&model).assert().code(1).stderr(
        predicate::str::contains("format 9").and(predicate::str::contains("update the program")),
    );
}

#[test]
fn a_model_that_is_something_else_is_refused() {
    let folder = Folder::new();
    let article = folder.file("strait.txt", ARTICLE);
    for command in ["tag", "report", "compare"] {
        stance()
            .arg(command)
            .arg(&article)
            .arg("--model")
            .arg(&article)
            .assert()
            .code(1)
            .stderr(predicate::str::contains("strait.txt: this file is not"));
    }
}
