//! Measures the sentence splitter on public sets: golden rules, boundary F1, speed.
//!
//! ```text
//! cargo run --release --example segmentation -- ../shared/datasets/segmentation [--failures]
//! ```
//!
//! Boundary F1 compares the sets of sentence ends (and of starts) of each document, summed over
//! the documents. The others were run on the same texts, cut at blank lines first (November 2026):
//!
//! | splitter                    | golden rules | EWT dev F1 | GUM dev F1 |
//! |-----------------------------|--------------|------------|------------|
//! | this one                    | 48 of 48     | 95.3       | 98.5       |
//! | sentencex 0.1.33            | 43           | 92.3       | 97.7       |
//! | icu_segmenter 2.4           | 28           | 91.2       | 96.4       |
//! | unicode-segmentation 1.13   | 28           | 91.2       | 96.4       |
#![allow(clippy::print_stdout)]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use stance::sentence;

/// A line of a set: a text and its sentences.
#[derive(Deserialize)]
struct Document {
    text: String,
    sentences: Vec<String>,
    /// Offsets in characters; absent from the golden rules.
    #[serde(default)]
    spans: Vec<[usize; 2]>,
}

/// Boundaries found, expected, and both.
#[derive(Default)]
struct Count {
    found: usize,
    expected: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, found: &BTreeSet<usize>, expected: &BTreeSet<usize>) {
        self.found += found.len();
        self.expected += expected.len();
        self.right += found.intersection(expected).count();
    }

    /// Micro-averaged F1 in per cent.
    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.expected) as f64
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let show_failures = arguments.iter().any(|argument| argument == "--failures");
    let folder = arguments
        .iter()
        .find(|argument| !argument.starts_with("--"));
    let folder = Path::new(folder.map_or("../shared/datasets/segmentation", String::as_str));
    if folder.is_dir() {
        golden_rules(&folder.join("golden_rules_en_pysbd.jsonl"), show_failures)?;
        boundaries("EWT", &folder.join("en_ewt_dev.jsonl"), show_failures)?;
        boundaries("GUM", &folder.join("en_gum_dev.jsonl"), show_failures)?;
    } else {
        println!("skipped: no folder {}", folder.display());
    }
    speed()
}

fn read(path: &Path) -> Result<Vec<Document>, Box<dyn Error>> {
    let lines = fs::read_to_string(path)?;
    Ok(lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?)
}

fn golden_rules(path: &Path, show_failures: bool) -> Result<(), Box<dyn Error>> {
    let rules = read(path)?;
    let mut kept = 0;
    for rule in &rules {
        let spans = sentence::split_text(&rule.text);
        let found: Vec<&str> = spans.iter().map(|span| span.of(&rule.text)).collect();
        if found == rule.sentences {
            kept += 1;
        } else if show_failures {
            println!("golden: {found:?} should be {:?}", rule.sentences);
        }
    }
    println!("golden rules  {kept} of {}", rules.len());
    Ok(())
}

/// Boundary F1 over the ends (and over the starts) of the sentences of each document.
fn boundaries(name: &str, path: &Path, show_failures: bool) -> Result<(), Box<dyn Error>> {
    let (mut ends, mut starts) = (Count::default(), Count::default());
    for document in read(path)? {
        let offsets: Vec<usize> = document.text.char_indices().map(|(at, _)| at).collect();
        let byte = |character: usize| {
            offsets
                .get(character)
                .copied()
                .unwrap_or(document.text.len())
        };
        let spans = sentence::split_text(&document.text);
        let found: BTreeSet<usize> = spans.iter().map(|span| span.end).collect();
        let expected: BTreeSet<usize> = document.spans.iter().map(|span| byte(span[1])).collect();
        ends.add(&found, &expected);
        starts.add(
            &spans.iter().map(|span| span.start).collect(),
            &document.spans.iter().map(|span| byte(span[0])).collect(),
        );
        if show_failures {
            for &at in found.symmetric_difference(&expected) {
                let kind = if found.contains(&at) {
                    "wrong "
                } else {
                    "missed"
                };
                println!("{name} {kind}: {}", surroundings(&document.text, at));
            }
        }
    }
    println!(
        "{name} boundary F1  {:.2} (ends)  {:.2} (starts)",
        ends.f1(),
        starts.f1()
    );
    Ok(())
}

/// Some sixty characters around a boundary, marked by a bar.
fn surroundings(text: &str, at: usize) -> String {
    let before: Vec<char> = text[..at].chars().rev().take(60).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[at..].chars().take(40).collect();
    format!("{before}|{after}").replace('\n', "⏎")
}

/// Megabytes a second on one core, over the corpus's articles; the fastest of many short runs,
/// which a busy machine disturbs least.
fn speed() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles"))? {
        text.push_str(&fs::read_to_string(entry?.path())?);
    }
    let seconds = (0..50).map(|_| {
        let start = Instant::now();
        std::hint::black_box(sentence::split_text(std::hint::black_box(&text)));
        start.elapsed().as_secs_f64()
    });
    let fastest = seconds.fold(f64::INFINITY, f64::min);
    let speed = text.len() as f64 / 1e6 / fastest;
    println!("speed  {speed:.0} MB/s on one core");
    Ok(())
}
