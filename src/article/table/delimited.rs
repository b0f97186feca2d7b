//! CSV and tab-separated rows, as RFC 4180 has them.
//!
//! Why not the `csv` crate, which the labels are read with: an article's table comes from anywhere.
//! The crate takes a quote that is never closed for the rest of the file without a word, grows its
//! record without bound, and counts lines one short where they end in CRLF.

use std::collections::HashSet;

use encoding_rs::WINDOWS_1252;
use memchr::{memchr, memchr_iter};

use super::lines::Lines;
use super::{Failure, Row, Value};
use crate::error::Error;

/// What is remembered of a file between its rows.
#[derive(Default)]
pub(super) struct Delimited {
    delimiter: Option<u8>,
    header: Option<Vec<String>>,
    encoding: Encoding,
}

/// How bytes above 127 are read; the first row that has some decides.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    #[default]
    Undecided,
    Utf8,
    Windows1252,
}

impl Delimited {
    pub(super) fn by(delimiter: u8) -> Self {
        Self {
            delimiter: Some(delimiter),
            ..Self::default()
        }
    }

    /// The next row; `None` at the end of the file.
    pub(super) fn read(&mut self, lines: &mut Lines) -> Result<Option<Row>, Failure> {
        if self.header.is_none() {
            let Some((_, cells)) = self.record(lines)? else {
                return Ok(None);
            };
            self.header = Some(header(cells, lines).map_err(Failure::Table)?);
        }
        let Some((line, cells)) = self.record(lines)? else {
            return Ok(None);
        };
        let names = self.header.as_deref().unwrap_or_default();
        if cells.len() != names.len() {
            return Err(Failure::Row(ragged(lines, line, cells.len(), names.len())));
        }
        let values = cells.into_iter().map(Value::Text);
        let fields = names.iter().cloned().zip(values).collect();
        Ok(Some(Row { line, fields }))
    }

    /// The next row's cells and the line it starts on, blank lines skipped.
    fn record(&mut self, lines: &mut Lines) -> Result<Option<(u64, Vec<String>)>, Failure> {
        let mut cells = Cells::default();
        let mut start = 0;
        let mut used = 0;
        while let Some(line) = lines.next(used).map_err(Failure::Table)? {
            if used == 0 && line.iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
                continue;
            }
            let delimiter = *self
                .delimiter
                .get_or_insert_with(|| most_frequent_delimiter(line));
            let complete = cells.add(line, delimiter);
            used += line.len();
            if start == 0 {
                start = lines.number();
            }
            if complete {
                return match self.decode(cells.finished) {
                    Some(cells) => Ok(Some((start, cells))),
                    None => Err(Failure::Row(broken_utf8(lines, start))),
                };
            }
        }
        if used > 0 {
            return Err(Failure::Table(never_closed(lines, start)));
        }
        Ok(None)
    }

    /// `None` if the file has been UTF-8 so far and these cells are not.
    fn decode(&mut self, cells: Vec<Vec<u8>>) -> Option<Vec<String>> {
        if self.encoding == Encoding::Undecided && !cells.iter().all(|cell| cell.is_ascii()) {
            let utf8 = cells.iter().all(|cell| std::str::from_utf8(cell).is_ok());
            self.encoding = if utf8 {
                Encoding::Utf8
            } else {
                Encoding::Windows1252
            };
        }
        let windows = self.encoding == Encoding::Windows1252;
        let decode = |cell: Vec<u8>| match windows {
            true => Some(
                WINDOWS_1252
                    .decode_without_bom_handling(&cell)
                    .0
                    .into_owned(),
            ),
            false => String::from_utf8(cell).ok(),
        };
        cells.into_iter().map(decode).collect()
    }
}

/// The cells of a row that is being read, line by line.
#[derive(Default)]
struct Cells {
    finished: Vec<Vec<u8>>,
    open: Vec<u8>,
    quoted: bool,
}

impl Cells {
    /// Adds a line with its line end; whether the row is complete.
    fn add(&mut self, line: &[u8], delimiter: u8) -> bool {
        let mut rest = line;
        // Only a quote that opens a cell quotes; one within a cell is a quotation mark.
        let mut fresh = !self.quoted;
        loop {
            if self.quoted {
                let Some(end) = memchr(b'"', rest) else {
                    self.open.extend_from_slice(rest);
                    return false;
                };
                self.open.extend_from_slice(&rest[..end]);
                rest = &rest[end + 1..];
                if let Some(after) = rest.strip_prefix(b"\"") {
                    self.open.push(b'"');
                    rest = after;
                } else {
                    self.quoted = false;
                }
            } else if fresh && rest.first() == Some(&b'"') {
                self.quoted = true;
                fresh = false;
                rest = &rest[1..];
            } else if let Some(end) = memchr(delimiter, rest) {
                self.open.extend_from_slice(&rest[..end]);
                self.finished.push(std::mem::take(&mut self.open));
                fresh = true;
                rest = &rest[end + 1..];
            } else {
                self.open.extend_from_slice(without_line_end(rest));
                self.finished.push(std::mem::take(&mut self.open));
                return true;
            }
        }
    }
}

fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Comma, unless the header has more semicolons or tabs.
fn most_frequent_delimiter(header: &[u8]) -> u8 {
    let count = |delimiter: &u8| memchr_iter(*delimiter, header).count();
    // The last of several maxima wins, so the comma stands last.
    *b"\t;,"
        .iter()
        .max_by_key(|delimiter| count(delimiter))
        .unwrap_or(&b',')
}

fn header(cells: Vec<String>, lines: &Lines) -> Result<Vec<String>, Error> {
    let names: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
    if names.iter().any(|name| name.contains('\r')) {
        return Err(lines
            .error("the lines end in a carriage return alone")
            .remedy("save the table with today's line ends"));
    }
    let mut seen = HashSet::new();
    match names
        .iter()
        .find(|name| !name.is_empty() && !seen.insert(name.as_str()))
    {
        Some(name) => Err(lines
            .error(format!("two columns are called `{name}`"))
            .remedy("rename one of them")),
        None => Ok(names),
    }
}

fn ragged(lines: &Lines, line: u64, found: usize, expected: usize) -> Error {
    lines
        .error(format!("{found} fields where the header has {expected}"))
        .on_line(line)
        .remedy("put a field that holds a delimiter or a line break in double quotes, and double the quotes inside it")
}

fn broken_utf8(lines: &Lines, line: u64) -> Error {
    lines
        .error("not valid UTF-8, though the rows before it are")
        .on_line(line)
        .remedy("save the whole table as UTF-8")
}

fn never_closed(lines: &Lines, line: u64) -> Error {
    lines
        .error("a quote opens in this row and is never closed")
        .on_line(line)
        .remedy("close it, or double it if it is a quotation mark")
}
