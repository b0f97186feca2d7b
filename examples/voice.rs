//! Measures the voice rules against labelled sentences, and the rules with a model on top.
//!
//! `cargo run --example voice -- FILE.csv... [--half first|second] [--register NAME] [--failures]
//! [--folds]`
//!
//! Reads columns `text`, `voice` (or `label`: attributed, own), and where present `holder`,
//! `article`, `paragraph`, `author`, `register`. `--half` keeps every other author, so that rules
//! made on one half are measured on the other. `--folds` also trains a tagger on the file's labels,
//! with what the rules saw among its features, and scores it by five folds that hold out whole
//! groups (column `group` or `author`).
#![allow(clippy::print_stdout)]

use serde::Deserialize;
use stance::codebook::{Codebook, LabelSet};
use stance::evaluate::Predictions;
use stance::labels::ReadLabels;
use stance::tagger::Settings;
use stance::voice::{Reading, Utterance, read, same_holders};
use std::collections::BTreeSet;
use std::error::Error;
use std::time::Instant;

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    #[serde(alias = "label")]
    voice: String,
    #[serde(default)]
    holder: String,
    #[serde(default)]
    article: String,
    #[serde(default)]
    paragraph: usize,
    #[serde(default)]
    author: String,
    #[serde(default)]
    register: String,
}

impl Row {
    fn is_reported(&self) -> bool {
        matches!(self.voice.as_str(), "reported" | "attributed")
    }
}

#[derive(Debug, Default)]
struct Options {
    files: Vec<String>,
    half: Option<usize>,
    register: Option<String>,
    failures: bool,
    folds: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    for file in &options.files {
        let rows = rows(file, &options)?;
        let start = Instant::now();
        let readings: Vec<Reading> = rows
            .chunk_by(|a, b| a.article == b.article)
            .flat_map(|article| read(&utterances(article)))
            .collect();
        let bytes: usize = rows.iter().map(|row| row.text.len()).sum();
        let speed = bytes as f64 / 1e6 / start.elapsed().as_secs_f64();
        let judged: Vec<(&Row, &Reading)> = rows
            .iter()
            .zip(&readings)
            .filter(|(row, _)| {
                options
                    .register
                    .as_ref()
                    .is_none_or(|register| *register == row.register)
            })
            .collect();
        println!(
            "{file}: {} sentences, read at {speed:.1} MB/s",
            judged.len()
        );
        print_voice(&judged);
        print_holders(&judged);
        if options.failures {
            print_failures(&judged);
        }
        if options.folds {
            print_folds(file)?;
        }
    }
    Ok(())
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--half" => match words.next().as_deref() {
                Some("first") => options.half = Some(0),
                Some("second") => options.half = Some(1),
                _ => return Err("--half is first or second".into()),
            },
            "--register" => options.register = words.next(),
            "--failures" => options.failures = true,
            "--folds" => options.folds = true,
            _ => options.files.push(word),
        }
    }
    Ok(options)
}

fn rows(file: &str, options: &Options) -> Result<Vec<Row>, Box<dyn Error>> {
    let rows: Vec<Row> = csv::Reader::from_path(file)?
        .deserialize()
        .collect::<Result<_, _>>()?;
    let authors: BTreeSet<String> = rows.iter().map(|row| row.author.clone()).collect();
    let kept: BTreeSet<&String> = authors
        .iter()
        .enumerate()
        .filter(|(at, _)| options.half.is_none_or(|half| at % 2 == half))
        .map(|(_, author)| author)
        .collect();
    Ok(rows
        .into_iter()
        .filter(|row| kept.contains(&row.author))
        .collect())
}

fn utterances(article: &[Row]) -> Vec<Utterance<'_>> {
    article
        .iter()
        .map(|row| Utterance {
            text: &row.text,
            paragraph: row.paragraph,
        })
        .collect()
}

fn print_voice(judged: &[(&Row, &Reading)]) {
    // confusion[truth][prediction], false (author) first.
    let mut confusion = [[0usize; 2]; 2];
    for (row, reading) in judged {
        confusion[usize::from(row.is_reported())][usize::from(reading.reported)] += 1;
    }
    let f1 = |label: usize| {
        let hits = confusion[label][label];
        let wrong = confusion[label][1 - label] + confusion[1 - label][label];
        2.0 * hits as f64 / (2 * hits + wrong).max(1) as f64
    };
    let accuracy = (confusion[0][0] + confusion[1][1]) as f64 / judged.len().max(1) as f64;
    println!(
        "  accuracy {accuracy:.3}  macro-F1 {:.3}  (author {:.3}, reported {:.3})",
        (f1(0) + f1(1)) / 2.0,
        f1(0),
        f1(1)
    );
    println!(
        "  truth author: {:?}  truth reported: {:?}  as [author, reported]",
        confusion[0], confusion[1]
    );
}

/// Rules and linear model together, by folds of whole groups.
fn print_folds(file: &str) -> Result<(), Box<dyn Error>> {
    let header = csv::Reader::from_path(file)?.headers()?.clone();
    let (name, own, other) = match header.iter().any(|column| column == "voice") {
        true => ("voice", "author", "reported"),
        false => ("label", "own", "attributed"),
    };
    let labels = [own, other].map(str::to_owned);
    let set = LabelSet {
        own: Some(own.to_owned()),
        ..LabelSet::plain(name, labels)
    };
    let labelled = ReadLabels {
        labels: vec![name.to_owned()],
        codebook: Some(Codebook {
            title: String::new(),
            sets: vec![set],
        }),
        ..ReadLabels::default()
    }
    .read(&[file.into()])?;
    let found = Predictions::held_out(&labelled, &Settings::default(), &mut |_, _, _| Ok(()))?;
    for scores in found.iter().map(Predictions::scores) {
        let [accuracy, macro_f1] = [scores.accuracy, scores.macro_f1].map(|score| {
            let figure = |value: Option<f64>| value.unwrap_or(f64::NAN);
            let (value, low, high) = (score.value, score.low, score.high);
            let [value, low, high] = [value, low, high].map(figure);
            format!("{value:.3} ({low:.3}–{high:.3})")
        });
        println!("  with a model, five folds by group: accuracy {accuracy}  macro-F1 {macro_f1}");
    }
    Ok(())
}

fn print_holders(judged: &[(&Row, &Reading)]) {
    let (mut all, mut exact, mut surname, mut present) = (0, 0, 0, 0);
    for (row, reading) in judged
        .iter()
        .filter(|(row, _)| row.is_reported() && !row.holder.is_empty())
    {
        let found = reading.holder.as_deref().unwrap_or_default();
        all += 1;
        present += usize::from(reading.reported);
        exact += usize::from(is_same(&row.holder, found));
        surname += usize::from(shares_surname(&row.holder, found));
    }
    let share = |count: usize| {
        100.0 * f64::from(u32::try_from(count).unwrap_or(0))
            / f64::from(u32::try_from(all.max(1)).unwrap_or(1))
    };
    println!(
        "  holder of {all} reported: exact {:.1} %, with surname {:.1} %, voice found {:.1} %",
        share(exact),
        share(surname),
        share(present)
    );
}

fn is_same(truth: &str, found: &str) -> bool {
    bare(truth) == bare(found) || (!found.is_empty() && same_holders(&[truth, found]) == [0, 0])
}

/// Whether the name found holds the last word of the name or of one of its parts: the surname of
/// "the minister, Orla Brandt", the head of "critics of the plan".
fn shares_surname(truth: &str, found: &str) -> bool {
    let (truth, found) = (bare(truth), bare(found));
    let surname = |part: &str| {
        part.split(" of ")
            .next()
            .and_then(|head| head.split(' ').next_back())
            .map(str::to_owned)
    };
    let holds = |name: String| found.split([' ', ',']).any(|word| word == name);
    truth == found || truth.split(',').filter_map(surname).any(holds)
}

fn bare(name: &str) -> String {
    let lower = name.to_lowercase();
    let lower = lower
        .strip_prefix("the ")
        .or(lower.strip_prefix("a "))
        .or(lower.strip_prefix("an "))
        .unwrap_or(&lower);
    lower.to_owned()
}

fn print_failures(judged: &[(&Row, &Reading)]) {
    for (row, reading) in judged {
        let found = reading.holder.as_deref().unwrap_or_default();
        let kind = if row.is_reported() != reading.reported {
            if row.is_reported() { "MISSED" } else { "FALSE" }
        } else if row.is_reported() && !is_same(&row.holder, found) {
            if shares_surname(&row.holder, found) {
                "longer"
            } else {
                "HOLDER"
            }
        } else {
            continue;
        };
        println!(
            "{kind} [{}] [{found}] {:?} {}",
            row.holder, reading.cues, row.text
        );
    }
}
