//! Every file in `tests/cases/formats` is opened; what comes out stands beside it in a file that
//! ends in `.expected`. `RENEW_EXPECTED=1 cargo test --test article_formats` writes these anew.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use stance::article::Article;
use stance::article::source::{ReadOptions, open};

#[test]
fn every_case_reads_as_expected() {
    let renew = std::env::var_os("RENEW_EXPECTED").is_some();
    let mut inputs: Vec<PathBuf> = fs::read_dir("tests/cases/formats")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_none_or(|ending| ending != "expected"))
        .collect();
    inputs.sort();
    for input in inputs {
        let found = shown(&input);
        let expected = PathBuf::from(format!("{}.expected", input.display()));
        if renew {
            fs::write(&expected, &found).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(found, expected, "{}", input.display());
    }
}

fn shown(input: &Path) -> String {
    let mut shown = String::new();
    for article in open(&[input.to_path_buf()], &ReadOptions::default()) {
        match article {
            Ok(article) => shown += &article_shown(&article),
            Err(error) => writeln!(shown, "ERROR {error}\n").unwrap(),
        }
    }
    shown
}

fn article_shown(article: &Article) -> String {
    let mut shown = format!("ARTICLE {}\n", article.source);
    if let Some(title) = &article.title {
        writeln!(shown, "title: {title}").unwrap();
    }
    for author in &article.authors {
        writeln!(shown, "author: {author}").unwrap();
    }
    if let Some(date) = article.date {
        writeln!(shown, "date: {date}").unwrap();
    }
    for (name, value) in &article.fields {
        writeln!(shown, "field {name}: {value}").unwrap();
    }
    for block in &article.blocks {
        writeln!(
            shown,
            "{:?}: {:?}",
            block.kind,
            block.span.of(&article.text)
        )
        .unwrap();
    }
    shown + "\n"
}
