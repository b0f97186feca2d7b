//! What is assumed of an author before any sentence is read.

use super::Random;

/// How much an author is assumed to be like the training authors.
///
/// The author leans like one of the training authors, or like none of them: the robust
/// meta-analytic-predictive prior (Schmidli et al. 2014, "Robust meta-analytic-predictive priors in
/// clinical trials with historical control information"), with the weight of "like none" taken
/// from a Pólya urn (Blackwell & MacQueen 1973). The classifier errs on the author as it errs on
/// some author: rates are drawn from the Dirichlet that the rates of the training authors come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// How closely the author's shares follow those of the training author they resemble: the
    /// sentences that this resemblance is worth.
    pub kernel: f64,
    /// Among `n` training authors, the author is like none with probability `novelty / (novelty + n)`.
    pub novelty: f64,
    /// Candidates weighed for each author; fewer where there are many labels, to bound memory.
    pub candidates: usize,
    /// Draws kept for intervals.
    pub draws: usize,
    /// Seed of the candidates' error rates.
    pub seed: u64,
}

impl Default for Prior {
    /// Tuned by `examples/prevalence` for coverage with held-out authors.
    fn default() -> Self {
        Self {
            kernel: 60.0,
            novelty: 5.0,
            candidates: 2_000,
            draws: 2_000,
            seed: 1,
        }
    }
}

/// The prior of an author's true shares: a mixture of Dirichlets, one around the shares of each
/// training author and a flat one.
#[derive(Debug, Clone)]
pub(super) struct Leanings {
    components: Vec<Dirichlet>,
    weights: Vec<f64>,
    log_weights: Vec<f64>,
}

/// A Dirichlet distribution and the log of its density's constant.
#[derive(Debug, Clone)]
pub(super) struct Dirichlet {
    alpha: Vec<f64>,
    constant: f64,
}

impl Leanings {
    /// `groups[group][truth][predicted]`, none of them empty.
    pub fn new(groups: &[Vec<Vec<u32>>], labels: usize, prior: &Prior) -> Self {
        let around = |group: &Vec<Vec<u32>>| {
            let truths = group.iter().map(|row| f64::from(row.iter().sum::<u32>()));
            let total: f64 = truths.clone().sum();
            Dirichlet::new(truths.map(|n| 1.0 + prior.kernel * n / total).collect())
        };
        let like_one = 1.0 / (prior.novelty + groups.len() as f64);
        let mut components: Vec<Dirichlet> = groups.iter().map(around).collect();
        let mut weights = vec![like_one; components.len()];
        components.push(Dirichlet::new(vec![1.0; labels]));
        weights.push(prior.novelty * like_one);
        Self {
            components,
            log_weights: weights.iter().map(|&weight| libm::log(weight)).collect(),
            weights,
        }
    }

    pub fn draw(&self, random: &mut Random) -> Vec<f64> {
        self.components[random.choose(&self.weights)].draw(random)
    }

    /// The log-density at shares whose logs are given.
    pub fn log_density(&self, log_shares: &[f64]) -> f64 {
        let components = self.components.iter().zip(&self.log_weights);
        let terms: Vec<f64> = components
            .map(|(component, log_weight)| component.log_density(log_shares) + log_weight)
            .collect();
        log_sum(&terms)
    }
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

/// The log of a sum of numbers given by their logs. With many labels a density is too large, or too
/// small, for a float.
pub(super) fn log_sum(logs: &[f64]) -> f64 {
    let highest = logs.iter().copied().fold(f64::MIN, f64::max);
    // Most training authors lie far off; leaving out what is below e⁻²⁰ of the nearest halves the time.
    let near = logs.iter().filter(|log| *log - highest > -20.0);
    highest + libm::log(near.map(|log| libm::exp(log - highest)).sum::<f64>())
}
