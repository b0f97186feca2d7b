//! `stance tag`: the tags of CSV, and columns that keep their types.

use super::table::{
    batch, names, of_csv, read, spoil, strings, texts, write, write_csv, write_with,
};
use super::{Folder, output_of, shipped_labels, stance};
use arrow_array::builder::{Int32Builder, ListBuilder, MapBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type, UInt64Type};
use arrow_array::*;
use arrow_schema::{DataType, Field};
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use predicates::prelude::*;
use std::path::Path;
use std::sync::Arc;

fn tag(file: &Path, options: &[&str]) -> String {
    output_of(
        stance()
            .args(["tag", "--sentences"])
            .args(options)
            .arg(file),
    )
}

/// Row groups and batches end where they like: tags are those of the CSV, in its order.
#[test]
fn the_tags_are_those_of_the_csv_to_the_byte() {
    let folder = Folder::new();
    let table = shipped_labels(300);
    let csv = folder.file("rows.csv", &table);
    let expected = tag(&csv, &["--format", "csv"]);
    let compressions = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(Default::default()),
        Compression::GZIP(Default::default()),
        Compression::LZ4,
        Compression::LZ4_RAW,
    ];
    for (compression, rows) in compressions.into_iter().zip([300, 1, 7, 100, 299, 64]) {
        let parquet = folder.path("rows.parquet");
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_max_row_group_row_count(Some(rows))
            .set_data_page_row_count_limit(5)
            .set_write_batch_size(5);
        write_csv(&parquet, &table, properties.build());
        let tagged = tag(&parquet, &["--format", "csv"]);
        assert!(tagged == expected, "{compression} in groups of {rows}");
    }
}

#[test]
fn parquet_has_the_columns_and_values_of_the_csv() {
    let folder = Folder::new();
    let table = shipped_labels(120);
    let csv = folder.file("rows.csv", &table);
    let parquet = folder.path("rows.parquet");
    write_csv(&parquet, &table, Default::default());
    let expected = tag(&csv, &["--format", "csv"]);
    let expected = of_csv(&expected);
    for input in [&parquet, &csv] {
        let output = folder.path("tagged.parquet");
        tag(input, &["--output", output.to_str().unwrap()]);
        let tagged = read(&output);
        assert_eq!(names(&tagged), names(&expected));
        assert!(names(&tagged).contains(&"predicted_stance".to_owned()));
        for (field, column) in tagged.schema().fields().iter().zip(tagged.columns()) {
            let expected = strings(&expected, field.name());
            for (row, expected) in expected.iter().map(|cell| cell.unwrap()).enumerate() {
                if field.name().contains("_probabilities.") {
                    let value = column.as_primitive::<Float64Type>().value(row);
                    assert_eq!(value, expected.parse::<f64>().unwrap());
                } else if column.is_null(row) {
                    assert_eq!(expected, "");
                } else {
                    assert_eq!(column.as_string::<i32>().value(row), expected);
                }
            }
        }
    }
}

/// A column of every kind, `rows` long.
fn all_types(rows: i32) -> RecordBatch {
    let numbers = || 0..rows;
    let sometimes = |n: i32| (n % 3 != 0).then_some(n);
    let mut lists = ListBuilder::new(Int32Builder::new());
    let mut maps = MapBuilder::new(None, StringBuilder::new(), Int32Builder::new());
    for n in numbers() {
        (0..n % 4).for_each(|value| lists.values().append_value(value));
        lists.append(n % 5 != 0);
        maps.keys().append_value("key");
        maps.values().append_value(n);
        maps.append(true).unwrap();
    }
    let sentences: Vec<String> = numbers()
        .map(|n| format!("Talks number {n} failed."))
        .collect();
    let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
    let words = sentences.iter().copied();
    let structs: Vec<(Arc<Field>, ArrayRef)> = vec![(
        Arc::new(Field::new("inner", DataType::Utf8, true)),
        texts(words.clone()),
    )];
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("text", texts(words.clone())),
        (
            "large",
            Arc::new(LargeStringArray::from_iter_values(words.clone())),
        ),
        (
            "view",
            Arc::new(StringViewArray::from_iter_values(words.clone())),
        ),
        (
            "dictionary",
            Arc::new(words.clone().collect::<DictionaryArray<Int32Type>>()),
        ),
        (
            "int",
            Arc::new(numbers().map(sometimes).collect::<Int32Array>()),
        ),
        (
            "unsigned",
            Arc::new(numbers().map(|n| n as u64).collect::<UInt64Array>()),
        ),
        (
            "float",
            Arc::new(numbers().map(|n| n as f32 / 3.0).collect::<Float32Array>()),
        ),
        (
            "bool",
            Arc::new(
                numbers()
                    .map(|n| Some(n % 2 == 0))
                    .collect::<BooleanArray>(),
            ),
        ),
        (
            "bytes",
            Arc::new(BinaryArray::from_iter_values(words.clone())),
        ),
        (
            "day",
            Arc::new(numbers().map(sometimes).collect::<Date32Array>()),
        ),
        (
            "time",
            Arc::new(
                TimestampMicrosecondArray::from_iter_values(numbers().map(i64::from))
                    .with_timezone("Europe/Helsinki"),
            ),
        ),
        (
            "money",
            Arc::new(
                numbers()
                    .map(i128::from)
                    .collect::<Decimal128Array>()
                    .with_precision_and_scale(20, 2)
                    .unwrap(),
            ),
        ),
        ("list", Arc::new(lists.finish())),
        ("map", Arc::new(maps.finish())),
        ("struct", Arc::new(StructArray::from(structs))),
        ("nothing", Arc::new(NullArray::new(rows as usize))),
    ];
    batch(columns)
}

#[test]
fn columns_of_all_types_pass_through_as_they_are() {
    let folder = Folder::new();
    let table = all_types(100);
    let (input, output) = (folder.path("in.parquet"), folder.path("out.parquet"));
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(33));
    write_with(&input, &table, properties.build());
    tag(&input, &["--output", output.to_str().unwrap()]);
    let tagged = read(&output);
    assert_eq!(tagged.num_rows(), 100);
    for (at, field) in table.schema().fields().iter().enumerate() {
        assert_eq!(tagged.schema().field(at), &**field);
        assert_eq!(tagged.column(at), table.column(at), "{}", field.name());
    }
}

#[test]
fn cells_of_all_types_are_spelt_as_csv_and_json_have_them() {
    let folder = Folder::new();
    let input = folder.path("in.parquet");
    write(&input, &all_types(3));
    let tagged = tag(&input, &["--format", "csv"]);
    let last = tagged.lines().last().unwrap();
    let expected = "Talks number 2 failed.,Talks number 2 failed.,Talks number 2 failed.,\
        Talks number 2 failed.,2,2,0.6666667,true,54616c6b73206e756d6265722032206661696c65642e,\
        1970-01-03,1970-01-01T00:00:00.000002Z,0.02,\"[0,1]\",\"{\"\"key\"\":2}\",\
        \"{\"\"inner\"\":\"\"Talks number 2 failed.\"\"}\",,";
    assert!(last.starts_with(expected), "{last}");
}

#[test]
fn only_columns_that_the_output_carries_are_decoded() {
    let folder = Folder::new();
    let input = folder.path("rows.parquet");
    let table = shipped_labels(40);
    write_csv(&input, &table, Default::default());
    let whole = tag(&input, &["--format", "table"]);
    spoil(&input, "holder");
    assert_eq!(tag(&input, &["--format", "table"]), whole);
    stance()
        .args(["tag", "--sentences", "--format", "csv"])
        .arg(&input)
        .assert()
        .code(1)
        .stderr(predicate::str::contains(
            "rows.parquet: this Parquet file is damaged: ",
        ));
}

/// Neighbours become features across row groups and batches, as they do in CSV.
#[test]
fn documents_go_on_from_one_row_group_to_the_next() {
    let folder = Folder::new();
    let table = shipped_labels(60);
    let csv = folder.file("rows.csv", &table);
    let parquet = folder.path("rows.parquet");
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(2));
    write_csv(&parquet, &table, properties.build());
    let options = ["--sequence", "article", "--format", "csv"];
    let together = tag(&csv, &options);
    assert_eq!(tag(&parquet, &options), together);
    let alone = tag(&parquet, &["--sequence", "text", "--format", "csv"]);
    assert_ne!(alone, together);
}

#[test]
fn a_file_that_looks_like_no_parquet_is_known_by_its_first_bytes() {
    let folder = Folder::new();
    let parquet = folder.path("part-00000");
    write(&parquet, &batch(vec![("text", texts(["Talks failed."]))]));
    assert!(tag(&parquet, &["--format", "csv"]).starts_with("text,stance,"));
}

#[test]
fn a_table_without_rows_keeps_its_columns() {
    let folder = Folder::new();
    let (input, output) = (folder.path("in.parquet"), folder.path("out.parquet"));
    write(&input, &all_types(0));
    tag(&input, &["--output", output.to_str().unwrap()]);
    let tagged = read(&output);
    assert_eq!(tagged.num_rows(), 0);
    assert_eq!(names(&tagged)[15..17], ["nothing", "stance"]);
}

#[test]
fn tables_with_the_same_columns_become_one() {
    let folder = Folder::new();
    let output = folder.path("out.parquet");
    let (one, two) = (folder.path("1.parquet"), folder.path("2.parquet"));
    write(&one, &all_types(5));
    write(&two, &all_types(2500));
    let command = |inputs: [&Path; 3]| {
        let mut command = stance();
        command.args(["tag", "--sentences", "-o"]).arg(&output);
        command.args(inputs);
        command
    };
    command([&one, &two, &one]).assert().success();
    let tagged = read(&output);
    let numbers = tagged.column_by_name("unsigned").unwrap();
    let numbers = numbers.as_primitive::<UInt64Type>();
    let expected: Vec<u64> = (0..5).chain(0..2500).chain(0..5).collect();
    assert_eq!(numbers.values(), &expected[..]);

    let before = std::fs::read(&output).unwrap();
    let other = folder.path("3.parquet");
    write(&other, &batch(vec![("text", texts(["Talks failed."]))]));
    let csv = folder.file("4.csv", "text\nTalks failed.\n");
    for third in [&other, &csv] {
        command([&one, &two, third]).assert().code(1).stderr(
            predicate::str::contains("these tables do not have the same columns")
                .and(predicate::str::contains("try: tag them one at a time")),
        );
    }
    assert_eq!(
        std::fs::read(&output).unwrap(),
        before,
        "what was there stays"
    );
    assert_eq!(
        std::fs::read_dir(folder.0.path()).unwrap().count(),
        5,
        "nothing lies about"
    );
}

#[test]
fn articles_become_rows_with_dates_and_numbers() {
    let folder = Folder::new();
    let article = folder.file(
        "strait.txt",
        "Talks on the strait resume\n\nBy Edda Holm and Per Lind\n\n12 May 2016\n\n\
         The two governments are close to an agreement. A treaty could be signed in the summer.\n",
    );
    let output = folder.path("tagged.parquet");
    stance()
        .arg("tag")
        .arg(&article)
        .arg("-o")
        .arg(&output)
        .assert()
        .success();
    let tagged = read(&output);
    assert_eq!(
        names(&tagged)[..10],
        [
            "article",
            "title",
            "authors",
            "date",
            "paragraph",
            "sentence",
            "start",
            "end",
            "text",
            "stance"
        ]
    );
    assert_eq!(
        strings(&tagged, "authors"),
        [Some("Edda Holm; Per Lind"); 2]
    );
    let days = tagged.column_by_name("date").unwrap();
    assert_eq!(days.as_primitive::<Date32Type>().value(0), 16_933);
    let numbers = tagged.column_by_name("sentence").unwrap();
    assert_eq!(numbers.as_primitive::<Int64Type>().values(), &[1, 2]);

    // To standard output the same bytes.
    let mut printed = stance();
    printed
        .arg("tag")
        .arg(&article)
        .args(["--format", "parquet"]);
    let printed = printed.assert().success().get_output().stdout.clone();
    assert!(printed == std::fs::read(&output).unwrap());
}
