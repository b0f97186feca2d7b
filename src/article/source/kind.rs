//! What a file holds, told by its ending or its first bytes.

use std::path::Path;

use super::super::front_matter;
use super::super::pdf::is_pdf;
use super::super::table::{Columns, TableFormat};
use super::{ENDINGS, SNIFFED_BYTES};
use crate::error::{Error, Result};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Markdown,
    Html,
    Pdf,
    Table(TableFormat),
    Parquet,
}

impl Kind {
    /// What a file holds by its ending and its first bytes; a page or a PDF that was saved as text
    /// is still one.
    pub(super) fn of(path: &Path, head: &[u8], columns: &Columns) -> Result<Self> {
        match Self::by_ending(path) {
            Some(Self::Text) if head.starts_with(b"%PDF-") => Ok(Self::Pdf),
            Some(Self::Text) if begins_page(head) => Ok(Self::Html),
            Some(kind) => Ok(kind),
            None => match Self::by_content(head, columns)? {
                Self::Text if has_ending(path, "json") => Err(not_rows()),
                kind => Ok(kind),
            },
        }
    }

    pub(super) fn by_ending(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "pdf" => Self::Pdf,
            "csv" => Self::Table(TableFormat::Csv),
            "tsv" => Self::Table(TableFormat::Tsv),
            "jsonl" | "ndjson" => Self::Table(TableFormat::Jsonl),
            "parquet" => Self::Parquet,
            _ => return None,
        })
    }

    fn by_content(head: &[u8], columns: &Columns) -> Result<Self> {
        if is_pdf(head) {
            return Ok(Self::Pdf);
        }
        if is_parquet(head) {
            return Ok(Self::Parquet);
        }
        let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
        if head.contains(&0) && !is_utf16 {
            return Err(
                Error::input("not a text").remedy(format!("name a file that ends in {ENDINGS}"))
            );
        }
        let head = without_lead(head);
        let lower = head.to_ascii_lowercase();
        let has_tag = |tag: &&str| memchr::memmem::find(&lower, tag.as_bytes()).is_some();
        if head.starts_with(b"<") && ["<html", "<!doctype html", "<body"].iter().any(has_tag) {
            return Ok(Self::Html);
        }
        if front_matter_fence(&String::from_utf8_lossy(head)).is_some() {
            return Ok(Self::Markdown);
        }
        let first_line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if head.starts_with(b"{") {
            let is_whole = first_line.len() < head.len() || (head.len() as u64) < SNIFFED_BYTES;
            return match serde_json::from_slice::<serde::de::IgnoredAny>(first_line) {
                Err(_) if is_whole => Err(not_rows()),
                _ => Ok(Self::Table(TableFormat::Jsonl)),
            };
        }
        let is_array = begins_array(head) && without_lead(&head[1..]).starts_with(b"{");
        Ok(if is_array {
            Self::Table(TableFormat::Jsonl)
        } else if columns.are_in_header(first_line) {
            Self::Table(TableFormat::Csv)
        } else {
            Self::Text
        })
    }
}

fn not_rows() -> Error {
    Error::input("JSON, but not an object a line, nor an array of objects")
        .remedy("write one article a line, as `jq -c '.[]'` does, into a file that ends in .jsonl")
}

fn has_ending(path: &Path, wanted: &str) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(wanted))
}

/// The bytes after a byte order mark and white space.
fn without_lead(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start()
}

fn begins_page(head: &[u8]) -> bool {
    let head = without_lead(head);
    [&b"<!doctype html"[..], b"<html"].iter().any(|start| {
        head.get(..start.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(start))
    })
}

/// Whether a file is Parquet, or Parquet that is encrypted.
pub(super) fn is_parquet(head: &[u8]) -> bool {
    head.starts_with(b"PAR1") || head.starts_with(b"PARE")
}

/// Whether a table in JSON is one array instead of an object a line.
pub(super) fn begins_array(head: &[u8]) -> bool {
    without_lead(head).starts_with(b"[")
}

/// Refuses a Markdown text whose front matter would be read as prose.
pub(super) fn check_front_matter(text: &str) -> Result<()> {
    let (what, remedy) = match front_matter_fence(text) {
        Some("+++") => (
            "the front matter is in TOML",
            "write it in YAML: `key: value` between two lines `---`",
        ),
        Some(_) if front_matter::read(text).is_none() => (
            "the front matter is never closed",
            "put a line `---` below its last field",
        ),
        _ => return Ok(()),
    };
    Err(Error::input(what).on_line(1).remedy(remedy))
}

/// The line that opens front matter: `---` above `key:`, `+++` above `key =`.
fn front_matter_fence(text: &str) -> Option<&'static str> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let (first, second) = (lines.next()?.trim_end(), lines.next()?);
    let is_field = |sign| {
        second.split_once(sign).is_some_and(|(key, _)| {
            let key = key.trim_end();
            !key.is_empty() && !key.contains(char::is_whitespace)
        })
    };
    match first {
        "---" => is_field(':').then_some("---"),
        "+++" => is_field('=').then_some("+++"),
        _ => None,
    }
}
