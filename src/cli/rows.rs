//! Tables of ready sentences: one row is one sentence, tagged in the company of its document.

use super::progress::Progress;
use crate::article::source::open_rows;
use crate::article::table::{Row, Value};
use crate::article::{Article, Span};
use crate::error::{Error, Result};
use crate::report::tags::TagWriter;
use crate::sentence;
use crate::tagger::{Sentence, TaggedSentence, Tagger};
use rayon::prelude::*;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Rows that are tagged at a time.
const BATCH_ROWS: usize = 8192;

/// Which columns matter; what is `None` is found.
pub(super) struct RowColumns<'a> {
    pub text: Option<&'a str>,
    pub sequence: Option<&'a str>,
}

/// Tags all rows of the tables and writes them in order.
pub(super) fn tag_rows<W: Write>(
    inputs: &[PathBuf],
    columns: &RowColumns<'_>,
    tagger: &Tagger,
    writer: &mut TagWriter<'_, W>,
) -> Result<()> {
    let progress = Progress::counting("rows");
    for input in inputs {
        let mut table = Table::new(input, columns, tagger);
        let mut documents: Vec<Vec<Row>> = Vec::new();
        let mut waiting = 0;
        let mut write = |documents: &mut Vec<Vec<Row>>, table: &Table<'_>| -> Result<()> {
            let documents = std::mem::take(documents);
            progress.add(documents.iter().map(Vec::len).sum());
            table.write(documents, tagger, writer)
        };
        for row in open_rows(input, &super::tagging::read_options())? {
            let row = row?;
            table.settle(&row)?;
            let follows = documents.last().and_then(|document| document.last());
            let follows = follows.is_some_and(|last| table.follows(last, &row));
            if waiting >= BATCH_ROWS && !follows {
                write(&mut documents, &table)?;
                waiting = 0;
            }
            waiting += 1;
            match documents.last_mut() {
                Some(document) if follows => document.push(row),
                _ => documents.push(vec![row]),
            }
        }
        write(&mut documents, &table)?;
    }
    Ok(())
}

/// A table and the columns that were found in it.
struct Table<'a> {
    input: &'a Path,
    given: &'a RowColumns<'a>,
    usual: [&'a str; 3],
    usual_sequence: Option<&'a str>,
    article: Article,
    text: Option<String>,
    sequence: Option<String>,
}

impl<'a> Table<'a> {
    fn new(input: &'a Path, given: &'a RowColumns<'a>, tagger: &'a Tagger) -> Self {
        let columns = &tagger.about().columns;
        Self {
            input,
            given,
            usual: [&columns.text, "text", "sentence"],
            usual_sequence: columns.document.as_deref(),
            article: Article {
                source: input.display().to_string(),
                ..Article::default()
            },
            text: None,
            sequence: None,
        }
    }

    /// Decides by the first row which columns are read.
    fn settle(&mut self, first: &Row) -> Result<()> {
        if self.text.is_some() {
            return Ok(());
        }
        let has = |name: &&&str| first.get(name).is_some();
        let found = match &self.given.text {
            Some(name) => Some(name).filter(has),
            None => self.usual.iter().find(has),
        };
        let found = found.ok_or_else(|| {
            let wanted = self.given.text.unwrap_or("text");
            let names: Vec<&str> = first.fields.iter().map(|(name, _)| &**name).collect();
            Error::input(format!(
                "no column `{wanted}`; the columns are {}",
                names.join(", ")
            ))
            .at(self.input)
            .on_line(1)
            .remedy("name the column of the sentences with --text")
        })?;
        self.text = Some((*found).to_owned());
        if let Some(name) = self.given.sequence
            && first.get(name).is_none()
        {
            return Err(Error::input(format!("no column `{name}`"))
                .at(self.input)
                .on_line(1)
                .remedy("name the column of the documents with --sequence"));
        }
        let sequence = self.given.sequence.or(self.usual_sequence);
        self.sequence = sequence
            .filter(|name| first.get(name).is_some())
            .map(str::to_owned);
        Ok(())
    }

    /// Whether a row belongs to the same document as the one before it.
    fn follows(&self, last: &Row, row: &Row) -> bool {
        self.sequence
            .as_deref()
            .is_some_and(|name| last.get(name) == row.get(name))
    }

    fn text_of<'r>(&self, row: &'r Row) -> &'r str {
        let name = self.text.as_deref().unwrap_or("text");
        row.get(name).map_or("", Value::as_str)
    }

    fn write<W: Write>(
        &self,
        documents: Vec<Vec<Row>>,
        tagger: &Tagger,
        writer: &mut TagWriter<'_, W>,
    ) -> Result<()> {
        let tagged: Vec<Vec<TaggedSentence>> = documents
            .par_iter()
            .map(|rows| self.tag(rows, tagger))
            .collect();
        for (row, sentence) in documents.iter().flatten().zip(tagged.iter().flatten()) {
            let fields: Vec<(String, String)> = row
                .fields
                .iter()
                .map(|(name, value)| (name.to_string(), value.as_str().to_owned()))
                .collect();
            writer.row(&fields, &self.article, sentence)?;
        }
        Ok(())
    }

    fn tag(&self, rows: &[Row], tagger: &Tagger) -> Vec<TaggedSentence> {
        let sentences: Vec<Sentence<'_>> = rows
            .iter()
            .map(|row| Sentence {
                text: self.text_of(row),
                paragraph: paragraph_of(row),
            })
            .collect();
        tagger
            .tag(&sentences)
            .into_iter()
            .zip(&sentences)
            .enumerate()
            .map(|(at, (tags, sentence))| TaggedSentence {
                paragraph: sentence.paragraph.max(1),
                number: at + 1,
                span: Span::new(0, sentence.text.len()),
                text: sentence::fold(sentence.text).into_owned(),
                tags: tags.tags,
                holder: tags.holder,
            })
            .collect()
    }
}

/// The column `paragraph`, as training reads it: quotations do not run on without it.
fn paragraph_of(row: &Row) -> usize {
    let number = row.get("paragraph").map(Value::as_str);
    number
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}
