use std::path::{Path, PathBuf};

use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use ::parquet::file::metadata::RowGroupMetaData;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::SchemaRef;

use super::footer;
use crate::error::Result;

/// The most rows that are decoded at a time …
const ROWS: u64 = 1024;
/// … and fewer, where by what the file says of itself they would be more bytes than this.
const BYTES: u64 = 4 << 20;

/// The rows of a Parquet file, some at a time, in order.
pub struct Batches {
    path: PathBuf,
    schema: SchemaRef,
    /// Gone after an error, behind which nothing can be read.
    reader: Option<ParquetRecordBatchReader>,
}

impl Batches {
    /// All columns of a file, with the types that it declares.
    pub(super) fn whole(path: &Path) -> Result<Self> {
        let footer = footer::read(path, ArrowReaderOptions::new())?;
        let all = vec![true; footer.schema().fields().len()];
        Self::open(path, &footer, &all)
    }

    /// The columns of a file that are wanted.
    pub(super) fn open(path: &Path, footer: &ArrowReaderMetadata, wanted: &[bool]) -> Result<Self> {
        let columns = footer.parquet_schema();
        let roots = (0..wanted.len()).filter(|&root| wanted[root]);
        let mask = ProjectionMask::roots(columns, roots);
        let leaves: Vec<usize> = (0..columns.num_columns())
            .filter(|&leaf| mask.leaf_included(leaf))
            .collect();
        footer::check_codecs(footer, &leaves, path)?;
        let file = footer::open(path)?;
        let groups = footer.metadata().row_groups();
        let rows = groups.iter().map(|group| rows_at_a_time(group, &leaves));
        let rows = rows.min().unwrap_or(ROWS);
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, footer.clone())
            .with_projection(mask)
            .with_batch_size(usize::try_from(rows).unwrap_or(1));
        let reader = footer::guarded(|| builder.build());
        let reader = reader.map_err(|error| footer::damaged(error, path))?;
        Ok(Self {
            path: path.to_path_buf(),
            schema: reader.schema(),
            reader: Some(reader),
        })
    }

    /// The columns.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.reader.as_mut()?;
        match footer::guarded(|| Ok(reader.next().transpose()?)) {
            Ok(batch) => batch.map(Ok),
            Err(error) => {
                self.reader = None;
                Some(Err(footer::damaged(error, &self.path)))
            }
        }
    }
}

/// How many rows of a row group are decoded at a time, so that long rows are few.
fn rows_at_a_time(group: &RowGroupMetaData, leaves: &[usize]) -> u64 {
    let sizes = leaves
        .iter()
        .map(|&leaf| group.column(leaf).uncompressed_size());
    let bytes = sizes.fold(0_u64, |sum, size| {
        sum.saturating_add(u64::try_from(size).unwrap_or(0))
    });
    let rows = u64::try_from(group.num_rows()).unwrap_or(0);
    (rows.saturating_mul(BYTES) / bytes.max(1)).clamp(1, ROWS)
}
