//! The probabilities of one label set as a NumPy array.

use crate::error::OrRaise;
use crate::input::Texts;
use crate::rows::{Limits, Rows};
use numpy::{PyArray1, PyArray2, PyArrayMethods};
use pyo3::prelude::*;
use stance::tagger::Tagger;

/// Texts × labels, of texts that stand alone.
pub fn of<'py>(
    py: Python<'py>,
    tagger: &Tagger,
    texts: &Texts,
    label: Option<&str>,
    limits: Limits,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let head = tagger.head(label).or_raise(py)?;
    let cells = texts.cells();
    let shape = [cells.len(), tagger.heads()[head].set.labels.len()];
    let rows = Rows::new::<()>(cells, None, limits);
    let mut found = Vec::with_capacity(shape[0] * shape[1]);
    rows.tag(py, tagger, |_, tagged| {
        let tags = tagged.iter().flatten().map(|tags| &tags.tags[head]);
        found.extend(tags.flat_map(|tag| &tag.probabilities));
        Ok(())
    })?;
    PyArray1::from_vec(py, found).reshape(shape)
}
