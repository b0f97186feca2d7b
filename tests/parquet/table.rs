//! Parquet files, made and read with nothing but the library that defines them.

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

pub fn texts<'t>(values: impl IntoIterator<Item = &'t str>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

/// A table of columns that may hold nulls.
pub fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, column)| Field::new(*name, column.data_type().clone(), true))
        .collect();
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
}

pub fn write(path: &Path, table: &RecordBatch) {
    write_with(path, table, WriterProperties::builder().build());
}

pub fn write_with(path: &Path, table: &RecordBatch, properties: WriterProperties) {
    let file = File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, table.schema(), Some(properties)).unwrap();
    writer.write(table).unwrap();
    writer.close().unwrap();
}

/// A CSV table with all its cells as texts, in row groups of so many rows.
pub fn write_csv(path: &Path, table: &str, properties: WriterProperties) {
    write_with(path, &of_csv(table), properties);
}

pub fn of_csv(table: &str) -> RecordBatch {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |at: usize| texts(rows.iter().map(move |row| &row[at]));
    batch(names.iter().zip((0..).map(column)).collect())
}

/// All rows of a file, in one batch.
pub fn read(path: &Path) -> RecordBatch {
    let file = File::open(path).unwrap();
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let reader = builder.with_batch_size(1 << 20).build().unwrap();
    let schema = arrow_array::RecordBatchReader::schema(&reader);
    let mut batches: Vec<RecordBatch> = reader.map(Result::unwrap).collect();
    assert!(batches.len() < 2);
    batches
        .pop()
        .unwrap_or_else(|| RecordBatch::new_empty(schema))
}

pub fn names(table: &RecordBatch) -> Vec<String> {
    let schema = table.schema();
    schema.fields().iter().map(|f| f.name().clone()).collect()
}

pub fn strings<'t>(table: &'t RecordBatch, column: &str) -> Vec<Option<&'t str>> {
    let column = table.column_by_name(column).unwrap();
    column.as_string::<i32>().iter().collect()
}

/// Overwrites what a file holds of a column with bytes that are nothing.
pub fn spoil(path: &Path, column: &str) {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let mut bytes = std::fs::read(path).unwrap();
    let mut spoilt = 0;
    for group in reader.metadata().row_groups() {
        for chunk in group.columns() {
            if chunk.column_path().string() == column {
                let (start, length) = chunk.byte_range();
                bytes[start as usize..(start + length) as usize].fill(0xff);
                spoilt += 1;
            }
        }
    }
    assert!(spoilt > 0);
    std::fs::write(path, bytes).unwrap();
}
