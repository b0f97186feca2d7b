//! What more labels would bring.

use super::super::DIM;
use super::super::grid::{Align, Cell, Grid};
use super::super::number::{between, decimal, known, score, signed};
use super::Section;
use crate::evaluate::LearningCurve;
use crate::metrics::Interval;

/// A gain that rounds to nothing is none.
const LEAST_GAIN: f64 = 0.005;
/// Fewer points leave a curve open.
const LEAST_POINTS: usize = 3;

pub(super) fn section(curve: &LearningCurve) -> Section {
    let mut grid = Grid::new([
        ("labels", Align::Right),
        ("groups", Align::Right),
        ("models", Align::Right),
        ("accuracy", Align::Right),
        ("macro-F1", Align::Right),
    ]);
    for point in &curve.points {
        grid.row([
            Cell::from(point.rows.to_string()),
            point.groups.to_string().into(),
            point.parts.to_string().into(),
            score(&point.accuracy).into(),
            score(&point.macro_f1).into(),
        ]);
    }
    if curve.doubled.value.is_some() {
        let expected = [
            &curve.doubled_rows.to_string(),
            "",
            "",
            "expected",
            &score(&curve.doubled),
        ];
        grid.row(expected.map(|text| Cell::new(text, DIM)));
    }
    let title = "Learning curve: held-out scores by number of labels, with 95% intervals";
    Section::new(title, grid).saying(words(curve))
}

/// What the curve says of twice the labels.
fn words(curve: &LearningCurve) -> String {
    let cannot = "What more labels would bring cannot be told";
    if curve.points.len() < LEAST_POINTS {
        return format!(
            "{cannot}: there are too few groups to learn from parts of them. Label text of more."
        );
    }
    let (
        Some(law),
        Interval {
            value: Some(gain),
            low,
            high,
        },
    ) = (&curve.law, curve.gain)
    else {
        return format!("{cannot}: macro-F1 does not rise with the labels.");
    };
    let gained = between(Some(gain), low, high, signed);
    let now = known(
        curve.points.last().and_then(|all| all.macro_f1.value),
        decimal,
    );
    let law = format!(
        "Macro-F1 follows {} − {} · labels^−{}.",
        decimal(law.ceiling),
        decimal(law.drop),
        decimal(law.exponent)
    );
    let doubled = known(curve.doubled.value, decimal);
    let rows = curve.doubled_rows;
    let outlook = match low {
        None => format!("{cannot}: one group says nothing of others."),
        Some(low) if low < LEAST_GAIN => format!(
            "Twice the labels ({rows}) may bring nothing: the curve gains {gained} on {now}."
        ),
        Some(_) => format!(
            "Twice the labels ({rows}), if they are like these and the curve goes on, would bring it \
             from {now} to about {doubled}, a gain of {gained}."
        ),
    };
    format!("{law} {outlook}")
}
