//! The linear model and its training.
//!
//! Rows of numbers with labels go in, one weight for each feature and label comes out, at the
//! optimum of a convex objective. `linear` has never heard of text, and no sum in it depends on
//! the number of threads.
//!
//! ```
//! use stance::linear::{Examples, Matrix, Settings, softmax};
//! // Feature 0 speaks for label 1, feature 1 for label 0.
//! let matrix = Matrix::new(2, vec![0, 1, 2, 3, 4], vec![0, 1, 0, 1], vec![1.0; 4])?;
//! let examples = Examples::new(&matrix, &[1, 0, 1, 0], 2)?;
//! let training = Settings::logistic().cost(10.0).train(&examples)?;
//! assert!(training.converged);
//! let mut probabilities = training.model.scores(matrix.row(0)).to_vec();
//! softmax(&mut probabilities);
//! assert!(probabilities[1] > 0.8);
//! # Ok::<(), stance::error::Error>(())
//! ```
//!
//! # With linfa
//!
//! An n × 1 array of borrowed [`Row`]s makes a linfa dataset, whose folds and measures then work:
//!
//! ```
//! use linfa::prelude::*;
//! use linfa::dataset::Dataset;
//! use ndarray::{Array1, Array2};
//! use stance::linear::{Matrix, Settings};
//! let matrix = Matrix::new(2, (0..=12).collect(), [0, 1].repeat(6), vec![1.0; 12])?;
//! let records = Array2::from_shape_fn((12, 1), |(row, _)| matrix.row(row));
//! let targets = Array1::from_shape_fn(12, |row| row % 2);
//! let mut dataset = Dataset::new(records, targets);
//!
//! let model = Settings::logistic().fit(&dataset)?;
//! let confusion = Predict::predict(&model, &dataset).confusion_matrix(&dataset)?;
//! assert_eq!(confusion.accuracy(), 1.0);
//!
//! let costs = [Settings::logistic().cost(0.1), Settings::logistic().cost(10.0)];
//! let accuracies = dataset.cross_validate_single(3, &costs, |predicted, truth| {
//!     Ok(predicted.confusion_matrix(truth)?.accuracy())
//! })?;
//! assert_eq!(accuracies.to_vec(), [1.0, 1.0]);
//! # Ok::<(), linfa::Error>(())
//! ```

mod by_value;
mod conjugate_gradient;
mod design;
mod estimator;
mod examples;
mod loss;
mod matrix;
mod model;
mod newton;
mod product;
mod trainer;
mod vector;

pub use design::{Design, Entries};
pub use examples::Examples;
pub use matrix::{Matrix, Row};
pub use model::{LinearModel, softmax};
pub use trainer::{ClassWeights, Loss, Settings, Trainer, Training};
