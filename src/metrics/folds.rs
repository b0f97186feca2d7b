//! Folds that keep groups whole and labels even.

use super::groups::Groups;
use crate::error::{Error, Result};
use std::cmp::Reverse;

/// Splits rows into folds so that no group is in two folds and every fold has about the same
/// share of every label. Returns the fold of each row, from 0.
///
/// Greedy, as scikit-learn's `StratifiedGroupKFold`: the largest group first, each group to the
/// fold where it adds least to the spread of the labels over the folds (here the variance of the
/// label shares, each label counting alike); ties go to the fold with fewer rows, then to the
/// earlier one, and groups of one size are taken in the order of their keys. So no fold is empty,
/// and the order of the rows does not matter.
///
/// - `groups`: one key a row.
/// - `labels`: one index a row, below `k`; rows with other labels are placed but not balanced.
///
/// # Errors
///
/// Fewer than two folds, or fewer groups than folds.
pub fn folds<G: Ord>(groups: &[G], labels: &[usize], k: usize, folds: usize) -> Result<Vec<usize>> {
    let groups = Groups::new(groups);
    if folds < 2 {
        return Err(Error::usage(format!("cannot split into {folds} folds"))
            .remedy("ask for at least 2 folds"));
    }
    if groups.count < folds {
        return Err(Error::input(format!(
            "cannot split {} groups into {folds} folds without cutting a group in two",
            groups.count
        ))
        .remedy(match groups.count {
            0 | 1 => "label text from at least two groups, or group by another column",
            _ => "ask for fewer folds, or group by another column",
        }));
    }
    let members = members(&groups, labels, k);
    let fold_of_group = assign(&members, k, folds);
    Ok(groups.of_row.iter().map(|&g| fold_of_group[g]).collect())
}

/// What a group brings to its fold.
#[derive(Clone, Default)]
struct Members {
    rows: u64,
    /// Label and count, only where the count is not zero.
    labels: Vec<(usize, u64)>,
}

fn members(groups: &Groups, labels: &[usize], k: usize) -> Vec<Members> {
    let mut members = vec![Members::default(); groups.count];
    for &group in &groups.of_row {
        members[group].rows += 1;
    }
    let mut pairs: Vec<(usize, usize)> = groups
        .of_row
        .iter()
        .zip(labels)
        .filter(|&(_, &label)| label < k)
        .map(|(&group, &label)| (group, label))
        .collect();
    pairs.sort_unstable();
    for same in pairs.chunk_by(|a, b| a == b) {
        let (group, label) = same[0];
        members[group].labels.push((label, same.len() as u64));
    }
    members
}

/// The fold of each group.
fn assign(members: &[Members], k: usize, folds: usize) -> Vec<usize> {
    let mut total = vec![0_u64; k];
    for &(label, count) in members.iter().flat_map(|group| &group.labels) {
        total[label] += count;
    }
    let mut largest_first: Vec<usize> = (0..members.len()).collect();
    largest_first.sort_by_key(|&group| Reverse(members[group].rows));

    let mut rows = vec![0_u64; folds];
    let mut counts = vec![vec![0_u64; k]; folds];
    let mut fold_of_group = vec![0; members.len()];
    for group in largest_first {
        // A group with g of a label's n rows raises Σ (c/n)² over the folds by (2cg + g²)/n²,
        // where c is what its fold already has; g² is the same for all folds.
        let added_spread = |fold: usize| -> f64 {
            let labels = members[group].labels.iter();
            labels
                .map(|&(label, count)| {
                    let n = total[label] as f64;
                    count as f64 * counts[fold][label] as f64 / (n * n)
                })
                .sum()
        };
        let spreads: Vec<f64> = (0..folds).map(added_spread).collect();
        let best = (0..folds)
            .min_by(|&a, &b| {
                let spread = spreads[a].total_cmp(&spreads[b]);
                spread.then(rows[a].cmp(&rows[b]))
            })
            .unwrap_or(0);
        fold_of_group[group] = best;
        rows[best] += members[group].rows;
        for &(label, count) in &members[group].labels {
            counts[best][label] += count;
        }
    }
    fold_of_group
}
