//! The program as a process: every command, on good input and on bad.
#![allow(clippy::unwrap_used)]

mod agree;
mod bad_input;
mod card;
mod chart;
mod check;
mod commands;
mod evaluate;
mod faults;
mod laws;
mod schemas;
mod terminal;

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The program, away from the environment's wishes about colour.
fn stance() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("stance"));
    command.env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1");
    command
}

/// A file of the project.
fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
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

const ARTICLE: &str = "Talks on the strait resume\n\nBy Edda Holm\n\n\
The two governments are close to an agreement on the strait. The minister said that a treaty \
could be signed before the summer. There is, however, no sign of progress on the islands.\n\n\
Trade between the two countries has grown. Nothing suggests that either side will give way.\n";

/// Sixty sentences by six authors under labels of their own.
fn labels() -> String {
    let mut table = String::from("text,topic,author\n");
    let openings = ["The", "A", "Her", "His", "Our"];
    for author in 0..6 {
        for opening in openings {
            table += &format!(
                "\"{opening} goalkeeper saved the match, number {author}.\",sport,author {author}\n"
            );
            table += &format!(
                "\"{opening} parliament passed the budget, number {author}.\",politics,author {author}\n"
            );
        }
    }
    table
}

/// A model trained on [`labels`], made once.
fn small_model() -> &'static [u8] {
    static MODEL: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let folder = Folder::new();
        let labels = folder.file("labels.csv", labels());
        let model = folder.path("model.safetensors");
        stance()
            .arg("train")
            .arg(labels)
            .args(["--label", "topic", "-o"])
            .arg(&model)
            .assert()
            .success();
        std::fs::read(model).unwrap()
    });
    &MODEL
}
