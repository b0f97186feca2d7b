//! Failures of the library as Python exceptions, which `stance/errors.py` declares.

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};
use stance::error::{Error, Kind};

/// The exception that says what the failure says: what, file, line, column, remedy.
pub fn raised(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).unwrap_or_else(|_| PyException::new_err(error.to_string()))
}

fn exception(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    static INPUT: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static USAGE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static FILE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = match error.kind {
        Kind::Input => INPUT.import(py, "stance.errors", "InputError")?,
        Kind::Usage => USAGE.import(py, "stance.errors", "UsageError")?,
        Kind::Io => FILE.import(py, "stance.errors", "FileError")?,
    };
    let place = error.place.as_ref();
    let details = PyDict::new(py);
    details.set_item("file", place.map(|place| place.file.display().to_string()))?;
    details.set_item("line", place.and_then(|place| place.line))?;
    details.set_item("column", place.and_then(|place| place.column))?;
    details.set_item("remedy", error.remedy.as_deref().map(in_python))?;
    let value = class.call((error.what.as_str(),), Some(&details))?;
    Ok(PyErr::from_value(value))
}

/// Options of the command line are keyword arguments here: `--in-order` is `in_order=`.
fn in_python(remedy: &str) -> String {
    let mut pieces = remedy.split("--");
    let mut written = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_of_name = |letter: char| letter.is_ascii_lowercase() || letter == '-';
        let end = piece.find(|letter| !is_of_name(letter));
        let (name, rest) = piece.split_at(end.unwrap_or(piece.len()));
        written += &name.replace('-', "_");
        written += "=";
        written += rest;
    }
    written
}

/// The library's results as Python's.
pub trait OrRaise<T> {
    /// The value, or the failure as an exception.
    fn or_raise(self, py: Python<'_>) -> PyResult<T>;
}

impl<T> OrRaise<T> for stance::error::Result<T> {
    fn or_raise(self, py: Python<'_>) -> PyResult<T> {
        self.map_err(|error| raised(py, &error))
    }
}
