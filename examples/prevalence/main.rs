//! Measures how well shares per author are estimated, how often their intervals hold the truth, and
//! how often authors are told apart, rightly or wrongly.
//!
//! ```text
//! cargo run --release --example prevalence -- [--datasets FOLDER] [--pairs N] [--write FOLDER]
//! ```
//!
//! Authors are simulated, and taken from `data/labels.csv` and manifesto_uk (below
//! `$STANCE_DATASETS` or `../shared/datasets`): each group in turn is the author at hand, predicted
//! by models that have not seen the group, and corrected by the errors on the others. `--write`
//! leaves predictions, samples and results to `examples/prevalence/quapy_beside.py`, which starts this
//! program and puts QuaPy's figures for the same samples beside its own.
#![allow(clippy::print_stdout)]

mod data;
mod sets;
mod shares;
mod verdicts;

use clap::Parser;
use data::Authors;
use serde::Serialize;
use sets::Set;
use shares::{Line, Test, measure, natural, unbalanced};
use stance::prevalence::Prior;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use verdicts::{Pair, Verdicts, judge, pairs};

#[derive(Parser)]
struct Arguments {
    /// The folder of manifesto_uk [default: $STANCE_DATASETS or ../shared/datasets]
    #[arg(long)]
    datasets: Option<PathBuf>,
    /// A folder for predictions, samples and results.
    #[arg(long)]
    write: Option<PathBuf>,
    /// Samples of each author, or of each mix.
    #[arg(long, default_value_t = 8)]
    samples: usize,
    /// Pairs of authors to tell apart.
    #[arg(long, default_value_t = 300)]
    pairs: usize,
    #[arg(long, default_value_t = Prior::default().kernel)]
    kernel: f64,
    #[arg(long, default_value_t = Prior::default().novelty)]
    novelty: f64,
}

/// What was asked of a set, and what was found.
#[derive(Serialize)]
struct Report {
    set: String,
    tests: Vec<(Test, Vec<Line>)>,
    pairs: Vec<Pair>,
    verdicts: Verdicts,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let datasets = arguments.datasets.clone();
    let datasets = datasets
        .or_else(|| std::env::var_os("STANCE_DATASETS").map(PathBuf::from))
        .unwrap_or_else(|| PathBuf::from("../shared/datasets"));
    let mut sets = vec![
        simulated("60 simulated authors who lean alike", 4.0),
        simulated("60 simulated authors who lean any way", 1.0),
    ];
    sets.extend(sets::at_hand(&datasets)?);
    for set in &sets {
        let report = report(set, &arguments);
        print(&report, set.authors.len());
        if let Some(folder) = &arguments.write {
            write(folder, set, &report)?;
        }
    }
    Ok(())
}

fn simulated(name: &str, alike: f64) -> Set {
    Set {
        name: name.to_owned(),
        authors: data::simulate(alike),
        balanced: Authors::new(),
    }
}

fn report(set: &Set, arguments: &Arguments) -> Report {
    let prior = Prior {
        kernel: arguments.kernel,
        novelty: arguments.novelty,
        ..Prior::default()
    };
    let test = natural(&set.authors, 100, arguments.samples);
    let mut tests = vec![(measure(&set.authors, &test, &prior), test)];
    if !set.balanced.is_empty() {
        for size in [100, 400] {
            let test = unbalanced(&set.balanced, size, arguments.samples.div_ceil(3));
            tests.push((measure(&set.balanced, &test, &prior), test));
        }
    }
    let pairs = pairs(&set.authors, arguments.pairs);
    Report {
        set: set.name.clone(),
        tests: tests
            .into_iter()
            .map(|(lines, test)| (test, lines))
            .collect(),
        verdicts: judge(&set.authors, &pairs, &prior),
        pairs,
    }
}

fn print(report: &Report, authors: usize) {
    println!("\n{}: {authors} authors", report.set);
    for (test, lines) in &report.tests {
        println!("  {} ({} samples)", test.name, test.samples.len());
        for line in lines {
            print!("    {:<16} mean error {:.4}", line.method, line.error);
            if line.coverage.is_finite() {
                print!(", 95 % intervals of shares: coverage {:.3}", line.coverage);
                print!(", mean width {:.3}", line.width);
                print!("; of net: {:.3}, {:.3}", line.net_coverage, line.net_width);
            }
            println!();
        }
    }
    let verdicts = &report.verdicts;
    let share = |share: Option<f64>| share.map_or("no such pair".to_owned(), |s| format!("{s:.3}"));
    println!("  told apart, {} pairs", report.pairs.len() / 2);
    println!("    articles dealt at random: {}", share(verdicts.dealt));
    println!(
        "    true nets apart by less than .2: {}",
        share(verdicts.below_2)
    );
    println!("    by .2 to .4: {}", share(verdicts.from_2_to_4));
    println!("    by more: {}", share(verdicts.above_4));
    println!(
        "    the wrong way round: {} pairs",
        verdicts.wrong_way_round
    );
}

/// Writes the report, and every prediction as a row: set `balanced` or not, row, group, truth,
/// probabilities.
fn write(folder: &Path, set: &Set, report: &Report) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let name = set.name.replace(['/', ' '], "-");
    let path = folder.join(format!("{name}.json"));
    serde_json::to_writer(fs::File::create(path)?, report)?;
    let mut table = csv::Writer::from_path(folder.join(format!("{name}.csv")))?;
    for (balanced, authors) in [(false, &set.authors), (true, &set.balanced)] {
        for author in authors.values() {
            for sentence in &author.sentences {
                let probabilities = sentence.probabilities.iter();
                let probabilities: Vec<String> = probabilities.map(f64::to_string).collect();
                table.serialize((
                    balanced,
                    sentence.row,
                    &author.group,
                    sentence.truth,
                    probabilities.join(" "),
                ))?;
            }
        }
    }
    table.flush()?;
    Ok(())
}
