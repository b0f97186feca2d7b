//! The comparison of authors, articles or people: shares side by side, and a verdict for each pair.

mod bars;
mod csv;
mod dates;
mod json;
mod markdown;
mod page;
mod portraits;
mod table;

pub use csv::csv;
pub use json::json;
pub use markdown::markdown;
pub use page::html;
pub use table::table;

use super::grid::{Align, Cell, Grid};
use super::number::{UNKNOWN, between, corrected, count, known, p_value, percent, signed};
use super::{DIM, PLAIN};
use crate::codebook::LabelSet;
use crate::compare::{Comparison, Pair, Row, Verdict};
use crate::prevalence::{Prevalence, Share};

/// What a verdict is called.
#[must_use]
pub fn verdict(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Leans(comparative) => comparative,
        Verdict::NotDistinguishable => "not distinguishable",
        Verdict::TooLittleText => "too little text",
    }
}

/// The best figure there is: corrected, else counted.
pub(super) fn best(share: &Share) -> Option<f64> {
    share.corrected.or(share.raw)
}

/// The shares to draw, nothing for what is unknown.
pub(super) fn drawn(prevalence: &Prevalence) -> Vec<f64> {
    prevalence
        .shares
        .iter()
        .map(|share| {
            best(share)
                .filter(|share| share.is_finite())
                .unwrap_or(0.0)
                .max(0.0)
        })
        .collect()
}

/// `2 articles, 80 sentences, 61 counted, 12% unsure`.
pub(super) fn amount(row: &Row) -> String {
    let mut amount = format!(
        "{}, {}, {} counted",
        count(row.articles, "article"),
        count(row.sentences, "sentence"),
        row.prevalence.counted
    );
    if let Some(unsure) = row.prevalence.unsure {
        amount += &format!(", {} unsure", percent(unsure));
    }
    amount
}

/// `2 articles, 61 counted`, for where there is little room.
pub(super) fn short_amount(row: &Row) -> String {
    let articles = count(row.articles, "article");
    format!("{articles}, {} counted", row.prevalence.counted)
}

/// What the net is, and how sure: `net +0.21 (0.05 to 0.37)`.
pub(super) fn net(prevalence: &Prevalence) -> String {
    match &prevalence.net {
        _ if prevalence.counted == 0 => "no sentence to count, so nothing can be said".to_owned(),
        Some(net) if net.corrected.is_some() => format!("net {}", corrected(net, signed)),
        Some(net) => format!(
            "net {} as counted in {}; how sure that is, cannot be said",
            known(net.raw, signed),
            count(prevalence.counted, "sentence")
        ),
        None => "no net: the labels have no order".to_owned(),
    }
}

/// What the net is made of: `net = optimistic − sceptical`.
pub(super) fn legend(set: &LabelSet) -> Option<String> {
    let end = |end: i8| {
        let labels = set
            .labels
            .iter()
            .filter(|label| label.polarity == Some(end));
        labels
            .map(|label| label.name.as_str())
            .collect::<Vec<_>>()
            .join(" + ")
    };
    set.is_polar()
        .then(|| format!("net = {} − {}", end(1), end(-1)))
}

/// `Jane Doe is more optimistic than John Roe`, or why nobody can say so.
fn sentence(pair: &Pair) -> String {
    let Pair { a, b, .. } = pair;
    match &pair.verdict {
        Verdict::Leans(comparative) => format!("{a} is {comparative} than {b}"),
        Verdict::NotDistinguishable => format!("{a} and {b} are not distinguishable"),
        Verdict::TooLittleText => format!("too little text to compare {a} and {b}"),
    }
}

/// The finding in a sentence or two: how many are compared, and how many can be told apart.
pub(super) fn headline(comparison: &Comparison) -> String {
    let pairs = &comparison.pairs;
    let apart: Vec<&Pair> = pairs.iter().filter(|pair| is_apart(pair)).collect();
    let rows = count(comparison.rows.len(), "row");
    let compared = format!("{rows}, one for each {}.", comparison.by);
    match (apart.as_slice(), pairs.len()) {
        (_, 0) => compared,
        ([], 1) => format!("{compared} {}.", sentence(&pairs[0])),
        ([], all) => format!("{compared} None of {all} pairs can be told apart."),
        ([one], 1) => format!("{compared} {}.", sentence(one)),
        ([one], all) => format!(
            "{compared} One of {all} pairs can be told apart: {}.",
            sentence(one)
        ),
        (some, all) => format!(
            "{compared} {} of {all} pairs can be told apart.",
            some.len()
        ),
    }
}

/// Whether the two can be told apart.
fn is_apart(pair: &Pair) -> bool {
    matches!(pair.verdict, Verdict::Leans(_))
}

/// Every pair with its difference, interval and p-value.
fn pairs(pairs: &[Pair]) -> Grid {
    let mut grid = Grid::new([
        ("verdict", Align::Left),
        ("difference (95%)", Align::Right),
        ("p", Align::Right),
        ("note", Align::Left),
    ]);
    for pair in pairs {
        let style = if is_apart(pair) { PLAIN } else { DIM };
        grid.row([
            Cell::new(&sentence(pair), style),
            between(pair.difference, pair.low, pair.high, signed).into(),
            pair.p_value.map_or(UNKNOWN.to_owned(), p_value).into(),
            Cell::new(&pair.note, DIM),
        ]);
    }
    grid
}
