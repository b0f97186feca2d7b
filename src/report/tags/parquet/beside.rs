use super::super::record::{ARTICLE, Record};
use crate::article::table::Batches;
use crate::error::{Error, Result};
use arrow_array::builder::{Date32Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, FieldRef, SchemaRef};
use jiff::civil::{Date, date};
use std::collections::HashMap;
use std::sync::Arc;

/// The columns beside the predicted ones, with the rows that are held back.
pub(super) enum Beside {
    /// Those of a table with types, which gives its own rows.
    Carried {
        table: Box<Batches>,
        schema: SchemaRef,
        /// What is left of the rows that were read last.
        left: Option<RecordBatch>,
    },
    /// Those of a table without types.
    Cells {
        names: Vec<String>,
        columns: Vec<StringBuilder>,
        bytes: usize,
    },
    /// Those that say which article a sentence is from.
    Article(Box<ArticleColumns>),
}

/// The columns `article` to `text`.
#[derive(Default)]
pub(super) struct ArticleColumns {
    article: StringBuilder,
    title: StringBuilder,
    authors: StringBuilder,
    date: Date32Builder,
    paragraph: Int64Builder,
    sentence: Int64Builder,
    start: Int64Builder,
    end: Int64Builder,
    text: StringBuilder,
    bytes: usize,
}

impl Beside {
    pub(super) fn carried(table: Batches) -> Self {
        Self::Carried {
            schema: table.schema(),
            table: Box::new(table),
            left: None,
        }
    }

    pub(super) fn article() -> Self {
        Self::Article(Box::default())
    }

    /// Those that a sentence comes with.
    pub(super) fn of(record: &Record<'_>) -> Self {
        let Some(row) = record.row else {
            return Self::article();
        };
        Self::Cells {
            names: row.iter().map(|(name, _)| name.clone()).collect(),
            columns: row.iter().map(|_| StringBuilder::new()).collect(),
            bytes: 0,
        }
    }

    /// Whether it gives its own rows.
    pub(super) fn is_carried(&self) -> bool {
        matches!(self, Self::Carried { .. })
    }

    pub(super) fn fields(&self) -> Vec<FieldRef> {
        let field = |name: &str, kind| Arc::new(Field::new(name, kind, true));
        match self {
            Self::Carried { schema, .. } => schema.fields().iter().cloned().collect(),
            Self::Cells { names, .. } => {
                let names = names.iter();
                names.map(|name| field(name, DataType::Utf8)).collect()
            }
            Self::Article(_) => {
                let kind = |name: &str| match name {
                    "date" => DataType::Date32,
                    "paragraph" | "sentence" | "start" | "end" => DataType::Int64,
                    _ => DataType::Utf8,
                };
                let names = ARTICLE.iter();
                names.map(|name| field(name, kind(name))).collect()
            }
        }
    }

    /// What the table says of itself as a whole.
    pub(super) fn metadata(&self) -> HashMap<String, String> {
        match self {
            Self::Carried { schema, .. } => schema.metadata().clone(),
            Self::Cells { .. } | Self::Article(_) => HashMap::default(),
        }
    }

    /// Holds a sentence's columns; `false` if they are others than before.
    pub(super) fn push(&mut self, record: &Record<'_>) -> bool {
        match self {
            Self::Carried { .. } => {}
            Self::Cells {
                names,
                columns,
                bytes,
            } => {
                let row = record.row.unwrap_or_default();
                if !names.iter().eq(row.iter().map(|(name, _)| name)) {
                    return false;
                }
                for (column, (_, cell)) in columns.iter_mut().zip(row) {
                    column.append_value(cell);
                    *bytes += cell.len();
                }
            }
            Self::Article(_) if record.row.is_some() => return false,
            Self::Article(columns) => columns.push(record),
        }
        true
    }

    /// How many bytes of text are held.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Carried { .. } => 0,
            Self::Cells { bytes, .. } => *bytes,
            Self::Article(columns) => columns.bytes,
        }
    }

    /// The columns of the next rows, at most so many, and how many they are.
    pub(super) fn take(&mut self, most: usize) -> Result<(Vec<ArrayRef>, usize)> {
        match self {
            Self::Carried { table, left, .. } => {
                let batch = match left.take() {
                    Some(batch) => batch,
                    None => next_batch(table)?,
                };
                let here = most.min(batch.num_rows());
                let rest = batch.num_rows() - here;
                *left = (rest > 0).then(|| batch.slice(here, rest));
                Ok((batch.slice(0, here).columns().to_vec(), here))
            }
            Self::Cells { columns, bytes, .. } => {
                *bytes = 0;
                let columns = columns.iter_mut();
                let columns = columns.map(|column| Arc::new(column.finish()) as ArrayRef);
                Ok((columns.collect(), most))
            }
            Self::Article(columns) => Ok((columns.finish(), most)),
        }
    }
}

/// The next rows of a table that has some.
fn next_batch(table: &mut Batches) -> Result<RecordBatch> {
    loop {
        match table.next() {
            Some(Ok(batch)) if batch.num_rows() == 0 => {}
            Some(batch) => return batch,
            None => {
                let error = Error::input("the table has lost rows while it was read");
                return Err(error.remedy("run it again when nothing writes to the table"));
            }
        }
    }
}

impl ArticleColumns {
    fn push(&mut self, record: &Record<'_>) {
        let sentence = record.sentence;
        let number = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
        let article = record.article;
        self.article.append_option(article.map(|a| &a.source));
        self.title
            .append_option(article.and_then(|a| a.title.as_ref()));
        self.authors
            .append_option(article.map(|a| a.authors.join("; ")));
        let day = article.and_then(|a| a.date).and_then(day);
        self.date.append_option(day);
        self.paragraph.append_value(number(sentence.paragraph));
        self.sentence.append_value(number(sentence.number));
        self.start.append_value(number(sentence.span.start));
        self.end.append_value(number(sentence.span.end));
        self.text.append_value(&sentence.text);
        self.bytes += sentence.text.len();
    }

    /// Hands the columns out, in the order of [`ARTICLE`].
    fn finish(&mut self) -> Vec<ArrayRef> {
        self.bytes = 0;
        vec![
            Arc::new(self.article.finish()),
            Arc::new(self.title.finish()),
            Arc::new(self.authors.finish()),
            Arc::new(self.date.finish()),
            Arc::new(self.paragraph.finish()),
            Arc::new(self.sentence.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.text.finish()),
        ]
    }
}

/// Days since 1970.
fn day(of: Date) -> Option<i32> {
    let since = date(1970, 1, 1).until(of).ok()?;
    Some(since.get_days())
}
