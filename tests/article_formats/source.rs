//! Files, folders and what is wrong with them.

use std::fs;
use std::path::{Path, PathBuf};

use stance::article::source::{ReadOptions, open, open_rows};
use stance::article::table::Value;

const PROSE: &str = "The delegations met again on Monday, and left without naming a day.";

/// What each article is called, or the error.
fn opened(inputs: &[PathBuf]) -> Vec<Result<String, String>> {
    open(inputs, &ReadOptions::default())
        .map(|article| {
            article
                .map(|article| article.source)
                .map_err(|error| error.to_string())
        })
        .collect()
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn one(name: &str, content: &[u8]) -> Vec<Result<String, String>> {
    let folder = folder(&[(name, content)]);
    let root = folder.path().display().to_string() + "/";
    let strip = |text: String| text.replace(&root, "");
    opened(&[folder.path().join(name)])
        .into_iter()
        .map(|result| result.map(strip).map_err(strip))
        .collect()
}

#[test]
fn a_folder_is_read_by_name_and_a_bad_file_costs_no_other() {
    let folder = folder(&[
        ("b.txt", PROSE.as_bytes()),
        ("a/z.md", PROSE.as_bytes()),
        ("a/empty.txt", b""),
        (
            "c.jsonl",
            b"{\"text\": \"One.\"}\n{\"text\": 2}\n{\"text\": \"Three.\"}\n",
        ),
        ("notes", PROSE.as_bytes()),
        ("photo.jpg", b"\xff\xd8\0\0\xff"),
        ("settings.json", b"{\n \"a\": 1\n}"),
        (".hidden.txt", PROSE.as_bytes()),
        (".git/x.txt", PROSE.as_bytes()),
        ("void", b""),
    ]);
    let root = folder.path().display().to_string() + "/";
    let found: Vec<String> = opened(&[folder.path().to_path_buf()])
        .into_iter()
        .map(|result| match result {
            Ok(source) => source.replace(&root, ""),
            Err(error) => error
                .lines()
                .next()
                .unwrap_or_default()
                .replace(&root, "! "),
        })
        .collect();
    assert_eq!(
        found,
        [
            "! a/empty.txt: the file is empty",
            "a/z.md",
            "b.txt",
            "c.jsonl:1",
            "! c.jsonl:2: `text` holds a number",
            "c.jsonl:3",
            "notes",
        ]
    );
}

#[test]
fn without_a_known_ending_the_content_tells() {
    assert_eq!(
        one("x", b"{\"text\": \"One.\"}\n{\"body\": \"Two.\"}"),
        [Ok("x:1".into()), Ok("x:2".into())]
    );
    assert_eq!(
        one("x.dat", b"title,text\nA,\"One, two.\"\n"),
        [Ok("x.dat:2".into())]
    );
    assert_eq!(one("x", PROSE.as_bytes()), [Ok("x".into())]);
    let page = b"<!-- saved --><!DOCTYPE html><html><title>t</title>";
    assert!(
        one("x", page)[0]
            .as_ref()
            .unwrap_err()
            .contains("no article is found in this page")
    );
    assert!(
        one("x", b"%PDF-1.4 cut")[0]
            .as_ref()
            .unwrap_err()
            .contains("no text that can be trusted")
    );
    assert!(
        one("x", b"\x7fELF\0\0\0")[0]
            .as_ref()
            .unwrap_err()
            .starts_with("x: not a text")
    );
    assert!(
        one("x.json", b"{\n \"text\": \"One.\"\n}")[0]
            .as_ref()
            .unwrap_err()
            .contains("not an object a line")
    );
    let quoting = b"In the page stood <html> and nothing else, as the clerk said on Monday.";
    assert_eq!(one("x", quoting), [Ok("x".into())]);
}

#[test]
fn what_cannot_be_opened_is_an_error_with_a_remedy() {
    let nothing = opened(&["/nowhere/a.txt".into()]);
    let error = nothing[0].as_ref().unwrap_err();
    assert!(error.starts_with("/nowhere/a.txt: cannot open"), "{error}");
    assert!(error.contains("try: check the spelling"));
    let empty = folder(&[("photo.jpg", b"\xff\xd8\0\0")]);
    let error = opened(&[empty.path().to_path_buf()]).remove(0).unwrap_err();
    assert!(
        error.contains("no articles in this folder") && error.contains(".jsonl"),
        "{error}"
    );
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let folder = folder(&[("a.txt", &[b'a'; 2_000]), ("b.txt", PROSE.as_bytes())]);
    let options = ReadOptions {
        max_file_bytes: 1_999,
        ..ReadOptions::default()
    };
    let inputs = [folder.path().to_path_buf()];
    let results: Vec<_> = open(&inputs, &options).collect();
    let error = results[0].as_ref().unwrap_err();
    assert!(
        error.to_string().contains("a.txt: more than 1999 bytes"),
        "{error}"
    );
    assert!(error.remedy.is_some() && results[1].is_ok());
}

#[test]
fn nothing_is_touched_before_its_turn() {
    let folder = folder(&[("a.txt", PROSE.as_bytes())]);
    let late = folder.path().join("late.txt");
    let inputs = [folder.path().join("a.txt"), late.clone()];
    let options = ReadOptions::default();
    let mut articles = open(&inputs, &options);
    assert!(articles.next().unwrap().is_ok());
    fs::write(late, PROSE).unwrap();
    assert!(articles.next().unwrap().is_ok());
    assert!(articles.next().is_none());
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_followed_once() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("a/one.txt", PROSE.as_bytes())]);
    symlink(folder.path(), folder.path().join("a/up")).unwrap();
    symlink(folder.path().join("a"), folder.path().join("b")).unwrap();
    symlink("/nowhere/gone.txt", folder.path().join("gone.txt")).unwrap();
    symlink("self", folder.path().join("self")).unwrap();
    let results = opened(&[folder.path().to_path_buf()]);
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert_eq!(results.len(), 3, "two links that lead nowhere: {results:?}");
}

#[cfg(unix)]
#[test]
fn a_device_without_end_is_refused() {
    let options = ReadOptions {
        max_file_bytes: 1 << 20,
        ..ReadOptions::default()
    };
    let inputs = [PathBuf::from("/dev/zero")];
    let error = open(&inputs, &options).next().unwrap().unwrap_err();
    assert!(error.to_string().starts_with("/dev/zero: "), "{error}");
}

#[test]
fn rows_are_opened_by_ending_or_content() {
    let folder = folder(&[
        ("a.csv", b"n,sentence\n7,\"One, two.\"\n"),
        ("b", b"{\"n\": 7, \"sentence\": \"One, two.\"}"),
        ("c", b"sentence\nOne two.\n"),
        ("d.txt", PROSE.as_bytes()),
    ]);
    let first = |name: &str| -> stance::error::Result<String> {
        let mut rows = open_rows(&folder.path().join(name), &ReadOptions::default())?;
        let row = rows.next().unwrap()?;
        Ok(row.get("sentence").map(Value::as_str).unwrap().to_owned())
    };
    assert_eq!(first("a.csv").unwrap(), "One, two.");
    assert_eq!(first("b").unwrap(), "One, two.");
    assert_eq!(first("c").unwrap(), "One two.");
    assert!(
        first("d.txt")
            .unwrap_err()
            .to_string()
            .contains("d.txt: not a table")
    );
    assert!(open_rows(Path::new("/nowhere/a.csv"), &ReadOptions::default()).is_err());
}

#[test]
fn a_json_array_of_objects_is_a_table() {
    let array = b"[\n  {\n    \"text\": \"One.\",\n    \"n\": 0.10\n  },\n  {\"text\": \"Two.\"}, {\"text\": \"Three.\"}\n]\n";
    let rows = |name: &str| ["2", "6", "7"].map(|line| Ok(format!("{name}:{line}")));
    for name in ["x.json", "x.jsonl", "x"] {
        assert_eq!(one(name, array), rows(name));
    }
    assert_eq!(one("empty.jsonl", b"[ ]"), []);
    let damaged = one("x.json", b"[\n{\"text\": \"One.\"},\n{\"text\": \n");
    let error = damaged[0].as_ref().unwrap_err();
    assert!(
        error.starts_with("x.json:4: ") && error.contains("jq -c '.[]'"),
        "{error}"
    );
    for other in ["[1, 2]", "\"text\"", "[]"] {
        let error = one("x.json", other.as_bytes()).remove(0).unwrap_err();
        assert!(error.contains("jq -c '.[]'"), "{error}");
    }
}

#[test]
fn a_page_or_a_pdf_saved_as_text_is_still_one() {
    let page = format!("\u{feff}\n<!DOCTYPE HTML><title>Talks</title><p>{PROSE}</p><p>{PROSE}</p>");
    let folder = folder(&[("a.txt", page.as_bytes())]);
    let inputs = [folder.path().join("a.txt")];
    let options = ReadOptions::default();
    let article = open(&inputs, &options).next().unwrap().unwrap();
    assert_eq!(article.title.as_deref(), Some("Talks"));
    let pdf = one("a.txt", b"%PDF-1.4 cut").remove(0).unwrap_err();
    assert!(pdf.contains("no text that can be trusted"), "{pdf}");
}

#[test]
fn front_matter_shows_markdown_and_must_be_yaml_and_closed() {
    let title = |name: &str, text: &str| {
        let folder = folder(&[(name, text.as_bytes())]);
        let inputs = [folder.path().join(name)];
        let article = open(&inputs, &ReadOptions::default()).next().unwrap();
        article
            .map(|article| article.title.unwrap_or_default())
            .map_err(|error| error.to_string())
    };
    let closed = format!("---\ntitle: Talks\n---\n\n{PROSE}\n");
    assert_eq!(title("stdin", &closed).unwrap(), "Talks");
    let broken = [
        (format!("---\ntitle: Talks\n\n{PROSE}\n"), "never closed"),
        (format!("+++\ntitle = \"Talks\"\n+++\n\n{PROSE}\n"), "TOML"),
    ];
    for (text, what) in broken {
        for name in ["a.md", "stdin"] {
            let error = title(name, &text).unwrap_err();
            assert!(error.contains(&format!("{name}:1: ")), "{error}");
            assert!(error.contains(what) && error.contains("try: "), "{error}");
        }
    }
    let rule = format!("---\n\n{PROSE}\n");
    assert!(title("a.md", &rule).is_ok());
}

#[test]
fn a_file_named_twice_is_read_once() {
    let folder = folder(&[("a.txt", PROSE.as_bytes()), ("b.txt", PROSE.as_bytes())]);
    let root = folder.path().to_path_buf();
    let [a, b] = ["a.txt", "b.txt"].map(|name| root.join(name));
    let named = |path: &Path| Ok(path.display().to_string());
    let detour = root.join(".").join("a.txt");
    assert_eq!(opened(&[a.clone(), a.clone(), detour]), [named(&a)]);
    assert_eq!(
        opened(&[b.clone(), root.clone(), root]),
        [named(&b), named(&a)]
    );
}
