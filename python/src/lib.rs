//! The Python package: a thin layer over the public rooms of the library. Arrow comes and goes
//! through the PyCapsule interface, long work runs without the interpreter's lock.

mod article;
mod bad_rows;
mod columns;
mod comparison;
mod counts;
mod error;
mod evaluation;
mod explain;
mod file;
mod input;
mod interrupt;
mod json;
mod labels;
mod model;
mod paths;
mod pool;
mod probabilities;
mod rows;
mod table;
mod tag_columns;
mod tagged_articles;
mod texts;
mod training;
mod warning;

use pyo3::prelude::*;

#[pymodule]
mod _stance {
    #[pymodule_export]
    use crate::article::{Article, extract_pdf, read_articles};
    #[pymodule_export]
    use crate::comparison::{Comparison, compare};
    #[pymodule_export]
    use crate::counts::{Counting, compare_counts};
    #[pymodule_export]
    use crate::evaluation::{evaluate_model, evaluate_training};
    #[pymodule_export]
    use crate::model::Model;
    #[pymodule_export]
    use crate::pool::set_threads;
    #[pymodule_export]
    use crate::table::Table;
    #[pymodule_export]
    use crate::training::{train, train_texts};
}
