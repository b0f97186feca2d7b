//! What cannot be read is said with file, place and remedy, and nothing is written.

use super::table::{batch, spoil, texts, write};
use super::{Folder, stance};
use arrow_array::{ArrayRef, BinaryArray, Int64Array, StringArray};
use predicates::prelude::*;
use std::path::Path;
use std::sync::Arc;

/// Tags the rows of a file that must be refused, saying all this.
fn refused(file: &Path, options: &[&str], words: &[&str]) {
    let folder = Folder::new();
    let output = folder.path("out.parquet");
    let mut assert = stance()
        .args(["tag", "--sentences", "-o"])
        .arg(&output)
        .args(options)
        .arg(file)
        .assert()
        .code(1)
        .stderr(predicate::str::contains("panicked").not())
        .stderr(predicate::str::contains("try: "));
    for word in words {
        assert = assert.stderr(predicate::str::contains(*word));
    }
    let left = std::fs::read_dir(folder.0.path()).unwrap().count();
    assert_eq!(left, 0, "nothing is written");
}

fn sentences() -> Vec<(&'static str, ArrayRef)> {
    vec![
        ("id", Arc::new(Int64Array::from(vec![1, 2, 3]))),
        (
            "text",
            texts(["Talks failed.", "A deal is close.", "Trade has grown."]),
        ),
    ]
}

#[test]
fn what_is_no_parquet_or_not_all_of_it() {
    let folder = Folder::new();
    let whole = folder.path("whole.parquet");
    write(&whole, &batch(sentences()));
    let bytes = std::fs::read(&whole).unwrap();
    let no_parquet = ["this is no Parquet file", "such as .csv or .jsonl"];
    let file = |bytes: &[u8]| folder.file("rows.parquet", bytes);
    refused(&file(b"text\nTalks failed.\n"), &[], &no_parquet);
    refused(&file(b"PAR1"), &[], &no_parquet);
    refused(&file(b""), &[], &["rows.parquet: the file is empty"]);
    let cut = &bytes[..bytes.len() / 2];
    refused(
        &file(cut),
        &[],
        &["rows.parquet: this Parquet file is cut off"],
    );
    let wrong_length = [
        &bytes[..bytes.len() - 8],
        &[0xff, 0xff, 0xff, 0x7f],
        b"PAR1",
    ]
    .concat();
    refused(
        &file(&wrong_length),
        &[],
        &["this Parquet file is damaged: "],
    );
    refused(
        &file(b"PAR1\0\0\0\0PAR1"),
        &[],
        &["this Parquet file is damaged: "],
    );
    let encrypted = [b"PARE", &bytes[4..bytes.len() - 4], b"PARE"].concat();
    refused(
        &file(&encrypted),
        &[],
        &["this Parquet file is encrypted", "decrypt it"],
    );
    refused(&folder.path("none.parquet"), &[], &["cannot open"]);
}

#[test]
fn columns_that_are_missing_or_hold_no_text() {
    let folder = Folder::new();
    let file = folder.path("rows.parquet");
    let mut columns = sentences();
    columns.push((
        "raw",
        Arc::new(BinaryArray::from_iter_values([b"a", b"b", b"c"])),
    ));
    write(&file, &batch(columns));
    let words = ["no column `body`; the columns are id, text, raw", "--text"];
    refused(&file, &["--text", "body"], &words);
    refused(
        &file,
        &["--sequence", "body"],
        &["no column `body`", "--sequence"],
    );
    let words = [
        "rows.parquet: column `id` is of type Int64, not text",
        "name the column",
    ];
    refused(&file, &["--text", "id"], &words);
    let words = ["column `raw` is of type Binary, not text"];
    refused(&file, &["--text", "raw"], &words);
    stance()
        .args(["evaluate", "--text", "id", "--label", "text"])
        .arg(&file)
        .assert()
        .code(1)
        .stderr(predicate::str::contains(
            "column `id` is of type Int64, not text",
        ));
    stance()
        .args(["evaluate", "--label", "verdict"])
        .arg(&file)
        .assert()
        .code(1)
        .stderr(predicate::str::contains(
            "no column `verdict`; the columns are `id`, `text`, `raw`",
        ));
    write(
        &file,
        &batch(vec![("sentence", Arc::new(Int64Array::from(vec![1])))]),
    );
    stance()
        .arg("tag")
        .arg(&file)
        .assert()
        .code(1)
        .stderr(predicate::str::contains(
            "no column `text` or `body`; there is sentence",
        ));
}

#[test]
fn a_row_without_text_is_named() {
    let folder = Folder::new();
    let file = folder.path("rows.parquet");
    let text = StringArray::from(vec![Some("Talks failed."), None]);
    let label = texts(["x", "y"]);
    write(
        &file,
        &batch(vec![("text", Arc::new(text)), ("label", label)]),
    );
    let words = [
        "rows.parquet:2: no text in this row: `text` is null",
        "leave such rows out",
    ];
    refused(&file, &[], &words);
    let mut evaluate = stance();
    evaluate
        .arg("evaluate")
        .arg(&file)
        .assert()
        .code(1)
        .stderr(predicate::str::contains(words[0]));
    // Of articles the others are tagged.
    let tagged = stance().arg("tag").arg(&file).assert().code(1);
    let tagged = tagged.stderr(predicate::str::contains(words[0]));
    tagged.stdout(predicate::str::contains("Talks failed."));
}

#[test]
fn tables_without_rows_or_labels() {
    let folder = Folder::new();
    let file = folder.path("rows.parquet");
    write(
        &file,
        &batch(vec![("text", texts([])), ("label", texts([]))]),
    );
    let mut evaluate = stance();
    let assert = evaluate.arg("evaluate").arg(&file).assert().code(1);
    assert.stderr(predicate::str::contains("rows.parquet: no row to read"));
}

#[test]
fn a_row_over_the_limit() {
    let folder = Folder::new();
    let file = folder.path("rows.parquet");
    let long = "word ".repeat(4 << 20);
    write(
        &file,
        &batch(vec![("text", texts(["Talks failed.", &long]))]),
    );
    let words = [
        "rows.parquet:2: a row of more than 16777216 bytes",
        "a row of its own",
    ];
    refused(&file, &[], &words);
}

#[test]
fn damaged_pages() {
    let folder = Folder::new();
    let file = folder.path("rows.parquet");
    write(&file, &batch(sentences()));
    spoil(&file, "text");
    let words = [
        "rows.parquet: this Parquet file is damaged: ",
        "copy or write it again",
    ];
    refused(&file, &[], &words);
}

#[test]
fn standard_input_and_pipes() {
    let folder = Folder::new();
    let file = folder.path("rows.parquet");
    write(&file, &batch(sentences()));
    stance()
        .args(["tag", "--sentences", "-"])
        .write_stdin(std::fs::read(&file).unwrap())
        .assert()
        .code(1)
        .stderr(predicate::str::contains(
            "-: Parquet is not read from standard input\n  try: save it",
        ));
}

#[test]
fn the_output_is_not_the_input_and_a_full_disk_is_said() {
    let folder = Folder::new();
    let file = folder.path("rows.parquet");
    write(&file, &batch(sentences()));
    let mut tag = stance();
    let assert = tag
        .args(["tag", "--sentences", "-o"])
        .args([&file, &file])
        .assert()
        .code(2);
    assert.stderr(predicate::str::contains("the output is one of the inputs"));
    if Path::new("/dev/full").exists() {
        let mut tag = stance();
        tag.args([
            "tag",
            "--sentences",
            "--format",
            "parquet",
            "-o",
            "/dev/full",
        ]);
        let assert = tag.arg(&file).assert().code(1);
        assert.stderr(predicate::str::contains("/dev/full: cannot write"));
    }
}
