//! The article report in Markdown, for forges and notes.

use super::super::grid::{Align, Cell, Grid};
use super::super::markdown::escape;
use super::{ArticleReport, NOTHING, asides, byline, driven_by, leading, title, verdict};
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
    let mut out = format!("# {}\n\n{}\n", escape(title(article)), byline.join(" · "));
    if report.tagged.sentences.is_empty() {
        return format!("{out}\n{NOTHING}\n");
    }
    for panel in report.panels(codebook) {
        out += &format!("\n## {}\n", escape(&panel.title()));
        if panel.sentences > 0 {
            out += &format!("\n{}", panel.grid(None).markdown());
        }
    }
    out += "\n## Sentences\n\n";
    out + &sentences(report, codebook).markdown()
}

fn sentences(report: &ArticleReport<'_>, codebook: &Codebook) -> Grid {
    let set = leading(codebook);
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
