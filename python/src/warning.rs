//! What deserves to be known but is no failure, as Python's warnings.

use pyo3::exceptions::PyUserWarning;
use pyo3::prelude::*;
use stance::labels::Labelled;
use std::ffi::CString;

/// What deserves to be known of labels.
pub fn of_labels(labelled: &Labelled) -> Vec<String> {
    let mut warnings = Vec::new();
    if labelled.columns.group.is_none() {
        warnings.push(
            "no column of groups: single rows are held out, which flatters the scores; name the \
             column of authors or articles with group="
                .to_owned(),
        );
    }
    for (at, set) in labelled.sets.iter().enumerate() {
        let found = labelled.contradictions(at);
        let Some(first) = found.first() else {
            continue;
        };
        let (file, line, label) = &first.first;
        let (other_file, other_line, other) = &first.second;
        warnings.push(format!(
            "{} contradictory rows in `{}`; first: {file}:{line} says {label}, \
             {other_file}:{other_line} says {other} of the same sentence",
            found.len(),
            set.name,
        ));
    }
    warnings
}

/// Warns whoever called the package's function.
pub fn warn(py: Python<'_>, warnings: &[String]) -> PyResult<()> {
    let category = py.get_type::<PyUserWarning>();
    warnings.iter().try_for_each(|warning| {
        let message = CString::new(warning.replace('\0', " "))?;
        PyErr::warn(py, &category, &message, CALLER)
    })
}

/// The frame above the package's own function.
const CALLER: i32 = 2;
