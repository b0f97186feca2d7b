//! Sparse rows in one block of memory.

use crate::error::{Error, Result};
use std::ops::Range;

/// One sparse row: the columns that are not zero, ascending, and their values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'x> {
    /// The columns, strictly ascending.
    pub index: &'x [u32],
    /// Their values, one for each column.
    pub value: &'x [f32],
}

impl<'x> Row<'x> {
    /// Columns and values side by side, in ascending order of the columns.
    pub fn iter(self) -> impl Iterator<Item = (usize, f32)> + 'x {
        self.index
            .iter()
            .zip(self.value)
            .map(|(&column, &value)| (column as usize, value))
    }
}

/// A sparse matrix in compressed rows: row `i` holds the entries `start[i]..start[i + 1]`.
///
/// ```
/// use stance::linear::Matrix;
/// // 1 0 2
/// // 0 0 0
/// // 0 3 0
/// let matrix = Matrix::new(3, vec![0, 2, 2, 3], vec![0, 2, 1], vec![1.0, 2.0, 3.0])?;
/// assert_eq!(matrix.rows(), 3);
/// assert_eq!(matrix.row(0).index, [0, 2]);
/// assert_eq!(matrix.select(&[2, 0]).row(1), matrix.row(0));
/// # Ok::<(), stance::error::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    columns: usize,
    start: Vec<usize>,
    index: Vec<u32>,
    value: Vec<f32>,
}

impl Matrix {
    /// A matrix of `start.len() - 1` rows.
    ///
    /// # Errors
    /// Where `start` does not rise from 0 to the number of entries, where the columns of a row are
    /// not strictly ascending below `columns`, or where a value is not finite.
    pub fn new(
        columns: usize,
        start: Vec<usize>,
        index: Vec<u32>,
        value: Vec<f32>,
    ) -> Result<Self> {
        let bounds = (start.first(), start.last());
        if bounds != (Some(&0), Some(&index.len())) || index.len() != value.len() {
            return Err(malformed(
                "the rows do not cover the entries from first to last",
            ));
        }
        if start.windows(2).any(|pair| pair[0] > pair[1]) {
            return Err(malformed("a row ends before it starts"));
        }
        let matrix = Self::unchecked(columns, start, index, value);
        for row in 0..matrix.rows() {
            matrix.check_row(row)?;
        }
        Ok(matrix)
    }

    /// A matrix that is known to be sound; columns need not ascend where nobody asks for that.
    pub(super) fn unchecked(
        columns: usize,
        start: Vec<usize>,
        index: Vec<u32>,
        value: Vec<f32>,
    ) -> Self {
        Self {
            columns,
            start,
            index,
            value,
        }
    }

    /// A matrix of copied rows.
    ///
    /// # Errors
    /// As [`Matrix::new`].
    pub fn from_rows<'r>(columns: usize, rows: impl IntoIterator<Item = Row<'r>>) -> Result<Self> {
        let (mut start, mut index, mut value) = (vec![0], Vec::new(), Vec::new());
        for row in rows {
            index.extend_from_slice(row.index);
            value.extend_from_slice(row.value);
            start.push(index.len());
        }
        Self::new(columns, start, index, value)
    }

    fn check_row(&self, number: usize) -> Result<()> {
        let row = self.row(number);
        let ascending = row.index.windows(2).all(|pair| pair[0] < pair[1]);
        let inside = row
            .index
            .last()
            .is_none_or(|&last| (last as usize) < self.columns);
        if !ascending || !inside {
            return Err(malformed(&format!(
                "the columns of row {number} are not strictly ascending below {}",
                self.columns
            )));
        }
        if row.value.iter().any(|value| !value.is_finite()) {
            return Err(malformed(&format!(
                "row {number} holds a value that is not finite"
            )));
        }
        Ok(())
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.start.len() - 1
    }

    /// How many columns there are, empty ones included.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many entries are stored.
    pub fn entries(&self) -> usize {
        self.index.len()
    }

    /// Row `number`, from 0.
    ///
    /// # Panics
    /// Where there is no such row, as a slice does.
    pub fn row(&self, number: usize) -> Row<'_> {
        let entries = self.start[number]..self.start[number + 1];
        Row {
            index: &self.index[entries.clone()],
            value: &self.value[entries],
        }
    }

    /// All rows, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.rows()).map(|number| self.row(number))
    }

    /// The given rows in the given order; a row may come more than once.
    ///
    /// # Panics
    /// Where there is no such row, as a slice does.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        Self::stack(self.columns, rows.iter().map(|&number| self.row(number)))
    }

    /// Rows that are known to be sound, one below the other.
    pub(super) fn stack<'r>(columns: usize, rows: impl Iterator<Item = Row<'r>> + Clone) -> Self {
        let entries = rows.clone().map(|row| row.index.len()).sum();
        let mut stacked = Self {
            columns,
            start: vec![0],
            index: Vec::with_capacity(entries),
            value: Vec::with_capacity(entries),
        };
        for row in rows {
            stacked.index.extend_from_slice(row.index);
            stacked.value.extend_from_slice(row.value);
            stacked.start.push(stacked.index.len());
        }
        stacked
    }

    /// Rows become columns; the order of the entries is kept by a counting sort.
    pub(super) fn transpose(&self) -> Self {
        let mut start = vec![0; self.columns + 1];
        for &column in &self.index {
            start[column as usize + 1] += 1;
        }
        for column in 0..self.columns {
            start[column + 1] += start[column];
        }
        let mut next = start.clone();
        let mut index = vec![0; self.entries()];
        let mut value = vec![0.0; self.entries()];
        for (number, row) in (0_u32..).zip(self.iter()) {
            for (column, entry) in row.iter() {
                index[next[column]] = number;
                value[next[column]] = entry;
                next[column] += 1;
            }
        }
        Self {
            columns: self.rows(),
            start,
            index,
            value,
        }
    }

    /// Cuts the rows into runs of at least `entries` entries, the last one excepted.
    pub(super) fn runs(&self, entries: usize) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        let mut first = 0;
        for row in 0..self.rows() {
            let last = row + 1 == self.rows();
            if last || self.start[row + 1] - self.start[first] >= entries {
                runs.push(first..row + 1);
                first = row + 1;
            }
        }
        runs
    }
}

fn malformed(what: &str) -> Error {
    Error::input(format!("not a sparse matrix: {what}"))
}
