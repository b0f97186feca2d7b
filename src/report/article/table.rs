//! The article report for a terminal.

use super::super::grid::{Align, Cell, Grid};
use super::super::number::{corrected, known, percent, signed};
use super::super::{BOLD, DIM, PLAIN, Style, bar, look};
use super::{ArticleReport, Panel, asides, byline, driven_by, leading, title, verdict};
use crate::codebook::Codebook;
use crate::tagger::TaggedSentence;

/// Columns of the bars.
const BAR: usize = 20;

/// One article after another: its head, its shares, its sentences with their tags.
#[must_use]
pub fn table(reports: &[ArticleReport<'_>], codebook: &Codebook, style: Style) -> String {
    let articles: Vec<String> = reports
        .iter()
        .map(|report| article(report, codebook, style))
        .collect();
    articles.join("\n\n")
}

fn article(report: &ArticleReport<'_>, codebook: &Codebook, style: Style) -> String {
    let article = &report.tagged.article;
    let mut out = style.lines(title(article), BOLD, 0);
    out += &style.lines(&byline(article).join(" · "), DIM, 0);
    for panel in report.panels(codebook) {
        out.push('\n');
        out += &style.lines(&panel.title(), BOLD, 0);
        if panel.sentences > 0 {
            out += &shares(&panel, style);
        }
    }
    out.push('\n');
    if report.tagged.sentences.is_empty() {
        return out + "No sentence of prose was found, so there is nothing to tag.\n";
    }
    for (at, sentence) in report.tagged.sentences.iter().enumerate() {
        out += &self::sentence(sentence, &driven_by(report.drivers_of(at)), codebook, style);
    }
    out
}

fn shares(panel: &Panel<'_>, style: Style) -> String {
    let set = panel.set;
    let head = [
        ("", Align::Left),
        ("n", Align::Right),
        ("share", Align::Right),
    ];
    let last = [("", Align::Left)];
    let corrects = [("corrected (95% interval)", Align::Right)];
    let with = if panel.is_corrected() {
        &corrects[..]
    } else {
        &[]
    };
    let mut grid = Grid::new(head.into_iter().chain(with.iter().copied()).chain(last));
    for (label, share) in panel.shares.iter().enumerate() {
        let paint = look::paint(set, label);
        let mut row = vec![
            Cell::new(&look::name(set, label), paint),
            panel.counts[label].to_string().into(),
            known(share.raw, percent).into(),
        ];
        if panel.is_corrected() {
            row.push(corrected(share, percent).into());
        }
        let blocks = bar::single(set, label, share.raw.unwrap_or(0.0), BAR);
        row.push(Cell::new(&blocks, paint));
        grid.row(row);
    }
    if let Some(net) = &panel.net {
        let mut row = vec!["net".into(), "".into(), known(net.raw, signed).into()];
        if panel.is_corrected() {
            row.push(corrected(net, signed).into());
        }
        grid.row(row);
    }
    grid.terminal(style)
}

/// A sentence: its number and leading tag, its words, and what else is known of it.
pub(in super::super) fn sentence(
    sentence: &TaggedSentence,
    drivers: &str,
    codebook: &Codebook,
    style: Style,
) -> String {
    let mut head = format!("{:>3}", sentence.number);
    let mut paint = PLAIN;
    let set = leading(codebook).and_then(|index| Some((index, codebook.sets.get(index)?)));
    if let Some((index, set)) = set {
        let (tag, probability) = verdict(sentence, set, index);
        let label = sentence.tags.get(index).map_or(0, |tag| tag.label);
        paint = look::paint(set, label);
        head += &format!(" {tag} {probability}");
    }
    let asides = asides(sentence, codebook).join(" · ");
    if !asides.is_empty() {
        head += &format!(" · {asides}");
    }
    let mut out = style.lines(&head, paint, 0);
    out += &style.lines(&sentence.text, PLAIN, 4);
    if !drivers.is_empty() {
        out += &style.lines(&format!("↳ {drivers}"), DIM, 4);
    }
    out
}
