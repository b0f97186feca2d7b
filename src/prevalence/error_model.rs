//! How the classifier errs on authors it has not seen.

use serde::{Deserialize, Serialize};

/// Confusion counts of each group (author) of the training data, from predictions made by models
/// that had not seen the group. It travels in the model file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ErrorModel {
    /// `groups[group][truth][predicted]`: sentences.
    pub groups: Vec<Vec<Vec<u32>>>,
}

impl ErrorModel {
    /// Whether every group is a square of that many labels and some sentence is counted:
    /// without that, nothing can be corrected.
    #[must_use]
    pub fn fits(&self, labels: usize) -> bool {
        let square = |group: &Vec<Vec<u32>>| {
            group.len() == labels && group.iter().all(|row| row.len() == labels)
        };
        self.groups.iter().all(square) && self.groups.iter().flatten().flatten().any(|&n| n > 0)
    }

    /// The counts of all groups together, `[truth][predicted]`.
    #[must_use]
    pub fn pooled(&self) -> Vec<Vec<f64>> {
        let labels = self.groups.first().map_or(0, Vec::len);
        let mut pooled = vec![vec![0.0; labels]; labels];
        for group in &self.groups {
            for (sums, row) in pooled.iter_mut().zip(group) {
                for (sum, &count) in sums.iter_mut().zip(row) {
                    *sum += f64::from(count);
                }
            }
        }
        pooled
    }

    /// P(predicted | truth) over all groups, `[truth][predicted]`; every row sums to one.
    ///
    /// One sentence is added to each row, spread evenly over the labels (Perks 1947), so that a
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
