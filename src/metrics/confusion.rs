//! Which label was taken for which, and the figures that follow from the counts.

use super::bootstrap::resample;
use super::groups::Groups;

/// `counts[truth][predicted]` for a set of `k` labels.
pub(super) fn confusion(truth: &[usize], predicted: &[usize], k: usize) -> Vec<Vec<u64>> {
    let mut counts = vec![vec![0; k]; k];
    for (&truth, &predicted) in truth.iter().zip(predicted) {
        if truth < k && predicted < k {
            counts[truth][predicted] += 1;
        }
    }
    counts
}

/// The margins of the confusion matrix at one label: all that precision, recall and F1 need.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LabelCounts {
    /// Rows that deserve the label.
    pub(super) truth: u64,
    /// Rows that were given it.
    pub(super) predicted: u64,
    /// Rows that deserve it and were given it.
    pub(super) both: u64,
}

impl LabelCounts {
    pub(super) fn precision(&self) -> Option<f64> {
        ratio(self.both, self.predicted)
    }

    pub(super) fn recall(&self) -> Option<f64> {
        ratio(self.both, self.truth)
    }

    /// 2·tp / (2·tp + fp + fn): defined as soon as the label occurs on either side.
    pub(super) fn f1(&self) -> Option<f64> {
        ratio(2 * self.both, self.truth + self.predicted)
    }

    /// Adds to the rows given the label, and to those of them that deserve it.
    pub(super) fn add(&mut self, predicted: i64, both: i64) {
        self.predicted = self.predicted.saturating_add_signed(predicted);
        self.both = self.both.saturating_add_signed(both);
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// A figure of a whole label set, from the counts of each label.
pub(super) type Figure = fn(&[LabelCounts]) -> Option<f64>;

pub(super) fn rows(labels: &[LabelCounts]) -> u64 {
    labels.iter().map(|label| label.truth).sum()
}

pub(super) fn accuracy(labels: &[LabelCounts]) -> Option<f64> {
    ratio(labels.iter().map(|label| label.both).sum(), rows(labels))
}

pub(super) fn macro_f1(labels: &[LabelCounts]) -> Option<f64> {
    let (sum, defined) = labels
        .iter()
        .filter_map(LabelCounts::f1)
        .fold((0.0, 0_u64), |(sum, n), f1| (sum + f1, n + 1));
    (defined > 0).then(|| sum / defined as f64)
}

/// The macro-F1 of a confusion matrix, `counts[truth][predicted]`: the mean F1 of the labels that
/// occur on either side; `None` if there are no rows.
#[must_use]
pub fn macro_f1_of(confusion: &[Vec<u64>]) -> Option<f64> {
    let labels: Vec<LabelCounts> = (0..confusion.len())
        .map(|label| LabelCounts {
            truth: confusion[label].iter().sum(),
            predicted: confusion.iter().filter_map(|row| row.get(label)).sum(),
            both: confusion[label].get(label).copied().unwrap_or(0),
        })
        .collect();
    macro_f1(&labels)
}

pub(super) fn weighted_f1(labels: &[LabelCounts]) -> Option<f64> {
    let rows = rows(labels);
    let weighted = |label: &LabelCounts| Some(label.truth as f64 * label.f1()?);
    let sum: f64 = labels.iter().filter_map(weighted).sum();
    (rows > 0).then(|| sum / rows as f64)
}

/// The counts of every group apart, so that groups can be weighed without going back to rows.
pub(super) struct GroupedCounts {
    k: usize,
    /// For each group the labels that occur in it, in order.
    pub(super) groups: Vec<Vec<(usize, LabelCounts)>>,
}

impl GroupedCounts {
    pub(super) fn new(truth: &[usize], predicted: &[usize], groups: &Groups, k: usize) -> Self {
        let mut counted = Self {
            k,
            groups: vec![Vec::new(); groups.count],
        };
        for ((&group, &truth), &predicted) in groups.of_row.iter().zip(truth).zip(predicted) {
            if truth < k && predicted < k {
                counted.at(group, truth).truth += 1;
                counted.at(group, predicted).predicted += 1;
                counted.at(group, truth).both += u64::from(truth == predicted);
            }
        }
        counted
    }

    fn at(&mut self, group: usize, label: usize) -> &mut LabelCounts {
        let labels = &mut self.groups[group];
        let place = labels.partition_point(|&(other, _)| other < label);
        if labels.get(place).is_none_or(|&(other, _)| other != label) {
            labels.insert(place, (label, LabelCounts::default()));
        }
        &mut labels[place].1
    }

    /// The counts per label if group `g` stood `weights[g]` times in the data.
    fn weighted(&self, weights: &[u64]) -> Vec<LabelCounts> {
        let mut sum = vec![LabelCounts::default(); self.k];
        for (group, &weight) in self.groups.iter().zip(weights) {
            if weight == 0 {
                continue;
            }
            for &(label, counts) in group {
                sum[label].truth += weight * counts.truth;
                sum[label].predicted += weight * counts.predicted;
                sum[label].both += weight * counts.both;
            }
        }
        sum
    }

    /// The counts per label over all groups.
    pub(super) fn total(&self) -> Vec<LabelCounts> {
        self.weighted(&vec![1; self.groups.len()])
    }

    /// The counts per label for every draw of groups.
    pub(super) fn replicates(&self) -> Vec<Vec<LabelCounts>> {
        resample(self.groups.len(), |drawn| self.weighted(drawn))
    }

    /// How many groups have rows.
    pub(super) fn occupied(&self) -> usize {
        self.groups.iter().filter(|group| !group.is_empty()).count()
    }
}
