//! The article report in JSON.

use super::super::explanation::Others;
use super::super::object::{Object, pretty};
use super::super::tags::{Fields, Record};
use super::ArticleReport;
use super::panel::{Panel, Voice};
use crate::codebook::Codebook;
use crate::prevalence::Share;
use crate::tagger::Contribution;
use serde::Serialize;

/// The version of the format.
const SCHEMA: &str = "stance-report/1";

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    article: &'a str,
    title: Option<&'a str>,
    authors: &'a [String],
    date: Option<jiff::civil::Date>,
    shares: Vec<Shares<'a>>,
    sentences: Vec<Sentence<'a>>,
}

#[derive(Serialize)]
struct Shares<'a> {
    set: &'a str,
    voice: &'static str,
    sentences: usize,
    unsure: usize,
    labels: Object<'a, Counted>,
    net: Option<Share>,
}

#[derive(Serialize)]
struct Counted {
    count: usize,
    #[serde(flatten)]
    share: Share,
}

#[derive(Serialize)]
struct Sentence<'a> {
    #[serde(flatten)]
    record: Record<'a>,
    drivers: &'a [Contribution],
    others: Option<Others>,
    bias: Option<f64>,
    score: Option<f64>,
}

/// An array with one object an article, whatever their number:
///
/// - `schema`: `stance-report/1`; `article`: the source; `title` and `date`: null if unknown; `authors`: an array;
/// - `shares`: an array with one object per label set and voice: `set`, `voice` (`own` or `all`),
///   `sentences` counted, `unsure` among them, `labels` (by name, in order: `count`, `raw`,
///   `corrected`, `low`, `high`; null where unknown) and `net` (the same without `count`; null for
///   a set without order);
/// - `sentences`: an array of the fields of `stance tag --format jsonl` that belong to a sentence
///   (see [`crate::report::tags`]) and what made the leading tag: `drivers`, an array of `term` and
///   `value`, largest first, `others` (`terms`: how many, `value`: their sum), `bias`, and `score`,
///   which is the sum of them all; null where unknown.
#[must_use]
pub fn json(reports: &[ArticleReport<'_>], codebook: &Codebook) -> String {
    let fields = Fields::new(codebook);
    let reports: Vec<Report<'_>> = reports
        .iter()
        .map(|report| article(report, codebook, &fields))
        .collect();
    pretty(&reports)
}

fn article<'a>(
    report: &ArticleReport<'a>,
    codebook: &'a Codebook,
    fields: &'a Fields<'a>,
) -> Report<'a> {
    let article = &report.tagged.article;
    let sentence = |(at, sentence)| {
        let reasons = report.reasons.get(at);
        Sentence {
            record: Record {
                fields,
                article: None,
                sentence,
                row: None,
            },
            drivers: report.drivers_of(at),
            others: reasons.map(|reasons| reasons.others),
            bias: reasons.map(|reasons| reasons.bias),
            score: reasons.map(|reasons| reasons.score),
        }
    };
    Report {
        schema: SCHEMA,
        article: &article.source,
        title: article.title.as_deref(),
        authors: &article.authors,
        date: article.date,
        shares: report.panels(codebook).iter().map(shares).collect(),
        sentences: report
            .tagged
            .sentences
            .iter()
            .enumerate()
            .map(sentence)
            .collect(),
    }
}

fn shares<'c>(panel: &Panel<'c>) -> Shares<'c> {
    let counted = panel.counts.iter().zip(&panel.shares);
    let counted = counted.map(|(&count, &share)| Counted { count, share });
    Shares {
        set: &panel.set.name,
        voice: match panel.voice {
            Voice::Own => "own",
            Voice::All | Voice::Any => "all",
        },
        sentences: panel.sentences,
        unsure: panel.unsure,
        labels: Object(panel.set.names().zip(counted).collect()),
        net: panel.net,
    }
}
