//! How good the tags are: figures of one or several label sets.

mod contest;
mod json;
mod learning_curve;
mod markdown;
mod reliability;
mod scores;
mod table;

pub use json::json;
pub use markdown::markdown;
pub(super) use markdown::set as set_in_markdown;
pub use table::{scores, table};

use super::section::Section;
use crate::evaluate::Evaluation;
use crate::metrics::Scores;

/// `stance: 120 rows of 9 groups`.
fn title(set: &str, scores: &Scores) -> String {
    format!("{set}: {} rows of {} groups", scores.rows, scores.groups)
}

/// Everything there is to say of a label set, in the order in which it is reported.
fn sections(evaluation: &Evaluation) -> Vec<Section> {
    let mut sections = vec![
        scores::overall(&evaluation.scores, Some(&evaluation.majority)),
        scores::labels(&evaluation.scores),
        scores::confusion(&evaluation.scores, &evaluation.confusion_shares),
        reliability::figures(&evaluation.reliability),
        reliability::bins(&evaluation.reliability),
        reliability::abstaining(&evaluation.abstaining),
    ];
    sections.extend(evaluation.random_split.as_ref().map(contest::optimism));
    sections.extend(evaluation.against.as_ref().map(contest::models));
    sections.extend(
        evaluation
            .learning_curve
            .as_ref()
            .map(learning_curve::section),
    );
    sections
}
