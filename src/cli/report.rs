//! `stance report`: one report an article.

use super::args::OutputArgs;
use super::chart::ChartArgs;
use super::tagging::{TaggingArgs, read_options};
use crate::codebook::Codebook;
use crate::compare::{By, Question, Settings, compare};
use crate::error::Result;
use crate::prevalence::Prevalence;
use crate::report::article::{self, ArticleReport};
use crate::report::chart;
use crate::report::explanation::Reasons;
use crate::report::method::Method;
use crate::tagger::{Sentence, TaggedArticle, Tagger};
use rayon::prelude::*;

/// Report the stance of each article: shares, and every sentence with its tag and what drives it
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    tagging: TaggingArgs,
    /// The format of the report
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
}

pub(super) fn run(args: &Args) -> Result<()> {
    let output = args.output.open(args.tagging.reads())?;
    let picture = args.chart.open(&args.output, args.tagging.reads())?;
    let tagger = args.tagging.model.load()?;
    let (articles, outcome) = args.tagging.collect(&tagger, &read_options());
    let codebook = tagger.codebook();
    let head = tagger.head(None)?;
    let findings: Vec<Findings> = articles
        .par_iter()
        .map(|article| Findings::of(&tagger, &codebook, head, article))
        .collect();
    let reports: Vec<ArticleReport<'_>> = articles
        .iter()
        .zip(&findings)
        .map(|(tagged, findings)| ArticleReport {
            tagged,
            reasons: &findings.reasons,
            own: findings.own.as_ref(),
            all: findings.all.as_ref(),
        })
        .collect();
    if reports.is_empty() {
        return outcome;
    }
    output.write_whole(&match args.format {
        Format::Table => {
            let style = args.output.style();
            article::table(&reports, &codebook, style)
        }
        Format::Markdown => article::markdown(&reports, &codebook),
        Format::Html => article::html(&reports, &codebook, &Method::of(&tagger)),
        Format::Json => article::json(&reports, &codebook),
    })?;
    if let Some(picture) = picture {
        picture.write(&chart::timeline(&reports, &codebook)?)?;
    }
    outcome
}

/// What a report says beyond the tags.
struct Findings {
    reasons: Vec<Reasons>,
    own: Option<Prevalence>,
    all: Option<Prevalence>,
}

impl Findings {
    fn of(tagger: &Tagger, codebook: &Codebook, head: usize, tagged: &TaggedArticle) -> Self {
        let errors = Some(&tagger.heads()[head].errors);
        let question = Question::new(codebook, &codebook.sets[head].name, errors);
        let shares = |own_voice_only| {
            let settings = Settings {
                own_voice_only,
                ..Settings::default()
            };
            let one = std::slice::from_ref(tagged);
            let found = compare(one, question.as_ref()?, &By::Article, &settings);
            found.rows.into_iter().next().map(|row| row.prevalence)
        };
        Self {
            reasons: reasons(tagger, head, tagged),
            own: shares(true),
            all: shares(false),
        }
    }
}

/// The terms kept for each sentence; `stance explain` has them all.
const DRIVERS: usize = 10;

/// What made the label that each sentence was given.
fn reasons(tagger: &Tagger, head: usize, tagged: &TaggedArticle) -> Vec<Reasons> {
    let sentences: Vec<Sentence<'_>> = tagged
        .sentences
        .iter()
        .map(|sentence| Sentence {
            text: &sentence.text,
            paragraph: sentence.paragraph,
        })
        .collect();
    tagger
        .explain(&sentences, head)
        .into_iter()
        .zip(&tagged.sentences)
        .map(|(labels, sentence)| Reasons::new(&labels[sentence.tags[head].label], DRIVERS))
        .collect()
}
