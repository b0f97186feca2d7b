//! The comparison as one HTML page that asks for nothing else.

use super::super::html::{File, Script, Tagged, palette, render};
use super::super::method::{Method, MethodView};
use super::super::number::{UNKNOWN, between, p_value, signed};
use super::super::visible;
use super::bars::RowView;
use super::dates::Dates;
use super::portraits::PortraitView;
use super::{csv, headline, is_apart, json, legend, sentence};
use crate::codebook::LabelSet;
use crate::compare::{Closeup, Pair};
use askama::Template;

#[derive(Template)]
#[template(path = "report/comparison/page.html")]
struct Page {
    title: String,
    palette: String,
    script: Option<Script>,
    method: MethodView,
    files: [File; 2],
    headline: String,
    legend: String,
    by: String,
    labels: Vec<Tagged>,
    polar: bool,
    rows: Vec<RowView>,
    pairs: Vec<PairView>,
    apart: usize,
    dates: Option<Dates>,
    portraits: Vec<PortraitView>,
    quoted: Vec<RowView>,
}

struct PairView {
    verdict: String,
    apart: bool,
    difference: String,
    p: String,
    note: String,
}

/// Rows and pairs of a list that are shown before a reader asks for all.
const SHOWN: usize = 50;
/// Rows from which on a list can be searched.
const SEARCHED: usize = 8;

/// A page with the rows on one axis, the verdicts, every article by its date, what each row claims
/// most surely, and whom the articles quote. `set` is the label set compared.
///
/// Nothing is fetched, and no script runs but the page's own; its content security policy says so.
/// Without the script everything can be read; it sorts, filters and saves. The page carries what
/// [`json`] and [`csv`] write.
#[must_use]
pub fn html(closeup: &Closeup<'_>, set: &LabelSet, method: &Method<'_>) -> String {
    let comparison = &closeup.comparison;
    let scripts = [
        include_str!("../../../templates/report/save.js"),
        include_str!("../../../templates/report/comparison/lists.js"),
        include_str!("../../../templates/report/comparison/dates.js"),
    ];
    let view = |row| RowView::new(row, set);
    let mut pairs: Vec<&Pair> = comparison.pairs.iter().collect();
    pairs.sort_by_key(|pair| !is_apart(pair));
    render(&Page {
        title: visible(&format!("{} by {}", set.name, comparison.by)),
        palette: palette(std::slice::from_ref(set)),
        script: Some(Script::new(&scripts)),
        method: method.view(),
        files: [
            File::new("stance-comparison.json", json(comparison).as_bytes()),
            File::new("stance-comparison.csv", csv(comparison).as_bytes()),
        ],
        headline: visible(&headline(comparison)),
        legend: visible(&legend(set).unwrap_or_default()),
        by: visible(&comparison.by),
        labels: (0..set.labels.len())
            .map(|label| Tagged::new((0, set), label))
            .collect(),
        polar: set.is_polar(),
        rows: comparison.rows.iter().map(view).collect(),
        apart: pairs.iter().filter(|pair| is_apart(pair)).count(),
        pairs: pairs.into_iter().map(pair).collect(),
        dates: Dates::new(closeup),
        portraits: closeup
            .rows()
            .map(|(row, portrait)| PortraitView::new(row, portrait, set))
            .collect(),
        quoted: closeup
            .quoted
            .iter()
            .map(|row| RowView::quoted(row, set))
            .collect(),
    })
}

fn pair(pair: &Pair) -> PairView {
    PairView {
        verdict: visible(&sentence(pair)),
        apart: is_apart(pair),
        difference: between(pair.difference, pair.low, pair.high, signed),
        p: pair.p_value.map_or(UNKNOWN.to_owned(), p_value),
        note: visible(&pair.note),
    }
}
