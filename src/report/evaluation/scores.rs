//! Accuracy, F1, labels and confusion.

use super::super::grid::{Align, Cell, Grid};
use super::super::number::{between, percent, score};
use super::super::{BOLD, PLAIN};
use super::Section;
use crate::evaluate::Majority;
use crate::metrics::{Interval, Scores};

/// The scores of all labels together, beside those of the commonest label if they are known.
pub(super) fn overall(scores: &Scores, majority: Option<&Majority>) -> Section {
    let always = majority.map(|majority| {
        let name = scores.label_names.get(majority.label);
        format!("always {}", name.map_or("the same", String::as_str))
    });
    let baseline = always.iter().map(|name| (name.as_str(), Align::Right));
    let head = [("", Align::Left), ("score", Align::Right)];
    let mut grid = Grid::new(head.into_iter().chain(baseline));
    type Figure = fn(&Scores) -> &Interval;
    let figures: [(&str, Figure); 3] = [
        ("accuracy", |scores| &scores.accuracy),
        ("macro-F1", |scores| &scores.macro_f1),
        ("weighted F1", |scores| &scores.weighted_f1),
    ];
    for (name, figure) in figures {
        let baseline = majority.map(|majority| score(figure(&majority.scores)).into());
        let cells = [Cell::from(name), score(figure(scores)).into()];
        grid.row(cells.into_iter().chain(baseline));
    }
    if majority.is_none() {
        let share = percent(scores.majority_accuracy);
        grid.row(["accuracy of the commonest label".into(), share.into()]);
    }
    Section::new("Overall, with 95% intervals", grid)
}

pub(super) fn labels(scores: &Scores) -> Section {
    let mut grid = Grid::new([
        ("label", Align::Left),
        ("precision", Align::Right),
        ("recall", Align::Right),
        ("F1", Align::Right),
        ("support", Align::Right),
    ]);
    for (name, label) in scores.label_names.iter().zip(&scores.labels) {
        grid.row([
            Cell::from(name),
            score(&label.precision).into(),
            score(&label.recall).into(),
            score(&label.f1).into(),
            label.support.to_string().into(),
        ]);
    }
    Section::new("Labels, with 95% intervals", grid)
}

/// How many rows of each label were given which; with their share of the line where it is known.
pub(super) fn confusion(scores: &Scores, shares: &[Vec<Interval>]) -> Section {
    let predicted = scores
        .label_names
        .iter()
        .map(|name| (name.as_str(), Align::Right));
    let mut grid = Grid::new(std::iter::once(("", Align::Left)).chain(predicted));
    for (truth, (name, counts)) in scores.label_names.iter().zip(&scores.confusion).enumerate() {
        let cell = |(predicted, count): (usize, &u64)| {
            let share = shares.get(truth).and_then(|line| line.get(predicted));
            let share = share.map(|s| format!(" = {}", between(s.value, s.low, s.high, percent)));
            Cell::new(
                &format!("{count}{}", share.unwrap_or_default()),
                if truth == predicted { BOLD } else { PLAIN },
            )
        };
        grid.row(std::iter::once(Cell::from(name)).chain(counts.iter().enumerate().map(cell)));
    }
    let title = "Confusion: a line is the true label, a column the predicted one";
    Section::new(title, grid)
}
