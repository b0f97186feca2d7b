use super::lexicon::Index;
use super::term::{Family, TermHash};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Two rows of bits: whether a hash was met at all, and whether more than once. Two terms that
/// share a bit only let a rare term through to be counted exactly.
///
/// All threads share them. Whoever comes to a bit second marks it, so that the bits at the end do
/// not depend on who that was.
pub(super) struct Sieve {
    met: Vec<AtomicU64>,
    again: Vec<AtomicU64>,
}

impl Sieve {
    /// Some sixteen bits for each byte of text, which has about one term to a byte.
    pub fn for_texts(bytes: usize) -> Self {
        let words = (bytes / 4).next_power_of_two().clamp(1 << 10, 1 << 25);
        let bits = || (0..words).map(|_| AtomicU64::new(0)).collect();
        Self {
            met: bits(),
            again: bits(),
        }
    }

    fn place(&self, hash: TermHash) -> (usize, u64) {
        let bit = hash.0 as usize & (self.met.len() * 64 - 1);
        (bit / 64, 1 << (bit % 64))
    }

    /// Whether the term stands in one place only. The lexicon asks for the characters of a word
    /// once however often it occurs, so nothing can be said of them.
    pub fn once(&self, family: Family, hash: TermHash) -> bool {
        let (word, bit) = self.place(hash);
        family != Family::Character && self.again[word].load(Relaxed) & bit == 0
    }
}

impl Index for &Sieve {
    fn number(
        &mut self,
        family: Family,
        hash: TermHash,
        _: impl FnOnce() -> String,
    ) -> Option<u32> {
        if family == Family::Character {
            return None;
        }
        let (word, bit) = self.place(hash);
        if self.again[word].load(Relaxed) & bit == 0
            && self.met[word].fetch_or(bit, Relaxed) & bit != 0
        {
            self.again[word].fetch_or(bit, Relaxed);
        }
        Some(0)
    }
}
