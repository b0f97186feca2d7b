//! Files with any bytes changed: an error or rows, never the end of the program. (The library that
//! decodes pages may say on standard error that it panicked; that is caught.)

use super::Folder;
use super::table::{batch, texts, write_with};
use arrow_array::Int64Array;
use parquet::basic::Compression;
use parquet::file::properties::{WriterProperties, WriterVersion};
use proptest::prelude::*;
use stance::article::source::{ReadOptions, open_rows};
use std::sync::{Arc, LazyLock};

fn file(properties: WriterProperties) -> Vec<u8> {
    let folder = Folder::new();
    let path = folder.path("rows.parquet");
    let texts = texts(["Talks failed.", "A deal is close.", "Talks failed."].repeat(7));
    let numbers = Arc::new((0..21).collect::<Int64Array>());
    let table = batch(vec![("text", texts), ("number", numbers)]);
    write_with(&path, &table, properties);
    std::fs::read(path).unwrap()
}

static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let plain = WriterProperties::builder().set_dictionary_enabled(false);
    let packed = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_writer_version(WriterVersion::PARQUET_2_0);
    let zstd = WriterProperties::builder()
        .set_compression(Compression::ZSTD(Default::default()))
        .set_max_row_group_row_count(Some(8));
    vec![
        file(plain.build()),
        file(packed.build()),
        file(zstd.build()),
    ]
});

fn read_all(bytes: &[u8]) {
    let folder = Folder::new();
    let path = folder.file("rows.parquet", bytes);
    if let Ok(rows) = open_rows(&path, &ReadOptions::default()) {
        let _ = rows.take(1000).filter(Result::is_ok).count();
    }
}

/// A file without rows, whose columns stand in one another.
fn nested(depth: u16) -> Vec<u8> {
    let column = b"\x35\x00\x18\x01a\x15\x02\x00".repeat(usize::from(depth) - 2);
    let footer = [
        &b"\x15\x02\x19\xfc"[..],
        &[
            depth as u8 | 0x80,
            (depth >> 7) as u8 | 0x80,
            (depth >> 14) as u8,
        ],
        b"\x48\x01a\x15\x02\x00",
        &column,
        b"\x15\x02\x25\x00\x18\x01a\x00",
        b"\x16\x00\x19\x0c\x00",
    ]
    .concat();
    let length = (footer.len() as u32).to_le_bytes();
    [b"PAR1", &footer[..], &length, b"PAR1"].concat()
}

#[test]
fn columns_in_columns() {
    let folder = Folder::new();
    let open = |depth| {
        open_rows(
            &folder.file("rows.parquet", nested(depth)),
            &ReadOptions::default(),
        )
    };
    assert_eq!(open(200).unwrap().count(), 0);
    let error = open(60_000).err().unwrap();
    assert!(error.to_string().contains("nested too deep"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn changed_bytes(
        which in 0_usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = FILES[which].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_all(&bytes);
    }

    #[test]
    fn cut_files(which in 0_usize..3, at in any::<prop::sample::Index>()) {
        let bytes = FILES[which].clone();
        read_all(&bytes[..at.index(bytes.len())]);
    }
}
