use super::{Contest, LearningCurve, Predictions};
use crate::metrics::{
    Bin, Interval, Kept, Scores, brier, confusion_shares, expected_calibration_error,
    interval_over_groups, log_loss, reliability, risk_coverage,
};
use crate::tagger::likeliest;
use serde::Serialize;

/// Bins of the reliability table, all of one width.
const BINS: usize = 10;
/// Thresholds of the risk-coverage table, beside the one that is set.
const THRESHOLDS: [f64; 8] = [0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// How well one label set is predicted.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The name of the label set.
    pub set: String,
    /// How the predictions were made, in a line for readers.
    pub method: String,
    /// Accuracy, F1, scores by label, confusion.
    pub scores: Scores,
    /// The confusion as shares of its lines: `confusion_shares[truth][predicted]`.
    pub confusion_shares: Vec<Vec<Interval>>,
    /// What knowing nothing reaches.
    pub majority: Majority,
    /// Whether probabilities mean what they say.
    pub reliability: Reliability,
    /// What leaving unsure rows out buys.
    pub abstaining: Abstaining,
    /// This model against another, where one is given.
    pub against: Option<Contest>,
    /// A random split of the rows against held-out groups, where asked for.
    pub random_split: Option<Contest>,
    /// What more labels would bring, where asked for.
    pub learning_curve: Option<LearningCurve>,
}

/// The baseline: every row gets the commonest label.
#[derive(Debug, Clone, PartialEq)]
pub struct Majority {
    /// The commonest label; the first of equals.
    pub label: usize,
    /// How good that is.
    pub scores: Scores,
}

/// Whether probabilities mean what they say.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// Mean negative logarithm of the probability given to the true label, in nats.
    pub log_loss: Interval,
    /// Mean squared distance between probabilities and truth, from 0 to 2.
    pub brier: Interval,
    /// Mean distance between the probability of the likeliest label and how often it is right. It
    /// is never below 0, so resampling can only add to it, and its interval lies high.
    pub expected_calibration_error: Interval,
    /// From low to high probabilities.
    pub bins: Vec<ReliabilityBin>,
}

/// Rows whose likeliest label has about the same probability.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReliabilityBin {
    /// The lower bound, itself outside (0 is inside the first bin).
    pub low: f64,
    /// The upper bound, itself inside.
    pub high: f64,
    /// Rows in the bin.
    pub rows: u64,
    /// Mean probability of the likeliest label; `None` in an empty bin.
    pub mean_probability: Option<f64>,
    /// Share of the rows whose likeliest label is the true one.
    pub accuracy: Interval,
}

/// What leaving unsure rows out buys.
#[derive(Debug, Clone, PartialEq)]
pub struct Abstaining {
    /// The threshold that is set: rows whose label is less likely are unsure.
    pub unsure_below: f64,
    /// What is left, by threshold, from all rows to few.
    pub kept: Vec<Kept>,
}

impl Predictions {
    /// Everything that can be said of these predictions alone; rows are unsure whose label is less
    /// likely than `unsure_below`.
    #[must_use]
    pub fn evaluate(&self, unsure_below: f64) -> Evaluation {
        let predicted = self.predicted();
        let k = self.labels.len();
        Evaluation {
            set: self.set.clone(),
            method: self.method.clone(),
            scores: self.scores(),
            confusion_shares: confusion_shares(&self.truth, &predicted, &self.groups, k),
            majority: self.majority(),
            reliability: self.reliability(),
            abstaining: self.abstaining(&predicted, unsure_below),
            against: None,
            random_split: None,
            learning_curve: None,
        }
    }

    fn majority(&self) -> Majority {
        let mut counts = vec![0_u64; self.labels.len()];
        for &label in &self.truth {
            counts[label] += 1;
        }
        let commonest = (0..counts.len()).rev().max_by_key(|&label| counts[label]);
        let label = commonest.unwrap_or(0);
        let always = vec![label; self.truth.len()];
        Majority {
            label,
            scores: Scores::new(&self.truth, &always, &self.groups, &self.labels),
        }
    }

    fn reliability(&self) -> Reliability {
        let over_groups = |figure: fn(&[&[f64]], &[usize]) -> Option<f64>| {
            interval_over_groups(&self.groups, |rows| {
                let probabilities: Vec<&[f64]> =
                    rows.iter().map(|&row| &*self.probabilities[row]).collect();
                let truth: Vec<usize> = rows.iter().map(|&row| self.truth[row]).collect();
                figure(&probabilities, &truth)
            })
        };
        let bins = reliability(&self.probabilities, &self.truth, BINS).into_iter();
        let bin_of: Vec<Option<usize>> = (0..self.truth.len())
            .map(|row| {
                let alone = (&self.probabilities[row..=row], &self.truth[row..=row]);
                let bins = reliability(alone.0, alone.1, BINS);
                bins.iter().position(|bin| bin.count > 0)
            })
            .collect();
        Reliability {
            log_loss: over_groups(|p, truth| log_loss(p, truth)),
            brier: over_groups(|p, truth| brier(p, truth)),
            expected_calibration_error: over_groups(|p, truth| {
                expected_calibration_error(&reliability(p, truth, BINS))
            }),
            bins: bins
                .enumerate()
                .map(|(at, bin)| self.with_interval(bin, at, &bin_of))
                .collect(),
        }
    }

    /// A bin and how sure its accuracy is: of groups that have rows in it.
    fn with_interval(&self, bin: Bin, at: usize, bin_of: &[Option<usize>]) -> ReliabilityBin {
        let inside = |&row: &usize| bin_of[row] == Some(at);
        let rows: Vec<usize> = (0..bin_of.len()).filter(inside).collect();
        let groups: Vec<&str> = rows.iter().map(|&row| &*self.groups[row]).collect();
        let right: Vec<bool> = rows
            .iter()
            .map(|&row| likeliest(&self.probabilities[row]) == self.truth[row])
            .collect();
        let accuracy = interval_over_groups(&groups, |drawn| {
            let hits = drawn.iter().filter(|&&row| right[row]).count();
            (!drawn.is_empty()).then(|| hits as f64 / drawn.len() as f64)
        });
        ReliabilityBin {
            low: bin.low,
            high: bin.high,
            rows: bin.count,
            mean_probability: bin.mean_confidence,
            accuracy,
        }
    }

    fn abstaining(&self, predicted: &[usize], unsure_below: f64) -> Abstaining {
        let confidence: Vec<f64> = self
            .probabilities
            .iter()
            .zip(predicted)
            .map(|(row, &label)| row[label])
            .collect();
        let mut thresholds = THRESHOLDS.to_vec();
        thresholds.push(unsure_below);
        thresholds.sort_unstable_by(f64::total_cmp);
        thresholds.dedup();
        Abstaining {
            unsure_below,
            kept: risk_coverage(
                &confidence,
                &self.truth,
                predicted,
                &self.groups,
                self.labels.len(),
                &thresholds,
            ),
        }
    }
}
