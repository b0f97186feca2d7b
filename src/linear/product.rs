//! The two loops that all the time goes into: sparse rows times a dense table, and back.

use super::by_value::ByValue;
use super::matrix::Matrix;
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

/// Sparse rows, as the loops need them.
pub(super) trait Sparse: Sync {
    /// How many rows there are.
    fn rows(&self) -> usize;

    /// How many columns there are.
    fn columns(&self) -> usize;

    /// How many entries the rows before this one have; also asked for the row after the last.
    fn entries_before(&self, row: usize) -> usize;

    /// One row of a product with a table that has `values` for each column.
    fn sum<'t, T, S, const WIDTH: usize>(
        &self,
        row: usize,
        values: impl Fn(usize) -> &'t [T; WIDTH],
    ) -> [S; WIDTH]
    where
        T: Copy + 't,
        S: Number + From<T>;

    /// Adds the product of each entry of a row to its column.
    fn spread<P>(&self, row: usize, product: impl Fn(f32) -> P, add: impl FnMut(usize, &P));
}

/// A sparse matrix, cut for several threads.
#[derive(Debug)]
pub(super) struct Factor {
    stored: Stored,
    runs: Vec<Range<usize>>,
    parts: Vec<Range<usize>>,
}

/// How the rows lie in memory.
#[derive(Debug)]
pub(super) enum Stored {
    /// Entry by entry.
    Matrix(Matrix),
    /// Value by value.
    ByValue(ByValue),
}

impl Factor {
    pub fn new(stored: Stored) -> Self {
        let (runs, parts) = match &stored {
            Stored::Matrix(rows) => (cut(rows, RUN), parts(rows)),
            Stored::ByValue(rows) => (cut(rows, RUN), parts(rows)),
        };
        Self {
            stored,
            runs,
            parts,
        }
    }

    pub fn rows(&self) -> usize {
        match &self.stored {
            Stored::Matrix(rows) => rows.rows(),
            Stored::ByValue(rows) => rows.rows(),
        }
    }

    pub fn columns(&self) -> usize {
        match &self.stored {
            Stored::Matrix(rows) => rows.columns(),
            Stored::ByValue(rows) => rows.columns(),
        }
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
        runs.into_par_iter()
            .for_each(|(run, part)| match &self.stored {
                Stored::Matrix(rows) => multiply(rows, run, table, width, part, &wanted, &then),
                Stored::ByValue(rows) => multiply(rows, run, table, width, part, &wanted, &then),
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
            let part = part.clone();
            match &self.stored {
                Stored::Matrix(rows) => scatter(rows, part, table, width, sums, entry),
                Stored::ByValue(rows) => scatter(rows, part, table, width, sums, entry),
            }
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

/// Cuts the rows into runs of at least `entries` entries, the last one excepted.
fn cut(rows: &impl Sparse, entries: usize) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut first = 0;
    for row in 0..rows.rows() {
        let last = row + 1 == rows.rows();
        if last || rows.entries_before(row + 1) - rows.entries_before(first) >= entries {
            runs.push(first..row + 1);
            first = row + 1;
        }
    }
    runs
}

fn parts(rows: &impl Sparse) -> Vec<Range<usize>> {
    let entries = rows.entries_before(rows.rows());
    cut(rows, PART.max(entries.div_ceil(PARTS)))
}

/// A width known when compiling keeps the sums in registers.
fn multiply<T, S>(
    rows: &impl Sparse,
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
        1 => narrow::<_, T, S, 1>(rows, run, table, part, wanted, then),
        2 => narrow::<_, T, S, 2>(rows, run, table, part, wanted, then),
        3 => narrow::<_, T, S, 3>(rows, run, table, part, wanted, then),
        4 => narrow::<_, T, S, 4>(rows, run, table, part, wanted, then),
        5 => narrow::<_, T, S, 5>(rows, run, table, part, wanted, then),
        6 => narrow::<_, T, S, 6>(rows, run, table, part, wanted, then),
        7 => narrow::<_, T, S, 7>(rows, run, table, part, wanted, then),
        8 => narrow::<_, T, S, 8>(rows, run, table, part, wanted, then),
        9..16 => wide::<_, T, S, 8>(rows, run, table, width, part, wanted, then),
        _ => wide::<_, T, S, 16>(rows, run, table, width, part, wanted, then),
    }
}

fn narrow<R, T, S, const WIDTH: usize>(
    rows: &R,
    run: Range<usize>,
    table: &[T],
    part: &mut [S],
    wanted: impl Fn(usize) -> bool,
    then: impl Fn(usize, &mut [S]),
) where
    R: Sparse,
    T: Copy,
    S: Number + From<T>,
{
    let (table, _) = table.as_chunks::<WIDTH>();
    let (part, _) = part.as_chunks_mut::<WIDTH>();
    for (number, sums) in run.zip(part) {
        if wanted(number) {
            *sums = rows.sum(number, |column| &table[column]);
            then(number, sums);
        } else {
            sums.fill(S::default());
        }
    }
}

/// Many classes go in blocks of `BLOCK`, the last of which overlaps the one before it. Each block
/// goes through all rows of the run, so that its part of the table stays in the cache.
fn wide<R, T, S, const BLOCK: usize>(
    rows: &R,
    run: Range<usize>,
    table: &[T],
    width: usize,
    part: &mut [S],
    wanted: impl Fn(usize) -> bool,
    then: impl Fn(usize, &mut [S]),
) where
    R: Sparse,
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
                true => rows.sum(number, values),
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

/// Adds each row's values, times its entries, to the columns of the entries.
fn scatter<S: Number>(
    rows: &impl Sparse,
    part: Range<usize>,
    table: &[S],
    width: usize,
    sums: &mut [S],
    entry: impl Fn(f32) -> S,
) {
    match width {
        1 => scatter_narrow::<_, S, 1>(rows, part, table, sums, entry),
        2 => scatter_narrow::<_, S, 2>(rows, part, table, sums, entry),
        3 => scatter_narrow::<_, S, 3>(rows, part, table, sums, entry),
        4 => scatter_narrow::<_, S, 4>(rows, part, table, sums, entry),
        5 => scatter_narrow::<_, S, 5>(rows, part, table, sums, entry),
        6 => scatter_narrow::<_, S, 6>(rows, part, table, sums, entry),
        7 => scatter_narrow::<_, S, 7>(rows, part, table, sums, entry),
        8 => scatter_narrow::<_, S, 8>(rows, part, table, sums, entry),
        _ => {
            for first in (0..width).step_by(16) {
                let last = width.min(first + 16);
                scatter_wide(rows, part.clone(), table, width, first..last, sums, &entry);
            }
        }
    }
}

fn scatter_narrow<R: Sparse, S: Number, const WIDTH: usize>(
    rows: &R,
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
        let product = |value| values.map(|factor| entry(value) * factor);
        rows.spread(row, product, |column, product| {
            for (sum, &term) in sums[column].iter_mut().zip(product) {
                *sum += term;
            }
        });
    }
}

/// The same for some of many values.
fn scatter_wide<S: Number>(
    rows: &impl Sparse,
    part: Range<usize>,
    table: &[S],
    width: usize,
    block: Range<usize>,
    sums: &mut [S],
    entry: impl Fn(f32) -> S,
) {
    for row in part {
        let mut values = [S::default(); 16];
        values[..block.len()].copy_from_slice(&table[row * width..][block.clone()]);
        let product = |value| values.map(|factor| entry(value) * factor);
        rows.spread(row, product, |column, product| {
            let sums = &mut sums[column * width..][block.clone()];
            match sums.as_chunks_mut::<16>().0 {
                [sums] => add(sums, product),
                _ => add(sums, product),
            }
        });
    }
}

#[inline(always)]
fn add<S: Number>(sums: &mut [S], terms: &[S]) {
    for (sum, &term) in sums.iter_mut().zip(terms) {
        *sum += term;
    }
}
