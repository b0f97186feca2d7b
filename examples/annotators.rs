//! Majority or soft labels? Invented annotators of different quality label the shipped sentences;
//! models learn from their labels merged either way, and are measured by the true labels of authors
//! they have not seen. Then readers 1 and 2 of `data/readings.csv`, who have no truth above them.
//!
//! ```text
//! cargo run --release --example annotators -- [EVERY]      one author in EVERY [1]
//! ```

#![allow(clippy::print_stdout)]

use stance::error::{Error, Result};
use stance::evaluate::MergeChoice;
use stance::labels::{Annotated, Labelled, LabelledSentence, Merge, ReadLabels};
use stance::metrics::log_loss;
use stance::tagger::{Settings, Tagger};
use std::collections::{BTreeMap, BTreeSet};

/// How often each annotator is right, and how many of three sentences it labels.
const PANELS: [(&str, &[(f64, u64)]); 4] = [
    ("alike", &[(0.8, 3), (0.8, 3), (0.8, 3)]),
    ("one careless", &[(0.9, 3), (0.9, 3), (0.4, 3)]),
    ("two careless", &[(0.9, 3), (0.5, 3), (0.4, 3)]),
    ("few shared", &[(0.95, 2), (0.8, 2), (0.5, 2), (0.4, 2)]),
];

/// A sentence by its article and number.
type Place = (String, u64);

fn main() -> Result<()> {
    let every = std::env::args().nth(1).and_then(|every| every.parse().ok());
    let labels = ReadLabels {
        labels: vec!["stance".into()],
        ..ReadLabels::default()
    };
    let whole = labels.read(&["data/labels.csv".into()])?;
    let groups: BTreeSet<&str> = whole.sentences.iter().map(|s| &*s.group).collect();
    let kept: BTreeSet<&str> = groups.into_iter().step_by(every.unwrap_or(1)).collect();
    let truth = whole.subset(|row| kept.contains(&*whole.sentences[row].group));
    println!("annotators     majority  soft    chosen   (log-loss of the true labels, nats)");
    for (name, panel) in PANELS {
        let rows = truth.sentences.iter().enumerate();
        let rows = rows.flat_map(|(at, sentence)| invented(panel, at, sentence));
        let annotated = read(&truth, rows)?;
        report(name, &annotated, &truth)?;
    }
    report("readers 1, 2", &readers(&truth)?, &truth)
}

/// The labels that a panel gives a sentence: (annotator, label).
fn invented(
    panel: &'static [(f64, u64)],
    at: usize,
    sentence: &LabelledSentence,
) -> impl Iterator<Item = (Place, String, usize)> {
    let place = place(sentence);
    let truth = sentence.labels[0].unwrap_or_default();
    panel
        .iter()
        .enumerate()
        .filter_map(move |(who, &(right, share))| {
            let draw = |of: u64| bits(of + 10 * who as u64 + 100 * at as u64);
            let is_right = (draw(1) as f64) < right * u64::MAX as f64;
            let wrong = (truth + 1 + draw(2) as usize % 2) % 3;
            let label = if is_right { truth } else { wrong };
            (draw(3) % 3 < share).then(|| (place.clone(), format!("annotator {who}"), label))
        })
}

fn place(sentence: &LabelledSentence) -> Place {
    let document = sentence.document.clone().unwrap_or_default();
    (document, sentence.number.unwrap_or_default())
}

/// SplitMix64 of a counter.
fn bits(counter: u64) -> u64 {
    let mut bits = counter.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The labels of readers 1 and 2, as they stand in the table of readings.
fn readers(truth: &Labelled) -> Result<Annotated> {
    let mut table = csv::Reader::from_path("data/readings.csv").map_err(unreadable)?;
    let mut rows = Vec::new();
    for row in table.deserialize() {
        let row: BTreeMap<String, String> = row.map_err(unreadable)?;
        let place = (row["article"].clone(), row["sentence"].parse().unwrap_or(0));
        let label = truth.sets[0].index(&row["stance"]);
        if let (Some(label), "1" | "2") = (label, &*row["reader"]) {
            rows.push((place, row["reader"].clone(), label));
        }
    }
    read(truth, rows.into_iter())
}

/// Annotators' labels with the sentences they are of, through a table as users have it.
fn read(truth: &Labelled, rows: impl Iterator<Item = (Place, String, usize)>) -> Result<Annotated> {
    let sentences = truth.sentences.iter();
    let sentences: BTreeMap<Place, &LabelledSentence> = sentences.map(|s| (place(s), s)).collect();
    let file = tempfile::Builder::new().suffix(".csv").tempfile();
    let file = file.map_err(|error| Error::io("cannot write", error))?;
    let mut table = csv::Writer::from_path(file.path()).map_err(unreadable)?;
    let head = [
        "article",
        "sentence",
        "text",
        "author",
        "annotator",
        "stance",
    ];
    table.write_record(head).map_err(unreadable)?;
    for (place, annotator, label) in rows {
        if let Some(sentence) = sentences.get(&place) {
            let label = &truth.sets[0].labels[label].name;
            let number = place.1.to_string();
            let row = [
                &*place.0,
                &number,
                &sentence.text,
                &sentence.group,
                &annotator,
                label,
            ];
            table.write_record(row).map_err(unreadable)?;
        }
    }
    table
        .flush()
        .map_err(|error| Error::io("cannot write", error))?;
    ReadLabels::default().read_annotated(&[file.path().to_path_buf()])
}

fn unreadable(error: csv::Error) -> Error {
    Error::input(error.to_string())
}

fn report(name: &str, annotated: &Annotated, truth: &Labelled) -> Result<()> {
    let settings = Settings::default();
    let choice = MergeChoice::measure(annotated, &settings, &mut |_, _, _| Ok(()))?;
    let majority = held_out(annotated.merged(Merge::Majority))?;
    let soft = held_out(annotated.merged(Merge::Soft))?;
    let common: Vec<&Place> = majority
        .keys()
        .filter(|key| soft.contains_key(key))
        .collect();
    let truth: BTreeMap<Place, usize> = truth
        .sentences
        .iter()
        .filter_map(|sentence| Some((place(sentence), sentence.labels[0]?)))
        .collect();
    let labels: Vec<usize> = common.iter().map(|place| truth[*place]).collect();
    let loss = |found: &BTreeMap<Place, Vec<f64>>| {
        let probabilities: Vec<&[f64]> = common.iter().map(|place| &*found[*place]).collect();
        log_loss(&probabilities, &labels).unwrap_or(f64::NAN)
    };
    println!(
        "{name:<14} {:.4}    {:.4}  {:?} ({:.4}, {:.4})",
        loss(&majority),
        loss(&soft),
        choice.way,
        choice.majority,
        choice.soft
    );
    Ok(())
}

/// What models make of the sentences that have a label and whose authors they have not seen.
fn held_out(mut merged: Labelled) -> Result<BTreeMap<Place, Vec<f64>>> {
    merged.sort();
    let held_out =
        &Tagger::cross_validate(&merged, &Settings::default(), &mut |_, _, _| Ok(()))?[0];
    let places = held_out
        .rows
        .iter()
        .map(|&row| place(&merged.sentences[row]));
    Ok(places.zip(held_out.probabilities()).collect())
}
