//! The findings as a table to be worked through.

use super::super::spreadsheet::guard;
use super::{name, words};
use crate::evaluate::{Check, Finding, Kind};
use crate::tagger::likeliest;

const HEADER: [&str; 17] = [
    "finding",
    "rank",
    "kind",
    "why",
    "similarity",
    "file",
    "line",
    "article",
    "sentence",
    "group",
    "text",
    "set",
    "label",
    "label_probability",
    "suggested",
    "suggested_probability",
    "doubt",
];

/// One row for each row of a finding: `finding` counts the findings, `rank` those of one kind;
/// `label`, `suggested` and their probabilities stand where the finding is about a label set. What a
/// spreadsheet would take for a formula begins with an apostrophe.
#[must_use]
pub fn csv(check: &Check) -> String {
    let mut out = ::csv::Writer::from_writer(Vec::new());
    let mut write = |record: Vec<String>| {
        out.write_record(record)
            .expect("all records are of one length, and memory takes them");
    };
    write(HEADER.map(str::to_owned).to_vec());
    for (number, (rank, finding)) in (1..).zip(ranked(check)) {
        if finding.rows.is_empty() {
            write(record(check, finding, None, [number, rank]));
        }
        for &row in &finding.rows {
            write(record(check, finding, Some(row), [number, rank]));
        }
    }
    let bytes = out.into_inner().expect("memory takes what is written");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The findings, each with its place among those of its kind.
pub(super) fn ranked(check: &Check) -> impl Iterator<Item = (usize, &Finding)> {
    let mut last = ("", 0);
    check.findings.iter().map(move |finding| {
        let name = name(&finding.kind);
        last = (name, if last.0 == name { last.1 + 1 } else { 1 });
        (last.1, finding)
    })
}

/// What the sentences of a finding share, where that is what it is about.
pub(super) fn similarity(kind: &Kind) -> Option<f64> {
    match kind {
        Kind::Conflict { similarity, .. }
        | Kind::Leak { similarity }
        | Kind::Duplicate { similarity } => Some(*similarity),
        _ => None,
    }
}

fn record(check: &Check, finding: &Finding, row: Option<usize>, places: [usize; 2]) -> Vec<String> {
    let sentence = row.map(|row| &check.labelled.sentences[row]);
    let of_row = |cell: &dyn Fn(&crate::labels::LabelledSentence) -> String| {
        sentence.map_or_else(String::new, |sentence| guard(&cell(sentence)).into_owned())
    };
    let set = finding.set.map(|set| &check.labelled.sets[set]);
    let opinion = finding.set.zip(row);
    let opinion = opinion.and_then(|(set, row)| check.opinion(set, row));
    let given = finding.set.and_then(|set| sentence?.labels[set]);
    let suggested = opinion.map(likeliest);
    let label = |label: Option<usize>| {
        let label = set.zip(label).map(|(set, label)| &*set.labels[label].name);
        guard(label.unwrap_or("")).into_owned()
    };
    let probability = |label: Option<usize>| {
        let probability = opinion
            .zip(label)
            .map(|(of_labels, label)| of_labels[label]);
        probability.map_or_else(String::new, |p| p.to_string())
    };
    let doubt = match &finding.kind {
        Kind::LabelError(error) => error.doubt.to_string(),
        _ => String::new(),
    };
    vec![
        places[0].to_string(),
        places[1].to_string(),
        name(&finding.kind).to_owned(),
        guard(&words(check, finding)).into_owned(),
        similarity(&finding.kind).map_or_else(String::new, |s| s.to_string()),
        of_row(&|s| s.file.clone()),
        of_row(&|s| s.line.to_string()),
        of_row(&|s| s.document.clone().unwrap_or_default()),
        of_row(&|s| s.number.map_or_else(String::new, |n| n.to_string())),
        of_row(&|s| s.group.clone()),
        of_row(&|s| s.text.clone()),
        guard(set.map_or("", |set| &set.name)).into_owned(),
        label(given),
        probability(given),
        label(suggested),
        probability(suggested),
        doubt,
    ]
}
