//! The examples as the solver sees them.

use super::by_value::ByValue;
use super::matrix::{Matrix, check_row};
use super::product::{Factor, Stored};
use crate::error::{Error, Result};
use rayon::prelude::*;
use std::cmp::Reverse;

/// The examples with the bias as column 0 and equal columns merged.
///
/// Text is full of columns that are equal to the bit: n-grams that occur in the same sentences
/// only. By symmetry their weights are equal at the optimum, so m of them are one column whose
/// weight is the sum t of theirs, at a penalty of m·(t/m)²/2 = (1/m)·t²/2. The optimum is the same.
///
/// Likewise a column that is s times another set of values: its weight is 1/s times the weight v of
/// those values, at a penalty of (v/s)²/2 = (1/s²)·v²/2. So scales cost nothing in the loops.
///
/// Once made it serves every label, cost and loss that is learned from these rows.
#[derive(Debug)]
pub struct Design {
    pub(super) rows: Factor,
    /// The factor of each column's penalty: 1/(m·s²), and 0 for the bias.
    pub(super) ridge: Vec<f64>,
    /// What share of a column's weight each column of the examples gets: 1/(m·s).
    pub(super) share: Vec<f64>,
    /// The column that each column of the examples went into, unless it is empty.
    pub(super) place: Vec<Option<u32>>,
}

/// One sparse row: columns, ascending, and values.
pub type Entries = Vec<(u32, f32)>;

impl Design {
    /// The rows of a matrix.
    ///
    /// # Errors
    /// Where there are 2³² rows and more.
    pub fn new(examples: &Matrix) -> Result<Self> {
        let row = |number| examples.row(number).entries().collect();
        let scales = vec![1.0; examples.columns()];
        let columns = Columns::merge(&keys(&scales, examples.rows(), &row)?, &scales);
        let (rows, width) = (examples.rows(), columns.ridge.len());
        let entries = columns.entries.iter().sum();
        let merged = |number| columns.merged(row(number));
        let all = blocks(rows, &merged).flatten();
        let stored = Stored::Matrix(Matrix::unchecked(width, rows, entries, all));
        Ok(columns.design(stored))
    }

    /// Rows of few different values: those that `row` makes, each column of them times its scale.
    /// They take a quarter of the memory of a matrix. Each is made twice, so that they need not be
    /// in memory all at once.
    ///
    /// # Errors
    /// Where there are 2³² rows and more, where the columns of a row are not strictly ascending
    /// below the number of scales, where a value is not finite, or a scale not a number above 0.
    pub fn scaled(
        scales: &[f32],
        rows: usize,
        row: impl Fn(usize) -> Entries + Sync,
    ) -> Result<Self> {
        let usable = |scale: &f32| scale.is_finite() && *scale > 0.0;
        if let Some(column) = scales.iter().position(|scale| !usable(scale)) {
            return Err(Error::input(format!(
                "the scale of column {column} is {}, not a number above 0",
                scales[column]
            )));
        }
        let columns = Columns::merge(&keys(scales, rows, &row)?, scales);
        let near = columns.entries.iter().take(1 << 16).sum();
        let entries = columns.entries.iter().sum();
        let mut stored = ByValue::with_room_for(columns.ridge.len(), rows, entries, near);
        let merged = |number| columns.merged(row(number));
        for row in blocks(rows, &merged).flatten() {
            stored.push(row);
        }
        stored.shrink();
        Ok(columns.design(Stored::ByValue(stored)))
    }
}

/// The columns of the examples and what becomes of them.
struct Columns {
    /// Whether a column is the first of those it is merged with.
    leads: Vec<bool>,
    place: Vec<Option<u32>>,
    /// Of each merged column, how many entries it has, and as in [`Design`].
    entries: Vec<usize>,
    ridge: Vec<f64>,
    share: Vec<f64>,
}

impl Columns {
    fn merge(keys: &Keys, scales: &[f32]) -> Self {
        let mut columns = Self {
            leads: vec![false; keys.of.len()],
            place: vec![None; keys.of.len()],
            entries: vec![keys.rows],
            ridge: vec![0.0],
            share: vec![1.0],
        };
        for same in order(&keys.of).chunk_by(|a, b| a.0 == b.0) {
            let (key, leader) = same[0];
            let (size, scale) = (same.len() as f64, f64::from(scales[leader as usize]));
            columns.leads[leader as usize] = true;
            for &(_, number) in same {
                columns.place[number as usize] = u32::try_from(columns.ridge.len()).ok();
            }
            columns.entries.push(key.entries.0 as usize);
            columns.ridge.push(1.0 / (size * scale * scale));
            columns.share.push(1.0 / (size * scale));
        }
        columns
    }

    /// A row after the bias, one entry for each merged column.
    fn merged(&self, row: Entries) -> Entries {
        let leading = row
            .into_iter()
            .filter(|&(column, _)| self.leads[column as usize]);
        let merged = leading.map(|(column, value)| {
            let place = self.place[column as usize];
            (place.unwrap_or(0), value)
        });
        [(0, 1.0)].into_iter().chain(merged).collect()
    }

    fn design(self, stored: Stored) -> Design {
        Design {
            rows: Factor::new(stored),
            ridge: self.ridge,
            share: self.share,
            place: self.place,
        }
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

/// The keys of all columns, and how many rows they are of.
struct Keys {
    of: Vec<Key>,
    rows: usize,
}

fn keys(scales: &[f32], rows: usize, row: &(impl Fn(usize) -> Entries + Sync)) -> Result<Keys> {
    if u32::try_from(rows).is_err() {
        return Err(Error::input("more rows than 2³²").remedy("train on a sample"));
    }
    let empty = |scale: &f32| Key {
        entries: Reverse(0),
        first: 0,
        signature: u64::from(scale.to_bits()),
    };
    let mut keys: Vec<Key> = scales.iter().map(empty).collect();
    for (number, row) in (0..).zip(blocks(rows, row).flatten()) {
        check_row(number as usize, scales.len(), row.iter().copied())?;
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
    Ok(Keys { of: keys, rows })
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
