//! What the true shares can be, given the counted ones and how the classifier errs on others.

use super::prior::{Dirichlet, log_sum};
use super::{ErrorModel, Prior, Random, Tally};

/// Most numbers that the candidates' error rates may hold together.
const RATE_NUMBERS: usize = 4_000_000;

/// The share of the author's sentences that a proposal is as sharp as. Errors blur what the counts
/// tell, so the posterior is wider than the counts suggest, and a proposal must not be narrower.
const SHARPNESS: f64 = 0.3;

/// The least share of the candidates that must have a say, as an effective sample size.
const HEARD: f64 = 1.0 / 200.0;

/// How much of what the sentences tell is kept at a time when too few candidates have a say.
const TEMPER: f64 = 0.85;

/// Steps of expectation maximisation towards the middle of a proposal.
const STEPS: usize = 5;

/// Corrects counts for the errors of the classifier.
///
/// Made once for an [`ErrorModel`], it serves every author. Each candidate is an author as the
/// [`Prior`] imagines them, with error rates and true shares, weighed by how well it explains the
/// counts (importance sampling; half of the shares are proposed by the prior and half near the
/// shares that explain the counts best under the rates, after Owen & Zhou 2000, "Safe and effective
/// importance sampling").
///
/// Several hundred sentences can be so telling that no candidate but one explains them well, and the
/// interval would be that candidate's alone. So the sentences tell less, a step at a time, until
/// one candidate in two hundred has a say by their effective sample size (Kong, Liu & Wong 1994,
/// "Sequential imputations and Bayesian missing data problems"): the interval of a very long row is
/// about as wide as that of a long one, never narrower than the candidates can show.
#[derive(Debug, Clone)]
pub struct Correction {
    labels: usize,
    outcomes: usize,
    draws: usize,
    imagined: Vec<Imagined>,
    /// The shares of whoever is like a training author, one for each, and of who is like none.
    leanings: Vec<Dirichlet>,
}

/// An author as the prior imagines them.
#[derive(Debug, Clone)]
struct Imagined {
    /// P(outcome | truth), `[truth * outcomes + outcome]`.
    rates: Vec<f64>,
    /// Which of the leanings they have.
    leaning: usize,
}

/// What the true shares can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// The author's true share of each label, expected.
    pub expected: Vec<f64>,
    /// Draws of the author's true shares, `[label][draw]`.
    pub draws: Vec<Vec<f64>>,
}

impl Correction {
    /// Draws the error rates; `None` if the error model says nothing about this many labels.
    #[must_use]
    pub fn new(errors: &ErrorModel, labels: usize, prior: &Prior) -> Option<Self> {
        if !errors.fits(labels) {
            return None;
        }
        let mut groups: Vec<&Vec<Vec<u32>>> = errors.groups.iter().collect();
        groups.retain(|group| group.iter().flatten().any(|&count| count > 0));
        // One order for all sums and draws, whatever the order of the groups.
        groups.sort();
        let around = |group: &&Vec<Vec<u32>>| {
            let truths = group.iter().map(|row| f64::from(row.iter().sum::<u32>()));
            let total: f64 = truths.clone().sum();
            Dirichlet::new(truths.map(|n| 1.0 + prior.kernel * n / total).collect())
        };
        let mut leanings: Vec<Dirichlet> = groups.iter().map(around).collect();
        leanings.push(Dirichlet::new(vec![1.0; labels]));
        let outcomes = errors.outcomes();
        let most = (RATE_NUMBERS / (labels * outcomes)).max(500);
        let candidates = prior.candidates.clamp(1, most);
        let between = errors.between_groups();
        let mut random = Random::new(prior.seed);
        let mut imagine = |number: usize| {
            // Each training author in turn, and back to the first; the steps of the golden ratio
            // spread what is only partly like them evenly over all of them.
            let author = number % groups.len();
            let [leans, errs] = [0.618_033_988_749_895, 0.754_877_666_246_693].map(|step| {
                let turn = (number / groups.len() + author) as f64;
                (turn * step).fract()
            });
            let like = (errs >= prior.novel_errors).then_some(groups[author]);
            let rates = between.iter().enumerate().flat_map(|(truth, alpha)| {
                let seen = |outcome: usize| like.map_or(0, |group| group[truth][outcome]);
                let alpha = alpha.iter().enumerate();
                random.dirichlet(alpha.map(|(outcome, a)| a + f64::from(seen(outcome))))
            });
            Imagined {
                rates: rates.collect(),
                leaning: match leans < prior.novelty {
                    true => groups.len(),
                    false => author,
                },
            }
        };
        Some(Self {
            labels,
            outcomes,
            draws: prior.draws,
            imagined: (0..candidates).map(&mut imagine).collect(),
            leanings,
        })
    }

    /// Weighs candidates by an author's counts; `None` without sentences, or if the counts are not
    /// of the error model's outcomes.
    #[must_use]
    pub fn posterior(&self, tally: &Tally, random: &mut Random) -> Option<Posterior> {
        let raw = tally.shares().filter(|raw| raw.len() == self.outcomes)?;
        // Where articles differ more than chance allows, their sentences tell less than they count.
        let told = f64::from(tally.totals().iter().sum::<u32>()) / tally.overdispersion();
        let candidates: Vec<Candidate> = (self.imagined.iter())
            .map(|author| self.candidate(author, &raw, told, random))
            .collect();
        let weights = weights(&candidates);
        let mut expected = vec![0.0; self.labels];
        for (candidate, weight) in candidates.iter().zip(&weights) {
            for (expected, share) in expected.iter_mut().zip(&candidate.shares) {
                *expected += weight * share;
            }
        }
        let sum: f64 = expected.iter().sum();
        expected.iter_mut().for_each(|share| *share /= sum);
        let draws = self.resample(&candidates, &weights, random);
        Some(Posterior { expected, draws })
    }

    fn candidate(
        &self,
        author: &Imagined,
        raw: &[f64],
        told: f64,
        random: &mut Random,
    ) -> Candidate {
        let (rates, leaning) = (&author.rates, &self.leanings[author.leaning]);
        let mut middle = vec![1.0 / self.labels as f64; self.labels];
        for _ in 0..STEPS {
            middle = reassigned(&middle, rates, raw);
        }
        let near = middle.iter().map(|share| 1.0 + SHARPNESS * told * share);
        let near = Dirichlet::new(near.collect());
        let shares = match random.below(2) == 0 {
            true => leaning.draw(random),
            false => near.draw(random),
        };
        let logs: Vec<f64> = shares.iter().map(|&share| libm::log(share)).collect();
        let prior = leaning.log_density(&logs);
        let proposal = log_sum(prior, near.log_density(&logs)) - std::f64::consts::LN_2;
        let likelihood: f64 = predicted(&shares, rates)
            .iter()
            .zip(raw)
            .map(|(share, raw)| told * raw * libm::log(*share))
            .sum();
        Candidate {
            shares,
            likelihood,
            correction: prior - proposal,
        }
    }

    /// Draws as many candidates as their weights deserve.
    fn resample(
        &self,
        candidates: &[Candidate],
        weights: &[f64],
        random: &mut Random,
    ) -> Vec<Vec<f64>> {
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
            if let Some(candidate) = candidates.get(index) {
                for (column, &share) in draws.iter_mut().zip(&candidate.shares) {
                    column.push(share);
                }
            }
        }
        draws
    }
}

/// True shares under one set of error rates, and how much they count.
struct Candidate {
    shares: Vec<f64>,
    /// The log of how well they explain the counts.
    likelihood: f64,
    /// The log of how much likelier the prior is to draw them than the proposal.
    correction: f64,
}

/// The weight of each candidate, the counts tempered where they leave too few of them.
fn weights(candidates: &[Candidate]) -> Vec<f64> {
    let enough = HEARD * candidates.len() as f64;
    let mut kept = 1.0;
    loop {
        let weights = tempered(candidates, kept);
        if effective(&weights) >= enough || kept < 1e-3 {
            return weights;
        }
        kept *= TEMPER;
    }
}

/// Weights where only this share of what the counts tell is kept; the largest is 1.
fn tempered(candidates: &[Candidate], kept: f64) -> Vec<f64> {
    let log = |candidate: &Candidate| kept * candidate.likelihood + candidate.correction;
    let highest = candidates.iter().map(log).fold(f64::MIN, f64::max);
    let weight = |candidate| libm::exp(log(candidate) - highest);
    candidates.iter().map(weight).collect()
}

/// How many candidates of equal weight would say as much as these.
fn effective(weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    sum * sum / squares
}

/// The share of each outcome that true shares lead to.
fn predicted(shares: &[f64], rates: &[f64]) -> Vec<f64> {
    let outcomes = rates.len() / shares.len();
    let mut predicted = vec![1e-12; outcomes];
    for (share, row) in shares.iter().zip(rates.chunks(outcomes)) {
        for (sum, rate) in predicted.iter_mut().zip(row) {
            *sum += share * rate;
        }
    }
    predicted
}

/// The share of the counted sentences expected to deserve each label: `Σ_o raw_o · P(truth | o)`,
/// with P(truth | outcome) from the shares and rates by Bayes' rule.
fn reassigned(shares: &[f64], rates: &[f64], raw: &[f64]) -> Vec<f64> {
    let predicted = predicted(shares, rates);
    let odds: Vec<f64> = raw.iter().zip(&predicted).map(|(a, b)| a / b).collect();
    let rows = shares.iter().zip(rates.chunks(predicted.len()));
    rows.map(|(share, row)| share * row.iter().zip(&odds).map(|(a, b)| a * b).sum::<f64>())
        .collect()
}
