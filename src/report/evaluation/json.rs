//! The figures in JSON.

use super::super::object::{Object, pretty};
use super::contest::{figures, verdict};
use crate::evaluate::{Contest, CurvePoint, Evaluation, LearningCurve, ReliabilityBin};
use crate::metrics::{Difference, Interval, Kept, LabelScores, PowerLaw};
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
    method: &'a str,
    rows: u64,
    groups: u64,
    accuracy: Interval,
    majority_accuracy: f64,
    macro_f1: Interval,
    weighted_f1: Interval,
    majority: Majority<'a>,
    labels: Object<'a, &'a LabelScores>,
    confusion: Confusion<'a>,
    log_loss: Interval,
    brier: Interval,
    expected_calibration_error: Interval,
    reliability: &'a [ReliabilityBin],
    unsure_below: f64,
    risk_coverage: &'a [Kept],
    #[serde(skip_serializing_if = "Option::is_none")]
    random_split: Option<Versus<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Versus<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    learning_curve: Option<Curve<'a>>,
}

#[derive(Serialize)]
struct Majority<'a> {
    label: Option<&'a String>,
    accuracy: Interval,
    macro_f1: Interval,
    weighted_f1: Interval,
}

#[derive(Serialize)]
struct Confusion<'a> {
    labels: &'a [String],
    counts: &'a [Vec<u64>],
    shares: &'a [Vec<Interval>],
}

#[derive(Serialize)]
struct Versus<'a> {
    first: &'a str,
    second: &'a str,
    accuracy: Compared,
    macro_f1: Compared,
}

#[derive(Serialize)]
struct Compared {
    first: Interval,
    second: Interval,
    difference: Difference,
    verdict: &'static str,
}

#[derive(Serialize)]
struct Curve<'a> {
    points: &'a [CurvePoint],
    law: Option<PowerLaw>,
    doubled_rows: u64,
    doubled: Interval,
    gain: Interval,
}

/// For one set `schema` (`stance-evaluation/1`), `set` and the fields below; for several, or none,
/// `schema` and `sets` with the same fields by the name of the set. A score is
/// `{value, low, high}`, each null where it is undefined.
///
/// - `method`, `rows`, `groups`, `accuracy`, `majority_accuracy`, `macro_f1`, `weighted_f1`;
/// - `majority`: `label`, `accuracy`, `macro_f1`, `weighted_f1` of always giving the commonest;
/// - `labels`: by name `precision`, `recall`, `f1`, `support`;
/// - `confusion`: `labels`, and `counts` and `shares` (of the line) by truth, then prediction;
/// - `log_loss`, `brier`, `expected_calibration_error`, and `reliability`: an array of `low`,
///   `high`, `rows`, `mean_probability`, `accuracy`;
/// - `unsure_below`, and `risk_coverage`: an array of `threshold`, `rows`, `coverage`, `accuracy`,
///   `macro_f1`;
/// - where asked for, `random_split` and `against`: `first`, `second` (names), `accuracy` and
///   `macro_f1`, each with `first`, `second`, `difference` (`value`, `low`, `high`, `p_value`) and
///   `verdict` on the first (`better`, `worse`, `not distinguishable`, `too few groups`);
/// - where asked for, `learning_curve`: `points` (`rows`, `groups`, `parts`, `accuracy`,
///   `macro_f1`), `law` (`ceiling`, `drop`, `exponent`, or null), `doubled_rows`, `doubled`, `gain`.
#[must_use]
pub fn json(evaluations: &[Evaluation]) -> String {
    match evaluations {
        [one] => pretty(&Single {
            schema: SCHEMA,
            set: &one.set,
            fields: fields(one),
        }),
        _ => {
            let sets = evaluations
                .iter()
                .map(|one| (one.set.as_str(), fields(one)))
                .collect();
            pretty(&Several {
                schema: SCHEMA,
                sets: Object(sets),
            })
        }
    }
}

fn fields(evaluation: &Evaluation) -> Fields<'_> {
    let scores = &evaluation.scores;
    let always = &evaluation.majority.scores;
    let names = scores.label_names.iter().map(String::as_str);
    Fields {
        method: &evaluation.method,
        rows: scores.rows,
        groups: scores.groups,
        accuracy: scores.accuracy,
        majority_accuracy: scores.majority_accuracy,
        macro_f1: scores.macro_f1,
        weighted_f1: scores.weighted_f1,
        majority: Majority {
            label: scores.label_names.get(evaluation.majority.label),
            accuracy: always.accuracy,
            macro_f1: always.macro_f1,
            weighted_f1: always.weighted_f1,
        },
        labels: Object(names.zip(&scores.labels).collect()),
        confusion: Confusion {
            labels: &scores.label_names,
            counts: &scores.confusion,
            shares: &evaluation.confusion_shares,
        },
        log_loss: evaluation.reliability.log_loss,
        brier: evaluation.reliability.brier,
        expected_calibration_error: evaluation.reliability.expected_calibration_error,
        reliability: &evaluation.reliability.bins,
        unsure_below: evaluation.abstaining.unsure_below,
        risk_coverage: &evaluation.abstaining.kept,
        random_split: evaluation.random_split.as_ref().map(versus),
        against: evaluation.against.as_ref().map(versus),
        learning_curve: evaluation.learning_curve.as_ref().map(curve),
    }
}

fn versus(contest: &Contest) -> Versus<'_> {
    let [accuracy, macro_f1] = figures(contest).map(|(_, [first, second], difference)| Compared {
        first,
        second,
        verdict: verdict(&difference),
        difference,
    });
    Versus {
        first: &contest.first,
        second: &contest.second,
        accuracy,
        macro_f1,
    }
}

fn curve(curve: &LearningCurve) -> Curve<'_> {
    Curve {
        points: &curve.points,
        law: curve.law,
        doubled_rows: curve.doubled_rows,
        doubled: curve.doubled,
        gain: curve.gain,
    }
}
