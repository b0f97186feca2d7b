//! `stance agree`: how far readers agree who label the same sentences.

use super::args::OutputArgs;
use super::progress::say;
use crate::codebook::Codebook;
use crate::error::Result;
use crate::labels::{ReadReadings, Readings};
use crate::metrics::Ratings;
use crate::report::agreement::{self, SetReport};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Measure how far readers agree: Krippendorff's alpha, Cohen's kappa, and what they disagree on
///
/// Give one table with a row a reader and sentence, or a table a reader. Units that fewer than two
/// readers labelled are left out.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tables of labels (CSV, TSV or JSONL); without a column of readers, each is one reader's
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
    let output = args.output.open(args.labels.iter().chain(&args.codebook))?;
    let codebook = args.codebook.as_deref().map(Codebook::read).transpose()?;
    let readings = ReadReadings {
        reader: args.annotator.clone(),
        only: args.reader.clone(),
        labels: args.label.clone(),
        unit: args.unit.clone(),
        group: args.group.clone(),
        by: args.by.clone(),
        codebook,
    }
    .read(&args.labels)?;
    warn_of_few_units(&readings);
    let sets = 0..readings.sets.len();
    let sets: Vec<SetReport> = sets.map(|set| measure(&readings, set)).collect();
    output.write_whole(&match args.format {
        Format::Table => agreement::table(&readings, &sets, args.output.style()),
        Format::Markdown => agreement::markdown(&readings, &sets),
        Format::Json => agreement::json(&readings, &sets),
        Format::Csv => agreement::csv(&readings),
    })
}

fn measure(readings: &Readings, set: usize) -> SetReport {
    let values = readings.values(set);
    let units = readings.labels(set);
    // Without a column of groups, every unit is a group of its own.
    let numbered = readings.units.iter().enumerate();
    let groups: Vec<(Option<&str>, usize)> = numbered
        .map(|(at, unit)| {
            (
                unit.group.as_deref(),
                if unit.group.is_some() { 0 } else { at },
            )
        })
        .collect();
    let ratings = Ratings {
        units: &units,
        groups: &groups,
        k: readings.sets[set].labels.len(),
        values: values.as_deref(),
    };
    let parts: BTreeSet<&str> = readings
        .units
        .iter()
        .filter_map(|u| u.part.as_deref())
        .collect();
    let part = |part: &str| {
        let rows = readings.units.iter().zip(units.iter().zip(&groups));
        let rows = rows.filter(|(unit, _)| unit.part.as_deref() == Some(part));
        let (units, groups): (Vec<_>, Vec<_>) = rows
            .map(|(_, (unit, group))| (unit.clone(), *group))
            .unzip();
        let ratings = Ratings {
            units: &units,
            groups: &groups,
            ..ratings
        };
        (part.to_owned(), ratings.agreement())
    };
    SetReport {
        agreement: ratings.agreement(),
        pairs: ratings.pairs(),
        parts: parts.into_iter().map(part).collect(),
    }
}

/// Whoever read only what others disputed makes agreement look worse than it is.
fn warn_of_few_units(readings: &Readings) {
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
