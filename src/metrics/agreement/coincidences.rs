//! Krippendorff's alpha from coincidences.

use super::{Level, Undefined};

/// A pair of labels that one unit was given, the lesser first, and how many labels it was given.
pub(super) type Coincidence = (usize, usize, usize);

/// The pairs of labels of a unit, and how often each occurs in it.
pub(super) fn of_unit(given: &[usize]) -> impl Iterator<Item = (Coincidence, u64)> {
    let pairs = given.iter().enumerate();
    pairs.flat_map(move |(at, &a)| {
        let others = given[at + 1..].iter();
        others.map(move |&b| ((given.len(), a.min(b), a.max(b)), 1))
    })
}

/// The coincidence matrix of Krippendorff (2011), below, without its mirrored half.
pub(super) struct Coincidences {
    /// Pairs of labels, the lesser first, and their weight: one pair of a unit with m labels weighs
    /// 1 / (m − 1), so that every label counts once.
    cells: Vec<(usize, usize, f64)>,
    /// How often each label was given, in units with two labels or more.
    margins: Vec<f64>,
}

impl Coincidences {
    /// From the coincidences that occur, how often each does, and the number of labels.
    pub(super) fn new(keys: &[Coincidence], counts: &[u64], k: usize) -> Self {
        let mut margins = vec![0.0; k];
        let mut cells = Vec::with_capacity(keys.len());
        for (&(given, a, b), &count) in keys.iter().zip(counts) {
            let weight = count as f64 / (given - 1) as f64;
            margins[a] += weight;
            margins[b] += weight;
            cells.push((a, b, weight));
        }
        Self { cells, margins }
    }

    fn sum(&self) -> f64 {
        self.margins.iter().sum()
    }

    /// 1 − observed / expected disagreement: K. Krippendorff, "Computing Krippendorff's
    /// alpha-reliability", University of Pennsylvania 2011.
    ///
    /// - `values`: what each label stands for on the interval level.
    pub(super) fn alpha(&self, level: Level, values: &[f64]) -> Result<f64, Undefined> {
        let n = self.sum();
        let (observed, expected) = match level {
            Level::Nominal => (
                self.observed(|_, _| 1.0),
                self.margins.iter().map(|&of| of * (n - of)).sum::<f64>() / 2.0,
            ),
            Level::Ordinal => self.by_distance(&self.middle_ranks()),
            Level::Interval => self.by_distance(values),
        };
        match self.margins.iter().filter(|&&of| of > 0.0).count() {
            0 => Err(Undefined::NothingShared),
            // Labels that stand for the same number are one label.
            _ if expected <= 0.0 => Err(Undefined::OneLabel),
            _ => Ok(1.0 - (n - 1.0) * observed / expected),
        }
    }

    /// The nominal alpha of one label against the rest.
    pub(super) fn alpha_of(&self, label: usize) -> Result<f64, Undefined> {
        let (n, of) = (self.sum(), self.margins[label]);
        let observed = self.observed(|a, b| f64::from(u8::from((a == label) != (b == label))));
        match (of > 0.0, n > of) {
            (false, false) => Err(Undefined::NothingShared),
            (false, true) => Err(Undefined::NeverGiven),
            (true, false) => Err(Undefined::AlwaysGiven),
            (true, true) => Ok(1.0 - (n - 1.0) * observed / (of * (n - of))),
        }
    }

    /// The disagreement observed: over the pairs that differ, the weight times the distance.
    fn observed(&self, distance: impl Fn(usize, usize) -> f64) -> f64 {
        let differ = self.cells.iter().filter(|(a, b, _)| a != b);
        differ.map(|&(a, b, weight)| weight * distance(a, b)).sum()
    }

    /// The disagreement observed and expected where the distance of two labels is the squared
    /// difference of their places. The sum over all pairs, Σ nₐ·n_b·(pₐ − p_b)², is n times the
    /// sum of squares about the mean.
    fn by_distance(&self, places: &[f64]) -> (f64, f64) {
        let square = |x: f64| x * x;
        let weighted = || self.margins.iter().zip(places);
        let n = self.sum();
        let mean = weighted().map(|(of, place)| of * place).sum::<f64>() / n;
        let spread: f64 = weighted()
            .map(|(of, place)| of * square(place - mean))
            .sum();
        let observed = self.observed(|a, b| square(places[a] - places[b]));
        (observed, n * spread)
    }

    /// The mean rank of each label. The ordinal distance of two labels, all labels between them
    /// and half of those at either end, squared, is the squared difference of these.
    fn middle_ranks(&self) -> Vec<f64> {
        let mut below = 0.0;
        let rank = |&of: &f64| {
            below += of;
            below - of / 2.0
        };
        self.margins.iter().map(rank).collect()
    }
}
