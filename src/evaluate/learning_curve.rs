use super::Predictions;
use crate::error::Result;
use crate::labels::Labelled;
use crate::metrics::{self, Growth, Interval, PowerLaw, Trial, growth};
use crate::tagger::{Progress, Settings};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;

/// Into how many parts the groups are dealt; each part is learned from alone.
const PARTS: [usize; 4] = [8, 4, 3, 2];

/// Held-out scores at growing shares of the labels, and what twice as many would bring.
#[derive(Debug, Clone, PartialEq)]
pub struct LearningCurve {
    /// From few labels to all.
    pub points: Vec<CurvePoint>,
    /// The curve through the macro-F1; `None` where no rising one fits.
    pub law: Option<PowerLaw>,
    /// Rows if there were twice as many.
    pub doubled_rows: u64,
    /// Macro-F1 to be expected then.
    pub doubled: Interval,
    /// By how much that is more.
    pub gain: Interval,
}

/// One point of a learning curve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Labelled rows of a part, four fifths of them (with five folds) to learn from.
    pub rows: u64,
    /// Groups of a part.
    pub groups: u64,
    /// Parts, each learned from alone; together they hold all rows.
    pub parts: usize,
    /// Held-out accuracy over all parts.
    pub accuracy: Interval,
    /// Held-out macro-F1 over all parts.
    pub macro_f1: Interval,
}

/// The learning curve of each label set. The groups are dealt into parts that are alike in labels;
/// in each part whole groups are held out, fold by fold, so every share of the labels predicts
/// all rows, by several models. `whole` are the predictions from all labels.
///
/// # Errors
/// If the groups cannot be dealt out; shares too small to learn from are left out.
pub fn learning_curve(
    labelled: &Labelled,
    settings: &Settings,
    whole: &[Predictions],
    progress: &mut Progress<'_>,
) -> Result<Vec<LearningCurve>> {
    let groups: BTreeSet<&str> = labelled.sentences.iter().map(|s| &*s.group).collect();
    let possible = |&&parts: &&usize| groups.len() / parts >= settings.folds;
    let shares: Vec<usize> = PARTS.iter().filter(possible).copied().collect();
    let mut trials: Vec<(usize, Vec<Predictions>)> = Vec::new();
    for (done, &parts) in shares.iter().enumerate() {
        progress("learning from parts of the labels", done, shares.len())?;
        if let Ok(predictions) = predict_in_parts(labelled, settings, parts) {
            trials.push((parts, predictions));
        }
    }
    trials.push((1, whole.to_vec()));
    Ok((0..whole.len())
        .map(|set| curve(&trials, set, groups.len()))
        .collect())
}

/// Held-out predictions of all rows, part by part, for each label set.
fn predict_in_parts(
    labelled: &Labelled,
    settings: &Settings,
    parts: usize,
) -> Result<Vec<Predictions>> {
    let k = labelled.sets[0].labels.len();
    let groups: Vec<&str> = labelled.sentences.iter().map(|s| &*s.group).collect();
    let labels: Vec<usize> = labelled
        .sentences
        .iter()
        .map(|s| s.labels[0].unwrap_or(k))
        .collect();
    let part_of = metrics::folds(&groups, &labels, k, parts)?;
    let predicted: Vec<Vec<Predictions>> = (0..parts)
        .into_par_iter()
        .map(|part| {
            let rows = labelled.subset(|row| part_of[row] == part);
            Predictions::held_out(&rows, settings, &mut |_, _, _| Ok(()))
        })
        .collect::<Result<_>>()?;
    let mut joined: Vec<Predictions> = Vec::new();
    for sets in predicted {
        if joined.is_empty() {
            joined = sets;
            continue;
        }
        for (joined, part) in joined.iter_mut().zip(sets) {
            joined.truth.extend(part.truth);
            joined.probabilities.extend(part.probabilities);
            joined.groups.extend(part.groups);
        }
    }
    Ok(joined)
}

fn curve(trials: &[(usize, Vec<Predictions>)], set: usize, groups: usize) -> LearningCurve {
    let predicted: Vec<Vec<usize>> = trials
        .iter()
        .map(|(_, sets)| sets[set].predicted())
        .collect();
    let measured: Vec<Trial<'_, String>> = trials
        .iter()
        .zip(&predicted)
        .map(|((parts, sets), predicted)| Trial {
            rows: sets[set].truth.len() / parts,
            truth: &sets[set].truth,
            predicted,
            groups: &sets[set].groups,
        })
        .collect();
    let labels = trials.first().map_or(0, |(_, sets)| sets[set].labels.len());
    let Growth {
        accuracy,
        macro_f1,
        law,
        gain,
        doubled,
    } = growth(&measured, labels);
    let scores = accuracy.into_iter().zip(macro_f1);
    let points = trials.iter().zip(&measured).zip(scores);
    LearningCurve {
        points: points
            .map(|((&(parts, _), trial), (accuracy, macro_f1))| CurvePoint {
                rows: trial.rows as u64,
                groups: (groups / parts) as u64,
                parts,
                accuracy,
                macro_f1,
            })
            .collect(),
        law,
        doubled_rows: measured.last().map_or(0, |all| 2 * all.rows as u64),
        doubled,
        gain,
    }
}
