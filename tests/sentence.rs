//! The laws and cases of `stance::sentence`.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use stance::article::Span;
use stance::sentence::{fold, split, split_text};

fn texts<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
    spans.iter().map(|span| span.of(text)).collect()
}

/// Rows of a CSV file whose first columns are an article (and, with `paragraphs`, a paragraph),
/// gathered as lists of sentences that follow one another.
fn runs(path: &Path, key: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let key: Vec<usize> = key.iter().map(|name| column(name)).collect();
    let text = column("text");
    let mut runs: Vec<Vec<String>> = Vec::new();
    let mut last = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let here: Vec<String> = key.iter().map(|&at| record[at].to_string()).collect();
        if here != last {
            runs.push(Vec::new());
            last = here;
        }
        runs.last_mut().unwrap().push(record[text].to_string());
    }
    runs
}

/// What `split` makes of sentences rejoined by single spaces, where it does not give them back.
fn differences(runs: &[Vec<String>]) -> Vec<String> {
    let mut differences = Vec::new();
    for run in runs {
        let text = run.join(" ");
        let spans = split(&text);
        let found = texts(&text, &spans);
        differences.extend(found.iter().filter(|text| !run.iter().any(|s| s == *text)).map(|s| format!("found {s}")));
        differences.extend(run.iter().filter(|s| !found.contains(&s.as_str())).map(|s| format!("not found {s}")));
    }
    differences
}

#[test]
fn the_corpus_comes_back_sentence_by_sentence() {
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/labels.csv");
    let runs = runs(&labels, &["article", "paragraph"]);
    assert_eq!(differences(&runs), Vec::<String>::new());
}

#[test]
fn real_articles_come_back_sentence_by_sentence() {
    let folder = std::env::var_os("STANCE_REAL_ARTICLES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/articles"),
        PathBuf::from,
    );
    let gold = folder.join("gold.csv");
    if !gold.is_file() {
        println!("skipped: no real articles in {} (set STANCE_REAL_ARTICLES)", folder.display());
        return;
    }
    assert_eq!(differences(&runs(&gold, &["article"])), Vec::<String>::new());
}
