//! Columns of Arrow tables that hold ready sentences.

use crate::error::OrRaise;
use crate::rows::{Limits, Rows};
use crate::tag_columns::TagColumns;
use crate::texts::{Cell, cells, decoded, printed};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, Field, Schema, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use stance::article::table::{Row, Value};
use stance::error::{Error, Result};
use stance::tagger::{RowColumns, Tagger};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Record batches of one schema, one after the other.
pub struct Batches {
    pub batches: Vec<RecordBatch>,
    pub schema: SchemaRef,
}

/// Which columns are named by the user; the others are found.
#[derive(Debug, Clone, Default)]
pub struct Named {
    pub text: Option<String>,
    pub sequence: Option<String>,
}

impl Batches {
    /// All columns, and those of the tags beside them.
    pub fn tag(
        &self,
        py: Python<'_>,
        tagger: &Tagger,
        named: &Named,
        limits: Limits,
    ) -> PyResult<Self> {
        let names = self.names();
        let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
        let (text, sequence) = (named.text.as_deref(), named.sequence.as_deref());
        let columns = RowColumns::find(text, sequence, tagger.about(), &borrowed).or_raise(py)?;
        let texts = self.column(&columns.text)?;
        let sequence = columns.sequence.as_deref();
        let sequence = sequence.map(|name| self.column(name)).transpose()?;
        let paragraphs = self.has("paragraph").then(|| self.column("paragraph"));
        let paragraphs = paragraphs.transpose()?;

        let found: Vec<Cell<'_>> = texts.iter().flat_map(|array| cells(array)).collect();
        let keys = sequence.as_deref().map(all_printed).transpose()?;
        let mut rows = Rows::new(found, keys.as_deref(), limits);
        if let Some(paragraphs) = &paragraphs {
            let numbers = all_printed(paragraphs)?.into_iter();
            let numbers = numbers.map(|number| number.trim().parse().unwrap_or(0));
            rows = rows.in_paragraphs(numbers.collect());
        }
        let tags = TagColumns::new(tagger.codebook(), &names, limits.on_bad);
        let schema = self.schema_with(tags.fields());
        let mut batches = Vec::new();
        rows.tag(py, tagger, |range, tagged| {
            let arrays = tags.arrays(tagged);
            batches.extend(self.beside(range, &arrays, &schema)?);
            Ok(())
        })?;
        Ok(Self { batches, schema })
    }

    /// The rows as the library reads those of a file; an empty cell for null.
    pub fn rows(&self) -> impl Iterator<Item = Result<Row>> + '_ {
        let mut line = 0;
        self.batches
            .iter()
            .flat_map(printed_rows)
            .map(move |cells| {
                line += 1;
                let names = self
                    .schema
                    .fields()
                    .iter()
                    .map(|field| field.name().clone());
                let cells = cells.map_err(|error| Error::input(error.to_string()))?;
                let values = cells.into_iter().map(Value::Text);
                Ok(Row {
                    line,
                    fields: names.zip(values).collect(),
                })
            })
    }

    /// The rows in JSON, nulls left out.
    pub fn as_json(&self) -> Result<Vec<u8>> {
        let unwritable = |error: ArrowError| Error::input(error.to_string());
        let mut writer = arrow_json::LineDelimitedWriter::new(Vec::new());
        let batches: Vec<&RecordBatch> = self.batches.iter().collect();
        writer.write_batches(&batches).map_err(unwritable)?;
        writer.finish().map_err(unwritable)?;
        Ok(writer.into_inner())
    }

    fn names(&self) -> Vec<String> {
        let fields = self.schema.fields().iter();
        fields.map(|field| field.name().clone()).collect()
    }

    fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// Upper and lower case are the same, as in the tables that the command line reads.
    fn position(&self, name: &str) -> Option<usize> {
        let mut fields = self.schema.fields().iter();
        fields.position(|field| field.name().eq_ignore_ascii_case(name))
    }

    fn column(&self, name: &str) -> PyResult<Vec<ArrayRef>> {
        let at = self.position(name);
        let at = at.ok_or_else(|| PyValueError::new_err(format!("no column `{name}`")))?;
        let columns = self.batches.iter().map(|batch| decoded(batch.column(at)));
        columns.collect::<Result<_, _>>().map_err(arrow_failed)
    }

    fn schema_with(&self, fields: Vec<Field>) -> SchemaRef {
        let own = self.schema.fields().iter().cloned();
        let fields: Vec<_> = own.chain(fields.into_iter().map(Arc::new)).collect();
        let metadata = self.schema.metadata().clone();
        Arc::new(Schema::new_with_metadata(fields, metadata))
    }

    /// The rows of that range with other columns beside their own, batch by batch.
    fn beside(
        &self,
        range: Range<usize>,
        beside: &[ArrayRef],
        schema: &SchemaRef,
    ) -> PyResult<Vec<RecordBatch>> {
        let mut begin = 0;
        let mut joined = Vec::new();
        for batch in &self.batches {
            let end = begin + batch.num_rows();
            let rows = range.start.max(begin)..range.end.min(end);
            if !rows.is_empty() {
                let own = batch.slice(rows.start - begin, rows.len());
                let others = beside.iter();
                let others = others.map(|array| array.slice(rows.start - range.start, rows.len()));
                let columns = own.columns().iter().cloned().chain(others).collect();
                joined.push(RecordBatch::try_new(schema.clone(), columns).map_err(arrow_failed)?);
            }
            begin = end;
        }
        Ok(joined)
    }
}

/// The cells of each row.
fn printed_rows(batch: &RecordBatch) -> Vec<Result<Vec<String>, ArrowError>> {
    let columns = batch.columns().iter().map(|column| {
        let column = decoded(column)?;
        let cells = printed(&column)?.into_iter().map(Cow::into_owned);
        Ok(cells.collect::<Vec<String>>().into_iter())
    });
    let mut columns = match columns.collect::<Result<Vec<_>, _>>() {
        Ok(columns) => columns,
        Err(error) => return vec![Err(error)],
    };
    let row = |_| Ok(columns.iter_mut().filter_map(Iterator::next).collect());
    (0..batch.num_rows()).map(row).collect()
}

fn all_printed(arrays: &[ArrayRef]) -> PyResult<Vec<Cow<'_, str>>> {
    let mut all = Vec::new();
    for array in arrays {
        all.extend(printed(array).map_err(arrow_failed)?);
    }
    Ok(all)
}

/// What Arrow refuses.
pub fn arrow_failed(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
