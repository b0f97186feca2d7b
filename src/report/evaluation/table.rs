//! The scores for a terminal.

use super::super::{BOLD, DIM, Style};
use super::Evaluation;

/// One set after another.
#[must_use]
pub fn table(evaluations: &[Evaluation<'_>], style: Style) -> String {
    let sets: Vec<String> = evaluations
        .iter()
        .map(|set| self::set(set, style))
        .collect();
    sets.join("\n\n")
}

fn set(evaluation: &Evaluation<'_>, style: Style) -> String {
    let mut out = style.lines(&evaluation.title(), BOLD, 0);
    for (title, grid) in evaluation.tables() {
        out += &format!("\n{}{}", style.lines(title, DIM, 0), grid.terminal(style));
    }
    out
}
