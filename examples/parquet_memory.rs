//! How much memory `stance tag` takes for Parquet files of different sizes.
//!
//! ```sh
//! cargo build --release --features parquet
//! cargo run --release --features parquet --example parquet_memory -- target/release/stance 10 500
//! ```
//!
//! For each size, in megabytes of text, it writes a table of invented sentences, has the program
//! tag it into another Parquet file, and prints the most memory that the program held (`VmHWM`,
//! so Linux only).
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::Arc;
use std::time::{Duration, Instant};

const SUBJECTS: [&str; 8] = [
    "The governments of Ostria and Vellmar",
    "Neither of the two ministers",
    "The shipowners of Castrane",
    "A majority of the islanders",
    "The commission on the canal",
    "Her predecessor at the ministry",
    "Those who drew up the first treaty",
    "The fishermen's union",
];
const VERBS: [&str; 8] = [
    "will sign",
    "has refused to discuss",
    "is said to support",
    "can no longer delay",
    "doubts that anybody will read",
    "has welcomed",
    "put off once more",
    "is close to accepting",
];
const OBJECTS: [&str; 8] = [
    "an agreement on the herring quota",
    "the plan that was presented on Friday",
    "a common administration of the lock",
    "the survey of the sea floor",
    "the exchange of prisoners",
    "what was left of the ceasefire",
    "the invitation to a second round",
    "the line that the arbitrators drew",
];
const ENDS: [&str; 8] = [
    "before the winter.",
    ", and no date has been set.",
    ", which nobody had expected.",
    "though prices have doubled since.",
    "; the rest is silence.",
    "in spite of the elections.",
    "for the third time in as many years.",
    ", as its spokesman told reporters in the harbour.",
];

/// Rows that are written at a time.
const ROWS: u64 = 10_000;

fn main() {
    let mut args = std::env::args().skip(1);
    let program = args.next().expect("the program and megabytes of text");
    println!(
        "{:>7} {:>10} {:>9} {:>9}",
        "MB text", "rows", "seconds", "peak MB"
    );
    for size in args {
        let folder = tempfile::tempdir_in(".").unwrap();
        let (rows, tagged) = (
            folder.path().join("rows.parquet"),
            folder.path().join("tagged.parquet"),
        );
        let count = write_rows(&rows, size.parse::<u64>().unwrap() << 20);
        let begun = Instant::now();
        let mut tag = Command::new(&program);
        tag.args(["tag", "--sentences"])
            .arg(&rows)
            .arg("-o")
            .arg(&tagged);
        let peak = peak_of(tag.spawn().unwrap());
        let seconds = begun.elapsed().as_secs_f64();
        println!("{size:>7} {count:>10} {seconds:>9.1} {peak:>9}");
    }
}

/// Writes rows until they have so many bytes of text; gives how many.
fn write_rows(path: &Path, bytes: u64) -> u64 {
    let (mut written, mut rows) = (0, 0);
    let mut writer: Option<ArrowWriter<File>> = None;
    while written < bytes {
        let numbers = rows..rows + ROWS;
        let texts: Vec<String> = numbers.clone().map(sentence).collect();
        written += texts.iter().map(|text| text.len() as u64).sum::<u64>();
        rows += ROWS;
        let ids = Int64Array::from_iter_values(numbers.map(|n| n as i64));
        let columns: [(&str, ArrayRef); 2] = [
            ("id", Arc::new(ids)),
            ("text", Arc::new(StringArray::from(texts))),
        ];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let writer = writer.get_or_insert_with(|| {
            ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), None).unwrap()
        });
        writer.write(&batch).unwrap();
    }
    writer.unwrap().close().unwrap();
    rows
}

/// How many different numbers sentences name: the tagger remembers the words it has met, and a number
/// of its own for each sentence would be a word for each.
const NUMBERS: u64 = 500;

/// One sentence of many: parts by the digits of its number.
fn sentence(number: u64) -> String {
    let part =
        |parts: [&'static str; 8], place: u32| parts[(number / 8_u64.pow(place) % 8) as usize];
    let (subject, verb) = (part(SUBJECTS, 0), part(VERBS, 1));
    let (object, end) = (part(OBJECTS, 2), part(ENDS, 3));
    let number = number % NUMBERS;
    format!("{subject} {verb} {object} of paragraph {number} {end}")
        .replace(" ,", ",")
        .replace(" ;", ";")
}

/// The most memory a process held until it ended, in megabytes.
fn peak_of(mut child: Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0_u64) >> 10);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            return peak;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
