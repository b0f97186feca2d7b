//! How surprising a difference would be if there were none.

use crate::prevalence::Random;

/// The net of one article as counted: polarities added up, and the sentences they came from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leaning {
    pub sum: f64,
    pub sentences: f64,
}

/// Arrangements up to which all are tried, and drawn beyond.
pub(super) const PERMUTATIONS: usize = 10_000;

/// In how many ways the articles of two authors can be dealt out again, counted up to
/// [`PERMUTATIONS`].
pub(super) fn arrangements(a: usize, b: usize) -> usize {
    let mut ways = 1.0;
    for step in 0..a.min(b) {
        ways *= (a + b - step) as f64 / (step + 1) as f64;
        if ways > PERMUTATIONS as f64 {
            return PERMUTATIONS;
        }
    }
    // The running product of binomials is a whole number but for rounding.
    (ways + 0.5) as usize
}

/// The two-sided p-value of a permutation test that deals whole articles out again between two
/// authors (Fisher 1935; Pitman 1937).
///
/// Statistic: the difference of counted nets. All arrangements are tried where there are fewer than
/// [`PERMUTATIONS`]; else that many are drawn, and the observed one added (Phipson & Smyth 2010).
pub(super) fn permutation(a: &[Leaning], b: &[Leaning], random: &mut Random) -> f64 {
    let mut articles = [a, b].concat();
    let difference = |articles: &[Leaning]| {
        let (a, b) = articles.split_at(a.len());
        (net(a) - net(b)).abs()
    };
    // Sums in another order differ in their last bits; a tie must count as one.
    let observed = difference(&articles) - 1e-9;
    if arrangements(a.len(), b.len()) < PERMUTATIONS {
        return exact(&articles, a.len(), observed);
    }
    let mut as_large = 1;
    for _ in 0..PERMUTATIONS {
        for place in 0..a.len() {
            let other = place + random.below(articles.len() - place);
            articles.swap(place, other);
        }
        as_large += usize::from(difference(&articles) >= observed);
    }
    as_large as f64 / (PERMUTATIONS + 1) as f64
}

/// Tries every choice of `size` articles for the first author.
fn exact(articles: &[Leaning], size: usize, observed: f64) -> f64 {
    let mut chosen: Vec<usize> = (0..size).collect();
    let (mut all, mut as_large) = (0usize, 0usize);
    loop {
        let (first, second): (Vec<_>, Vec<_>) =
            (0..articles.len()).partition(|index| chosen.binary_search(index).is_ok());
        let take =
            |places: &[usize]| -> Vec<Leaning> { places.iter().map(|&i| articles[i]).collect() };
        all += 1;
        as_large += usize::from((net(&take(&first)) - net(&take(&second))).abs() >= observed);
        // The next choice in lexicographic order: move the last one that still can, reset those after.
        let room = articles.len() - size;
        let Some(place) = (0..size).rev().find(|&place| chosen[place] < place + room) else {
            return as_large as f64 / all as f64;
        };
        let start = chosen[place] + 1;
        for (step, slot) in chosen[place..].iter_mut().enumerate() {
            *slot = start + step;
        }
    }
}

fn net(articles: &[Leaning]) -> f64 {
    let sum: f64 = articles.iter().map(|article| article.sum).sum();
    let sentences: f64 = articles.iter().map(|article| article.sentences).sum();
    sum / sentences
}

/// The two-sided p-value of a difference from its draws, taken as normal so that the tail beyond
/// the last draw is not 0. `None` without spread.
pub(super) fn from_draws(draws: &[f64]) -> Option<f64> {
    let size = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / size;
    let variance = draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / size;
    (variance > 0.0).then(|| libm::erfc(mean.abs() / libm::sqrt(2.0 * variance)))
}

/// Holm's step-down correction (Holm 1979): the smallest of `n` p-values times `n`, the next times
/// `n − 1` …, none below the one before, none above 1. Absent ones are not counted.
pub(super) fn holm(values: &mut [&mut Option<f64>]) {
    let mut present: Vec<&mut f64> = values.iter_mut().filter_map(|p| p.as_mut()).collect();
    present.sort_by(|a, b| a.total_cmp(b));
    let count = present.len();
    let mut floor: f64 = 0.0;
    for (rank, value) in present.into_iter().enumerate() {
        floor = floor.max(*value * (count - rank) as f64).min(1.0);
        *value = floor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn articles(sums: &[f64]) -> Vec<Leaning> {
        let article = |&sum| Leaning {
            sum,
            sentences: 10.0,
        };
        sums.iter().map(article).collect()
    }

    #[test]
    fn exact_permutation_counts_both_tails() {
        let (a, b) = (articles(&[5.0, 6.0, 7.0]), articles(&[-5.0, -6.0, -7.0]));
        let p = permutation(&a, &b, &mut Random::new(1));
        assert_eq!(p, 2.0 / 20.0);
        assert_eq!(p, permutation(&b, &a, &mut Random::new(1)));
    }

    #[test]
    fn drawn_permutations_agree_with_no_difference() {
        let same = articles(&[1.0; 9]);
        assert_eq!(permutation(&same, &same, &mut Random::new(1)), 1.0);
        assert_eq!(arrangements(9, 9), PERMUTATIONS);
        assert_eq!(arrangements(4, 4), 70);
        assert_eq!(arrangements(0, 4), 1);
    }

    proptest! {
        #[test]
        fn holm_is_monotone_and_never_below_the_raw_value(raw in prop::collection::vec(0.0f64..=1.0, 1..30)) {
            let mut values: Vec<Option<f64>> = raw.iter().copied().map(Some).collect();
            values.push(None);
            holm(&mut values.iter_mut().collect::<Vec<_>>());
            prop_assert_eq!(values.pop(), Some(None));
            for (i, a) in values.iter().enumerate() {
                prop_assert!(a.unwrap_or(0.0) >= raw[i] && *a <= Some(1.0));
                for (j, b) in values.iter().enumerate() {
                    prop_assert!(raw[i] > raw[j] || a <= b, "{i} {j}");
                }
            }
        }
    }
}
