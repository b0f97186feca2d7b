//! Shares of labels, corrected for the classifier's errors, with honest intervals.
//!
//! `prevalence` sees counts of predicted labels and how the classifier errs on authors it has not
//! seen; it has never heard of a text. What cannot be computed is `None`, never 0.
//!
//! ```
//! use stance::codebook::Codebook;
//! use stance::prevalence::{Correction, ErrorModel, Prior, Random, Tally, estimate};
//!
//! let codebook = Codebook::shipped();
//! let stance = codebook.polar().unwrap();
//! // Two training authors: rows are true labels, columns predicted ones.
//! let errors = ErrorModel {
//!     groups: vec![
//!         vec![vec![20, 8, 2], vec![3, 60, 4], vec![2, 9, 15]],
//!         vec![vec![9, 5, 1], vec![5, 40, 5], vec![1, 12, 25]],
//!     ],
//!     ..ErrorModel::default()
//! };
//! let correction = Correction::new(&errors, 3, &Prior::default());
//! let tally = Tally { articles: vec![vec![9, 30, 11]], unsure: 4 };
//! let found = estimate(&tally, stance, correction.as_ref(), &mut Random::named("Jane Doe"));
//! let optimistic = found.prevalence.shares[2];
//! assert_eq!(optimistic.raw, Some(0.22));
//! assert!(optimistic.low <= optimistic.corrected && optimistic.corrected <= optimistic.high);
//! ```

mod correction;
mod error_model;
mod estimators;
mod prior;
mod random;

pub use correction::{Correction, Posterior};
pub use error_model::ErrorModel;
pub use estimators::{adjusted_count, expectation_maximisation};
pub use prior::Prior;
pub use random::Random;

use crate::codebook::LabelSet;
use serde::Serialize;

/// The share of one label (or a net of shares) among somebody's sentences.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// As counted; `None` without sentences.
    pub raw: Option<f64>,
    /// Corrected for the classifier's errors; `None` where that cannot be done.
    pub corrected: Option<f64>,
    /// Lower end of the 95 % interval of `corrected`.
    pub low: Option<f64>,
    /// Upper end of the 95 % interval of `corrected`.
    pub high: Option<f64>,
}

/// The shares of all labels of a set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prevalence {
    /// Sentences counted, the unsure ones included (their tag is still the likeliest).
    pub counted: usize,
    /// One share a label, in the order of the set.
    pub shares: Vec<Share>,
    /// Positive end minus negative end; `None` for a set without order.
    pub net: Option<Share>,
    /// Share of the sentences whose tag is unsure; `None` without sentences.
    pub unsure: Option<f64>,
}

/// Predicted labels, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// `articles[article][outcome]`: sentences; every article has the same outcomes, as
    /// [`ErrorModel::outcome`] counts them.
    pub articles: Vec<Vec<u32>>,
    /// How many of the sentences have an unsure tag.
    pub unsure: usize,
}

/// Shares, and the draws behind their intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The shares.
    pub prevalence: Prevalence,
    /// Draws of the true shares, `[label][draw]`; empty where nothing can be corrected.
    pub draws: Vec<Vec<f64>>,
    /// Draws of the net; empty where there is none.
    pub net: Vec<f64>,
}

impl Tally {
    /// Sentences by outcome, over all articles.
    #[must_use]
    pub fn totals(&self) -> Vec<u32> {
        let outcomes = self.articles.first().map_or(0, Vec::len);
        let total = |outcome| self.articles.iter().map(|article| article[outcome]).sum();
        (0..outcomes).map(total).collect()
    }

    /// The share of each outcome; `None` without sentences.
    #[must_use]
    pub fn shares(&self) -> Option<Vec<f64>> {
        let totals = self.totals();
        let counted: u32 = totals.iter().sum();
        let share = |&total: &u32| f64::from(total) / f64::from(counted);
        (counted > 0).then(|| totals.iter().map(share).collect())
    }

    /// How much more the articles differ from one another than independent sentences would, as a
    /// factor on the variance; at least 1, and 1 for a single article.
    ///
    /// Pearson's X² of articles by outcomes over its degrees of freedom (McCullagh & Nelder 1989,
    /// *Generalized Linear Models*, §4.5).
    #[must_use]
    pub fn overdispersion(&self) -> f64 {
        let Some(shares) = self.shares() else {
            return 1.0;
        };
        let mut chi_squared = 0.0;
        let mut articles = 0;
        for article in &self.articles {
            let sentences = f64::from(article.iter().sum::<u32>());
            if sentences == 0.0 {
                continue;
            }
            articles += 1;
            for (&count, share) in article.iter().zip(&shares).filter(|(_, s)| **s > 0.0) {
                let expected = sentences * share;
                chi_squared += (f64::from(count) - expected).powi(2) / expected;
            }
        }
        let outcomes = shares.iter().filter(|share| **share > 0.0).count();
        let freedom = (articles - 1) * (outcomes - 1);
        if freedom == 0 {
            return 1.0;
        }
        (chi_squared / freedom as f64).max(1.0)
    }
}

/// The shares behind a tally: counted, corrected, with 95 % intervals of the author's true shares.
///
/// `corrected` is the author's true share as expected after the sentences are read: between the
/// shares that explain the counts and those of the training authors, the nearer to the former the
/// more sentences are counted. On held-out authors it errs no more than the counted shares; where an
/// author leans far from all training authors it corrects too little, and adjusted counts and EM
/// err less (`examples/prevalence` measures both). The interval allows for the
/// author's further sentences (sentences of one article resemble each other), for error rates known
/// from few sentences only, and for error rates that differ from author to author. Without a correction, `corrected` and the
/// interval are `None`: an interval for sampling alone would promise too much.
///
/// The draws depend on `random`: give everybody their own ([`Random::named`]).
#[must_use]
pub fn estimate(
    tally: &Tally,
    set: &LabelSet,
    correction: Option<&Correction>,
    random: &mut Random,
) -> Estimate {
    let raw = counted_shares(&tally.totals(), set.labels.len());
    let posterior = correction.and_then(|correction| correction.posterior(tally, random));
    let shares = (0..set.labels.len())
        .map(|label| Share {
            raw: raw.as_ref().map(|raw| raw[label]),
            ..corrected(&posterior, |p| (p.expected[label], p.draws[label].clone()))
        })
        .collect();
    let polarities = set.polarities();
    let net_draws = posterior.as_ref().map_or(Vec::new(), |posterior| {
        let draws = posterior.draws.first().map_or(0, Vec::len);
        let of_draw = |draw| net(&polarities, |label| posterior.draws[label][draw]);
        (0..draws).map(of_draw).collect()
    });
    let share_net = Share {
        raw: raw.map(|raw| net(&polarities, |label| raw[label])),
        ..corrected(&posterior, |p| {
            let expected = net(&polarities, |label| p.expected[label]);
            (expected, net_draws.clone())
        })
    };
    let counted = tally.totals().iter().sum::<u32>() as usize;
    Estimate {
        prevalence: Prevalence {
            counted,
            shares,
            net: set.is_polar().then_some(share_net),
            unsure: (counted > 0).then(|| tally.unsure as f64 / counted as f64),
        },
        draws: posterior.map_or(Vec::new(), |posterior| posterior.draws),
        net: if set.is_polar() {
            net_draws
        } else {
            Vec::new()
        },
    }
}

/// The share of each label, given how often each outcome was counted; `None` without sentences.
fn counted_shares(outcomes: &[u32], labels: usize) -> Option<Vec<f64>> {
    let counted: u32 = outcomes.iter().sum();
    let of_label = outcomes.chunks((outcomes.len() / labels.max(1)).max(1));
    let share = |counts: &[u32]| f64::from(counts.iter().sum::<u32>()) / f64::from(counted);
    (counted > 0).then(|| of_label.map(share).collect())
}

/// A figure and its draws as a share without a raw value.
fn corrected(
    posterior: &Option<Posterior>,
    figure: impl Fn(&Posterior) -> (f64, Vec<f64>),
) -> Share {
    let found = posterior.as_ref().map(figure);
    let ends = found.map(|(value, mut draws)| (value, interval(value, &mut draws)));
    Share {
        raw: None,
        corrected: ends.map(|(value, _)| value),
        low: ends.map(|(_, (low, _))| low),
        high: ends.map(|(_, (_, high))| high),
    }
}

/// Positive end minus negative end.
fn net(polarities: &[i8], share: impl Fn(usize) -> f64) -> f64 {
    let terms = polarities.iter().enumerate();
    terms
        .map(|(label, &polarity)| f64::from(polarity) * share(label))
        .sum()
}

/// The 95 % interval: the central 95 % of the draws, stretched to hold the value itself.
///
/// The draws are reordered. Without draws the interval is the value alone.
pub(crate) fn interval(value: f64, draws: &mut [f64]) -> (f64, f64) {
    let Some(last) = draws.len().checked_sub(1) else {
        return (value, value);
    };
    let cut = last / 40;
    let (_, low, rest) = draws.select_nth_unstable_by(cut, f64::total_cmp);
    let low = *low;
    // `rest` starts one past the cut; the upper end leaves as many draws above it.
    let high = match (last - cut).checked_sub(cut + 1) {
        Some(nth) if nth < rest.len() => *rest.select_nth_unstable_by(nth, f64::total_cmp).1,
        _ => low,
    };
    (low.min(value), high.max(value))
}
