//! The pages that the program writes, in a real browser; see `tests/browser/`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names the browser; without it, the first of [`BROWSERS`] that runs.
const CHROMIUM: &str = "STANCE_CHROMIUM";
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The browser, or why the tests are skipped.
fn browser() -> Result<PathBuf, String> {
    let wish = std::env::var_os(CHROMIUM);
    let names = wish.map_or_else(|| BROWSERS.map(OsString::from).to_vec(), |name| vec![name]);
    if !runs(Command::new("node").arg("--version")) {
        return Err("there is no node".into());
    }
    if !folder().join("node_modules").is_dir() {
        return Err("run `npm ci` in tests/browser first".into());
    }
    let found = names.iter().find_map(|name| on_path(name));
    found.ok_or_else(|| format!("there is no Chromium; {CHROMIUM} may name one"))
}

fn runs(command: &mut Command) -> bool {
    command.output().is_ok_and(|found| found.status.success())
}

/// The program of that name or path.
fn on_path(name: &OsString) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path);
    folders
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

fn folder() -> PathBuf {
    project("tests/browser")
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Pages for one file of tests.
struct Pages(tempfile::TempDir);

impl Pages {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs the program on the inputs and keeps what it writes.
    fn stance(&self, arguments: &[&str], inputs: &[PathBuf], output: &str) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("stance"));
        command.args(arguments).args(inputs);
        command.arg("--output").arg(self.path(output));
        let done = command.output().unwrap();
        let words = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{words}");
    }

    /// Runs the tests of a file of `tests/browser/` on these pages.
    fn test(&self, browser: &Path, file: &str) {
        let done = Command::new("node")
            .arg("--test")
            .arg(folder().join(file))
            .env(CHROMIUM, browser)
            .env("STANCE_PAGES", self.0.path())
            .env("STANCE_PROGRAM", assert_cmd::cargo::cargo_bin!("stance"))
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "{words}");
        println!("{words}");
    }
}

#[test]
fn reports_work_in_a_browser() {
    let browser = match browser() {
        Ok(browser) => browser,
        Err(why) => return println!("skipped: {why}"),
    };
    let pages = Pages::new();
    let examples = [project("data/examples")];
    pages.stance(&["report", "--format", "html"], &examples, "examples.html");
    pages.test(&browser, "report.test.js");
}

/// Each file starts the program itself, and reads and labels as a person would.
fn labelling(file: &str) {
    match browser() {
        Ok(browser) => Pages::new().test(&browser, file),
        Err(why) => println!("skipped: {why}"),
    }
}

#[test]
fn a_day_at_the_labelling_page() {
    labelling("label.test.js");
}

#[test]
fn the_tools_of_the_labelling_page() {
    labelling("label-tools.test.js");
}

#[test]
fn the_labelling_page_is_quick_on_a_hundred_thousand_sentences() {
    labelling("label-large.test.js");
}
