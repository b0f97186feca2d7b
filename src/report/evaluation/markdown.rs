//! The figures in Markdown.

use super::super::markdown::escape;
use super::{Section, sections, title};
use crate::evaluate::Evaluation;

/// One set after another.
#[must_use]
pub fn markdown(evaluations: &[Evaluation]) -> String {
    let sets: Vec<String> = evaluations.iter().map(set).collect();
    sets.join("\n")
}

fn set(evaluation: &Evaluation) -> String {
    let mut out = format!(
        "# {}\n",
        escape(&title(&evaluation.set, &evaluation.scores))
    );
    out += &format!("\nMeasured by {}.\n", escape(&evaluation.method));
    out.extend(sections(evaluation).iter().map(Section::markdown));
    out
}
