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
    let mut planned = Planned::new(decide, read);
    for path in files {
        let mut table = source::open_rows(path, &ReadOptions::default())?;
        if let Some(header) = table.header() {
            settle(planned.plan(path, &header)?, &mut table)?;
        }
        planned.read(path, table)?;
    }
    let first = files.first().map_or(Path::new("-"), PathBuf::as_path);
    planned.finish(first)
}

/// The same of a table that is no file; errors call it `name`.
pub(super) fn planned_table<P, R>(
    name: &Path,
    table: impl IntoIterator<Item = Result<Row>>,
    decide: impl Fn(&Row) -> Result<P>,
    read: impl Fn(&P, &Path, &Row) -> Result<R>,
) -> Result<(P, Vec<R>)> {
    let mut planned = Planned::new(decide, read);
    planned.read(name, table)?;
    planned.finish(name)
}

/// Rows read so far, and the plan they are read by once it is known.
struct Planned<P, R, D, F> {
    plan: Option<P>,
    rows: Vec<R>,
    decide: D,
    read: F,
}

impl<P, R, D, F> Planned<P, R, D, F>
where
    D: Fn(&Row) -> Result<P>,
    F: Fn(&P, &Path, &Row) -> Result<R>,
{
    fn new(decide: D, read: F) -> Self {
        Self {
            plan: None,
            rows: Vec::new(),
            decide,
            read,
        }
    }

    /// The plan, decided by this row if it is the first.
    fn plan(&mut self, path: &Path, first: &Row) -> Result<&P> {
        match &mut self.plan {
            Some(plan) => Ok(plan),
            none => Ok(none.insert((self.decide)(first).map_err(|error| error.at(path))?)),
        }
    }

    fn read(&mut self, path: &Path, table: impl IntoIterator<Item = Result<Row>>) -> Result<()> {
        for row in table {
            let row = row?;
            self.plan(path, &row)?;
            if let Some(plan) = &self.plan {
                self.rows.push((self.read)(plan, path, &row)?);
            }
        }
        Ok(())
    }

    fn finish(self, first: &Path) -> Result<(P, Vec<R>)> {
        match self.plan {
            Some(plan) if !self.rows.is_empty() => Ok((plan, self.rows)),
            _ => Err(Error::input("no row to read")
                .remedy("give a table with a header and rows")
                .at(first)),
        }
    }
}
