//! Labelled sentences from tables: what the model learns from and is measured on.
//!
//! A label is an index into its label set; a cell without a label is `None`, never a guess.
//! The order of the rows of a file does not matter: [`Labelled::sort`] puts documents in an order
//! that depends on their content alone.

mod columns;
mod order;
mod readings;

pub use columns::{Columns, ReadLabels};
pub(crate) use readings::READER;
pub use readings::{ReadReadings, ReadUnit, Readings};

use crate::codebook::LabelSet;
use crate::features::Passage;
use crate::voice::{self, Reading, Utterance};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Labelled sentences and the sets their labels come from.
#[derive(Debug, Clone, Default)]
pub struct Labelled {
    /// The label sets, in the order of [`LabelledSentence::labels`].
    pub sets: Vec<LabelSet>,
    /// The sentences, document by document.
    pub sentences: Vec<LabelledSentence>,
    /// Which rows follow one another: ranges that cover `sentences`, in order.
    pub documents: Vec<Range<usize>>,
    /// What is labelled, in a line for readers.
    pub title: String,
    /// Which columns were read.
    pub columns: Columns,
}

/// One row of a labels file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LabelledSentence {
    /// The sentence.
    pub text: String,
    /// One label for each set.
    pub labels: Vec<Option<usize>>,
    /// Rows of one group (an author, say) are never split between training and test.
    pub group: String,
    /// The paragraph within the document.
    pub paragraph: usize,
    /// Where it was read.
    pub file: String,
    /// The line it was read from.
    pub line: u64,
}

/// The same sentence with two labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The sentence as it stands first.
    pub text: String,
    /// Where it stands first and with which label.
    pub first: (String, u64, String),
    /// Where it stands with another label.
    pub second: (String, u64, String),
}

impl<'l> From<&'l Labelled> for Cow<'l, Labelled> {
    fn from(labelled: &'l Labelled) -> Self {
        Self::Borrowed(labelled)
    }
}

impl From<Labelled> for Cow<'_, Labelled> {
    fn from(labelled: Labelled) -> Self {
        Self::Owned(labelled)
    }
}

impl Labelled {
    /// The rows that have a label of the set, with it.
    #[must_use]
    pub fn with_label(&self, set: usize) -> (Vec<usize>, Vec<usize>) {
        self.sentences
            .iter()
            .enumerate()
            .filter_map(|(row, sentence)| Some((row, sentence.labels[set]?)))
            .unzip()
    }

    /// What the voice room reads in each sentence; empty readings unless a set asks for voices.
    #[must_use]
    pub fn readings(&self) -> Vec<Reading> {
        if !self.sets.iter().any(|set| set.own.is_some()) {
            return vec![Reading::default(); self.sentences.len()];
        }
        let utterances = |document: &Range<usize>| -> Vec<Utterance<'_>> {
            self.sentences[document.clone()]
                .iter()
                .map(|sentence| Utterance {
                    text: &sentence.text,
                    paragraph: sentence.paragraph,
                })
                .collect()
        };
        self.documents
            .iter()
            .flat_map(|document| voice::read(&utterances(document)))
            .collect()
    }

    /// Every sentence with its neighbours in its document.
    #[must_use]
    pub fn passages<'a>(&'a self, readings: &'a [Reading]) -> Vec<Passage<'a>> {
        self.documents
            .iter()
            .flat_map(|document| {
                document.clone().map(|row| Passage {
                    text: &self.sentences[row].text,
                    before: (row > document.start).then(|| &*self.sentences[row - 1].text),
                    after: (row + 1 < document.end).then(|| &*self.sentences[row + 1].text),
                    position: (document.len() > 1)
                        .then_some((row - document.start, document.len())),
                    cues: &readings[row].cues,
                })
            })
            .collect()
    }

    /// Drops what a row says and where it was read; labels and groups stay.
    pub fn forget_texts(&mut self) {
        for sentence in &mut self.sentences {
            sentence.text = String::new();
            sentence.file = String::new();
        }
    }

    /// How many rows each label of a set has.
    #[must_use]
    pub fn counts(&self, set: usize) -> Vec<usize> {
        let mut counts = vec![0; self.sets[set].labels.len()];
        for label in self.sentences.iter().filter_map(|s| s.labels[set]) {
            counts[label] += 1;
        }
        counts
    }

    /// The first sentence of each kind that stands twice with different labels of a set.
    #[must_use]
    pub fn contradictions(&self, set: usize) -> Vec<Contradiction> {
        let mut seen: BTreeMap<&str, &LabelledSentence> = BTreeMap::new();
        let mut found = Vec::new();
        let name = |label: usize| self.sets[set].labels[label].name.clone();
        for sentence in &self.sentences {
            let Some(label) = sentence.labels[set] else {
                continue;
            };
            let first = *seen.entry(&sentence.text).or_insert(sentence);
            match first.labels[set] {
                Some(other) if other != label => found.push(Contradiction {
                    text: sentence.text.clone(),
                    first: (first.file.clone(), first.line, name(other)),
                    second: (sentence.file.clone(), sentence.line, name(label)),
                }),
                _ => {}
            }
        }
        found
    }

    /// SHA-256 over sets, sentences, labels and groups, as lowercase hexadecimal digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        let mut add = |field: &str| {
            hash.update((field.len() as u64).to_le_bytes());
            hash.update(field);
        };
        for set in &self.sets {
            add(&set.name);
            set.names().for_each(&mut add);
        }
        for sentence in &self.sentences {
            add(&sentence.text);
            add(&sentence.group);
            for (set, label) in self.sets.iter().zip(&sentence.labels) {
                add(label.map_or("", |label| &set.labels[label].name));
            }
        }
        hash.finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}
