//! The article report as one HTML page that asks for nothing else.

use super::super::html::{Segment, Tagged, Script, palette, render, stacked};
use super::super::number::{corrected, known, percent, signed};
use super::super::visible;
use super::panel::Panel;
use super::{ArticleReport, asides, byline, leading, title};
use crate::codebook::{Codebook, LabelSet};
use crate::tagger::{Contribution, TaggedSentence};
use askama::Template;

#[derive(Template)]
#[template(path = "report/articles.html")]
struct Page {
    title: String,
    palette: String,
    script: Option<Script>,
    legend: Vec<Legend>,
    articles: Vec<Article>,
}

struct Legend {
    label: Tagged,
    meaning: String,
}

struct Article {
    title: String,
    byline: Vec<String>,
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
    label: Option<Tagged>,
    unsure: bool,
    text: String,
    asides: String,
    answers: Vec<Answer>,
    drivers: Vec<(String, String)>,
}

/// What the model makes of one question: every label with its probability.
struct Answer {
    set: String,
    unsure: bool,
    labels: Vec<(Tagged, String, bool)>,
}

/// One page for all articles, with a table of contents where there are several.
///
/// No script runs on it and nothing is fetched; its content security policy says so. A sentence
/// opens on click, tap or key and shows all probabilities and what drives its tag.
#[must_use]
pub fn html(reports: &[ArticleReport<'_>], codebook: &Codebook) -> String {
    let name = match reports {
        [one] => visible(title(&one.tagged.article)),
        _ => format!("{} articles", reports.len()),
    };
    render(&Page {
        title: name,
        script: None,
        palette: palette(&codebook.sets),
        legend: leading(codebook).map_or_else(Vec::new, legend),
        articles: reports
            .iter()
            .map(|report| article(report, codebook))
            .collect(),
    })
}

fn legend(set: (usize, &LabelSet)) -> Vec<Legend> {
    let labels = set.1.labels.iter().enumerate();
    let entry = |(at, label): (usize, &crate::codebook::Label)| Legend {
        label: Tagged::new(set, at),
        meaning: visible(&label.meaning),
    };
    labels.map(entry).collect()
}

fn article(report: &ArticleReport<'_>, codebook: &Codebook) -> Article {
    let article = &report.tagged.article;
    let mut paragraphs: Vec<Vec<Sentence>> = Vec::new();
    let mut last = None;
    for (at, tagged) in report.tagged.sentences.iter().enumerate() {
        let view = sentence(tagged, report.drivers_of(at), codebook);
        match paragraphs.last_mut() {
            Some(paragraph) if last == Some(tagged.paragraph) => paragraph.push(view),
            _ => paragraphs.push(vec![view]),
        }
        last = Some(tagged.paragraph);
    }
    let panels = match report.tagged.sentences.as_slice() {
        [] => Vec::new(),
        _ => report.panels(codebook),
    };
    Article {
        title: visible(title(article)),
        byline: byline(article).iter().map(|part| visible(part)).collect(),
        panels: panels.iter().map(shares).collect(),
        paragraphs,
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
        .map(|share| format!("{} {}", share.label.name, share.raw));
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

fn sentence(sentence: &TaggedSentence, drivers: &[Contribution], codebook: &Codebook) -> Sentence {
    let leading = leading(codebook).and_then(|set| Some((set, sentence.tags.get(set.0)?)));
    let answers = codebook.sets.iter().enumerate().filter_map(|set| {
        let tag = sentence.tags.get(set.0)?;
        let labels = tag.probabilities.iter().enumerate();
        let labels = labels.map(|(at, &p)| (Tagged::new(set, at), percent(p), at == tag.label));
        let (set, unsure, labels) = (visible(&set.1.name), tag.unsure, labels.collect());
        Some(Answer {
            set,
            unsure,
            labels,
        })
    });
    let driver = |driver: &Contribution| (visible(&driver.term), signed(driver.value));
    Sentence {
        number: sentence.number,
        label: leading.map(|(set, tag)| Tagged::new(set, tag.label)),
        unsure: leading.is_some_and(|(_, tag)| tag.unsure),
        text: visible(&sentence.text),
        asides: visible(&asides(sentence, codebook).join(" · ")),
        answers: answers.collect(),
        drivers: drivers.iter().map(driver).collect(),
    }
}
