//! What each family of features and each setting is worth, by held-out folds of several sets.
//!
//! ```text
//! cargo run --release --example ablation -- ../shared/datasets [VARIANT]
//! ```
//!
//! Each figure is macro-F1 of five folds of a set's training part (groups held out where it has
//! any), never of its test part: defaults are chosen here and measured by `public_sets`.

#![allow(clippy::print_stdout)]

use stance::error::Result;
use stance::evaluate::Predictions;
use stance::features::NGrams;
use stance::labels::{Labelled, ReadLabels};
use stance::tagger::{Balance, Settings};
use std::path::{Path, PathBuf};

/// A change to the default settings.
struct Variant {
    name: &'static str,
    change: fn(&mut Settings),
}

const VARIANTS: [Variant; 18] = [
    variant("default", |_| ()),
    variant("no characters", |s| s.features.characters = None),
    variant("no words", |s| s.features.words = None),
    variant("words 1-2", |s| s.features.words = Some(NGrams::new(1, 2))),
    variant("stems 1-3 for words", |s| {
        s.features.stems = s.features.words.take();
    }),
    variant("and stems 1-2", |s| {
        s.features.stems = Some(NGrams::new(1, 2))
    }),
    variant("and negated stems", |s| {
        s.features.negated = Some(NGrams::new(1, 1).weighing(0.5));
    }),
    variant("characters 3-5", |s| {
        s.features.characters = Some(NGrams::new(3, 5))
    }),
    variant("characters weigh half", |s| {
        s.features.characters = Some(NGrams::new(2, 5).weighing(0.5));
    }),
    variant("no neighbours", |s| s.features.neighbours = None),
    variant("neighbours 1-2", |s| {
        s.features.neighbours = Some(NGrams::new(1, 2).weighing(0.5));
    }),
    variant("neighbours weigh 0.3", |s| {
        s.features.neighbours = Some(NGrams::new(1, 1).weighing(0.3));
    }),
    variant("neighbours weigh 0.8", |s| {
        s.features.neighbours = Some(NGrams::new(1, 1).weighing(0.8));
    }),
    variant("no structure", |s| s.features.structure = None),
    variant("cost 1/16", |s| s.costs = vec![0.0625]),
    variant("cost 1", |s| s.costs = vec![1.0]),
    variant("no balance", |s| s.balance = Balance::None),
    variant("full balance", |s| s.balance = Balance::Full),
];

const fn variant(name: &'static str, change: fn(&mut Settings)) -> Variant {
    Variant { name, change }
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(
        arguments
            .next()
            .unwrap_or_else(|| "../shared/datasets".into()),
    );
    let wanted = arguments.next();
    let sets = sets(&folder)?;
    print!("{:<24}", "");
    sets.iter().for_each(|(name, _)| print!(" {name:>16}"));
    println!();
    for Variant { name, change } in &VARIANTS {
        if wanted.as_ref().is_some_and(|wanted| wanted != name) {
            continue;
        }
        let mut settings = Settings::default();
        change(&mut settings);
        print!("{name:<24}");
        for (_, rows) in &sets {
            let predictions = Predictions::held_out(rows, &settings, &mut |_, _, _| Ok(()))?;
            for found in predictions {
                let scores = found.scores();
                print!(" {:>16.4}", scores.macro_f1.value.unwrap_or(f64::NAN));
            }
        }
        println!();
    }
    Ok(())
}

/// The sets that are there, in an order of their own.
fn sets(folder: &Path) -> Result<Vec<(&'static str, Labelled)>> {
    let label = |column: &str| vec![column.to_owned()];
    let alone = ReadLabels {
        labels: label("label"),
        ..ReadLabels::default()
    };
    let in_order = ReadLabels {
        in_order: true,
        ..alone.clone()
    };
    let in_groups = ReadLabels {
        document: Some("group".into()),
        ..alone.clone()
    };
    let ours = ReadLabels {
        labels: label("stance"),
        ..ReadLabels::default()
    };
    let files = [
        ("subj", folder.join("subj/train.csv"), alone),
        (
            "csabstruct",
            folder.join("csabstruct/train.csv"),
            in_order.clone(),
        ),
        (
            "essays",
            folder.join("persuasive_essays/train.csv"),
            in_order,
        ),
        (
            "manifesto",
            folder.join("manifesto_uk/train.csv"),
            in_groups,
        ),
        ("data/ (stance)", PathBuf::from("data/labels.csv"), ours),
    ];
    let mut sets = Vec::new();
    for (name, file, read) in files {
        if file.is_file() {
            sets.push((name, read.read(&[file])?));
        } else {
            println!("{name} skipped: {} is not there", file.display());
        }
    }
    Ok(sets)
}
