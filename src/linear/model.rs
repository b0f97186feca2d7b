//! Weights, and what they say about a row.

use super::matrix::Row;
use crate::error::{Error, Result};
use ndarray::{Array1, Array2};

/// A weight for each feature and label, and a bias for each label.
///
/// ```
/// use ndarray::array;
/// use stance::linear::{LinearModel, Row};
/// let model = LinearModel::new(array![[0.5, -0.5], [-2.0, 2.0]], array![0.0, 1.0])?;
/// let row = Row { index: &[1], value: &[0.25] };
/// assert_eq!(model.scores(row), array![-0.5, 1.5]);
/// assert_eq!(model.predict(row), 1);
/// # Ok::<(), stance::error::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LinearModel {
    weights: Array2<f32>,
    bias: Array1<f64>,
}

impl LinearModel {
    /// A model of weights (features × labels) and biases (labels).
    ///
    /// # Errors
    /// Where the numbers of labels differ or are below 2, or where a number is not finite.
    pub fn new(weights: Array2<f32>, bias: Array1<f64>) -> Result<Self> {
        if weights.ncols() != bias.len() || bias.len() < 2 {
            return Err(Error::input(format!(
                "weights for {} labels and biases for {} make no model",
                weights.ncols(),
                bias.len()
            )));
        }
        let finite = weights.iter().all(|w| w.is_finite()) && bias.iter().all(|b| b.is_finite());
        if !finite {
            return Err(Error::input("the model holds a weight that is not finite"));
        }
        let weights = weights.as_standard_layout().into_owned();
        Ok(Self { weights, bias })
    }

    /// The weights, features × labels, those of one feature side by side in memory.
    pub fn weights(&self) -> &Array2<f32> {
        &self.weights
    }

    /// The biases, one for each label.
    pub fn bias(&self) -> &Array1<f64> {
        &self.bias
    }

    /// How many features the model knows.
    pub fn features(&self) -> usize {
        self.weights.nrows()
    }

    /// How many labels it tells apart.
    pub fn classes(&self) -> usize {
        self.bias.len()
    }

    /// The score of each label: its bias, then weight times value in the order of the row.
    ///
    /// Features that the model does not know count for nothing.
    pub fn scores(&self, row: Row<'_>) -> Array1<f64> {
        let mut scores = Array1::zeros(self.classes());
        self.scores_into(row, scores.as_slice_mut().unwrap_or(&mut []));
        scores
    }

    /// The same without an allocation; `scores` has room for one of each label.
    pub fn scores_into(&self, row: Row<'_>, scores: &mut [f64]) {
        for (score, &bias) in scores.iter_mut().zip(&self.bias) {
            *score = bias;
        }
        let all = self.weights.as_slice().unwrap_or(&[]);
        for (feature, value) in row.iter() {
            let start = feature * self.classes();
            let Some(weights) = all.get(start..start + self.classes()) else {
                continue;
            };
            for (score, &weight) in scores.iter_mut().zip(weights) {
                *score += f64::from(value) * f64::from(weight);
            }
        }
    }

    /// The label of the highest score; the first of equal ones.
    pub fn predict(&self, row: Row<'_>) -> usize {
        let mut best = (0, f64::NEG_INFINITY);
        for (label, &score) in self.scores(row).iter().enumerate() {
            if score > best.1 {
                best = (label, score);
            }
        }
        best.0
    }
}

/// Turns finite scores into probabilities: exp(zₖ) / Σⱼ exp(zⱼ), the same bits on every machine.
pub fn softmax(scores: &mut [f64]) {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::exp(*score - highest);
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}
