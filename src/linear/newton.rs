//! Newton's method: steps found by conjugate gradients, as long as a line search allows.

use super::conjugate_gradient::ConjugateGradient;
use super::design::Design;
use super::loss::RowLoss;
use super::vector::{PIECE, total};
use rayon::prelude::*;

/// Rows whose losses are added up by one thread.
const ROWS: usize = 1 << 10;

/// With less of the gradient left than this, no step changes the objective in double precision.
const FLOOR: f64 = 1e-6;

/// What is to be minimised: half the squared weights plus the costs of all rows.
pub(super) struct Problem<'x, L> {
    pub design: &'x Design,
    pub loss: L,
    /// The score of each row's true label; see [`RowLoss`].
    pub targets: &'x [Option<usize>],
    /// What each row's loss is multiplied by.
    pub costs: &'x [f64],
    /// How many scores a row has.
    pub width: usize,
}

/// Where the minimiser stopped.
pub(super) struct Optimum {
    /// `width` weights for each column of the design.
    pub weights: Vec<f64>,
    pub objective: f64,
    /// Newton steps taken.
    pub iterations: usize,
    /// The norm of the gradient, relative to that at zero.
    pub gradient: f64,
    pub converged: bool,
}

/// Weights and what follows from them.
struct Point {
    weights: Vec<f64>,
    scores: Vec<f64>,
    /// What the loss keeps of the scores; see [`RowLoss`].
    state: Vec<f64>,
    loss: f64,
    penalty: f64,
}

/// The objective along a step of length t, but for the loss:
/// penalty(t) = penalty(0) + t·mixed + t²·square.
#[derive(Default)]
struct Along {
    square: f64,
    mixed: f64,
    /// The derivative of the whole objective at t = 0.
    slope: f64,
}

impl<L: RowLoss> Problem<'_, L> {
    /// Goes downhill from zero until the norm of the gradient is `tolerance` times that at zero,
    /// or nothing is left to gain that a float could show.
    pub fn minimise(&self, tolerance: f64, max_iterations: usize) -> Optimum {
        let mut point = self.origin();
        let mut gradient = vec![0.0; point.weights.len()];
        let mut rows = vec![0.0; point.scores.len()];
        self.gradient(&point, &mut rows, &mut gradient);
        let start = self.norm(&gradient);
        let (mut norm, mut iterations, mut exhausted) = (start, 0, false);
        let mut inner = ConjugateGradient::new(self);
        let mut trial = (rows.clone(), rows.clone());
        while norm > tolerance * start && iterations < max_iterations && !exhausted {
            let (step, unit) = inner.step(self, &point.state, &gradient);
            let along = self.along(&point.weights, step, &gradient);
            self.design
                .rows
                .multiply(step, self.width, &mut rows, |_| true, |_, _| {});
            match self.search(&mut point, &mut trial, &rows, &along, unit) {
                Some(length) => move_by(&mut point.weights, length, step),
                None => exhausted = true,
            }
            self.gradient(&point, &mut rows, &mut gradient);
            norm = self.norm(&gradient);
            iterations += 1;
        }
        Optimum {
            weights: point.weights,
            objective: point.loss + point.penalty,
            iterations,
            gradient: if start > 0.0 { norm / start } else { 0.0 },
            converged: norm <= tolerance.max(if exhausted { FLOOR } else { 0.0 }) * start,
        }
    }

    fn origin(&self) -> Point {
        let scores = vec![0.0; self.design.rows.rows() * self.width];
        let mut state = scores.clone();
        Point {
            weights: vec![0.0; self.design.rows.columns() * self.width],
            loss: self.evaluate(&scores, &mut state),
            scores,
            state,
            penalty: 0.0,
        }
    }

    /// The loss of all rows; leaves their state.
    fn evaluate(&self, scores: &[f64], state: &mut [f64]) -> f64 {
        let width = self.width;
        let scores = scores.par_chunks(ROWS * width);
        let targets = self.targets.par_chunks(ROWS);
        let rows = targets.zip(self.costs.par_chunks(ROWS));
        let pieces = state.par_chunks_mut(ROWS * width).zip(scores).zip(rows);
        total(pieces.map(|((state, scores), (targets, costs))| {
            let rows = state
                .chunks_exact_mut(width)
                .zip(scores.chunks_exact(width));
            rows.zip(targets.iter().zip(costs))
                .map(|((state, scores), (&target, cost))| {
                    cost * self.loss.evaluate(target, scores, state)
                })
                .sum()
        }))
    }

    /// The gradient by the weights; `rows` is room for that by the scores.
    fn gradient(&self, point: &Point, rows: &mut [f64], gradient: &mut [f64]) {
        let width = self.width;
        rows.par_chunks_exact_mut(width)
            .zip(point.state.par_chunks_exact(width))
            .zip(self.targets.par_iter().zip(self.costs))
            .with_min_len(ROWS)
            .for_each(|((row, state), (&target, &cost))| {
                self.loss.gradient(target, state, cost, row);
            });
        let add_ridge = |column: usize, sums: &mut [f64]| {
            let ridge = self.design.ridge[column];
            for (sum, weight) in sums.iter_mut().zip(&point.weights[column * width..]) {
                *sum += ridge * weight;
            }
        };
        self.design
            .rows
            .multiply_transposed(rows, width, gradient, f64::from, add_ridge);
    }

    /// The norm of the gradient by the weights as they were before columns were merged.
    fn norm(&self, gradient: &[f64]) -> f64 {
        let columns = gradient.par_chunks(PIECE * self.width);
        let pieces = columns.zip(self.design.ridge.par_chunks(PIECE));
        let square = total(pieces.map(|(gradient, ridge)| {
            let columns = gradient.chunks_exact(self.width).zip(ridge);
            let merged = columns.map(|(gradient, &ridge)| {
                let square: f64 = gradient.iter().map(|g| g * g).sum();
                if ridge > 0.0 { square / ridge } else { square }
            });
            merged.sum()
        }));
        square.sqrt()
    }

    fn along(&self, weights: &[f64], step: &[f32], gradient: &[f64]) -> Along {
        let size = PIECE * self.width;
        let pieces: Vec<Along> = step
            .par_chunks(size)
            .zip(weights.par_chunks(size).zip(gradient.par_chunks(size)))
            .zip(self.design.ridge.par_chunks(PIECE))
            .map(|((step, (weights, gradient)), ridge)| {
                let mut along = Along::default();
                for (i, &step) in step.iter().enumerate() {
                    let (step, ridge) = (f64::from(step), ridge[i / self.width]);
                    along.square += 0.5 * ridge * step * step;
                    along.mixed += ridge * weights[i] * step;
                    along.slope += gradient[i] * step;
                }
                along
            })
            .collect();
        pieces.iter().fold(Along::default(), |sum, piece| Along {
            square: sum.square + piece.square,
            mixed: sum.mixed + piece.mixed,
            slope: sum.slope + piece.slope,
        })
    }

    /// Halves the step until it lowers the objective by a fair share of what its slope promises
    /// (Armijo's rule); moves everything but the weights and says how far, or stays.
    fn search(
        &self,
        point: &mut Point,
        (scores, state): &mut (Vec<f64>, Vec<f64>),
        change: &[f64],
        along: &Along,
        unit: f64,
    ) -> Option<f64> {
        let value = point.loss + point.penalty;
        for halvings in 0..40 {
            let length = libm::ldexp(unit, -halvings);
            scores
                .par_iter_mut()
                .zip(point.scores.par_iter().zip(change))
                .with_min_len(PIECE)
                .for_each(|(score, (old, change))| *score = old + length * change);
            let loss = self.evaluate(scores, state);
            let penalty = point.penalty + length * (along.mixed + length * along.square);
            if loss + penalty < value + 0.01 * length * along.slope {
                std::mem::swap(&mut point.scores, scores);
                std::mem::swap(&mut point.state, state);
                (point.loss, point.penalty) = (loss, penalty);
                return Some(length);
            }
        }
        None
    }
}

fn move_by(weights: &mut [f64], length: f64, step: &[f32]) {
    weights
        .par_iter_mut()
        .zip(step)
        .with_min_len(PIECE)
        .for_each(|(weight, &step)| *weight += length * f64::from(step));
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::linear::loss::{CrossEntropy, SquaredHinge};
    use crate::linear::matrix::Matrix;
    use proptest::prelude::*;

    /// The objective at some weights, and its gradient there.
    fn at<L: RowLoss>(problem: &Problem<'_, L>, weights: &[f64]) -> (f64, Vec<f64>) {
        let mut point = problem.origin();
        point.weights.copy_from_slice(weights);
        let (design, width) = (problem.design, problem.width);
        let rows = &design.rows;
        rows.multiply(weights, width, &mut point.scores, |_| true, |_, _| {});
        let loss = problem.evaluate(&point.scores, &mut point.state);
        let penalty = weights.chunks_exact(width).zip(&design.ridge);
        let penalty: f64 = penalty
            .map(|(w, ridge)| 0.5 * ridge * w.iter().map(|w| w * w).sum::<f64>())
            .sum();
        let mut gradient = vec![0.0; weights.len()];
        let mut rows = point.scores.clone();
        problem.gradient(&point, &mut rows, &mut gradient);
        (loss + penalty, gradient)
    }

    fn assert_slope<L: RowLoss>(problem: &Problem<'_, L>, weights: &[f64]) {
        let (_, gradient) = at(problem, weights);
        for (i, slope) in gradient.iter().enumerate() {
            let value = |shift: f64| {
                let mut weights = weights.to_vec();
                weights[i] += shift;
                at(problem, &weights).0
            };
            let difference = (value(1e-5) - value(-1e-5)) / 2e-5;
            assert!((difference - slope).abs() < 1e-5, "{difference} {slope}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Of five columns, the second equals the first and so is merged; the bias is one more.
        #[test]
        fn the_gradient_is_the_slope_of_the_objective(
            values in prop::collection::vec(-2.0_f32..2.0, 4 * 4),
            weights in prop::collection::vec(-2.0..2.0_f64, 5 * 3),
            costs in prop::collection::vec(0.0..3.0_f64, 4),
        ) {
            let rows = values.chunks_exact(4).flat_map(|row| [row[0], row[0], row[1], row[2], row[3]]);
            let matrix = Matrix::new(5, vec![0, 5, 10, 15, 20], [0, 1, 2, 3, 4].repeat(4), rows.collect());
            let design = Design::new(&matrix.unwrap()).unwrap();
            let (design, costs) = (&design, &costs[..]);
            let targets = &[Some(0), Some(2), Some(1), Some(2)];
            let loss = CrossEntropy;
            assert_slope(&Problem { design, loss, targets, costs, width: 3 }, &weights);
            let loss = SquaredHinge;
            assert_slope(&Problem { design, loss, targets, costs, width: 3 }, &weights);
            let (targets, loss) = (&[Some(0), None, Some(0), None], CrossEntropy);
            assert_slope(&Problem { design, loss, targets, costs, width: 1 }, &weights[..5]);
        }
    }
}
