//! The figures in Markdown.

use super::super::markdown::escape;
use super::{sections, title};
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
    for section in sections(evaluation) {
        out += &format!(
            "\n## {}\n\n{}",
            escape(&section.title),
            section.grid.markdown()
        );
        if !section.words.is_empty() {
            out += &format!("\n{}\n", escape(&section.words));
        }
    }
    out
}
