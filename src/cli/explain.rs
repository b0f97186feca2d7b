//! `stance explain`: the terms that made a tag.

use super::args::{ModelArgs, OutputArgs};
use super::tagging::read_options;
use crate::article::source::open;
use crate::error::{Error, Result};
use crate::report::explanation;
use crate::tagger::{Sentence, Tagger};
use std::path::PathBuf;

/// Show which terms made the tag of a sentence; they add up to its score
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A sentence, or with --sentence the file of an article
    #[arg(value_name = "SENTENCE|ARTICLE")]
    subject: String,
    /// Explain this sentence of the article, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    sentence: Option<u32>,
    /// The label set to explain [default: the one with a negative and a positive end]
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    #[command(flatten)]
    model: ModelArgs,
    /// The format of the explanation
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
    Html,
    Json,
}

pub(super) fn run(args: &Args) -> Result<()> {
    let subject = PathBuf::from(&args.subject);
    if args.subject.trim().is_empty() {
        return Err(Error::usage("there is no sentence to explain").remedy("give one in quotes"));
    }
    if args.sentence.is_none() && subject.is_file() {
        return Err(Error::usage("this is a file, not a sentence")
            .at(&subject)
            .remedy("say which of its sentences with --sentence N"));
    }
    let reads = [&subject].into_iter().chain(&args.model.model);
    let output = args.output.open(reads)?;
    let tagger = args.model.load()?;
    let head = tagger.head(args.label.as_deref())?;
    let (texts, at) = match args.sentence {
        None => (vec![(args.subject.clone(), 0)], 0),
        Some(number) => (sentences(&tagger, &args.subject)?, number as usize - 1),
    };
    if at >= texts.len() {
        return Err(
            Error::usage(format!("no sentence {}: there are {}", at + 1, texts.len()))
                .at(&args.subject)
                .remedy("give a smaller --sentence"),
        );
    }
    let sentences: Vec<Sentence<'_>> = texts
        .iter()
        .map(|(text, paragraph)| Sentence {
            text,
            paragraph: *paragraph,
        })
        .collect();
    let explanations = &tagger.explain(&sentences, head)[at];
    let sentence = &texts[at].0;
    output.write_whole(&match args.format {
        Format::Table => {
            let style = args.output.style();
            explanation::table(sentence, explanations, style)
        }
        Format::Markdown => explanation::markdown(sentence, explanations),
        Format::Html => explanation::html(sentence, explanations),
        Format::Json => explanation::json(sentence, explanations),
    })
}

/// The sentences of an article and their paragraphs.
fn sentences(tagger: &Tagger, file: &str) -> Result<Vec<(String, usize)>> {
    let inputs = [PathBuf::from(file)];
    let options = read_options();
    let article = open(&inputs, &options)
        .next()
        .unwrap_or_else(|| Err(Error::input("no article in it").at(file)))?;
    let tagged = tagger.tag_article(article);
    Ok(tagged
        .sentences
        .into_iter()
        .map(|sentence| (sentence.text, sentence.paragraph))
        .collect())
}
