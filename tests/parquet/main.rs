//! Parquet in and out: the same tags and models as from CSV, and every bad file's message.
#![allow(clippy::unwrap_used)]

mod articles;
mod bad_files;
mod hostile;
mod table;
mod tag;
mod train;

use assert_cmd::Command;
use std::path::{Path, PathBuf};

/// The program, away from the environment's wishes about colour.
fn stance() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("stance"));
    command.env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1");
    command
}

/// What a command that must succeed prints.
fn output_of(command: &mut Command) -> String {
    let output = command.assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

/// A folder for one test's files.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// The first rows of the shipped labels, as text.
fn shipped_labels(rows: usize) -> String {
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/labels.csv");
    let mut reader = csv::Reader::from_path(labels).unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    for row in reader.records().take(rows) {
        writer.write_record(&row.unwrap()).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}
