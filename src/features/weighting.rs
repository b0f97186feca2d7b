use super::settings::Settings;
use super::term::Family;
use crate::linear::{Entries, Row};

/// A sparse vector.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vector {
    pub(super) index: Vec<u32>,
    pub(super) value: Vec<f32>,
}

impl Vector {
    /// The vector as a row for the linear model.
    #[must_use]
    pub fn as_row(&self) -> Row<'_> {
        Row {
            index: &self.index,
            value: &self.value,
        }
    }

    /// Puts the terms in order of their numbers.
    pub(super) fn sort(&mut self) {
        let sorted = std::mem::take(self).into_entries();
        (self.index, self.value) = sorted.into_iter().unzip();
    }

    /// Terms and values in order of the terms.
    pub(super) fn into_entries(self) -> Entries {
        let mut entries: Entries = self.index.into_iter().zip(self.value).collect();
        entries.sort_unstable_by_key(|&(term, _)| term);
        entries
    }
}

/// Occurrences in one sentence beyond which nothing changes: what a byte holds, since training
/// keeps a count in one.
pub(super) const MOST_COUNTED: u16 = u8::MAX as u16;

/// From counts to values: `(1 + ln tf) · idf`, each family scaled to the length its weight says.
#[derive(Debug, Clone)]
pub(super) struct Weighting {
    /// Where each family ends among the terms.
    pub ends: [u32; Family::COUNT],
    /// The rarity of each term.
    pub idf: Vec<f32>,
    /// How long the vector of each family is.
    pub lengths: [f64; Family::COUNT],
    /// `1 + ln tf` of every count that matters.
    damped: [f64; MOST_COUNTED as usize + 1],
}

impl Weighting {
    pub fn new(settings: &Settings, ends: [u32; Family::COUNT], idf: Vec<f32>) -> Self {
        Self {
            ends,
            idf,
            lengths: Family::ALL.map(|family| length(settings, family)),
            damped: std::array::from_fn(|count| damped(count as u16)),
        }
    }

    pub fn family(&self, term: u32) -> usize {
        self.ends.partition_point(|&end| end <= term)
    }

    /// Weighs the counts of one sentence, family by family. Sums run in the order of the counts, so
    /// counts in the same order give the same bits in training and in use.
    pub fn weigh(&self, counts: impl Iterator<Item = (u32, u16)>, vector: &mut Vector) {
        self.scale(counts, |damped, idf| damped * idf, vector);
    }

    /// What [`Weighting::weigh`] makes of the same counts, divided by the rarities of the terms:
    /// few different values, one for each family and count.
    pub fn weigh_without_rarity(
        &self,
        counts: impl Iterator<Item = (u32, u16)>,
        vector: &mut Vector,
    ) {
        self.scale(counts, |damped, _| damped, vector);
    }

    /// Scales what is `kept` of damped count and rarity by the length of their products.
    fn scale(
        &self,
        counts: impl Iterator<Item = (u32, u16)>,
        kept: impl Fn(f64, f64) -> f64,
        vector: &mut Vector,
    ) {
        vector.index.clear();
        vector.value.clear();
        let mut counts = counts.peekable();
        for (end, length) in self.ends.into_iter().zip(self.lengths) {
            let first = vector.value.len();
            let mut squares = 0.0;
            while let Some((term, count)) = counts.next_if(|&(term, _)| term < end) {
                let (damped, idf) = (self.damped(count), f64::from(self.idf[term as usize]));
                let value = damped * idf;
                squares += value * value;
                vector.index.push(term);
                vector.value.push(kept(damped, idf) as f32);
            }
            if squares > 0.0 {
                let scale = (length / squares.sqrt()) as f32;
                vector.value[first..].iter_mut().for_each(|v| *v *= scale);
            }
        }
    }

    /// `1 + ln tf`, tf up to [`MOST_COUNTED`].
    pub fn damped(&self, count: u16) -> f64 {
        self.damped[usize::from(count.min(MOST_COUNTED))]
    }
}

/// `ln((1 + n) / (1 + df)) + 1`: as if one more sentence held every term, so that none weighs nothing.
pub(super) fn rarity(rows: usize, sentences: u32) -> f32 {
    (libm::log((1.0 + rows as f64) / (1.0 + f64::from(sentences))) + 1.0) as f32
}

fn damped(count: u16) -> f64 {
    1.0 + libm::log(f64::from(count))
}

fn length(settings: &Settings, family: Family) -> f64 {
    let weight = settings.ngrams(family).map(|ngrams| ngrams.weight);
    let structure = settings.structure.filter(|_| family == Family::Structure);
    weight.or(structure).unwrap_or(0.0)
}
