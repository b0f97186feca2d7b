//! `stance tag`: every sentence with its tags, one by one.

use super::args::OutputArgs;
use super::rows::{GivenColumns, tag_rows};
use super::tagging::{TaggingArgs, read_options};
use crate::error::{Kind, Result};
use crate::report::tags::{TagFormat, TagWriter};

/// Tag every sentence of articles, or every row of a table
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    tagging: TaggingArgs,
    /// The inputs are tables of ready sentences: one row is one sentence
    #[arg(long)]
    sentences: bool,
    /// The column that holds the sentences, with --sentences [found: the model's, text, sentence]
    #[arg(long, value_name = "COL", requires = "sentences")]
    text: Option<String>,
    /// Rows that follow one another with the same value here are one text, so that neighbours
    /// become features, with --sentences [found: the model's]
    #[arg(long, value_name = "COL", requires = "sentences")]
    sequence: Option<String>,
    /// The format of the result [default: parquet if the output's name ends so, else jsonl]
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    Jsonl,
    Csv,
    Parquet,
    Table,
}

impl Args {
    fn format(&self) -> Result<TagFormat> {
        let output = self.output.path();
        let ending = output.and_then(|file| file.extension()).unwrap_or_default();
        Ok(match self.format {
            Some(Format::Csv) => TagFormat::Csv,
            Some(Format::Table) => TagFormat::Table(self.output.style()),
            Some(Format::Parquet) => TagFormat::Parquet.built()?,
            None if ending.eq_ignore_ascii_case("parquet") => TagFormat::Parquet.built()?,
            Some(Format::Jsonl) | None => TagFormat::Jsonl,
        })
    }
}

pub(super) fn run(args: &Args) -> Result<()> {
    let format = args.format()?;
    let mut output = args.output.open(args.tagging.reads())?;
    let tagger = args.tagging.model.load()?;
    let codebook = tagger.codebook();
    let mut writer = TagWriter::new(&mut output, format, &codebook);
    let mut tagged = 0;
    let outcome = if args.sentences {
        let columns = GivenColumns {
            text: args.text.as_deref(),
            sequence: args.sequence.as_deref(),
        };
        tag_rows(&args.tagging.inputs, &columns, &tagger, &mut writer)
    } else {
        let mut options = read_options();
        options.columns.only_these = true;
        args.tagging.for_each(&tagger, &options, |article| {
            tagged += 1;
            writer.article(&article)
        })
    };
    match outcome.and(writer.finish()) {
        Err(error) if error.kind == Kind::Io && error.place.is_none() => Err(output.placed(error)),
        // Articles that could be tagged are kept though another failed; a table is whole or not.
        Err(error) if tagged == 0 => Err(error),
        outcome => output.finish().and(outcome),
    }
}
