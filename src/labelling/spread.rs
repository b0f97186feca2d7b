use super::{Corpus, Order};
use rustc_hash::FxHashMap;

/// So many sentences are spread out; nobody labels more before a model knows better.
const SPREAD: usize = 5_000;
/// Words in more than one in so many sentences say nothing about what a sentence is like …
const COMMON: usize = 10;
/// … and more occurrences than this are not looked at, which bounds the work on any corpus.
const MOST_OCCURRENCES: usize = 2_000;

impl Order {
    /// Spread over the corpus: article by article in turn, each time the sentence of the article
    /// that is least like all taken before. This is farthest-first traversal (Gonzalez, "Clustering
    /// to minimize the maximum intercluster distance", Theoretical Computer Science 38, 1985; for
    /// choosing what to label, Sener and Savarese, "Active learning for convolutional neural
    /// networks: a core-set approach", ICLR 2018), with articles as strata, so that no odd article
    /// fills the queue. Likeness is the cosine of tf-idf vectors of words. What comes after the
    /// first 5,000 is in random order.
    #[must_use]
    pub fn spread(corpus: &Corpus) -> Self {
        let index = Index::new(corpus);
        let mut likeness = vec![0.0_f32; corpus.len()];
        let mut taken = vec![false; corpus.len()];
        let mut ids: Vec<u32> = Vec::new();
        let most = corpus.len().min(SPREAD);
        while ids.len() < most {
            let before = ids.len();
            for article in &corpus.articles {
                let free = article.sentences.clone().filter(|&at| !taken[at]);
                // The longest of equals: a heading or a "Yes." is unlike everything, too.
                let farthest = free.min_by(|&a, &b| {
                    let nearer = likeness[a].total_cmp(&likeness[b]);
                    nearer.then_with(|| index.rows[b].len().cmp(&index.rows[a].len()))
                });
                let Some(at) = farthest.filter(|_| ids.len() < most) else {
                    continue;
                };
                taken[at] = true;
                ids.push(at as u32);
                index.approach(at, &mut likeness);
            }
            if ids.len() == before {
                break;
            }
        }
        let rest = Self::audit(corpus.len());
        ids.extend(rest.ids().filter(|&id| !taken[id]).map(|id| id as u32));
        Self::new(ids, corpus.len())
    }
}

/// The words of every sentence, and the sentences of every word.
struct Index {
    rows: Vec<Vec<(u32, f32)>>,
    occurrences: Vec<Vec<(u32, f32)>>,
}

impl Index {
    fn new(corpus: &Corpus) -> Self {
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut frequency: Vec<usize> = Vec::new();
        let words: Vec<Vec<u32>> = corpus
            .sentences
            .iter()
            .map(|sentence| {
                let mut words: Vec<u32> = words_of(&sentence.text)
                    .map(|word| {
                        let next = numbers.len() as u32;
                        *numbers.entry(word).or_insert(next)
                    })
                    .collect();
                words.sort_unstable();
                words.dedup();
                frequency.resize(numbers.len(), 0);
                words.iter().for_each(|&word| frequency[word as usize] += 1);
                words
            })
            .collect();
        let n = corpus.len();
        let common = (n / COMMON).clamp(2, MOST_OCCURRENCES);
        let weigh = |word: u32| libm::logf(n as f32 / frequency[word as usize] as f32);
        let rows: Vec<Vec<(u32, f32)>> = words
            .into_iter()
            .map(|words| {
                let rare = words
                    .into_iter()
                    .filter(|&w| frequency[w as usize] <= common);
                unit_length(rare.map(|word| (word, weigh(word))).collect())
            })
            .collect();
        let mut occurrences = vec![Vec::new(); frequency.len()];
        for (at, row) in rows.iter().enumerate() {
            for &(word, weight) in row {
                occurrences[word as usize].push((at as u32, weight));
            }
        }
        Self { rows, occurrences }
    }

    /// Raises every sentence's likeness to the ones taken to its likeness to this one.
    fn approach(&self, taken: usize, likeness: &mut [f32]) {
        let mut cosines: FxHashMap<u32, f32> = FxHashMap::default();
        for &(word, weight) in &self.rows[taken] {
            for &(at, other) in &self.occurrences[word as usize] {
                *cosines.entry(at).or_default() += weight * other;
            }
        }
        for (at, cosine) in cosines {
            likeness[at as usize] = likeness[at as usize].max(cosine);
        }
    }
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

fn unit_length(mut row: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    let length: f32 = row.iter().map(|(_, weight)| weight * weight).sum();
    let length = length.sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
    row
}
