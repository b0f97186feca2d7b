//! Two sets of predictions side by side.

use super::super::grid::{Align, Cell, Grid};
use super::super::number::{between, known, p_value, score, signed};
use super::Section;
use crate::evaluate::{Contest, Outcome};
use crate::metrics::{Difference, Interval};

/// Two models, and which is better.
pub(super) fn models(contest: &Contest) -> Section {
    let Contest { first, second, .. } = contest;
    let words = figures(contest).map(|(name, _, difference)| {
        let outcome = match Outcome::of(&difference) {
            Outcome::Better => format!("{first} is better than {second}"),
            Outcome::Worse => format!("{first} is worse than {second}"),
            Outcome::NotDistinguishable => "the two are not distinguishable".to_owned(),
            Outcome::TooFewGroups => "there are too few groups to tell the two apart".to_owned(),
        };
        format!("By {name}, {outcome}.")
    });
    let title = format!("First: {first}; second: {second}; with 95% intervals");
    Section::new(&title, grid(contest)).saying(words.join(" "))
}

/// A random split beside held-out groups: what it flatters by.
pub(super) fn optimism(contest: &Contest) -> Section {
    let words = figures(contest).map(|(name, _, difference)| {
        let Interval { value, low, high } = difference.interval;
        let by = between(value, low, high, signed);
        match Outcome::of(&difference) {
            Outcome::Better => format!("By {name}, a random split flatters: {by}."),
            _ => format!("By {name}, it cannot be shown that a random split flatters."),
        }
    });
    let title = "First: a random split of the rows; second: whole groups held out";
    Section::new(title, grid(contest)).saying(words.join(" "))
}

fn grid(contest: &Contest) -> Grid {
    let mut grid = Grid::new([
        ("", Align::Left),
        ("first", Align::Right),
        ("second", Align::Right),
        ("difference", Align::Right),
        ("p", Align::Right),
    ]);
    for (name, [first, second], difference) in figures(contest) {
        let Interval { value, low, high } = difference.interval;
        grid.row([
            Cell::from(name),
            score(&first).into(),
            score(&second).into(),
            between(value, low, high, signed).into(),
            known(difference.p_value, p_value).into(),
        ]);
    }
    grid
}

/// Name, figure of the first and the second, and their difference.
pub(super) fn figures(contest: &Contest) -> [(&'static str, [Interval; 2], Difference); 2] {
    let difference = &contest.difference;
    [
        ("accuracy", contest.accuracy, difference.accuracy),
        ("macro-F1", contest.macro_f1, difference.macro_f1),
    ]
}

/// What an outcome is called in JSON.
pub(super) fn verdict(difference: &Difference) -> &'static str {
    match Outcome::of(difference) {
        Outcome::Better => "better",
        Outcome::Worse => "worse",
        Outcome::NotDistinguishable => "not distinguishable",
        Outcome::TooFewGroups => "too few groups",
    }
}
