//! `stance compare`: authors, articles or quoted people side by side.

use super::args::OutputArgs;
use super::chart::ChartArgs;
use super::tagging::{TaggingArgs, read_options};
use crate::codebook::argument;
use crate::compare::{By, Question, Settings, compare, compare_closely};
use crate::error::{Error, Result};
use crate::report::method::Method;
use crate::report::{chart, comparison};

/// Compare authors by the stance of their articles, with intervals and verdicts
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    tagging: TaggingArgs,
    /// What is compared: author, byline (authors of an article together), article, holder (people
    /// quoted), month, or a column of the table or field of the front matter
    #[arg(long, value_name = "WHAT", default_value = "author")]
    by: String,
    /// Whose words count: the author's own, or everybody's
    #[arg(long, value_enum, default_value_t)]
    voice: Voice,
    /// The label set to compare [default: the one with a negative and a positive end]
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    /// The format of the comparison
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    chart: ChartArgs,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    #[default]
    Table,
    Markdown,
    Html,
    Json,
    Csv,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, clap::ValueEnum)]
enum Voice {
    #[default]
    Own,
    All,
}

pub(super) fn run(args: &Args) -> Result<()> {
    let output = args.output.open(args.tagging.reads())?;
    let picture = args.chart.open(&args.output, args.tagging.reads())?;
    let tagger = args.tagging.model.load()?;
    let head = tagger.head(args.label.as_deref())?;
    let (articles, outcome) = args.tagging.collect(&tagger, &read_options());
    if articles.is_empty() {
        return outcome;
    }
    let by = By::named(&args.by);
    by.check(&articles)?;
    let codebook = tagger.codebook();
    let set = &codebook.sets[head];
    let errors = Some(&tagger.heads()[head].errors);
    let question = Question::new(&codebook, &set.name, errors)
        .ok_or_else(|| Error::usage(format!("the model has no label set `{}`", set.name)))?;
    let settings = Settings {
        own_voice_only: args.voice == Voice::Own,
        ..Settings::default()
    };
    let style = args.output.style();
    let found = if let Format::Html = args.format {
        let argument = argument(&codebook.sets);
        let closeup = compare_closely(&articles, &question, argument, &by, &settings);
        output.write_whole(&comparison::html(&closeup, set, &Method::of(&tagger)))?;
        closeup.comparison
    } else {
        let found = compare(&articles, &question, &by, &settings);
        output.write_whole(&match args.format {
            Format::Table | Format::Html => comparison::table(&found, set, style),
            Format::Markdown => comparison::markdown(&found, set),
            Format::Json => comparison::json(&found),
            Format::Csv => comparison::csv(&found),
        })?;
        found
    };
    if let Some(picture) = picture {
        picture.write(&chart::comparison(&found, set)?)?;
    }
    outcome
}
