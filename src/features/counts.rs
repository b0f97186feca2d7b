use super::Passage;
use super::extract::Extractor;
use super::lexicon::Index;
use super::packed::Packed;
use super::settings::Settings;
use super::sieve::Sieve;
use super::term::{Family, TermHash};
use super::vocabulary::{Growing, Terms};
use super::weighting::MOST_COUNTED;
use rayon::prelude::*;

/// The terms of a collection of sentences, counted once and weighted as often as folds are cut.
///
/// Terms are numbered by how many rows have them, by family and by spelling, so the numbers do not
/// depend on the order of rows.
#[derive(Debug)]
pub struct Counts {
    settings: Settings,
    terms: Terms,
    /// How many rows a chunk has, the last one excepted.
    size: usize,
    chunks: Vec<Packed>,
}

/// Rows are cut into so many chunks, if they are enough for that: every chunk meets most words
/// anew, and its terms are held twice until they have been gathered.
const CHUNKS: usize = 64;
/// Fewer rows than this are not worth a chunk of their own.
const SMALLEST: usize = 1 << 10;
/// Chunks that are counted at the same time, whatever the number of threads.
const WAVE: usize = 8;

impl Counts {
    /// Counts the terms of all passages.
    ///
    /// Terms that stand in one sentence only are most of all terms and are learned by no one with
    /// `minimum_sentences` above one; a first pass over the text keeps them out of memory.
    #[must_use]
    pub fn new(passages: &[Passage<'_>], settings: &Settings) -> Self {
        let size = passages.len().div_ceil(CHUNKS).max(SMALLEST);
        let sieve = (settings.minimum_sentences > 1).then(|| {
            let sieve = Sieve::for_texts(passages.iter().map(|p| p.text.len()).sum());
            passages.par_chunks(size).for_each(|passages| {
                let mut extractor = Extractor::new(settings);
                for passage in passages {
                    extractor.extract(passage, &mut &sieve, &mut |_| {});
                }
            });
            sieve
        });
        let mut gathered = Growing::default();
        let mut chunks = Vec::new();
        for wave in passages.chunks(size * WAVE) {
            let counted: Vec<_> = wave
                .par_chunks(size)
                .map(|passages| count(passages, settings, sieve.as_ref()))
                .collect();
            for (chunk, terms, rows) in counted {
                chunks.push((chunk, gathered.gather(&terms, &rows)));
            }
        }
        let (terms, numbers) = gathered.into_terms();
        let chunks = chunks.into_par_iter().map(|(chunk, gathered)| {
            chunk.renumbered(|term| numbers[gathered[term as usize] as usize])
        });
        Self {
            settings: settings.clone(),
            terms,
            size,
            chunks: chunks.collect(),
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.chunks.iter().map(Packed::rows).sum()
    }

    /// The settings the terms were made by.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// All terms by number.
    pub(super) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Terms and counts of a row.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = (u32, u16)> + Clone {
        let entries = self.chunks[row / self.size].row(row % self.size);
        entries.map(|(term, count)| (term, u16::from(count)))
    }
}

/// Counts the terms of some passages by numbers of their own, and in how many rows each stands.
fn count(
    passages: &[Passage<'_>],
    settings: &Settings,
    sieve: Option<&Sieve>,
) -> (Packed, Growing, Vec<u32>) {
    let mut extractor = Extractor::new(settings);
    let mut tally = Tally::default();
    let mut chunk = Packed::default();
    let mut rows = Vec::new();
    let mut sifted = Sifted {
        growing: Growing::default(),
        sieve,
    };
    for passage in passages {
        extractor.extract(passage, &mut sifted, &mut |term| tally.add(term));
        rows.resize(sifted.growing.len(), 0);
        chunk.push(tally.drain().map(|(term, count)| {
            rows[term as usize] += 1;
            (term, count.min(MOST_COUNTED) as u8)
        }));
    }
    chunk.shrink();
    (chunk, sifted.growing, rows)
}

/// Numbers every term it is asked for, unless the sieve has seen it only once.
struct Sifted<'s> {
    growing: Growing,
    sieve: Option<&'s Sieve>,
}

impl Index for Sifted<'_> {
    fn number(
        &mut self,
        family: Family,
        hash: TermHash,
        spell: impl FnOnce() -> String,
    ) -> Option<u32> {
        let rare = || self.sieve.is_some_and(|sieve| sieve.once(family, hash));
        match self.growing.get(hash) {
            None if rare() => None,
            None => Some(self.growing.add(family, hash, &spell())),
            known => known,
        }
    }
}

/// Counts the terms of one sentence.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// A term's place in `found`, if it stands there; anything for terms not met, so that nothing
    /// has to be wiped after a sentence.
    places: Vec<u32>,
    found: Vec<(u32, u16)>,
}

impl Tally {
    pub fn add(&mut self, term: u32) {
        if self.places.len() <= term as usize {
            self.places.resize(term as usize + 1, 0);
        }
        let place = &mut self.places[term as usize];
        match self.found.get_mut(*place as usize) {
            Some((known, count)) if *known == term => *count = count.saturating_add(1),
            _ => {
                *place = self.found.len() as u32;
                self.found.push((term, 1));
            }
        }
    }

    /// Terms and counts in order of first occurrence; the tally is empty afterwards.
    pub fn drain(&mut self) -> impl Iterator<Item = (u32, u16)> + '_ {
        self.found.drain(..)
    }
}
