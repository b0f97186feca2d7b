//! How good predictions are: folds, scores with intervals, calibration, abstaining, comparison;
//! and how far readers agree.
//!
//! `metrics` has never heard of text or models: it sees true and predicted labels, scores,
//! probabilities and groups. Every interval and every fold is made of whole groups, and none of
//! its draws is random: the same rows give the same figures, in whatever order they come.
//!
//! Three conventions hold throughout:
//!
//! - **Rows** are parallel slices; a row past the end of the shortest slice is left out.
//! - **Labels** are indices into a set of `k`; a row with a label outside the set is left out.
//! - **Groups** (authors, articles) are keys of any ordered type, one a row; equal keys are one
//!   group. The order of the keys, not of the rows, settles ties and draws.
//!
//! ```
//! use stance::metrics::{Scores, folds};
//!
//! let author = ["Ann", "Ann", "Bo", "Bo", "Cy", "Cy"];
//! let truth = [0, 1, 0, 1, 0, 1];
//! let predicted = [0, 1, 0, 0, 0, 1];
//!
//! // Three folds: nobody is in two of them.
//! assert_eq!(folds(&author, &truth, 2, 3)?, [0, 0, 1, 1, 2, 2]);
//!
//! let names = ["yes".to_string(), "no".to_string()];
//! let scores = Scores::new(&truth, &predicted, &author, &names);
//! assert_eq!(scores.accuracy.value, Some(5.0 / 6.0));
//! assert_eq!(scores.confusion, [[3, 0], [1, 2]]);
//! # Ok::<(), stance::error::Error>(())
//! ```

mod abstain;
mod agreement;
mod bootstrap;
mod calibration;
mod confusion;
mod confusion_shares;
mod extrapolation;
mod folds;
mod groups;
mod learning_curve;
mod paired;
mod probability;
mod random;
mod scored_rows;
mod scores;
mod temperature;
mod vector_scaling;

pub use abstain::{Kept, risk_coverage};
pub use agreement::{
    Agreement, Coefficient, LabelAgreement, Level, PairAgreement, Ratings, Undefined,
};
pub use bootstrap::{Interval, interval_over_groups};
pub use calibration::Calibration;
pub use confusion::macro_f1_of;
pub use confusion_shares::confusion_shares;
pub use extrapolation::{Growth, Trial, growth};
pub use folds::folds;
pub use learning_curve::{PowerLaw, fit_learning_curve};
pub use paired::{Difference, Paired, paired};
pub use probability::{Bin, brier, expected_calibration_error, log_loss, reliability};
pub(crate) use random::SplitMix64;
pub use scores::{LabelScores, Scores};
