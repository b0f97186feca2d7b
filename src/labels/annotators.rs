//! One sentence labelled by several annotators, and how their labels become one.

use super::accuracy::{accuracies, posterior};
use super::{Labelled, LabelledSentence};
use crate::codebook::LabelSet;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// How the labels that several annotators gave a sentence become one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Merge {
    /// The label most of them gave; a tie is no label.
    #[default]
    Majority,
    /// Every label with its share, annotators counting by how far they agree with the others; the
    /// likeliest is the label the row is measured by, and a tie is none.
    Soft,
}

impl fmt::Display for Merge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Majority => "majority",
            Self::Soft => "soft labels weighted by agreement",
        })
    }
}

/// Whose labels were merged, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// How many annotators there are.
    pub annotators: usize,
    /// Sentences that two of them labelled, or more.
    pub shared: usize,
    /// How their labels became one.
    pub way: Merge,
}

impl fmt::Display for Merged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            annotators,
            shared,
            way,
        } = self;
        write!(
            f,
            "{annotators} annotators, {shared} sentences labelled by two or more; merged by {way}"
        )
    }
}

/// Labels as annotators gave them: rows of one sentence belong together, but are not merged yet.
#[derive(Debug, Clone, Default)]
pub struct Annotated {
    /// The names of the annotators, in order; none where no column names them.
    pub annotators: Vec<String>,
    /// One row a sentence, where annotators share any.
    pub(super) labelled: Labelled,
    /// What annotators gave each sentence; empty where they share none.
    pub(super) votes: Vec<Vec<Vote>>,
}

/// What an annotator gave a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Vote {
    pub annotator: usize,
    /// One label for each set.
    pub labels: Vec<Option<usize>>,
    /// An unsure label counts half as much as a sure one.
    pub unsure: bool,
}

/// A label of a set that an annotator gave, and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct WeightedVote {
    /// Which annotator.
    pub annotator: usize,
    /// The label.
    pub label: usize,
    /// 1, or ½ of an unsure label; labels that one annotator gave a sentence share that evenly.
    pub weight: f64,
}

/// Shares below this are left out, for every share costs training a row.
const SMALLEST_SHARE: f64 = 0.1;

impl Annotated {
    /// The label sets.
    #[must_use]
    pub fn sets(&self) -> &[LabelSet] {
        &self.labelled.sets
    }

    /// How many sentences two annotators labelled, or more.
    #[must_use]
    pub fn shared(&self) -> usize {
        let annotators = |votes: &&Vec<Vote>| {
            let names: BTreeSet<usize> = votes.iter().map(|vote| vote.annotator).collect();
            names.len() > 1
        };
        self.votes.iter().filter(annotators).count()
    }

    /// One label for each sentence. Where no sentence has two annotators, the rows as they are.
    #[must_use]
    pub fn merged(&self, way: Merge) -> Labelled {
        let mut labelled = self.labelled.clone();
        if self.votes.is_empty() {
            return labelled;
        }
        labelled.merged = Some(Merged {
            annotators: self.annotators.len(),
            shared: self.shared(),
            way,
        });
        for set in 0..labelled.sets.len() {
            let labels = labelled.sets[set].labels.len();
            let accuracies = match way {
                Merge::Majority => Vec::new(),
                Merge::Soft => self.accuracies(set),
            };
            for (at, sentence) in labelled.sentences.iter_mut().enumerate() {
                let votes = self.votes_of(set, at);
                match way {
                    Merge::Majority => {
                        sentence.labels[set] = strictly_largest(&tally(&votes, labels))
                    }
                    Merge::Soft => soften(sentence, set, &posterior(&votes, &accuracies, labels)),
                }
            }
        }
        labelled
    }

    /// How often each annotator is taken to be right about a set: see [`Merge::Soft`].
    #[must_use]
    pub fn accuracies(&self, set: usize) -> Vec<f64> {
        // Sentences with the same votes are alike, and sorted they do not depend on the rows.
        let mut patterns: BTreeMap<Vec<&Vote>, usize> = BTreeMap::new();
        for votes in &self.votes {
            let mut pattern: Vec<&Vote> = votes.iter().collect();
            pattern.sort();
            *patterns.entry(pattern).or_default() += 1;
        }
        let patterns: Vec<(Vec<WeightedVote>, f64)> = patterns
            .into_iter()
            .map(|(votes, count)| (weighted(set, &votes), count as f64))
            .filter(|(votes, _)| votes.iter().any(|v| v.annotator != votes[0].annotator))
            .collect();
        let labels = self.labelled.sets[set].labels.len();
        accuracies(&patterns, self.annotators.len(), labels)
    }

    /// What annotators gave the sentences of a set, each sentence known by its file and line.
    #[must_use]
    pub fn votes(&self, set: usize) -> BTreeMap<(&str, u64), Vec<WeightedVote>> {
        let sentences = self.labelled.sentences.iter().take(self.votes.len());
        sentences
            .enumerate()
            .map(|(at, sentence)| ((&*sentence.file, sentence.line), self.votes_of(set, at)))
            .collect()
    }

    fn votes_of(&self, set: usize, sentence: usize) -> Vec<WeightedVote> {
        let mut votes: Vec<&Vote> = self.votes[sentence].iter().collect();
        votes.sort();
        weighted(set, &votes)
    }
}

/// The votes on a set with their weights.
fn weighted(set: usize, votes: &[&Vote]) -> Vec<WeightedVote> {
    let given = |annotator: usize| {
        let own = votes.iter().filter(|vote| vote.annotator == annotator);
        own.filter(|vote| vote.labels[set].is_some()).count()
    };
    let weigh = |vote: &&Vote| {
        let whole = if vote.unsure { 0.5 } else { 1.0 };
        Some(WeightedVote {
            annotator: vote.annotator,
            label: vote.labels[set]?,
            weight: whole / given(vote.annotator) as f64,
        })
    };
    votes.iter().filter_map(weigh).collect()
}

fn tally(votes: &[WeightedVote], labels: usize) -> Vec<f64> {
    let mut tally = vec![0.0; labels];
    votes.iter().for_each(|v| tally[v.label] += v.weight);
    tally
}

/// What is closer than this is a tie: sums of thirds differ in their last bits.
const TIE: f64 = 1e-9;

/// The label with more than any other; `None` where two have most, or none has any.
fn strictly_largest(amounts: &[f64]) -> Option<usize> {
    let most = amounts.iter().copied().fold(0.0, f64::max);
    let mut largest = (0..amounts.len()).filter(|&label| amounts[label] > most - TIE);
    match (largest.next(), largest.next()) {
        (Some(label), None) if most > 0.0 => Some(label),
        _ => None,
    }
}

/// Gives a sentence the shares of its labels, the small ones left out.
fn soften(sentence: &mut LabelledSentence, set: usize, shares: &[f64]) {
    sentence.labels[set] = strictly_largest(shares);
    let kept = |share: f64| if share < SMALLEST_SHARE { 0.0 } else { share };
    let sum: f64 = shares.iter().map(|&share| kept(share)).sum();
    let sets = sentence.labels.len();
    sentence.shares.resize(sets, Vec::new());
    if sum > 0.0 && shares.iter().filter(|&&share| kept(share) > 0.0).count() > 1 {
        sentence.shares[set] = shares.iter().map(|&s| (kept(s) / sum) as f32).collect();
    }
}
