//! How the classifier errs on authors it has not seen.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Confusion counts of each group (author) of the training data, from predictions made by models
/// that had not seen the group. It travels in the model file.
///
/// What the classifier says of a sentence is an *outcome*: the label, or the label and whether it
/// is sure of it. A label given surely is right more often, so counting the two apart tells more of
/// the true shares.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ErrorModel {
    /// `groups[group][truth][outcome]`: sentences.
    pub groups: Vec<Vec<Vec<u32>>>,
    /// For each label the probability from which it is given surely; empty if outcomes are labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sure_from: Vec<f64>,
}

impl ErrorModel {
    /// Counts the outcomes of predictions, which are sure if their label is likelier than in half
    /// of the rows that were given it.
    ///
    /// - `groups`, `truth`, `predicted`: one a row; labels are below `labels`.
    /// - `sureness`: the probability of the predicted label.
    #[must_use]
    pub fn measure<G: Ord>(
        groups: &[G],
        truth: &[usize],
        predicted: &[usize],
        sureness: &[f64],
        labels: usize,
    ) -> Self {
        let middle = |label: usize| {
            let given = predicted.iter().zip(sureness);
            let given = given.filter(|(given, _)| **given == label);
            let mut sureness: Vec<f64> = given.map(|(_, &sureness)| sureness).collect();
            sureness.sort_unstable_by(f64::total_cmp);
            sureness.get(sureness.len() / 2).copied().unwrap_or(1.0)
        };
        let mut errors = Self {
            groups: Vec::new(),
            sure_from: (0..labels).map(middle).collect(),
        };
        let mut counts: BTreeMap<&G, Vec<Vec<u32>>> = BTreeMap::new();
        for (row, (group, &truth)) in groups.iter().zip(truth).enumerate() {
            let none = || vec![vec![0; 2 * labels]; labels];
            let outcome = errors.outcome(predicted[row], sureness[row]);
            counts.entry(group).or_insert_with(none)[truth][outcome] += 1;
        }
        errors.groups = counts.into_values().collect();
        errors
    }

    /// The outcome of a label that is given with this probability.
    #[must_use]
    pub fn outcome(&self, label: usize, probability: f64) -> usize {
        match self.sure_from.get(label) {
            Some(&least) => 2 * label + usize::from(probability >= least),
            None => label,
        }
    }

    /// How many outcomes there are.
    #[must_use]
    pub fn outcomes(&self) -> usize {
        self.groups
            .first()
            .map_or(0, |group| group.first().map_or(0, Vec::len))
    }

    /// Whether every group has the outcomes of that many labels and some sentence is counted:
    /// without that, nothing can be corrected.
    #[must_use]
    pub fn fits(&self, labels: usize) -> bool {
        let outcomes = match self.sure_from.len() {
            0 => labels,
            _ => 2 * labels,
        };
        let whole = |group: &Vec<Vec<u32>>| {
            group.len() == labels && group.iter().all(|row| row.len() == outcomes)
        };
        (self.sure_from.is_empty() || self.sure_from.len() == labels)
            && self.groups.iter().all(whole)
            && self.groups.iter().flatten().flatten().any(|&n| n > 0)
    }

    /// The counts of all groups together, `[truth][outcome]`.
    #[must_use]
    pub fn pooled(&self) -> Vec<Vec<f64>> {
        let labels = self.groups.first().map_or(0, Vec::len);
        let mut pooled = vec![vec![0.0; self.outcomes()]; labels];
        for group in &self.groups {
            for (sums, row) in pooled.iter_mut().zip(group) {
                for (sum, &count) in sums.iter_mut().zip(row) {
                    *sum += f64::from(count);
                }
            }
        }
        pooled
    }

    /// P(outcome | truth) over all groups, `[truth][outcome]`; every row sums to one.
    ///
    /// One sentence is added to each row, spread evenly over the outcomes (Perks 1947), so that a
    /// label never seen has a row too.
    #[must_use]
    pub fn rates(&self) -> Vec<Vec<f64>> {
        self.pooled()
            .into_iter()
            .map(|row| {
                let (share, total) = (1.0 / row.len() as f64, 1.0 + row.iter().sum::<f64>());
                row.iter().map(|count| (count + share) / total).collect()
            })
            .collect()
    }

    /// The true share of each label in the training data; empty without sentences.
    #[must_use]
    pub fn training_shares(&self) -> Vec<f64> {
        let pooled = self.pooled();
        let total: f64 = pooled.iter().flatten().sum();
        if total == 0.0 {
            return Vec::new();
        }
        let share = |row: &Vec<f64>| row.iter().sum::<f64>() / total;
        pooled.iter().map(share).collect()
    }

    /// The Dirichlet from which each group's rates come, a row for each true label.
    ///
    /// Its mean are the pooled [`rates`](Self::rates); its concentration (how alike groups are)
    /// maximises the Dirichlet-multinomial likelihood of the groups' counts (Minka 2000,
    /// "Estimating a Dirichlet distribution", §2), over a grid of 1 to 1024 in steps of √2.
    pub(super) fn between_groups(&self) -> Vec<Vec<f64>> {
        let grid = (0..=20).map(|step| libm::exp2(f64::from(step) / 2.0));
        let rates = self.rates();
        let fit = |(truth, mean): (usize, Vec<f64>)| {
            let likelihood = |&concentration: &f64| -> f64 {
                let of_group = |group: &Vec<Vec<u32>>| {
                    dirichlet_multinomial(&group[truth], &mean, concentration)
                };
                self.groups.iter().map(of_group).sum()
            };
            let best = grid
                .clone()
                .max_by(|a, b| likelihood(a).total_cmp(&likelihood(b)))
                .unwrap_or(1.0);
            mean.iter().map(|rate| rate * best).collect()
        };
        rates.into_iter().enumerate().map(fit).collect()
    }
}

/// Log-likelihood of counts under a Dirichlet-multinomial, up to the multinomial coefficient.
fn dirichlet_multinomial(counts: &[u32], mean: &[f64], concentration: f64) -> f64 {
    let total: u32 = counts.iter().sum();
    let seen = counts.iter().zip(mean).filter(|(count, _)| **count > 0);
    let rise =
        |start: f64, count: u32| libm::lgamma(start + f64::from(count)) - libm::lgamma(start);
    let labels: f64 = seen
        .map(|(&count, share)| rise(concentration * share, count))
        .sum();
    labels - rise(concentration, total)
}
