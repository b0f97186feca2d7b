//! What the case files cannot hold: limits, endless input, rows that are passed through.

use std::io::{self, Cursor, Read};

use stance::article::table::{Articles, Columns, Row, Rows, TableFormat, TableSettings, Value};
use stance::error::Result;

fn rows(file: impl AsRef<[u8]> + Send + 'static, format: TableFormat) -> Vec<Result<Row>> {
    Rows::new("t", Cursor::new(file), format, TableSettings::default()).collect()
}

/// A file of one endless row, which counts what is read of it.
struct Endless {
    start: &'static [u8],
    read: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read += buffer.len();
        assert!(
            self.read < 1 << 20,
            "{} bytes were read of a row over the limit",
            self.read
        );
        let start = self.start.read(buffer)?;
        buffer[start..].fill(b'x');
        Ok(buffer.len())
    }
}

#[test]
fn a_row_over_the_limit_is_refused_before_its_end() {
    let settings = TableSettings {
        max_row_bytes: 1_000,
    };
    for (start, format, line) in [
        (
            &b"{\"text\": \"fine\"}\n{\"text\": \""[..],
            TableFormat::Jsonl,
            2,
        ),
        (b"id,text\n1,fine\n2,\"", TableFormat::Csv, 3),
        (b"id,text\n1,\"\n\n\n\n", TableFormat::Csv, 6),
        (b"", TableFormat::Tsv, 1),
    ] {
        let mut rows: Vec<_> =
            Rows::new("t", Endless { start, read: 0 }, format, settings).collect();
        let error = rows.pop().unwrap().unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with(&format!("t:{line}: a row of more than 1000 bytes")),
            "{error}"
        );
        assert!(error.remedy.is_some());
        assert!(
            rows.iter().all(Result::is_ok),
            "reading goes on after the limit"
        );
    }
}

#[test]
fn many_short_lines_in_one_quoted_field_count_together() {
    let file = format!("id,text\n1,\"{}\"\n", "a\n".repeat(1_000));
    let settings = TableSettings {
        max_row_bytes: 1_000,
    };
    let mut rows = Rows::new("t", Cursor::new(file), TableFormat::Csv, settings);
    assert!(rows.next().unwrap().is_err());
    assert!(rows.next().is_none());
}

#[test]
fn every_row_knows_its_line() {
    for end in ["\n", "\r\n"] {
        let file = [
            "id,text", "1,one", "", "2,\"two", "", "lines\"", "3,three", "", "",
        ]
        .join(end);
        let rows = rows(file, TableFormat::Csv);
        let lines: Vec<_> = rows.iter().map(|row| row.as_ref().unwrap().line).collect();
        assert_eq!(lines, [2, 4, 7], "{end:?}");
        let text = rows[1].as_ref().unwrap().get("text").unwrap();
        assert_eq!(text.as_str(), format!("two{end}{end}lines"));
    }
}

#[test]
fn values_that_are_no_text_keep_their_spelling_and_order() {
    let line = r#"{"z": 1.10, "a": "b\nc", "m": {"k": [1e5, -0]}, "t": true, "n": null}"#;
    let row = rows(line, TableFormat::Jsonl).pop().unwrap().unwrap();
    let json = |spelt: &str| Value::Json(spelt.to_owned());
    let expected = [
        ("z", json("1.10")),
        ("a", Value::Text("b\nc".to_owned())),
        ("m", json(r#"{"k": [1e5, -0]}"#)),
        ("t", json("true")),
        ("n", json("null")),
    ];
    assert_eq!(
        row.fields,
        expected.map(|(name, value)| (name.to_owned(), value))
    );
}

#[test]
fn the_user_may_name_the_columns() {
    let file = "text,Satz,wer,wann,kopf\nno,Yes.,Ada Okonjo,2024-01-02,Head\n";
    let columns = Columns {
        text: Some("satz".to_owned()),
        title: Some("kopf".to_owned()),
        authors: Some("wer".to_owned()),
        date: Some("wann".to_owned()),
        ..Columns::default()
    };
    let rows = Rows::new(
        "t",
        file.as_bytes(),
        TableFormat::Csv,
        TableSettings::default(),
    );
    let article = Articles::new(rows, columns).next().unwrap().unwrap();
    assert_eq!(article.text, "Yes.");
    assert_eq!(article.title.as_deref(), Some("Head"));
    assert_eq!(article.authors, ["Ada Okonjo"]);
    assert_eq!(article.date, Some(jiff::civil::date(2024, 1, 2)));
    assert_eq!(article.fields["text"], "no");
}

#[test]
fn a_failing_disk_is_an_error_with_its_line() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let file = Cursor::new("id,text\n1,one\n").chain(Failing);
    let rows: Vec<_> = Rows::new("t", file, TableFormat::Csv, TableSettings::default()).collect();
    assert_eq!(rows.len(), 2);
    let error = rows[1].as_ref().unwrap_err();
    assert_eq!(error.to_string(), "t:3: cannot read: the disk is gone");
}
