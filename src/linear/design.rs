//! The examples as the solver sees them.

use super::matrix::{Matrix, check_row};
use super::product::Factor;
use crate::error::{Error, Result};
use rayon::prelude::*;
use std::cmp::Reverse;

/// The examples with the bias as column 0 and equal columns merged.
///
/// Text is full of columns that are equal to the bit: n-grams that occur in the same sentences
/// only. By symmetry their weights are equal at the optimum, so m of them are one column whose
/// weight is the sum t of theirs, at a penalty of m·(t/m)²/2 = (1/m)·t²/2. The optimum is the same.
///
/// Once made it serves every label, cost and loss that is learned from these rows.
#[derive(Debug)]
pub struct Design {
    pub(super) rows: Factor,
    /// The factor of each column's penalty: 1/m, and 0 for the bias.
    pub(super) ridge: Vec<f64>,
    /// The column that each column of the examples went into, unless it is empty.
    pub(super) place: Vec<Option<u32>>,
}

/// One sparse row: columns, ascending, and values.
pub type Entries = Vec<(u32, f32)>;

impl Design {
    /// The rows of a matrix.
    ///
    /// # Errors
    /// As [`Design::from_rows`].
    pub fn new(examples: &Matrix) -> Result<Self> {
        Self::from_rows(examples.columns(), examples.rows(), |number| {
            examples.row(number).entries().collect()
        })
    }

    /// Rows that `row` makes, twice each, so that they need not be in memory all at once.
    ///
    /// # Errors
    /// Where there are 2³² rows and more, where the columns of a row are not strictly ascending
    /// below `columns`, or where a value is not finite.
    pub fn from_rows(
        columns: usize,
        rows: usize,
        row: impl Fn(usize) -> Entries + Sync,
    ) -> Result<Self> {
        if u32::try_from(rows).is_err() {
            return Err(Error::input("more rows than 2³²").remedy("train on a sample"));
        }
        let columns = Columns::merge(&keys(columns, rows, &row)?);
        let merged = |number| {
            let entries = row(number).into_iter();
            let leading = entries.filter(|&(column, _)| columns.leads[column as usize]);
            let merged = leading.map(|(column, value)| {
                let place = columns.place[column as usize];
                (place.unwrap_or(0), value)
            });
            [(0, 1.0)].into_iter().chain(merged).collect()
        };
        let (width, entries) = (columns.ridge.len(), rows + columns.entries);
        let merged = blocks(rows, &merged).flatten();
        Ok(Self {
            rows: Factor::new(Matrix::unchecked(width, rows, entries, merged)),
            ridge: columns.ridge,
            place: columns.place,
        })
    }
}

/// The columns of the examples and what becomes of them.
struct Columns {
    /// Whether a column is the first of those it is merged with.
    leads: Vec<bool>,
    /// How many entries those have.
    entries: usize,
    ridge: Vec<f64>,
    place: Vec<Option<u32>>,
}

impl Columns {
    fn merge(keys: &[Key]) -> Self {
        let mut columns = Self {
            leads: vec![false; keys.len()],
            entries: 0,
            ridge: vec![0.0],
            place: vec![None; keys.len()],
        };
        let (mut size, mut last) = (0.0, None);
        for (key, number) in order(keys) {
            if last == Some(key) {
                size += 1.0;
                columns.ridge.pop();
            } else {
                (size, last) = (1.0, Some(key));
                columns.leads[number as usize] = true;
                columns.entries += key.entries.0 as usize;
            }
            columns.ridge.push(1.0 / size);
            columns.place[number as usize] = u32::try_from(columns.ridge.len() - 1).ok();
        }
        columns
    }
}

/// Rows that are made at a time.
const BLOCK: usize = 1 << 10;

/// All rows in their order, each block of them made on all cores.
fn blocks(
    rows: usize,
    row: &(impl Fn(usize) -> Entries + Sync),
) -> impl Iterator<Item = Vec<Entries>> {
    (0..rows).step_by(BLOCK).map(move |first| {
        let block = (first..rows.min(first + BLOCK)).into_par_iter();
        block.map(row).collect()
    })
}

/// What equal columns share, and others never do: with 64 good bits in the signature, two of a
/// million columns that have as many entries from the same row on collide once in 10⁷ trainings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    entries: Reverse<u32>,
    first: u32,
    signature: u64,
}

fn keys(columns: usize, rows: usize, row: &(impl Fn(usize) -> Entries + Sync)) -> Result<Vec<Key>> {
    let empty = Key {
        entries: Reverse(0),
        first: 0,
        signature: 0,
    };
    let mut keys = vec![empty; columns];
    for (number, row) in (0..).zip(blocks(rows, row).flatten()) {
        check_row(number as usize, columns, row.iter().copied())?;
        for (column, value) in row {
            let key = &mut keys[column as usize];
            if key.entries.0 == 0 {
                key.first = number;
            }
            key.entries.0 += 1;
            let entry = u64::from(number) << 32 | u64::from(value.to_bits());
            key.signature = mixed(key.signature, entry);
        }
    }
    Ok(keys)
}

/// Multiplying and folding the high half back spreads every bit over all.
fn mixed(signature: u64, entry: u64) -> u64 {
    let product = u128::from(signature.rotate_left(23) ^ entry) * 0xa076_1d64_78bd_642f_u128;
    (product >> 64) as u64 ^ product as u64
}

/// The columns that are not empty, equal ones side by side.
///
/// Those with most entries come first and those that start in the same row together: the weights
/// that a row asks for lie close in memory.
fn order(keys: &[Key]) -> Vec<(Key, u32)> {
    let numbered = keys.iter().copied().zip(0..);
    let mut order: Vec<_> = numbered.filter(|(key, _)| key.entries.0 > 0).collect();
    order.par_sort_unstable();
    order
}
