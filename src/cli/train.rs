//! `stance train`: from labelled sentences to a model file, its held-out scores and its card.

use super::args::{LabelArgs, LearnArgs, is_one_file, refuse_overwriting};
use super::card::{self, CardArgs, Origin};
use super::output::Output;
use super::progress::{Progress, say};
use super::terminal;
use crate::error::{Error, Result};
use crate::labels::Labelled;
use crate::metrics::Scores;
use crate::report::evaluation;
use crate::tagger::{Settings, Tagger};
use std::path::PathBuf;

/// Learn a model from labelled sentences; print its held-out scores
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tables of labelled sentences (CSV, TSV, JSONL or Parquet)
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    /// The model file to write
    #[arg(long, short, value_name = "MODEL")]
    output: PathBuf,
    #[command(flatten)]
    columns: LabelArgs,
    #[command(flatten)]
    learn: LearnArgs,
    #[command(flatten)]
    card: CardArgs,
    /// Search for better settings first: feature families, loss, class weights and cost, by the
    /// held-out folds
    #[arg(long, conflicts_with = "cost")]
    tune: bool,
}

pub(super) fn run(args: &Args) -> Result<()> {
    args.refuse_overwriting()?;
    let mut settings = args.learn.settings()?;
    let model = Output::create(&args.output)?;
    let labelled = args.columns.read(&args.labels, &settings)?;
    let draft = args.card.draft(&labelled)?;
    if args.tune {
        settings = tune(&labelled, &settings).map_err(|error| error.or_at(&args.labels[0]))?;
    }
    // What a card is drawn up from; without one the rows are given away, and need memory once.
    let drafted = draft.map(|draft| (draft, labelled.clone()));
    let (tagger, held_out) = {
        let progress = Progress::steps();
        Tagger::train_and_hold_out(labelled, &settings, &mut |doing, done, all| {
            progress.step(doing, done, all)
        })
        .map_err(|error| error.or_at(&args.labels[0]))?
    };
    let card = drafted
        .map(|(draft, labelled)| draft.finished(&tagger, held_out, &labelled, &args.origin()));
    put_down(model, &tagger.to_bytes()?, card)?;
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

impl Args {
    fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        let labels = self.labels.iter().chain(&self.columns.codebook);
        let learn = self.learn.settings.iter().chain(&self.learn.dictionary);
        labels.chain(learn).chain(self.card.inputs())
    }

    fn refuse_overwriting(&self) -> Result<()> {
        refuse_overwriting(Some(&self.output), self.inputs())?;
        refuse_overwriting(self.card.card.as_deref(), self.inputs())?;
        match &self.card.card {
            Some(card) if is_one_file(card, &self.output) => {
                Err(Error::usage("the card would overwrite the model")
                    .at(card)
                    .remedy("write it to another file"))
            }
            _ => Ok(()),
        }
    }

    fn origin(&self) -> Origin {
        let outputs = self.card.card.iter().chain([&self.output]);
        Origin {
            command: card::command(self.inputs().chain(outputs)),
            files: self.labels.iter().map(|file| card::named(file)).collect(),
            tuned: self.tune,
        }
    }
}

/// Writes the model and its card. On a full disk neither takes its place; who stops reading a card
/// still gets the model.
fn put_down(mut model: Output, bytes: &[u8], card: Option<(Output, String)>) -> Result<()> {
    model.hold(bytes)?;
    let Some((mut card, text)) = card else {
        return model.finish();
    };
    let held = card.hold(text.as_bytes());
    if held.as_ref().is_err_and(|error| !error.is_closed_pipe()) {
        return held;
    }
    model.finish()?;
    held?;
    card.finish()
}

/// Better settings than the given, with a line for the user on what was found.
fn tune(labelled: &Labelled, settings: &Settings) -> Result<Settings> {
    let tuned = {
        let progress = Progress::steps();
        let mut rung = String::new();
        Tagger::tune(labelled, settings, &mut |doing, done, all| {
            progress.step(doing, done, all)?;
            if rung != doing {
                rung = doing.to_owned();
                progress.note(&format!("{doing}: {all} choices of feature families left"));
            }
            Ok(())
        })?
    };
    say(&format!(
        "tuned: macro-F1 {:.3} with the best of {} settings, {:.3} with the settings to begin with; chosen: {}",
        tuned.macro_f1, tuned.tried, tuned.begun_with, tuned.settings,
    ));
    say("the best of many is flattered a little: judge it on rows that the search has not seen");
    Ok(tuned.settings)
}
