//! How good the tags are: scores of one or several label sets.

mod json;
mod markdown;
mod table;

pub use json::json;
pub use markdown::markdown;
pub use table::table;

use super::grid::{Align, Cell, Grid};
use super::number::{percent, score};
use super::{BOLD, PLAIN};
use crate::metrics::Scores;

/// The scores of one label set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evaluation<'a> {
    /// The name of the set.
    pub set: &'a str,
    /// Its scores.
    pub scores: &'a Scores,
}

impl Evaluation<'_> {
    /// `stance: 120 rows of 9 groups`.
    fn title(&self) -> String {
        let Scores { rows, groups, .. } = self.scores;
        format!("{}: {rows} rows of {groups} groups", self.set)
    }

    /// A table under each heading, in the order in which they are reported.
    fn tables(&self) -> [(&'static str, Grid); 3] {
        [
            ("Overall, with 95% intervals", overall(self.scores)),
            ("Labels, with 95% intervals", labels(self.scores)),
            (
                "Confusion: a line is the true label, a column the predicted one",
                confusion(self.scores),
            ),
        ]
    }
}

fn overall(scores: &Scores) -> Grid {
    let mut grid = Grid::new([("", Align::Left), ("score", Align::Right)]);
    grid.row(["accuracy".into(), score(&scores.accuracy).into()]);
    grid.row([
        "accuracy of the commonest label".into(),
        percent(scores.majority_accuracy).into(),
    ]);
    grid.row(["macro-F1".into(), score(&scores.macro_f1).into()]);
    grid.row(["weighted F1".into(), score(&scores.weighted_f1).into()]);
    grid
}

fn labels(scores: &Scores) -> Grid {
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
    grid
}

fn confusion(scores: &Scores) -> Grid {
    let predicted = scores
        .label_names
        .iter()
        .map(|name| (name.as_str(), Align::Right));
    let mut grid = Grid::new(std::iter::once(("", Align::Left)).chain(predicted));
    for (truth, (name, counts)) in scores.label_names.iter().zip(&scores.confusion).enumerate() {
        let cell = |(predicted, count): (usize, &u64)| {
            Cell::new(
                &count.to_string(),
                if truth == predicted { BOLD } else { PLAIN },
            )
        };
        grid.row(std::iter::once(Cell::from(name)).chain(counts.iter().enumerate().map(cell)));
    }
    grid
}
