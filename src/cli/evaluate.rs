//! `stance evaluate`: how good a model, or training on these labels, is.

use super::args::{LabelArgs, LearnArgs, OutputArgs};
use super::progress::{Progress, say};
use crate::error::Result;
use crate::evaluate::Predictions;
use crate::labels::Labelled;
use crate::metrics::Scores;
use crate::report::evaluation::{self, Evaluation};
use crate::tagger::Tagger;
use std::path::PathBuf;

/// Measure accuracy on labelled sentences: of a model, or by held-out folds of the labels
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tables of labelled sentences (CSV, TSV or JSONL)
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    /// Measure this model; without it, models are trained on the labels, fold by fold
    #[arg(long, value_name = "FILE", conflicts_with_all = ["folds", "cost"])]
    model: Option<PathBuf>,
    #[command(flatten)]
    columns: LabelArgs,
    #[command(flatten)]
    learn: LearnArgs,
    /// The format of the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    #[default]
    Table,
    Markdown,
    Json,
}

pub(super) fn run(args: &Args) -> Result<()> {
    let read = args
        .labels
        .iter()
        .chain(&args.model)
        .chain(&args.columns.codebook);
    let output = args.output.open(read)?;
    let predictions = match &args.model {
        Some(path) => {
            let tagger = Tagger::load(path)?;
            let labelled = args.columns.read_for(&tagger, &args.labels)?;
            warn_of_training_rows(&tagger, &labelled);
            Predictions::of_model(&tagger, &labelled)?
        }
        None => {
            let settings = args.learn.settings()?;
            let labelled = args.columns.read(&args.labels)?;
            say(&format!("{} folds, whole groups held out", settings.folds));
            let progress = Progress::steps();
            Predictions::held_out(&labelled, &settings, &mut |doing, done, all| {
                progress.step(doing, done, all);
            })
            .map_err(|error| error.or_at(&args.labels[0]))?
        }
    };
    let found: Vec<Scores> = predictions.iter().map(Predictions::scores).collect();
    let scores: Vec<Evaluation<'_>> = predictions
        .iter()
        .zip(&found)
        .map(|(predictions, scores)| Evaluation {
            set: &predictions.set,
            scores,
        })
        .collect();
    output.write_whole(&match args.format {
        Format::Table => evaluation::table(&scores, args.output.style()),
        Format::Markdown => evaluation::markdown(&scores),
        Format::Json => evaluation::json(&scores),
    })
}

fn warn_of_training_rows(tagger: &Tagger, labelled: &Labelled) {
    let mut sorted = labelled.clone();
    sorted.sort();
    if sorted.fingerprint() == tagger.about().fingerprint {
        say(
            "warning: the model was trained on exactly these rows, so these scores are not held out\n  try: leave --model out to measure by held-out folds",
        );
    }
}
