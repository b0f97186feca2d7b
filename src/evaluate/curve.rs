use super::Predictions;
use crate::error::Result;
use crate::labels::Labelled;
use crate::metrics::{self, Interval, PowerLaw, Scores};
use crate::tagger::{Progress, Settings};
use serde::Serialize;

/// Held-out macro-F1 at several amounts of labels, and what more of them would bring.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LearningCurve {
    /// The name of the label set.
    pub set: String,
    /// From few labels to all.
    pub points: Vec<CurvePoint>,
    /// Macro-F1 to be expected at twice and at four times the labels; absent where the points
    /// show no trend.
    pub expected: Vec<(u64, f64)>,
}

/// One point of a learning curve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Labelled rows.
    pub rows: u64,
    /// Groups they come from.
    pub groups: u64,
    /// Held-out macro-F1.
    pub macro_f1: Interval,
}

const SHARES: [usize; 5] = [8, 4, 3, 2, 1];

/// Cross-validates on growing parts of the groups.
///
/// # Errors
/// As for [`crate::tagger::Tagger::train`], for the whole of the rows; parts that are too small
/// to learn from are left out.
pub fn learning_curve(
    labelled: &Labelled,
    settings: &Settings,
    progress: &mut Progress<'_>,
) -> Result<Vec<LearningCurve>> {
    let mut curves: Vec<LearningCurve> = labelled
        .sets
        .iter()
        .map(|set| LearningCurve {
            set: set.name.clone(),
            points: Vec::new(),
            expected: Vec::new(),
        })
        .collect();
    let mut sorted = labelled.clone();
    sorted.sort();
    for share in SHARES {
        let part = part_of(&sorted, share);
        let predictions = match Predictions::held_out(&part, settings, progress) {
            Ok(predictions) => predictions,
            Err(error) if share == 1 => return Err(error),
            Err(_) => continue,
        };
        for (curve, predictions) in curves.iter_mut().zip(&predictions) {
            let scores = Scores::new(
                &predictions.truth,
                &predictions.predicted(),
                &predictions.groups,
                &predictions.labels,
            );
            curve.points.push(CurvePoint {
                rows: scores.rows,
                groups: scores.groups,
                macro_f1: scores.macro_f1,
            });
        }
    }
    curves.iter_mut().for_each(extrapolate);
    Ok(curves)
}

/// Every `share`-th group, whole documents.
fn part_of(labelled: &Labelled, share: usize) -> Labelled {
    let group = |document: usize| &labelled.sentences[labelled.documents[document].start].group;
    let documents = 0..labelled.documents.len();
    let mut groups: Vec<&String> = documents.clone().map(group).collect();
    groups.sort_unstable();
    groups.dedup();
    labelled.subset(documents.filter(|&document| {
        let place = groups.binary_search(&group(document)).unwrap_or(0);
        place % share == 0
    }))
}

fn extrapolate(curve: &mut LearningCurve) {
    let points: Vec<(usize, f64)> = curve
        .points
        .iter()
        .filter_map(|point| Some((point.rows as usize, point.macro_f1.value?)))
        .collect();
    let Some(law) = metrics::fit_learning_curve(&points) else {
        return;
    };
    let all = curve.points.last().map_or(0, |point| point.rows);
    curve.expected = [2, 4]
        .map(|times| (all * times, PowerLaw::predict(&law, (all * times) as f64)))
        .to_vec();
}
