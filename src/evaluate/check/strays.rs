use super::{Finding, Kind};
use crate::labels::{Labelled, Shelf, Standing};
use std::collections::BTreeMap;

/// Sentences that do not stand in the articles they name, and articles that are not there.
pub(super) fn find(labelled: &Labelled, shelf: &Shelf) -> Vec<Finding> {
    let mut strays = Vec::new();
    let mut missing: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, sentence) in labelled.sentences.iter().enumerate() {
        let Some(document) = &sentence.document else {
            continue;
        };
        match shelf.look_up(document, &sentence.text) {
            Standing::There => {}
            Standing::NotThere => strays.push(row),
            Standing::NoArticle => missing.entry(document).or_default().push(row),
        }
    }
    let strays = strays.into_iter().map(|row| (Kind::Stray, vec![row]));
    let missing = missing.into_values().map(|rows| (Kind::NoArticle, rows));
    strays
        .chain(missing)
        .map(|(kind, rows)| Finding {
            kind,
            set: None,
            rows,
        })
        .collect()
}
