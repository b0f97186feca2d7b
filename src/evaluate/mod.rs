//! How well a tagger does on labelled sentences: by held-out folds, a given model, two models, or
//! growing shares of the labels; on sentences made to trip it; how far readers agree, who are its
//! measure; and what is likely wrong with their labels.
//!
//! Folds hold out whole groups; `evaluate` trains through [`crate::tagger`] alone and so measures
//! exactly what users get. No figure comes without an interval from resampling whole groups, but for
//! pass rates: sentences made to trip a tagger are no sample of anything.
//!
//! ```
//! use stance::evaluate::Predictions;
//!
//! // What some model said of six sentences by three authors.
//! let predictions = Predictions {
//!     set: "topic".into(),
//!     method: "by hand".into(),
//!     labels: vec!["sport".into(), "politics".into()],
//!     truth: vec![0, 0, 0, 1, 1, 0],
//!     probabilities: [0.9, 0.8, 0.6, 0.2, 0.45, 0.3].map(|p| vec![p, 1.0 - p]).to_vec(),
//!     groups: ["Ann", "Ann", "Bo", "Bo", "Cy", "Cy"].map(str::to_owned).to_vec(),
//! };
//! let found = predictions.evaluate(0.7);
//! assert_eq!(found.scores.accuracy.value, Some(5.0 / 6.0));
//! assert_eq!(found.majority.scores.accuracy.value, Some(4.0 / 6.0));
//! let kept = found.abstaining.kept.iter().find(|kept| kept.threshold == 0.7).unwrap();
//! assert_eq!((kept.rows, kept.accuracy.value), (4, Some(0.75)));
//! ```

mod agreement;
mod behaviour;
mod check;
mod contest;
mod evaluation;
mod learning_curve;
mod measure;
mod merging;
mod predictions;

pub use agreement::SetAgreement;
pub use behaviour::{Case, PassRate, PassRates, read_cases};
pub use check::{Check, Finding, Kind, LabelError, label_errors};
pub use contest::{Contest, Outcome, check_common_sets};
pub use evaluation::{Abstaining, Evaluation, Majority, Reliability, ReliabilityBin};
pub use learning_curve::{CurvePoint, LearningCurve, learning_curve};
pub use measure::{Extras, Named, measure_model, measure_training};
pub use merging::MergeChoice;
pub use predictions::{Predictions, trained_on};
