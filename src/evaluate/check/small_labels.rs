use super::{Check, Finding, Kind};
use crate::tagger::likeliest;
use std::collections::BTreeSet;

/// With fewer rows, the share of them that a model finds is known to no better than ±22 points
/// (95 %, at a half): whether it has learned the label cannot be told.
const ENOUGH_ROWS: usize = 20;

/// Labels with fewer rows than can show whether they are learned, or fewer groups than folds, so
/// that a fold has none to test.
pub(super) fn find(check: &Check) -> Vec<Finding> {
    let sets = check.labelled.sets.iter().enumerate();
    let labels = sets.flat_map(|(set, of)| (0..of.labels.len()).map(move |label| (set, label)));
    labels
        .filter_map(|(set, label)| of_label(check, set, label))
        .collect()
}

fn of_label(check: &Check, set: usize, label: usize) -> Option<Finding> {
    let sentences = &check.labelled.sentences;
    let rows: Vec<usize> = (0..sentences.len())
        .filter(|&row| sentences[row].labels[set] == Some(label))
        .collect();
    let groups: BTreeSet<&str> = rows.iter().map(|&row| &*sentences[row].group).collect();
    if rows.len() >= ENOUGH_ROWS && groups.len() >= check.folds {
        return None;
    }
    let opinions = rows.iter().map(|&row| check.opinion(set, row));
    let found: Option<Vec<bool>> = opinions
        .map(|opinion| opinion.map(|of_labels| likeliest(of_labels) == label))
        .collect();
    Some(Finding {
        kind: Kind::SmallLabel {
            label,
            rows: rows.len(),
            groups: groups.len(),
            found: found.map(|found| found.into_iter().filter(|&found| found).count()),
        },
        set: Some(set),
        rows,
    })
}
