//! What is gained by leaving unsure rows without a label.

use super::bootstrap::Interval;
use super::confusion::{Figure, GroupedCounts, accuracy, macro_f1, rows};
use super::groups::Groups;
use serde::{Deserialize, Serialize};

/// The rows that are sure enough, and how good the labels are there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The least confidence that is kept.
    pub threshold: f64,
    /// Rows kept.
    pub rows: u64,
    /// Share of the rows kept; undefined without rows.
    pub coverage: Interval,
    /// Share of right labels among the rows kept.
    pub accuracy: Interval,
    /// Macro-F1 on the rows kept, over the labels true or predicted there.
    pub macro_f1: Interval,
}

/// What is kept, and how good it is, for each of `thresholds`: a row is kept if its confidence
/// reaches the threshold (the risk-coverage trade-off of El-Yaniv and Wiener, "On the foundations
/// of noise-free selective classification", JMLR 2010).
///
/// - `confidence`: the probability of the predicted label, one a row; a NaN is never kept.
/// - `truth`, `predicted`: one label a row, below `k`.
/// - `groups`: one key a row.
#[must_use]
pub fn risk_coverage<G: Ord>(
    confidence: &[f64],
    truth: &[usize],
    predicted: &[usize],
    groups: &[G],
    k: usize,
    thresholds: &[f64],
) -> Vec<Kept> {
    let groups = Groups::new(groups);
    let everything = GroupedCounts::new(truth, predicted, &groups, k);
    let all = rows(&everything.total());
    // Equal numbers of groups get equal draws, so these go with those of the rows kept.
    let all_replicates: Vec<u64> = everything.replicates().iter().map(|r| rows(r)).collect();
    let kept = |&threshold: &f64| {
        // A label outside the set leaves its row out.
        let sure: Vec<usize> = predicted
            .iter()
            .zip(confidence)
            .map(|(&label, &confidence)| if confidence >= threshold { label } else { k })
            .collect();
        let grouped = GroupedCounts::new(truth, &sure, &groups, k);
        let counts = grouped.total();
        let replicates = grouped.replicates();
        let interval = |figure: Figure| {
            Interval::percentile(
                figure(&counts),
                grouped.occupied(),
                replicates.iter().map(|replicate| figure(replicate)),
            )
        };
        let share = |kept: u64, all: u64| (all > 0).then(|| kept as f64 / all as f64);
        let shares = replicates.iter().zip(&all_replicates);
        Kept {
            threshold,
            rows: rows(&counts),
            coverage: Interval::percentile(
                share(rows(&counts), all),
                everything.occupied(),
                shares.map(|(kept, &all)| share(rows(kept), all)),
            ),
            accuracy: interval(accuracy),
            macro_f1: interval(macro_f1),
        }
    };
    thresholds.iter().map(kept).collect()
}
