//! Whatever the user names, opened: files of every kind, folders, standard input.
//!
//! [`open()`] gives the articles one after the other; the next input is not touched before its turn.
//! An input that cannot be read is an error in its place and costs no other article. A file that
//! is named twice is read once.

mod folder;
mod kind;

use std::collections::{HashSet, VecDeque};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::iter;
use std::path::{Path, PathBuf};

use super::html::from_html;
use super::pdf::{PdfSettings, from_pdf};
use super::table::{Articles, Columns, Rows, TableFormat, TableSettings, lines_of_array};
use super::{Article, decode, from_markdown, from_text};
use crate::error::{Error, Result};
use folder::Walk;
use kind::{Kind, begins_array, check_front_matter, is_parquet};

/// How many bytes of a file without a known ending are looked at to tell its kind.
const SNIFFED_BYTES: u64 = 8_192;

/// The endings that are known, as error messages list them.
const ENDINGS: &str = ".txt, .md, .html, .pdf, .csv, .tsv, .jsonl or .parquet";

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
/// read with all folders in them, by name, without what is hidden and what is no text. A file that
/// is named twice, itself or by its folder, is read the first time only.
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
    let mut seen = HashSet::new();
    inputs
        .iter()
        .flat_map(|input| files_of(input))
        .filter(move |file| {
            file.as_ref()
                .map_or(true, |file| seen.insert(identity(file)))
        })
        .flat_map(|file| match file {
            Ok(file) => articles_of_file(&file, options),
            Err(error) => Box::new(iter::once(Err(error))),
        })
}

/// What two names of one file have in common.
fn identity(file: &Path) -> PathBuf {
    let real = (!is_stdin(file)).then(|| file.canonicalize().ok());
    real.flatten().unwrap_or_else(|| file.to_path_buf())
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The rows of a table that is named by the user: a file, or `-` for standard input.
///
/// # Errors
/// If it cannot be opened, is empty or is no table.
pub fn open_rows(input: &Path, options: &ReadOptions) -> Result<Rows> {
    let opened = Opened::new(input)?;
    let format = match Kind::by_ending(input) {
        Some(Kind::Table(format)) => format,
        Some(Kind::Parquet) => return parquet_rows(input, options),
        None if is_parquet(&opened.head) => return parquet_rows(input, options),
        None if opened.head.trim_ascii_start().starts_with(b"{") => TableFormat::Jsonl,
        None if begins_array(&opened.head) => TableFormat::Jsonl,
        None => TableFormat::Csv,
        Some(_) => {
            return Err(Error::input("not a table")
                .at(input)
                .remedy("name a .csv, .tsv, .jsonl or .parquet file"));
        }
    };
    opened.rows(format, options)
}

/// The rows of a Parquet file, which is read from its end.
fn parquet_rows(file: &Path, options: &ReadOptions) -> Result<Rows> {
    if is_stdin(file) {
        let error = Error::input("Parquet is not read from standard input").at(file);
        return Err(error.remedy("save it as a file and name that"));
    }
    Rows::of_parquet(file, options.table)
}

/// The files that an input names: itself, or those in it if it is a folder.
fn files_of(input: &Path) -> VecDeque<Result<PathBuf>> {
    if is_stdin(input) || !input.is_dir() {
        return VecDeque::from([Ok(input.to_path_buf())]);
    }
    let mut walk = Walk::default();
    walk.enter(input);
    if walk.found.is_empty() {
        let error = Error::input("no articles in this folder");
        walk.found.push_back(Err(error
            .at(input)
            .remedy(format!("put files there that end in {ENDINGS}"))));
    }
    walk.found
}

type BoxedArticles<'o> = Box<dyn Iterator<Item = Result<Article>> + 'o>;

fn articles_of_file<'o>(path: &Path, options: &'o ReadOptions) -> BoxedArticles<'o> {
    articles_in(path, options).unwrap_or_else(|error| Box::new(iter::once(Err(error))))
}

fn articles_in<'o>(path: &Path, options: &'o ReadOptions) -> Result<BoxedArticles<'o>> {
    let opened = Opened::new(path)?;
    let kind = Kind::of(path, &opened.head, &options.columns).map_err(|error| error.at(path))?;
    Ok(match kind {
        Kind::Table(format) => Box::new(Articles::new(
            opened.rows(format, options)?,
            options.columns.clone(),
        )),
        Kind::Parquet => Box::new(Articles::new(
            parquet_rows(path, options)?,
            options.columns.clone(),
        )),
        kind => Box::new(iter::once(opened.article(kind, options))),
    })
}

/// A file that was opened and whose first bytes are known.
struct Opened {
    source: String,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
}

impl Opened {
    fn new(path: &Path) -> Result<Self> {
        let mut rest: Box<dyn Read + Send> = if is_stdin(path) {
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

    fn rows(self, format: TableFormat, options: &ReadOptions) -> Result<Rows> {
        let source = self.source.clone();
        let reader: Box<dyn Read + Send> =
            if format == TableFormat::Jsonl && begins_array(&self.head) {
                let text = decode(self.bytes(options.max_file_bytes)?, &source)?;
                let lines = lines_of_array(&text).map_err(|error| error.at(&source))?;
                Box::new(Cursor::new(lines))
            } else {
                Box::new(Cursor::new(self.head).chain(self.rest))
            };
        Ok(Rows::new(&source, reader, format, options.table))
    }

    fn article(self, kind: Kind, options: &ReadOptions) -> Result<Article> {
        let source = self.source.clone();
        let bytes = self.bytes(options.max_file_bytes)?;
        match kind {
            Kind::Markdown => {
                let text = decode(bytes, &source)?;
                check_front_matter(&text).map_err(|error| error.at(&source))?;
                Ok(from_markdown(&source, text))
            }
            Kind::Html => from_html(&source, &bytes),
            Kind::Pdf => from_pdf(&source, &bytes, &options.pdf),
            Kind::Text | Kind::Table(_) | Kind::Parquet => {
                Ok(from_text(&source, decode(bytes, &source)?))
            }
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
