use super::{Finding, Kind};
use crate::labels::{Duplicates, Labelled};
use std::collections::BTreeSet;

/// Sentences that stand twice, or nearly: in one group, or, where a column names groups, in several.
pub(super) fn find(labelled: &Labelled, duplicates: &Duplicates) -> Vec<Finding> {
    let grouped = labelled.columns.group.is_some();
    let same = duplicates.same.iter().map(|rows| (rows.clone(), 1.0));
    let near = duplicates.near.iter();
    let near = near.map(|pair| (pair.rows.to_vec(), pair.similarity));
    same.chain(near)
        .map(|(rows, similarity)| {
            let group = |&row: &usize| &labelled.sentences[row].group;
            let groups: BTreeSet<&String> = rows.iter().map(group).collect();
            let kind = match grouped && groups.len() > 1 {
                true => Kind::Leak { similarity },
                false => Kind::Duplicate { similarity },
            };
            Finding {
                kind,
                set: None,
                rows,
            }
        })
        .collect()
}
