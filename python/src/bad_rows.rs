//! Rows that cannot be tagged, and what becomes of them.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::fmt;

/// Why a row cannot be tagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Null,
    NotText,
    NotUtf8,
    /// Longer than so many bytes.
    TooLong(usize),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::NotText => f.write_str("not text"),
            Self::NotUtf8 => f.write_str("not UTF-8"),
            Self::TooLong(most) => write!(f, "longer than {most} bytes"),
        }
    }
}

/// What becomes of rows that cannot be tagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnBad {
    /// An exception.
    Raise,
    /// Null tags, and the reason in a column of its own.
    Null,
}

impl OnBad {
    /// By its name in Python.
    pub fn named(name: &str) -> PyResult<Self> {
        match name {
            "raise" => Ok(Self::Raise),
            "null" => Ok(Self::Null),
            other => Err(PyValueError::new_err(format!(
                "on_bad is 'raise' or 'null', not '{other}'"
            ))),
        }
    }
}
