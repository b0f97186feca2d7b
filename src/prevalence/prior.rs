//! What is assumed of an author before any sentence is read.

use super::Random;

/// How much an author is assumed to be like the training authors.
///
/// The author's shares are like those of one of the training authors, who are equally likely, or
/// like none of them and may be any. The classifier errs on the author as it errs on the author
/// they resemble, as far as that one's sentences tell, or as it errs on some author: as the
/// Dirichlet has it from which the rates of the training authors come. Shares and rates may come
/// from one author since they go together: who is taken for a sceptic more often tends to be one
/// more often. This is the robust meta-analytic-predictive prior (Schmidli et al. 2014, "Robust
/// meta-analytic-predictive priors in clinical trials with historical control information").
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// How closely the author's shares follow those of the training author they resemble: the
    /// sentences that this resemblance is worth.
    pub kernel: f64,
    /// The probability that the author's shares are like those of no training author.
    pub novelty: f64,
    /// The probability that the author is erred on like no training author in particular.
    pub novel_errors: f64,
    /// Candidates weighed for each author; fewer where there are many labels, to bound memory.
    pub candidates: usize,
    /// Draws kept for intervals.
    pub draws: usize,
    /// Seed of the candidates' error rates.
    pub seed: u64,
}

impl Default for Prior {
    /// Chosen with the held-out authors that `examples/prevalence` measures, so its figures flatter
    /// it a little. A small `novelty` makes intervals narrow where authors lean as the training
    /// authors do, a large one corrects further where they do not.
    fn default() -> Self {
        Self {
            kernel: 120.0,
            novelty: 0.25,
            novel_errors: 0.25,
            candidates: 8_000,
            draws: 2_000,
            seed: 1,
        }
    }
}

/// A Dirichlet distribution and the log of its density's constant.
#[derive(Debug, Clone)]
pub(super) struct Dirichlet {
    alpha: Vec<f64>,
    constant: f64,
}

impl Dirichlet {
    pub fn new(alpha: Vec<f64>) -> Self {
        let total: f64 = alpha.iter().sum();
        let constant = libm::lgamma(total) - alpha.iter().map(|&a| libm::lgamma(a)).sum::<f64>();
        Self { alpha, constant }
    }

    pub fn draw(&self, random: &mut Random) -> Vec<f64> {
        random.dirichlet(self.alpha.iter().copied())
    }

    /// The log-density at shares whose logs are given.
    pub fn log_density(&self, log_shares: &[f64]) -> f64 {
        let terms = self.alpha.iter().zip(log_shares);
        self.constant + terms.map(|(a, log)| (a - 1.0) * log).sum::<f64>()
    }
}

/// The log of a sum of two numbers given by their logs. With many labels a density is too large, or
/// too small, for a float.
pub(super) fn log_sum(a: f64, b: f64) -> f64 {
    a.max(b) + libm::log1p(libm::exp(-(a - b).abs()))
}
