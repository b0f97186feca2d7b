//! The comparison in JSON.

use super::super::object::{Object, pretty};
use crate::compare::{Comparison, Pair, Row};
use crate::prevalence::Share;
use serde::Serialize;

/// The version of the format.
const SCHEMA: &str = "stance-comparison/1";
/// The figure of which nothing is known.
const NOTHING: Share = Share {
    raw: None,
    corrected: None,
    low: None,
    high: None,
};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    by: &'a str,
    rows: Vec<RowFields<'a>>,
    pairs: Vec<PairFields<'a>>,
}

#[derive(Serialize)]
struct RowFields<'a> {
    name: &'a str,
    articles: usize,
    sentences: usize,
    counted_sentences: usize,
    shares: Object<'a, Share>,
    net: Share,
    unsure: Option<f64>,
}

#[derive(Serialize)]
struct PairFields<'a> {
    a: &'a str,
    b: &'a str,
    difference: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    p_value: Option<f64>,
    verdict: &'a str,
}

/// `schema` (`stance-comparison/1`), `by`, `rows` and `pairs`; an unknown number is null.
///
/// A row has `name`, `articles`, `sentences`, `counted_sentences`, `shares` (by label, in order:
/// `raw`, `corrected`, `low`, `high`), `net` (the same) and `unsure` (the share of the counted
/// sentences whose tag is unsure). A pair has `a`, `b`, `difference`, `low`, `high`, `p_value` and
/// `verdict`.
#[must_use]
pub fn json(comparison: &Comparison) -> String {
    pretty(&Document {
        schema: SCHEMA,
        by: &comparison.by,
        rows: comparison
            .rows
            .iter()
            .map(|known| row(known, &comparison.labels))
            .collect(),
        pairs: comparison.pairs.iter().map(pair).collect(),
    })
}

fn row<'a>(row: &'a Row, labels: &'a [String]) -> RowFields<'a> {
    let labels = labels.iter().map(String::as_str);
    RowFields {
        name: &row.name,
        articles: row.articles,
        sentences: row.sentences,
        counted_sentences: row.prevalence.counted,
        shares: Object(labels.zip(row.prevalence.shares.iter().copied()).collect()),
        net: row.prevalence.net.unwrap_or(NOTHING),
        unsure: row.prevalence.unsure,
    }
}

fn pair(pair: &Pair) -> PairFields<'_> {
    PairFields {
        a: &pair.a,
        b: &pair.b,
        difference: pair.difference,
        low: pair.low,
        high: pair.high,
        p_value: pair.p_value,
        verdict: super::verdict(&pair.verdict),
    }
}
