use super::Passage;
use super::extract::{Extractor, Sink, Units};
use super::known_ngrams::KnownNGrams;
use super::lexicon::{Index, Lexicon};
use super::settings::NGrams;
use super::term::Family;
use super::vectorizer::{Known, Vectorizer};
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
    ngrams: KnownNGrams,
    /// The terms of the family at hand, character n-grams excepted.
    terms: Vec<u32>,
    /// Sums over the character n-grams of each word of the extractor; `UNKNOWN` until it is met.
    words: Vec<Quartet<f64>>,
    counts: Counted,
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
            ngrams: KnownNGrams::default(),
            terms: Vec::new(),
            words: Vec::new(),
            counts: Counted {
                counts: vec![0; self.terms()],
                again: Vec::new(),
            },
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
        projector.total.fill([0.0; 4]);
        let mut sums = Sums {
            projection,
            vectorizer: self,
            at: Family::Word,
            known: false,
            ngrams: &mut projector.ngrams,
            terms: &mut projector.terms,
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
    vectorizer: &'p Vectorizer,
    at: Family,
    /// Whether any term was found.
    known: bool,
    ngrams: &'p mut KnownNGrams,
    terms: &'p mut Vec<u32>,
    words: &'p mut Vec<Quartet<f64>>,
    counts: &'p mut Counted,
    family: &'p mut [Quartet<f64>],
    total: &'p mut [Quartet<f64>],
}

impl Sink for Sums<'_> {
    fn family(&mut self, family: Family) {
        self.end_family();
        self.at = family;
    }

    fn term(&mut self, term: u32) {
        self.terms.push(term);
    }

    fn ngrams(&mut self, units: &Units<'_>, family: Family, lengths: NGrams, _: &mut impl Index) {
        self.ngrams
            .find(units, family, lengths, self.vectorizer, self.terms);
    }

    fn characters(&mut self, lexicon: &Lexicon, words: &[u32]) {
        for &word in words {
            let terms = lexicon.characters(word);
            self.add_word(word, terms);
            self.counts.add(terms);
        }
        self.damp();
        for &word in words {
            self.counts.wipe(lexicon.characters(word));
        }
    }
}

impl Sums<'_> {
    /// Adds the sums over the character n-grams of a word as if it met each for the first time.
    fn add_word(&mut self, word: u32, terms: &[u32]) {
        let width = self.projection.width;
        let place = word as usize * width..(word as usize + 1) * width;
        if self.words.len() < place.end {
            self.words.resize(place.end, UNKNOWN);
        }
        let sums = &mut self.words[place];
        if sums[0] == UNKNOWN {
            sums.fill([0.0; 4]);
            self.projection.add(terms, sums);
        }
        let sums = sums.as_flattened().iter();
        for (sum, number) in self.family.as_flattened_mut().iter_mut().zip(sums) {
            *sum += number;
        }
    }

    /// What was added for a term that was met again, as if for the first time, is corrected to what
    /// one more occurrence changes.
    fn damp(&mut self) {
        let weighting = self.vectorizer.weighting();
        for (term, before) in self.counts.again.drain(..) {
            let before = u16::from(before);
            let now = weighting.damped(before + 1);
            let before = weighting.damped(before);
            let factor = now - before - 1.0;
            let square = now * now - before * before - 1.0;
            let row = self.projection.row(term);
            self.family[0][0] += (square - factor) * f64::from(row[0][0]);
            for (sum, row) in self.family.iter_mut().zip(row) {
                for (sum, &number) in sum.iter_mut().zip(row) {
                    *sum += factor * f64::from(number);
                }
            }
        }
    }

    /// Adds the terms that were found since the family began.
    fn add_terms(&mut self) {
        self.projection.add(self.terms, self.family);
        self.counts.add(self.terms);
        self.damp();
        self.counts.wipe(self.terms);
        self.terms.clear();
    }

    /// Adds the sums of the family to the total, at the length of its vector.
    fn end_family(&mut self) {
        self.add_terms();
        let squares = self.family[0][0];
        let scale = if squares > 0.0 {
            self.known = true;
            self.vectorizer.weighting().lengths[self.at as usize] / squares.sqrt()
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

    /// Adds up the rows of the terms.
    fn add(&self, terms: &[u32], sums: &mut [Quartet<f64>]) {
        match self.width {
            1 => self.add_narrow::<1>(terms, sums),
            2 => self.add_narrow::<2>(terms, sums),
            _ => {
                for &term in terms {
                    add(sums, self.row(term));
                }
            }
        }
    }

    /// A width known when compiling keeps the sums in registers.
    fn add_narrow<const WIDTH: usize>(&self, terms: &[u32], sums: &mut [Quartet<f64>]) {
        let (rows, _) = self.rows.as_chunks::<WIDTH>();
        let mut added = [[0.0; 4]; WIDTH];
        for &term in terms {
            add(&mut added, &rows[term as usize]);
        }
        for (sum, added) in sums.as_flattened_mut().iter_mut().zip(added.as_flattened()) {
            *sum += added;
        }
    }
}

#[inline(always)]
fn add(sums: &mut [Quartet<f64>], row: &[Quartet<f32>]) {
    for (sum, row) in sums.iter_mut().zip(row) {
        for (sum, &number) in sum.iter_mut().zip(row) {
            *sum += f64::from(number);
        }
    }
}

/// Counts the terms of one family.
struct Counted {
    /// How often each term was met: zero between families. A byte each, so that the terms of text,
    /// most of which are among a few thousand, stay in the nearest caches.
    counts: Vec<u8>,
    /// Terms met again, and how often they had been met before.
    again: Vec<(u32, u8)>,
}

impl Counted {
    /// Many terms are met again and nobody can guess which, so there is no branch.
    fn add(&mut self, terms: &[u32]) {
        let mut noted = self.again.len();
        self.again.resize(noted + terms.len(), (0, 0));
        let (counts, again) = (&mut self.counts[..], &mut self.again[..]);
        for &term in terms {
            let count = &mut counts[term as usize];
            again[noted] = (term, *count);
            noted += usize::from(*count > 0);
            *count = count.saturating_add(1);
        }
        self.again.truncate(noted);
    }

    fn wipe(&mut self, terms: &[u32]) {
        for &term in terms {
            self.counts[term as usize] = 0;
        }
    }
}
