use super::Corpus;
use crate::metrics::SplitMix64;
use crate::tagger::Tags;
use serde::{Deserialize, Serialize};

/// In which order sentences are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Queue {
    /// As they stand.
    Reading,
    /// Those first that the model is least sure of.
    Uncertain,
    /// Spread over the corpus.
    Diverse,
    /// At random, the same for everybody.
    Audit,
    /// Those that readers disagree on.
    Disagreements,
}

impl Queue {
    /// What the queue is called in the API.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Uncertain => "uncertain",
            Self::Diverse => "diverse",
            Self::Audit => "audit",
            Self::Disagreements => "disagreements",
        }
    }

    /// What the queue is called for readers, and what it is good for.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Reading => (
                "Reading order",
                "as the sentences stand, article by article",
            ),
            Self::Uncertain => (
                "Most uncertain",
                "what the model is least sure of first: teaches it most; no sample of the corpus",
            ),
            Self::Diverse => (
                "Spread over the corpus",
                "from every article in turn what is least like the ones before: a start for a new question",
            ),
            Self::Audit => (
                "Random audit",
                "drawn at random, the same for every annotator: for honest shares and agreement",
            ),
            Self::Disagreements => ("Disagreements", "what the readers do not agree on"),
        }
    }
}

/// The sentences of a queue, first to last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    ids: Vec<u32>,
    /// Where each sentence stands in the queue; `u32::MAX` for one that is not in it.
    rank: Vec<u32>,
}

impl Order {
    /// A queue of some or all of `total` sentences.
    #[must_use]
    pub fn new(ids: Vec<u32>, total: usize) -> Self {
        let mut rank = vec![u32::MAX; total];
        for (at, &id) in ids.iter().enumerate() {
            rank[id as usize] = at as u32;
        }
        Self { ids, rank }
    }

    /// The order in which the sentences stand.
    #[must_use]
    pub fn reading(total: usize) -> Self {
        Self::new((0..total as u32).collect(), total)
    }

    /// A shuffle (Fisher and Yates, by Durstenfeld's algorithm) whose seed is fixed, so that all
    /// annotators get the same sample and a longer one begins with the shorter.
    #[must_use]
    pub fn audit(total: usize) -> Self {
        let mut ids: Vec<u32> = (0..total as u32).collect();
        let mut random = SplitMix64::new(SEED);
        for at in 0..total {
            ids.swap(at, at + random.below(total - at));
        }
        Self::new(ids, total)
    }

    /// Least confidence first (Lewis and Gale, "A sequential algorithm for training text
    /// classifiers", SIGIR 1994): how far the likeliest label is from certain, relative to knowing
    /// nothing, so that sets of two and of five labels weigh alike, on average over the label sets.
    #[must_use]
    pub fn uncertain(tags: &[Tags]) -> Self {
        let uncertainty: Vec<f64> = tags.iter().map(uncertainty).collect();
        let mut ids: Vec<u32> = (0..tags.len() as u32).collect();
        ids.sort_by(|&a, &b| uncertainty[b as usize].total_cmp(&uncertainty[a as usize]));
        Self::new(ids, tags.len())
    }

    /// How many sentences the queue has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether the queue has no sentence.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The sentences, first to last.
    pub fn ids(&self) -> impl Iterator<Item = usize> {
        self.ids.iter().map(|&id| id as usize)
    }

    /// The first sentence that is wanted after `after`, or else from the beginning.
    #[must_use]
    pub fn next(&self, after: Option<usize>, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let rank = after.and_then(|id| self.rank.get(id).copied());
        let start = match rank {
            Some(rank) if (rank as usize) < self.ids.len() => rank as usize + 1,
            _ => 0,
        };
        let (before, from) = self.ids.split_at(start);
        let mut round = from.iter().chain(before).map(|&id| id as usize);
        round.find(|&id| Some(id) != after && wanted(id))
    }
}

const SEED: u64 = 0x5eed_0007;

fn uncertainty(tags: &Tags) -> f64 {
    let of_set = |probabilities: &[f64]| {
        let most = probabilities.iter().copied().fold(0.0, f64::max);
        let labels = probabilities.len() as f64;
        (1.0 - most) / (1.0 - 1.0 / labels).max(f64::MIN_POSITIVE)
    };
    let sets = tags.tags.iter().map(|tag| of_set(&tag.probabilities));
    sets.sum::<f64>() / tags.tags.len().max(1) as f64
}

impl Corpus {
    /// How many sentences there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Whether there is no sentence.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }
}
