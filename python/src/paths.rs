//! Names of files and folders.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use std::path::PathBuf;

/// The paths that are named, by one or by a list of them; nothing if it is something else.
pub fn paths(named: &Bound<'_, PyAny>) -> Option<Vec<PathBuf>> {
    if let Ok(path) = named.extract::<PathBuf>() {
        return Some(vec![path]);
    }
    let is_list = named.is_instance_of::<PyList>() || named.is_instance_of::<PyTuple>();
    is_list.then(|| named.extract().ok()).flatten()
}
