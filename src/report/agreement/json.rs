//! The agreement in JSON.

use super::super::object::{Object, pretty};
use super::sections::level;
use super::why;
use crate::evaluate::SetAgreement;
use crate::labels::{ReadUnit, Readings};
use crate::metrics::{Agreement, Coefficient, Interval, PairAgreement};
use serde::Serialize;

/// The version of the format.
const SCHEMA: &str = "stance-agreement/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    unit: &'a [String],
    group: Option<&'a String>,
    by: Option<&'a String>,
    readers: &'a [String],
    sets: Object<'a, Set<'a>>,
}

#[derive(Serialize)]
struct Set<'a> {
    #[serde(flatten)]
    amount: Amount,
    labelled: Object<'a, usize>,
    alpha: Object<'a, Figure>,
    labels: Object<'a, Label>,
    pairs: Vec<Pair<'a>>,
    parts: Object<'a, Part<'a>>,
    disagreements: Vec<Disagreement<'a>>,
}

#[derive(Serialize)]
struct Amount {
    units: u64,
    single: u64,
    unlabelled: u64,
    groups: u64,
}

#[derive(Serialize)]
struct Figure {
    #[serde(flatten)]
    interval: Interval,
    note: &'static str,
}

#[derive(Serialize)]
struct Label {
    given: u64,
    alpha: Figure,
}

#[derive(Serialize)]
struct Pair<'a> {
    a: &'a str,
    b: &'a str,
    units: u64,
    same: Interval,
    kappa: Figure,
    alpha: Figure,
    labels: Object<'a, Figure>,
}

#[derive(Serialize)]
struct Part<'a> {
    #[serde(flatten)]
    amount: Amount,
    alpha: Object<'a, Figure>,
}

#[derive(Serialize)]
struct Disagreement<'a> {
    unit: Object<'a, &'a String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a String>,
    labels: Object<'a, Option<&'a str>>,
}

/// `schema` (`stance-agreement/1`), `unit` (the columns that name one), `group` and `by` (columns,
/// or null), `readers`, and `sets`, by name:
///
/// - `units` (with two labels or more), `single` and `unlabelled` (left out), `groups`, and
///   `labelled` (units by reader);
/// - `alpha`: `nominal`, and for labels in order `ordinal` and `interval`;
/// - `labels`: by name `given` and `alpha`, of the label against the rest;
/// - `pairs`, of readers who share units: `a`, `b`, `units`, `same` (the share of equal labels),
///   `kappa`, `alpha` (ordinal where there is an order), `labels` (kappa of each against the rest);
/// - `parts`, where asked for: by value of the column the four counts and `alpha`;
/// - `disagreements`: `unit` (by column), `text` where there is one, `labels` (by reader, or null).
///
/// A figure is `{value, low, high, note}`: null where it is undefined, and `note` says why.
#[must_use]
pub fn json(readings: &Readings, sets: &[SetAgreement]) -> String {
    let names = readings.sets.iter().map(|set| set.name.as_str());
    let fields = sets
        .iter()
        .enumerate()
        .map(|(at, report)| set(readings, at, report));
    pretty(&Document {
        schema: SCHEMA,
        unit: &readings.unit_columns,
        group: readings.group_column.as_ref(),
        by: readings.by_column.as_ref(),
        readers: &readings.readers,
        sets: Object(names.zip(fields).collect()),
    })
}

fn set<'a>(readings: &'a Readings, at: usize, report: &'a SetAgreement) -> Set<'a> {
    let names = || readings.sets[at].names();
    let label = |label: &crate::metrics::LabelAgreement| Label {
        given: label.given,
        alpha: figure(&label.alpha),
    };
    let parts = report.parts.iter().map(|(value, agreement)| {
        let part = Part {
            amount: amount(agreement),
            alpha: alpha(agreement),
        };
        (value.as_str(), part)
    });
    Set {
        amount: amount(&report.agreement),
        labelled: by_reader(readings, readings.counts(at)),
        alpha: alpha(&report.agreement),
        labels: Object(
            names()
                .zip(report.agreement.labels.iter().map(label))
                .collect(),
        ),
        pairs: report
            .pairs
            .iter()
            .map(|of| pair(readings, at, of))
            .collect(),
        parts: Object(parts.collect()),
        disagreements: readings
            .disagreements(at)
            .map(|unit| disagreement(readings, at, unit))
            .collect(),
    }
}

fn by_reader<T>(readings: &Readings, values: impl IntoIterator<Item = T>) -> Object<'_, T> {
    let names = readings.readers.iter().map(String::as_str);
    Object(names.zip(values).collect())
}

fn amount(agreement: &Agreement) -> Amount {
    Amount {
        units: agreement.units,
        single: agreement.single,
        unlabelled: agreement.unlabelled,
        groups: agreement.groups,
    }
}

fn alpha(agreement: &Agreement) -> Object<'static, Figure> {
    let levels = agreement.alpha.iter();
    Object(
        levels
            .map(|(of, alpha)| (level(*of), figure(alpha)))
            .collect(),
    )
}

fn figure(coefficient: &Coefficient) -> Figure {
    Figure {
        interval: coefficient.interval,
        note: why(coefficient),
    }
}

fn pair<'a>(readings: &'a Readings, at: usize, pair: &PairAgreement) -> Pair<'a> {
    let names = readings.sets[at].names();
    Pair {
        a: &readings.readers[pair.a],
        b: &readings.readers[pair.b],
        units: pair.units,
        same: pair.same,
        kappa: figure(&pair.kappa),
        alpha: figure(&pair.alpha),
        labels: Object(names.zip(pair.labels.iter().map(figure)).collect()),
    }
}

fn disagreement<'a>(readings: &'a Readings, at: usize, unit: &'a ReadUnit) -> Disagreement<'a> {
    let name = |label: &Option<usize>| label.map(|l| readings.sets[at].labels[l].name.as_str());
    let columns = readings.unit_columns.iter().map(String::as_str);
    Disagreement {
        unit: Object(columns.zip(&unit.key).collect()),
        text: unit.text.as_ref(),
        labels: by_reader(readings, unit.labels[at].iter().map(name)),
    }
}
