//! The scores in JSON.

use super::super::object::{Object, pretty};
use super::Evaluation;
use crate::metrics::{Interval, LabelScores};
use serde::Serialize;

/// The version of the format.
const SCHEMA: &str = "stance-evaluation/1";

#[derive(Serialize)]
struct Single<'a> {
    schema: &'static str,
    set: &'a str,
    #[serde(flatten)]
    fields: Fields<'a>,
}

#[derive(Serialize)]
struct Several<'a> {
    schema: &'static str,
    sets: Object<'a, Fields<'a>>,
}

#[derive(Serialize)]
struct Fields<'a> {
    rows: u64,
    groups: u64,
    accuracy: Interval,
    majority_accuracy: f64,
    macro_f1: Interval,
    weighted_f1: Interval,
    labels: Object<'a, &'a LabelScores>,
    confusion: Confusion<'a>,
}

#[derive(Serialize)]
struct Confusion<'a> {
    labels: &'a [String],
    counts: &'a [Vec<u64>],
}

/// For one set `schema` (`stance-evaluation/1`), `set`, and `rows`, `groups`, `accuracy`,
/// `majority_accuracy`, `macro_f1`, `weighted_f1`, `labels` (by name: `precision`, `recall`, `f1`,
/// `support`) and `confusion` (`labels`, and `counts` by truth, then prediction). A score is
/// `{value, low, high}`, each null where it is undefined.
///
/// For several, or none, `schema` and `sets` with the same fields by the name of the set.
#[must_use]
pub fn json(evaluations: &[Evaluation<'_>]) -> String {
    match evaluations {
        [one] => pretty(&Single {
            schema: SCHEMA,
            set: one.set,
            fields: fields(one),
        }),
        _ => {
            let sets = evaluations
                .iter()
                .map(|one| (one.set, fields(one)))
                .collect();
            pretty(&Several {
                schema: SCHEMA,
                sets: Object(sets),
            })
        }
    }
}

fn fields<'a>(evaluation: &Evaluation<'a>) -> Fields<'a> {
    let scores = evaluation.scores;
    let names = scores.label_names.iter().map(String::as_str);
    Fields {
        rows: scores.rows,
        groups: scores.groups,
        accuracy: scores.accuracy,
        majority_accuracy: scores.majority_accuracy,
        macro_f1: scores.macro_f1,
        weighted_f1: scores.weighted_f1,
        labels: Object(names.zip(&scores.labels).collect()),
        confusion: Confusion {
            labels: &scores.label_names,
            counts: &scores.confusion,
        },
    }
}
