//! What holds for any bytes whatever.

use std::io::Cursor;

use proptest::prelude::*;
use stance::article::Article;
use stance::article::html::from_html;
use stance::article::pdf::{PdfSettings, from_pdf};
use stance::article::source::{ReadOptions, open};
use stance::article::table::{Articles, Columns, Row, Rows, TableFormat, TableSettings, Value};
use stance::error::{Error, Result};

const FORMATS: [TableFormat; 3] = [TableFormat::Csv, TableFormat::Tsv, TableFormat::Jsonl];

/// Bytes that look like something more often than chance would have it.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = [
        "\"",
        ",",
        ";",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "{",
        "}",
        "[",
        ":",
        "\"text\"",
        "text",
        "body,date",
        "\u{feff}",
        "\0",
        "<p>",
        "</p>",
        "<div",
        ">",
        "<!--",
        "<table>",
        "<script>",
        "&#x;",
        "é",
        "null",
        "1e999",
        "\\u00",
        "%PDF-1.4",
        "<html>",
        "<body>",
        "<h1>",
        "<br>",
        "<meta charset=",
        "utf-16",
        "</html>",
        "author",
        " ",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(pieces.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
        1 => "[a-z ,.]{1,40}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn names_the_file(error: &Error) -> bool {
    error.to_string().starts_with("the-file") && !error.what.is_empty()
}

fn is_sound(article: &Article) -> bool {
    let mut end = 0;
    let in_order = article.blocks.iter().all(|block| {
        let before = article.text.get(end..block.span.start);
        end = block.span.end;
        before.is_some_and(|gap| gap.trim().is_empty())
            && article.text.get(block.span.start..end).is_some()
    });
    in_order && article.text[end..].trim().is_empty() && article.source.starts_with("the-file")
}

fn holds(result: &Result<Article>) -> bool {
    match result {
        Ok(article) => is_sound(article),
        Err(error) => names_the_file(error),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_a_table(bytes in bytes()) {
        for format in FORMATS {
            let rows = Rows::new("the-file", Cursor::new(bytes.clone()), format, TableSettings { max_row_bytes: 200 });
            for article in Articles::new(rows, Columns::default()) {
                prop_assert!(holds(&article), "{article:?}");
            }
        }
    }

    #[test]
    fn no_bytes_break_a_page(bytes in bytes()) {
        prop_assert!(holds(&from_html("the-file", &bytes)));
    }

    #[test]
    fn no_bytes_break_the_opener(bytes in bytes(), ending in prop::sample::select(vec!["", ".html", ".csv", ".dat"])) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("x{ending}"));
        std::fs::write(&path, &bytes).unwrap();
        for article in open(std::slice::from_ref(&path), &ReadOptions::default()) {
            if let Err(error) = article {
                prop_assert!(error.to_string().starts_with(&path.display().to_string()), "{error}");
            }
        }
    }

    #[test]
    fn csv_gives_back_what_was_written(table in prop::collection::vec(prop::collection::vec("[a-z\"',;\n\r é]{0,12}", 3), 1..6)) {
        // A row of empty cells would be a blank line, and these are skipped.
        let table: Vec<Vec<String>> = table.into_iter().map(|mut row| { row[0].insert(0, '#'); row }).collect();
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).unwrap();
        table.iter().for_each(|row| writer.write_record(row).unwrap());
        let file = writer.into_inner().unwrap();
        let rows: Vec<Row> = Rows::new("the-file", Cursor::new(file), TableFormat::Csv, TableSettings::default())
            .collect::<Result<_>>()
            .unwrap();
        let read: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.fields.iter().map(|(_, value)| value.as_str().to_owned()).collect())
            .collect();
        prop_assert_eq!(read, table);
    }

    #[test]
    fn jsonl_gives_back_what_was_written(texts in prop::collection::vec(any::<String>(), 1..6), number in any::<f64>()) {
        let lines: Vec<String> = texts
            .iter()
            .map(|text| serde_json::json!({"text": text, "number": number}).to_string())
            .collect();
        let file = lines.join("\n");
        let rows = Rows::new("the-file", Cursor::new(file), TableFormat::Jsonl, TableSettings::default());
        for (row, text) in rows.zip(&texts) {
            let row = row.unwrap();
            prop_assert_eq!(row.get("text"), Some(&Value::Text(text.clone())));
            let spelt = serde_json::json!(number).to_string();
            prop_assert_eq!(row.get("number"), Some(&Value::Json(spelt)));
        }
    }
}

proptest! {
    // Each case starts a process.
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_the_pdf_reader(bytes in bytes()) {
        let settings = PdfSettings { pdftotext: "false".into(), ..PdfSettings::default() };
        let file = [b"%PDF-1.4\n", &bytes[..]].concat();
        prop_assert!(holds(&from_pdf("the-file", &file, &settings)));
    }

    #[test]
    fn no_bytes_break_the_extractor(bytes in bytes()) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), [b"%PDF-1.4\n", &bytes[..]].concat()).unwrap();
        if let Err(error) = stance::article::pdf::extract_in_this_process(file.path()) {
            prop_assert!(error.to_string().starts_with(&file.path().display().to_string()));
        }
    }
}
