//! How far readers agree: figures of one or several label sets, and what they disagree on.

mod csv;
mod json;
mod sections;

pub use csv::csv;
pub use json::json;

use super::markdown::{escape, heading};
use super::number::count;
use super::section::Section;
use super::{BOLD, DIM, Style};
use crate::evaluate::SetAgreement;
use crate::labels::Readings;
use crate::metrics::{Agreement, Coefficient, Undefined};

/// One set after another, for a terminal; `sets` are in the order of the readings' sets.
#[must_use]
pub fn table(readings: &Readings, sets: &[SetAgreement], style: Style) -> String {
    let set = |(at, set): (usize, &SetAgreement)| {
        let title = style.lines(&title(readings, at, set), BOLD, 0);
        let amount = style.lines(&amount(readings, set), DIM, 0);
        let sections = sections::of(readings, at, set);
        let sections = sections.iter().map(|section| section.terminal(style));
        title + &amount + &sections.collect::<String>()
    };
    let sets: Vec<String> = sets.iter().enumerate().map(set).collect();
    sets.join("\n\n")
}

/// One set after another, in Markdown; `sets` are in the order of the readings' sets.
#[must_use]
pub fn markdown(readings: &Readings, sets: &[SetAgreement]) -> String {
    written(readings, sets, 1, sections::of)
}

/// The figures of all readers, of each label and of every two readers, each set under a heading of
/// that level.
pub(super) fn markdown_in_short(
    readings: &Readings,
    sets: &[SetAgreement],
    level: usize,
) -> String {
    written(readings, sets, level, sections::in_short)
}

fn written(
    readings: &Readings,
    sets: &[SetAgreement],
    level: usize,
    sections: fn(&Readings, usize, &SetAgreement) -> Vec<Section>,
) -> String {
    let set = |(at, set): (usize, &SetAgreement)| {
        let heading = heading(level, &title(readings, at, set));
        let amount = escape(&amount(readings, set));
        let sections = sections(readings, at, set);
        let sections = sections.iter().map(|section| section.markdown(level + 1));
        format!("{heading}\n{amount}.\n{}", sections.collect::<String>())
    };
    let sets: Vec<String> = sets.iter().enumerate().map(set).collect();
    sets.join("\n")
}

/// `stance: 5099 units labelled by two or more of 3 readers`.
fn title(readings: &Readings, at: usize, set: &SetAgreement) -> String {
    let units = count(set.agreement.units as usize, "unit");
    let readers = readings.readers.len();
    let name = &readings.sets[at].name;
    match readers {
        2 => format!("{name}: {units} labelled by both readers"),
        _ => format!("{name}: {units} labelled by two or more of {readers} readers"),
    }
}

/// What is resampled, and what is left out.
fn amount(readings: &Readings, set: &SetAgreement) -> String {
    let Agreement {
        groups,
        single,
        unlabelled,
        ..
    } = set.agreement;
    let mut amount = match &readings.group_column {
        Some(column) => format!("{} by column {column}", count(groups as usize, "group")),
        None => "no column of groups, so that intervals take units for independent".to_owned(),
    };
    amount += match single {
        0 => "; no unit with a single label".to_owned(),
        1 => "; 1 unit with a single label says nothing and is left out".to_owned(),
        _ => format!("; {single} units with a single label say nothing and are left out"),
    }
    .as_str();
    if unlabelled > 0 {
        amount += &format!("; {} without a label", count(unlabelled as usize, "unit"));
    }
    amount
}

/// Why a figure or its interval is missing; empty if neither is.
fn why(coefficient: &Coefficient) -> &'static str {
    match coefficient.undefined {
        Some(Undefined::NothingShared) => "undefined: no unit has labels of two readers",
        Some(Undefined::OneLabel) => {
            "undefined: only one label was given, so chance alone would agree every time"
        }
        Some(Undefined::NeverGiven) => "undefined: nobody gave this label",
        Some(Undefined::AlwaysGiven) => "undefined: nobody gave another label",
        None if coefficient.interval.low.is_none() => {
            "no interval: fewer than two groups bear on it"
        }
        None => "",
    }
}
