//! The comparison for a terminal.

use super::super::{BOLD, DIM, PLAIN, Style, bar, look};
use super::{amount, drawn, legend, net, pairs};
use crate::codebook::LabelSet;
use crate::compare::{Comparison, Row};
use crate::report::number::{known, percent};

/// The widest a bar gets.
const BAR: usize = 72;

/// A bar and an interval for each row, then the verdicts. `set` is the label set compared.
#[must_use]
pub fn table(comparison: &Comparison, set: &LabelSet, style: Style) -> String {
    let mut out = style.lines(&format!("{} by {}", set.name, comparison.by), BOLD, 0);
    if let Some(legend) = legend(set) {
        out += &style.lines(&format!("{legend}; 95% intervals"), DIM, 0);
    }
    if comparison.rows.is_empty() {
        return out + "There is nobody to compare.\n";
    }
    for row in &comparison.rows {
        out.push('\n');
        out += &self::row(row, set, style);
    }
    if !comparison.pairs.is_empty() {
        out.push('\n');
        out += &pairs(&comparison.pairs).terminal(style);
    }
    out
}

fn row(row: &Row, set: &LabelSet, style: Style) -> String {
    let mut out = style.lines(&row.name, BOLD, 0);
    out += &style.lines(&amount(row), DIM, 0);
    if row.prevalence.counted > 0 {
        let width = style.columns().min(BAR);
        out += &format!(
            "{}\n",
            bar::diverging(set, &drawn(&row.prevalence), width, style)
        );
        if let Some(net) = &row.prevalence.net {
            out += &format!(
                "{}\n",
                bar::interval(super::best(net), net.low, net.high, width)
            );
        }
        let shares = row.prevalence.shares.iter().enumerate();
        let shares = shares.map(|(label, share)| {
            format!(
                "{} {}",
                look::name(set, label),
                known(super::best(share), percent)
            )
        });
        out += &style.lines(&shares.collect::<Vec<_>>().join(" · "), PLAIN, 0);
    }
    out + &style.lines(&net(&row.prevalence), PLAIN, 0)
}
