//! From raw scores to probabilities that mean what they say.

use super::folds::folds;
use super::scored_rows::{ScoredRows, negative_log_softmax, softmax};
use super::temperature::fit_inverse_temperature;
use super::vector_scaling::fit_scale_and_shift;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Folds in which the two kinds of calibration compete.
const FOLDS: usize = 5;

/// Labels beyond which only a temperature is fitted: a scale and a shift for each of many labels
/// rests on few rows each, and costs minutes.
const MOST_SCALED: usize = 20;

/// How raw scores (log-odds up to a constant) become probabilities: softmax after scaling
/// (Guo et al., "On calibration of modern neural networks", ICML 2017, section 4.2).
///
/// ```
/// use stance::metrics::Calibration;
///
/// // Scores of three labels from folds that had not seen the row: far too sure of themselves.
/// let scores = [[8.0, 0.0, 0.0], [0.0, 8.0, 0.0], [8.0, 0.0, 0.0], [0.0, 0.0, 8.0]];
/// let calibration = Calibration::fit(&scores, &[0, 1, 2, 0], &["a", "a", "b", "b"]);
///
/// let mut probabilities = [0.0; 3];
/// calibration.apply(&[8.0, 0.0, 0.0], &mut probabilities);
/// assert!(probabilities[0] > probabilities[1] && probabilities[0] < 0.9);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calibration {
    /// softmax(scores / temperature): never changes the order of the labels.
    Temperature(f64),
    /// softmax(scale ∘ scores + shift), one scale and one shift a label: can put another label
    /// first, where the scores favour some labels unduly.
    Vector {
        /// The factor of each label's score.
        scale: Vec<f64>,
        /// What is added to each label's score afterwards.
        shift: Vec<f64>,
    },
}

/// In words, for people: `scores divided by 0.840`, `scores times 1.20, 1.31 plus -0.03, 0.03`.
impl fmt::Display for Calibration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |numbers: &[f64]| -> String {
            let rounded: Vec<String> = numbers.iter().map(|n| format!("{n:.2}")).collect();
            rounded.join(", ")
        };
        match self {
            Self::Temperature(temperature) => write!(f, "scores divided by {temperature:.3}"),
            Self::Vector { scale, shift } => {
                write!(f, "scores times {} plus {}", listed(scale), listed(shift))
            }
        }
    }
}

impl Default for Calibration {
    /// The scores as they are.
    fn default() -> Self {
        Self::Temperature(1.0)
    }
}

impl Calibration {
    /// Fits both kinds and keeps the one with the lower log-loss on held-out groups (five folds,
    /// or one a group if there are fewer); a temperature if there is only one group or if there
    /// are more than twenty labels.
    ///
    /// Both minimise the log-loss, held near "leave the scores as they are" by a normal prior of
    /// unit variance on every factor and shift, worth about one row. So the log-loss of the given
    /// rows never rises, and a handful of rows all predicted right does not make for certainty.
    /// The order of the rows does not matter to the last bit.
    ///
    /// - `scores`: rows of `k` finite raw scores, from folds that had not seen the row; others are
    ///   left out.
    /// - `truth`: one label a row, below `k`.
    /// - `groups`: one key a row.
    #[must_use]
    pub fn fit<R: AsRef<[f64]>, G: Ord>(scores: &[R], truth: &[usize], groups: &[G]) -> Self {
        Self::of_rows(&ScoredRows::new(scores, truth, groups))
    }

    /// The same with rows of each label counting as much as `label_weights` says. A model trained
    /// with these weights answers as if labels came in the weighted shares; calibrated with the
    /// same weights, its likeliest label stays the one it decided for.
    #[must_use]
    pub fn fit_weighted<R: AsRef<[f64]>, G: Ord>(
        scores: &[R],
        truth: &[usize],
        groups: &[G],
        label_weights: &[f64],
    ) -> Self {
        Self::of_rows(&ScoredRows::new(scores, truth, groups).weighted(label_weights))
    }

    /// The best temperature, whatever vector scaling could do; weighted as in
    /// [`Calibration::fit_weighted`].
    #[must_use]
    pub fn fit_temperature<R: AsRef<[f64]>, G: Ord>(
        scores: &[R],
        truth: &[usize],
        groups: &[G],
        label_weights: &[f64],
    ) -> Self {
        Self::temperature(&ScoredRows::new(scores, truth, groups).weighted(label_weights))
    }

    fn of_rows(rows: &ScoredRows) -> Self {
        if rows.k > MOST_SCALED {
            return Self::temperature(rows);
        }
        match held_out_losses(rows) {
            Some((temperature, vector)) if vector < temperature => Self::vector(rows),
            _ => Self::temperature(rows),
        }
    }

    fn temperature(rows: &ScoredRows) -> Self {
        Self::Temperature(1.0 / fit_inverse_temperature(rows))
    }

    fn vector(rows: &ScoredRows) -> Self {
        let (scale, shift) = fit_scale_and_shift(rows);
        Self::Vector { scale, shift }
    }

    /// Writes the probabilities of one row of scores into `out`, which is as long as `scores`.
    /// They sum to one; they are equal if a score is not finite.
    pub fn apply(&self, scores: &[f64], out: &mut [f64]) {
        self.scale(scores, out);
        softmax(out);
    }

    /// Whether this can calibrate a set of `k` labels: as many scales and shifts, all of them
    /// finite, a temperature above zero. What comes out of a file may fail this.
    #[must_use]
    pub fn suits(&self, k: usize) -> bool {
        match self {
            Self::Temperature(temperature) => temperature.is_finite() && *temperature > 0.0,
            Self::Vector { scale, shift } => {
                let finite = scale.iter().chain(shift).all(|number| number.is_finite());
                finite && scale.len() == k && shift.len() == k
            }
        }
    }

    /// The scaled scores; a label without a score or a scale is impossible.
    fn scale(&self, scores: &[f64], out: &mut [f64]) {
        out.fill(f64::NEG_INFINITY);
        match self {
            Self::Temperature(temperature) => {
                for (out, score) in out.iter_mut().zip(scores) {
                    *out = score / temperature;
                }
            }
            Self::Vector { scale, shift } => {
                let factors = scale.iter().zip(shift);
                for ((out, score), (scale, shift)) in out.iter_mut().zip(scores).zip(factors) {
                    *out = scale * score + shift;
                }
            }
        }
    }

    fn loss(&self, rows: &ScoredRows) -> f64 {
        let mut scaled = vec![0.0; rows.k];
        let mut loss = 0.0;
        for (scores, truth, weight) in rows.iter() {
            self.scale(scores, &mut scaled);
            loss += weight * negative_log_softmax(&scaled, truth);
        }
        loss
    }
}

/// The loss of temperature and vector scaling over all rows, each row held out once.
fn held_out_losses(rows: &ScoredRows) -> Option<(f64, f64)> {
    let mut groups = rows.groups.clone();
    groups.sort_unstable();
    groups.dedup();
    let count = FOLDS.min(groups.len());
    let fold_of_row = folds(&rows.groups, rows.truth(), rows.k, count).ok()?;
    let compete = |fold: usize| {
        let training = rows.filter(|row| fold_of_row[row] != fold);
        let held_out = rows.filter(|row| fold_of_row[row] == fold);
        let temperature = Calibration::temperature(&training).loss(&held_out);
        let vector = Calibration::vector(&training).loss(&held_out);
        (temperature, vector)
    };
    // Folds run side by side; their losses are added in order, whatever the number of threads.
    let losses: Vec<(f64, f64)> = (0..count).into_par_iter().map(compete).collect();
    let temperature = losses.iter().map(|loss| loss.0).sum();
    let vector = losses.iter().map(|loss| loss.1).sum();
    Some((temperature, vector))
}
