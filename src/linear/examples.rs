//! Rows with labels, checked.

use super::design::Design;
use super::matrix::Matrix;
use crate::error::{Error, Result};
use std::sync::Arc;

/// Labelled rows that a model can be learned from: every label has at least one.
///
/// ```
/// use stance::linear::{Examples, Matrix};
/// let matrix = Matrix::new(1, vec![0, 1, 1], vec![0], vec![1.0])?;
/// assert!(Examples::new(&matrix, &[1, 0], 2).is_ok());
/// let error = Examples::new(&matrix, &[1, 1], 2).unwrap_err();
/// assert_eq!(error.what, "no row has label 0");
/// # Ok::<(), stance::error::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Examples<'x> {
    design: Arc<Design>,
    labels: &'x [usize],
    /// How many rows each label has.
    counts: Vec<usize>,
    weights: Option<&'x [f32]>,
}

impl<'x> Examples<'x> {
    /// One label in `0..classes` for each row.
    ///
    /// # Errors
    /// Where rows and labels differ in number, where a label is out of range or has no rows, and
    /// where there are fewer than two classes or 2³² rows and more.
    pub fn new(matrix: &Matrix, labels: &'x [usize], classes: usize) -> Result<Self> {
        Self::of(Arc::new(Design::new(matrix)?), labels, classes)
    }

    /// The same for rows that are learned from more than once.
    ///
    /// # Errors
    /// As [`Examples::new`].
    pub fn of(design: Arc<Design>, labels: &'x [usize], classes: usize) -> Result<Self> {
        let rows = design.rows.rows();
        if labels.len() != rows {
            let labels = labels.len();
            return Err(Error::input(format!("{rows} rows but {labels} labels")));
        }
        if classes < 2 {
            return Err(Error::input("there is nothing to learn from one label")
                .remedy("label some rows with a second one"));
        }
        let counts = counts(labels, classes)?;
        if let Some(label) = counts.iter().position(|&count| count == 0) {
            return Err(Error::input(format!("no row has label {label}"))
                .remedy("label some rows with it, or take it out of the label set"));
        }
        Ok(Self {
            design,
            labels,
            counts,
            weights: None,
        })
    }

    /// How much each row counts; a weight of 2 is the row twice.
    ///
    /// # Errors
    /// Where rows and weights differ in number, or a weight is negative or not finite.
    pub fn weighted(self, weights: &'x [f32]) -> Result<Self> {
        if weights.len() != self.labels.len() {
            let (rows, weights) = (self.labels.len(), weights.len());
            return Err(Error::input(format!("{rows} rows but {weights} weights")));
        }
        let bad = |weight: &f32| !(weight.is_finite() && *weight >= 0.0);
        match weights.iter().position(bad) {
            Some(row) => Err(Error::input(format!(
                "the weight of row {row} is not 0 or more"
            ))),
            None => Ok(Self {
                weights: Some(weights),
                ..self
            }),
        }
    }

    pub(super) fn design(&self) -> &Design {
        &self.design
    }

    pub(super) fn labels(&self) -> &'x [usize] {
        self.labels
    }

    pub(super) fn counts(&self) -> &[usize] {
        &self.counts
    }

    /// The weight of each row, each label's multiplied by its own.
    pub(super) fn costs(&self, cost: f64, label_weights: &[f64]) -> Vec<f64> {
        let weight = |row: usize| self.weights.map_or(1.0, |weights| f64::from(weights[row]));
        let labels = self.labels.iter().enumerate();
        labels
            .map(|(row, &label)| cost * label_weights[label] * weight(row))
            .collect()
    }
}

fn counts(labels: &[usize], classes: usize) -> Result<Vec<usize>> {
    let mut counts = vec![0; classes];
    for (row, &label) in labels.iter().enumerate() {
        match counts.get_mut(label) {
            Some(count) => *count += 1,
            None => {
                let last = classes - 1;
                return Err(Error::input(format!(
                    "row {row} has label {label}, and the last is {last}"
                )));
            }
        }
    }
    Ok(counts)
}
