//! Trains on public sets with the defaults and scores their test parts.
//!
//! ```text
//! cargo run --release --example public_sets -- ../shared/datasets
//! ```
//!
//! The sets are not part of the project (`STANCE_DATASETS` or the first argument says where they
//! are); a set that is missing is skipped by name.

#![allow(clippy::print_stdout)]

use stance::error::Result;
use stance::evaluate::Predictions;
use stance::labels::{Labelled, ReadLabels};
use stance::metrics::Scores;
use stance::tagger::{Settings, Tagger};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A public set, how its rows belong together, and the figure to reach.
struct Set {
    name: &'static str,
    group: Option<&'static str>,
    order: Order,
    figure: Figure,
    bar: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Order {
    /// Rows stand alone.
    None,
    /// Rows of one group follow one another.
    Group,
    /// All rows follow one another.
    File,
}

#[derive(Clone, Copy)]
enum Figure {
    Accuracy,
    MacroF1,
}

const SETS: [Set; 8] = [
    set("clinc150", None, Order::None, Figure::Accuracy, 0.930),
    set("subj", Some("fold"), Order::None, Figure::Accuracy, 0.928),
    set("csabstruct", None, Order::None, Figure::Accuracy, 0.735),
    set("csabstruct", None, Order::File, Figure::Accuracy, 0.77),
    set(
        "persuasive_essays",
        None,
        Order::None,
        Figure::MacroF1,
        0.635,
    ),
    set(
        "persuasive_essays",
        None,
        Order::File,
        Figure::MacroF1,
        0.66,
    ),
    set("manifesto_uk", None, Order::None, Figure::Accuracy, 0.70),
    set(
        "manifesto_uk",
        Some("group"),
        Order::Group,
        Figure::Accuracy,
        0.72,
    ),
];

const fn set(
    name: &'static str,
    group: Option<&'static str>,
    order: Order,
    figure: Figure,
    bar: f64,
) -> Set {
    Set {
        name,
        group,
        order,
        figure,
        bar,
    }
}

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).map(PathBuf::from);
    let folder = folder
        .or_else(|| std::env::var_os("STANCE_DATASETS").map(PathBuf::from))
        .unwrap_or_else(|| PathBuf::from("../shared/datasets"));
    println!(
        "{:<20} {:>10} {:>9} {:>9} {:>7} {:>9}",
        "set", "neighbours", "accuracy", "macro-F1", "bar", "seconds"
    );
    for set in &SETS {
        let folder = folder.join(set.name);
        if !folder.is_dir() {
            println!(
                "{:<20} skipped: {} is not there",
                set.name,
                folder.display()
            );
            continue;
        }
        let start = Instant::now();
        let scores = if set.name == "subj" {
            ten_folds(&folder)?
        } else {
            train_and_test(&folder, set)?
        };
        report(set, &scores, start.elapsed().as_secs_f64());
    }
    Ok(())
}

fn train_and_test(folder: &Path, set: &Set) -> Result<Scores> {
    let train = read(&folder.join("train.csv"), set)?;
    let tagger = Tagger::train(&train, &Settings::default(), &mut |_, _, _| Ok(()))?;
    let test = read(&folder.join("test.csv"), set)?;
    let mut predictions = Predictions::of_model(&tagger, &test)?;
    Ok(predictions.remove(0).scores())
}

/// The ten folds that the set comes with; the fold is the group, so ten folds hold out one each.
fn ten_folds(folder: &Path) -> Result<Scores> {
    let rows = read(&folder.join("all.csv"), &SETS[1])?;
    let settings = Settings {
        folds: 10,
        ..Settings::default()
    };
    let mut predictions = Predictions::held_out(&rows, &settings, &mut |_, _, _| Ok(()))?;
    Ok(predictions.remove(0).scores())
}

fn read(file: &Path, set: &Set) -> Result<Labelled> {
    let column = |name: &str| name.to_owned();
    ReadLabels {
        text: Some(column("text")),
        labels: vec![column("label")],
        group: set.group.map(column),
        document: match set.order {
            Order::Group => set.group.map(column),
            Order::None | Order::File => None,
        },
        in_order: set.order == Order::File,
        ..ReadLabels::default()
    }
    .read(&[file.to_path_buf()])
}

fn report(set: &Set, scores: &Scores, seconds: f64) {
    let (accuracy, macro_f1) = (scores.accuracy.value, scores.macro_f1.value);
    let reached = match set.figure {
        Figure::Accuracy => accuracy,
        Figure::MacroF1 => macro_f1,
    };
    println!(
        "{:<20} {:>10} {:>9.4} {:>9.4} {:>7} {:>9.1}  {}",
        set.name,
        if set.order == Order::None {
            "no"
        } else {
            "yes"
        },
        accuracy.unwrap_or(f64::NAN),
        macro_f1.unwrap_or(f64::NAN),
        set.bar,
        seconds,
        if reached >= Some(set.bar) {
            "reached"
        } else {
            "missed"
        },
    );
}
