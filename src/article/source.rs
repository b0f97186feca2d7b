//! Whatever the user names, opened: files of every kind, folders, standard input.
//!
//! [`open`] gives the articles one after the other; the next input is not touched before its turn.
//! An input that cannot be read is an error in its place and costs no other article.

use std::collections::{HashSet, VecDeque};
use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::iter;
use std::path::{Path, PathBuf};

use super::html::from_html;
use super::pdf::{PdfSettings, from_pdf, is_pdf};
use super::table::{Articles, Columns, Rows, TableFormat, TableSettings};
use super::{Article, decode, from_markdown, from_text};
use crate::error::{Error, Result};

/// How many bytes of a file without a known ending are looked at to tell its kind.
const SNIFFED_BYTES: u64 = 8_192;

/// The endings that are known, as error messages list them.
const ENDINGS: &str = ".txt, .md, .html, .pdf, .csv, .tsv or .jsonl";

/// How inputs are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// Which columns of a table hold what.
    pub columns: Columns,
    /// What bounds the rows of a table.
    pub table: TableSettings,
    /// How PDF files are extracted.
    pub pdf: PdfSettings,
    /// The most bytes a file may have that is not a table.
    pub max_file_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            columns: Columns::default(),
            table: TableSettings::default(),
            pdf: PdfSettings::default(),
            max_file_bytes: 64 << 20,
        }
    }
}

/// The articles of the inputs, in order: files, folders, or `-` for standard input.
///
/// A file's kind is told by its ending, and where that is unknown by its first bytes. Folders are
/// read with all folders in them, by name, without what is hidden and what is no text.
///
/// ```no_run
/// use stance::article::source::{ReadOptions, open};
///
/// for article in open(&["articles".into()], &ReadOptions::default()) {
///     match article {
///         Ok(article) => assert!(!article.source.is_empty()),
///         Err(error) => assert!(error.place.is_some()),
///     }
/// }
/// ```
pub fn open<'o>(
    inputs: &'o [PathBuf],
    options: &'o ReadOptions,
) -> impl Iterator<Item = Result<Article>> + 'o {
    inputs.iter().flat_map(|input| {
        if input.as_os_str() != "-" && input.is_dir() {
            articles_of_folder(input, options)
        } else {
            articles_of_file(input, options)
        }
    })
}

/// The rows of a table that is named by the user: a file, or `-` for standard input.
///
/// # Errors
/// If it cannot be opened, is empty or is no table.
pub fn open_rows(input: &Path, options: &ReadOptions) -> Result<Rows> {
    let opened = Opened::new(input)?;
    let format = match Kind::by_ending(input) {
        Some(Kind::Table(format)) => format,
        None if opened.head.trim_ascii_start().starts_with(b"{") => TableFormat::Jsonl,
        None => TableFormat::Csv,
        Some(_) => {
            return Err(Error::input("not a table")
                .at(input)
                .remedy("name a .csv, .tsv or .jsonl file"));
        }
    };
    Ok(opened.rows(format, options))
}

type BoxedArticles<'o> = Box<dyn Iterator<Item = Result<Article>> + 'o>;

fn articles_of_folder<'o>(folder: &'o Path, options: &'o ReadOptions) -> BoxedArticles<'o> {
    let mut walk = Walk::default();
    walk.enter(folder);
    if walk.found.is_empty() {
        let error = Error::input("no articles in this folder");
        walk.found.push_back(Err(error
            .at(folder)
            .remedy(format!("put files there that end in {ENDINGS}"))));
    }
    let files = walk.found.into_iter();
    Box::new(files.flat_map(|file| match file {
        Ok(file) => articles_of_file(&file, options),
        Err(error) => Box::new(iter::once(Err(error))),
    }))
}

fn articles_of_file<'o>(path: &Path, options: &'o ReadOptions) -> BoxedArticles<'o> {
    let kind_and_file = Opened::new(path).and_then(|opened| {
        let kind = match Kind::by_ending(path) {
            Some(kind) => kind,
            None => {
                Kind::by_content(&opened.head, &options.columns).map_err(|error| error.at(path))?
            }
        };
        Ok((kind, opened))
    });
    match kind_and_file {
        Ok((Kind::Table(format), opened)) => Box::new(Articles::new(
            opened.rows(format, options),
            options.columns.clone(),
        )),
        Ok((kind, opened)) => Box::new(iter::once(opened.article(kind, options))),
        Err(error) => Box::new(iter::once(Err(error))),
    }
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Markdown,
    Html,
    Pdf,
    Table(TableFormat),
}

impl Kind {
    fn by_ending(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "pdf" => Self::Pdf,
            "csv" => Self::Table(TableFormat::Csv),
            "tsv" => Self::Table(TableFormat::Tsv),
            "jsonl" | "ndjson" => Self::Table(TableFormat::Jsonl),
            _ => return None,
        })
    }

    fn by_content(head: &[u8], columns: &Columns) -> Result<Self> {
        if is_pdf(head) {
            return Ok(Self::Pdf);
        }
        let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
        if head.contains(&0) && !is_utf16 {
            return Err(
                Error::input("not a text").remedy(format!("name a file that ends in {ENDINGS}"))
            );
        }
        let head = head
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(head)
            .trim_ascii_start();
        let lower = head.to_ascii_lowercase();
        let has_tag = |tag: &&str| memchr::memmem::find(&lower, tag.as_bytes()).is_some();
        if head.starts_with(b"<") && ["<html", "<!doctype html", "<body"].iter().any(has_tag) {
            return Ok(Self::Html);
        }
        let first_line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if head.starts_with(b"{") {
            let is_whole = first_line.len() < head.len() || (head.len() as u64) < SNIFFED_BYTES;
            return match serde_json::from_slice::<serde::de::IgnoredAny>(first_line) {
                Err(_) if is_whole => Err(Error::input("JSON, but not an object a line")
                    .remedy("write one article a line, as `jq -c '.[]'` does, into a file that ends in .jsonl")),
                _ => Ok(Self::Table(TableFormat::Jsonl)),
            };
        }
        let is_table = columns.are_in_header(first_line);
        Ok(if is_table {
            Self::Table(TableFormat::Csv)
        } else {
            Self::Text
        })
    }
}

/// A file that was opened and whose first bytes are known.
struct Opened {
    source: String,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
}

impl Opened {
    fn new(path: &Path) -> Result<Self> {
        let mut rest: Box<dyn Read + Send> = if path.as_os_str() == "-" {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(|error| cannot_open(path, error))?)
        };
        let mut head = Vec::new();
        let read = rest.by_ref().take(SNIFFED_BYTES).read_to_end(&mut head);
        read.map_err(|error| Error::io("cannot read", error).at(path))?;
        if head.is_empty() {
            let error = Error::input("the file is empty").at(path);
            return Err(error.remedy("check how the file was saved, or leave it out"));
        }
        Ok(Self {
            source: path.display().to_string(),
            head,
            rest,
        })
    }

    fn rows(self, format: TableFormat, options: &ReadOptions) -> Rows {
        let reader = Cursor::new(self.head).chain(self.rest);
        Rows::new(&self.source, reader, format, options.table)
    }

    fn article(self, kind: Kind, options: &ReadOptions) -> Result<Article> {
        let source = self.source.clone();
        let bytes = self.bytes(options.max_file_bytes)?;
        match kind {
            Kind::Markdown => Ok(from_markdown(&source, decode(bytes, &source)?)),
            Kind::Html => from_html(&source, &bytes),
            Kind::Pdf => from_pdf(&source, &bytes, &options.pdf),
            Kind::Text | Kind::Table(_) => Ok(from_text(&source, decode(bytes, &source)?)),
        }
    }

    fn bytes(self, limit: u64) -> Result<Vec<u8>> {
        let mut bytes = self.head;
        let left = (limit + 1).saturating_sub(bytes.len() as u64);
        let read = self.rest.take(left).read_to_end(&mut bytes);
        read.map_err(|error| Error::io("cannot read", error).at(&self.source))?;
        if bytes.len() as u64 > limit {
            return Err(Error::input(format!("more than {limit} bytes"))
                .at(&self.source)
                .remedy(
                    "split it into one file an article, or put the articles in a .jsonl table",
                ));
        }
        Ok(bytes)
    }
}

fn cannot_open(path: &Path, error: io::Error) -> Error {
    let missing = error.kind() == io::ErrorKind::NotFound;
    let error = Error::io("cannot open", error).at(path);
    error.remedy(match missing {
        true => "check the spelling and the folder it is run in",
        false => "check that the file may be read",
    })
}

/// The files of a folder and the folders in it.
#[derive(Default)]
struct Walk {
    found: VecDeque<Result<PathBuf>>,
    /// Where links lead twice, or round in a circle, they are followed once.
    entered: HashSet<PathBuf>,
}

impl Walk {
    fn enter(&mut self, folder: &Path) {
        let listed = folder
            .canonicalize()
            .and_then(|real| match self.entered.insert(real) {
                true => fs::read_dir(folder)?
                    .map(|entry| Ok(entry?.path()))
                    .collect(),
                false => Ok(Vec::new()),
            });
        match listed {
            Ok(mut paths) => {
                paths.sort();
                paths
                    .iter()
                    .filter(|path| !is_hidden(path))
                    .for_each(|path| self.add(path));
            }
            Err(error) => self.found.push_back(Err(cannot_open(folder, error))),
        }
    }

    fn add(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => self.enter(path),
            Ok(about) if about.is_file() && may_be_article(path) => {
                self.found.push_back(Ok(path.to_path_buf()))
            }
            Ok(_) => {}
            Err(error) => self.found.push_back(Err(cannot_open(path, error))),
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a file in a folder is read: it is a table of articles, its ending is known otherwise, or
/// it holds text. A README is about the folder, not one of its articles.
fn may_be_article(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default();
    match Kind::by_ending(path) {
        _ if stem.eq_ignore_ascii_case("readme") => false,
        Some(Kind::Table(format)) => !holds_sentences(path, format),
        Some(_) => true,
        None => Opened::new(path)
            .is_ok_and(|opened| Kind::by_content(&opened.head, &Columns::default()).is_ok()),
    }
}

/// Whether a table has sentences for rows, as the labels have that lie beside their articles.
fn holds_sentences(path: &Path, format: TableFormat) -> bool {
    let first = Opened::new(path)
        .ok()
        .and_then(|opened| opened.rows(format, &ReadOptions::default()).next());
    matches!(first, Some(Ok(row)) if row.get("sentence").is_some())
}
