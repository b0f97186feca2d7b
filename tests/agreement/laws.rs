//! What holds whatever readers say.

use super::{Case, case};
use proptest::prelude::*;
use stance::metrics::{Coefficient, Ratings};
use std::collections::BTreeSet;

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (a, b) => a == b,
    }
}

/// A number with its interval about it, or a reason.
fn is_sound(coefficient: &Coefficient) -> bool {
    let interval = coefficient.interval;
    let finite = |x: Option<f64>| x.is_none_or(f64::is_finite);
    let holds = match (interval.low, interval.value, interval.high) {
        (Some(low), Some(value), Some(high)) => low <= value && value <= high && value <= 1.0,
        (None, value, None) => value.is_none_or(|value| value <= 1.0),
        _ => false,
    };
    let explained = interval.value.is_none() == coefficient.undefined.is_some();
    holds && explained && [interval.low, interval.value, interval.high].map(finite) == [true; 3]
}

fn differs(unit: &[Option<usize>]) -> bool {
    unit.iter().flatten().collect::<BTreeSet<_>>().len() > 1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_figure_is_a_number_with_its_interval_or_a_reason(case in case()) {
        let groups = case.groups();
        let ratings = case.ratings(&groups);
        let agreement = ratings.agreement();
        let labels = agreement.labels.iter().map(|label| &label.alpha);
        let pairs = ratings.pairs();
        let of_pairs = pairs.iter().flat_map(|pair| [&pair.kappa, &pair.alpha].into_iter().chain(&pair.labels));
        let alpha = agreement.alpha.iter().map(|(_, alpha)| alpha);
        for coefficient in alpha.chain(labels).chain(of_pairs) {
            prop_assert!(is_sound(coefficient), "{coefficient:?}");
        }
        let all = agreement.units + agreement.single + agreement.unlabelled;
        prop_assert_eq!(all, case.units.len() as u64);
    }

    #[test]
    fn the_order_of_units_and_of_readers_changes_no_bit(case in case()) {
        let groups = case.groups();
        let mut turned = case.clone();
        turned.units.reverse();
        turned.units.iter_mut().for_each(|unit| unit.reverse());
        let turned_groups: Vec<usize> = groups.iter().rev().copied().collect();
        let found = turned.ratings(&turned_groups).agreement();
        prop_assert_eq!(found, case.ratings(&groups).agreement());
    }

    #[test]
    fn names_mean_nothing_and_reversed_order_is_the_same_order(case in case()) {
        let k = case.values.len();
        let mirrored = Case {
            values: case.values.iter().rev().map(|value| -value).collect(),
            units: case.units.iter().map(|unit| unit.iter().map(|l| l.map(|l| k - 1 - l)).collect()).collect(),
            ..case.clone()
        };
        for (found, expected) in mirrored.alphas().into_iter().zip(case.alphas()) {
            prop_assert!(near(found, expected));
        }
    }

    #[test]
    fn alpha_is_one_exactly_where_nobody_differs(case in case()) {
        let differ = case.units.iter().any(|unit| differs(unit));
        for alpha in case.alphas().into_iter().flatten() {
            prop_assert_eq!(alpha == 1.0, !differ);
        }
    }

    #[test]
    fn a_unit_with_one_label_says_nothing(case in case(), label in 0_usize..2) {
        let mut more = case.clone();
        let mut unit = vec![None; case.units[0].len()];
        unit[0] = Some(label);
        more.units.push(unit);
        prop_assert_eq!(more.alphas(), case.alphas());
        prop_assert_eq!(more.pairs(), case.pairs());
    }

    #[test]
    fn two_labels_have_one_alpha(case in case()) {
        let units: Vec<Vec<Option<usize>>> = case
            .units
            .iter()
            .map(|unit| unit.iter().map(|label| label.map(|label| label.min(1))).collect())
            .collect();
        let two = Case { values: vec![3.0, 7.0], units, ..case };
        let [nominal, ordinal, interval] = two.alphas();
        prop_assert!(near(ordinal, nominal) && near(interval, nominal));
        if nominal.is_some() {
            for of_label in two.alpha_of_labels() {
                prop_assert!(near(of_label, nominal));
            }
        }
    }

    #[test]
    fn the_alpha_of_a_pair_is_that_of_the_two_alone(case in case()) {
        for pair in case.pairs() {
            let two = Case {
                units: case.units.iter().map(|unit| vec![unit[pair.a], unit[pair.b]]).collect(),
                ..case.clone()
            };
            prop_assert!(near(two.alphas()[1], pair.alpha.interval.value));
            prop_assert!(pair.kappa.interval.value.is_none_or(|kappa| kappa >= -1.0));
        }
    }

    #[test]
    fn labels_out_of_the_set_are_no_labels(case in case()) {
        let groups = case.groups();
        let beyond: Vec<Vec<Option<usize>>> = case
            .units
            .iter()
            .map(|unit| unit.iter().map(|label| label.or(Some(9))).collect())
            .collect();
        let ratings = Ratings { units: &beyond, ..case.ratings(&groups) };
        prop_assert_eq!(ratings.agreement(), case.ratings(&groups).agreement());
        prop_assert_eq!(ratings.pairs(), case.ratings(&groups).pairs());
    }
}
