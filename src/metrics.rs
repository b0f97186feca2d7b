//! How good predictions are: confusion, scores, intervals, folds, calibration.
//!
//! `metrics` knows nothing of text or models: it sees true and predicted labels (indices into a
//! label set), probabilities, and groups.

use serde::Serialize;

/// A figure and its 95 % interval; `None` where it is undefined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize)]
pub struct Interval {
    /// The figure.
    pub value: Option<f64>,
    /// The lower end.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// The scores of one label.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
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
    /// The accuracy of always giving the commonest label.
    pub majority_accuracy: f64,
    /// The names of the labels, in the order of their set.
    pub label_names: Vec<String>,
    /// Scores per label, in the same order.
    pub labels: Vec<LabelScores>,
    /// `confusion[truth][predicted]`, in the same order.
    pub confusion: Vec<Vec<u64>>,
}
