//! Parquet rows: row groups decoded page by page, and of their columns only those that are wanted.

mod batches;
mod cell;
mod footer;
mod nesting;

use std::path::{Path, PathBuf};

use ::parquet::arrow::arrow_reader::ArrowReaderMetadata;
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;

pub use batches::Batches;
use cell::value;

use super::{Failure, Row, TableSettings, Value};
use crate::error::{Error, Result};

/// A Parquet file and how far it has been read.
pub(super) struct Parquet {
    path: PathBuf,
    footer: ArrowReaderMetadata,
    /// Which columns are decoded; the cells of the others stay empty.
    wanted: Vec<bool>,
    /// The column that must hold a text in every row.
    text: Option<usize>,
    limit: usize,
    batches: Option<Batches>,
    batch: Option<RecordBatch>,
    /// The next row of the batch.
    next: usize,
    /// The rows given so far.
    row: u64,
}

impl Parquet {
    /// Reads what the file says of itself, and no row yet.
    pub(super) fn open(path: &Path, settings: TableSettings) -> Result<Self> {
        let footer = footer::by_cell_types(footer::read_plain(path)?, path)?;
        Ok(Self {
            path: path.to_path_buf(),
            wanted: vec![true; footer.schema().fields().len()],
            footer,
            text: None,
            limit: settings.max_row_bytes,
            batches: None,
            batch: None,
            next: 0,
            row: 0,
        })
    }

    /// A row that has the names of the columns and nothing in them.
    pub(super) fn header(&self) -> Row {
        let fields = self.footer.schema().fields().iter();
        let empty = |name: &String| (name.clone(), Value::Text(String::new()));
        Row {
            line: 1,
            fields: fields.map(|field| empty(field.name())).collect(),
        }
    }

    pub(super) fn read_only(&mut self, columns: &[&str]) {
        let fields = self.footer.schema().fields().iter();
        let is_wanted = |name: &String| columns.iter().any(|c| c.eq_ignore_ascii_case(name));
        self.wanted = fields.map(|field| is_wanted(field.name())).collect();
    }

    pub(super) fn demand_text(&mut self, column: &str) -> Result<()> {
        let fields = self.footer.schema().fields();
        let mut found = fields.iter().enumerate();
        self.text = found
            .find(|(_, field)| field.name().eq_ignore_ascii_case(column))
            .map(|(at, _)| at);
        match self.text.map(|at| &fields[at]) {
            Some(field) if *field.data_type() != DataType::Utf8View => Err(Error::input(format!(
                "column `{}` is of type {}, not text",
                field.name(),
                field.data_type()
            ))
            .at(&self.path)
            .remedy("name the column of the texts, or save this one as text in UTF-8")),
            _ => Ok(()),
        }
    }

    /// The next row; `None` at the end of the file.
    pub(super) fn read(&mut self) -> Result<Option<Row>, Failure> {
        let Some(batch) = self.unread_batch().map_err(Failure::Table)? else {
            return Ok(None);
        };
        let at = self.next;
        self.next += 1;
        self.row += 1;
        self.row_of(&batch, at).map(Some).map_err(Failure::Row)
    }

    /// The file once more, from its beginning: all columns, with the types that it declares.
    pub(super) fn whole(&self) -> Result<Batches> {
        Batches::whole(&self.path)
    }

    /// The batch that holds the next row.
    fn unread_batch(&mut self) -> Result<Option<RecordBatch>> {
        loop {
            match &self.batch {
                Some(batch) if self.next < batch.num_rows() => return Ok(Some(batch.clone())),
                _ => {}
            }
            let batches = match &mut self.batches {
                Some(batches) => batches,
                None => {
                    let batches = Batches::open(&self.path, &self.footer, &self.wanted)?;
                    self.batches.insert(batches)
                }
            };
            self.next = 0;
            self.batch = batches.next().transpose()?;
            if self.batch.is_none() {
                return Ok(None);
            }
        }
    }

    fn row_of(&self, batch: &RecordBatch, at: usize) -> Result<Row> {
        let fields = batch.schema_ref().fields();
        let mut columns = fields.iter().zip(batch.columns());
        let mut row = self.header();
        row.line = self.row;
        let mut bytes = 0;
        let cells = row.fields.iter_mut().map(|(_, cell)| cell).enumerate();
        let decoded = cells.filter(|(place, _)| self.wanted[*place]);
        for ((place, cell), (field, column)) in decoded.zip(&mut columns) {
            if self.text == Some(place) && column.is_null(at) {
                return Err(self.no_text(field.name()));
            }
            *cell = value(field, column, at).map_err(|error| self.error(error.to_string()))?;
            bytes += cell.as_str().len();
        }
        match bytes > self.limit {
            true => Err(self.too_long()),
            false => Ok(row),
        }
    }

    /// An error in the row last read.
    fn error(&self, what: impl Into<String>) -> Error {
        Error::input(what).at(&self.path).on_line(self.row)
    }

    fn no_text(&self, column: &str) -> Error {
        self.error(format!("no text in this row: `{column}` is null"))
            .remedy("fill it in, or leave such rows out")
    }

    fn too_long(&self) -> Error {
        self.error(format!("a row of more than {} bytes", self.limit))
            .remedy("give every article a row of its own")
    }
}
