//! From a sentence and its neighbours to a sparse vector; the same function for training and use.
//!
//! A sentence becomes counts of *terms* in several *families* (words, characters, neighbours …).
//! Counts are damped, weighted by rarity and scaled to length one family by family:
//! `(1 + ln tf) · idf`, `idf = ln((1 + n) / (1 + df)) + 1` (Salton & Buckley 1988, "ltc").
//! `features` has never heard of labels or authors, and the vector of a sentence depends on
//! nothing but the sentence, its neighbours and the fitted vocabulary.

mod counts;
mod dictionary;
mod extract;
mod fitted;
mod known_ngrams;
mod lexicon;
mod packed;
mod projection;
mod settings;
mod sieve;
mod table;
mod term;
mod token;
mod trie;
mod vectorizer;
mod vocabulary;
mod weighting;

pub use counts::Counts;
pub use dictionary::Dictionary;
pub use fitted::Fitted;
pub use projection::{Projection, Projector};
pub use settings::{NGrams, Settings};
pub use term::Family;
pub use token::{Token, tokens};
pub use vectorizer::{Vectorizer, Workspace};
pub use weighting::Vector;

/// A sentence and what surrounds it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Passage<'t> {
    /// The sentence.
    pub text: &'t str,
    /// The sentence before it, if it is known.
    pub before: Option<&'t str>,
    /// The sentence after it, if it is known.
    pub after: Option<&'t str>,
    /// How many sentences stand before it and how many there are, if that is known.
    pub position: Option<(usize, usize)>,
    /// What the voice room saw in the sentence.
    pub cues: &'t [&'static str],
}

impl<'t> Passage<'t> {
    /// A sentence that stands alone.
    #[must_use]
    pub fn alone(text: &'t str) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// The sentences of one text in order, each with its neighbours and position.
    #[must_use]
    pub fn sequence(sentences: &[&'t str]) -> Vec<Self> {
        let sentence = |(at, text): (usize, &&'t str)| Self {
            text,
            before: at.checked_sub(1).map(|before| sentences[before]),
            after: sentences.get(at + 1).copied(),
            position: Some((at, sentences.len())),
            cues: &[],
        };
        sentences.iter().enumerate().map(sentence).collect()
    }
}
