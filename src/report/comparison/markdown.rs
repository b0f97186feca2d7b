//! The comparison in Markdown.

use super::super::grid::{Align, Cell, Grid};
use super::super::markdown::escape;
use super::super::number::{corrected, known, percent, signed};
use super::{best, legend, pairs};
use crate::codebook::LabelSet;
use crate::compare::{Comparison, Row};

/// A table of rows and a table of verdicts. `set` is the label set compared.
#[must_use]
pub fn markdown(comparison: &Comparison, set: &LabelSet) -> String {
    let mut out = format!("# {} by {}\n", escape(&set.name), escape(&comparison.by));
    if let Some(legend) = legend(set) {
        out += &format!("\nHere {}, with 95% intervals.\n", escape(&legend));
    }
    if comparison.rows.is_empty() {
        return out + "\nThere is nobody to compare.\n";
    }
    out += &format!("\n{}", rows(comparison).markdown());
    if !comparison.pairs.is_empty() {
        out += &format!("\n## Verdicts\n\n{}", pairs(&comparison.pairs).markdown());
    }
    out
}

fn rows(comparison: &Comparison) -> Grid {
    let labels = comparison
        .labels
        .iter()
        .map(|label| (label.as_str(), Align::Right));
    let head = [
        ("", Align::Left),
        ("articles", Align::Right),
        ("sentences", Align::Right),
        ("counted", Align::Right),
    ];
    let last = [
        ("net, counted", Align::Right),
        ("net, corrected", Align::Right),
    ];
    let mut grid = Grid::new(head.into_iter().chain(labels).chain(last));
    for row in &comparison.rows {
        grid.row(cells(row));
    }
    grid
}

fn cells(row: &Row) -> Vec<Cell> {
    let counts = [row.articles, row.sentences, row.prevalence.counted];
    let counts = counts.iter().map(|count| Cell::from(count.to_string()));
    let shares = row
        .prevalence
        .shares
        .iter()
        .map(|share| Cell::from(known(best(share), percent)));
    let net = row.prevalence.net.as_ref();
    let net = [
        known(net.and_then(|net| net.raw), signed),
        net.map_or_else(|| known(None, signed), |net| corrected(net, signed)),
    ];
    let name = std::iter::once(Cell::from(&row.name));
    name.chain(counts)
        .chain(shares)
        .chain(net.iter().map(Cell::from))
        .collect()
}
