//! Labels from Parquet: the same models, scores and findings as from CSV.

use super::table::{batch, of_csv, spoil, texts, write};
use super::{Folder, output_of, stance};
use arrow_array::types::Int16Type;
use arrow_array::{
    ArrayRef, DictionaryArray, Int64Array, LargeStringArray, StringArray, StringViewArray,
};
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
            output_of(stance().arg(command).arg(file).args(options))
        };
        let expected = run(&csv);
        // A row of Parquet is known by its number, one of CSV by its line.
        let found = run(&parquet);
        match command {
            "check" => assert_eq!(
                found.len().abs_diff(expected.len()) < 200,
                found.contains("labels.parquet")
            ),
            _ => assert_eq!(found, expected),
        }
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
    let columns = |names: [&'static str; 3]| {
        let column = |at: usize| texts([["A try.", "A law."], ["x", "y"], ["3", "4"]][at]);
        batch(names.into_iter().zip((0..).map(column)).collect())
    };
    let second = folder.path("second.parquet");
    // `group` would be read before `author`, were it not for the first table.
    let mut both = columns(["text", "label", "author"]);
    let grouped = batch(vec![("group", texts(["g", "g"]))]);
    both = batch(
        [&both, &grouped]
            .iter()
            .flat_map(|table| {
                let names = table
                    .schema()
                    .fields()
                    .iter()
                    .map(|f| f.name().clone())
                    .collect::<Vec<_>>();
                names.into_iter().zip(table.columns().to_vec())
            })
            .map(|(name, column)| (&*name.leak(), column))
            .collect(),
    );
    write(&second, &both);
    let labelled = stance::labels::ReadLabels::default()
        .read(&[first.clone(), second.clone()])
        .unwrap();
    let groups: Vec<&str> = labelled.sentences.iter().map(|s| &*s.group).collect();
    assert_eq!(groups, ["1", "2", "3", "4"]);

    write(&second, &columns(["text", "verdict", "author"]));
    let error = stance::labels::ReadLabels::default()
        .read(&[first, second])
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no column `label`; the columns are `text`, `verdict`, `author`"),
        "{error}"
    );
}
