//! Two rows at a time: differences, p-values, verdicts.

use super::significance::{Leaning, arrangements, from_draws, holm, permutation};
use super::{Pair, Question, Row, Settings, Verdict};
use crate::metrics::Interval;
use crate::prevalence::{Estimate, Random, interval};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Rows up to which every pair is compared: 4,950 pairs. Beyond, each row is compared with the mean
/// of all others.
const ALL_PAIRS: usize = 100;

/// The second name of a pair whose first row is compared with the mean of all others.
pub const ALL_OTHERS: &str = "all others";

/// The level of the verdicts, over all pairs together.
const LEVEL: f64 = 0.05;

/// A row with what is needed to compare it.
pub(super) struct Side {
    pub row: Row,
    pub net: Figure,
    pub shares: Vec<Figure>,
    /// Its articles with counted sentences, by position.
    pub articles: BTreeMap<usize, Leaning>,
}

/// A corrected figure and its draws; neither where nothing can be corrected.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    value: Option<f64>,
    draws: Vec<f64>,
}

impl Figure {
    fn combined(&self, other: &Self, with: impl Fn(f64, f64) -> f64) -> Self {
        let both = self.value.zip(other.value);
        let draws = self.draws.iter().zip(&other.draws);
        Self {
            value: both.map(|(a, b)| with(a, b)),
            draws: draws.map(|(&a, &b)| with(a, b)).collect(),
        }
    }

    fn minus(&self, other: &Self) -> Self {
        self.combined(other, |a, b| a - b)
    }

    fn interval(mut self) -> Interval {
        let ends = self.value.map(|value| interval(value, &mut self.draws));
        Interval {
            value: self.value,
            low: ends.map(|(low, _)| low),
            high: ends.map(|(_, high)| high),
        }
    }
}

impl Side {
    pub fn new(row: Row, estimate: Estimate, articles: BTreeMap<usize, Leaning>) -> Self {
        let corrected = row.prevalence.shares.iter().map(|share| share.corrected);
        // Without a correction there are no draws, but there still are labels.
        let draws = estimate
            .draws
            .into_iter()
            .chain(std::iter::repeat(Vec::new()));
        Self {
            net: Figure {
                value: row.prevalence.net.and_then(|net| net.corrected),
                draws: estimate.net,
            },
            shares: corrected
                .zip(draws)
                .map(|(value, draws)| Figure { value, draws })
                .collect(),
            row,
            articles,
        }
    }

    /// Whether enough is counted to say anything.
    fn speaks(&self, settings: &Settings) -> bool {
        self.row.prevalence.counted >= settings.minimum_sentences.max(1)
    }

    /// All figures: the net, then the shares.
    fn figures(&self) -> impl Iterator<Item = &Figure> {
        std::iter::once(&self.net).chain(&self.shares)
    }
}

/// Compares the sides, which stand in the order of the rows.
pub(super) fn pairs(sides: &[Side], question: &Question<'_>, settings: &Settings) -> Vec<Pair> {
    let heard: Vec<&Side> = sides.iter().filter(|side| side.speaks(settings)).collect();
    let mut pairs: Vec<Pair> = if sides.len() <= ALL_PAIRS {
        let tests = heard.len() * heard.len().saturating_sub(1) / 2;
        let places: Vec<(usize, usize)> = (0..sides.len())
            .flat_map(|a| (a + 1..sides.len()).map(move |b| (a, b)))
            .collect();
        let compare = |&(a, b): &(usize, usize)| two(&sides[a], &sides[b], tests, settings);
        places.par_iter().map(compare).collect()
    } else {
        let Some(total) = sum(&heard) else {
            return Vec::new();
        };
        let compare = |side| against_others(side, &total, heard.len(), settings);
        sides.par_iter().map(compare).collect()
    };
    let mut p_values: Vec<_> = pairs.iter_mut().map(|pair| &mut pair.p_value).collect();
    holm(&mut p_values);
    for pair in &mut pairs {
        if let Some(verdict) = leaning(pair, question) {
            pair.verdict = verdict;
        }
    }
    pairs
}

/// Compares two sides; `tests` is the number of p-values that Holm's correction will see.
fn two(a: &Side, b: &Side, tests: usize, settings: &Settings) -> Pair {
    let differences = a.figures().zip(b.figures()).map(|(a, b)| a.minus(b));
    let heard = a.speaks(settings) && b.speaks(settings);
    let mut pair = pair(a, &b.row.name, differences, heard, settings);
    if pair.p_value.is_some()
        && let Some(p_value) = permuted(a, b, tests)
    {
        pair.p_value = Some(p_value);
        pair.note = "p-value by permutation of whole articles".to_owned();
    }
    pair
}

/// Compares a side with the mean of the other sides that are heard; `total` is the sum of all.
fn against_others(a: &Side, total: &[Figure], heard: usize, settings: &Settings) -> Pair {
    let own = usize::from(a.speaks(settings));
    let others = (heard - own) as f64;
    let differences = a.figures().zip(total).map(|(figure, total)| {
        figure.combined(total, |x, sum| x - (sum - own as f64 * x) / others)
    });
    let heard = own == 1 && others > 0.0;
    pair(a, ALL_OTHERS, differences, heard, settings)
}

/// A pair before Holm's correction and the verdict. `differences` are those of the net, then of the
/// shares.
fn pair(
    a: &Side,
    b: &str,
    mut differences: impl Iterator<Item = Figure>,
    heard: bool,
    settings: &Settings,
) -> Pair {
    let net = differences.next().filter(|net| net.value.is_some());
    let p_value = net
        .as_ref()
        .filter(|_| heard)
        .and_then(|net| from_draws(&net.draws));
    let note = if !heard {
        let minimum = settings.minimum_sentences.max(1);
        format!("fewer than {minimum} sentences on one side")
    } else if a.row.prevalence.net.is_none() {
        "the labels have no order".to_owned()
    } else if net.is_none() {
        "the classifier's errors are unknown, so nothing can be corrected".to_owned()
    } else {
        "p-value from the uncertainty of the shares".to_owned()
    };
    let net = net.map(Figure::interval);
    Pair {
        a: a.row.name.clone(),
        b: b.to_owned(),
        difference: net.and_then(|net| net.value),
        low: net.and_then(|net| net.low),
        high: net.and_then(|net| net.high),
        shares: differences.map(Figure::interval).collect(),
        p_value,
        verdict: match heard {
            true => Verdict::NotDistinguishable,
            false => Verdict::TooLittleText,
        },
        note,
    }
}

/// The permutation test, where there are enough articles for it to reach the level after Holm's
/// correction. Articles that both sides wrote together belong to neither and are left out.
fn permuted(a: &Side, b: &Side, tests: usize) -> Option<f64> {
    let own = |side: &Side, other: &Side| -> Vec<Leaning> {
        let articles = side.articles.iter();
        let apart = articles.filter(|(place, _)| !other.articles.contains_key(place));
        apart.map(|(_, leaning)| *leaning).collect()
    };
    let (first, second) = (own(a, b), own(b, a));
    if first.is_empty() || second.is_empty() {
        return None;
    }
    // Among few arrangements the observed one and its mirror image are a large part.
    let smallest = 2.0 / arrangements(first.len(), second.len()) as f64;
    let names = format!("{}\n{}", a.row.name, b.row.name);
    (smallest * (tests as f64) < LEVEL)
        .then(|| permutation(&first, &second, &mut Random::named(&names)))
}

/// The figures of all sides added up; `None` without sides.
fn sum(sides: &[&Side]) -> Option<Vec<Figure>> {
    let (first, rest) = sides.split_first()?;
    let start: Vec<Figure> = first.figures().cloned().collect();
    Some(rest.iter().fold(start, |total, side| {
        let both = total.iter().zip(side.figures());
        both.map(|(sum, x)| sum.combined(x, |a, b| a + b)).collect()
    }))
}

/// The verdict, if there is a difference beyond doubt.
fn leaning(pair: &Pair, question: &Question<'_>) -> Option<Verdict> {
    let (low, high) = pair.low.zip(pair.high)?;
    let beyond_doubt = pair.p_value? < LEVEL && (low > 0.0 || high < 0.0);
    let end = if low > 0.0 { 1 } else { -1 };
    let mut labels = question.set.labels.iter();
    let label = labels.find(|label| label.polarity == Some(end))?;
    let comparative = label.comparative.clone();
    let words = comparative.unwrap_or_else(|| format!("more {}", label.name));
    beyond_doubt.then_some(Verdict::Leans(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn turned_round_the_difference_changes_its_sign(
            values in prop::array::uniform2(-1.0f64..1.0),
            draws in prop::collection::vec(prop::array::uniform2(-1.0f64..1.0), 1..300),
        ) {
            let figure = |side: usize| Figure {
                value: Some(values[side]),
                draws: draws.iter().map(|draw| draw[side]).collect(),
            };
            let ab = figure(0).minus(&figure(1));
            let ba = figure(1).minus(&figure(0));
            prop_assert_eq!(from_draws(&ab.draws), from_draws(&ba.draws));
            let (ab, ba) = (ab.interval(), ba.interval());
            prop_assert_eq!(ab.value, ba.value.map(|value| -value));
            prop_assert_eq!((ab.low, ab.high), (ba.high.map(|x| -x), ba.low.map(|x| -x)));
        }
    }
}
