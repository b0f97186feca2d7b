//! The figures as tables, in the order in which they are reported.

use super::super::grid::{Align, Cell, Grid};
use super::super::number::{count, score};
use super::super::section::Section;
use super::super::{DIM, look};
use super::why;
use crate::codebook::LabelSet;
use crate::evaluate::SetAgreement;
use crate::labels::{ReadUnit, Readings};
use crate::metrics::{Coefficient, Level, PairAgreement};

/// Disagreements printed; CSV and JSON have them all.
const SHOWN: usize = 10;

/// Everything there is to say of a label set.
pub(super) fn of(readings: &Readings, at: usize, set: &SetAgreement) -> Vec<Section> {
    let labels = &readings.sets[at];
    let mut sections = vec![alpha(set), of_labels(labels, set)];
    if !set.parts.is_empty() {
        let by = readings.by_column.as_deref().unwrap_or("part");
        sections.push(parts(by, set));
    }
    sections.push(pairs(readings, at, set));
    if !set.pairs.is_empty() {
        sections.push(pairs_by_label(readings, labels, set));
    }
    sections.push(disagreements(readings, at));
    sections
}

/// What a card says of a label set.
pub(super) fn in_short(readings: &Readings, at: usize, set: &SetAgreement) -> Vec<Section> {
    let labels = &readings.sets[at];
    vec![alpha(set), of_labels(labels, set), pairs(readings, at, set)]
}

pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Nominal => "nominal",
        Level::Ordinal => "ordinal",
        Level::Interval => "interval",
    }
}

fn note(coefficients: &[Coefficient]) -> Cell {
    let mut notes: Vec<&str> = coefficients.iter().map(why).collect();
    notes.retain(|note| !note.is_empty());
    notes.dedup();
    Cell::new(&notes.join("; "), DIM)
}

fn alpha(set: &SetAgreement) -> Section {
    let mut grid = Grid::new([
        ("", Align::Left),
        ("alpha", Align::Right),
        ("", Align::Left),
    ]);
    for (of, coefficient) in &set.agreement.alpha {
        grid.row([
            level(*of).into(),
            score(&coefficient.interval).into(),
            note(&[*coefficient]),
        ]);
    }
    Section::new("Krippendorff's alpha, with 95% intervals", grid)
}

fn of_labels(labels: &LabelSet, set: &SetAgreement) -> Section {
    let mut grid = Grid::new([
        ("label", Align::Left),
        ("given", Align::Right),
        ("alpha", Align::Right),
        ("", Align::Left),
    ]);
    for (at, label) in set.agreement.labels.iter().enumerate() {
        grid.row([
            Cell::new(&labels.labels[at].name, look::paint(labels, at)),
            label.given.to_string().into(),
            score(&label.alpha.interval).into(),
            note(&[label.alpha]),
        ]);
    }
    Section::new("Each label against the rest", grid)
}

fn parts(by: &str, set: &SetAgreement) -> Section {
    let levels = set
        .agreement
        .alpha
        .iter()
        .map(|(of, _)| (level(*of), Align::Right));
    let head = [(by, Align::Left), ("units", Align::Right)];
    let mut grid = Grid::new(head.into_iter().chain(levels).chain([("", Align::Left)]));
    for (value, agreement) in &set.parts {
        let coefficients: Vec<Coefficient> = agreement.alpha.iter().map(|(_, c)| *c).collect();
        let head = [Cell::from(value), agreement.units.to_string().into()];
        let figures = coefficients.iter().map(|c| Cell::from(score(&c.interval)));
        grid.row(head.into_iter().chain(figures).chain([note(&coefficients)]));
    }
    Section::new(&format!("Alpha by {by}"), grid)
}

/// `ann and bob`.
fn names(readings: &Readings, pair: &PairAgreement) -> String {
    format!(
        "{} and {}",
        readings.readers[pair.a], readings.readers[pair.b]
    )
}

fn pairs(readings: &Readings, at: usize, set: &SetAgreement) -> Section {
    let of = if set.agreement.alpha.len() > 1 {
        Level::Ordinal
    } else {
        Level::Nominal
    };
    let alpha = format!("{} alpha", level(of));
    let mut grid = Grid::new([
        ("readers", Align::Left),
        ("shared units", Align::Right),
        ("same label", Align::Right),
        ("Cohen's kappa", Align::Right),
        (&alpha, Align::Right),
        ("", Align::Left),
    ]);
    for pair in &set.pairs {
        grid.row([
            names(readings, pair).into(),
            pair.units.to_string().into(),
            score(&pair.same).into(),
            score(&pair.kappa.interval).into(),
            score(&pair.alpha.interval).into(),
            note(&[pair.kappa, pair.alpha]),
        ]);
    }
    let names = readings.readers.iter().zip(readings.counts(at));
    let read: Vec<String> = names
        .map(|(name, units)| format!("{name}: {units}"))
        .collect();
    let mut words = format!("Units labelled by {}.", read.join(", "));
    let readers = readings.readers.len();
    let apart = readers * readers.saturating_sub(1) / 2 - set.pairs.len();
    if apart > 0 {
        let share = if apart == 1 { "shares" } else { "share" };
        words += &format!(
            " {} {share} no unit, so nothing can be said of them.",
            count(apart, "pair")
        );
    }
    Section::new("Every two readers", grid).saying(words)
}

fn pairs_by_label(readings: &Readings, labels: &LabelSet, set: &SetAgreement) -> Section {
    let names_of_labels = labels.names().map(|name| (name, Align::Right));
    let head = std::iter::once(("readers", Align::Left)).chain(names_of_labels);
    let mut grid = Grid::new(head.chain([("", Align::Left)]));
    for pair in &set.pairs {
        let kappas = pair.labels.iter().map(|c| Cell::from(score(&c.interval)));
        let name = std::iter::once(Cell::from(names(readings, pair)));
        let notes: Vec<String> = labels
            .names()
            .zip(&pair.labels)
            .map(|(name, kappa)| (name, why(kappa)))
            .filter(|(_, why)| !why.is_empty())
            .map(|(name, why)| format!("{name}: {why}"))
            .collect();
        let notes = Cell::new(&notes.join("; "), DIM);
        grid.row(name.chain(kappas).chain([notes]));
    }
    Section::new("Cohen's kappa of each label against the rest", grid)
}

fn disagreements(readings: &Readings, at: usize) -> Section {
    let found: Vec<&ReadUnit> = readings.disagreements(at).collect();
    let columns = readings
        .unit_columns
        .iter()
        .map(|name| (name.as_str(), Align::Left));
    let readers: Vec<String> = readings
        .readers
        .iter()
        .map(|name| format!("reader {name}"))
        .collect();
    let readers = readers.iter().map(|name| (name.as_str(), Align::Left));
    let mut grid = Grid::new(columns.chain(readers));
    let set = &readings.sets[at];
    for unit in found.iter().take(SHOWN) {
        let key = unit.key.iter().map(Cell::from);
        let labels = unit.labels[at].iter().map(|label| match label {
            Some(label) => Cell::new(&set.labels[*label].name, look::paint(set, *label)),
            None => Cell::from(""),
        });
        grid.row(key.chain(labels));
    }
    let title = format!("Disagreements: {}", count(found.len(), "unit"));
    match found.len().checked_sub(SHOWN).filter(|&more| more > 0) {
        None => Section::new(&title, grid),
        Some(more) => {
            Section::new(&title, grid).saying(format!("and {more} more, which --format csv lists"))
        }
    }
}
