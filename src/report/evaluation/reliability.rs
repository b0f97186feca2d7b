//! Whether probabilities mean what they say, and what leaving the low ones out buys.

use super::super::grid::{Align, Cell, Grid};
use super::super::number::{between, known, percent, score};
use super::super::{BOLD, PLAIN};
use super::Section;
use crate::evaluate::{Abstaining, Reliability};

pub(super) fn figures(reliability: &Reliability) -> Section {
    let mut grid = Grid::new([("", Align::Left), ("error", Align::Right)]);
    for (name, figure) in [
        (
            "expected calibration error",
            &reliability.expected_calibration_error,
        ),
        ("log-loss (nats)", &reliability.log_loss),
        ("Brier score (0 to 2)", &reliability.brier),
    ] {
        let figure = between(figure.value, figure.low, figure.high, thousandths);
        grid.row([name.into(), figure.into()]);
    }
    Section::new("Probabilities, with 95% intervals", grid)
}

/// The bins that have rows.
pub(super) fn bins(reliability: &Reliability) -> Section {
    let mut grid = Grid::new([
        ("probability", Align::Right),
        ("rows", Align::Right),
        ("mean", Align::Right),
        ("right", Align::Right),
    ]);
    for bin in reliability.bins.iter().filter(|bin| bin.rows > 0) {
        let right = &bin.accuracy;
        grid.row([
            Cell::from(format!("{:.0}–{:.0}%", 100.0 * bin.low, 100.0 * bin.high)),
            bin.rows.to_string().into(),
            known(bin.mean_probability, percent).into(),
            between(right.value, right.low, right.high, percent).into(),
        ]);
    }
    let title = "Reliability: how often the likeliest label is right, by its probability";
    Section::new(title, grid)
}

pub(super) fn abstaining(abstaining: &Abstaining) -> Section {
    let mut grid = Grid::new([
        ("unsure below", Align::Right),
        ("rows kept", Align::Right),
        ("accuracy", Align::Right),
        ("macro-F1", Align::Right),
    ]);
    for kept in &abstaining.kept {
        let set = kept.threshold == abstaining.unsure_below;
        let style = if set { BOLD } else { PLAIN };
        let mark = if set { "▸ " } else { "" };
        let kept_share = &kept.coverage;
        grid.row(
            [
                format!("{mark}{}", kept.threshold),
                between(kept_share.value, kept_share.low, kept_share.high, percent),
                score(&kept.accuracy),
                score(&kept.macro_f1),
            ]
            .map(|text| Cell::new(&text, style)),
        );
    }
    let title = "Leaving out what is unsure: how good the rest is (▸ the threshold set)";
    Section::new(title, grid)
}

/// Three decimals, for figures near zero.
fn thousandths(value: f64) -> String {
    if value.is_finite() {
        format!("{value:.3}").replace('-', "−")
    } else {
        super::super::number::UNKNOWN.to_owned()
    }
}
