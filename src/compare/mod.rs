//! Authors, articles or people side by side, with verdicts.
//!
//! `compare` reads tags, never texts. Nobody is dropped: an article without an author stands under
//! its file's name, a row without sentences has no shares, and a pair that cannot be told apart
//! says so.
//!
//! ```
//! use stance::codebook::Codebook;
//! use stance::compare::{By, Question, Settings, compare};
//! use stance::prevalence::ErrorModel;
//!
//! let codebook = Codebook::shipped();
//! let errors = ErrorModel {
//!     groups: vec![vec![vec![20, 8, 2], vec![3, 60, 4], vec![2, 9, 15]]],
//!     ..ErrorModel::default()
//! };
//! let question = Question::new(&codebook, "stance", Some(&errors)).unwrap();
//! let comparison = compare(&[], &question, &By::Author, &Settings::default());
//! assert_eq!(comparison.labels, ["sceptical", "neutral", "optimistic"]);
//! assert!(comparison.rows.is_empty() && comparison.pairs.is_empty());
//! ```

mod argument;
mod closeup;
mod counts;
mod pairs;
mod rows;
mod significance;

pub use argument::Standpoint;
pub use closeup::{Closeup, Piece, Portrait, compare_closely};
pub use counts::{Count, CountedArticle, compare_counts};
pub use pairs::ALL_OTHERS;

use crate::article::Article;
use crate::codebook::{Codebook, LabelSet, OwnVoice, own_voice};
use crate::error::{Error, Result};
use crate::metrics::Interval;
use crate::prevalence::{Correction, ErrorModel, Prevalence, Prior, Random, estimate};
use crate::tagger::{TaggedArticle, TaggedSentence};
use pairs::Side;
use rayon::prelude::*;
use rows::Member;
use serde::Serialize;
use significance::Leaning;

/// What makes a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A person, under all spellings; an article by several counts for each of them.
    Author,
    /// All authors of an article together.
    Byline,
    /// An article.
    Article,
    /// A quoted person, under all spellings; only the sentences that quote them count.
    Holder,
    /// The month of publication, `2024-03`.
    Month,
    /// A field of the article ([`Article::fields`](crate::article::Article::fields)).
    Field(String),
}

impl By {
    /// What makes a row, by its [name](By::name); any other name is a field's.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "author" => Self::Author,
            "byline" => Self::Byline,
            "article" => Self::Article,
            "holder" => Self::Holder,
            "month" => Self::Month,
            field => Self::Field(field.to_owned()),
        }
    }

    /// Checks that an article has the field, if it is one.
    ///
    /// # Errors
    /// If none has it.
    pub fn check(&self, articles: &[TaggedArticle]) -> Result<()> {
        let has = |name| {
            articles
                .iter()
                .any(|tagged| tagged.article.fields.contains_key(name))
        };
        match self {
            Self::Field(name) if !has(name) => Err(Error::usage(format!(
                "no article has a field `{name}`"
            ))
            .remedy(
                "compare by author, byline, article, holder, month, or a column that the table has",
            )),
            _ => Ok(()),
        }
    }

    /// What a row is, in a word.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Author => "author",
            Self::Byline => "byline",
            Self::Article => "article",
            Self::Holder => "holder",
            Self::Month => "month",
            Self::Field(field) => field,
        }
    }
}

/// Which sentences count, and from how many on.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Whether only the author's own voice counts: who reports hopes in order to deflate them is
    /// no optimist. Without effect where rows are quoted people.
    pub own_voice_only: bool,
    /// Counted sentences below which a row gets no verdict.
    pub minimum_sentences: usize,
    /// What is assumed of an author before any sentence is read.
    pub prior: Prior,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            own_voice_only: true,
            minimum_sentences: 10,
            prior: Prior::default(),
        }
    }
}

/// What is asked of the tags.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question<'q> {
    /// The label set that is compared.
    pub set: &'q LabelSet,
    /// The position of its tag in [`TaggedSentence::tags`].
    pub tag: usize,
    /// Which tag says that a sentence is the author's own; without one every sentence counts.
    pub own_voice: Option<OwnVoice>,
    /// How the classifier errs in this set; without it, or if it is of other labels, nothing is
    /// corrected.
    pub errors: Option<&'q ErrorModel>,
}

impl<'q> Question<'q> {
    /// Asks a set of the codebook; `None` if it has no set of that name.
    #[must_use]
    pub fn new(codebook: &'q Codebook, set: &str, errors: Option<&'q ErrorModel>) -> Option<Self> {
        let tag = codebook.sets.iter().position(|known| known.name == set)?;
        let set = &codebook.sets[tag];
        Some(Self {
            set,
            tag,
            own_voice: own_voice(&codebook.sets),
            errors: errors.filter(|errors| errors.fits(set.labels.len())),
        })
    }

    /// How many outcomes are counted apart: labels, or labels given surely or not.
    #[must_use]
    pub fn outcomes(&self) -> usize {
        self.errors
            .map_or(self.set.labels.len(), ErrorModel::outcomes)
    }

    /// As which outcome a label counts that is given with this probability; `None` if the set has
    /// no such label.
    #[must_use]
    pub fn outcome(&self, label: usize, probability: f64) -> Option<usize> {
        let outcome = self
            .errors
            .map_or(label, |errors| errors.outcome(label, probability));
        (outcome < self.outcomes()).then_some(outcome)
    }

    /// Whether a sentence counts for whoever wrote it.
    fn counts(&self, sentence: &TaggedSentence, settings: &Settings) -> bool {
        !settings.own_voice_only || sentence.is_own(self.own_voice)
    }
}

/// Whoever is compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The name, as printed in the newest article; the file's name where there is no author.
    pub name: String,
    /// Articles it stands in.
    pub articles: usize,
    /// All sentences of those articles.
    pub sentences: usize,
    /// Shares over the sentences that count (own voice, unless asked otherwise).
    pub prevalence: Prevalence,
}

/// What can be said of two rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// `a` leans to the label's end more than `b`; holds the comparative ("more optimistic").
    Leans(String),
    /// The interval includes no difference.
    NotDistinguishable,
    /// One of the two has too few sentences to say anything.
    TooLittleText,
}

/// Two rows compared by their net.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// The first name.
    pub a: String,
    /// The second name.
    pub b: String,
    /// Net of `a` minus net of `b`, corrected; `None` where it cannot be computed.
    pub difference: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Two-sided, Holm-corrected over the pairs; `None` where it cannot be computed.
    pub p_value: Option<f64>,
    /// The same difference for the share of each label, in the order of the labels.
    pub shares: Vec<Interval>,
    /// The verdict in words.
    pub verdict: Verdict,
    /// Why there is no p-value, or by which method it was made.
    pub note: String,
}

/// Everything a comparison found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The names of the labels, in the order of the shares.
    pub labels: Vec<String>,
    /// By what rows were made: `author`, `article`, `holder` …, or a field.
    pub by: String,
    /// Sorted by net, most positive first; rows without a net last.
    pub rows: Vec<Row>,
    /// Every pair of rows, or each row and all others.
    pub pairs: Vec<Pair>,
}

/// Puts whoever stands in the articles side by side.
///
/// Every pair of rows is compared up to 100 rows; beyond that, each row is compared with the mean
/// of all others ([`ALL_OTHERS`]). The result does not depend on the order of the articles.
#[must_use]
pub fn compare(
    articles: &[TaggedArticle],
    question: &Question<'_>,
    by: &By,
    settings: &Settings,
) -> Comparison {
    let counted = counts::count(articles.par_iter(), question, settings);
    counts::compare_checked(&counted, question, by, settings)
}

/// What all rows of a comparison have in common.
struct Context<'c, 'a, 'q> {
    articles: Vec<&'c CountedArticle<'a>>,
    question: &'q Question<'q>,
    settings: &'q Settings,
    correction: Option<Correction>,
}

impl<'c, 'a, 'q> Context<'c, 'a, 'q> {
    fn new(
        articles: &'c [CountedArticle<'a>],
        question: &'q Question<'q>,
        settings: &'q Settings,
    ) -> Self {
        let mut articles: Vec<&CountedArticle<'_>> = articles.iter().collect();
        articles.sort_by(|a, b| place(&a.article).cmp(&place(&b.article)));
        let labels = question.set.labels.len();
        let errors = question.errors;
        Self {
            articles,
            question,
            settings,
            correction: errors.and_then(|e| Correction::new(e, labels, &settings.prior)),
        }
    }
}

/// One order for all sums and draws, whatever the order of the input and the folder it is in.
fn place(article: &Article) -> (&str, &str) {
    (&article.text, &article.source)
}

/// The rows and who they are, in the order in which they are reported.
fn sides(context: &Context<'_, '_, '_>, by: &By) -> Vec<(Member, Side)> {
    let measured = |member: Member| {
        let side = side(context, &member);
        (member, side)
    };
    let members = rows::members(&context.articles, by);
    let mut sides: Vec<(Member, Side)> = members.into_par_iter().map(measured).collect();
    // A missing net is less than any, so it comes last.
    sides.sort_by(|(_, a), (_, b)| {
        let by_net = order(&b.row).partial_cmp(&order(&a.row));
        let by_net = by_net.unwrap_or(std::cmp::Ordering::Equal);
        by_net.then_with(|| a.row.name.cmp(&b.row.name))
    });
    sides
}

/// The rows and what can be said of every two of them.
fn comparison(
    sides: Vec<Side>,
    by: &By,
    question: &Question<'_>,
    settings: &Settings,
) -> Comparison {
    let pairs = pairs::pairs(&sides, question, settings);
    Comparison {
        labels: question.set.names().map(str::to_owned).collect(),
        by: by.name().to_owned(),
        rows: sides.into_iter().map(|side| side.row).collect(),
        pairs,
    }
}

/// What rows are sorted by: the corrected net, or the counted one where nothing can be corrected.
fn order(row: &Row) -> Option<f64> {
    row.prevalence.net.and_then(|net| net.corrected.or(net.raw))
}

/// The draws of a row: of its name and its first text, and how many copies of that come before.
fn draws_of(name: &str, copies: usize, text: &str) -> Random {
    Random::named(&format!("{name}\n{copies}\n{text}"))
}

fn side(context: &Context<'_, '_, '_>, member: &Member) -> Side {
    let (articles, question) = (&context.articles, context.question);
    let tally = member.tally(articles, question.outcomes());
    // Two articles of the same name are two rows, and need draws of their own, even if one is a
    // copy of the other.
    let first = member.articles.first().map_or(0, |&first| first);
    let text = |at: usize| {
        articles
            .get(at)
            .map_or("", |counted| &*counted.article.text)
    };
    let copies = (0..first)
        .rev()
        .take_while(|&before| text(before) == text(first));
    let mut random = draws_of(&member.name, copies.count(), text(first));
    let estimate = estimate(
        &tally,
        question.set,
        context.correction.as_ref(),
        &mut random,
    );
    let polarities = question.set.polarities();
    let leaning = |outcomes: &Vec<u32>| {
        let of_label = outcomes.chunks((question.outcomes() / polarities.len()).max(1));
        let counts = of_label.map(|outcomes| outcomes.iter().sum::<u32>());
        let terms = counts.zip(&polarities);
        Leaning {
            sum: terms.map(|(n, &p)| f64::from(n) * f64::from(p)).sum(),
            sentences: f64::from(outcomes.iter().sum::<u32>()),
        }
    };
    let counted = member
        .articles
        .iter()
        .copied()
        .zip(tally.articles.iter().map(leaning));
    let counted = counted
        .filter(|(_, leaning)| leaning.sentences > 0.0)
        .collect();
    let sentences = member.articles.iter().map(|&a| articles[a].sentences);
    let row = Row {
        name: member.name.clone(),
        articles: member.articles.len(),
        sentences: sentences.sum(),
        prevalence: estimate.prevalence.clone(),
    };
    Side::new(row, estimate, counted)
}
