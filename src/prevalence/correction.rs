//! What the true shares can be, given the counted ones and how the classifier errs on others.

use super::{ErrorModel, Random, Tally};

/// What is assumed of an author before any sentence is read.
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
    /// Candidates drawn; fewer where there are many labels, to bound memory.
    pub candidates: usize,
    /// Draws kept for intervals.
    pub draws: usize,
    /// Seed of the candidates.
    pub seed: u64,
}

impl Default for Prior {
    /// Tuned by `examples/prevalence.rs` for coverage with held-out authors.
    fn default() -> Self {
        Self {
            kernel: 60.0,
            novelty: 5.0,
            candidates: 10_000,
            draws: 2_000,
            seed: 1,
        }
    }
}

/// Most numbers that the candidates may hold together.
const CANDIDATE_NUMBERS: usize = 4_000_000;

/// Fewest candidates, in effect, that a posterior may rest on.
const EFFECTIVE_CANDIDATES: f64 = 100.0;

/// Candidates for an author's true shares and error rates, drawn from a [`Prior`].
///
/// Made once for an [`ErrorModel`], it serves every author: the candidates are weighed by how well
/// they explain the author's counts (importance sampling).
#[derive(Debug, Clone)]
pub struct Correction {
    labels: usize,
    draws: usize,
    candidates: Vec<Candidate>,
}

#[derive(Debug, Clone)]
struct Candidate {
    /// True shares.
    shares: Vec<f64>,
    /// P(truth | predicted), `[truth * labels + predicted]`.
    truth_given_predicted: Vec<f64>,
    /// Log of the share of each predicted label.
    log_predicted: Vec<f64>,
}

/// What the true shares can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// The share of the counted sentences that truly deserve each label, expected.
    pub expected: Vec<f64>,
    /// Draws of the author's true shares, `[label][draw]`.
    pub draws: Vec<Vec<f64>>,
}

impl Correction {
    /// Draws the candidates; `None` if the error model says nothing about this many labels.
    #[must_use]
    pub fn new(errors: &ErrorModel, labels: usize, prior: &Prior) -> Option<Self> {
        if !errors.fits(labels) {
            return None;
        }
        let mut errors = errors.clone();
        let empty = |group: &Vec<Vec<u32>>| group.iter().flatten().all(|&count| count == 0);
        errors.groups.retain(|group| !empty(group));
        errors.groups.sort();
        let between = errors.between_groups();
        let most = (CANDIDATE_NUMBERS / (labels * labels)).max(500);
        let mut random = Random::new(prior.seed);
        let candidates = (0..prior.candidates.clamp(1, most))
            .map(|_| Candidate::draw(&errors.groups, &between, prior, &mut random))
            .collect();
        Some(Self {
            labels,
            draws: prior.draws,
            candidates,
        })
    }

    /// Weighs the candidates by an author's counts; `None` without sentences.
    #[must_use]
    pub fn posterior(&self, tally: &Tally, random: &mut Random) -> Option<Posterior> {
        let raw = tally.shares()?;
        let weights = self.weights(tally);
        let mut expected = vec![0.0; self.labels];
        for (candidate, weight) in self.candidates.iter().zip(&weights) {
            let rows = candidate.truth_given_predicted.chunks(self.labels);
            for (expected, row) in expected.iter_mut().zip(rows) {
                let share: f64 = row.iter().zip(&raw).map(|(a, b)| a * b).sum();
                *expected += weight * share;
            }
        }
        Some(Posterior {
            expected,
            draws: self.resample(&weights, random),
        })
    }

    /// Posterior weights of the candidates; they sum to one.
    ///
    /// The likelihood is multinomial, flattened by the overdispersion between articles, and further
    /// where so few candidates explain many sentences that their weights would rest on luck.
    fn weights(&self, tally: &Tally) -> Vec<f64> {
        let counts = tally.totals();
        let likelihoods: Vec<f64> = self
            .candidates
            .iter()
            .map(|candidate| {
                let terms = candidate.log_predicted.iter().zip(&counts);
                terms.map(|(log, &count)| log * f64::from(count)).sum()
            })
            .collect();
        let highest = likelihoods.iter().copied().fold(f64::MIN, f64::max);
        let needed = EFFECTIVE_CANDIDATES.min(self.candidates.len() as f64 / 2.0);
        let mut power = 1.0 / tally.overdispersion();
        loop {
            let mut weights: Vec<f64> = likelihoods
                .iter()
                .map(|likelihood| libm::exp((likelihood - highest) * power))
                .collect();
            let sum: f64 = weights.iter().sum();
            let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
            if sum * sum / squares >= needed {
                weights.iter_mut().for_each(|weight| *weight /= sum);
                return weights;
            }
            power *= 0.8;
        }
    }

    fn resample(&self, weights: &[f64], random: &mut Random) -> Vec<Vec<f64>> {
        let mut sum = 0.0;
        let cumulative: Vec<f64> = weights
            .iter()
            .map(|weight| {
                sum += weight;
                sum
            })
            .collect();
        let mut draws = vec![Vec::with_capacity(self.draws); self.labels];
        for _ in 0..self.draws {
            let point = random.uniform() * sum;
            let index = cumulative.partition_point(|&end| end <= point);
            if let Some(candidate) = self.candidates.get(index) {
                for (column, &share) in draws.iter_mut().zip(&candidate.shares) {
                    column.push(share);
                }
            }
        }
        draws
    }
}

impl Candidate {
    fn draw(
        groups: &[Vec<Vec<u32>>],
        between: &[Vec<f64>],
        prior: &Prior,
        random: &mut Random,
    ) -> Self {
        let like_none = prior.novelty / (prior.novelty + groups.len() as f64);
        let group = (random.uniform() >= like_none).then(|| &groups[random.below(groups.len())]);
        let shares = random.dirichlet(match group {
            Some(group) => around(group, prior.kernel),
            None => vec![1.0; between.len()],
        });
        let rates: Vec<Vec<f64>> = between
            .iter()
            .map(|alpha| random.dirichlet(alpha.iter().copied()))
            .collect();
        Self::new(shares, &rates)
    }

    fn new(shares: Vec<f64>, rates: &[Vec<f64>]) -> Self {
        let labels = shares.len();
        let joint = |truth: usize, predicted: usize| shares[truth] * rates[truth][predicted];
        let predicted: Vec<f64> = (0..labels)
            .map(|p| (0..labels).map(|t| joint(t, p)).sum::<f64>())
            .map(|share| share.max(1e-12))
            .collect();
        let truth_given_predicted = (0..labels * labels)
            .map(|cell| joint(cell / labels, cell % labels) / predicted[cell % labels])
            .collect();
        Self {
            truth_given_predicted,
            log_predicted: predicted.iter().map(|&share| libm::log(share)).collect(),
            shares,
        }
    }
}

/// Dirichlet parameters around the true shares of a training group.
fn around(group: &[Vec<u32>], kernel: f64) -> Vec<f64> {
    let truths = group.iter().map(|row| f64::from(row.iter().sum::<u32>()));
    let total: f64 = truths.clone().sum();
    truths.map(|truth| 1.0 + kernel * truth / total).collect()
}
