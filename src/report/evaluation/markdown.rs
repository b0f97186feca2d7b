//! The scores in Markdown.

use super::super::markdown::escape;
use super::Evaluation;

/// One set after another.
#[must_use]
pub fn markdown(evaluations: &[Evaluation<'_>]) -> String {
    let sets: Vec<String> = evaluations.iter().map(set).collect();
    sets.join("\n")
}

fn set(evaluation: &Evaluation<'_>) -> String {
    let mut out = format!("# {}\n", escape(&evaluation.title()));
    for (title, grid) in evaluation.tables() {
        out += &format!("\n## {title}\n\n{}", grid.markdown());
    }
    out
}
