//! Everything learned in one value: from text to tags.

use crate::article::{Article, Span};

/// The answer to one question (one label set) about one sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// The likeliest label: an index into the label set.
    pub label: usize,
    /// Calibrated probabilities in the order of the label set; they sum to one.
    pub probabilities: Vec<f64>,
    /// Whether the likeliest label is too unlikely to be trusted.
    pub unsure: bool,
}

/// A sentence and its tags.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedSentence {
    /// The paragraph of the article, from 1.
    pub paragraph: usize,
    /// The sentence of the article, from 1.
    pub number: usize,
    /// Where it stands in [`Article::text`].
    pub span: Span,
    /// Its text, white space folded to single spaces.
    pub text: String,
    /// One tag for each label set of the codebook, in that order.
    pub tags: Vec<Tag>,
    /// Who speaks, if the sentence is reported.
    pub holder: Option<String>,
}

/// An article and its tagged sentences, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedArticle {
    /// The article.
    pub article: Article,
    /// Its sentences.
    pub sentences: Vec<TaggedSentence>,
}

/// What one term added to the score of a label.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Contribution {
    /// The term, readable: `no progress`, `‹-ing›` for characters, `before: however` for neighbours.
    pub term: String,
    /// Its addition to the score (log-odds before calibration).
    pub value: f64,
}

/// Why a sentence got a label: the bias and the contributions add up to the score.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// The label explained.
    pub label: String,
    /// The score of an empty sentence.
    pub bias: f64,
    /// The sum of bias and contributions.
    pub score: f64,
    /// Largest absolute value first.
    pub contributions: Vec<Contribution>,
}
