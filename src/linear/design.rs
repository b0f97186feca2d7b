//! The examples as the solver sees them.

use super::matrix::Matrix;
use super::product::Factor;
use rayon::prelude::*;
use std::cmp::Reverse;

/// The examples with the bias as column 0 and equal columns merged.
///
/// Text is full of columns that are equal to the bit: n-grams that occur in the same sentences
/// only. By symmetry their weights are equal at the optimum, so m of them are one column whose
/// weight is the sum t of theirs, at a penalty of m·(t/m)²/2 = (1/m)·t²/2. The optimum is the same.
pub(super) struct Design {
    pub rows: Factor,
    /// The factor of each column's penalty: 1/m, and 0 for the bias.
    pub ridge: Vec<f64>,
    /// The column that each column of the examples went into, unless it is empty.
    pub place: Vec<Option<u32>>,
}

impl Design {
    pub fn new(examples: &Matrix) -> Self {
        let keys = keys(examples);
        let mut leads = vec![false; examples.columns()];
        let mut place = vec![None; examples.columns()];
        let mut ridge = vec![0.0];
        let (mut size, mut last) = (0.0, None);
        for (key, number) in order(&keys) {
            if last == Some(key) {
                size += 1.0;
                ridge.pop();
            } else {
                (size, last) = (1.0, Some(key));
                leads[number as usize] = true;
            }
            ridge.push(1.0 / size);
            place[number as usize] = u32::try_from(ridge.len() - 1).ok();
        }
        Self {
            rows: Factor::new(merged(examples, ridge.len(), &leads, &place)),
            ridge,
            place,
        }
    }
}

/// What equal columns share, and others never do: with 64 good bits in the signature, two of a
/// million columns that have as many entries from the same row on collide once in 10⁷ trainings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    entries: Reverse<u32>,
    first: u32,
    signature: u64,
}

fn keys(examples: &Matrix) -> Vec<Key> {
    let empty = Key {
        entries: Reverse(0),
        first: 0,
        signature: 0,
    };
    let mut keys = vec![empty; examples.columns()];
    for (number, row) in (0..).zip(examples.iter()) {
        for (column, value) in row.iter() {
            let key = &mut keys[column];
            if key.entries.0 == 0 {
                key.first = number;
            }
            key.entries.0 += 1;
            let entry = u64::from(number) << 32 | u64::from(value.to_bits());
            key.signature = mixed(key.signature, entry);
        }
    }
    keys
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

fn merged(examples: &Matrix, columns: usize, leads: &[bool], place: &[Option<u32>]) -> Matrix {
    let leading = |row: usize| {
        let entries = examples.row(row).iter();
        entries.filter(|&(column, _)| leads[column])
    };
    let sizes = (0..examples.rows()).into_par_iter();
    let sizes: Vec<usize> = sizes.map(|row| 1 + leading(row).count()).collect();
    Matrix::fill(columns, &sizes, |row, index, value| {
        (index[0], value[0]) = (0, 1.0);
        for (at, (column, entry)) in (1..).zip(leading(row)) {
            index[at] = place[column].unwrap_or(0);
            value[at] = entry;
        }
    })
}
