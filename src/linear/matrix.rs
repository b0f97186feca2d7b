//! Sparse rows in one block of memory.

use super::product::{Number, Sparse};
use crate::error::{Error, Result};
use rayon::prelude::*;

/// Rows that are written by one thread.
const PIECE: usize = 1 << 8;

/// One sparse row: the columns that are not zero, ascending, and their values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'x> {
    /// The columns, strictly ascending.
    pub index: &'x [u32],
    /// Their values, one for each column.
    pub value: &'x [f32],
}

impl<'x> Row<'x> {
    /// Columns and values side by side, as they are stored.
    pub(super) fn entries(self) -> impl Iterator<Item = (u32, f32)> + Clone + 'x {
        self.index.iter().copied().zip(self.value.iter().copied())
    }

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
        let matrix = Self {
            columns,
            start,
            index,
            value,
        };
        matrix.checked()
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

    /// A matrix whose rows have these sizes, written by `row` where they will stay, on all cores.
    ///
    /// # Errors
    /// As [`Matrix::new`].
    pub fn from_sizes(
        columns: usize,
        sizes: &[usize],
        row: impl Fn(usize, &mut [u32], &mut [f32]) + Sync,
    ) -> Result<Self> {
        Self::fill(columns, sizes, row).checked()
    }

    /// A matrix of sound rows with so many entries in all; columns need not ascend where nobody
    /// asks for that.
    pub(super) fn unchecked(
        columns: usize,
        rows: usize,
        entries: usize,
        all: impl Iterator<Item = Vec<(u32, f32)>>,
    ) -> Self {
        let mut matrix = Self {
            columns,
            start: Vec::with_capacity(rows + 1),
            index: Vec::with_capacity(entries),
            value: Vec::with_capacity(entries),
        };
        matrix.start.push(0);
        for row in all {
            matrix.index.extend(row.iter().map(|&(column, _)| column));
            matrix.value.extend(row.iter().map(|&(_, value)| value));
            matrix.start.push(matrix.index.len());
        }
        matrix
    }

    /// The same where the rows are known to be sound.
    fn fill(
        columns: usize,
        sizes: &[usize],
        row: impl Fn(usize, &mut [u32], &mut [f32]) + Sync,
    ) -> Self {
        let mut start = vec![0; sizes.len() + 1];
        for (number, size) in sizes.iter().enumerate() {
            start[number + 1] = start[number] + size;
        }
        let mut index = vec![0; start[sizes.len()]];
        let mut value = vec![0.0; start[sizes.len()]];
        let (mut indices, mut values) = (&mut index[..], &mut value[..]);
        let mut pieces = Vec::new();
        for (piece, sizes) in sizes.chunks(PIECE).enumerate() {
            let entries = sizes.iter().sum();
            let (index, other_indices) = indices.split_at_mut(entries);
            let (value, other_values) = values.split_at_mut(entries);
            (indices, values) = (other_indices, other_values);
            pieces.push((piece * PIECE, sizes, index, value));
        }
        pieces
            .into_par_iter()
            .for_each(|(first, sizes, mut index, mut value)| {
                for (number, &size) in (first..).zip(sizes) {
                    let (this_index, other_indices) = index.split_at_mut(size);
                    let (this_value, other_values) = value.split_at_mut(size);
                    row(number, this_index, this_value);
                    (index, value) = (other_indices, other_values);
                }
            });
        Self {
            columns,
            start,
            index,
            value,
        }
    }

    fn checked(self) -> Result<Self> {
        let rows = (0..self.rows()).into_par_iter();
        match rows.find_map_first(|row| check_row(row, self.columns, self.row(row).entries()).err())
        {
            Some(error) => Err(error),
            None => Ok(self),
        }
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
        let sizes: Vec<usize> = rows.iter().map(|&row| self.row(row).index.len()).collect();
        Self::fill(self.columns, &sizes, |at, index, value| {
            let row = self.row(rows[at]);
            index.copy_from_slice(row.index);
            value.copy_from_slice(row.value);
        })
    }
}

impl Sparse for Matrix {
    fn rows(&self) -> usize {
        self.start.len() - 1
    }

    fn columns(&self) -> usize {
        self.columns
    }

    fn entries_before(&self, row: usize) -> usize {
        self.start[row]
    }

    /// Where a sum is small, four are kept side by side, for a single one waits for each addition:
    /// a tenth off the time with two labels.
    #[inline(always)]
    fn sum<'t, T, S, const WIDTH: usize>(
        &self,
        row: usize,
        values: impl Fn(usize) -> &'t [T; WIDTH],
    ) -> [S; WIDTH]
    where
        T: Copy + 't,
        S: Number + From<T>,
    {
        let add = |sums: &mut [S; WIDTH], column: u32, value: f32| {
            let value = S::from(value);
            for (sum, &factor) in sums.iter_mut().zip(values(column as usize)) {
                *sum += value * S::from(factor);
            }
        };
        let mut sums = [S::default(); WIDTH];
        let Row {
            mut index,
            mut value,
        } = self.row(row);
        if WIDTH <= 4 {
            let mut chains = [sums; 4];
            let (columns, last_columns) = index.as_chunks::<4>();
            let (values, last_values) = value.as_chunks::<4>();
            for (columns, values) in columns.iter().zip(values) {
                for (chain, (&column, &value)) in chains.iter_mut().zip(columns.iter().zip(values))
                {
                    add(chain, column, value);
                }
            }
            for chain in chains {
                sums.iter_mut().zip(chain).for_each(|(a, b)| *a += b);
            }
            (index, value) = (last_columns, last_values);
        }
        for (&column, &value) in index.iter().zip(value) {
            add(&mut sums, column, value);
        }
        sums
    }

    #[inline(always)]
    fn spread<P>(&self, row: usize, product: impl Fn(f32) -> P, mut add: impl FnMut(usize, &P)) {
        for (column, value) in self.row(row).iter() {
            add(column, &product(value));
        }
    }
}

/// Whether row `number` is sound in a matrix of so many columns.
pub(super) fn check_row(
    number: usize,
    columns: usize,
    entries: impl Iterator<Item = (u32, f32)> + Clone,
) -> Result<()> {
    let index = entries.clone().map(|(column, _)| column);
    let inside = entries
        .clone()
        .all(|(column, _)| (column as usize) < columns);
    if !inside || !index.is_sorted_by(|a, b| a < b) {
        return Err(malformed(&format!(
            "the columns of row {number} are not strictly ascending below {columns}"
        )));
    }
    if entries
        .map(|(_, value)| value)
        .any(|value| !value.is_finite())
    {
        return Err(malformed(&format!(
            "row {number} holds a value that is not finite"
        )));
    }
    Ok(())
}

fn malformed(what: &str) -> Error {
    Error::input(format!("not a sparse matrix: {what}"))
}
