//! The sentences of `stance tag`, written as they come: JSONL, CSV or a table.
//!
//! A JSONL object has, in this order: `article` (the source), `title`, `authors`, `date`,
//! `paragraph`, `sentence`, `start`, `end`, `text`; for each label set `NAME` and
//! `NAME_probabilities`, after those of the set that tells voices `holder`; `unsure`, the names of
//! the sets whose tag is not to be trusted; and `row`, for a sentence that was a row of a table.
//!
//! A CSV row has the same columns with one `NAME_probabilities.LABEL` a label, several authors or
//! unsure sets joined by `; `; a row of a table keeps its columns as they stand and gains the
//! predicted ones.

use super::article::sentence_lines;
use super::object::Object;
use super::spreadsheet::guard;
use super::{BOLD, Style};
use crate::article::Article;
use crate::codebook::{Codebook, LabelSet};
use crate::error::{Error, Result};
use crate::tagger::{TaggedArticle, TaggedSentence};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
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
    /// For a terminal.
    Table(Style),
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
pub struct TagWriter<'c, W: Write> {
    codebook: &'c Codebook,
    fields: Fields<'c>,
    sink: Sink<W>,
}

enum Sink<W: Write> {
    Jsonl {
        out: W,
        buffer: Vec<u8>,
    },
    Csv {
        out: Box<csv::Writer<W>>,
        head: Option<Vec<String>>,
    },
    Table {
        out: W,
        style: Style,
    },
}

impl<'c, W: Write> TagWriter<'c, W> {
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
            Some(_) => Err(Error::input("these tables do not have the same columns")
                .remedy("tag them one at a time, or into --format jsonl")),
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
            Sink::Table { out, style } => {
                let text = sentence_lines(sentence, "", self.codebook, *style);
                out.write_all(text.as_bytes()).map_err(cannot_write)
            }
        }
    }
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

/// The names of the fields, made once.
pub(super) struct Fields<'c> {
    sets: Vec<Field<'c>>,
}

struct Field<'c> {
    set: &'c LabelSet,
    probabilities: String,
    tells_voices: bool,
}

impl<'c> Fields<'c> {
    pub(super) fn new(codebook: &'c Codebook) -> Self {
        let voice = codebook.voice().map(|set| &set.name);
        let field = |set: &'c LabelSet| Field {
            set,
            probabilities: format!("{}_probabilities", set.name),
            tells_voices: Some(&set.name) == voice,
        };
        Self {
            sets: codebook.sets.iter().map(field).collect(),
        }
    }

    /// The header of a CSV of articles, or of a table with these columns.
    fn header(&self, row: Option<&Vec<String>>) -> Vec<String> {
        const ARTICLE: [&str; 9] = [
            "article",
            "title",
            "authors",
            "date",
            "paragraph",
            "sentence",
            "start",
            "end",
            "text",
        ];
        let mut header = row
            .cloned()
            .unwrap_or_else(|| ARTICLE.map(str::to_owned).to_vec());
        let taken = row.map_or(&[][..], Vec::as_slice);
        let predicted = self.predicted(taken);
        header.extend(predicted.iter().map(|name| guard(name).into_owned()));
        header
    }

    /// The columns of tags beside columns of these names.
    fn predicted(&self, taken: &[String]) -> Vec<String> {
        let mut predicted = Vec::new();
        for field in &self.sets {
            predicted.push(field.set.name.clone());
            let labels = field.set.names();
            predicted.extend(labels.map(|label| format!("{}.{label}", field.probabilities)));
            predicted.extend(field.tells_voices.then(|| "holder".to_owned()));
        }
        predicted.push("unsure".to_owned());
        let free = |name| free_name(name, taken);
        predicted.into_iter().map(free).collect()
    }
}

/// The columns that tags add to a table with columns of these names: for each label set `NAME` and
/// one `NAME_probabilities.LABEL` a label, after those of the set that tells voices `holder`, and at
/// the end `unsure`. A name that is taken gets the prefix `predicted_`.
///
/// ```
/// use stance::codebook::Codebook;
/// use stance::report::tags::predicted_columns;
///
/// let columns = predicted_columns(&Codebook::shipped(), &["text".into(), "role".into()]);
/// assert_eq!(columns[..2], ["stance", "stance_probabilities.sceptical"]);
/// assert!(columns.contains(&"predicted_role".into()));
/// ```
#[must_use]
pub fn predicted_columns(codebook: &Codebook, taken: &[String]) -> Vec<String> {
    Fields::new(codebook).predicted(taken)
}

/// The name, with the prefix `predicted_` as often as it is taken.
#[must_use]
pub fn free_name(mut name: String, taken: &[String]) -> String {
    while taken.contains(&name) {
        name.insert_str(0, "predicted_");
    }
    name
}

/// One sentence as it is written.
pub(super) struct Record<'a> {
    pub(super) fields: &'a Fields<'a>,
    /// The article, where the sentence has to say which it is from.
    pub(super) article: Option<&'a Article>,
    pub(super) sentence: &'a TaggedSentence,
    /// The columns it came with.
    pub(super) row: Option<&'a [(String, String)]>,
}

impl Record<'_> {
    /// The fields with their labels and probabilities; nothing for a tag that is not there.
    fn tags(&self) -> impl Iterator<Item = (&Field<'_>, Option<&str>, &[f64])> {
        self.fields.sets.iter().enumerate().map(|(at, field)| {
            let tag = self.sentence.tags.get(at);
            let label = tag.and_then(|tag| field.set.labels.get(tag.label));
            let label = label.map(|label| label.name.as_str());
            (field, label, tag.map_or(&[][..], |tag| &tag.probabilities))
        })
    }

    /// The names of the sets whose tag is unsure.
    fn unsure(&self) -> impl Iterator<Item = &str> {
        let tags = self.fields.sets.iter().zip(&self.sentence.tags);
        tags.filter(|(_, tag)| tag.unsure)
            .map(|(field, _)| field.set.name.as_str())
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let sentence = self.sentence;
        let mut map = serializer.serialize_map(None)?;
        if let Some(article) = self.article {
            map.serialize_entry("article", &article.source)?;
            map.serialize_entry("title", &article.title)?;
            map.serialize_entry("authors", &article.authors)?;
            map.serialize_entry("date", &article.date)?;
        }
        map.serialize_entry("paragraph", &sentence.paragraph)?;
        map.serialize_entry("sentence", &sentence.number)?;
        map.serialize_entry("start", &sentence.span.start)?;
        map.serialize_entry("end", &sentence.span.end)?;
        map.serialize_entry("text", &sentence.text)?;
        for (field, label, probabilities) in self.tags() {
            map.serialize_entry(&field.set.name, &label)?;
            let named = Named(field.set, probabilities);
            map.serialize_entry(&field.probabilities, &named)?;
            if field.tells_voices {
                map.serialize_entry("holder", &sentence.holder)?;
            }
        }
        map.serialize_entry("unsure", &self.unsure().collect::<Vec<_>>())?;
        if let Some(row) = self.row {
            let row = row.iter().map(|(name, value)| (name.as_str(), value));
            map.serialize_entry("row", &Object(row.collect()))?;
        }
        map.end()
    }
}

/// Probabilities by label.
struct Named<'a>(&'a LabelSet, &'a [f64]);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.names().zip(self.1))
    }
}

/// The record as a row of CSV.
struct Cells<'a>(Record<'a>);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let sentence = self.0.sentence;
        let mut cells = serializer.serialize_seq(None)?;
        if let Some(row) = self.0.row {
            row.iter()
                .try_for_each(|(_, value)| cells.serialize_element(value))?;
        } else if let Some(article) = self.0.article {
            cells.serialize_element(&guard(&article.source))?;
            cells.serialize_element(&guard(article.title.as_deref().unwrap_or("")))?;
            cells.serialize_element(&guard(&article.authors.join("; ")))?;
            cells.serialize_element(&article.date)?;
            cells.serialize_element(&sentence.paragraph)?;
            cells.serialize_element(&sentence.number)?;
            cells.serialize_element(&sentence.span.start)?;
            cells.serialize_element(&sentence.span.end)?;
            cells.serialize_element(&guard(&sentence.text))?;
        }
        for (field, label, probabilities) in self.0.tags() {
            cells.serialize_element(&label.map(guard))?;
            for at in 0..field.set.labels.len() {
                cells.serialize_element(&probabilities.get(at))?;
            }
            if field.tells_voices {
                cells.serialize_element(&sentence.holder.as_deref().map(guard))?;
            }
        }
        cells.serialize_element(&self.0.unsure().collect::<Vec<_>>().join("; "))?;
        cells.end()
    }
}
