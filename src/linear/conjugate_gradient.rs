//! Conjugate gradients for the step of Newton's method.

use super::loss::RowLoss;
use super::newton::Problem;
use super::vector::{self, PIECE};
use rayon::prelude::*;

/// Solves H·step = −gradient roughly, preconditioned by H's diagonal.
///
/// Single precision is enough, for the step only has to lead downhill: scores, gradient and
/// objective stay in double precision, and so does the optimum. It takes a quarter off the time.
pub(super) struct ConjugateGradient {
    step: Vec<f32>,
    residual: Vec<f32>,
    direction: Vec<f32>,
    product: Vec<f32>,
    /// One over the diagonal of H.
    inverse: Vec<f32>,
    rows: Vec<f32>,
}

/// Stops where the last gain is this small a share of the mean gain so far (Nash and Sofer 1990,
/// "Assessing a search direction within a truncated-Newton method"). From .1 to .7, .3 needs the
/// fewest products in all.
const LAST_GAIN: f64 = 0.3;

/// More than a well-posed problem ever takes.
const MAX_PRODUCTS: u32 = 500;

impl ConjugateGradient {
    pub fn new<L: RowLoss>(problem: &Problem<'_, L>) -> Self {
        let rows = problem.design.rows.rows() * problem.width;
        let columns = problem.design.rows.columns() * problem.width;
        Self {
            step: vec![0.0; columns],
            residual: vec![0.0; columns],
            direction: vec![0.0; columns],
            product: vec![0.0; columns],
            inverse: vec![0.0; columns],
            rows: vec![0.0; rows],
        }
    }

    /// The step where the loss has this state, and the unit that its entries are in.
    pub fn step<L: RowLoss>(
        &mut self,
        problem: &Problem<'_, L>,
        state: &[f64],
        gradient: &[f64],
    ) -> (&[f32], f64) {
        let unit = gradient.iter().fold(0.0, |most, g| g.abs().max(most));
        for (residual, g) in self.residual.iter_mut().zip(gradient) {
            *residual = (-g / unit) as f32;
        }
        self.precondition(problem, state);
        self.step.fill(0.0);
        self.direction.fill(0.0);
        let mut energy = vector::energy(&self.residual, &self.inverse);
        let (mut turn, mut gained) = (0.0, 0.0);
        for products in 1..=MAX_PRODUCTS {
            vector::turn(&mut self.direction, turn, &self.residual, &self.inverse);
            self.multiply(problem, state);
            let length = energy / vector::dot(&self.direction, &self.product);
            if !(length > 0.0 && length.is_finite()) {
                break;
            }
            vector::add(&mut self.step, length, &self.direction);
            vector::add(&mut self.residual, -length, &self.product);
            let gain = length * energy;
            gained += gain;
            if f64::from(products) * gain <= LAST_GAIN * gained {
                break;
            }
            let before = energy;
            energy = vector::energy(&self.residual, &self.inverse);
            turn = energy / before;
        }
        (&self.step, unit)
    }

    /// One over the diagonal of H.
    fn precondition<L: RowLoss>(&mut self, problem: &Problem<'_, L>, state: &[f64]) {
        let width = problem.width;
        self.rows
            .par_chunks_exact_mut(width)
            .zip(state.par_chunks_exact(width))
            .zip(problem.costs)
            .with_min_len(PIECE)
            .for_each(|((row, state), &cost)| problem.loss.diagonal(state, cost, row));
        let invert = |column: usize, sums: &mut [f32]| {
            let ridge = problem.design.ridge[column] as f32;
            for sum in sums {
                *sum += ridge;
                *sum = if *sum > 0.0 { sum.recip() } else { 1.0 };
            }
        };
        problem.design.rows.multiply_transposed(
            &self.rows,
            width,
            &mut self.inverse,
            |x| x * x,
            invert,
        );
    }

    /// H times the direction: ridge·d + Xᵀ·(curvature of the loss)·X·d.
    fn multiply<L: RowLoss>(&mut self, problem: &Problem<'_, L>, state: &[f64]) {
        let (direction, width) = (&self.direction, problem.width);
        let curved = |row: usize| problem.loss.is_curved(&state[row * width..][..width]);
        let curve = |row: usize, scores: &mut [f32]| {
            let state = &state[row * scores.len()..][..scores.len()];
            problem.loss.curve(state, problem.costs[row], scores);
        };
        problem
            .design
            .rows
            .multiply(direction, width, &mut self.rows, curved, curve);
        let add_ridge = |column: usize, sums: &mut [f32]| {
            let ridge = problem.design.ridge[column] as f32;
            let direction = &direction[column * sums.len()..][..sums.len()];
            for (sum, d) in sums.iter_mut().zip(direction) {
                *sum += ridge * d;
            }
        };
        problem.design.rows.multiply_transposed(
            &self.rows,
            width,
            &mut self.product,
            |x| x,
            add_ridge,
        );
    }
}
