//! What stands for Parquet in a program that was built without it.

use std::path::Path;

use super::{Failure, Row, TableSettings};
use crate::error::{Error, Result};

/// A Parquet file: there is none here.
pub(super) enum Parquet {}

/// The rows of a Parquet file, some at a time: there are none here.
pub enum Batches {}

impl Parquet {
    pub(super) fn open(path: &Path, _: TableSettings) -> Result<Self> {
        Err(Error::input("this program was built without Parquet")
            .at(path)
            .remedy("build it with `cargo build --release --features parquet`, or save the table as CSV or JSONL"))
    }

    pub(super) fn header(&self) -> Row {
        match *self {}
    }

    pub(super) fn read_only(&mut self, _: &[&str]) {
        match *self {}
    }

    pub(super) fn demand_text(&mut self, _: &str) -> Result<()> {
        match *self {}
    }

    pub(super) fn read(&mut self) -> Result<Option<Row>, Failure> {
        match *self {}
    }

    pub(super) fn whole(&self) -> Result<Batches> {
        match *self {}
    }
}
