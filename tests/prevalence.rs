//! The laws of shares and their intervals.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use stance::codebook::{Codebook, LabelSet};
use stance::prevalence::{
    Correction, ErrorModel, Prevalence, Prior, Random, Share, Tally, adjusted_count, estimate,
    expectation_maximisation,
};

fn stance() -> LabelSet {
    Codebook::shipped().polar().unwrap().clone()
}

fn quick() -> Prior {
    Prior {
        candidates: 2_000,
        draws: 1_000,
        ..Prior::default()
    }
}

fn one(labels: &[u32]) -> Tally {
    Tally {
        articles: vec![labels.to_vec()],
        unsure: 0,
    }
}

fn found(tally: &Tally, errors: &ErrorModel, prior: &Prior) -> Prevalence {
    let correction = Correction::new(errors, 3, prior);
    estimate(tally, &stance(), correction.as_ref(), &mut Random::new(5)).prevalence
}

/// Five authors; the classifier is right four times in five.
fn usual() -> ErrorModel {
    let author = |s: u32, n: u32, o: u32| {
        vec![
            vec![8 * s, s, s],
            vec![n, 16 * n, n + 1],
            vec![o, 2 * o, 8 * o],
        ]
    };
    ErrorModel {
        groups: vec![
            author(2, 2, 3),
            author(5, 3, 1),
            author(1, 3, 5),
            author(3, 3, 3),
            author(2, 4, 2),
        ],
        ..ErrorModel::default()
    }
}

/// Errors whose outcomes are labels.
fn known(groups: Vec<Vec<Vec<u32>>>) -> ErrorModel {
    ErrorModel {
        groups,
        ..ErrorModel::default()
    }
}

fn errors() -> impl Strategy<Value = ErrorModel> {
    let group = prop::collection::vec(prop::collection::vec(0u32..40, 3), 3);
    prop::collection::vec(group, 1..6).prop_map(known)
}

fn width(share: &Share) -> f64 {
    share.high.unwrap() - share.low.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn shares_are_shares_and_lie_in_their_intervals(errors in errors(), tally in prop::collection::vec(prop::collection::vec(0u32..50, 3), 0..4)) {
        let tally = Tally { articles: tally, unsure: 0 };
        let found = found(&tally, &errors, &quick());
        for figure in [|s: &Share| s.raw, |s: &Share| s.corrected] {
            let values: Vec<f64> = found.shares.iter().filter_map(figure).collect();
            prop_assert!(values.iter().all(|v| (-1e-9..=1.0 + 1e-9).contains(v)));
            prop_assert!(values.is_empty() || (values.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
        for share in found.shares.iter().chain(&found.net) {
            prop_assert_eq!(share.raw.is_some(), found.counted > 0);
            prop_assert_eq!(share.corrected.is_some(), found.counted > 0 && errors.fits(3));
            prop_assert!(share.low <= share.corrected && share.corrected <= share.high);
        }
    }

    #[test]
    fn the_order_of_training_authors_does_not_matter(errors in errors(), counts in prop::array::uniform3(1u32..40)) {
        let mut reversed = errors.clone();
        reversed.groups.reverse();
        prop_assert_eq!(found(&one(&counts), &errors, &quick()), found(&one(&counts), &reversed, &quick()));
    }

    #[test]
    fn without_errors_many_sentences_are_taken_at_their_word(counts in prop::array::uniform3(0u32..60), authors in 2usize..6) {
        prop_assume!(counts.iter().sum::<u32>() > 0);
        let author = vec![vec![900, 0, 0], vec![0, 900, 0], vec![0, 0, 900]];
        let perfect = known(vec![author; authors]);
        for share in found(&one(&counts.map(|count| 100 * count)), &perfect, &quick()).shares {
            prop_assert!((share.raw.unwrap() - share.corrected.unwrap()).abs() < 0.05, "{:?}", share);
        }
    }

    #[test]
    fn two_authors_together_lie_between_them(a in prop::array::uniform3(1u32..40), b in prop::array::uniform3(1u32..40)) {
        let both: Vec<u32> = a.iter().zip(&b).map(|(a, b)| a + b).collect();
        let shares = |counts: &[u32]| found(&one(counts), &usual(), &Prior::default()).shares;
        for ((a, b), both) in shares(&a).iter().zip(shares(&b)).zip(shares(&both)) {
            let between = |a: f64, b: f64, both: f64, slack: f64| {
                a.min(b) - slack <= both && both <= a.max(b) + slack
            };
            prop_assert!(between(a.raw.unwrap(), b.raw.unwrap(), both.raw.unwrap(), 1e-9));
            // More sentences pull further from what is assumed of everybody, and draws are draws.
            let corrected = (a.corrected.unwrap(), b.corrected.unwrap(), both.corrected.unwrap());
            prop_assert!(between(corrected.0, corrected.1, corrected.2, 0.1), "{:?}", corrected);
        }
    }

    #[test]
    fn adjusted_counting_undoes_the_errors(weights in prop::array::uniform3(0.01f64..1.0), errors in errors()) {
        let rates: Vec<Vec<f64>> = errors.rates().iter().enumerate().map(|(truth, row)| {
            row.iter().enumerate().map(|(p, rate)| 0.4 * rate + if p == truth { 0.6 } else { 0.0 }).collect()
        }).collect();
        let total: f64 = weights.iter().sum();
        let raw: Vec<f64> = (0..3).map(|p| (0..3).map(|t| weights[t] / total * rates[t][p]).sum()).collect();
        for (share, weight) in adjusted_count(&raw, &rates).iter().zip(weights) {
            prop_assert!((share - weight / total).abs() < 1e-5);
        }
        let unlikely = adjusted_count(&[1.0, 0.0, 0.0], &errors.rates());
        prop_assert!((unlikely.iter().sum::<f64>() - 1.0).abs() < 1e-9 && unlikely.iter().all(|s| *s >= 0.0));
    }
}

/// Authors whose sure tags are right and whose unsure ones are guesses.
fn sure_and_unsure() -> ErrorModel {
    let (mut groups, mut truth, mut predicted, mut sureness) = (vec![], vec![], vec![], vec![]);
    for row in 0..3_600 {
        let (label, sure) = (row % 3, row / 3 % 2 == 0);
        groups.push(row / 120);
        truth.push(label);
        predicted.push(if sure { label } else { row / 7 % 3 });
        sureness.push(if sure { 0.9 } else { 0.4 });
    }
    ErrorModel::measure(&groups, &truth, &predicted, &sureness, 3)
}

#[test]
fn sure_tags_are_counted_apart() {
    let errors = sure_and_unsure();
    assert!(errors.fits(3) && !errors.fits(2) && !errors.fits(6));
    assert_eq!((errors.groups.len(), errors.outcomes()), (30, 6));
    assert_eq!((errors.outcome(1, 0.4), errors.outcome(1, 0.9)), (2, 3));
    let rows: u32 = errors.groups.iter().flatten().flatten().sum();
    assert_eq!(rows, 3_600);
    let by_label = |group: &Vec<Vec<u32>>| -> Vec<Vec<u32>> {
        let row = |row: &Vec<u32>| row.chunks(2).map(|pair| pair.iter().sum()).collect();
        group.iter().map(row).collect()
    };
    let blind = known(errors.groups.iter().map(by_label).collect());
    assert_eq!(blind.outcome(1, 0.9), 1);
    // What such a classifier says of an author of these shares.
    let of_truth = &|truth: usize, outcome: usize| -> f64 {
        let rows = errors.groups.iter().map(|group| group[truth][outcome]);
        f64::from(rows.sum::<u32>()) / 1_200.0
    };
    let shares = [0.2, 0.3, 0.5];
    let count = |outcome| (0..3).map(move |truth| 100.0 * shares[truth] * of_truth(truth, outcome));
    let counts: Vec<u32> = (0..6)
        .map(|outcome| count(outcome).sum::<f64>().round() as u32)
        .collect();
    let labels: Vec<u32> = counts.chunks(2).map(|pair| pair.iter().sum()).collect();
    let apart = found(&one(&counts), &errors, &Prior::default());
    let together = found(&one(&labels), &blind, &Prior::default());
    for (apart, together) in apart.shares.iter().zip(&together.shares) {
        assert_eq!(apart.raw, together.raw);
    }
    let wide = |found: &Prevalence| found.shares.iter().map(width).sum::<f64>();
    assert!(wide(&apart) < wide(&together), "{apart:?} {together:?}");
    // Counts of labels cannot be corrected by errors of outcomes.
    let mixed = found(&one(&[20, 30, 50]), &errors, &quick());
    assert!(
        mixed
            .shares
            .iter()
            .all(|share| share.corrected.is_none() && share.raw.is_some())
    );
}

#[test]
fn nothing_counted_and_nothing_known_are_not_zero() {
    let nothing = found(&Tally::default(), &usual(), &quick());
    assert_eq!((nothing.counted, nothing.unsure), (0, None));
    assert!(
        nothing
            .shares
            .iter()
            .all(|s| s.raw.is_none() && s.corrected.is_none() && s.low.is_none())
    );
    let uncorrected = found(&one(&[1, 2, 1]), &ErrorModel::default(), &quick());
    let share = uncorrected.shares[1];
    assert_eq!(
        (share.raw, share.corrected, share.low, share.high),
        (Some(0.5), None, None, None)
    );
}

#[test]
fn a_set_without_order_has_no_net() {
    let set = LabelSet::plain(
        "role",
        ["claim", "evidence", "background"].map(String::from),
    );
    let correction = Correction::new(&usual(), 3, &quick());
    let found = estimate(
        &one(&[3, 4, 5]),
        &set,
        correction.as_ref(),
        &mut Random::new(5),
    );
    assert_eq!(found.prevalence.net, None);
    assert!(found.prevalence.shares[0].corrected.is_some());
}

#[test]
fn errors_are_corrected_for() {
    let found = found(&one(&[10, 20, 70]), &usual(), &Prior::default());
    let optimistic = found.shares[2];
    // One optimistic sentence in eleven is missed for each side, two for neutral.
    assert!(optimistic.corrected.unwrap() > 0.72, "{optimistic:?}");
    assert!(found.net.unwrap().low.unwrap() > 0.3);
}

#[test]
fn the_order_of_labels_does_not_matter() {
    let turn = |rows: &[Vec<u32>]| -> Vec<Vec<u32>> {
        rows.iter()
            .rev()
            .map(|row| row.iter().rev().copied().collect())
            .collect()
    };
    let turned = known(usual().groups.iter().map(|group| turn(group)).collect());
    let straight = found(&one(&[9, 30, 21]), &usual(), &Prior::default());
    let turned = found(&one(&[21, 30, 9]), &turned, &Prior::default());
    for (a, b) in straight.shares.iter().zip(turned.shares.iter().rev()) {
        // Other random numbers, so equal only as far as 10,000 candidates go.
        assert!(
            (a.corrected.unwrap() - b.corrected.unwrap()).abs() < 0.015,
            "{a:?} {b:?}"
        );
        assert!((width(a) - width(b)).abs() < 0.05, "{a:?} {b:?}");
    }
}

#[test]
fn more_sentences_narrow_the_interval_and_unlike_articles_widen_it() {
    let mean = |tally: &Tally| {
        let shares = found(tally, &usual(), &Prior::default()).shares;
        shares.iter().map(width).sum::<f64>() / 3.0
    };
    let widths: Vec<f64> = [1, 4, 16, 64, 1024]
        .iter()
        .map(|n| mean(&one(&[4 * n, 10 * n, 6 * n])))
        .collect();
    assert!(
        widths.windows(2).all(|pair| pair[1] < pair[0] + 0.01),
        "{widths:?}"
    );
    let alike = Tally {
        articles: vec![vec![10, 25, 15]; 2],
        unsure: 0,
    };
    let unlike = Tally {
        articles: vec![vec![20, 25, 5], vec![0, 25, 25]],
        unsure: 0,
    };
    assert_eq!(alike.overdispersion(), 1.0);
    assert!(mean(&unlike) > mean(&alike) + 0.02);
}

#[test]
fn em_finds_shares_that_shifted() {
    let training = [0.5, 0.5];
    // Three sentences in four look like the second label, at odds of nine to one.
    let rows: Vec<Vec<f64>> = (0..40)
        .map(|n| {
            if n % 4 == 0 {
                vec![0.9, 0.1]
            } else {
                vec![0.1, 0.9]
            }
        })
        .collect();
    let shares = expectation_maximisation(&rows, &training).unwrap();
    assert!((shares[1] - 0.8125).abs() < 1e-4, "{shares:?}");
    assert_eq!(expectation_maximisation(&[], &training), None);
}

/// However telling a row is, its interval is not that of the one imagined author who fits it best.
#[test]
fn a_long_row_is_not_falsely_certain() {
    let mut random = Random::new(8);
    let rates = [
        [6.0, 9.0, 3.0, 1.0, 2.0, 1.0],
        [2.0, 1.0, 8.0, 10.0, 2.0, 1.0],
        [2.0, 1.0, 3.0, 1.0, 6.0, 9.0],
    ];
    let mut author = || -> Vec<Vec<u32>> {
        let shares = random.dirichlet([3.0, 6.0, 2.0]);
        let rates: Vec<Vec<f64>> = rates.iter().map(|row| random.dirichlet(*row)).collect();
        let mut confusion = vec![vec![0; 6]; 3];
        for _ in 0..60 {
            let truth = random.choose(&shares);
            confusion[truth][random.choose(&rates[truth])] += 1;
        }
        confusion
    };
    let errors = ErrorModel {
        groups: (0..60).map(|_| author()).collect(),
        sure_from: vec![0.5; 3],
    };
    let correction = Correction::new(&errors, 3, &Prior::default()).unwrap();
    for times in [1, 8, 40, 400] {
        let tally = one(&[14, 13, 21, 12, 16, 24].map(|count| count * times));
        let posterior = correction.posterior(&tally, &mut Random::new(1)).unwrap();
        for (mean, draws) in posterior.expected.iter().zip(&posterior.draws) {
            let mut distinct = draws.clone();
            distinct.sort_by(f64::total_cmp);
            distinct.dedup();
            let n = draws.len() as f64;
            let variance = draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / n;
            assert!(distinct.len() >= 40, "{times}: {} draws", distinct.len());
            assert!(variance.sqrt() > 0.01, "{times}: {variance}");
        }
    }
}

/// Authors whose shares and error rates vary: does the interval of the one hold what the others'
/// errors promise? (`examples/prevalence` measures the same at length, and on real predictions.)
#[test]
fn intervals_hold_the_truth_of_simulated_authors() {
    let mut random = Random::new(3);
    let rates = [[14.0, 4.0, 2.0], [2.0, 16.0, 2.0], [2.0, 4.0, 14.0]];
    let mut author = |sentences: usize| {
        let shares = random.dirichlet([2.0, 4.0, 2.0]);
        let rates: Vec<Vec<f64>> = rates.iter().map(|row| random.dirichlet(*row)).collect();
        let mut confusion = vec![vec![0u32; 3]; 3];
        for _ in 0..sentences {
            let truth = random.choose(&shares);
            confusion[truth][random.choose(&rates[truth])] += 1;
        }
        (shares, confusion)
    };
    let training = known((0..60).map(|_| author(100).1).collect());
    let correction = Correction::new(&training, 3, &Prior::default());
    let (mut held, mut widths) = (0, 0.0);
    for number in 0..200 {
        let (truth, confusion) = author(100);
        let counts: Vec<u32> = (0..3)
            .map(|p| confusion.iter().map(|row| row[p]).sum())
            .collect();
        let found = estimate(
            &one(&counts),
            &stance(),
            correction.as_ref(),
            &mut Random::new(number),
        );
        for (share, truth) in found.prevalence.shares.iter().zip(truth) {
            held += usize::from(share.low <= Some(truth) && Some(truth) <= share.high);
            widths += width(share) / 600.0;
        }
    }
    let coverage = held as f64 / 600.0;
    assert!(
        (0.93..0.985).contains(&coverage),
        "coverage {coverage}, width {widths}"
    );
    assert!(widths < 0.40, "coverage {coverage}, width {widths}");
}
