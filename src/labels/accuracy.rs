//! How often annotators are right, as far as their agreement tells: Dawid and Skene, "Maximum
//! likelihood estimation of observer error-rates using the EM algorithm", 1979, with one rate for
//! each annotator instead of a table of confusions, which takes fewer labels to estimate.

use super::WeightedVote;

/// Rounds of expectation and maximisation; a dozen settle the third decimal.
const ROUNDS: usize = 50;

/// An annotator counts as if so many labels more had been right as often as those of all
/// annotators: who shares few sentences with others is taken for one like them.
const PRIOR: f64 = 10.0;

/// Votes on sentences that two annotators share, and how often these votes occur.
type Pattern = (Vec<WeightedVote>, f64);

/// How often each of the annotators is right.
pub(super) fn accuracies(patterns: &[Pattern], annotators: usize, labels: usize) -> Vec<f64> {
    let mut accuracies = Vec::new();
    for _ in 0..ROUNDS {
        let mut right = vec![0.0; annotators];
        let mut given = vec![0.0; annotators];
        for (votes, count) in patterns {
            let shares = match accuracies.is_empty() {
                true => shares(votes, labels),
                false => posterior(votes, &accuracies, labels),
            };
            for vote in votes {
                right[vote.annotator] += count * vote.weight * shares[vote.label];
                given[vote.annotator] += count * vote.weight;
            }
        }
        // One right and one wrong for all together keep every rate off 0 and 1.
        let of_all = (right.iter().sum::<f64>() + 1.0) / (given.iter().sum::<f64>() + 2.0);
        let rate = |(right, given): (&f64, &f64)| (right + PRIOR * of_all) / (given + PRIOR);
        accuracies = right.iter().zip(&given).map(rate).collect();
    }
    accuracies
}

/// What the votes make of each label, every annotator counting alike.
fn shares(votes: &[WeightedVote], labels: usize) -> Vec<f64> {
    let mut shares = vec![0.0; labels];
    votes.iter().for_each(|v| shares[v.label] += v.weight);
    let sum: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares
}

/// How likely each label is after these votes, all labels being alike before them, and annotators
/// erring evenly among the others; all zero without a vote.
pub(super) fn posterior(votes: &[WeightedVote], accuracies: &[f64], labels: usize) -> Vec<f64> {
    if votes.is_empty() {
        return vec![0.0; labels];
    }
    let mut evidence = vec![0.0; labels];
    for vote in votes {
        let right = accuracies[vote.annotator];
        let others = labels.saturating_sub(1).max(1) as f64;
        evidence[vote.label] += vote.weight * libm::log(right * others / (1.0 - right));
    }
    let most = evidence.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut shares: Vec<f64> = evidence.iter().map(|e| libm::exp(e - most)).collect();
    let sum: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares
}
