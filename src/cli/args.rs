//! Arguments that several commands share.

use super::output::Output;
use super::progress::{Progress, say};
use super::terminal;
use crate::codebook::Codebook;
use crate::error::{Error, Result};
use crate::evaluate::MergeChoice;
use crate::features::Dictionary;
use crate::labels::{Annotated, Columns, Labelled, Merge, ReadLabels};
use crate::report::Style;
use crate::tagger::{Settings, Tagger};
use std::path::{Path, PathBuf};

/// Which model tags.
#[derive(Debug, clap::Args)]
pub(super) struct ModelArgs {
    /// The model; without it, the one that comes with the program
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// Call tags unsure whose label is less likely than this
    #[arg(long, value_name = "P")]
    pub unsure_below: Option<f64>,
}

impl ModelArgs {
    pub fn load(&self) -> Result<Tagger> {
        let tagger = match &self.model {
            Some(path) => Tagger::load(path)?,
            None => Tagger::shipped(),
        };
        match self.unsure_below {
            Some(threshold) => tagger.unsure_below(threshold),
            None => Ok(tagger),
        }
    }
}

/// Which columns of a labels file hold what.
#[derive(Debug, clap::Args)]
pub(super) struct LabelArgs {
    /// The column that holds the sentences [found: text, sentence]
    #[arg(long, value_name = "COL")]
    pub text: Option<String>,
    /// A column that holds labels; may be given several times [found: the codebook's sets, label]
    #[arg(long, value_name = "COL")]
    pub label: Vec<String>,
    /// Rows with the same value here are held out together [found: group, author, article]
    #[arg(long, value_name = "COL")]
    pub group: Option<String>,
    /// Rows with the same value here are one text in order, so that neighbours become features
    /// [found: article, document]
    #[arg(long, value_name = "COL")]
    pub sequence: Option<String>,
    /// Take each file for one text whose sentences stand in order (within each group)
    #[arg(long, conflicts_with = "sequence")]
    pub in_order: bool,
    /// The column that names who labelled the row [found: reader, annotator, coder]
    #[arg(long, value_name = "COL")]
    pub annotator: Option<String>,
    /// What becomes of several annotators' labels of one sentence: the label that most of them gave,
    /// or all of them, weighted by how far annotators agree [default: the way with the lower
    /// held-out log-loss; with --model, majority]
    #[arg(long, value_enum, value_name = "WAY")]
    pub merge: Option<MergeWay>,
    /// The label sets, their order and meaning
    #[arg(long, value_name = "FILE")]
    pub codebook: Option<PathBuf>,
}

/// How several annotators' labels become one.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum MergeWay {
    Majority,
    Soft,
}

impl From<MergeWay> for Merge {
    fn from(way: MergeWay) -> Self {
        match way {
            MergeWay::Majority => Self::Majority,
            MergeWay::Soft => Self::Soft,
        }
    }
}

impl LabelArgs {
    /// Reads the labels that a model learns from by these settings, and says what deserves to be
    /// known about them.
    pub fn read(&self, files: &[PathBuf], settings: &Settings) -> Result<Labelled> {
        let codebook = self.codebook.as_deref().map(Codebook::read).transpose()?;
        let annotated = self.read_with(codebook, Columns::default(), files)?;
        let way = match self.merge {
            Some(way) => way.into(),
            None if annotated.shared() == 0 => Merge::default(),
            None => choose_merge(&annotated, settings).map_err(|error| error.or_at(&files[0]))?,
        };
        Ok(told(&annotated, way))
    }

    /// Reads labels that a model is measured by: its label sets and columns are expected.
    pub fn read_for(&self, tagger: &Tagger, files: &[PathBuf]) -> Result<Labelled> {
        let codebook = match &self.codebook {
            Some(file) => Codebook::read(file)?,
            None => tagger.codebook(),
        };
        let annotated = self.read_with(Some(codebook), tagger.about().columns.clone(), files)?;
        Ok(told(
            &annotated,
            self.merge.map_or_else(Merge::default, Merge::from),
        ))
    }

    fn read_with(
        &self,
        codebook: Option<Codebook>,
        preferred: Columns,
        files: &[PathBuf],
    ) -> Result<Annotated> {
        ReadLabels {
            text: self.text.clone(),
            labels: self.label.clone(),
            group: self.group.clone(),
            document: self.sequence.clone(),
            annotator: self.annotator.clone(),
            in_order: self.in_order,
            codebook,
            preferred,
        }
        .read_annotated(files)
    }
}

/// The way whose models are less surprised by what annotators said of sentences held out.
fn choose_merge(annotated: &Annotated, settings: &Settings) -> Result<Merge> {
    let progress = Progress::steps();
    let mut step = |doing: &str, done, all| progress.step(doing, done, all);
    let choice = MergeChoice::measure(annotated, settings, &mut step)?;
    progress.note(&format!(
        "held-out log-loss of annotators' labels: {:.4} learning from their majority, {:.4} from soft labels weighted by agreement; chosen: {}",
        choice.majority, choice.soft, choice.way
    ));
    Ok(choice.way)
}

/// The merged labels; says what deserves to be known about them.
fn told(annotated: &Annotated, way: Merge) -> Labelled {
    let labelled = annotated.merged(way);
    match &labelled.columns.group {
        Some(group) => say(&format!("groups held out together: column `{group}`")),
        None => say(
            "no column of groups: single rows are held out, which flatters the scores\n  try: name the column of authors or articles with --group",
        ),
    }
    match &labelled.merged {
        Some(merged) => say(&format!("labels of {merged}")),
        None if annotated.annotators.len() > 1 => say(&format!(
            "labels of {} annotators, no two of the same sentence",
            annotated.annotators.len()
        )),
        None => {}
    }
    for (at, set) in labelled.sets.iter().enumerate() {
        if labelled.merged.is_some() && way == Merge::Soft {
            say(&accuracies(annotated, at));
        }
        say_contradictions(&labelled, at, &set.name);
    }
    labelled
}

fn accuracies(annotated: &Annotated, set: usize) -> String {
    let names = annotated.annotators.iter();
    let rates = names.zip(annotated.accuracies(set));
    let rates: Vec<String> = rates
        .map(|(name, rate)| format!("{name} {:.0}%", 100.0 * rate))
        .collect();
    let set = &annotated.sets()[set].name;
    format!(
        "how often annotators are taken to be right about {set}: {}",
        rates.join(", ")
    )
}

fn say_contradictions(labelled: &Labelled, at: usize, set: &str) {
    let found = labelled.contradictions(at);
    if let Some(first) = found.first() {
        say(&format!(
            "{} contradictory rows in `{set}`; first: {}:{} says {}, {}:{} says {} of the same sentence",
            found.len(),
            first.first.0,
            first.first.1,
            first.first.2,
            first.second.0,
            first.second.1,
            first.second.2,
        ));
    }
}

/// How a model is learned.
#[derive(Debug, clap::Args)]
pub(super) struct LearnArgs {
    /// Settings of features and training (JSON), as `inspect --settings` shows those of a model
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// Words and expressions by category (a table with the columns `term` and `category`), which
    /// the model learns from and keeps
    #[arg(long, value_name = "FILE")]
    pub dictionary: Option<PathBuf>,
    /// The cost of errors against the size of weights: larger fits closer [default: chosen by the
    /// held-out folds]
    #[arg(long, value_name = "C")]
    pub cost: Option<f64>,
    /// Folds for held-out scores, calibration and error rates
    #[arg(long, value_name = "N")]
    pub folds: Option<usize>,
}

impl LearnArgs {
    pub fn settings(&self) -> Result<Settings> {
        let mut settings = match &self.settings {
            Some(file) => Settings::read(file)?,
            None => Settings::default(),
        };
        if let Some(file) = &self.dictionary {
            settings.features.dictionary = Some(Dictionary::read(file)?);
        }
        if let Some(cost) = self.cost {
            settings.costs = vec![cost];
        }
        if let Some(folds) = self.folds {
            settings.folds = folds;
        }
        settings.check()?;
        Ok(settings)
    }
}

/// Where the result goes.
#[derive(Debug, clap::Args)]
pub(super) struct OutputArgs {
    /// Write here instead of to standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl OutputArgs {
    /// Opens the output of a command that reads these files and folders.
    pub fn open<'i>(&self, reads: impl IntoIterator<Item = &'i PathBuf>) -> Result<Output> {
        refuse_overwriting(self.output.as_deref(), reads)?;
        Output::open(self.output.as_deref())
    }

    /// The file named, if any.
    pub fn path(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// How tables look there.
    pub fn style(&self) -> Style {
        terminal::style_for(self.output.as_deref())
    }
}

/// Refuses an output that is also an input, or lies in a folder that is.
pub(super) fn refuse_overwriting<'i>(
    output: Option<&Path>,
    inputs: impl IntoIterator<Item = &'i PathBuf>,
) -> Result<()> {
    let Some((name, output)) = output.and_then(|name| Some((name, name.canonicalize().ok()?)))
    else {
        return Ok(());
    };
    let holds = |input: &PathBuf| {
        let input = input.canonicalize();
        input.is_ok_and(|input| output.is_file() && output.starts_with(input))
    };
    if inputs.into_iter().any(holds) {
        return Err(Error::usage("the output is one of the inputs")
            .at(name)
            .remedy("write to another file"));
    }
    Ok(())
}

/// Whether two outputs would be one file, there already or not. Devices and pipes take several.
pub(super) fn is_one_file(a: &Path, b: &Path) -> bool {
    let place = |file: &Path| {
        let there = file.canonicalize().ok();
        there.or_else(|| {
            let file = std::path::absolute(file).ok()?;
            Some(file.parent()?.canonicalize().ok()?.join(file.file_name()?))
        })
    };
    let (a, b) = (place(a), place(b));
    a.is_some_and(|a| Some(&a) == b.as_ref() && (a.is_file() || !a.exists()))
}
