//! Cohen's kappa of two readers.

use super::Undefined;

/// The label of the first reader and that of the second.
pub(super) type Crossing = (usize, usize);

/// What two readers gave the units that both labelled, crossed.
pub(super) struct Crossed {
    units: u64,
    /// Units with this label from the first reader, from the second, and from both.
    labels: Vec<[u64; 3]>,
}

impl Crossed {
    /// From the crossings that occur, how often each does, and the number of labels.
    pub(super) fn new(keys: &[Crossing], counts: &[u64], k: usize) -> Self {
        let mut labels = vec![[0; 3]; k];
        for (&(a, b), &count) in keys.iter().zip(counts) {
            labels[a][0] += count;
            labels[b][1] += count;
            labels[a][2] += if a == b { count } else { 0 };
        }
        Self {
            units: counts.iter().sum(),
            labels,
        }
    }

    /// The share of units that both gave the same label.
    pub(super) fn same(&self) -> Option<f64> {
        let same: u64 = self.labels.iter().map(|[_, _, both]| both).sum();
        (self.units > 0).then(|| same as f64 / self.units as f64)
    }

    /// (observed − expected) / (1 − expected agreement): J. Cohen, "A coefficient of agreement for
    /// nominal scales", Educational and Psychological Measurement 20:1, 1960.
    pub(super) fn kappa(&self) -> Result<f64, Undefined> {
        let same = self.labels.iter().map(|[_, _, both]| both).sum();
        let by_chance = self.labels.iter().map(|&[a, b, _]| product(a, b)).sum();
        kappa(self.units, same, by_chance).ok_or(match self.units {
            0 => Undefined::NothingShared,
            _ => Undefined::OneLabel,
        })
    }

    /// The kappa of one label against the rest.
    pub(super) fn kappa_of(&self, label: usize) -> Result<f64, Undefined> {
        let n = self.units;
        let [a, b, both] = self.labels[label];
        let by_chance = product(a, b) + product(n - a, n - b);
        kappa(n, n + 2 * both - a - b, by_chance).ok_or(match (n, a) {
            (0, _) => Undefined::NothingShared,
            (_, 0) => Undefined::NeverGiven,
            _ => Undefined::AlwaysGiven,
        })
    }
}

fn product(a: u64, b: u64) -> u128 {
    u128::from(a) * u128::from(b)
}

/// Kappa of `n` units of which `same` agree and `by_chance` / n are expected to; `None` if all are.
fn kappa(n: u64, same: u64, by_chance: u128) -> Option<f64> {
    let disagreement = product(n, n).checked_sub(by_chance)?;
    let observed = product(n, n - same) as f64;
    (disagreement > 0).then(|| 1.0 - observed / disagreement as f64)
}
