//! What the scores of a row cost.

/// A convex loss of one row's scores; the solver asks for nothing else.
///
/// Two classes need one score, for label 1 against label 0; more need a score for each label.
/// `target` is the score of the true label; label 0 of two has none. `state`, one value for each
/// score, is what `evaluate` leaves for the others.
pub(super) trait RowLoss: Sync {
    /// The loss of `scores`.
    fn evaluate(&self, target: Option<usize>, scores: &[f64], state: &mut [f64]) -> f64;

    /// The gradient by the scores, times `cost`.
    fn gradient(&self, target: Option<usize>, state: &[f64], cost: f64, gradient: &mut [f64]);

    /// Whether the Hessian is not zero.
    fn is_curved(&self, state: &[f64]) -> bool;

    /// Replaces a direction by `cost` times the Hessian's product with it.
    fn curve(&self, state: &[f64], cost: f64, direction: &mut [f32]);

    /// The diagonal of the Hessian, times `cost`.
    fn diagonal(&self, state: &[f64], cost: f64, diagonal: &mut [f32]);
}

/// Cross entropy after softmax; its state is the probabilities.
pub(super) struct CrossEntropy;

impl RowLoss for CrossEntropy {
    fn evaluate(&self, target: Option<usize>, scores: &[f64], state: &mut [f64]) -> f64 {
        let binary = scores.len() == 1;
        let lowest = if binary { 0.0 } else { f64::NEG_INFINITY };
        let highest = scores.iter().copied().fold(lowest, f64::max);
        let mut sum = if binary { libm::exp(-highest) } else { 0.0 };
        for (probability, score) in state.iter_mut().zip(scores) {
            *probability = libm::exp(score - highest);
            sum += *probability;
        }
        for probability in state {
            *probability /= sum;
        }
        libm::log(sum) + highest - target.map_or(0.0, |target| scores[target])
    }

    fn gradient(&self, target: Option<usize>, state: &[f64], cost: f64, gradient: &mut [f64]) {
        for (number, (g, p)) in gradient.iter_mut().zip(state).enumerate() {
            let truth = if target == Some(number) { 1.0 } else { 0.0 };
            *g = cost * (p - truth);
        }
    }

    fn is_curved(&self, _: &[f64]) -> bool {
        true
    }

    /// diag(p)·d − p·(p·d)
    fn curve(&self, state: &[f64], cost: f64, direction: &mut [f32]) {
        let pairs = state.iter().zip(&*direction);
        let mean: f64 = pairs.map(|(p, &d)| p * f64::from(d)).sum();
        for (d, p) in direction.iter_mut().zip(state) {
            *d = (cost * p * (f64::from(*d) - mean)) as f32;
        }
    }

    fn diagonal(&self, state: &[f64], cost: f64, diagonal: &mut [f32]) {
        for (d, p) in diagonal.iter_mut().zip(state) {
            *d = (cost * p * (1.0 - p)) as f32;
        }
    }
}

/// Squared hinge of one label against the rest; its state is by how much the margin is missed,
/// positive where the score is too low.
pub(super) struct SquaredHinge;

impl RowLoss for SquaredHinge {
    fn evaluate(&self, target: Option<usize>, scores: &[f64], state: &mut [f64]) -> f64 {
        let mut loss = 0.0;
        for (number, (missed, score)) in state.iter_mut().zip(scores).enumerate() {
            *missed = if target == Some(number) {
                (1.0 - score).max(0.0)
            } else {
                (-1.0 - score).min(0.0)
            };
            loss += *missed * *missed;
        }
        loss
    }

    fn gradient(&self, _: Option<usize>, state: &[f64], cost: f64, gradient: &mut [f64]) {
        for (g, missed) in gradient.iter_mut().zip(state) {
            *g = -2.0 * cost * missed;
        }
    }

    fn is_curved(&self, state: &[f64]) -> bool {
        state.iter().any(|&missed| missed != 0.0)
    }

    fn curve(&self, state: &[f64], cost: f64, direction: &mut [f32]) {
        for (d, &missed) in direction.iter_mut().zip(state) {
            *d = if missed == 0.0 {
                0.0
            } else {
                2.0 * cost as f32 * *d
            };
        }
    }

    fn diagonal(&self, state: &[f64], cost: f64, diagonal: &mut [f32]) {
        for (d, &missed) in diagonal.iter_mut().zip(state) {
            *d = if missed == 0.0 {
                0.0
            } else {
                2.0 * cost as f32
            };
        }
    }
}
