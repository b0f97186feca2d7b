//! What the shipped model does with sentences made to trip it: `cases/behaviour.csv`, with what
//! each case checks. The pass rates stand in the card of the model.
#![allow(clippy::unwrap_used)]

use stance::codebook::Codebook;
use stance::evaluate::{Case, PassRates, read_cases};
use stance::report::card::behaviour_table;
use stance::tagger::Tagger;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn cases() -> Vec<Case> {
    let file = project("tests/cases/behaviour.csv");
    read_cases(&file, &Codebook::shipped().sets).unwrap()
}

#[test]
fn the_cases_are_well_made() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases() {
        assert!(case.labels[0].is_some(), "{}", case.text);
        *kinds.entry(case.kind).or_default() += 1;
    }
    assert!(kinds.values().all(|&cases| cases >= 20), "{kinds:?}");
    assert!(kinds.values().sum::<usize>() >= 200);
    let mut table = csv::Reader::from_path(project("tests/cases/behaviour.csv")).unwrap();
    for row in table.deserialize() {
        let row: BTreeMap<String, String> = row.unwrap();
        assert!(!row["checks"].is_empty(), "{}", row["text"]);
    }
}

#[test]
fn the_card_gives_the_pass_rates_of_the_shipped_model() {
    let table = behaviour_table(&PassRates::measure(&Tagger::shipped(), &cases()));
    let card = std::fs::read_to_string(project("models/README.md")).unwrap();
    assert!(
        card.contains(&table),
        "train the model again, with its card: ARCHITECTURE.md says how\n{table}"
    );
}

/// Who and where is no reason: the cases come in pairs that differ in names alone.
#[test]
fn names_do_not_decide() {
    let tagger = Tagger::shipped();
    let stance = |case: &Case| case.tags(&tagger).tags[0].label;
    let swapped: Vec<Case> = cases()
        .into_iter()
        .filter(|case| case.kind == "names-swapped")
        .collect();
    let same = swapped
        .chunks_exact(2)
        .filter(|pair| stance(&pair[0]) == stance(&pair[1]))
        .count();
    let pairs = swapped.len() / 2;
    assert!(
        same + 2 >= pairs,
        "{same} of {pairs} pairs get the same tag"
    );
}
