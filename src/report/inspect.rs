//! Facts under headings: what `stance inspect` tells of a model.

use super::grid::{Align, Cell, Grid};
use super::object::{Object, pretty};
use super::{BOLD, DIM, Style};
use serde::Serialize;

/// The version of the JSON format.
const SCHEMA: &str = "stance-inspect/1";

/// Facts that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What they are about.
    pub title: String,
    /// Name and value, in order.
    pub rows: Vec<(String, String)>,
}

/// For a terminal: one section after another.
#[must_use]
pub fn table(sections: &[Section], style: Style) -> String {
    let sections: Vec<String> = sections.iter().map(|one| section(one, style)).collect();
    sections.join("\n")
}

/// `schema` (`stance-inspect/1`) and `sections`: an array of `title` and `rows`, an object of texts.
#[must_use]
pub fn json(sections: &[Section]) -> String {
    pretty(&Document {
        schema: SCHEMA,
        sections: sections.iter().map(facts).collect(),
    })
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    sections: Vec<Facts<'a>>,
}

#[derive(Serialize)]
struct Facts<'a> {
    title: &'a str,
    rows: Object<'a, &'a str>,
}

fn facts(section: &Section) -> Facts<'_> {
    let rows = section
        .rows
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    Facts {
        title: &section.title,
        rows: Object(rows.collect()),
    }
}

fn section(section: &Section, style: Style) -> String {
    let mut grid = Grid::new([("", Align::Left), ("", Align::Left)]);
    for (name, value) in &section.rows {
        grid.row([Cell::new(name, DIM), value.into()]);
    }
    style.lines(&section.title, BOLD, 0) + &grid.terminal(style)
}
