//! How long finding duplicates takes: rows of the shipped labels again and again, a word or two of
//! each changed, and as a hard case one sentence again and again with another number.
//!
//! ```text
//! cargo run --release --example duplicates -- 100000
//! ```

#![allow(clippy::print_stdout)]

use stance::error::Result;
use stance::labels::{Duplicates, ReadLabels};
use std::time::Instant;

fn main() -> Result<()> {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok());
    let rows: usize = rows.unwrap_or(100_000);
    let labelled = ReadLabels::default().read(&["data/labels.csv".into()])?;
    let texts: Vec<&str> = labelled.sentences.iter().map(|s| &*s.text).collect();
    let changed = |row: usize| {
        let mut words: Vec<String> = texts[row % texts.len()]
            .split(' ')
            .map(str::to_owned)
            .collect();
        for place in 0..row / texts.len() {
            let at = (row * 7 + place * 5) % words.len();
            words[at] = format!("word{}", (row * 31 + place) % 5000);
        }
        words.join(" ")
    };
    measure("changed sentences", (0..rows).map(changed));
    let family = |row: usize| format!("The council of ward {row} will meet again in the spring.");
    measure("one family", (0..rows).map(family));
    Ok(())
}

fn measure(name: &str, texts: impl Iterator<Item = String>) {
    let texts: Vec<String> = texts.collect();
    let start = Instant::now();
    let found = Duplicates::of(&texts);
    println!(
        "{name}: {} rows, {} the same, {} near pairs, {:.1} s",
        texts.len(),
        found.same.iter().map(Vec::len).sum::<usize>(),
        found.near.len(),
        start.elapsed().as_secs_f64()
    );
}
