//! The one loop that all the time goes into: sparse rows times a dense table.

use super::matrix::{Matrix, Row};
use rayon::prelude::*;
use std::ops::{AddAssign, Mul, Range};

/// Work is cut into runs of this many entries, whatever the number of threads.
const RUN: usize = 1 << 14;

/// A floating-point number that sums are kept in.
pub(super) trait Number:
    Copy + Default + Send + Sync + From<f32> + AddAssign + Mul<Output = Self>
{
}

impl Number for f32 {}
impl Number for f64 {}

/// A sparse matrix and its runs of rows.
pub(super) struct Factor {
    matrix: Matrix,
    runs: Vec<Range<usize>>,
}

impl Factor {
    pub fn new(matrix: Matrix) -> Self {
        Self {
            runs: matrix.runs(RUN),
            matrix,
        }
    }

    pub fn rows(&self) -> usize {
        self.matrix.rows()
    }

    /// The product with a table of `width` values for each column, `width` values for each row.
    ///
    /// Each row is summed in the order of its entries by one thread and then handed to `then`.
    pub fn multiply<T, S>(
        &self,
        table: &[T],
        width: usize,
        product: &mut [S],
        then: impl Fn(usize, &mut [S]) + Sync,
    ) where
        T: Copy + Sync,
        S: Number + From<T>,
    {
        self.each_run(width, product, |run, part| {
            multiply(&self.matrix, run, table, width, part, S::from, &then);
        });
    }

    /// The product of the squared entries with such a table.
    pub fn multiply_squares(
        &self,
        table: &[f32],
        width: usize,
        product: &mut [f32],
        then: impl Fn(usize, &mut [f32]) + Sync,
    ) {
        self.each_run(width, product, |run, part| {
            multiply(&self.matrix, run, table, width, part, |x| x * x, &then);
        });
    }

    fn each_run<S: Send>(
        &self,
        width: usize,
        product: &mut [S],
        work: impl Fn(Range<usize>, &mut [S]) + Sync,
    ) {
        let mut rest = product;
        let mut parts = Vec::with_capacity(self.runs.len());
        for run in &self.runs {
            let (part, tail) = rest.split_at_mut(run.len() * width);
            parts.push((run.clone(), part));
            rest = tail;
        }
        parts
            .into_par_iter()
            .for_each(|(run, part)| work(run, part));
    }
}

/// A width known when compiling keeps the sums in registers.
fn multiply<T, S>(
    matrix: &Matrix,
    run: Range<usize>,
    table: &[T],
    width: usize,
    part: &mut [S],
    entry: impl Fn(f32) -> S,
    then: impl Fn(usize, &mut [S]),
) where
    T: Copy,
    S: Number + From<T>,
{
    match width {
        1 => narrow::<T, S, 1>(matrix, run, table, part, entry, then),
        2 => narrow::<T, S, 2>(matrix, run, table, part, entry, then),
        3 => narrow::<T, S, 3>(matrix, run, table, part, entry, then),
        4 => narrow::<T, S, 4>(matrix, run, table, part, entry, then),
        5 => narrow::<T, S, 5>(matrix, run, table, part, entry, then),
        6 => narrow::<T, S, 6>(matrix, run, table, part, entry, then),
        7 => narrow::<T, S, 7>(matrix, run, table, part, entry, then),
        8 => narrow::<T, S, 8>(matrix, run, table, part, entry, then),
        9..16 => wide::<T, S, 8>(matrix, run, table, width, part, entry, then),
        _ => wide::<T, S, 16>(matrix, run, table, width, part, entry, then),
    }
}

fn narrow<T, S, const WIDTH: usize>(
    matrix: &Matrix,
    run: Range<usize>,
    table: &[T],
    part: &mut [S],
    entry: impl Fn(f32) -> S,
    then: impl Fn(usize, &mut [S]),
) where
    T: Copy,
    S: Number + From<T>,
{
    let (table, _) = table.as_chunks::<WIDTH>();
    let (part, _) = part.as_chunks_mut::<WIDTH>();
    for (number, sums) in run.zip(part) {
        *sums = sum(matrix.row(number), |column| &table[column], &entry);
        then(number, sums);
    }
}

/// Many classes go in blocks of `BLOCK`; the last block overlaps the one before it.
fn wide<T, S, const BLOCK: usize>(
    matrix: &Matrix,
    run: Range<usize>,
    table: &[T],
    width: usize,
    part: &mut [S],
    entry: impl Fn(f32) -> S,
    then: impl Fn(usize, &mut [S]),
) where
    T: Copy,
    S: Number + From<T>,
{
    for (number, sums) in run.zip(part.chunks_exact_mut(width)) {
        for block in (0..width).step_by(BLOCK) {
            let first = block.min(width - BLOCK);
            let values = |column: usize| {
                let start = column * width + first;
                &table[start..start + BLOCK].as_chunks().0[0]
            };
            let block = sum::<T, S, BLOCK>(matrix.row(number), values, &entry);
            sums[first..first + BLOCK].copy_from_slice(&block);
        }
        then(number, sums);
    }
}

/// One row of the product.
///
/// Where a sum is small, four are kept side by side, for a single one waits for each addition: a
/// tenth off the time with two labels.
#[inline(always)]
fn sum<'t, T, S, const WIDTH: usize>(
    row: Row<'_>,
    values: impl Fn(usize) -> &'t [T; WIDTH],
    entry: impl Fn(f32) -> S,
) -> [S; WIDTH]
where
    T: Copy + 't,
    S: Number + From<T>,
{
    let add = |sums: &mut [S; WIDTH], column: u32, value: f32| {
        let value = entry(value);
        for (sum, &factor) in sums.iter_mut().zip(values(column as usize)) {
            *sum += value * S::from(factor);
        }
    };
    let mut sums = [S::default(); WIDTH];
    let (mut index, mut value) = (row.index, row.value);
    if WIDTH <= 4 {
        let mut chains = [sums; 4];
        let (columns, last_columns) = index.as_chunks::<4>();
        let (values, last_values) = value.as_chunks::<4>();
        for (columns, values) in columns.iter().zip(values) {
            for (chain, (&column, &value)) in chains.iter_mut().zip(columns.iter().zip(values)) {
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
