use super::extract::Units;
use super::settings::NGrams;
use super::term::{Family, TermHash};
use super::vectorizer::Vectorizer;

/// Finds the n-grams of a run of words that a vocabulary knows.
///
/// It asks for all of one length before the next, and drops what is unknown without a branch: the
/// processor then waits for many places of memory at once, not for one after the other, and has
/// nothing to guess wrong.
#[derive(Default)]
pub(super) struct KnownNGrams {
    /// What each word adds to the hash of an n-gram.
    units: Vec<u64>,
    /// N-grams of the length at hand: the hash, and the word behind it.
    begun: Vec<(TermHash, u32)>,
}

impl KnownNGrams {
    /// Adds the terms to `found`, the shorter first, once per occurrence. As in training, what is
    /// longer than an unknown n-gram is unknown.
    pub fn find(
        &mut self,
        units: &Units<'_>,
        family: Family,
        lengths: NGrams,
        vectorizer: &Vectorizer,
        found: &mut Vec<u32>,
    ) {
        self.begin(units, family, (lengths.from == 1).then_some(&mut *found));
        for length in 2..=lengths.to {
            let wanted = length >= lengths.from;
            self.lengthen(|ngram| !wanted || vectorizer.may_know(ngram));
            if wanted {
                self.look_up(vectorizer, found);
            }
        }
    }

    /// The words alone; if those are to be found, only what is known.
    fn begin(&mut self, units: &Units<'_>, family: Family, mut found: Option<&mut Vec<u32>>) {
        let start = TermHash::of(family);
        self.units.clear();
        self.begun.clear();
        for at in 0..units.len() {
            let unit = units.hash(at);
            self.units.push(unit);
            if let Some(found) = &mut found {
                match units.alone(at, family) {
                    Some(term) => found.push(term),
                    None => continue,
                }
            }
            self.begun.push((start.then(unit), at as u32 + 1));
        }
    }

    /// One more word to each n-gram, if the outcome `may_be` known.
    fn lengthen(&mut self, may_be: impl Fn(TermHash) -> bool) {
        let words = self.units.len();
        self.begun.pop_if(|&mut (_, next)| next as usize == words);
        let mut kept = 0;
        for at in 0..self.begun.len() {
            let (ngram, next) = self.begun[at];
            let longer = ngram.then(self.units[next as usize]);
            self.begun[kept] = (longer, next + 1);
            kept += usize::from(may_be(longer));
        }
        self.begun.truncate(kept);
    }

    /// Keeps what is known.
    fn look_up(&mut self, vectorizer: &Vectorizer, found: &mut Vec<u32>) {
        let mut kept = 0;
        for at in 0..self.begun.len() {
            if let Some(term) = vectorizer.longer(self.begun[at].0) {
                found.push(term);
                self.begun[kept] = self.begun[at];
                kept += 1;
            }
        }
        self.begun.truncate(kept);
    }
}
