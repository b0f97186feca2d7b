//! Vector scaling: a factor and a shift for every label.

use super::scored_rows::{ScoredRows, negative_log_softmax, softmax};

const MAX_STEPS: usize = 50;
/// Newton's method stops once a step promises to lower the total loss by less than this.
const TOLERANCE: f64 = 1e-8;
/// Armijo's constant: the share of the promised decrease a step has to keep.
const SUFFICIENT: f64 = 1e-4;

/// The scales a and shifts b, in one vector (a, b), that minimise
/// Σ −ln softmax(a∘scores + b)[truth] + ½ |a − 1|² + ½ |b|²: Newton's method, each step found by
/// conjugate gradients and halved until it keeps a fair share of its promise (Nocedal and Wright,
/// *Numerical Optimization*, 2006, algorithm 7.1). The sum is strictly convex.
pub(super) fn fit_scale_and_shift(rows: &ScoredRows) -> (Vec<f64>, Vec<f64>) {
    let mut objective = Objective::new(rows);
    let mut at = identity(rows.k);
    let mut value = objective.value(&at);
    for _ in 0..MAX_STEPS {
        let slope = objective.slope(&at);
        let step = objective.newton_step(&slope);
        let promised = dot(&slope, &step);
        if promised > -TOLERANCE {
            break;
        }
        let mut length = 1.0;
        let (next, lower) = loop {
            let next: Vec<f64> = at.iter().zip(&step).map(|(x, s)| x + length * s).collect();
            let lower = objective.value(&next);
            if lower <= value + SUFFICIENT * length * promised || length < TOLERANCE {
                break (next, lower);
            }
            length /= 2.0;
        };
        if lower >= value {
            break;
        }
        (at, value) = (next, lower);
    }
    let shift = at.split_off(rows.k);
    (at, shift)
}

/// Scale 1 and shift 0 for every label.
fn identity(k: usize) -> Vec<f64> {
    [vec![1.0; k], vec![0.0; k]].concat()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The penalised loss and its derivatives.
struct Objective<'r> {
    rows: &'r ScoredRows,
    /// Probabilities of all rows where the slope was last taken.
    probabilities: Vec<f64>,
}

impl<'r> Objective<'r> {
    fn new(rows: &'r ScoredRows) -> Self {
        Self {
            rows,
            probabilities: Vec::new(),
        }
    }

    fn scaled(&self, at: &[f64], scores: &[f64], into: &mut [f64]) {
        let (scale, shift) = at.split_at(self.rows.k);
        for (label, into) in into.iter_mut().enumerate() {
            *into = scale[label] * scores[label] + shift[label];
        }
    }

    fn value(&self, at: &[f64]) -> f64 {
        let mut scaled = vec![0.0; self.rows.k];
        let mut loss = 0.0;
        for (scores, truth, weight) in self.rows.iter() {
            self.scaled(at, scores, &mut scaled);
            loss += weight * negative_log_softmax(&scaled, truth);
        }
        let distance = at.iter().zip(identity(self.rows.k)).map(|(x, one)| x - one);
        loss + distance.map(|d| d * d).sum::<f64>() / 2.0
    }

    /// The gradient; keeps the probabilities for [`Objective::curvature_along`].
    fn slope(&mut self, at: &[f64]) -> Vec<f64> {
        let k = self.rows.k;
        let identity = identity(k);
        let mut slope: Vec<f64> = at.iter().zip(identity).map(|(x, one)| x - one).collect();
        let mut probabilities = std::mem::take(&mut self.probabilities);
        probabilities.resize(self.rows.truth().len() * k, 0.0);
        let rows = probabilities
            .chunks_exact_mut(k.max(1))
            .zip(self.rows.iter());
        for (probabilities, (scores, truth, weight)) in rows {
            self.scaled(at, scores, probabilities);
            softmax(probabilities);
            for label in 0..k {
                let excess = weight * (probabilities[label] - f64::from(u8::from(label == truth)));
                slope[label] += excess * scores[label];
                slope[k + label] += excess;
            }
        }
        self.probabilities = probabilities;
        slope
    }

    /// The Hessian times `direction`: a row adds Jᵀ (diag(p) − p pᵀ) J, where J takes a direction
    /// to the change of the row's scaled scores.
    fn curvature_along(&self, direction: &[f64]) -> Vec<f64> {
        let k = self.rows.k;
        let mut product = direction.to_vec();
        let mut change = vec![0.0; k];
        let rows = self
            .probabilities
            .chunks_exact(k.max(1))
            .zip(self.rows.iter());
        for (probabilities, (scores, _, weight)) in rows {
            self.scaled(direction, scores, &mut change);
            let mean = dot(probabilities, &change);
            for label in 0..k {
                let pull = weight * probabilities[label] * (change[label] - mean);
                product[label] += pull * scores[label];
                product[k + label] += pull;
            }
        }
        product
    }

    /// Solves Hessian · step = −slope by conjugate gradients, the closer the flatter the slope.
    fn newton_step(&self, slope: &[f64]) -> Vec<f64> {
        let mut step = vec![0.0; slope.len()];
        let mut residual: Vec<f64> = slope.iter().map(|x| -x).collect();
        let mut direction = residual.clone();
        let mut size = dot(&residual, &residual);
        let enough = size * size.sqrt().clamp(1e-12, 0.25);
        for _ in 0..2 * slope.len() {
            if size <= enough {
                break;
            }
            let curved = self.curvature_along(&direction);
            let length = size / dot(&direction, &curved);
            for i in 0..step.len() {
                step[i] += length * direction[i];
                residual[i] -= length * curved[i];
            }
            let smaller = dot(&residual, &residual);
            for i in 0..direction.len() {
                direction[i] = residual[i] + smaller / size * direction[i];
            }
            size = smaller;
        }
        step
    }
}
