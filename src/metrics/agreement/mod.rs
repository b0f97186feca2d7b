//! How far readers (annotators, coders) agree who label the same units.

mod coincidences;
mod kappa;
mod tally;

use super::bootstrap::Interval;
use super::groups::Groups;
use coincidences::{Coincidence, Coincidences, of_unit};
use kappa::{Crossed, Crossing};
use serde::Serialize;
use tally::Tally;

/// What the distance between two labels means (Stevens's levels of measurement).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Two labels are the same or not.
    Nominal,
    /// The further apart in order, the worse; distances in ranks.
    Ordinal,
    /// Labels are numbers; distances are differences.
    Interval,
}

/// Why a coefficient of agreement cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undefined {
    /// No unit has labels of two readers.
    NothingShared,
    /// Only one label was ever given: nothing could have disagreed by chance.
    OneLabel,
    /// Nobody gave this label.
    NeverGiven,
    /// Nobody gave another label than this.
    AlwaysGiven,
}

/// A coefficient of agreement: 1 where readers always agree, 0 where they agree as often as chance
/// would have it, below 0 where they agree less.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Coefficient {
    /// The coefficient and its 95 % interval; no interval with fewer than two groups.
    #[serde(flatten)]
    pub interval: Interval,
    /// Why there is no value; `None` if there is one.
    pub undefined: Option<Undefined>,
}

impl Coefficient {
    fn new<C>(
        total: &C,
        replicates: &[C],
        groups: usize,
        figure: impl Fn(&C) -> Result<f64, Undefined>,
    ) -> Self {
        let value = figure(total);
        let drawn = replicates.iter().map(|replicate| figure(replicate).ok());
        Self {
            interval: Interval::percentile(value.ok(), groups, drawn),
            undefined: value.err(),
        }
    }
}

/// What readers gave each unit.
#[derive(Debug, Clone, Copy)]
pub struct Ratings<'a, G> {
    /// One label a reader, `None` where it gave none; `units[u][r]` is a label below `k`.
    pub units: &'a [Vec<Option<usize>>],
    /// One key a unit (its article, say): what is resampled as a whole.
    pub groups: &'a [G],
    /// The number of labels.
    pub k: usize,
    /// For labels that stand in ascending order, what each stands for as a number.
    pub values: Option<&'a [f64]>,
}

/// The agreement of all readers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// Units with two labels or more.
    pub units: u64,
    /// Units with one label, which say nothing of agreement.
    pub single: u64,
    /// Units without a label.
    pub unlabelled: u64,
    /// Groups the intervals are resampled over.
    pub groups: u64,
    /// Krippendorff's alpha: nominal, and for labels in order ordinal and interval, too.
    pub alpha: Vec<(Level, Coefficient)>,
    /// Each label against the rest.
    pub labels: Vec<LabelAgreement>,
}

/// The agreement of all readers on one label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LabelAgreement {
    /// How often it was given, in units with two labels or more.
    pub given: u64,
    /// Nominal alpha of the label against the rest.
    pub alpha: Coefficient,
}

/// The agreement of two readers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairAgreement {
    /// The number of the first reader.
    pub a: usize,
    /// The number of the second.
    pub b: usize,
    /// Units that both labelled.
    pub units: u64,
    /// The share of them with the same label.
    pub same: Interval,
    /// Cohen's kappa, unweighted.
    pub kappa: Coefficient,
    /// Krippendorff's alpha: ordinal where labels have an order, else nominal.
    pub alpha: Coefficient,
    /// Kappa of each label against the rest.
    pub labels: Vec<Coefficient>,
}

impl<G: Ord> Ratings<'_, G> {
    /// What the labels stand for, if that is known of all.
    fn values(&self) -> Option<&[f64]> {
        self.values.filter(|values| values.len() == self.k)
    }

    /// The levels that these labels have.
    fn levels(&self) -> &'static [Level] {
        match self.values() {
            None => &[Level::Nominal],
            Some(_) => &[Level::Nominal, Level::Ordinal, Level::Interval],
        }
    }

    /// Krippendorff's alpha of all readers, and of each label against the rest. Any number of
    /// readers may have labelled a unit; one with fewer than two labels is left out.
    ///
    /// ```
    /// use stance::metrics::Ratings;
    ///
    /// let units = [vec![Some(0), Some(0)], vec![Some(1), Some(0)], vec![Some(1), Some(1)]];
    /// let ratings = Ratings { units: &units, groups: &["x", "x", "y"], k: 2, values: None };
    /// let alpha = ratings.agreement().alpha[0].1;
    /// assert!((alpha.interval.value.unwrap() - 4.0 / 9.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn agreement(&self) -> Agreement {
        let given: Vec<Vec<usize>> = self.units.iter().map(|unit| self.given(unit)).collect();
        let shared = || {
            given
                .iter()
                .zip(self.groups)
                .filter(|(unit, _)| unit.len() > 1)
        };
        let groups = Groups::new(&shared().map(|(_, group)| group).collect::<Vec<_>>());
        let units: Vec<&Vec<usize>> = shared().map(|(unit, _)| unit).collect();
        let entries = units.iter().enumerate();
        let entries = entries.flat_map(|(row, unit)| of_unit(unit).map(move |(c, n)| (row, c, n)));
        let tally: Tally<Coincidence> = Tally::new(&groups, entries);
        let at = |counts: &Vec<u64>| Coincidences::new(&tally.keys, counts, self.k);
        let total = at(&tally.total());
        let replicates: Vec<Coincidences> = tally.replicates().iter().map(at).collect();
        let alpha = |&level: &Level| {
            let figure = |c: &Coincidences| c.alpha(level, self.values().unwrap_or_default());
            let coefficient = Coefficient::new(&total, &replicates, groups.count, figure);
            (level, coefficient)
        };
        let label = |label: usize| {
            let bearing = tally.bearing(|&(_, a, b)| a == label || b == label);
            let figure = |c: &Coincidences| c.alpha_of(label);
            LabelAgreement {
                given: units
                    .iter()
                    .flat_map(|unit| unit.iter())
                    .filter(|&&l| l == label)
                    .count() as u64,
                alpha: Coefficient::new(&total, &replicates, bearing, figure),
            }
        };
        let of_length = |length: usize| given.iter().filter(|unit| unit.len() == length).count();
        Agreement {
            units: units.len() as u64,
            single: of_length(1) as u64,
            unlabelled: of_length(0) as u64,
            groups: groups.count as u64,
            alpha: self.levels().iter().map(alpha).collect(),
            labels: (0..self.k).map(label).collect(),
        }
    }

    fn given(&self, unit: &[Option<usize>]) -> Vec<usize> {
        unit.iter()
            .flatten()
            .copied()
            .filter(|&label| label < self.k)
            .collect()
    }

    /// Every two readers who share units.
    #[must_use]
    pub fn pairs(&self) -> Vec<PairAgreement> {
        let readers = self.units.iter().map(Vec::len).max().unwrap_or(0);
        let pairs = (0..readers).flat_map(|a| (a + 1..readers).map(move |b| (a, b)));
        pairs.filter_map(|(a, b)| self.pair(a, b)).collect()
    }

    /// The agreement of two readers; `None` if they share no unit.
    fn pair(&self, a: usize, b: usize) -> Option<PairAgreement> {
        let label = |unit: &Vec<Option<usize>>, reader: usize| {
            unit.get(reader)
                .copied()
                .flatten()
                .filter(|&label| label < self.k)
        };
        let (crossings, groups): (Vec<Crossing>, Vec<&G>) = self
            .units
            .iter()
            .zip(self.groups)
            .filter_map(|(unit, group)| Some(((label(unit, a)?, label(unit, b)?), group)))
            .unzip();
        if crossings.is_empty() {
            return None;
        }
        let groups = Groups::new(&groups);
        let entries = crossings.iter().enumerate();
        let tally = Tally::new(&groups, entries.map(|(row, &crossing)| (row, crossing, 1)));
        let (counts, drawn) = (tally.total(), tally.replicates());
        let at = |counts: &Vec<u64>| Crossed::new(&tally.keys, counts, self.k);
        let (total, replicates) = (at(&counts), drawn.iter().map(at).collect::<Vec<_>>());
        let kappa_of = |label: usize| {
            let bearing = tally.bearing(|&(a, b)| a == label || b == label);
            Coefficient::new(&total, &replicates, bearing, |c| c.kappa_of(label))
        };
        Some(PairAgreement {
            a,
            b,
            units: crossings.len() as u64,
            same: Interval::percentile(
                total.same(),
                groups.count,
                replicates.iter().map(Crossed::same),
            ),
            kappa: Coefficient::new(&total, &replicates, groups.count, Crossed::kappa),
            alpha: self.alpha_of_pair(&tally, &counts, &drawn, groups.count),
            labels: (0..self.k).map(kappa_of).collect(),
        })
    }

    fn alpha_of_pair(
        &self,
        tally: &Tally<Crossing>,
        counts: &[u64],
        drawn: &[Vec<u64>],
        groups: usize,
    ) -> Coefficient {
        let unordered = |&(a, b): &Crossing| (2, a.min(b), a.max(b));
        let keys: Vec<Coincidence> = tally.keys.iter().map(unordered).collect();
        let at = |counts: &[u64]| Coincidences::new(&keys, counts, self.k);
        let replicates: Vec<Coincidences> = drawn.iter().map(|counts| at(counts)).collect();
        let values = self.values().unwrap_or_default();
        let level = if self.values().is_some() {
            Level::Ordinal
        } else {
            Level::Nominal
        };
        Coefficient::new(&at(counts), &replicates, groups, |c| c.alpha(level, values))
    }
}
