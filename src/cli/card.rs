//! The card that `stance train` writes beside a model.

use super::agree::warn_of_few_units;
use super::output::Output;
use crate::codebook::{Codebook, LabelSet};
use crate::error::{Error, Result};
use crate::evaluate::{Case, Evaluation, PassRates, Predictions, SetAgreement, read_cases};
use crate::labels::{Labelled, ReadReadings, Readings};
use crate::report::card::{self, Card, Learned};
use crate::tagger::{HeldOut, Tagger};
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// What a model card tells.
#[derive(Debug, clap::Args)]
pub(super) struct CardArgs {
    /// Write a model card (Markdown): the data, how the model was trained, and how good it is
    #[arg(long, value_name = "CARD.md")]
    pub card: Option<PathBuf>,
    /// For the card: a table of the labels of several readers, as `agree` reads them; may be given
    /// several times
    #[arg(long, value_name = "FILE", requires = "card")]
    readings: Vec<PathBuf>,
    /// Measure the agreement of this reader and the others named so alone
    #[arg(long, value_name = "NAME", requires = "readings")]
    reader: Vec<String>,
    /// For the card: sentences made to trip the model (a table with the columns `kind`, `text`,
    /// `before` and the label sets)
    #[arg(long, value_name = "FILE", requires = "card")]
    cases: Option<PathBuf>,
    /// For the card: what you have to say of the model's limits and uses (Markdown)
    #[arg(long, value_name = "FILE.md", requires = "card")]
    notes: Option<PathBuf>,
}

const USUAL_COLUMNS: &str = "call the columns `reader`, `article` and `sentence` (or `text`), and \
    those of the labels as in the table that is trained on";

/// What the card tells beside what training finds; read before the work begins.
pub(super) struct Draft {
    output: Output,
    readings: Option<Readings>,
    cases: Option<Vec<Case>>,
    notes: Option<String>,
}

impl CardArgs {
    /// The files that are read.
    pub fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.readings.iter().chain(&self.cases).chain(&self.notes)
    }

    /// Opens the card, if one is asked for, and reads what goes into it.
    pub fn draft(&self, labelled: &Labelled) -> Result<Option<Draft>> {
        let Some(card) = &self.card else {
            return Ok(None);
        };
        let cases = self.cases.as_deref();
        Ok(Some(Draft {
            output: Output::create(card)?,
            readings: self.read_readings(labelled)?,
            cases: cases
                .map(|file| read_cases(file, &labelled.sets))
                .transpose()?,
            notes: self.notes.as_deref().map(read_notes).transpose()?,
        }))
    }

    fn read_readings(&self, labelled: &Labelled) -> Result<Option<Readings>> {
        if self.readings.is_empty() {
            return Ok(None);
        }
        let readings = ReadReadings {
            only: self.reader.clone(),
            codebook: Some(Codebook {
                title: labelled.title.clone(),
                sets: labelled.sets.clone(),
            }),
            ..ReadReadings::default()
        };
        let readings = readings.read(&self.readings).map_err(|error| {
            // `agree` has options that name columns; here they are found by their usual names.
            match error.place.as_ref().and_then(|at| at.line) {
                Some(1) => error.remedy(USUAL_COLUMNS),
                _ => error,
            }
        })?;
        let known = |set: &LabelSet| labelled.sets.iter().any(|own| own.name == set.name);
        if !readings.sets.iter().all(known) {
            let sets: Vec<&str> = labelled.sets.iter().map(|set| &*set.name).collect();
            return Err(Error::input(format!("no column of {}", sets.join(" or ")))
                .at(&self.readings[0])
                .on_line(1)
                .remedy(USUAL_COLUMNS));
        }
        warn_of_few_units(&readings);
        Ok(Some(readings))
    }
}

fn read_notes(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).map_err(|error| {
        Error::io("cannot read the notes", error)
            .at(file)
            .remedy("give a text in UTF-8")
    })
}

/// Where a model comes from, beside its labels.
pub(super) struct Origin {
    /// The words of the command.
    pub command: Vec<String>,
    /// The files of labels, as the card names them.
    pub files: Vec<String>,
    /// Whether the settings were searched for.
    pub tuned: bool,
}

impl Draft {
    /// The whole card, and where it goes.
    pub fn finished(
        self,
        tagger: &Tagger,
        held_out: Vec<HeldOut>,
        labelled: &Labelled,
        origin: &Origin,
    ) -> (Output, String) {
        let settings = &tagger.about().settings;
        let evaluations: Vec<Evaluation> = Predictions::of_training(held_out, labelled, settings)
            .iter()
            .map(|predictions| predictions.evaluate(settings.unsure_below))
            .collect();
        let learned = tagger.heads().iter().zip(&evaluations);
        let learned: Vec<Learned<'_>> = learned
            .map(|(head, evaluation)| Learned {
                set: &head.set,
                cost: head.cost,
                evaluation,
            })
            .collect();
        let agreement = self.readings.as_ref().map(SetAgreement::of);
        let behaviour = self.cases.map(|cases| PassRates::measure(tagger, &cases));
        let text = card::markdown(&Card {
            about: tagger.about(),
            program: concat!("stance ", env!("CARGO_PKG_VERSION")),
            command: &origin.command,
            files: &origin.files,
            terms: tagger.vectorizer().terms(),
            tuned: origin.tuned,
            learned: &learned,
            agreement: self.readings.as_ref().zip(agreement.as_deref()),
            behaviour: behaviour.as_ref(),
            notes: self.notes.as_deref(),
        });
        (self.output, text)
    }
}

/// The name of a file, without folders that lie above the working directory.
pub(super) fn named(file: &Path) -> String {
    let here = std::env::current_dir().ok();
    let here = here.and_then(|here| file.strip_prefix(here).ok());
    let name = here.unwrap_or(file);
    let below = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    match name.file_name() {
        Some(last) if !name.components().all(below) => last.to_string_lossy().into_owned(),
        _ => name.display().to_string(),
    }
}

/// The words of the running command, with these of its files named as [`named`] has them.
pub(super) fn command<'f>(files: impl IntoIterator<Item = &'f PathBuf>) -> Vec<String> {
    let files: Vec<&PathBuf> = files.into_iter().collect();
    let word = |word: OsString| {
        let word = word.to_string_lossy();
        // `FILE`, `--option=FILE` or `-oFILE`.
        let ends = files
            .iter()
            .filter_map(|file| Some((file, word.strip_suffix(&*file.to_string_lossy())?)));
        match ends.min_by_key(|(_, before)| before.len()) {
            Some((file, before)) => format!("{before}{}", named(file)),
            None => word.into_owned(),
        }
    };
    let words = std::env::args_os().skip(1).map(word);
    std::iter::once("stance".to_owned()).chain(words).collect()
}
