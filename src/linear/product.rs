//! The two loops that all the time goes into: sparse rows times a dense table, and back.

use super::matrix::{Matrix, Row};
use super::vector::PIECE;
use rayon::prelude::*;
use std::ops::{AddAssign, Mul, Range};

/// Work is cut into runs of this many entries, whatever the number of threads.
const RUN: usize = 1 << 14;

/// And into parts of this many where each part needs a table of its own, but no more than
/// `PARTS` of them.
const PART: usize = 1 << 19;
const PARTS: usize = 16;

/// A floating-point number that sums are kept in.
pub(super) trait Number:
    Copy + Default + PartialEq + Send + Sync + From<f32> + AddAssign + Mul<Output = Self>
{
}

impl Number for f32 {}
impl Number for f64 {}

/// A sparse matrix, cut for several threads.
#[derive(Debug)]
pub(super) struct Factor {
    matrix: Matrix,
    runs: Vec<Range<usize>>,
    parts: Vec<Range<usize>>,
}

impl Factor {
    pub fn new(matrix: Matrix) -> Self {
        Self {
            runs: matrix.runs(RUN),
            parts: matrix.runs(PART.max(matrix.entries().div_ceil(PARTS))),
            matrix,
        }
    }

    pub fn rows(&self) -> usize {
        self.matrix.rows()
    }

    pub fn columns(&self) -> usize {
        self.matrix.columns()
    }

    /// The product with a table of `width` values for each column, `width` values for each row.
    ///
    /// Each row is summed in the order of its entries by one thread and then handed to `then`.
    /// Rows that are not `wanted` stay zero.
    pub fn multiply<T, S>(
        &self,
        table: &[T],
        width: usize,
        product: &mut [S],
        wanted: impl Fn(usize) -> bool + Sync,
        then: impl Fn(usize, &mut [S]) + Sync,
    ) where
        T: Copy + Sync,
        S: Number + From<T>,
    {
        let mut rest = product;
        let ranges = if width > 8 { &self.parts } else { &self.runs };
        let mut runs = Vec::with_capacity(ranges.len());
        for run in ranges {
            let (part, tail) = rest.split_at_mut(run.len() * width);
            runs.push((run.clone(), part));
            rest = tail;
        }
        runs.into_par_iter().for_each(|(run, part)| {
            multiply(&self.matrix, run, table, width, part, &wanted, &then);
        });
    }

    /// The product of the transpose with a table of `width` values for each row, `width` values
    /// for each column, which are then handed to `then`.
    ///
    /// Rows whose values are all zero cost nothing. Each part of the rows is summed in order by
    /// one thread, then the parts in their order.
    pub fn multiply_transposed<S: Number>(
        &self,
        table: &[S],
        width: usize,
        product: &mut [S],
        entry: impl Fn(f32) -> S + Copy + Sync,
        then: impl Fn(usize, &mut [S]) + Sync,
    ) {
        let (first, others) = match self.parts.split_first() {
            Some((first, others)) => (first.clone(), others),
            None => (0..0, &[][..]),
        };
        let scattered = |part: &Range<usize>, sums: &mut [S]| {
            sums.fill(S::default());
            scatter(&self.matrix, part.clone(), table, width, sums, entry);
        };
        let (others, ()) = rayon::join(
            || {
                let sums = others.par_iter().map(|part| {
                    let mut sums = vec![S::default(); self.columns() * width];
                    scattered(part, &mut sums);
                    sums
                });
                sums.collect::<Vec<_>>()
            },
            || scattered(&first, product),
        );
        let piece = PIECE * width;
        product
            .par_chunks_mut(piece)
            .enumerate()
            .for_each(|(number, sums)| {
                for other in &others {
                    let other = &other[number * piece..];
                    sums.iter_mut().zip(other).for_each(|(a, &b)| *a += b);
                }
                for (column, sums) in sums.chunks_exact_mut(width).enumerate() {
                    then(number * PIECE + column, sums);
                }
            });
    }
}

/// A width known when compiling keeps the sums in registers.
fn multiply<T, S>(
    matrix: &Matrix,
    run: Range<usize>,
    table: &[T],
    width: usize,
    part: &mut [S],
    wanted: impl Fn(usize) -> bool,
    then: impl Fn(usize, &mut [S]),
) where
    T: Copy,
    S: Number + From<T>,
{
    match width {
        1 => narrow::<T, S, 1>(matrix, run, table, part, wanted, then),
        2 => narrow::<T, S, 2>(matrix, run, table, part, wanted, then),
        3 => narrow::<T, S, 3>(matrix, run, table, part, wanted, then),
        4 => narrow::<T, S, 4>(matrix, run, table, part, wanted, then),
        5 => narrow::<T, S, 5>(matrix, run, table, part, wanted, then),
        6 => narrow::<T, S, 6>(matrix, run, table, part, wanted, then),
        7 => narrow::<T, S, 7>(matrix, run, table, part, wanted, then),
        8 => narrow::<T, S, 8>(matrix, run, table, part, wanted, then),
        9..16 => wide::<T, S, 8>(matrix, run, table, width, part, wanted, then),
        _ => wide::<T, S, 16>(matrix, run, table, width, part, wanted, then),
    }
}

fn narrow<T, S, const WIDTH: usize>(
    matrix: &Matrix,
    run: Range<usize>,
    table: &[T],
    part: &mut [S],
    wanted: impl Fn(usize) -> bool,
    then: impl Fn(usize, &mut [S]),
) where
    T: Copy,
    S: Number + From<T>,
{
    let (table, _) = table.as_chunks::<WIDTH>();
    let (part, _) = part.as_chunks_mut::<WIDTH>();
    for (number, sums) in run.zip(part) {
        if wanted(number) {
            *sums = sum(matrix.row(number), |column| &table[column]);
            then(number, sums);
        } else {
            sums.fill(S::default());
        }
    }
}

/// Many classes go in blocks of `BLOCK`, the last of which overlaps the one before it. Each block
/// goes through all rows of the run, so that its part of the table stays in the cache.
fn wide<T, S, const BLOCK: usize>(
    matrix: &Matrix,
    run: Range<usize>,
    table: &[T],
    width: usize,
    part: &mut [S],
    wanted: impl Fn(usize) -> bool,
    then: impl Fn(usize, &mut [S]),
) where
    T: Copy,
    S: Number + From<T>,
{
    for block in (0..width).step_by(BLOCK) {
        let first = block.min(width - BLOCK);
        let values = |column: usize| {
            let start = column * width + first;
            &table[start..start + BLOCK].as_chunks().0[0]
        };
        for (number, sums) in run.clone().zip(part.chunks_exact_mut(width)) {
            let block: [S; BLOCK] = match wanted(number) {
                true => sum(matrix.row(number), values),
                false => [S::default(); BLOCK],
            };
            sums[first..first + BLOCK].copy_from_slice(&block);
        }
    }
    for (number, sums) in run.zip(part.chunks_exact_mut(width)) {
        if wanted(number) {
            then(number, sums);
        }
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

/// Adds each row's values, times its entries, to the columns of the entries.
fn scatter<S: Number>(
    matrix: &Matrix,
    part: Range<usize>,
    table: &[S],
    width: usize,
    sums: &mut [S],
    entry: impl Fn(f32) -> S,
) {
    match width {
        1 => scatter_narrow::<S, 1>(matrix, part, table, sums, entry),
        2 => scatter_narrow::<S, 2>(matrix, part, table, sums, entry),
        3 => scatter_narrow::<S, 3>(matrix, part, table, sums, entry),
        4 => scatter_narrow::<S, 4>(matrix, part, table, sums, entry),
        5 => scatter_narrow::<S, 5>(matrix, part, table, sums, entry),
        6 => scatter_narrow::<S, 6>(matrix, part, table, sums, entry),
        7 => scatter_narrow::<S, 7>(matrix, part, table, sums, entry),
        8 => scatter_narrow::<S, 8>(matrix, part, table, sums, entry),
        _ => {
            for first in (0..width).step_by(16) {
                let last = width.min(first + 16);
                scatter_wide(
                    matrix,
                    part.clone(),
                    table,
                    width,
                    first..last,
                    sums,
                    &entry,
                );
            }
        }
    }
}

fn scatter_narrow<S: Number, const WIDTH: usize>(
    matrix: &Matrix,
    part: Range<usize>,
    table: &[S],
    sums: &mut [S],
    entry: impl Fn(f32) -> S,
) {
    let (table, _) = table.as_chunks::<WIDTH>();
    let (sums, _) = sums.as_chunks_mut::<WIDTH>();
    for row in part {
        let values = table[row];
        if values == [S::default(); WIDTH] {
            continue;
        }
        for (column, value) in matrix.row(row).iter() {
            let value = entry(value);
            for (sum, factor) in sums[column].iter_mut().zip(values) {
                *sum += value * factor;
            }
        }
    }
}

/// The same for some of many values.
fn scatter_wide<S: Number>(
    matrix: &Matrix,
    part: Range<usize>,
    table: &[S],
    width: usize,
    block: Range<usize>,
    sums: &mut [S],
    entry: impl Fn(f32) -> S,
) {
    for row in part {
        let mut values = [S::default(); 16];
        let values = &mut values[..block.len()];
        values.copy_from_slice(&table[row * width..][block.clone()]);
        for (column, value) in matrix.row(row).iter() {
            let value = entry(value);
            let sums = &mut sums[column * width..][block.clone()];
            match (sums.as_chunks_mut::<16>().0, values.as_chunks::<16>().0) {
                ([sums], [values]) => add_times(sums, value, values),
                _ => add_times(sums, value, values),
            }
        }
    }
}

#[inline(always)]
fn add_times<S: Number>(sums: &mut [S], value: S, factors: &[S]) {
    for (sum, &factor) in sums.iter_mut().zip(factors) {
        *sum += value * factor;
    }
}
