//! Tagged sentences as Parquet, a row group at a time.

mod beside;
mod columns;

use super::Batches;
use super::record::{Fields, Record};
use super::{cannot_write, other_columns};
use crate::error::{Error, Result};
use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use arrow_array::RecordBatch;
use arrow_schema::{Schema, SchemaRef};
use beside::Beside;
use columns::TagColumns;
use std::io::{self, Write};
use std::sync::Arc;

/// Sentences that are held back until they are encoded together …
const ROWS: usize = 1024;
/// … or fewer, with so many bytes of text in all.
const BYTES: usize = 4 << 20;
/// A row group is written out once its encoded columns take so many bytes.
const ROW_GROUP_BYTES: usize = 16 << 20;

/// The writer, and the sentences that it has not been given yet.
pub(super) struct ParquetTags<W: Write + Send> {
    out: Option<W>,
    begun: Option<Begun<W>>,
}

/// What is known once the columns are.
struct Begun<W: Write + Send> {
    writer: ArrowWriter<W>,
    schema: SchemaRef,
    beside: Beside,
    tags: TagColumns,
}

impl<W: Write + Send> ParquetTags<W> {
    pub(super) fn new(out: W) -> Self {
        Self {
            out: Some(out),
            begun: None,
        }
    }

    /// Begins with the rows of the next table, and has the columns of one that has types written
    /// beside their tags.
    pub(super) fn carry(&mut self, table: Option<Batches>, fields: &Fields<'_>) -> Result<()> {
        match (&mut self.begun, table.map(Beside::carried)) {
            (None, None) => Ok(()),
            (None, Some(table)) => self.begin(table, fields).map(drop),
            (Some(begun), table) => begun.go_on_with(table),
        }
    }

    pub(super) fn write(&mut self, record: &Record<'_>) -> Result<()> {
        let begun = match &mut self.begun {
            Some(begun) => begun,
            None => self.begin(Beside::of(record), record.fields)?,
        };
        if !begun.beside.push(record) {
            return Err(other_columns());
        }
        begun.tags.push(record);
        match begun.tags.rows() >= ROWS || begun.beside.bytes() >= BYTES {
            true => begun.flush(),
            false => Ok(()),
        }
    }

    /// Writes what is held back and the end of the file.
    pub(super) fn finish(mut self, fields: &Fields<'_>) -> Result<()> {
        if self.begun.is_none() {
            self.begin(Beside::article(), fields)?;
        }
        let Some(mut begun) = self.begun else {
            return Ok(());
        };
        begun.flush()?;
        begun.writer.close().map(drop).map_err(refused)
    }

    fn begin(&mut self, beside: Beside, fields: &Fields<'_>) -> Result<&mut Begun<W>> {
        let mut columns = beside.fields();
        let taken: Vec<String> = columns.iter().map(|column| column.name().clone()).collect();
        let tags = TagColumns::new(fields);
        columns.extend(tags.fields(fields.predicted(&taken)));
        let schema = Arc::new(Schema::new_with_metadata(columns, beside.metadata()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(Default::default()))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .build();
        let out = self.out.take().ok_or_else(|| cannot_write(closed()))?;
        let writer =
            ArrowWriter::try_new(out, schema.clone(), Some(properties)).map_err(refused)?;
        Ok(self.begun.insert(Begun {
            writer,
            schema,
            beside,
            tags,
        }))
    }
}

impl<W: Write + Send> Begun<W> {
    /// Goes on with the rows of another table: one with types, or one without.
    fn go_on_with(&mut self, table: Option<Beside>) -> Result<()> {
        self.flush()?;
        match table {
            Some(table) if table.fields() == self.beside.fields() => self.beside = table,
            None if !self.beside.is_carried() => {}
            _ => return Err(other_columns()),
        }
        Ok(())
    }

    /// Encodes the sentences that are held back.
    fn flush(&mut self) -> Result<()> {
        let rows = self.tags.rows();
        let tags = self.tags.finish();
        let mut written = 0;
        while written < rows {
            let (beside, here) = self.beside.take(rows - written)?;
            let tags = tags.iter().map(|column| column.slice(written, here));
            let columns = beside.into_iter().chain(tags).collect();
            let batch = RecordBatch::try_new(self.schema.clone(), columns);
            let batch = batch.map_err(|error| refused(error.into()))?;
            self.writer.write(&batch).map_err(refused)?;
            if self.writer.in_progress_size() >= ROW_GROUP_BYTES {
                self.writer.flush().map_err(refused)?;
            }
            written += here;
        }
        Ok(())
    }
}

fn closed() -> io::Error {
    io::Error::other("it is closed already")
}

fn refused(error: ParquetError) -> Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => cannot_write(*error),
            Err(error) => not_writable(&error),
        },
        error => not_writable(&error),
    }
}

fn not_writable(error: &dyn std::fmt::Display) -> Error {
    Error::input(format!(
        "these columns cannot be written as Parquet: {error}"
    ))
    .remedy("write --format csv or jsonl")
}
