//! `stance evaluate`: how good a model, or training on these labels, is.

use super::args::{LabelArgs, LearnArgs, OutputArgs};
use super::progress::{Progress, say};
use crate::error::Result;
use crate::evaluate::{
    Evaluation, Extras, Named, check_common_sets, measure_model, measure_training, trained_on,
};
use crate::labels::Labelled;
use crate::report::evaluation;
use crate::tagger::Tagger;
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
    if let (Some(rival), Some(file)) = (&rival, &args.against) {
        warn_of_training_rows(rival, &labelled, file);
    }
    let name = model.display().to_string();
    let against = args.against.as_deref().unwrap_or(Path::new(""));
    let against = against.display().to_string();
    let named = Named {
        tagger: &tagger,
        name: &name,
    };
    let rival = rival.as_ref().map(|tagger| Named {
        tagger,
        name: &against,
    });
    let evaluations = measure_model(named, rival, &labelled, unsure_below)?;
    if rival.is_some() {
        let alone = evaluations.iter().filter(|found| found.against.is_none());
        alone.for_each(|found| say(&format!("{}: only {name} predicts it", found.set)));
    }
    Ok(evaluations)
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
    let extras = Extras {
        random_split: args.random_split,
        learning_curve: args.learning_curve,
    };
    measure_training(&labelled, &settings, extras, &mut step)
        .map_err(|error| error.or_at(&args.labels[0]))
}

fn warn_of_training_rows(tagger: &Tagger, labelled: &Labelled, file: &Path) {
    if trained_on(tagger, labelled) {
        say(&format!(
            "warning: {} was trained on exactly these rows, so its scores are not held out\n  try: leave --model out to measure by held-out folds",
            file.display()
        ));
    }
}
