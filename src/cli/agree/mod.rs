//! `stance agree`: how far readers agree who label the same sentences.

mod adjudicate;

use super::args::OutputArgs;
use super::progress::say;
use crate::codebook::Codebook;
use crate::error::Result;
use crate::evaluate::SetAgreement;
use crate::labels::{ReadReadings, Readings};
use crate::report::agreement;
use adjudicate::Adjudication;
use std::path::PathBuf;

/// Measure how far readers agree: Krippendorff's alpha, Cohen's kappa, and what they disagree on
///
/// Give one table with a row a reader and sentence, or a table a reader. Units that fewer than two
/// readers labelled are left out.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tables of labels (CSV, TSV, JSONL or Parquet); without a column of readers, each is one reader's
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    /// The column that names the reader [found: reader, annotator, coder]
    #[arg(long, value_name = "COL")]
    annotator: Option<String>,
    /// Take only this reader and the others named so; leave out whoever read only what others
    /// disputed
    #[arg(long, value_name = "NAME")]
    reader: Vec<String>,
    /// A column that holds labels; may be given several times [found: the codebook's sets, label]
    #[arg(long, value_name = "COL")]
    label: Vec<String>,
    /// A column that names the unit, or with others of them [found: article with sentence, text]
    #[arg(long, value_name = "COL")]
    unit: Vec<String>,
    /// Rows with the same value here are resampled together [found: article]
    #[arg(long, value_name = "COL")]
    group: Option<String>,
    /// Give alpha for each value of this column, too
    #[arg(long, value_name = "COL")]
    by: Option<String>,
    /// The label sets, their order and meaning
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// The format of the result; csv lists the disagreements
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    output: OutputArgs,
    /// Open the disagreements on a page and settle them
    #[arg(long, conflicts_with_all = ["format", "output", "by", "unit"])]
    adjudicate: bool,
    #[command(flatten)]
    adjudication: Adjudication,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    #[default]
    Table,
    Markdown,
    Json,
    Csv,
}

pub(super) fn run(args: &Args) -> Result<()> {
    if args.adjudicate {
        return adjudicate::run(args);
    }
    let output = args.output.open(args.labels.iter().chain(&args.codebook))?;
    let readings = args.read()?;
    warn_of_few_units(&readings);
    let sets = SetAgreement::of(&readings);
    output.write_whole(&match args.format {
        Format::Table => agreement::table(&readings, &sets, args.output.style()),
        Format::Markdown => agreement::markdown(&readings, &sets),
        Format::Json => agreement::json(&readings, &sets),
        Format::Csv => agreement::csv(&readings),
    })
}

impl Args {
    fn read(&self) -> Result<Readings> {
        let codebook = self.codebook.as_deref().map(Codebook::read).transpose()?;
        ReadReadings {
            reader: self.annotator.clone(),
            only: self.reader.clone(),
            labels: self.label.clone(),
            unit: self.unit.clone(),
            group: self.group.clone(),
            by: self.by.clone(),
            codebook,
        }
        .read(&self.labels)
    }
}

/// Whoever read only what others disputed makes agreement look worse than it is.
pub(super) fn warn_of_few_units(readings: &Readings) {
    let labelled = |reader: usize| {
        let units = readings.units.iter();
        let given = units.filter(|unit| unit.labels.iter().any(|set| set[reader].is_some()));
        given.count()
    };
    let counts: Vec<usize> = (0..readings.readers.len()).map(labelled).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    for (name, &units) in readings.readers.iter().zip(&counts) {
        if 2 * units < most {
            say(&format!(
                "reader `{name}` labelled {units} units, another {most}; if they were chosen because others disagreed, the figures mislead\n  try: name the other readers, each with --reader"
            ));
        }
    }
}
