//! Tables of articles: as from CSV and JSONL.

use super::table::{batch, spoil, texts, write};
use super::{Folder, output_of, stance};
use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, Date32Array, Int32Array, RecordBatch};
use std::path::Path;
use std::sync::Arc;

const BODY: &str = "Talks resumed in May. A deal is close.\n\nNobody expects it to last.";

fn articles() -> RecordBatch {
    let mut authors = ListBuilder::new(StringBuilder::new());
    authors.values().append_value("Mira Solen");
    authors.values().append_value("Edda Holm");
    authors.append(true);
    authors.append(false);
    let authors: ArrayRef = Arc::new(authors.finish());
    batch(vec![
        ("id", Arc::new(Int32Array::from(vec![7, 8]))),
        ("body", texts([BODY, "The islands stay closed."])),
        ("title", texts(["Closer", ""])),
        ("authors", authors),
        (
            "date",
            Arc::new(Date32Array::from(vec![Some(16_933), None])),
        ),
        ("outlet", texts(["Herald", "Courier"])),
    ])
}

#[test]
fn articles_are_those_of_the_same_jsonl() {
    let folder = Folder::new();
    let parquet = folder.path("news.parquet");
    write(&parquet, &articles());
    let body = serde_json::to_string(BODY).unwrap();
    let jsonl = folder.file(
        "news.jsonl",
        format!(
            "{{\"id\":7,\"body\":{body},\"title\":\"Closer\",\"authors\":[\"Mira Solen\",\"Edda Holm\"],\"date\":\"2016-05-12\",\"outlet\":\"Herald\"}}\n\
             {{\"id\":8,\"body\":\"The islands stay closed.\",\"title\":\"\",\"authors\":null,\"date\":null,\"outlet\":\"Courier\"}}\n"
        ),
    );
    // Known by their first bytes, for what is drawn at random follows from the file's name.
    let commands: [&[&str]; 3] = [
        &["tag", "news"],
        &["report", "--format", "json", "news"],
        &["compare", "--by", "outlet", "--format", "json", "news"],
    ];
    for command in commands {
        let run = |file: &Path| {
            std::fs::copy(file, folder.path("news")).unwrap();
            output_of(stance().args(command).current_dir(folder.0.path()))
        };
        assert_eq!(run(&parquet), run(&jsonl), "{command:?}");
    }
}

#[test]
fn tags_of_articles_take_no_other_column() {
    let folder = Folder::new();
    let parquet = folder.path("news.parquet");
    write(&parquet, &articles());
    let whole = output_of(stance().arg("tag").arg(&parquet));
    spoil(&parquet, "outlet");
    assert_eq!(output_of(stance().arg("tag").arg(&parquet)), whole);
    // A report shows what else is known of an article, and has to read it.
    stance().arg("report").arg(&parquet).assert().code(1);
}

#[test]
fn a_folder_gives_its_tables_of_articles_and_leaves_those_of_sentences() {
    let folder = Folder::new();
    write(&folder.path("news.parquet"), &articles());
    let labels = [
        ("sentence", texts(["1"])),
        ("text", texts(["Talks failed."])),
    ];
    write(&folder.path("labels.parquet"), &batch(labels.into()));
    let tagged = output_of(stance().arg("tag").arg(folder.0.path()));
    assert_eq!(tagged.lines().count(), 4);
}
