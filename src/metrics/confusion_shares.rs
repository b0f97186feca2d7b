//! Of the rows that deserve a label, the share that was given each.

use super::bootstrap::{Interval, resample};
use super::groups::Groups;
use std::collections::BTreeMap;

/// A true label and a predicted one.
type Cell = (usize, usize);

/// The confusion matrix as shares of its lines, with intervals: `shares[truth][predicted]`,
/// undefined for a label that no row deserves. What stands on the diagonal is the recall.
///
/// - `truth`, `predicted`: one label a row, below `k`.
/// - `groups`: one key a row.
#[must_use]
pub fn confusion_shares<G: Ord>(
    truth: &[usize],
    predicted: &[usize],
    groups: &[G],
    k: usize,
) -> Vec<Vec<Interval>> {
    let groups = Groups::new(groups);
    let by_group = count(truth, predicted, &groups, k);
    let mut cells: Vec<Cell> = by_group.iter().flat_map(BTreeMap::keys).copied().collect();
    cells.sort_unstable();
    cells.dedup();
    let whole = shares(&by_group, &vec![1; groups.count], &cells, k);
    let replicates = resample(groups.count, |drawn| shares(&by_group, drawn, &cells, k));
    let interval = |truth: usize, predicted: usize| {
        let bears = |group: &&BTreeMap<Cell, u64>| {
            let mut line = group.range((truth, 0)..(truth + 1, 0));
            line.next().is_some()
        };
        let bearing = by_group.iter().filter(bears).count();
        match cells.binary_search(&(truth, predicted)) {
            Ok(cell) => {
                let replicates = replicates.iter().map(|replicate| replicate[cell]);
                Interval::percentile(whole[cell], bearing, replicates)
            }
            // What never happened never happens in a draw.
            Err(_) => {
                let never = (bearing > 0).then_some(0.0);
                Interval::percentile(never, bearing, std::iter::once(never))
            }
        }
    };
    (0..k)
        .map(|truth| (0..k).map(|label| interval(truth, label)).collect())
        .collect()
}

/// The occupied cells of the confusion matrix of each group.
fn count(
    truth: &[usize],
    predicted: &[usize],
    groups: &Groups,
    k: usize,
) -> Vec<BTreeMap<Cell, u64>> {
    let mut by_group = vec![BTreeMap::new(); groups.count];
    for ((&group, &truth), &predicted) in groups.of_row.iter().zip(truth).zip(predicted) {
        if truth < k && predicted < k {
            *by_group[group].entry((truth, predicted)).or_default() += 1;
        }
    }
    by_group
}

/// The share of each of the `cells` in its line if group `g` stood `weights[g]` times in the data.
fn shares(
    by_group: &[BTreeMap<Cell, u64>],
    weights: &[u64],
    cells: &[Cell],
    k: usize,
) -> Vec<Option<f64>> {
    let mut counts = vec![0; cells.len()];
    let mut lines = vec![0; k];
    for (group, &weight) in by_group
        .iter()
        .zip(weights)
        .filter(|(_, weight)| **weight > 0)
    {
        for (cell, count) in group {
            if let Ok(place) = cells.binary_search(cell) {
                counts[place] += weight * count;
                lines[cell.0] += weight * count;
            }
        }
    }
    let share = |(&count, &(truth, _)): (&u64, &Cell)| {
        let line: u64 = lines[truth];
        (line > 0).then(|| count as f64 / line as f64)
    };
    counts.iter().zip(cells).map(share).collect()
}
