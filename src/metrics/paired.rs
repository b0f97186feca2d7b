//! Two sets of predictions for the same rows.

use super::bootstrap::Interval;
use super::confusion::{Figure, GroupedCounts, LabelCounts, accuracy, macro_f1, rows};
use super::groups::Groups;
use super::random::SplitMix64;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// For up to so many groups every way of swapping is tried, 4,096 at most.
const EXACT: usize = 12;
/// Beyond, so many ways are drawn.
const DRAWS: usize = 10_000;
const SEED: u64 = 0x5eed_0002;

/// Swapped differences within this of the observed one count as equal to it: the same F1 can come
/// out of a sum in two orders.
const TIE: f64 = 1e-12;

/// A figure of the first predictions minus that of the second.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The difference and its 95 % interval.
    #[serde(flatten)]
    pub interval: Interval,
    /// Two-sided p-value of "the two predict equally well"; `None` with fewer than two groups.
    pub p_value: Option<f64>,
}

/// Two sets of predictions for the same rows, compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paired {
    /// Rows compared.
    pub rows: u64,
    /// Groups resampled and swapped.
    pub groups: u64,
    /// Difference in the share of right labels.
    pub accuracy: Difference,
    /// Difference in macro-F1.
    pub macro_f1: Difference,
}

/// Compares the predictions `a` with `b`, both for the rows with the true labels `truth`.
///
/// The intervals come from the bootstrap of [`Interval`], both sets of predictions being resampled
/// together. The p-values come from a permutation test: if the two were equally good, swapping
/// them in any groups would change nothing, so the observed difference is ranked among those
/// after swapping whole groups (all ways if up to 12 groups differ, else 10,000 draws and the
/// observed one; Good, *Permutation, Parametric and Bootstrap Tests of Hypotheses*, 2005).
///
/// - `truth`, `a`, `b`: one label a row, below `k`.
/// - `groups`: one key a row.
#[must_use]
pub fn paired<G: Ord>(truth: &[usize], a: &[usize], b: &[usize], groups: &[G], k: usize) -> Paired {
    let groups = Groups::new(groups);
    // A row one of the two leaves out is left out of both.
    let shared = |ours: &[usize], theirs: &[usize]| -> Vec<usize> {
        let labels = ours.iter().zip(theirs);
        labels
            .map(|(&our, &their)| if their < k { our } else { k })
            .collect()
    };
    let pair = Pair {
        a: GroupedCounts::new(truth, &shared(a, b), &groups, k),
        b: GroupedCounts::new(truth, &shared(b, a), &groups, k),
    };
    Paired {
        rows: rows(&pair.a.total()),
        groups: pair.a.occupied() as u64,
        accuracy: pair.difference(accuracy),
        macro_f1: pair.difference(macro_f1),
    }
}

fn difference(figure: Figure, a: &[LabelCounts], b: &[LabelCounts]) -> Option<f64> {
    Some(figure(a)? - figure(b)?)
}

/// The counts of both predictions over the same groups.
struct Pair {
    a: GroupedCounts,
    b: GroupedCounts,
}

impl Pair {
    fn difference(&self, figure: Figure) -> Difference {
        let (a, b) = (self.a.total(), self.b.total());
        // Both have the same groups, and so the same draws.
        let draws = self.a.replicates().into_iter().zip(self.b.replicates());
        let groups = self.a.occupied();
        Difference {
            interval: Interval::percentile(
                difference(figure, &a, &b),
                groups,
                draws.map(|(a, b)| difference(figure, &a, &b)),
            ),
            p_value: (groups >= 2)
                .then(|| p_value(figure, &a, &b, &self.changes()))
                .flatten(),
        }
    }

    /// What swapping each group would change, for the groups where it changes anything.
    fn changes(&self) -> Vec<Vec<Change>> {
        let groups = self.a.groups.iter().zip(&self.b.groups);
        let changes = groups.map(|(a, b)| changes(a, b));
        changes.filter(|changes| !changes.is_empty()).collect()
    }
}

/// What swapping a group adds to the first predictions' counts of a label and takes from the
/// second's.
struct Change {
    label: usize,
    predicted: i64,
    both: i64,
}

fn changes(a: &[(usize, LabelCounts)], b: &[(usize, LabelCounts)]) -> Vec<Change> {
    let mut by_label: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
    for (counts, sign) in [(a, -1), (b, 1)] {
        for (label, counts) in counts {
            let (predicted, both) = by_label.entry(*label).or_default();
            *predicted += sign * counts.predicted as i64;
            *both += sign * counts.both as i64;
        }
    }
    let change = |(label, (predicted, both))| Change {
        label,
        predicted,
        both,
    };
    let differ = |(_, change): &(usize, (i64, i64))| *change != (0, 0);
    by_label.into_iter().filter(differ).map(change).collect()
}

/// The share of the ways of swapping after which the difference is at least as large as it is.
fn p_value(
    figure: Figure,
    a: &[LabelCounts],
    b: &[LabelCounts],
    changes: &[Vec<Change>],
) -> Option<f64> {
    let observed = difference(figure, a, b)?.abs();
    let (mut as_large, mut all) = (0_u64, 0_u64);
    for swapped in swaps(changes.len()) {
        let (mut a, mut b) = (a.to_vec(), b.to_vec());
        let chosen = changes.iter().zip(swapped).filter(|(_, swapped)| *swapped);
        for change in chosen.flat_map(|(changes, _)| changes) {
            a[change.label].add(change.predicted, change.both);
            b[change.label].add(-change.predicted, -change.both);
        }
        as_large += u64::from(difference(figure, &a, &b)?.abs() >= observed - TIE);
        all += 1;
    }
    Some(as_large as f64 / all as f64)
}

/// Ways of swapping groups: all of them for a few; else the way observed, none swapped, and then
/// draws.
fn swaps(groups: usize) -> Box<dyn Iterator<Item = Vec<bool>>> {
    if groups <= EXACT {
        let way = move |way: u64| (0..groups).map(|group| way >> group & 1 == 1).collect();
        return Box::new((0..1 << groups).map(way));
    }
    let mut random = SplitMix64::new(SEED);
    let draw = move |_| (0..groups).map(|_| random.bits() >> 63 == 1).collect();
    Box::new(std::iter::once(vec![false; groups]).chain((0..DRAWS).map(draw)))
}
