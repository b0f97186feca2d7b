//! Raw scores with their true labels, as calibration is fitted on them.

use super::groups::Groups;

/// Rows of `k` finite scores, each with its true label and group, in an order of their own, so
/// that sums over them do not depend on the order they came in.
pub(super) struct ScoredRows {
    pub(super) k: usize,
    scores: Vec<f64>,
    truth: Vec<usize>,
    /// The group of each row, numbered in the order of the keys.
    pub(super) groups: Vec<usize>,
    /// How much a row of each label counts.
    weights: Vec<f64>,
}

impl ScoredRows {
    /// Takes the rows that have as many scores as the first, all finite, and a true label among
    /// them.
    pub(super) fn new<R: AsRef<[f64]>, G: Ord>(
        scores: &[R],
        truth: &[usize],
        groups: &[G],
    ) -> Self {
        let k = scores.first().map_or(0, |row| row.as_ref().len());
        let groups = Groups::new(groups).of_row;
        let mut rows: Vec<(&[f64], usize, usize)> = scores
            .iter()
            .zip(truth)
            .zip(groups)
            .map(|((row, &truth), group)| (row.as_ref(), truth, group))
            .filter(|(row, truth, _)| row.len() == k && *truth < k)
            .filter(|(row, ..)| row.iter().all(|score| score.is_finite()))
            .collect();
        rows.sort_unstable_by(|a, b| {
            let by_score = a.0.iter().zip(b.0).map(|(a, b)| a.total_cmp(b));
            let by_score = by_score.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then);
            by_score.then((a.1, a.2).cmp(&(b.1, b.2)))
        });
        Self {
            k,
            scores: rows.iter().flat_map(|row| row.0).copied().collect(),
            truth: rows.iter().map(|row| row.1).collect(),
            groups: rows.iter().map(|row| row.2).collect(),
            weights: vec![1.0; k],
        }
    }

    /// The same rows, those of each label counting as much as `weights` says; labels without a
    /// weight count once.
    pub(super) fn weighted(mut self, weights: &[f64]) -> Self {
        for (own, given) in self.weights.iter_mut().zip(weights) {
            *own = *given;
        }
        self
    }

    /// The true label of each row.
    pub(super) fn truth(&self) -> &[usize] {
        &self.truth
    }

    /// Each row's scores, true label and weight.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[f64], usize, f64)> {
        self.scores
            .chunks_exact(self.k.max(1))
            .zip(&self.truth)
            .map(|(scores, &truth)| (scores, truth, self.weights[truth]))
    }

    /// The rows whose number `keep` accepts.
    pub(super) fn filter(&self, keep: impl Fn(usize) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.truth.len()).filter(|&row| keep(row)).collect();
        let scores = |row: usize| &self.scores[row * self.k..(row + 1) * self.k];
        Self {
            k: self.k,
            scores: kept.iter().flat_map(|&row| scores(row)).copied().collect(),
            truth: kept.iter().map(|&row| self.truth[row]).collect(),
            groups: kept.iter().map(|&row| self.groups[row]).collect(),
            weights: self.weights.clone(),
        }
    }
}

/// Turns scores into probabilities in their place: exp(x) / Σ exp(x), equal shares if a score is
/// not finite.
pub(super) fn softmax(scores: &mut [f64]) {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for score in scores.iter_mut() {
        *score = libm::exp(*score - highest);
    }
    let sum: f64 = scores.iter().sum();
    let equal = 1.0 / scores.len() as f64;
    for score in scores.iter_mut() {
        *score = if sum.is_finite() { *score / sum } else { equal };
    }
}

/// −ln of the softmax at `truth`, computed without underflow.
pub(super) fn negative_log_softmax(scores: &[f64], truth: usize) -> f64 {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = scores.iter().map(|score| libm::exp(score - highest)).sum();
    highest - scores[truth] + libm::log(sum)
}
