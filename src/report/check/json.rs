//! The findings in JSON.

use super::super::object::{Object, pretty};
use super::csv::{ranked, similarity};
use super::{name, words};
use crate::codebook::LabelSet;
use crate::evaluate::{Check, Finding, Kind};
use serde::Serialize;

/// The version of the format.
const SCHEMA: &str = "stance-check/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    rows: usize,
    group: Option<&'a String>,
    merged: Option<String>,
    unlearned: Option<&'a String>,
    sets: Object<'a, Set>,
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Set {
    labelled: usize,
    wrong: Option<f64>,
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    rank: usize,
    why: String,
    set: Option<&'a str>,
    similarity: Option<f64>,
    doubt: Option<f64>,
    suggested: Option<&'a str>,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: u64,
    article: Option<&'a String>,
    sentence: Option<u64>,
    group: &'a str,
    text: &'a str,
    label: Option<&'a str>,
    probabilities: Option<Object<'a, f64>>,
}

/// `schema` (`stance-check/1`), `rows`, `group` (the column, or null), `merged` (whose labels were
/// merged, or null), `unlearned` (why no model was asked, or null), `sets`, by name: `labelled` (rows) and
/// `wrong` (labels, by estimate), and `findings`, the worst of each kind first: `kind`, `rank` among
/// its kind, `why`, `set`, `similarity`, `doubt` and `suggested` (of a label error), `rows`: `file`,
/// `line`, `article`, `sentence`, `group`, `text`, `label`, and `probabilities` (by label, of models
/// that had not seen the group).
#[must_use]
pub fn json(check: &Check) -> String {
    let labelled = &check.labelled;
    let sets = labelled.sets.iter().enumerate().map(|(at, set)| {
        let of_set = Set {
            labelled: labelled.with_label(at).0.len(),
            wrong: check.wrong[at],
        };
        (set.name.as_str(), of_set)
    });
    pretty(&Document {
        schema: SCHEMA,
        rows: labelled.sentences.len(),
        group: labelled.columns.group.as_ref(),
        merged: labelled.merged.as_ref().map(ToString::to_string),
        unlearned: check.unlearned.as_ref(),
        sets: Object(sets.collect()),
        findings: ranked(check)
            .map(|(rank, finding)| entry(check, finding, rank))
            .collect(),
    })
}

fn entry<'a>(check: &'a Check, finding: &'a Finding, rank: usize) -> Entry<'a> {
    let set = finding.set.map(|set| &check.labelled.sets[set]);
    let error = match &finding.kind {
        Kind::LabelError(error) => Some(error),
        _ => None,
    };
    Entry {
        kind: name(&finding.kind),
        rank,
        why: words(check, finding),
        set: set.map(|set| set.name.as_str()),
        similarity: similarity(&finding.kind),
        doubt: error.map(|error| error.doubt),
        suggested: set
            .zip(error)
            .map(|(set, error)| label(set, error.suggested)),
        rows: finding
            .rows
            .iter()
            .map(|&row| of_row(check, finding, row))
            .collect(),
    }
}

fn label(set: &LabelSet, label: usize) -> &str {
    &set.labels[label].name
}

fn of_row<'a>(check: &'a Check, finding: &Finding, row: usize) -> Row<'a> {
    let sentence = &check.labelled.sentences[row];
    let named = finding.set.map(|at| (at, &check.labelled.sets[at]));
    Row {
        file: &sentence.file,
        line: sentence.line,
        article: sentence.document.as_ref(),
        sentence: sentence.number,
        group: &sentence.group,
        text: &sentence.text,
        label: named.and_then(|(at, set)| Some(label(set, sentence.labels[at]?))),
        probabilities: named.and_then(|(at, set)| {
            let opinion = check.opinion(at, row)?;
            Some(Object(set.names().zip(opinion.iter().copied()).collect()))
        }),
    }
}
