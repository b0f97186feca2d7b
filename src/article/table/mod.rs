//! Tables: CSV, tab-separated, JSONL and (with the feature `parquet`) Parquet files, one row after
//! the other.
//!
//! [`Rows`] reads any table row by row; [`Articles`] makes each row an article. Neither ever holds
//! more than one row, or of Parquet more than some decoded pages, and a row over the limit is
//! refused, in a file of lines before it is read to its end.

mod array;
mod articles;
mod delimited;
mod jsonl;
mod lines;
#[cfg_attr(not(feature = "parquet"), path = "no_parquet.rs")]
mod parquet;

use std::io::Read;
use std::path::Path;

pub(super) use array::lines_of_array;
pub use articles::{Articles, Columns, author_names};
pub use parquet::Batches;

use crate::error::{Error, Result};
use delimited::Delimited;
use lines::Lines;
use parquet::Parquet;

/// How a table of lines is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// A header, then rows; fields are parted by whichever of comma, semicolon and tab the header
    /// has most of, and quoted as RFC 4180 has it. UTF-8 or Windows-1252.
    Csv,
    /// The same, parted by tabs.
    Tsv,
    /// A JSON object a line, in UTF-8.
    Jsonl,
}

/// What bounds a table's reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableSettings {
    /// The most bytes a row may have.
    pub max_row_bytes: usize,
}

impl Default for TableSettings {
    fn default() -> Self {
        Self {
            max_row_bytes: 16 << 20,
        }
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text: any cell of a CSV file, a string of a JSONL file, any cell of a Parquet file that is
    /// not nested, as CSV would spell it (empty where it is null).
    Text(String),
    /// Anything else in a JSONL file (number, array, object, `true`, `false`, `null`), as the file spells it;
    /// a list, struct or map of a Parquet file.
    Json(String),
}

impl Value {
    /// The text, or the JSON as spelt.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Json(text) => text,
        }
    }

    fn into_string(self) -> String {
        match self {
            Self::Text(text) | Self::Json(text) => text,
        }
    }
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line it starts on, from 1; of a Parquet file, which has no lines, the number of the row.
    pub line: u64,
    /// Its columns, by name, in the order of the file.
    pub fields: Vec<(String, Value)>,
}

impl Row {
    /// The column of that name; upper and lower case are the same.
    ///
    /// ```
    /// # use stance::article::table::{Row, Value};
    /// let row = Row { line: 2, fields: vec![("Text".into(), Value::Text("Talks resumed.".into()))] };
    /// assert_eq!(row.get("text").map(Value::as_str), Some("Talks resumed."));
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

/// The rows of a table, in order.
///
/// A row that cannot be read is an error in its place, and the next one follows; after an error
/// that leaves the rest unreadable (a row over the limit, a quote never closed) nothing does.
///
/// ```
/// use stance::article::table::{Rows, TableFormat, TableSettings, Value};
///
/// let file = &b"id,text\n7,\"Talks resumed, at last.\"\n"[..];
/// let rows = Rows::new("news.csv", file, TableFormat::Csv, TableSettings::default());
/// for row in rows {
///     let row = row?;
///     assert_eq!(row.line, 2);
///     assert_eq!(row.get("text").map(Value::as_str), Some("Talks resumed, at last."));
/// }
/// # Ok::<(), stance::error::Error>(())
/// ```
pub struct Rows {
    source: String,
    format: Format,
    finished: bool,
}

/// What the reader of a format remembers between rows.
enum Format {
    Delimited(Lines, Delimited),
    Jsonl(Lines),
    Parquet(Box<Parquet>),
}

impl Rows {
    /// The rows that `reader` holds; `source` is what errors call it.
    pub fn new(
        source: &str,
        reader: impl Read + Send + 'static,
        format: TableFormat,
        settings: TableSettings,
    ) -> Self {
        let lines = Lines::new(source, Box::new(reader), settings.max_row_bytes);
        Self {
            source: source.to_owned(),
            format: match format {
                TableFormat::Csv => Format::Delimited(lines, Delimited::default()),
                TableFormat::Tsv => Format::Delimited(lines, Delimited::by(b'\t')),
                TableFormat::Jsonl => Format::Jsonl(lines),
            },
            finished: false,
        }
    }

    /// The rows of a Parquet file.
    pub(super) fn of_parquet(file: &Path, settings: TableSettings) -> Result<Self> {
        Ok(Self {
            source: file.display().to_string(),
            format: Format::Parquet(Box::new(Parquet::open(file, settings)?)),
            finished: false,
        })
    }

    /// What errors call the table.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// A row that has the names of the columns and nothing in them, where the table names them
    /// once and for all before its rows, and can leave some unread: where it is Parquet.
    #[must_use]
    pub fn header(&self) -> Option<Row> {
        match &self.format {
            Format::Parquet(file) => Some(file.header()),
            Format::Delimited(..) | Format::Jsonl(_) => None,
        }
    }

    /// Leaves all other columns undecoded where the format allows it; their cells are then empty.
    /// Upper and lower case are the same. To be said before the first row is read.
    pub fn read_only(&mut self, columns: &[&str]) {
        if let Format::Parquet(file) = &mut self.format {
            file.read_only(columns);
        }
    }

    /// Sees to it that the column holds a text in every row, where columns have types and cells
    /// may be null; a row without one is then an error in its place.
    ///
    /// # Errors
    /// If the column is of another type.
    pub fn demand_text(&mut self, column: &str) -> Result<()> {
        match &mut self.format {
            Format::Parquet(file) => file.demand_text(column),
            Format::Delimited(..) | Format::Jsonl(_) => Ok(()),
        }
    }

    /// The table once more, from its beginning, with the types of its columns, if it has types.
    ///
    /// # Errors
    /// If it cannot be opened once more.
    pub fn batches(&self) -> Result<Option<Batches>> {
        match &self.format {
            Format::Parquet(file) => file.whole().map(Some),
            Format::Delimited(..) | Format::Jsonl(_) => Ok(None),
        }
    }

    /// Whether the table is one of lines, the first of which names the columns.
    fn has_header_line(&self) -> bool {
        matches!(self.format, Format::Delimited(..))
    }

    fn read(&mut self) -> Result<Option<Row>, Failure> {
        match &mut self.format {
            Format::Delimited(lines, delimited) => delimited.read(lines),
            Format::Jsonl(lines) => jsonl::read(lines),
            Format::Parquet(file) => file.read(),
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.finished {
            return None;
        }
        match self.read() {
            Ok(Some(row)) => Some(Ok(row)),
            Ok(None) => {
                self.finished = true;
                None
            }
            Err(Failure::Row(error)) => Some(Err(error)),
            Err(Failure::Table(error)) => {
                self.finished = true;
                Some(Err(error))
            }
        }
    }
}

/// How far a failure reaches.
enum Failure {
    /// One row; the next can be read.
    Row(Error),
    /// The rest of the table.
    Table(Error),
}
