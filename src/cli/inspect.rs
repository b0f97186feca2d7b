//! `stance inspect`: what a model is, what it was made from, and what its terms weigh.

use super::args::OutputArgs;
use crate::error::Result;
use crate::report::inspect::{self, Section};
use crate::tagger::{FORMAT, Head, Tagger};
use std::path::PathBuf;

/// Show what a model is, what it was made from, how good it is and what its terms weigh
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The model; without it, the one that comes with the program
    model: Option<PathBuf>,
    /// The format of the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Show only the settings it was trained with, as `train --settings` reads them
    #[arg(long)]
    settings: bool,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    #[default]
    Table,
    Json,
}

/// How many of the heaviest terms of a label are shown.
const HEAVIEST: usize = 12;

pub(super) fn run(args: &Args) -> Result<()> {
    let output = args.output.open(&args.model)?;
    let tagger = match &args.model {
        Some(path) => Tagger::load(path)?,
        None => Tagger::shipped(),
    };
    if args.settings {
        let settings = serde_json::to_string_pretty(&tagger.about().settings);
        return output.write_whole(&(settings.unwrap_or_default() + "\n"));
    }
    let mut sections = vec![about(&tagger)];
    for head in tagger.heads() {
        sections.push(quality(head));
        sections.push(heaviest(&tagger, head));
    }
    output.write_whole(&match args.format {
        Format::Table => inspect::table(&sections, args.output.style()),
        Format::Json => inspect::json(&sections),
    })
}

fn about(tagger: &Tagger) -> Section {
    let about = tagger.about();
    section(
        "Model",
        [
            ("about", about.title.clone()),
            ("format", FORMAT.to_string()),
            ("sentences", about.rows.to_string()),
            ("groups", about.groups.to_string()),
            ("fingerprint of the labels", about.fingerprint.clone()),
            ("terms", tagger.vectorizer().terms().to_string()),
            ("settings", about.settings.to_string()),
        ],
    )
}

fn quality(head: &Head) -> Section {
    let scores = &head.scores;
    let figure =
        |interval: &crate::metrics::Interval| match (interval.value, interval.low, interval.high) {
            (Some(value), Some(low), Some(high)) => format!("{value:.3} ({low:.3} to {high:.3})"),
            (Some(value), _, _) => format!("{value:.3}"),
            _ => "n/a".to_owned(),
        };
    let names: Vec<&str> = head.set.names().collect();
    section(
        &format!("{}: held-out quality", head.set.name),
        [
            ("labels", names.join(", ")),
            ("sentences", scores.rows.to_string()),
            ("accuracy", figure(&scores.accuracy)),
            ("macro-F1", figure(&scores.macro_f1)),
            (
                "accuracy of the commonest label",
                format!("{:.3}", scores.majority_accuracy),
            ),
            ("cost", head.cost.to_string()),
            ("calibration", head.calibration.to_string()),
        ],
    )
}

fn heaviest(tagger: &Tagger, head: &Head) -> Section {
    let rows = head.set.names().enumerate().map(|(label, name)| {
        let weights = head.model.weights().column(label);
        let mut terms: Vec<usize> = (0..weights.len()).collect();
        terms.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]));
        let shown = terms.iter().take(HEAVIEST).map(|&term| {
            format!(
                "{} {:+.2}",
                tagger.vectorizer().readable(term as u32),
                weights[term]
            )
        });
        (name.to_owned(), shown.collect::<Vec<_>>().join(", "))
    });
    Section {
        title: format!("{}: heaviest terms", head.set.name),
        rows: rows.collect(),
    }
}

fn section<const N: usize>(title: &str, rows: [(&str, String); N]) -> Section {
    Section {
        title: title.to_owned(),
        rows: rows.map(|(name, value)| (name.to_owned(), value)).to_vec(),
    }
}
