//! Labelled sentences from tables: what the model learns from and is measured on.
//!
//! A label is an index into its label set; a cell without a label is `None`, never a guess. Where
//! several annotators labelled a sentence, [`Annotated`] holds what each gave, and merges it.
//! The order of the rows of a file does not matter: [`Labelled::sort`] puts documents in an order
//! that depends on their content alone.

mod accuracy;
mod annotators;
mod columns;
mod duplicates;
mod order;
mod planned_rows;
mod readings;
mod sentences;
mod shelf;

pub use annotators::{Annotated, Merge, Merged, WeightedVote};
pub(crate) use columns::READER;
pub use columns::{Columns, ReadLabels};
pub use duplicates::{Duplicates, NEAR, NearDuplicate};
pub use readings::{ReadReadings, ReadUnit, Readings};
pub use shelf::{Shelf, Standing};

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
    /// Whose labels were merged, where several annotators labelled the same sentences.
    pub merged: Option<Merged>,
}

/// One row of a labels file, or several rows that were merged: one sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LabelledSentence {
    /// The sentence.
    pub text: String,
    /// One label for each set.
    pub labels: Vec<Option<usize>>,
    /// For each set the share of each of its labels in training, where one label does not say it
    /// all; empty where it does. No entry for a set is an empty one.
    pub shares: Vec<Vec<f32>>,
    /// Rows of one group (an author, say) are never split between training and test.
    pub group: String,
    /// The document it stands in, where a column names one.
    pub document: Option<String>,
    /// Its number within the document, where a column gives one.
    pub number: Option<u64>,
    /// The paragraph within the document.
    pub paragraph: usize,
    /// Where it was read.
    pub file: String,
    /// The line it was read from.
    pub line: u64,
}

impl LabelledSentence {
    /// Its words in small letters, without punctuation.
    #[must_use]
    pub fn words(&self) -> String {
        duplicates::words(&self.text)
    }

    /// What the row teaches of a set: its label with weight 1, or labels with their shares.
    pub fn weighted_labels(&self, set: usize) -> impl Iterator<Item = (usize, f32)> {
        let shares = self.shares.get(set).filter(|shares| !shares.is_empty());
        let only = self.labels[set].filter(|_| shares.is_none());
        let shares = shares.into_iter().flatten().copied().enumerate();
        let shares = shares.filter(|(_, share)| *share > 0.0);
        shares.chain(only.map(|label| (label, 1.0)))
    }
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

    /// How much each label of a set weighs in training: rows, and shares of rows.
    #[must_use]
    pub fn weights(&self, set: usize) -> Vec<f64> {
        let mut weights = vec![0.0; self.sets[set].labels.len()];
        for (label, weight) in self.sentences.iter().flat_map(|s| s.weighted_labels(set)) {
            weights[label] += f64::from(weight);
        }
        weights
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
            for shares in sentence.shares.iter().filter(|shares| !shares.is_empty()) {
                add(&format!("{shares:?}"));
            }
        }
        hash.finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}
