//! `stance evaluate`: how good a model, or training on these labels, is.

use super::args::{LabelArgs, LearnArgs, OutputArgs};
use super::progress::{Progress, say};
use crate::error::Result;
use crate::evaluate::{Evaluation, Predictions, check_common_sets, learning_curve, trained_on};
use crate::labels::Labelled;
use crate::report::evaluation;
use crate::tagger::{self, Settings, Tagger};
use std::path::{Path, PathBuf};

/// Measure accuracy on labelled sentences: of a model, or by held-out folds of the labels
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tables of labelled sentences (CSV, TSV, JSONL or Parquet)
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    /// Measure this model; without it, models are trained on the labels, fold by fold
    #[arg(long, value_name = "FILE", conflicts_with_all = ["folds", "cost", "settings", "dictionary"])]
    model: Option<PathBuf>,
    /// Compare the model with this one on the same sentences, and say which is better
    #[arg(long, value_name = "FILE", requires = "model")]
    against: Option<PathBuf>,
    /// Call labels unsure that are less likely than this; shows what leaving them out buys
    /// [default: the model's, or 0.5]
    #[arg(long, value_name = "P")]
    unsure_below: Option<f64>,
    /// Learn from parts of the labels too, and say what more of them would bring; takes five times
    /// as long
    #[arg(long, conflicts_with = "model")]
    learning_curve: bool,
    /// Score a random split of the sentences too, and say by how much it flatters
    #[arg(long, conflicts_with = "model")]
    random_split: bool,
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
        .chain(&args.against)
        .chain(&args.columns.codebook)
        .chain(&args.learn.settings)
        .chain(&args.learn.dictionary);
    let output = args.output.open(read)?;
    let evaluations = match &args.model {
        Some(model) => of_model(args, model)?,
        None => by_folds(args)?,
    };
    output.write_whole(&match args.format {
        Format::Table => evaluation::table(&evaluations, args.output.style()),
        Format::Markdown => evaluation::markdown(&evaluations),
        Format::Json => evaluation::json(&evaluations),
    })
}

/// A given model, and if asked another, on all labels.
fn of_model(args: &Args, model: &Path) -> Result<Vec<Evaluation>> {
    let mut tagger = Tagger::load(model)?;
    let mut unsure_below = tagger.about().settings.unsure_below;
    if let Some(threshold) = args.unsure_below {
        tagger = tagger.unsure_below(threshold)?;
        unsure_below = threshold;
    }
    let rival = args.against.as_deref().map(Tagger::load).transpose()?;
    if let (Some(rival), Some(file)) = (&rival, &args.against) {
        check_common_sets(&tagger, rival).map_err(|error| error.at(file))?;
    }
    let labelled = args.columns.read_for(&tagger, &args.labels)?;
    warn_of_training_rows(&tagger, &labelled, model);
    let predictions = Predictions::of_model(&tagger, &labelled)?;
    let mut evaluations: Vec<Evaluation> = predictions
        .iter()
        .map(|predictions| predictions.evaluate(unsure_below))
        .collect();
    if let (Some(rival), Some(file)) = (&rival, &args.against) {
        warn_of_training_rows(rival, &labelled, file);
        let theirs = Predictions::of_model(rival, &labelled)?;
        compete(&mut evaluations, (&predictions, model), (&theirs, file))?;
    }
    Ok(evaluations)
}

/// Compares the two models in every label set that both know.
fn compete(
    evaluations: &mut [Evaluation],
    (ours, model): (&[Predictions], &Path),
    (theirs, against): (&[Predictions], &Path),
) -> Result<()> {
    let names = [model, against].map(|file| file.display().to_string());
    let names = [&*names[0], &*names[1]];
    for (evaluation, ours) in evaluations.iter_mut().zip(ours) {
        match theirs.iter().find(|theirs| theirs.set == ours.set) {
            Some(theirs) => evaluation.against = Some(ours.against(theirs, names)?),
            None => say(&format!("{}: only {} predicts it", ours.set, names[0])),
        }
    }
    Ok(())
}

/// Models trained on the labels, whole groups held out.
fn by_folds(args: &Args) -> Result<Vec<Evaluation>> {
    let mut settings = args.learn.settings()?;
    if let Some(threshold) = args.unsure_below {
        settings.unsure_below = threshold;
        settings.check()?;
    }
    let labelled = args.columns.read(&args.labels, &settings)?;
    say(&format!("{} folds, whole groups held out", settings.folds));
    let progress = Progress::steps();
    let mut step = |doing: &str, done, all| progress.step(doing, done, all);
    let predictions = Predictions::held_out(&labelled, &settings, &mut step)
        .map_err(|error| error.or_at(&args.labels[0]))?;
    let mut evaluations: Vec<Evaluation> = predictions
        .iter()
        .map(|predictions| predictions.evaluate(settings.unsure_below))
        .collect();
    if args.random_split {
        measure_optimism(
            &mut evaluations,
            &predictions,
            &labelled,
            &settings,
            &mut step,
        )?;
    }
    if args.learning_curve {
        let curves = learning_curve(&labelled, &settings, &predictions, &mut step)?;
        for (evaluation, curve) in evaluations.iter_mut().zip(curves) {
            evaluation.learning_curve = Some(curve);
        }
    }
    Ok(evaluations)
}

fn measure_optimism(
    evaluations: &mut [Evaluation],
    held_out: &[Predictions],
    labelled: &Labelled,
    settings: &Settings,
    progress: &mut tagger::Progress<'_>,
) -> Result<()> {
    let random = Predictions::random_split(labelled, settings, progress)?;
    let pairs = random.iter().zip(held_out);
    for (evaluation, (random, held_out)) in evaluations.iter_mut().zip(pairs) {
        let names = ["a random split", "whole groups held out"];
        evaluation.random_split = Some(random.against(held_out, names)?);
    }
    Ok(())
}

fn warn_of_training_rows(tagger: &Tagger, labelled: &Labelled, file: &Path) {
    if trained_on(tagger, labelled) {
        say(&format!(
            "warning: {} was trained on exactly these rows, so its scores are not held out\n  try: leave --model out to measure by held-out folds",
            file.display()
        ));
    }
}
