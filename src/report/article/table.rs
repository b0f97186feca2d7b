//! The article report for a terminal.

use super::super::{BOLD, DIM, PLAIN, Style, look};
use super::{ArticleReport, NOTHING, asides, byline, driven_by, leading, title, verdict};
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
    if report.tagged.sentences.is_empty() {
        return out + "\n" + NOTHING + "\n";
    }
    for panel in report.panels(codebook) {
        out.push('\n');
        out += &style.lines(&panel.title(), BOLD, 0);
        if panel.sentences > 0 {
            out += &panel.grid(Some(BAR)).terminal(style);
        }
    }
    out.push('\n');
    for (at, sentence) in report.tagged.sentences.iter().enumerate() {
        out += &sentence_lines(sentence, &driven_by(report.drivers_of(at)), codebook, style);
    }
    out
}

/// A sentence: its number and leading tag, its words, and what else is known of it.
pub(in crate::report) fn sentence_lines(
    sentence: &TaggedSentence,
    drivers: &str,
    codebook: &Codebook,
    style: Style,
) -> String {
    let mut head = sentence.number.to_string();
    let mut paint = PLAIN;
    if let Some((index, set)) = leading(codebook) {
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
