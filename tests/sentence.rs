//! The cases and laws of `stance::sentence`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use stance::article::Span;
use stance::sentence::{fold, split, split_text};

fn texts<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
    spans.iter().map(|span| span.of(text)).collect()
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The lines of a file of cases, without comments.
fn cases(path: &Path) -> Vec<String> {
    let file = fs::read_to_string(path).unwrap();
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_string).collect()
}

#[test]
fn cases_split_as_marked() {
    let mut failures = Vec::new();
    for entry in fs::read_dir(project("tests/cases/sentence")).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("texts.txt") {
            continue;
        }
        for case in cases(&path) {
            let text = case.replace(" | ", " ").replace('¦', "");
            let expected: Vec<&str> = case.split(" | ").flat_map(|part| part.split('¦')).collect();
            if texts(&text, &split(&text)) != expected {
                failures.push(format!(
                    "{case}\n  gave {}",
                    texts(&text, &split(&text)).join(" | ")
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn texts_split_at_blank_lines_and_list_items() {
    for case in cases(&project("tests/cases/sentence/texts.txt")) {
        let case = case.replace('⏎', "\n");
        let text = case.replace('|', "");
        let expected: Vec<&str> = case.split('|').map(str::trim).collect();
        assert_eq!(texts(&text, &split_text(&text)), expected);
    }
}

/// The sentences of a CSV file, in lists that end where one of the columns `key` changes.
fn runs(path: &Path, key: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let mut runs: Vec<Vec<String>> = Vec::new();
    let mut last = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let here: Vec<String> = key
            .iter()
            .map(|name| record[column(name)].to_string())
            .collect();
        if here != last {
            runs.push(Vec::new());
            last = here;
        }
        runs.last_mut()
            .unwrap()
            .push(record[column("text")].to_string());
    }
    runs
}

/// Rejoins the sentences of each run by single spaces and expects them back.
fn assert_come_back(runs: &[Vec<String>]) {
    let mut failures = Vec::new();
    for run in runs {
        let text = run.join(" ");
        let spans = split(&text);
        let found = texts(&text, &spans);
        if found != *run {
            let differing = found
                .iter()
                .filter(|found| !run.iter().any(|sentence| sentence == *found));
            failures.extend(differing.map(|found| found.to_string()));
        }
    }
    assert!(
        failures.is_empty(),
        "not sentences:\n{}",
        failures.join("\n")
    );
}

#[test]
fn the_corpus_comes_back_sentence_by_sentence() {
    assert_come_back(&runs(
        &project("data/labels.csv"),
        &["article", "paragraph"],
    ));
}

#[test]
fn real_articles_come_back_sentence_by_sentence() {
    let folder = std::env::var_os("STANCE_REAL_ARTICLES");
    let folder = folder.map_or_else(|| project("../shared/articles"), PathBuf::from);
    let gold = folder.join("gold.csv");
    if gold.is_file() {
        assert_come_back(&runs(&gold, &["article"]));
    } else {
        println!("skipped: no {}", gold.display());
    }
}

#[test]
fn time_is_linear_on_pathological_text() {
    let pieces = [
        "\"",
        "\" ",
        "(",
        "( ",
        "(a ",
        ".",
        ". ",
        "a.",
        "a. ",
        "?! ",
        "[1]",
        "[1] ",
        "[",
        "]",
        "a.A",
        "aa.Aa",
        "aa.The",
        ". \" ",
        "x. 1 ",
        ":) ",
        "“",
        "1. A ",
        "1) ",
        "• ",
        "*",
        "\n",
        "\n\n",
        "。",
        "Mr. ",
        "A",
        "“A!” A ",
        "- ",
    ];
    for piece in pieces {
        let short = fastest(&piece.repeat(60_000 / piece.len()));
        let long = fastest(&piece.repeat(240_000 / piece.len()));
        // Four times the text takes four times as long; in quadratic time it would be sixteen.
        let allowed = 8 * short + Duration::from_millis(50);
        assert!(long < allowed, "{piece:?}: {short:?}, then {long:?}");
    }
}

/// The fastest of three runs of everything that reads a text.
fn fastest(text: &str) -> Duration {
    let runs = (0..3).map(|_| {
        let start = Instant::now();
        assert_tiles(text, &split(text));
        assert_tiles(text, &split_text(text));
        assert!(!fold(text).contains("  "));
        start.elapsed()
    });
    runs.min().unwrap()
}

/// The law of the room: spans in order, without white space at their ends or anything else between.
fn assert_tiles(text: &str, spans: &[Span]) {
    let mut end = 0;
    for span in spans {
        assert!(span.start < span.end);
        assert!(text[end..span.start].trim().is_empty());
        assert_eq!(span.of(text), span.of(text).trim());
        end = span.end;
    }
    assert!(text[end..].trim().is_empty());
}

/// Text in which something happens at every corner.
fn busy_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        " ", " ", " ", "\n", "\n\n", "\u{a0}", ".", "!", "?", "…", "...", ". . .", "。", "“", "”",
        "\"", "'", "’", "(", ")", "[", "]", "[3]", "12", "3.", "2)", "a)", "•", "-", "—", "word",
        "Word", "The", "U.S", "Mr", "etc", "p.m", "J", "I", "said", "é", "Он", "下", ":)", "====",
        "a@b.c", "im 2", "Mai", "aa", "Aé", "²", "*",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn sentences_tile_any_text(text in prop_oneof![any::<String>(), busy_text()]) {
        assert_tiles(&text, &split(&text));
        assert_tiles(&text, &split_text(&text));
    }

    #[test]
    fn white_space_is_all_the_same_to_split(text in busy_text(), space in "[ \n\u{a0}]{1,3}") {
        let respaced = fold(&text).replace(' ', &space);
        let sentences = |text: &str| -> Vec<String> {
            split(text).iter().map(|span| fold(span.of(text)).into_owned()).collect()
        };
        prop_assert_eq!(sentences(&respaced), sentences(&text));
    }

    #[test]
    fn folding_leaves_single_spaces_and_every_word(text in prop_oneof![any::<String>(), busy_text()]) {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded.clone());
        prop_assert_eq!(folded.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>(),
            text.split_whitespace().collect::<Vec<_>>());
        prop_assert!(!folded.contains("  ") && folded.trim() == folded);
    }
}
