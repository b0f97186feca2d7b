//! What more labels would bring.

use serde::{Deserialize, Serialize};

/// Exponents from 1/1024 (all but a logarithm) to 8 (all but a step) are tried.
const EXPONENTS: (f64, f64) = (1.0 / 1024.0, 8.0);
/// Points of one grid; the next one spans the two neighbours of the best.
const GRID: usize = 32;
/// Ten grids, each 16 times finer than the one before, leave nothing of a double's precision.
const REFINEMENTS: usize = 10;

/// score(n) = ceiling − drop · n^(−exponent): how a score grows with the number of training rows
/// (the inverse power law of Figueroa et al., "Predicting sample size required for classification
/// performance", BMC Medical Informatics and Decision Making 12:8, 2012).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PowerLaw {
    /// The score with endless rows; at most 1.
    pub ceiling: f64,
    /// How far below the ceiling one row would leave the score; above 0.
    pub drop: f64,
    /// How fast the ceiling is neared; above 0.
    pub exponent: f64,
}

impl PowerLaw {
    /// The score to be expected from `rows` training rows. It carries no interval of its own: fit
    /// one curve a fold and look at how far they differ.
    #[must_use]
    pub fn predict(&self, rows: f64) -> f64 {
        self.ceiling - self.drop * libm::pow(rows, -self.exponent)
    }

    fn squared_error(&self, points: &[(f64, f64)]) -> f64 {
        let error = |&(rows, score): &(f64, f64)| score - self.predict(rows);
        points.iter().map(error).map(|e| e * e).sum()
    }
}

/// Fits a power law to `(rows, score)` points by least squares: a grid over the exponent, made
/// finer around its best point, with ceiling and drop in closed form for each exponent. Points
/// with no rows or a score that is not finite are left out.
///
/// `None` with fewer than three different numbers of rows, or if no rising curve with a ceiling of
/// at most 1 fits.
#[must_use]
pub fn fit_learning_curve(points: &[(usize, f64)]) -> Option<PowerLaw> {
    let points: Vec<(f64, f64)> = points
        .iter()
        .filter(|(rows, score)| *rows > 0 && score.is_finite())
        .map(|&(rows, score)| (rows as f64, score))
        .collect();
    let mut sizes: Vec<f64> = points.iter().map(|point| point.0).collect();
    sizes.sort_unstable_by(f64::total_cmp);
    sizes.dedup();
    if sizes.len() < 3 {
        return None;
    }
    let (mut low, mut high) = (libm::log(EXPONENTS.0), libm::log(EXPONENTS.1));
    let mut best: Option<(PowerLaw, f64)> = None;
    for _ in 0..REFINEMENTS {
        let step = (high - low) / GRID as f64;
        let exponents = (0..=GRID).map(|i| libm::exp(low + i as f64 * step));
        best = exponents
            .filter_map(|exponent| rising_curve(&points, exponent))
            .map(|law| (law, law.squared_error(&points)))
            .chain(best)
            .min_by(|a, b| a.1.total_cmp(&b.1));
        let centre = libm::log(best?.0.exponent);
        (low, high) = (centre - step, centre + step);
    }
    best.map(|(law, _)| law)
}

/// The least-squares line through score against n^(−exponent), if it is a curve that rises
/// towards a possible score.
fn rising_curve(points: &[(f64, f64)], exponent: f64) -> Option<PowerLaw> {
    let count = points.len() as f64;
    let x = |rows: f64| libm::pow(rows, -exponent);
    let mean_x = points.iter().map(|point| x(point.0)).sum::<f64>() / count;
    let mean_score = points.iter().map(|point| point.1).sum::<f64>() / count;
    let (mut product, mut square) = (0.0, 0.0);
    for &(rows, score) in points {
        product += (x(rows) - mean_x) * (score - mean_score);
        square += (x(rows) - mean_x) * (x(rows) - mean_x);
    }
    let drop = -product / square;
    let ceiling = mean_score + drop * mean_x;
    (drop > 0.0 && ceiling <= 1.0).then_some(PowerLaw {
        ceiling,
        drop,
        exponent,
    })
}
