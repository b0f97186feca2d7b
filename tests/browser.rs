//! The pages that the program writes, in a real browser; see `tests/browser/`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Names the browser; without it, the first of [`BROWSERS`] that runs.
const CHROMIUM: &str = "STANCE_CHROMIUM";
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// One browser at a time: what a page takes is measured.
static ONE_BROWSER: Mutex<()> = Mutex::new(());

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
    let found = names.iter().find_map(on_path);
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
struct Pages {
    folder: tempfile::TempDir,
    _alone: MutexGuard<'static, ()>,
}

impl Pages {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            _alone: ONE_BROWSER.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
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

    /// An article whose name, title, author and text are markup and script.
    fn hostile(&self) -> PathBuf {
        let file = self.path("<img src=x onerror=alert(1)>.csv");
        std::fs::copy(folder().join("hostile.csv"), &file).unwrap();
        file
    }

    /// A report of a model whose labels have no order.
    fn plain(&self, output: &str) {
        let mut table = String::from("text,topic,author\n");
        for author in 0..6 {
            for opening in ["The", "A", "Her", "His"] {
                table += &format!("{opening} keeper saved match {author}.,sport,{author}\n");
                table += &format!("{opening} ministry passed bill {author}.,politics,{author}\n");
                table +=
                    &format!("{opening} storm brought rain in week {author}.,weather,{author}\n");
            }
        }
        let labels = self.path("labels.csv");
        std::fs::write(&labels, table).unwrap();
        let columns = ["train", "--label", "topic", "--group", "author"];
        self.stance(&columns, &[labels], "topics.safetensors");
        let model = self.path("topics.safetensors");
        let report = [
            "report",
            "--format",
            "html",
            "--model",
            model.to_str().unwrap(),
        ];
        self.stance(
            &report,
            &[project("data/examples/wexholm-bank.txt")],
            output,
        );
    }

    /// Two hundred articles of some forty sentences.
    fn many(&self) -> Vec<PathBuf> {
        let mut articles: Vec<PathBuf> = std::fs::read_dir(project("data/articles"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        articles.sort();
        articles.truncate(200);
        articles
    }

    /// The same, as if a hundred people had written them.
    fn many_by_a_hundred(&self) -> PathBuf {
        let folder = self.path("many");
        std::fs::create_dir(&folder).unwrap();
        for (at, file) in self.many().iter().enumerate() {
            let text = std::fs::read_to_string(file).unwrap();
            let author = format!("author: \"Writer {}\"", at % 100);
            let line = text.lines().find(|line| line.starts_with("author:"));
            let signed = text.replacen(line.unwrap(), &author, 1);
            std::fs::write(folder.join(format!("{at}.md")), signed).unwrap();
        }
        folder
    }

    /// Runs the tests of a file of `tests/browser/` on these pages.
    fn test(&self, browser: &Path, file: &str) {
        let done = Command::new("node")
            .arg("--test")
            .arg(folder().join(file))
            .env(CHROMIUM, browser)
            .env("STANCE_PAGES", self.folder.path())
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
    let html = ["report", "--format", "html"];
    pages.stance(&html, &examples, "examples.html");
    pages.stance(&["report", "--format", "json"], &examples, "examples.json");
    pages.stance(&["tag", "--format", "csv"], &examples, "examples.csv");
    pages.stance(
        &html,
        &[project("data/examples/wexholm-bank.txt")],
        "alone.html",
    );
    let hostile = [pages.hostile()];
    pages.stance(&html, &hostile, "hostile.html");
    pages.stance(&["tag", "--format", "csv"], &hostile, "hostile.csv");
    pages.plain("plain.html");
    pages.stance(&html, &pages.many(), "many.html");
    pages.test(&browser, "report.test.js");
}

#[test]
fn comparisons_work_in_a_browser() {
    let browser = match browser() {
        Ok(browser) => browser,
        Err(why) => return println!("skipped: {why}"),
    };
    let pages = Pages::new();
    let html = ["compare", "--format", "html"];
    pages.stance(&html, &[project("data/examples")], "compared.html");
    pages.stance(&html, &[pages.hostile()], "compared-hostile.html");
    pages.stance(&html, &[pages.many_by_a_hundred()], "compared-many.html");
    pages.test(&browser, "comparison.test.js");
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
