//! Tables of ready sentences: one row is one sentence, tagged in the company of its document.

use super::progress::Progress;
use crate::article::source::open_rows;
use crate::article::table::{Row, Rows, Value};
use crate::article::{Article, Span};
use crate::error::Result;
use crate::report::tags::TagWriter;
use crate::sentence;
use crate::tagger::{About, RowColumns, Sentence, TaggedSentence, Tagger};
use rayon::prelude::*;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Rows that are tagged at a time.
const BATCH_ROWS: usize = 8192;

/// Which columns matter; what is `None` is found.
pub(super) struct GivenColumns<'a> {
    pub text: Option<&'a str>,
    pub sequence: Option<&'a str>,
}

/// Tags all rows of the tables and writes them in order.
pub(super) fn tag_rows<W: Write + Send>(
    inputs: &[PathBuf],
    columns: &GivenColumns<'_>,
    tagger: &Tagger,
    writer: &mut TagWriter<'_, W>,
) -> Result<()> {
    let progress = Progress::counting("rows");
    for input in inputs {
        let mut table = Table::new(input, columns, tagger);
        let mut documents: Vec<Vec<Row>> = Vec::new();
        let mut waiting = 0;
        let mut rows = open_rows(input, &super::tagging::read_options())?;
        if let Some(header) = rows.header() {
            table.settle(&header)?;
        }
        table.prepare(&mut rows, writer)?;
        let mut write = |documents: &mut Vec<Vec<Row>>, table: &Table<'_>| -> Result<()> {
            let documents = std::mem::take(documents);
            progress.add(documents.iter().map(Vec::len).sum());
            table.write(documents, tagger, writer)
        };
        for row in rows {
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
    given: &'a GivenColumns<'a>,
    about: &'a About,
    article: Article,
    columns: Option<RowColumns>,
}

impl<'a> Table<'a> {
    fn new(input: &'a Path, given: &'a GivenColumns<'a>, tagger: &'a Tagger) -> Self {
        Self {
            input,
            given,
            about: tagger.about(),
            article: Article {
                source: input.display().to_string(),
                ..Article::default()
            },
            columns: None,
        }
    }

    /// Decides by the first row which columns are read.
    fn settle(&mut self, first: &Row) -> Result<()> {
        if self.columns.is_none() {
            let GivenColumns { text, sequence } = *self.given;
            let names: Vec<&str> = first.fields.iter().map(|(name, _)| &**name).collect();
            let found = RowColumns::find(text, sequence, self.about, &names)
                .map_err(|error| error.at(self.input).on_line(1))?;
            self.columns = Some(found);
        }
        Ok(())
    }

    /// Has the columns of a table with types written as they are, and no more of them read as
    /// cells than the tags and the output take.
    fn prepare<W: Write + Send>(
        &self,
        rows: &mut Rows,
        writer: &mut TagWriter<'_, W>,
    ) -> Result<()> {
        let carried = match writer.carries_types() {
            true => rows.batches()?,
            false => None,
        };
        if let Some(RowColumns { text, sequence }) = &self.columns {
            rows.demand_text(text)?;
            if carried.is_some() || !writer.writes_rows() {
                let sequence = sequence.as_deref().into_iter();
                let needed = sequence.chain([&**text, PARAGRAPH]);
                rows.read_only(&needed.collect::<Vec<_>>());
            }
        }
        let begun = writer.carry(carried);
        begun.map_err(|error| error.or_at(self.input))
    }

    /// Whether a row belongs to the same document as the one before it.
    fn follows(&self, last: &Row, row: &Row) -> bool {
        let sequence = self
            .columns
            .as_ref()
            .and_then(|found| found.sequence.as_deref());
        sequence.is_some_and(|name| last.get(name) == row.get(name))
    }

    fn text_of<'r>(&self, row: &'r Row) -> &'r str {
        let name = self.columns.as_ref().map_or("text", |found| &found.text);
        row.get(name).map_or("", Value::as_str)
    }

    fn write<W: Write + Send>(
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

/// The paragraph of a sentence, as training reads it: quotations do not run on without it.
const PARAGRAPH: &str = "paragraph";

fn paragraph_of(row: &Row) -> usize {
    let number = row.get(PARAGRAPH).map(Value::as_str);
    number
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}
