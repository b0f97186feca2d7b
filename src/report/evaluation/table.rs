//! The figures for a terminal.

use super::super::{BOLD, DIM, Style};
use super::{Section, sections, title};
use crate::evaluate::Evaluation;
use crate::metrics::Scores;

/// One set after another.
#[must_use]
pub fn table(evaluations: &[Evaluation], style: Style) -> String {
    let set = |one: &Evaluation| {
        let title = style.lines(&title(&one.set, &one.scores), BOLD, 0);
        let method = style.lines(&format!("by {}", one.method), DIM, 0);
        title + &method + &written(&sections(one), style)
    };
    evaluations.iter().map(set).collect::<Vec<_>>().join("\n\n")
}

/// Only the scores of sets, each with its name: what a model knows of itself.
#[must_use]
pub fn scores(sets: &[(&str, &Scores)], style: Style) -> String {
    let set = |&(name, scores): &(&str, &Scores)| {
        let sections = [
            super::scores::overall(scores, None),
            super::scores::labels(scores),
            super::scores::confusion(scores, &[]),
        ];
        style.lines(&title(name, scores), BOLD, 0) + &written(&sections, style)
    };
    sets.iter().map(set).collect::<Vec<_>>().join("\n\n")
}

fn written(sections: &[Section], style: Style) -> String {
    let written = sections.iter().map(|section| section.terminal(style));
    written.collect()
}
