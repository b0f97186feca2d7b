//! The same as linfa's estimators, on an n × 1 array of rows.

use super::examples::Examples;
use super::matrix::{Matrix, Row};
use super::model::LinearModel;
use super::trainer::Trainer;
use crate::error::Error;
use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, ArrayBase, Data, Ix2};

impl From<Error> for linfa::Error {
    fn from(error: Error) -> Self {
        Self::Parameters(error.to_string())
    }
}

impl<'x, D, T> Fit<ArrayBase<D, Ix2>, T, linfa::Error> for Trainer
where
    D: Data<Elem = Row<'x>>,
    T: AsSingleTargets<Elem = usize>,
{
    type Object = LinearModel;

    /// Trains on the rows that occur; a dataset's weights weigh them.
    ///
    /// The labels are 0 to the highest that occurs, the features likewise.
    fn fit(
        &self,
        dataset: &DatasetBase<ArrayBase<D, Ix2>, T>,
    ) -> Result<LinearModel, linfa::Error> {
        let rows = dataset.records().iter().copied();
        let columns = rows.clone().filter_map(|row| row.index.last()).max();
        let columns = columns.map_or(0, |&last| last as usize + 1);
        let matrix = Matrix::from_rows(columns, rows)?;
        let labels = dataset.targets().as_single_targets().to_vec();
        let classes = labels.iter().max().map_or(0, |last| last + 1);
        let mut examples = Examples::new(&matrix, &labels, classes)?;
        if let Some(weights) = dataset.weights() {
            examples = examples.weighted(weights)?;
        }
        let training = self.train(&examples)?;
        if !training.converged {
            return Err(linfa::Error::NotConverged(format!(
                "after {} iterations",
                training.iterations
            )));
        }
        Ok(training.model)
    }
}

impl<'x, D: Data<Elem = Row<'x>>> PredictInplace<ArrayBase<D, Ix2>, Array1<usize>> for LinearModel {
    fn predict_inplace<'a>(&'a self, rows: &'a ArrayBase<D, Ix2>, labels: &mut Array1<usize>) {
        for (label, &row) in labels.iter_mut().zip(rows) {
            *label = self.predict(row);
        }
    }

    fn default_target(&self, rows: &ArrayBase<D, Ix2>) -> Array1<usize> {
        Array1::zeros(rows.nrows())
    }
}
