use crate::article::source::{self, ReadOptions};
use crate::article::table::{Row, Rows};
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// Reads all rows of the tables by a plan that the first row decides, or the header of a table
/// that has one without rows; `settle` tells the latter what the plan takes of it.
pub(super) fn planned_rows<P, R>(
    files: &[PathBuf],
    decide: impl Fn(&Row) -> Result<P>,
    settle: impl Fn(&P, &mut Rows) -> Result<()>,
    read: impl Fn(&P, &Path, &Row) -> Result<R>,
) -> Result<(P, Vec<R>)> {
    let mut rows = Vec::new();
    let mut plan: Option<P> = None;
    for path in files {
        let decide = |row: &Row| decide(row).map_err(|error| error.at(path));
        let mut table = source::open_rows(path, &ReadOptions::default())?;
        if let Some(header) = table.header() {
            let plan = known_or(&mut plan, || decide(&header))?;
            settle(plan, &mut table)?;
        }
        for row in table {
            let row = row?;
            let plan = known_or(&mut plan, || decide(&row))?;
            rows.push(read(plan, path, &row)?);
        }
    }
    match plan {
        Some(plan) if !rows.is_empty() => Ok((plan, rows)),
        _ => Err(Error::input("no row to read")
            .remedy("give a table with a header and rows")
            .at(files.first().map_or(Path::new("-"), PathBuf::as_path))),
    }
}

fn known_or<P>(plan: &mut Option<P>, decide: impl FnOnce() -> Result<P>) -> Result<&P> {
    match plan {
        Some(plan) => Ok(plan),
        None => Ok(plan.insert(decide()?)),
    }
}
