//! The figures in Markdown.

use super::super::markdown::{escape, heading};
use super::{sections, title};
use crate::evaluate::Evaluation;

/// One set after another.
#[must_use]
pub fn markdown(evaluations: &[Evaluation]) -> String {
    let sets: Vec<String> = evaluations.iter().map(|one| set(one, 1)).collect();
    sets.join("\n")
}

/// One set under a heading of that level.
pub(in super::super) fn set(evaluation: &Evaluation, level: usize) -> String {
    let mut out = heading(level, &title(&evaluation.set, &evaluation.scores));
    out += &format!("\nMeasured by {}.\n", escape(&evaluation.method));
    let sections = sections(evaluation);
    out.extend(sections.iter().map(|section| section.markdown(level + 1)));
    out
}
