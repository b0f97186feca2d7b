//! Temperature scaling: one number that sharpens or softens all probabilities.

use super::scored_rows::{ScoredRows, softmax};

/// Where the inverse temperature is looked for.
const RANGE: (f64, f64) = (1e-6, 1e6);
/// Newton's method needs some eight steps, halving the logarithm of the range some fifty.
const MAX_STEPS: usize = 100;
const TOLERANCE: f64 = 1e-10;

/// The inverse temperature β that minimises Σ −ln softmax(β·scores)[truth] + ½ (β − 1)²: Newton's
/// method on the slope, halving the range where a step would leave it. The sum is convex in β.
pub(super) fn fit_inverse_temperature(rows: &ScoredRows) -> f64 {
    let (mut low, mut high) = RANGE;
    let mut beta = 1.0;
    for _ in 0..MAX_STEPS {
        let (slope, curvature) = slope_and_curvature(rows, beta);
        if slope > 0.0 {
            high = beta;
        } else {
            low = beta;
        }
        let newton = beta - slope / curvature;
        let inside = low <= newton && newton <= high;
        let next = if inside { newton } else { (low * high).sqrt() };
        if (next - beta).abs() <= TOLERANCE * beta {
            break;
        }
        beta = next;
    }
    beta
}

/// First and second derivative of the penalised loss. A row adds the mean of its scores under its
/// probabilities less the true label's score, and the variance of its scores.
fn slope_and_curvature(rows: &ScoredRows, beta: f64) -> (f64, f64) {
    let (mut slope, mut curvature) = (beta - 1.0, 1.0);
    let mut probabilities = vec![0.0; rows.k];
    for (scores, truth, weight) in rows.iter() {
        for (probability, score) in probabilities.iter_mut().zip(scores) {
            *probability = beta * score;
        }
        softmax(&mut probabilities);
        let weighted = || probabilities.iter().zip(scores);
        let mean: f64 = weighted().map(|(p, score)| p * score).sum();
        slope += weight * (mean - scores[truth]);
        let variance: f64 = weighted()
            .map(|(p, score)| p * (score - mean) * (score - mean))
            .sum();
        curvature += weight * variance;
    }
    (slope, curvature)
}
