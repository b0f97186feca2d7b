//! Labels from Parquet: the same models, scores and findings as from CSV.

use super::table::{batch, of_csv, spoil, texts, write};
use super::{Folder, output_of, stance};
use arrow_array::types::Int16Type;
use arrow_array::{
    ArrayRef, DictionaryArray, Int64Array, LargeStringArray, StringArray, StringViewArray,
};
use serde_json::Value;
use stance::labels::ReadLabels;
use std::path::Path;
use std::sync::Arc;

/// Sixty sentences by six authors, with a topic and a grade; some have none.
fn labels() -> String {
    let mut table = String::from("text,topic,grade,author,note\n");
    for author in 0..6 {
        for (at, opening) in ["The", "A", "Her", "His", "Our"].iter().enumerate() {
            let topic = if at == 4 && author == 2 { "" } else { "sport" };
            table += &format!(
                "\"{opening} goalkeeper saved the match, number {author}.\",{topic},1,author {author},n\n\
                 \"{opening} parliament passed the budget, number {author}.\",politics,-2,author {author},n\n"
            );
        }
    }
    table
}

/// The labels with other types for text, dictionary for labels, integers for grades, and nulls for
/// what is missing.
fn typed(text: fn(Vec<&str>) -> ArrayRef) -> arrow_array::RecordBatch {
    let table = of_csv(&labels());
    let column = |name: &str| -> Vec<&str> {
        let column = table.column_by_name(name).unwrap();
        let column = column.as_any().downcast_ref::<StringArray>().unwrap();
        column.iter().map(Option::unwrap).collect()
    };
    let topics = column("topic")
        .into_iter()
        .map(|topic| Some(topic).filter(|t| !t.is_empty()));
    let grades = column("grade")
        .into_iter()
        .map(|grade| grade.parse::<i64>().ok());
    batch(vec![
        ("text", text(column("text"))),
        (
            "topic",
            Arc::new(topics.collect::<DictionaryArray<Int16Type>>()),
        ),
        ("grade", Arc::new(grades.collect::<Int64Array>())),
        ("author", text(column("author"))),
        ("note", text(column("note"))),
    ])
}

fn train(labels: &Path, folder: &Folder) -> Vec<u8> {
    let model = folder.path("model.safetensors");
    stance()
        .arg("train")
        .arg(labels)
        .args(["--label", "topic", "--label", "grade", "-o"])
        .arg(&model)
        .assert()
        .success();
    std::fs::read(model).unwrap()
}

#[test]
fn the_model_is_that_of_the_csv_to_the_byte() {
    let folder = Folder::new();
    let expected = train(&folder.file("labels.csv", labels()), &folder);
    let kinds: [fn(Vec<&str>) -> ArrayRef; 3] = [
        |values| texts(values),
        |values| Arc::new(LargeStringArray::from_iter_values(values)),
        |values| Arc::new(StringViewArray::from_iter_values(values)),
    ];
    for kind in kinds {
        let parquet = folder.path("labels.parquet");
        write(&parquet, &typed(kind));
        // What is not asked for is not decoded.
        spoil(&parquet, "note");
        assert!(train(&parquet, &folder) == expected);
    }
}

/// A row of Parquet is known by its number, one of CSV by its line.
fn forget_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| name != "file" && name != "line");
            fields.values_mut().for_each(forget_places);
        }
        Value::Array(values) => values.iter_mut().for_each(forget_places),
        _ => {}
    }
}

#[test]
fn evaluate_check_and_agree_read_what_they_need_and_no_more() {
    let folder = Folder::new();
    let csv = folder.file("labels.csv", labels());
    let parquet = folder.path("labels.parquet");
    write(&parquet, &typed(|values| texts(values)));
    spoil(&parquet, "note");
    for command in ["evaluate", "check"] {
        let run = |file: &Path| {
            let options = ["--label", "topic", "--format", "json"];
            let printed = output_of(stance().arg(command).arg(file).args(options));
            let mut document = serde_json::from_str(&printed).unwrap();
            forget_places(&mut document);
            document
        };
        assert_eq!(run(&parquet), run(&csv), "{command}");
    }
    let other = folder.path("other.parquet");
    write(&other, &typed(|values| texts(values)));
    let agree = |first: &Path| {
        let mut command = stance();
        command
            .arg("agree")
            .args([first, &other])
            .args(["--label", "topic", "--unit", "text"]);
        output_of(command.args(["--group", "author", "--format", "json"]))
    };
    assert_eq!(agree(&parquet), agree(&csv));
}

#[test]
fn tables_of_both_kinds_are_read_by_the_plan_of_the_first() {
    let folder = Folder::new();
    let first = folder.file("first.csv", "text,label,author\nA goal.,x,1\nA bill.,y,2\n");
    let second = folder.path("second.parquet");
    let columns = vec![
        ("group", texts(["g", "g"])),
        ("text", texts(["A try.", "A law."])),
        ("label", texts(["x", "y"])),
        ("author", texts(["3", "4"])),
    ];
    // `group` would be read before `author`, were it not for the first table.
    write(&second, &batch(columns.clone()));
    let labelled = ReadLabels::default()
        .read(&[first.clone(), second.clone()])
        .unwrap();
    let groups: Vec<&str> = labelled.sentences.iter().map(|s| &*s.group).collect();
    assert_eq!(groups, ["1", "2", "3", "4"]);

    write(&second, &batch(columns[..2].to_vec()));
    let error = ReadLabels::default().read(&[first, second]).unwrap_err();
    let words = "second.parquet:1: no column `label`; the columns are `group`, `text`";
    assert!(error.to_string().contains(words), "{error}");
}
