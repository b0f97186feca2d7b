//! The article report as one HTML page that asks for nothing else.

use super::super::html::{File, Script, Segment, Tagged, palette, render, stacked};
use super::super::method::{Method, MethodView};
use super::super::number::{corrected, known, percent, signed};
use super::super::visible;
use super::details::details;
use super::panel::Panel;
use super::timeline::Timeline;
use super::{ArticleReport, byline, csv, holder, json, leading, title};
use crate::codebook::{Codebook, LabelSet, own_voice};
use crate::tagger::{Tag, TaggedSentence};
use askama::Template;

/// How many steps of strength a reader can tell apart.
const STEPS: f64 = 4.0;

#[derive(Template)]
#[template(path = "report/articles.html")]
struct Page {
    title: String,
    palette: String,
    script: Option<Script>,
    method: MethodView,
    questions: Vec<Question>,
    /// A label to show the steps of strength by.
    sample: Option<Tagged>,
    files: [File; 2],
    details: [File; 1],
    sentences: usize,
    articles: Vec<Article>,
}

/// A label set to filter by.
struct Question {
    name: String,
    meaning: String,
    labels: Vec<Choice>,
}

struct Choice {
    label: Tagged,
    meaning: String,
    count: usize,
}

struct Article {
    title: String,
    byline: Vec<String>,
    timeline: Option<Timeline>,
    panels: Vec<Shares>,
    paragraphs: Vec<Vec<Sentence>>,
}

struct Shares {
    title: String,
    summary: String,
    bar: Vec<Segment>,
    labels: Vec<Share>,
    net: Option<(String, String)>,
    corrected: bool,
}

struct Share {
    label: Tagged,
    count: usize,
    raw: String,
    corrected: String,
}

struct Sentence {
    number: usize,
    /// The number of its label in each set.
    tags: String,
    leading: Option<Leading>,
    reported: Option<String>,
    text: String,
}

/// The tag that colours the sentence.
struct Leading {
    label: Tagged,
    probability: String,
    /// From 1, hardly likelier than the others, to 4.
    strength: usize,
    unsure: bool,
}

/// One page for all articles, with a table of contents where there are several.
///
/// Nothing is fetched, and no script runs but the page's own; its content security policy says so.
/// A sentence opens on click, tap or key and shows all probabilities and the terms that made its
/// tag. The page carries what [`json()`] and [`csv()`] write, to be saved from it.
#[must_use]
pub fn html(reports: &[ArticleReport<'_>], codebook: &Codebook, method: &Method<'_>) -> String {
    let name = match reports {
        [one] => visible(title(&one.tagged.article)),
        _ => format!("{} articles", reports.len()),
    };
    render(&Page {
        title: name,
        palette: palette(&codebook.sets),
        script: Some(Script::new(&[
            include_str!("../../../templates/report/save.js"),
            include_str!("../../../templates/report/sentences.js"),
            include_str!("../../../templates/report/filter.js"),
        ])),
        method: method.view(),
        questions: questions(reports, codebook),
        sample: leading(codebook).map(|set| Tagged::new(set, set.1.labels.len().saturating_sub(1))),
        files: [
            File::new("stance-report.json", json(reports, codebook).as_bytes()),
            File::new("stance-sentences.csv", &csv(reports, codebook)),
        ],
        details: [File::new("details.json", &details(reports, codebook))],
        sentences: reports.iter().map(|one| one.tagged.sentences.len()).sum(),
        articles: reports
            .iter()
            .map(|report| article(report, codebook))
            .collect(),
    })
}

/// The label sets, to filter by.
fn questions(reports: &[ArticleReport<'_>], codebook: &Codebook) -> Vec<Question> {
    let sets = codebook.sets.iter().enumerate();
    sets.map(|set| question(set, reports)).collect()
}

fn question(set: (usize, &LabelSet), reports: &[ArticleReport<'_>]) -> Question {
    let sentences = || reports.iter().flat_map(|report| &report.tagged.sentences);
    let count = |label| {
        let tags = sentences().filter_map(|sentence| sentence.tags.get(set.0));
        tags.filter(|tag| tag.label == label).count()
    };
    let choice = |(at, label): (usize, &crate::codebook::Label)| Choice {
        label: Tagged::new(set, at),
        meaning: visible(&label.meaning),
        count: count(at),
    };
    Question {
        name: visible(&set.1.name),
        meaning: visible(&set.1.question),
        labels: set.1.labels.iter().enumerate().map(choice).collect(),
    }
}

fn article(report: &ArticleReport<'_>, codebook: &Codebook) -> Article {
    let article = &report.tagged.article;
    let sentences = &report.tagged.sentences;
    let paragraphs = sentences.chunk_by(|a, b| a.paragraph == b.paragraph);
    let own = own_voice(&codebook.sets);
    let set = leading(codebook).filter(|_| !sentences.is_empty());
    let panels = match sentences.as_slice() {
        [] => Vec::new(),
        _ => report.panels(codebook),
    };
    Article {
        title: visible(title(article)),
        byline: byline(article).iter().map(|part| visible(part)).collect(),
        timeline: set.map(|set| Timeline::new(sentences, set, own)),
        panels: panels.iter().map(shares).collect(),
        paragraphs: paragraphs
            .map(|paragraph| {
                paragraph
                    .iter()
                    .map(|one| sentence(one, codebook))
                    .collect()
            })
            .collect(),
    }
}

fn shares(panel: &Panel<'_>) -> Shares {
    let set = (panel.index, panel.set);
    let raw: Vec<f64> = panel
        .shares
        .iter()
        .map(|share| share.raw.unwrap_or(0.0))
        .collect();
    let labels = panel.shares.iter().enumerate().map(|(label, share)| Share {
        label: Tagged::new(set, label),
        count: panel.counts[label],
        raw: known(share.raw, percent),
        corrected: corrected(share, percent),
    });
    let labels: Vec<Share> = labels.collect();
    let summary = labels
        .iter()
        .map(|share| format!("{} {} ({})", share.label.name, share.count, share.raw));
    Shares {
        title: visible(&panel.title()),
        summary: summary.collect::<Vec<_>>().join(", "),
        bar: stacked(set, &raw, 0.0, 100.0),
        labels,
        net: panel
            .net
            .as_ref()
            .map(|net| (known(net.raw, signed), corrected(net, signed))),
        corrected: panel.is_corrected(),
    }
}

fn sentence(sentence: &TaggedSentence, codebook: &Codebook) -> Sentence {
    let tags = sentence.tags.iter().map(|tag| tag.label.to_string());
    let leading = leading(codebook).and_then(|set| Some((set, sentence.tags.get(set.0)?)));
    Sentence {
        number: sentence.number,
        tags: tags.collect::<Vec<_>>().join(" "),
        leading: leading.map(|(set, tag)| Leading {
            label: Tagged::new(set, tag.label),
            probability: known(tag.probabilities.get(tag.label).copied(), percent),
            strength: strength(tag),
            unsure: tag.unsure,
        }),
        reported: holder(sentence, codebook).map(visible),
        text: visible(&sentence.text),
    }
}

/// How far the tag is from a toss-up between all labels, in steps from 1 to 4.
fn strength(tag: &Tag) -> usize {
    let chance = 1.0 / tag.probabilities.len().max(1) as f64;
    let probability = tag.probabilities.get(tag.label).copied().unwrap_or(0.0);
    let above = (probability - chance) / (1.0 - chance);
    // A cast takes what is not a number for 0.
    1 + (STEPS * above).clamp(0.0, STEPS - 1.0) as usize
}
