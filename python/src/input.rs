//! What Python hands in: tables and columns of texts.

use crate::bad_rows::Reason;
use crate::columns::{Batches, arrow_failed};
use crate::texts::{Cell, cells, decoded};
use arrow_array::ArrayRef;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyString};
use pyo3_arrow::input::{AnyArray, AnyRecordBatch};

impl FromPyObject<'_, '_> for Batches {
    type Error = PyErr;

    fn extract(table: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if !is_arrow(&table)? {
            return Err(PyTypeError::new_err(format!(
                "give a table that speaks Arrow (of pandas 2.2 or newer, polars, pyarrow, …), not {}",
                table.get_type().name()?
            )));
        }
        let table: AnyRecordBatch = table.extract()?;
        let (batches, schema) = table.into_table()?.into_inner();
        Ok(Self { batches, schema })
    }
}

fn is_arrow(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(value.hasattr("__arrow_c_stream__")? || value.hasattr("__arrow_c_array__")?)
}

/// A column of texts.
pub enum Texts {
    Arrow(Vec<ArrayRef>),
    Listed(Vec<Result<String, Reason>>),
}

impl Texts {
    /// The texts, each whole or with the reason why not.
    pub fn cells(&self) -> Vec<Cell<'_>> {
        match self {
            Self::Arrow(arrays) => arrays.iter().flat_map(|array| cells(array)).collect(),
            Self::Listed(texts) => {
                let cells = texts.iter().map(Result::as_deref);
                cells.map(|cell| cell.map_err(|&bad| bad)).collect()
            }
        }
    }
}

impl FromPyObject<'_, '_> for Texts {
    type Error = PyErr;

    fn extract(texts: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if texts.is_instance_of::<PyString>() {
            return Err(PyTypeError::new_err("give a list of texts, not one text"));
        }
        // A column of objects cannot always be had as Arrow, but can be walked through.
        if is_arrow(&texts)?
            && let Ok(column) = texts.extract::<AnyArray>()
        {
            let (arrays, _) = column.into_chunked_array()?.into_inner();
            let arrays: Result<_, _> = arrays.iter().map(decoded).collect();
            return Ok(Self::Arrow(arrays.map_err(arrow_failed)?));
        }
        let listed = texts.try_iter()?.map(|text| listed(&text?));
        Ok(Self::Listed(listed.collect::<PyResult<_>>()?))
    }
}

fn listed(value: &Bound<'_, PyAny>) -> PyResult<Result<String, Reason>> {
    if let Ok(text) = value.cast::<PyString>() {
        // A lone surrogate is no text anywhere else.
        return Ok(text
            .to_str()
            .map(str::to_owned)
            .map_err(|_| Reason::NotUtf8));
    }
    let missing = match value.cast::<PyFloat>() {
        Ok(number) => number.value().is_nan(),
        Err(_) => value.is_none(),
    };
    Ok(Err(match missing {
        true => Reason::Null,
        false => Reason::NotText,
    }))
}
