//! What a comparison needs to know of an article: who wrote it, and how many sentences fell where.

use super::{By, Comparison, Context, Question, Settings, comparison, sides};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::tagger::{Tag, TaggedArticle};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Sentences by outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Count {
    /// One number for each outcome, as [`Question::outcome`] numbers them; none where nothing is
    /// counted.
    pub outcomes: Vec<u32>,
    /// How many of the sentences have an unsure tag.
    pub unsure: usize,
}

impl Count {
    pub(super) fn none(outcomes: usize) -> Self {
        Self {
            outcomes: vec![0; outcomes],
            unsure: 0,
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (sum, count) in self.outcomes.iter_mut().zip(&other.outcomes) {
            *sum += count;
        }
        self.unsure += other.unsure;
    }

    fn add_tag(&mut self, tag: Option<&Tag>, question: &Question<'_>) {
        let probability = |tag: &Tag| tag.probabilities.get(tag.label).copied();
        let known = tag.and_then(|tag| {
            let outcome = question.outcome(tag.label, probability(tag).unwrap_or(1.0))?;
            Some((tag, outcome))
        });
        if let Some((tag, outcome)) = known {
            self.outcomes[outcome] += 1;
            self.unsure += usize::from(tag.unsure);
        }
    }
}

/// An article whose sentences have been counted: all that a comparison reads of it.
///
/// Counts can be made far from where they are compared, on many machines, and travel as JSON.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CountedArticle<'a> {
    /// The article. Its authors, date and fields say in which rows it stands; its text puts the
    /// articles in order and seeds the draws, so that another text moves the intervals by as much
    /// as another seed would. Title and blocks are not read.
    pub article: Cow<'a, Article>,
    /// All its sentences.
    pub sentences: usize,
    /// Those that count for whoever wrote it.
    pub count: Count,
    /// Those that quote somebody, by the name they are quoted under; read where rows are quoted
    /// people.
    pub holders: BTreeMap<Cow<'a, str>, Count>,
}

impl<'a> CountedArticle<'a> {
    /// Counts the sentences of an article.
    #[must_use]
    pub fn new(tagged: &'a TaggedArticle, question: &Question<'_>, settings: &Settings) -> Self {
        let none = Count::none(question.outcomes());
        let mut counted = Self {
            article: Cow::Borrowed(&tagged.article),
            sentences: tagged.sentences.len(),
            count: none.clone(),
            holders: BTreeMap::new(),
        };
        for sentence in &tagged.sentences {
            let tag = sentence.tags.get(question.tag);
            if question.counts(sentence, settings) {
                counted.count.add_tag(tag, question);
            }
            if let Some(holder) = &sentence.holder {
                let held = counted.holders.entry(Cow::Borrowed(holder));
                held.or_insert_with(|| none.clone()).add_tag(tag, question);
            }
        }
        counted
    }
}

/// Compares articles that are already counted; the same to the bit as
/// [`compare`](super::compare()) finds in the articles themselves.
///
/// What counted was decided when the sentences were counted:
/// [`Settings::own_voice_only`] is without effect.
///
/// # Errors
/// If an article has not as many outcomes as the question, or there are more than `u32::MAX`
/// sentences in all.
pub fn compare_counts(
    articles: &[CountedArticle<'_>],
    question: &Question<'_>,
    by: &By,
    settings: &Settings,
) -> Result<Comparison> {
    let mut total: u32 = 0;
    for article in articles {
        let counts = article.holders.values().chain([&article.count]);
        for Count { outcomes, .. } in counts {
            if ![0, question.outcomes()].contains(&outcomes.len()) {
                let (found, wanted) = (outcomes.len(), question.outcomes());
                let message = format!("{found} outcomes are counted, the model has {wanted}");
                return Err(Error::input(message)
                    .at(&*article.article.source)
                    .remedy("count the sentences by the model they are compared with"));
            }
            let sum = outcomes
                .iter()
                .try_fold(total, |sum, &n| sum.checked_add(n));
            total = sum.ok_or_else(|| {
                Error::input(format!("more than {} sentences are counted", u32::MAX))
                    .remedy("compare fewer articles at a time")
            })?;
        }
    }
    Ok(compare_checked(articles, question, by, settings))
}

/// Compares counts that are known to fit the question.
pub(super) fn compare_checked(
    articles: &[CountedArticle<'_>],
    question: &Question<'_>,
    by: &By,
    settings: &Settings,
) -> Comparison {
    let context = Context::new(articles, question, settings);
    let sides = sides(&context, by).into_iter();
    let sides = sides.map(|(_, side)| side).collect();
    comparison(sides, by, question, settings)
}

/// Counts the sentences of every article, in the order given.
pub(super) fn count<'a>(
    articles: impl IndexedParallelIterator<Item = &'a TaggedArticle>,
    question: &Question<'_>,
    settings: &Settings,
) -> Vec<CountedArticle<'a>> {
    articles
        .map(|tagged| CountedArticle::new(tagged, question, settings))
        .collect()
}
