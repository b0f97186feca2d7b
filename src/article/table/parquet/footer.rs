//! What a Parquet file says of itself at its end, and what is wrong with it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use ::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::{ColumnChunkMetaData, ParquetStatisticsPolicy, RowGroupMetaData};
use arrow_schema::{DataType, Field, FieldRef, Fields, Schema};

use super::nesting;
use crate::error::{Error, Result};

/// Columns in columns; programs that write Parquet stop at about a hundred.
const DEEPEST: usize = 256;
/// The bytes before the end that say how long the footer is, and which file this is.
const TAIL: i64 = 8;
const MAGIC: &[u8] = b"PAR1";
const ENCRYPTED: &[u8] = b"PARE";

/// The file, opened to be read here and there.
pub(super) fn open(path: &Path) -> Result<File> {
    let refused = |error| Error::io("cannot open", error).at(path);
    if !fs::metadata(path).map_err(refused)?.is_file() {
        let error = Error::input("Parquet is read from files, not from pipes or devices").at(path);
        return Err(error.remedy("save it as a file and name that"));
    }
    File::open(path).map_err(refused)
}

/// The footer by the types of Parquet alone: every text is one type, however the program that wrote
/// it held it in memory.
pub(super) fn read_plain(path: &Path) -> Result<ArrowReaderMetadata> {
    read(
        path,
        ArrowReaderOptions::new().with_skip_arrow_metadata(true),
    )
}

/// The footer.
pub(super) fn read(path: &Path, options: ArrowReaderOptions) -> Result<ArrowReaderMetadata> {
    let mut file = open(path)?;
    check_magic(&mut file, path)?;
    check_nesting(&mut file, path)?;
    let options = options.with_column_stats_policy(ParquetStatisticsPolicy::SkipAll);
    let footer = guarded(|| ArrowReaderMetadata::load(&file, options));
    let footer = footer.map_err(|error| damaged(error, path))?;
    let length = file.metadata().map_or(0, |about| about.len());
    check_places(&footer, length, path)?;
    Ok(footer)
}

/// Refuses what the reader would trust: columns that lie outside the file, or less than no rows.
fn check_places(footer: &ArrowReaderMetadata, length: u64, path: &Path) -> Result<()> {
    let groups = footer.metadata().row_groups();
    let lies_inside = |chunk: &ColumnChunkMetaData| {
        let start = chunk.dictionary_page_offset();
        let place = [
            start.unwrap_or(chunk.data_page_offset()),
            chunk.compressed_size(),
        ];
        let [start, size] = place.map(|number| u64::try_from(number).ok());
        let end = start
            .zip(size)
            .and_then(|(start, size)| start.checked_add(size));
        chunk.data_page_offset() >= 0 && end.is_some_and(|end| end <= length)
    };
    let is_sound =
        |group: &RowGroupMetaData| group.num_rows() >= 0 && group.columns().iter().all(lies_inside);
    match groups.iter().all(is_sound) {
        true => Ok(()),
        false => {
            let what = "a column lies outside the file".to_owned();
            Err(damaged(ParquetError::General(what), path))
        }
    }
}

/// The same footer with the types by which cells are read: texts as views of the decoded pages, so
/// that a page that names one long text a million times takes no more memory than it has, and times
/// with an offset for a zone, which need no list of zones to be spelt.
pub(super) fn by_cell_types(
    footer: ArrowReaderMetadata,
    path: &Path,
) -> Result<ArrowReaderMetadata> {
    let fields: Fields = footer.schema().fields().iter().map(as_cell).collect();
    let schema = Schema::new_with_metadata(fields, footer.schema().metadata().clone());
    let options = ArrowReaderOptions::new().with_schema(Arc::new(schema));
    ArrowReaderMetadata::try_new(footer.metadata().clone(), options)
        .map_err(|error| damaged(error, path))
}

fn as_cell(field: &FieldRef) -> FieldRef {
    let kind = match field.data_type() {
        DataType::Utf8 => DataType::Utf8View,
        DataType::Timestamp(unit, Some(_)) => DataType::Timestamp(*unit, Some("+00:00".into())),
        DataType::List(item) => DataType::List(as_cell(item)),
        DataType::Map(entry, sorted) => DataType::Map(as_cell(entry), *sorted),
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(as_cell).collect()),
        kind => kind.clone(),
    };
    Arc::new(Field::clone(field).with_data_type(kind))
}

fn check_magic(file: &mut File, path: &Path) -> Result<()> {
    let mut head = [0; MAGIC.len()];
    let mut tail = [0; MAGIC.len()];
    let read = file
        .read_exact(&mut head)
        .and_then(|()| file.seek(SeekFrom::End(-TAIL)))
        .and_then(|_| file.seek(SeekFrom::End(-(MAGIC.len() as i64))))
        .and_then(|_| file.read_exact(&mut tail));
    match read {
        Err(error) if is_too_short(&error) => return Err(not_parquet(path)),
        read => read.map_err(|error| Error::io("cannot read", error).at(path))?,
    }
    match (&head[..], &tail[..]) {
        (_, ENCRYPTED) => Err(encrypted(path)),
        (MAGIC, MAGIC) => Ok(()),
        (MAGIC, _) => Err(
            Error::input("this Parquet file is cut off: its end is missing")
                .at(path)
                .remedy("copy or write it again"),
        ),
        _ => Err(not_parquet(path)),
    }
}

/// Refuses columns that stand in one another deeper than any reader follows.
fn check_nesting(file: &mut File, path: &Path) -> Result<()> {
    let mut length = [0; 4];
    let mut footer = Vec::new();
    let read = file
        .seek(SeekFrom::End(-TAIL))
        .and_then(|_| file.read_exact(&mut length))
        .and_then(|()| file.seek(SeekFrom::End(-TAIL - i64::from(u32::from_le_bytes(length)))))
        .and_then(|_| file.read_to_end(&mut footer));
    match read {
        // The reader says that the footer is longer than the file.
        Err(error) if is_too_short(&error) => return Ok(()),
        read => read.map_err(|error| Error::io("cannot read", error).at(path))?,
    };
    match nesting::deepest(&footer) {
        Some(depth) if depth <= DEEPEST => Ok(()),
        Some(_) => Err(damaged(
            ParquetError::General("its columns are nested too deep".to_owned()),
            path,
        )),
        None => Err(damaged(
            ParquetError::General("its footer makes no sense".to_owned()),
            path,
        )),
    }
}

fn is_too_short(error: &io::Error) -> bool {
    // A place before the beginning is no place to go to.
    let kinds = [io::ErrorKind::UnexpectedEof, io::ErrorKind::InvalidInput];
    kinds.contains(&error.kind())
}

fn not_parquet(path: &Path) -> Error {
    Error::input("this is no Parquet file")
        .at(path)
        .remedy("give it the ending of what it is, such as .csv or .jsonl")
}

fn encrypted(path: &Path) -> Error {
    Error::input("this Parquet file is encrypted")
        .at(path)
        .remedy("decrypt it with the program that wrote it")
}

/// Refuses columns whose compression is not built in.
pub(super) fn check_codecs(
    footer: &ArrowReaderMetadata,
    leaves: &[usize],
    path: &Path,
) -> Result<()> {
    let groups = footer.metadata().row_groups().iter();
    let chunks = groups.flat_map(|group| leaves.iter().map(|&leaf| group.column(leaf)));
    for chunk in chunks {
        let codec = match chunk.compression() {
            Compression::BROTLI(_) => "Brotli",
            Compression::LZO => "LZO",
            _ => continue,
        };
        let column = chunk.column_path().string();
        return Err(Error::input(format!(
            "column `{column}` is compressed with {codec}, which is not read"
        ))
        .at(path)
        .remedy("save the file with Zstandard, Snappy, gzip, LZ4 or no compression"));
    }
    Ok(())
}

/// What the reader makes of a file. It meets some damage with a panic, which is not to be the end of
/// who called.
pub(super) fn guarded<T>(
    read: impl FnOnce() -> Result<T, ParquetError>,
) -> Result<T, ParquetError> {
    panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let what = "a page does not hold what it should".to_owned();
        Err(ParquetError::General(what))
    })
}

/// What the reader says of a file.
pub(super) fn damaged(error: ParquetError, path: &Path) -> Error {
    let what = match &error {
        ParquetError::General(what) | ParquetError::EOF(what) | ParquetError::ArrowError(what) => {
            what.clone()
        }
        error => error.to_string(),
    };
    if what.contains("ncrypted") {
        return encrypted(path);
    }
    let what = what.trim_start_matches("Parquet argument error: ");
    Error::input(format!("this Parquet file is damaged: {what}"))
        .at(path)
        .remedy("copy or write it again; if other programs read it, save it as CSV or JSONL")
}
