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

    /// Runs the tests of a file of `tests/browser/` on these pages.
    fn test(&self, browser: &Path, file: &str) {
        let done = Command::new("node")
            .arg("--test")
            .arg(folder().join(file))
            .env(CHROMIUM, browser)
            .env("STANCE_PAGES", self.0.path())
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "{words}");
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

/// Two hundred of the shipped articles, as if a hundred people had written them.
fn two_hundred_articles(folder: &Path) {
    let shipped = std::fs::read_dir(project("data/articles")).unwrap();
    let mut shipped: Vec<PathBuf> = shipped.map(|entry| entry.unwrap().path()).collect();
    shipped.sort();
    for (at, file) in shipped.iter().take(200).enumerate() {
        let text = std::fs::read_to_string(file).unwrap();
        let signed = text.lines().map(|line| match line.starts_with("author:") {
            true => format!("author: \"Writer {}\"\n", at % 100),
            false => format!("{line}\n"),
        });
        std::fs::write(folder.join(format!("{at}.md")), signed.collect::<String>()).unwrap();
    }
}

/// A table of articles whose titles, authors and texts would be markup.
fn hostile_articles(file: &Path) {
    let markup = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;";
    let text =
        "A deal is close. “We will sign,” said Ada Hall. Nothing can stop it now, <b>nothing</b>.";
    let row = |author: &str| {
        let fields = [
            ("title", markup),
            ("author", author),
            ("date", "2024-05-01"),
            ("text", text),
        ];
        serde_json::json!(std::collections::BTreeMap::from(fields)).to_string()
    };
    let rows = [row(markup), row("<svg onload=alert(3)>"), row("Ada Hall")];
    std::fs::write(file, rows.join("\n")).unwrap();
}

#[test]
fn comparisons_work_in_a_browser() {
    let browser = match browser() {
        Ok(browser) => browser,
        Err(why) => return println!("skipped: {why}"),
    };
    let pages = Pages::new();
    let compare = ["compare", "--format", "html"];
    pages.stance(
        &compare,
        &[project("data/examples")],
        "compared-examples.html",
    );
    let hostile = pages.path("<img src=x onerror=alert(4)>.jsonl");
    hostile_articles(&hostile);
    pages.stance(&compare, &[hostile], "compared-hostile.html");
    let many = pages.path("many");
    std::fs::create_dir(&many).unwrap();
    two_hundred_articles(&many);
    pages.stance(&compare, &[many], "compared-many.html");
    pages.test(&browser, "comparison.test.js");
}
