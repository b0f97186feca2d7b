//! Accuracy, precision, recall and F1.

use super::bootstrap::Interval;
use super::confusion::{
    Figure, GroupedCounts, LabelCounts, accuracy, confusion, macro_f1, rows, weighted_f1,
};
use super::groups::Groups;
use serde::{Deserialize, Serialize};

/// The scores of one label.
///
/// A share of no rows is undefined and stays so: it is `None`, never 0 and never NaN. So a label
/// that is true somewhere but never predicted has no precision, a recall of 0 and an F1 of 0; one
/// that is predicted but never true has a precision of 0, no recall and an F1 of 0; one that is
/// neither has no score at all and does not enter the macro-F1. The means are those of
/// scikit-learn's `f1_score` with `average="macro"` and `"weighted"`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelScores {
    /// Share of the rows given this label that deserve it; undefined if none was given it.
    pub precision: Interval,
    /// Share of the rows deserving this label that were given it; undefined if none deserves it.
    pub recall: Interval,
    /// 2·tp / (2·tp + fp + fn); undefined if the label is neither true nor predicted anywhere.
    pub f1: Interval,
    /// Rows that deserve this label.
    pub support: u64,
}

/// All scores of one set of predictions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Rows scored.
    pub rows: u64,
    /// Groups (authors, articles) the intervals are resampled over.
    pub groups: u64,
    /// Share of right labels.
    pub accuracy: Interval,
    /// Mean F1 over the labels that are true or predicted somewhere.
    pub macro_f1: Interval,
    /// Mean F1 weighted by support.
    pub weighted_f1: Interval,
    /// The accuracy of always giving the commonest label; 0 without rows.
    pub majority_accuracy: f64,
    /// The names of the labels, in the order of their set.
    pub label_names: Vec<String>,
    /// Scores per label, in the same order.
    pub labels: Vec<LabelScores>,
    /// `confusion[truth][predicted]`, in the same order.
    pub confusion: Vec<Vec<u64>>,
}

impl Scores {
    /// Scores `predicted` against `truth` (one label index a row) with intervals over `groups`
    /// (one key a row); the label set has as many labels as `label_names`.
    ///
    /// Takes time in proportion to the rows, a thousand times over for the intervals, whatever
    /// the number of labels.
    #[must_use]
    pub fn new<G: Ord>(
        truth: &[usize],
        predicted: &[usize],
        groups: &[G],
        label_names: &[String],
    ) -> Self {
        let k = label_names.len();
        let groups = Groups::new(groups);
        let grouped = GroupedCounts::new(truth, predicted, &groups, k);
        let counts = grouped.total();
        let replicates = grouped.replicates();
        let overall = |figure: Figure| {
            let replicates = replicates.iter().map(|replicate| figure(replicate));
            Interval::percentile(figure(&counts), grouped.occupied(), replicates)
        };
        let of_label = |label: usize| {
            let score = |figure| label_interval(label, figure, &grouped, &counts, &replicates);
            LabelScores {
                precision: score(LabelCounts::precision),
                recall: score(LabelCounts::recall),
                f1: score(LabelCounts::f1),
                support: counts[label].truth,
            }
        };
        let commonest = counts.iter().map(|label| label.truth).max().unwrap_or(0);
        Self {
            rows: rows(&counts),
            groups: grouped.occupied() as u64,
            accuracy: overall(accuracy),
            macro_f1: overall(macro_f1),
            weighted_f1: overall(weighted_f1),
            majority_accuracy: commonest as f64 / rows(&counts).max(1) as f64,
            label_names: label_names.to_vec(),
            labels: (0..k).map(of_label).collect(),
            confusion: confusion(truth, predicted, k),
        }
    }
}

/// A figure of one label. The groups that bear on it are those it is defined in: a figure that
/// hangs on one of many groups is the same in every draw, and would pass for certain.
fn label_interval(
    label: usize,
    figure: fn(&LabelCounts) -> Option<f64>,
    grouped: &GroupedCounts,
    total: &[LabelCounts],
    replicates: &[Vec<LabelCounts>],
) -> Interval {
    let bears =
        |&&(other, ref counts): &&(usize, LabelCounts)| other == label && figure(counts).is_some();
    let bearing = grouped.groups.iter().flatten().filter(bears).count();
    let replicates = replicates.iter().map(|replicate| figure(&replicate[label]));
    Interval::percentile(figure(&total[label]), bearing, replicates)
}
