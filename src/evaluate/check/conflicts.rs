use super::{Finding, Kind};
use crate::labels::{Duplicates, Labelled};
use std::collections::BTreeSet;

/// Sentences that are the same, or nearly, and have different labels of a set.
pub(super) fn find(labelled: &Labelled, duplicates: &Duplicates) -> Vec<Finding> {
    let context = contexts(labelled);
    let same = duplicates.same.iter().map(|rows| (rows.clone(), 1.0));
    let near = duplicates.near.iter();
    let near = near.map(|pair| (pair.rows.to_vec(), pair.similarity));
    let mut found = Vec::new();
    for (rows, similarity) in same.chain(near) {
        for set in 0..labelled.sets.len() {
            let label = |row: usize| labelled.sentences[row].labels[set];
            let mut rows = rows.clone();
            rows.retain(|&row| label(row).is_some());
            let labels: BTreeSet<Option<usize>> = rows.iter().map(|&row| label(row)).collect();
            if labels.len() < 2 {
                continue;
            }
            let said: BTreeSet<_> = rows
                .iter()
                .map(|&row| (&context[row], label(row)))
                .collect();
            let contexts: BTreeSet<_> = said.iter().map(|(context, _)| context).collect();
            found.push(Finding {
                kind: Kind::Conflict {
                    similarity,
                    same_context: contexts.len() < said.len(),
                },
                set: Some(set),
                rows,
            });
        }
    }
    found
}

/// The words of the sentences before and after each row in its document.
fn contexts(labelled: &Labelled) -> Vec<[String; 2]> {
    let words = |row: Option<usize>| {
        let sentence = row.map(|row| &labelled.sentences[row]);
        sentence.map_or_else(String::new, |sentence| sentence.words())
    };
    let documents = labelled.documents.iter();
    let rows = documents.flat_map(|document| document.clone().map(move |row| (row, document)));
    rows.map(|(row, document)| {
        [
            words(
                row.checked_sub(1)
                    .filter(|before| document.contains(before)),
            ),
            words(Some(row + 1).filter(|after| document.contains(after))),
        ]
    })
    .collect()
}
