//! The comparison as one HTML page that asks for nothing else.

use super::super::html::{Segment, Tagged, Whisker, diverging, Script, palette, render};
use super::super::number::{UNKNOWN, between, known, p_value, percent, signed};
use super::super::visible;
use super::{amount, best, drawn, legend, net, sentence};
use crate::codebook::LabelSet;
use crate::compare::{Comparison, Pair, Row, Verdict};
use askama::Template;

#[derive(Template)]
#[template(path = "report/comparison.html")]
struct Page {
    title: String,
    palette: String,
    script: Option<Script>,
    legend: String,
    rows: Vec<RowView>,
    pairs: Vec<PairView>,
}

struct RowView {
    name: String,
    amount: String,
    net: String,
    bar: Vec<Segment>,
    whisker: Option<Whisker>,
    shares: Vec<(Tagged, String)>,
}

struct PairView {
    verdict: String,
    leans: bool,
    difference: String,
    p: String,
    note: String,
}

/// A bar and an interval for each row, then the verdicts. `set` is the label set compared.
#[must_use]
pub fn html(comparison: &Comparison, set: &LabelSet) -> String {
    render(&Page {
        title: visible(&format!("{} by {}", set.name, comparison.by)),
        script: None,
        palette: palette(std::slice::from_ref(set)),
        legend: visible(&legend(set).unwrap_or_default()),
        rows: comparison
            .rows
            .iter()
            .map(|known| row(known, set))
            .collect(),
        pairs: comparison.pairs.iter().map(pair).collect(),
    })
}

fn row(row: &Row, set: &LabelSet) -> RowView {
    let shares = row.prevalence.shares.iter().enumerate();
    let shares = shares.map(|(at, share)| (Tagged::new((0, set), at), known(best(share), percent)));
    let figure = row.prevalence.net.as_ref();
    RowView {
        name: visible(&row.name),
        amount: amount(row),
        net: net(row),
        bar: diverging((0, set), &drawn(row)),
        whisker: figure.and_then(|net| Whisker::new(best(net), net.low, net.high)),
        shares: shares.collect(),
    }
}

fn pair(pair: &Pair) -> PairView {
    PairView {
        verdict: visible(&sentence(pair)),
        leans: matches!(pair.verdict, Verdict::Leans(_)),
        difference: between(pair.difference, pair.low, pair.high, signed),
        p: pair.p_value.map_or(UNKNOWN.to_owned(), p_value),
        note: visible(&pair.note),
    }
}
