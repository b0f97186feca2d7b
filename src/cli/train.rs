//! `stance train`: from labelled sentences to a model file and its held-out scores.

use super::args::{LabelArgs, LearnArgs, refuse_overwriting};
use super::output::Output;
use super::progress::{Progress, say};
use super::terminal;
use crate::error::Result;
use crate::labels::Labelled;
use crate::metrics::Scores;
use crate::report::evaluation;
use crate::tagger::{Settings, Tagger};
use std::io::Write;
use std::path::PathBuf;

/// Learn a model from labelled sentences; print its held-out scores
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tables of labelled sentences (CSV, TSV or JSONL)
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    /// The model file to write
    #[arg(long, short, value_name = "MODEL")]
    output: PathBuf,
    #[command(flatten)]
    columns: LabelArgs,
    #[command(flatten)]
    learn: LearnArgs,
    /// Search for better settings first: feature families, loss, class weights and cost, by the
    /// held-out folds
    #[arg(long, conflicts_with = "cost")]
    tune: bool,
}

pub(super) fn run(args: &Args) -> Result<()> {
    refuse_overwriting(
        Some(&args.output),
        args.labels.iter().chain(&args.columns.codebook),
    )?;
    let mut settings = args.learn.settings()?;
    let mut model = Output::create(&args.output)?;
    let labelled = args.columns.read(&args.labels)?;
    if args.tune {
        settings = tune(&labelled, &settings).map_err(|error| error.or_at(&args.labels[0]))?;
    }
    let tagger = {
        let progress = Progress::steps();
        Tagger::train(labelled, &settings, &mut |doing, done, all| {
            progress.step(doing, done, all);
        })
        .map_err(|error| error.or_at(&args.labels[0]))?
    };
    let bytes = tagger.to_bytes()?;
    model
        .write_all(&bytes)
        .map_err(|error| model.failed(error))?;
    model.finish()?;
    say(&format!(
        "{}: {} terms learned from {} sentences of {} groups; held-out scores:",
        args.output.display(),
        tagger.vectorizer().terms(),
        tagger.about().rows,
        tagger.about().groups,
    ));
    let scores: Vec<(&str, &Scores)> = tagger
        .heads()
        .iter()
        .map(|head| (head.set.name.as_str(), &head.scores))
        .collect();
    Output::open(None)?.write_whole(&evaluation::scores(&scores, terminal::style()))
}

/// Better settings than the given, with a line for the user on what was found.
fn tune(labelled: &Labelled, settings: &Settings) -> Result<Settings> {
    let tuned = {
        let progress = Progress::steps();
        let mut rung = String::new();
        Tagger::tune(labelled, settings, &mut |doing, done, all| {
            progress.step(doing, done, all);
            if rung != doing {
                rung = doing.to_owned();
                progress.note(&format!("{doing}: {all} choices of feature families left"));
            }
        })?
    };
    say(&format!(
        "tuned: macro-F1 {:.3} with the best of {} settings, {:.3} with the settings to begin with; chosen: {}",
        tuned.macro_f1, tuned.tried, tuned.begun_with, tuned.settings,
    ));
    say("the best of many is flattered a little: judge it on rows that the search has not seen");
    Ok(tuned.settings)
}
