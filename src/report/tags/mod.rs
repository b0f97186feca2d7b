//! The sentences of `stance tag`, written as they come: JSONL, CSV, Parquet or a table.
//!
//! A JSONL object has, in this order: `article` (the source), `title`, `authors`, `date`,
//! `paragraph`, `sentence`, `start`, `end`, `text`; for each label set `NAME` and
//! `NAME_probabilities`, after those of the set that tells voices `holder`; `unsure`, the names of
//! the sets whose tag is not to be trusted; and `row`, for a sentence that was a row of a table.
//!
//! A CSV row has the same columns with one `NAME_probabilities.LABEL` a label, several authors or
//! unsure sets joined by `; `; a row of a table keeps its columns as they stand and gains the
//! predicted ones.
//!
//! Parquet has the columns of the CSV, dates and numbers as such. A row of a Parquet table keeps its
//! columns with their types.

#[cfg_attr(not(feature = "parquet"), path = "no_parquet.rs")]
mod parquet;
mod record;

pub(super) use record::{Fields, Record};
pub use record::{free_name, predicted_columns};

use super::article::sentence_lines;
use super::{BOLD, Style};
use crate::article::Article;
use crate::article::table::Batches;
use crate::codebook::Codebook;
use crate::error::{Error, Result};
use crate::tagger::{TaggedArticle, TaggedSentence};
use parquet::ParquetTags;
use record::Cells;
use std::io::Write;

/// Lines of JSON are handed on once so many bytes have come together.
const BUFFER: usize = 1 << 16;

/// How tagged sentences are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagFormat {
    /// One JSON object a line.
    Jsonl,
    /// A header and one row a sentence.
    Csv,
    /// A column for each of those of the CSV; takes the feature `parquet`.
    Parquet,
    /// For a terminal.
    Table(Style),
}

impl TagFormat {
    /// The format, if this program was built with it.
    ///
    /// # Errors
    /// If it was not, with how to build it.
    pub fn built(self) -> Result<Self> {
        match self {
            Self::Parquet if !cfg!(feature = "parquet") => Err(Error::usage(
                "this program was built without Parquet",
            )
            .remedy(
                "build it with `cargo build --release --features parquet`, or write CSV or JSONL",
            )),
            format => Ok(format),
        }
    }
}

/// Writes sentences one article, or one row of a table, at a time.
///
/// ```
/// use stance::codebook::Codebook;
/// use stance::report::tags::{TagFormat, TagWriter};
/// use stance::tagger::TaggedArticle;
///
/// let codebook = Codebook::shipped();
/// let mut bytes = Vec::new();
/// let mut writer = TagWriter::new(&mut bytes, TagFormat::Csv, &codebook);
/// writer.article(&TaggedArticle { article: Default::default(), sentences: vec![] })?;
/// writer.finish()?;
/// assert!(bytes.starts_with(b"article,title,authors,date,paragraph,sentence,start,end,text,stance,"));
/// # Ok::<(), stance::error::Error>(())
/// ```
pub struct TagWriter<'c, W: Write + Send> {
    codebook: &'c Codebook,
    fields: Fields<'c>,
    sink: Sink<W>,
}

enum Sink<W: Write + Send> {
    Jsonl {
        out: W,
        buffer: Vec<u8>,
    },
    Csv {
        out: Box<csv::Writer<W>>,
        head: Option<Vec<String>>,
    },
    Parquet(Box<ParquetTags<W>>),
    Table {
        out: W,
        style: Style,
    },
}

impl<'c, W: Write + Send> TagWriter<'c, W> {
    /// A writer of the tags that `codebook` declares.
    pub fn new(out: W, format: TagFormat, codebook: &'c Codebook) -> Self {
        let sink = match format {
            TagFormat::Jsonl => Sink::Jsonl {
                out,
                buffer: Vec::with_capacity(2 * BUFFER),
            },
            TagFormat::Csv => Sink::Csv {
                out: Box::new(
                    csv::WriterBuilder::new()
                        .has_headers(false)
                        .from_writer(out),
                ),
                head: None,
            },
            TagFormat::Parquet => Sink::Parquet(Box::new(ParquetTags::new(out))),
            TagFormat::Table(style) => Sink::Table { out, style },
        };
        Self {
            codebook,
            fields: Fields::new(codebook),
            sink,
        }
    }

    /// Writes the sentences of an article.
    ///
    /// # Errors
    /// If `out` refuses, or if a CSV has begun with the rows of a table.
    pub fn article(&mut self, tagged: &TaggedArticle) -> Result<()> {
        if let Sink::Table { out, style } = &mut self.sink {
            let text = table(tagged, self.codebook, *style);
            return out.write_all(text.as_bytes()).map_err(cannot_write);
        }
        self.head(None)?;
        tagged
            .sentences
            .iter()
            .try_for_each(|sentence| self.sentence(&tagged.article, sentence, None))
    }

    /// Whether the columns of a table are written that [`TagWriter::row`] is given.
    #[must_use]
    pub fn writes_rows(&self) -> bool {
        !matches!(self.sink, Sink::Table { .. })
    }

    /// Whether [`TagWriter::carry`] takes tables whose columns have types.
    #[must_use]
    pub fn carries_types(&self) -> bool {
        matches!(self.sink, Sink::Parquet(_))
    }

    /// Begins with the rows of the next table. If its columns have types, it is given here, and
    /// they are written beside the tags instead of what [`TagWriter::row`] is given of them.
    ///
    /// # Errors
    /// If `out` refuses, or if the table does not have the columns of the one before it.
    pub fn carry(&mut self, table: Option<Batches>) -> Result<()> {
        match &mut self.sink {
            Sink::Parquet(sheet) => sheet.carry(table, &self.fields),
            _ => Ok(()),
        }
    }

    /// Writes a sentence that was a row of a table, its columns passed through in their order.
    ///
    /// # Errors
    /// If `out` refuses, or if the columns are not those of the first row of a CSV.
    pub fn row(
        &mut self,
        row: &[(String, String)],
        article: &Article,
        sentence: &TaggedSentence,
    ) -> Result<()> {
        self.head(Some(row))?;
        self.sentence(article, sentence, Some(row))
    }

    /// Hands on what is still held back; without it the end may be lost.
    ///
    /// # Errors
    /// If `out` refuses.
    pub fn finish(mut self) -> Result<()> {
        if matches!(&self.sink, Sink::Csv { head: None, .. }) {
            self.head(None)?;
        }
        match self.sink {
            Sink::Jsonl { mut out, buffer } => out.write_all(&buffer).and_then(|()| out.flush()),
            Sink::Csv { mut out, .. } => out.flush(),
            Sink::Parquet(sheet) => return sheet.finish(&self.fields),
            Sink::Table { mut out, .. } => out.flush(),
        }
        .map_err(cannot_write)
    }

    /// Writes the header of a CSV, once, and holds later rows to it.
    fn head(&mut self, row: Option<&[(String, String)]>) -> Result<()> {
        let Sink::Csv { out, head } = &mut self.sink else {
            return Ok(());
        };
        let names = || row.unwrap_or_default().iter().map(|(name, _)| name);
        match head {
            Some(known) if known.iter().eq(names()) => Ok(()),
            Some(_) => Err(other_columns()),
            None => {
                let known: Vec<String> = names().cloned().collect();
                let header = self.fields.header(row.is_some().then_some(&known));
                *head = Some(known);
                out.write_record(header).map_err(cannot_write_row)
            }
        }
    }

    fn sentence(
        &mut self,
        article: &Article,
        sentence: &TaggedSentence,
        row: Option<&[(String, String)]>,
    ) -> Result<()> {
        let record = Record {
            fields: &self.fields,
            article: Some(article),
            sentence,
            row,
        };
        match &mut self.sink {
            Sink::Jsonl { out, buffer } => {
                serde_json::to_writer(&mut *buffer, &record)
                    .map_err(|error| cannot_write(error.into()))?;
                buffer.push(b'\n');
                if buffer.len() >= BUFFER {
                    out.write_all(buffer).map_err(cannot_write)?;
                    buffer.clear();
                }
                Ok(())
            }
            Sink::Csv { out, .. } => out.serialize(Cells(record)).map_err(cannot_write_row),
            Sink::Parquet(sheet) => sheet.write(&record),
            Sink::Table { out, style } => {
                let text = sentence_lines(sentence, "", self.codebook, *style);
                out.write_all(text.as_bytes()).map_err(cannot_write)
            }
        }
    }
}

fn other_columns() -> Error {
    Error::input("these tables do not have the same columns")
        .remedy("tag them one at a time, or into --format jsonl")
}

fn cannot_write_row(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => cannot_write(error),
        kind => Error::input(format!("cannot write a row: {kind:?}")),
    }
}

fn cannot_write(error: std::io::Error) -> Error {
    Error::io("cannot write", error)
}

fn table(tagged: &TaggedArticle, codebook: &Codebook, style: Style) -> String {
    let article = &tagged.article;
    let name = article.title.as_ref().unwrap_or(&article.source);
    let mut out = style.lines(name, BOLD, 0);
    for sentence in &tagged.sentences {
        out += &sentence_lines(sentence, "", codebook, style);
    }
    out + "\n"
}
