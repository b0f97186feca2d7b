use super::Passage;
use super::extract::{Extractor, Sink};
use super::term::Family;
use super::vectorizer::{Known, Vectorizer};
use super::weighting::Weighting;
use ndarray::ArrayView2;

/// Columns of weights, for the product of each with the vector of a passage.
///
/// The products are summed up while the terms are found: no vector is written down, and the
/// character n-grams of a word, most of all terms, are added as one sum that is kept with the
/// word, corrected where one of them is met again in the sentence.
#[derive(Debug)]
pub struct Projection {
    columns: usize,
    /// How many quartets a term has.
    width: usize,
    /// For each term the square of its rarity, then rarity times weight of each column.
    rows: Vec<Quartet<f32>>,
}

/// Four numbers, as many as fit an instruction.
type Quartet<T> = [T; 4];

/// What a thread needs to project passages.
pub struct Projector {
    extractor: Extractor,
    /// Sums over the character n-grams of each word of the extractor; `UNKNOWN` until it is met.
    words: Vec<Quartet<f64>>,
    counts: Stamped,
    /// Sums of the family at hand, and of all families at their lengths.
    family: Vec<Quartet<f64>>,
    total: Vec<Quartet<f64>>,
}

/// No square is negative.
const UNKNOWN: Quartet<f64> = [-1.0; 4];

impl Vectorizer {
    /// Prepares the products with the columns of some arrays (terms × columns), side by side. Terms
    /// that an array has no row for count for nothing.
    #[must_use]
    pub fn projection(&self, weights: &[ArrayView2<'_, f32>]) -> Projection {
        let columns: usize = weights.iter().map(ArrayView2::ncols).sum();
        let width = (1 + columns).div_ceil(4);
        let mut rows = vec![[0.0; 4]; width * self.terms()];
        for (term, row) in rows.chunks_exact_mut(width).enumerate() {
            let idf = self.idf()[term];
            let row = row.as_flattened_mut();
            row[0] = idf * idf;
            let weights = weights.iter().flat_map(|weights| {
                (0..weights.ncols()).map(move |column| weights.get((term, column)))
            });
            for (place, weight) in row[1..].iter_mut().zip(weights) {
                *place = idf * weight.copied().unwrap_or_default();
            }
        }
        Projection {
            columns,
            width,
            rows,
        }
    }

    /// What a thread needs for this projection, and for no other.
    #[must_use]
    pub fn projector(&self, projection: &Projection) -> Projector {
        Projector {
            extractor: Extractor::new(self.settings()),
            words: Vec::new(),
            counts: Stamped::new(self.terms()),
            family: vec![[0.0; 4]; projection.width],
            total: vec![[0.0; 4]; projection.width],
        }
    }

    /// The product of the passage's vector with each column; `None` if no term is known. The
    /// projector must be one made by this vectorizer for this projection.
    pub fn project<'p>(
        &self,
        passage: &Passage<'_>,
        projection: &Projection,
        projector: &'p mut Projector,
    ) -> Option<&'p [f64]> {
        if projector.extractor.make_room() {
            projector.words.clear();
        }
        projector.counts.wipe();
        projector.total.fill([0.0; 4]);
        let mut sums = Sums {
            projection,
            weighting: self.weighting(),
            at: Family::Word,
            known: false,
            words: &mut projector.words,
            counts: &mut projector.counts,
            family: &mut projector.family,
            total: &mut projector.total,
        };
        projector
            .extractor
            .extract(passage, &mut Known(self), &mut sums);
        sums.end_family();
        let known = sums.known;
        known.then(|| &projector.total.as_flattened()[1..=projection.columns])
    }
}

/// The sums of one passage as its terms are found.
struct Sums<'p> {
    projection: &'p Projection,
    weighting: &'p Weighting,
    at: Family,
    /// Whether any term was found.
    known: bool,
    words: &'p mut Vec<Quartet<f64>>,
    counts: &'p mut Stamped,
    family: &'p mut [Quartet<f64>],
    total: &'p mut [Quartet<f64>],
}

impl Sink for Sums<'_> {
    fn family(&mut self, family: Family) {
        self.end_family();
        self.at = family;
    }

    fn term(&mut self, term: u32) {
        match self.counts.add(term) {
            1 => add(self.family, self.projection.row(term)),
            count => self.add_again(term, count, 0.0),
        }
    }

    fn characters(&mut self, word: u32, terms: &[u32]) {
        let width = self.projection.width;
        let place = word as usize * width..(word as usize + 1) * width;
        if self.words.len() < place.end {
            self.words.resize(place.end, UNKNOWN);
        }
        let sums = &mut self.words[place];
        if sums[0] == UNKNOWN {
            sums.fill([0.0; 4]);
            for &term in terms {
                add(sums, self.projection.row(term));
            }
        }
        for (sum, &number) in self
            .family
            .as_flattened_mut()
            .iter_mut()
            .zip(sums.as_flattened())
        {
            *sum += number;
        }
        for &term in terms {
            let count = self.counts.add(term);
            if count > 1 {
                self.add_again(term, count, 1.0);
            }
        }
    }
}

impl Sums<'_> {
    /// Adds what one more occurrence of a term changes, less what is `counted` already.
    fn add_again(&mut self, term: u32, count: u16, counted: f64) {
        let now = self.weighting.damped(count);
        let before = self.weighting.damped(count - 1);
        let factor = now - before - counted;
        let square = now * now - before * before - counted;
        let row = self.projection.row(term);
        self.family[0][0] += (square - factor) * f64::from(row[0][0]);
        for (sum, row) in self.family.iter_mut().zip(row) {
            for (sum, &number) in sum.iter_mut().zip(row) {
                *sum += factor * f64::from(number);
            }
        }
    }

    /// Adds the sums of the family to the total, at the length of its vector.
    fn end_family(&mut self) {
        let squares = self.family[0][0];
        let scale = if squares > 0.0 {
            self.known = true;
            self.weighting.lengths[self.at as usize] / squares.sqrt()
        } else {
            0.0
        };
        let sums = self.family.as_flattened_mut().iter_mut();
        for (total, sum) in self.total.as_flattened_mut().iter_mut().zip(sums) {
            *total += scale * std::mem::take(sum);
        }
    }
}

impl Projection {
    fn row(&self, term: u32) -> &[Quartet<f32>] {
        &self.rows[term as usize * self.width..(term as usize + 1) * self.width]
    }
}

fn add(sums: &mut [Quartet<f64>], row: &[Quartet<f32>]) {
    for (sum, row) in sums.iter_mut().zip(row) {
        for (sum, &number) in sum.iter_mut().zip(row) {
            *sum += f64::from(number);
        }
    }
}

/// Counts of the terms of one sentence: its stamp in the high half, the count in the low, so that
/// nothing has to be wiped before the next one.
struct Stamped {
    counts: Vec<u32>,
    stamp: u32,
}

impl Stamped {
    fn new(terms: usize) -> Self {
        Self {
            counts: vec![0; terms],
            stamp: 0,
        }
    }

    fn wipe(&mut self) {
        self.stamp = self.stamp.wrapping_add(1 << 16);
        if self.stamp == 0 {
            self.counts.fill(0);
            self.stamp = 1 << 16;
        }
    }

    /// Counts a term once more; how often that makes.
    fn add(&mut self, term: u32) -> u16 {
        let count = &mut self.counts[term as usize];
        let before = count.saturating_sub(self.stamp) as u16;
        let now = before.saturating_add(1);
        *count = self.stamp | u32::from(now);
        now
    }
}
