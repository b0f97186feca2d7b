//! `stance agree --adjudicate`: the disagreements on the labelling page.

use super::super::args::refuse_overwriting;
use super::super::label::{Opening, add_articles, check_annotator, run_page};
use super::super::progress::say;
use super::super::tagging::read_options;
use super::Args;
use crate::codebook::Codebook;
use crate::error::{Error, Result};
use crate::labelling::server::Service;
use crate::labelling::{Corpus, Desk, Disputed, Guide, Queue, Retraining, add_remarks, disputed};
use crate::labels::Readings;
use crate::tagger::{Settings, Tagger};
use std::path::PathBuf;

/// How disagreements are settled.
#[derive(Debug, clap::Args)]
pub(in super::super) struct Adjudication {
    /// The table that the adjudicator's labels are written to, with --adjudicate
    #[arg(
        long = "labels",
        value_name = "FILE.csv",
        requires = "adjudicate",
        default_value = "adjudicated.csv"
    )]
    settled: PathBuf,
    /// Who adjudicates [default: asked by the page]
    #[arg(long, value_name = "NAME", requires = "adjudicate")]
    adjudicator: Option<String>,
    /// Show the sentences in these articles (files or folders) instead of beside what else the
    /// tables have of theirs
    #[arg(long, value_name = "ARTICLES", requires = "adjudicate")]
    articles: Vec<PathBuf>,
    #[command(flatten)]
    opening: Opening,
}

pub(super) fn run(args: &Args) -> Result<()> {
    let given = &args.adjudication;
    let read = args.labels.iter().chain(&args.codebook);
    refuse_overwriting(Some(&given.settled), read)?;
    check_annotator(given.adjudicator.as_deref())?;
    let readings = args.read()?;
    let (corpus, disputed) = find(args, &readings)?;
    let codebook = Codebook {
        title: match &args.codebook {
            Some(file) => Codebook::read(file)?.title,
            None => Codebook::shipped().title,
        },
        sets: readings.sets,
    };
    let first = (Tagger::shipped(), "shipped".to_owned());
    let retraining = Retraining::new(0, Settings::default(), first, &codebook);
    let guide = Guide::of(&codebook);
    let service = Service {
        desk: Desk::open(corpus, codebook, &given.settled, Some(disputed), retraining)?,
        guide,
        annotator: given.adjudicator.clone(),
        queue: Queue::Disagreements,
        suggest: false,
    };
    run_page(service, &given.opening)
}

/// The sentences and what the readers who disagree say of them.
fn find(args: &Args, readings: &Readings) -> Result<(Corpus, Disputed)> {
    // Where no column names the article, all tables are of one.
    let unnamed = "sentences";
    let mut corpus = Corpus::default();
    match args.adjudication.articles.is_empty() {
        true => corpus.add_tables(&args.labels, Some(unnamed), &read_options())?,
        false => add_articles(&mut corpus, &args.adjudication.articles),
    }
    let (mut found, missing) = disputed(readings, &corpus, unnamed);
    let reader = args.annotator.as_deref();
    add_remarks(&mut found, &corpus, &args.labels, unnamed, reader)?;
    if found.is_empty() && missing == 0 {
        return Err(
            Error::input("the readers agree on everything").remedy("there is nothing to do")
        );
    }
    if found.is_empty() {
        return Err(Error::input(format!(
            "none of the {missing} sentences in dispute is in the articles"
        ))
        .remedy("name the articles that were read, or leave --articles out"));
    }
    if missing > 0 {
        say(&format!(
            "{missing} sentences in dispute are not in the articles, and are left out"
        ));
    }
    Ok((corpus, found))
}
