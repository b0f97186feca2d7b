//! Two sets of predictions for the same rows.

use super::bootstrap::Interval;
use super::confusion::{Figure, GroupedCounts, LabelCounts, accuracy, macro_f1, rows};
use super::groups::Groups;
use super::random::SplitMix64;
use serde::{Deserialize, Serialize};

/// Up to so many groups every way of swapping is tried, 4,096 at most.
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
/// after swapping whole groups (all ways up to 12 groups, else 10,000 draws, themselves counting
/// the observed one; Good, *Permutation, Parametric and Bootstrap Tests of Hypotheses*, 2005).
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
        // Both have the same groups, and so the same draws.
        let draws = self.a.replicates().into_iter().zip(self.b.replicates());
        Difference {
            interval: Interval::percentile(
                difference(figure, &self.a.total(), &self.b.total()),
                self.a.occupied(),
                draws.map(|(a, b)| difference(figure, &a, &b)),
            ),
            p_value: self.p_value(figure),
        }
    }

    /// The share of swaps after which the difference is at least as large as the observed one.
    fn p_value(&self, figure: Figure) -> Option<f64> {
        if self.a.occupied() < 2 {
            return None;
        }
        let groups = self.a.groups.len();
        let observed = self.size(figure, &vec![0; groups])?;
        let (mut as_large, mut all) = (0_u64, 0_u64);
        for swapped in swaps(groups) {
            as_large += u64::from(self.size(figure, &swapped)? >= observed - TIE);
            all += 1;
        }
        Some(as_large as f64 / all as f64)
    }

    /// The size of the difference once `a` and `b` have changed places in the groups where
    /// `swapped` is 1.
    fn size(&self, figure: Figure, swapped: &[u64]) -> Option<f64> {
        let kept: Vec<u64> = swapped.iter().map(|swapped| 1 - swapped).collect();
        let mut a = self.a.weighted(&kept);
        self.b.add_weighted(swapped, &mut a);
        let mut b = self.b.weighted(&kept);
        self.a.add_weighted(swapped, &mut b);
        difference(figure, &a, &b).map(f64::abs)
    }
}

/// Ways of swapping, 1 for each group that is swapped: all of them for a few groups; else none
/// swapped, which is the way observed, and then draws.
fn swaps(groups: usize) -> Box<dyn Iterator<Item = Vec<u64>>> {
    if groups <= EXACT {
        let way = move |way: u64| (0..groups).map(|group| way >> group & 1).collect();
        return Box::new((0..1 << groups).map(way));
    }
    let mut random = SplitMix64::new(SEED);
    let draw = move |_| (0..groups).map(|_| random.bits() >> 63).collect();
    Box::new(std::iter::once(vec![0; groups]).chain((0..DRAWS).map(draw)))
}
