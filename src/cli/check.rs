//! `stance check`: what is likely wrong with labels.

use super::args::{LabelArgs, LearnArgs, OutputArgs};
use super::progress::{Progress, say};
use crate::article::source::{ReadOptions, open};
use crate::error::Result;
use crate::evaluate::Check;
use crate::labels::{Labelled, Shelf};
use crate::report::check;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Find what is likely wrong with labels: errors, contradictions, duplicates, leaks between groups
///
/// Models are trained fold by fold and asked about groups they have not seen. What they think little
/// of is listed, the most doubtful first, and what rows say of one another.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tables of labelled sentences (CSV, TSV, JSONL or Parquet)
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    /// The articles that the sentences stand in [found: the folder `articles` beside the labels, and
    /// files that the labels name]
    #[arg(long, value_name = "FOLDER", num_args = 1..)]
    articles: Vec<PathBuf>,
    #[command(flatten)]
    columns: LabelArgs,
    #[command(flatten)]
    learn: LearnArgs,
    /// The format of the result; csv lists everything, to be worked through
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
    let read = args
        .labels
        .iter()
        .chain(&args.articles)
        .chain(&args.columns.codebook)
        .chain(&args.learn.settings)
        .chain(&args.learn.dictionary);
    let output = args.output.open(read)?;
    let settings = args.learn.settings()?;
    let labelled = args.columns.read(&args.labels, &settings)?;
    let shelf = shelf(args, &labelled)?;
    let check = {
        let progress = Progress::steps();
        let mut step = |doing: &str, done, all| progress.step(doing, done, all);
        Check::of(labelled, shelf.as_ref(), &settings, &mut step)
            .map_err(|error| error.or_at(&args.labels[0]))?
    };
    output.write_whole(&match args.format {
        Format::Table => check::table(&check, args.output.style()),
        Format::Markdown => check::markdown(&check),
        Format::Json => check::json(&check),
        Format::Csv => check::csv(&check),
    })
}

/// The articles, if any are given or found; one that cannot be read costs no other.
fn shelf(args: &Args, labelled: &Labelled) -> Result<Option<Shelf>> {
    let found = match args.articles.is_empty() {
        true => neighbours(&args.labels, labelled),
        false => args.articles.clone(),
    };
    if found.is_empty() {
        return Ok(None);
    }
    let mut shelf = Shelf::default();
    let (mut read, mut lost) = (0, None);
    for article in open(&found, &ReadOptions::default()) {
        match article {
            Ok(article) => {
                shelf.add(&article);
                read += 1;
            }
            Err(error) if lost.is_none() => lost = Some(error),
            Err(error) => say(&format!("warning: {error}")),
        }
    }
    match lost {
        // Articles were asked for, and none is there.
        Some(error) if read == 0 && !args.articles.is_empty() => return Err(error),
        Some(error) => say(&format!("warning: {error}")),
        None => {}
    }
    say(&format!("sentences looked up in {read} articles"));
    Ok((read > 0).then_some(shelf))
}

/// The folder `articles` beside each file of labels, and the files that rows name as their article.
fn neighbours(files: &[PathBuf], labelled: &Labelled) -> Vec<PathBuf> {
    if labelled.columns.document.is_none() {
        return Vec::new();
    }
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    let beside = folders.iter().map(|folder| folder.join("articles"));
    let mut found: Vec<PathBuf> = beside.filter(|folder| folder.is_dir()).collect();
    let named = labelled
        .sentences
        .iter()
        .filter_map(|s| s.document.as_deref());
    let named: BTreeSet<&str> = named.filter(|name| !name.is_empty()).collect();
    for name in named {
        let places = std::iter::once(PathBuf::from(name));
        let mut places = places.chain(folders.iter().map(|folder| folder.join(name)));
        found.extend(places.find(|place| place.is_file()));
    }
    found
}
