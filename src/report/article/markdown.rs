//! The article report in Markdown, for forges and notes.

use super::super::grid::{Align, Cell, Grid};
use super::super::look;
use super::super::markdown::escape;
use super::super::number::{corrected, known, percent, signed};
use super::{ArticleReport, Panel, asides, byline, driven_by, leading, title, verdict};
use crate::codebook::Codebook;

/// One article after another: a heading, a table of shares for each label set, a table of sentences.
#[must_use]
pub fn markdown(reports: &[ArticleReport<'_>], codebook: &Codebook) -> String {
    let articles: Vec<String> = reports
        .iter()
        .map(|report| article(report, codebook))
        .collect();
    articles.join("\n")
}

fn article(report: &ArticleReport<'_>, codebook: &Codebook) -> String {
    let article = &report.tagged.article;
    let byline: Vec<String> = byline(article).iter().map(|part| escape(part)).collect();
    let mut out = format!(
        "# {}\n\n*Article* {}\n",
        escape(title(article)),
        byline.join(" · ")
    );
    for panel in report.panels(codebook) {
        out += &format!("\n## {}\n", escape(&panel.title()));
        if panel.sentences > 0 {
            out += &format!("\n{}", shares(&panel).markdown());
        }
    }
    out += "\n## Sentences\n\n";
    if report.tagged.sentences.is_empty() {
        return out + "No sentence of prose was found, so there is nothing to tag.\n";
    }
    out + &sentences(report, codebook).markdown()
}

fn shares(panel: &Panel<'_>) -> Grid {
    let mut grid = Grid::new([
        ("label", Align::Left),
        ("n", Align::Right),
        ("share", Align::Right),
        ("corrected (95% interval)", Align::Right),
    ]);
    for (label, share) in panel.shares.iter().enumerate() {
        grid.row([
            Cell::from(look::name(panel.set, label)),
            panel.counts[label].to_string().into(),
            known(share.raw, percent).into(),
            corrected(share, percent).into(),
        ]);
    }
    if let Some(net) = &panel.net {
        grid.row([
            Cell::from("net"),
            "".into(),
            known(net.raw, signed).into(),
            corrected(net, signed).into(),
        ]);
    }
    grid
}

fn sentences(report: &ArticleReport<'_>, codebook: &Codebook) -> Grid {
    let set = leading(codebook).and_then(|index| Some((index, codebook.sets.get(index)?)));
    let mut grid = Grid::new([
        ("", Align::Right),
        (set.map_or("", |(_, set)| set.name.as_str()), Align::Left),
        ("p", Align::Right),
        ("sentence", Align::Left),
        ("also", Align::Left),
        ("driven by", Align::Left),
    ]);
    for (at, sentence) in report.tagged.sentences.iter().enumerate() {
        let (tag, probability) = set.map_or_else(Default::default, |(index, set)| {
            verdict(sentence, set, index)
        });
        grid.row([
            Cell::from(sentence.number.to_string()),
            tag.into(),
            probability.into(),
            (&sentence.text).into(),
            asides(sentence, codebook).join(" · ").into(),
            driven_by(report.drivers_of(at)).into(),
        ]);
    }
    grid
}
