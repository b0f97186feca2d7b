//! Invented figures of every kind.

use stance::evaluate::{
    Abstaining, Contest, CurvePoint, Evaluation, LearningCurve, Majority, Reliability,
    ReliabilityBin,
};
use stance::metrics::{Difference, Interval, Kept, LabelScores, Paired, PowerLaw, Scores};

const UNDEFINED: Interval = Interval {
    value: None,
    low: None,
    high: None,
};

fn around(value: f64) -> Interval {
    Interval {
        value: Some(value),
        low: Some(value - 0.05),
        high: Some(value + 0.04),
    }
}

/// Scores with a label that was never predicted.
pub fn scores() -> Scores {
    let label = |precision, support| LabelScores {
        precision,
        recall: around(0.5),
        f1: around(0.625),
        support,
    };
    Scores {
        rows: 120,
        groups: 9,
        accuracy: around(0.71),
        macro_f1: around(0.6449),
        weighted_f1: around(0.7),
        majority_accuracy: 0.54,
        label_names: ["sceptical", "neutral", "optimistic"]
            .map(str::to_owned)
            .to_vec(),
        labels: vec![
            label(UNDEFINED, 20),
            label(around(0.8), 65),
            label(around(0.6), 35),
        ],
        confusion: vec![vec![0, 15, 5], vec![0, 60, 5], vec![0, 10, 25]],
    }
}

/// What is always measured.
pub fn evaluation(set: &str, scores: Scores) -> Evaluation {
    let bin = |low: f64, rows, accuracy: f64| ReliabilityBin {
        low,
        high: low + 0.1,
        rows,
        mean_probability: (rows > 0).then_some(low + 0.04),
        accuracy: if rows > 0 {
            around(accuracy)
        } else {
            UNDEFINED
        },
    };
    let kept = |threshold, rows, share: f64| Kept {
        threshold,
        rows,
        coverage: around(share),
        accuracy: if rows > 0 {
            around(0.9 - share / 4.0)
        } else {
            UNDEFINED
        },
        macro_f1: if rows > 0 {
            around(0.8 - share / 4.0)
        } else {
            UNDEFINED
        },
    };
    Evaluation {
        set: set.to_owned(),
        method: "5 folds, whole groups held out".to_owned(),
        confusion_shares: vec![vec![around(0.33); 3]; 3],
        majority: Majority {
            label: 1,
            scores: scores.clone(),
        },
        scores,
        reliability: Reliability {
            log_loss: around(0.81),
            brier: around(0.4),
            expected_calibration_error: around(0.062),
            bins: vec![bin(0.3, 0, 0.0), bin(0.4, 12, 0.5), bin(0.5, 108, 0.6)],
        },
        abstaining: Abstaining {
            unsure_below: 0.55,
            kept: vec![
                kept(0.0, 120, 0.96),
                kept(0.55, 61, 0.51),
                kept(0.95, 0, 0.06),
            ],
        },
        against: None,
        random_split: None,
        learning_curve: None,
    }
}

/// And what is measured only where asked for; with four points or two.
pub fn everything(scores: Scores, points: usize) -> Evaluation {
    let difference = |value: f64, p_value| Difference {
        interval: around(value),
        p_value: Some(p_value),
    };
    let contest = |first: &str, second: &str| Contest {
        first: first.to_owned(),
        second: second.to_owned(),
        accuracy: [around(0.71), around(0.63)],
        macro_f1: [around(0.6449), around(0.61)],
        difference: Paired {
            rows: 120,
            groups: 9,
            accuracy: difference(0.08, 0.004),
            macro_f1: difference(0.03, 0.41),
        },
    };
    let point = |at: usize| CurvePoint {
        rows: 120 >> (points - at - 1),
        groups: 9 >> (points - at - 1),
        parts: 1 << (points - at - 1),
        accuracy: around(0.5 + 0.05 * at as f64),
        macro_f1: around(0.4 + 0.05 * at as f64),
    };
    let known = points > 2;
    Evaluation {
        against: Some(contest("new.safetensors", "old.safetensors")),
        random_split: Some(contest("a random split", "whole groups held out")),
        learning_curve: Some(LearningCurve {
            points: (0..points).map(point).collect(),
            law: known.then_some(PowerLaw {
                ceiling: 0.84,
                drop: 1.4,
                exponent: 0.31,
            }),
            doubled_rows: 240,
            doubled: if known { around(0.6) } else { UNDEFINED },
            gain: if known { around(0.06) } else { UNDEFINED },
        }),
        ..evaluation("stance", scores)
    }
}
