use super::Passage;
use super::extract::Extractor;
use super::lexicon::Index;
use super::settings::Settings;
use super::term::{Family, TermHash};
use rustc_hash::FxHashMap;

/// The terms of a collection of sentences, counted once and weighted as often as folds are cut.
///
/// Terms are numbered by family and spelling, so the numbers do not depend on the order of rows.
#[derive(Debug)]
pub struct Counts {
    settings: Settings,
    terms: Vec<(Family, Box<str>)>,
    /// Where each row ends in `entries`.
    ends: Vec<usize>,
    /// Term and count, in order of first occurrence in the row.
    entries: Vec<(u32, u16)>,
}

impl Counts {
    /// Counts the terms of all passages.
    ///
    /// Terms that stand in one sentence only are most of all terms and are learned by no one with
    /// `minimum_sentences` above one; a first pass over the text keeps them out of memory.
    #[must_use]
    pub fn new(passages: &[Passage<'_>], settings: &Settings) -> Self {
        let mut growing = Growing::default();
        if settings.minimum_sentences > 1 {
            let mut sieve = Sieve::for_texts(passages.iter().map(|p| p.text.len()).sum());
            let mut extractor = Extractor::new(settings);
            for passage in passages {
                extractor.extract(passage, &mut sieve, &mut |_| {});
            }
            growing.sieve = Some(sieve);
        }
        let mut counts = Self {
            settings: settings.clone(),
            terms: Vec::new(),
            ends: Vec::new(),
            entries: Vec::new(),
        };
        let mut extractor = Extractor::new(settings);
        let mut tally = Tally::default();
        for passage in passages {
            extractor.extract(passage, &mut growing, &mut |term| tally.add(term));
            counts.entries.extend(tally.drain());
            counts.ends.push(counts.entries.len());
        }
        counts.renumber(growing.terms);
        counts
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.ends.len()
    }

    /// The settings the terms were made by.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// All terms, by family and spelling.
    pub(super) fn terms(&self) -> &[(Family, Box<str>)] {
        &self.terms
    }

    /// Terms and counts of a row.
    pub(super) fn row(&self, row: usize) -> &[(u32, u16)] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.entries[start..self.ends[row]]
    }

    fn renumber(&mut self, terms: Vec<(Family, Box<str>)>) {
        let mut order: Vec<u32> = (0..terms.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| terms[a as usize].cmp(&terms[b as usize]));
        let mut number = vec![0; terms.len()];
        for (new, &old) in order.iter().enumerate() {
            number[old as usize] = new as u32;
        }
        for (term, _) in &mut self.entries {
            *term = number[*term as usize];
        }
        let mut terms: Vec<_> = terms.into_iter().map(Some).collect();
        self.terms = order
            .iter()
            .filter_map(|&old| terms[old as usize].take())
            .collect();
    }
}

/// Counts the terms of one sentence.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// One more than a term's place in `found`; 0 for terms not met.
    places: Vec<u32>,
    found: Vec<(u32, u16)>,
}

impl Tally {
    pub fn add(&mut self, term: u32) {
        if self.places.len() <= term as usize {
            self.places.resize(term as usize + 1, 0);
        }
        let place = &mut self.places[term as usize];
        if *place == 0 {
            self.found.push((term, 1));
            *place = self.found.len() as u32;
        } else {
            let count = &mut self.found[*place as usize - 1].1;
            *count = count.saturating_add(1);
        }
    }

    /// Terms and counts in order of first occurrence; the tally is empty afterwards.
    pub fn drain(&mut self) -> impl Iterator<Item = (u32, u16)> + '_ {
        for &(term, _) in &self.found {
            self.places[term as usize] = 0;
        }
        self.found.drain(..)
    }
}

/// Numbers every term it is asked for, unless the sieve has seen it only once.
#[derive(Default)]
struct Growing {
    numbers: FxHashMap<u64, u32>,
    terms: Vec<(Family, Box<str>)>,
    sieve: Option<Sieve>,
}

impl Index for Growing {
    fn number(
        &mut self,
        family: Family,
        hash: TermHash,
        spell: impl FnOnce() -> String,
    ) -> Option<u32> {
        if let Some(&number) = self.numbers.get(&hash.0) {
            return Some(number);
        }
        if self
            .sieve
            .as_ref()
            .is_some_and(|sieve| sieve.once(family, hash))
        {
            return None;
        }
        let number = self.terms.len() as u32;
        self.numbers.insert(hash.0, number);
        self.terms.push((family, spell().into()));
        Some(number)
    }
}

/// Two rows of bits: whether a hash was met at all, and whether more than once. Two terms that
/// share a bit only let a rare term through to be counted exactly.
struct Sieve {
    met: Vec<u64>,
    again: Vec<u64>,
}

impl Sieve {
    /// Some sixteen bits for each byte of text, which has about one term to a byte.
    fn for_texts(bytes: usize) -> Self {
        let words = (bytes / 4).next_power_of_two().clamp(1 << 10, 1 << 25);
        Self {
            met: vec![0; words],
            again: vec![0; words],
        }
    }

    fn place(&self, hash: TermHash) -> (usize, u64) {
        let bit = hash.0 as usize & (self.met.len() * 64 - 1);
        (bit / 64, 1 << (bit % 64))
    }

    /// Whether the term stands in one place only. The lexicon asks for the characters of a word
    /// once however often it occurs, so nothing can be said of them.
    fn once(&self, family: Family, hash: TermHash) -> bool {
        let (word, bit) = self.place(hash);
        family != Family::Character && self.again[word] & bit == 0
    }
}

impl Index for Sieve {
    fn number(&mut self, _: Family, hash: TermHash, _: impl FnOnce() -> String) -> Option<u32> {
        let (word, bit) = self.place(hash);
        self.again[word] |= self.met[word] & bit;
        self.met[word] |= bit;
        Some(0)
    }
}
