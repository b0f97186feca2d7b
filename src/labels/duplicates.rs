//! The same sentence twice, or nearly.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::num::NonZeroU32;

/// Sentences that stand twice, as they are or with a word changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Duplicates {
    /// Rows with the same words in the same order, two or more together; the lists in the order of
    /// their first rows.
    pub same: Vec<Vec<usize>>,
    /// Sentences that are nearly the same, in the order of their rows.
    pub near: Vec<NearDuplicate>,
}

/// Two sentences that are nearly the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearDuplicate {
    /// The first rows with these words.
    pub rows: [usize; 2],
    /// What they share of their shingles, from [`NEAR`] to below 1.
    pub similarity: f64,
}

/// Sentences are nearly the same from this similarity on: in a sentence of a dozen words, one is
/// another.
pub const NEAR: f64 = NEAR_TENTHS as f64 / 10.0;

const NEAR_TENTHS: usize = 7;

/// A shingle that so many sentences have is followed to the last of them only: of a family larger
/// than that, sentences are found with some of the others.
const FOLLOWED: usize = 256;

/// The nearest that are kept of each sentence, for the same reason.
const KEPT: usize = 8;

impl Duplicates {
    /// Finds the sentences that share their words, whatever their case and punctuation, and those
    /// that share at least [`NEAR`] of their shingles (single words and pairs of neighbouring
    /// words): the Jaccard similarity of Broder, "On the resemblance and containment of documents",
    /// 1997. Which pairs to compare is found without loss by filtering on prefixes of rare shingles
    /// (Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", WWW 2007), so that time
    /// grows with what is alike rather than with the square of the rows. Sentences without a letter
    /// or digit are left out.
    ///
    /// ```
    /// use stance::labels::Duplicates;
    ///
    /// let found = Duplicates::of(&[
    ///     "The two governments will sign the treaty in the spring.",
    ///     "A deal is near.",
    ///     "The two governments will sign the treaty in the summer.",
    ///     "A deal is near!",
    /// ]);
    /// assert_eq!(found.same, [[1, 3]]);
    /// assert_eq!(found.near[0].rows, [0, 2]);
    /// ```
    #[must_use]
    pub fn of<T: AsRef<str>>(texts: &[T]) -> Self {
        let mut rows_of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (row, text) in texts.iter().enumerate() {
            let key = words(text.as_ref());
            if !key.is_empty() {
                rows_of.entry(key).or_default().push(row);
            }
        }
        let sentences: Vec<&str> = rows_of.keys().map(String::as_str).collect();
        let first: Vec<usize> = rows_of.values().map(|rows| rows[0]).collect();
        let mut near: Vec<NearDuplicate> = join(&shingle_sets(&sentences))
            .into_iter()
            .map(|(a, b, similarity)| NearDuplicate {
                rows: [first[a].min(first[b]), first[a].max(first[b])],
                similarity,
            })
            .collect();
        near.sort_by_key(|pair| pair.rows);
        let mut same: Vec<Vec<usize>> = rows_of.into_values().filter(|r| r.len() > 1).collect();
        same.sort();
        Self { same, near }
    }
}

/// The words of a sentence in small letters, one space between two.
pub(super) fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The shingles of each sentence as numbers, the rarest first.
fn shingle_sets(sentences: &[&str]) -> Vec<Vec<u32>> {
    let mut word_number: FxHashMap<&str, NonZeroU32> = FxHashMap::default();
    let mut shingle_number: FxHashMap<(u32, Option<NonZeroU32>), u32> = FxHashMap::default();
    let mut sentences_with: Vec<u32> = Vec::new();
    let mut sets: Vec<Vec<u32>> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let mut number = |word| {
            let next = NonZeroU32::MIN.saturating_add(word_number.len() as u32);
            *word_number.entry(word).or_insert(next)
        };
        let words: Vec<NonZeroU32> = sentence.split(' ').map(&mut number).collect();
        let single = words.iter().map(|word| (word.get(), None));
        let pairs = words.windows(2).map(|pair| (pair[0].get(), Some(pair[1])));
        let shingles = single.chain(pairs).map(|shingle| {
            let next = shingle_number.len() as u32;
            *shingle_number.entry(shingle).or_insert(next)
        });
        let mut set: Vec<u32> = shingles.collect();
        set.sort_unstable();
        set.dedup();
        sentences_with.resize(shingle_number.len(), 0);
        set.iter().for_each(|&s| sentences_with[s as usize] += 1);
        sets.push(set);
    }
    let mut by_rarity: Vec<u32> = (0..sentences_with.len() as u32).collect();
    by_rarity.sort_by_key(|&shingle| sentences_with[shingle as usize]);
    let mut rank = vec![0; by_rarity.len()];
    for (place, &shingle) in (0..).zip(&by_rarity) {
        rank[shingle as usize] = place;
    }
    for set in &mut sets {
        set.iter_mut().for_each(|s| *s = rank[*s as usize]);
        set.sort_unstable();
    }
    sets
}

/// The pairs of sets that are near to one another, with their similarity. Two sets that are near
/// share one of the first shingles of both, if all sets are in one order.
fn join(sets: &[Vec<u32>]) -> Vec<(usize, usize, f64)> {
    let mut by_size: Vec<usize> = (0..sets.len()).collect();
    by_size.sort_by_key(|&at| sets[at].len());
    let mut holders: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    let mut compared_with = vec![usize::MAX; sets.len()];
    let mut found = Vec::new();
    for at in by_size {
        let set = &sets[at];
        let shared = (NEAR_TENTHS * set.len()).div_ceil(10);
        let mut near: Vec<(usize, usize, f64)> = Vec::new();
        for &shingle in &set[..(set.len() + 1 - shared).min(set.len())] {
            let holders = holders.entry(shingle).or_default();
            for &other in holders.iter().rev().take(FOLLOWED) {
                let is_new = std::mem::replace(&mut compared_with[other], at) != at;
                if is_new && sets[other].len() >= shared {
                    near.extend(similarity(&sets[other], set).map(|s| (other, at, s)));
                }
            }
            holders.push(at);
        }
        near.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        near.truncate(KEPT);
        found.extend(near);
    }
    found
}

/// What two ascending sets share of all they hold, if that is enough.
fn similarity(a: &[u32], b: &[u32]) -> Option<f64> {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let order = a[i].cmp(&b[j]);
        shared += usize::from(order.is_eq());
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
    }
    let all = a.len() + b.len() - shared;
    (10 * shared >= NEAR_TENTHS * all).then(|| shared as f64 / all as f64)
}
