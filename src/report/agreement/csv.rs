//! The disagreements as CSV.

use super::super::spreadsheet::guard;
use crate::labels::{ReadUnit, Readings};

/// One row a unit and label set that two readers gave different labels: `set`, the columns that
/// name the unit, `text` where there is one, and `reader_NAME` for each reader; an empty cell is no
/// label. What a spreadsheet would take for a formula begins with an apostrophe.
#[must_use]
pub fn csv(readings: &Readings) -> String {
    let with_text = readings.units.iter().any(|unit| unit.text.is_some());
    let mut header = vec!["set".to_owned()];
    header.extend(
        readings
            .unit_columns
            .iter()
            .map(|name| guard(name).into_owned()),
    );
    header.extend(with_text.then(|| "text".to_owned()));
    header.extend(readings.readers.iter().map(|name| format!("reader_{name}")));
    let sets = 0..readings.sets.len();
    let rows = sets.flat_map(|at| readings.disagreements(at).map(move |unit| (at, unit)));
    let rows = rows.map(|(at, unit)| cells(readings, at, unit, with_text));
    let mut out = ::csv::Writer::from_writer(Vec::new());
    for record in std::iter::once(header).chain(rows) {
        out.write_record(record)
            .expect("all records are of one length, and memory takes them");
    }
    let bytes = out.into_inner().expect("memory takes what is written");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn cells(readings: &Readings, at: usize, unit: &ReadUnit, with_text: bool) -> Vec<String> {
    let set = &readings.sets[at];
    let mut cells = vec![guard(&set.name).into_owned()];
    cells.extend(unit.key.iter().map(|cell| guard(cell).into_owned()));
    let text = unit.text.as_deref().unwrap_or("");
    cells.extend(with_text.then(|| guard(text).into_owned()));
    let label = |label: &Option<usize>| match label {
        Some(label) => guard(&set.labels[*label].name).into_owned(),
        None => String::new(),
    };
    cells.extend(unit.labels[at].iter().map(label));
    cells
}
