//! What twice the labels would bring, and how sure that is.

use super::bootstrap::Interval;
use super::confusion::{Figure, GroupedCounts, accuracy, macro_f1};
use super::groups::Groups;
use super::learning_curve::{PowerLaw, fit_learning_curve};
use serde::{Deserialize, Serialize};

/// Predictions of models that had so many labels to learn from.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'a, G> {
    /// Rows to learn from.
    pub rows: usize,
    /// The true label of each row predicted.
    pub truth: &'a [usize],
    /// The predicted label of each.
    pub predicted: &'a [usize],
    /// The group of each.
    pub groups: &'a [G],
}

/// How scores grow with the labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Growth {
    /// Accuracy of each trial.
    pub accuracy: Vec<Interval>,
    /// Macro-F1 of each trial.
    pub macro_f1: Vec<Interval>,
    /// The curve through the macro-F1; `None` where no rising one fits.
    pub law: Option<PowerLaw>,
    /// How much macro-F1 the curve gains from the rows of the last trial to twice as many.
    pub gain: Interval,
    /// Macro-F1 to be expected then: the last trial's and the gain.
    pub doubled: Interval,
}

/// Fits a learning curve to the macro-F1 of trials of growing size, the last on all rows.
///
/// All trials predict the same rows, so whole groups are drawn for all of them together and a
/// curve is fitted to each draw ([`Interval`]). A draw through which no rising curve fits gains
/// nothing; if that is so of the scores themselves, gain and expectation are undefined. The
/// intervals know which groups were met, not whether the law holds beyond them.
///
/// - `trials`: of the same groups, each with labels below `k`.
#[must_use]
pub fn growth<G: Ord>(trials: &[Trial<'_, G>], k: usize) -> Growth {
    let counted: Vec<GroupedCounts> = trials
        .iter()
        .map(|trial| {
            let groups = Groups::new(trial.groups);
            GroupedCounts::new(trial.truth, trial.predicted, &groups, k)
        })
        .collect();
    let sizes: Vec<usize> = trials.iter().map(|trial| trial.rows).collect();
    let scores: Vec<Option<f64>> = counted.iter().map(|c| macro_f1(&c.total())).collect();
    let law = fit(&sizes, &scores);
    let value = law.map(|law| gain(law, &sizes));
    let draws = draws(&counted);
    let gains: Vec<f64> = draws
        .iter()
        .map(|scores| fit(&sizes, scores).map_or(0.0, |law| gain(law, &sizes)))
        .collect();
    let last = |scores: &[Option<f64>]| scores.last().copied().flatten();
    let doubled = draws.iter().zip(&gains);
    let doubled = doubled.map(|(scores, gain)| Some(last(scores)? + gain));
    let groups = counted.last().map_or(0, GroupedCounts::occupied);
    Growth {
        accuracy: intervals(&counted, accuracy),
        macro_f1: intervals(&counted, macro_f1),
        law,
        gain: Interval::percentile(value, groups, gains.iter().copied().map(Some)),
        doubled: Interval::percentile(
            value.and_then(|gain| Some(last(&scores)? + gain)),
            groups,
            doubled,
        ),
    }
}

/// A figure of each trial.
fn intervals(counted: &[GroupedCounts], figure: Figure) -> Vec<Interval> {
    let interval = |counts: &GroupedCounts| {
        let replicates = counts.replicates();
        let replicates = replicates.iter().map(|replicate| figure(replicate));
        Interval::percentile(figure(&counts.total()), counts.occupied(), replicates)
    };
    counted.iter().map(interval).collect()
}

/// The macro-F1 of every trial in every draw of groups.
fn draws(counted: &[GroupedCounts]) -> Vec<Vec<Option<f64>>> {
    let mut draws: Vec<Vec<Option<f64>>> = Vec::new();
    for counts in counted {
        let replicates = counts.replicates();
        draws.resize(replicates.len(), Vec::new());
        for (draw, replicate) in draws.iter_mut().zip(&replicates) {
            draw.push(macro_f1(replicate));
        }
    }
    draws
}

fn fit(sizes: &[usize], scores: &[Option<f64>]) -> Option<PowerLaw> {
    let points = sizes.iter().zip(scores);
    let points: Vec<(usize, f64)> = points
        .filter_map(|(&rows, &score)| Some((rows, score?)))
        .collect();
    fit_learning_curve(&points)
}

/// What twice the rows of the last trial bring by the law.
fn gain(law: PowerLaw, sizes: &[usize]) -> f64 {
    let rows = sizes.last().copied().unwrap_or(0) as f64;
    law.predict(2.0 * rows) - law.predict(rows)
}
