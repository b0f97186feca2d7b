//! The examples as the solver sees them, by row and by column.

use super::matrix::{Matrix, Row};
use super::product::Factor;
use rayon::prelude::*;
use rustc_hash::FxHasher;
use std::cmp::Reverse;
use std::hash::Hasher;
use std::iter;

/// The examples with the bias as column 0 and equal columns merged.
///
/// Text is full of columns that are equal to the bit: n-grams that occur in the same sentences
/// only. By symmetry their weights are equal at the optimum, so m of them are one column whose
/// weight is the sum t of theirs, at a penalty of m·(t/m)²/2 = (1/m)·t²/2. The optimum is the same.
pub(super) struct Design {
    pub by_row: Factor,
    pub by_column: Factor,
    /// The factor of each column's penalty: 1/m, and 0 for the bias.
    pub ridge: Vec<f64>,
    /// The column that each column of the examples went into, unless it is empty.
    pub place: Vec<Option<u32>>,
}

impl Design {
    pub fn new(examples: &Matrix) -> Self {
        let columns = examples.transpose();
        let mut leaders: Vec<u32> = Vec::new();
        let mut ridge = vec![0.0];
        let mut place = vec![None; columns.rows()];
        let (mut size, mut last) = (0.0, 0);
        for (signature, number) in order(&columns) {
            let column = columns.row(number as usize);
            let known = signature == last
                && leaders
                    .last()
                    .is_some_and(|&leader| equal(columns.row(leader as usize), column));
            if known {
                size += 1.0;
                ridge.pop();
            } else {
                (size, last) = (1.0, signature);
                leaders.push(number);
            }
            ridge.push(1.0 / size);
            place[number as usize] = u32::try_from(leaders.len()).ok();
        }
        let (by_row, by_column) = rayon::join(
            || by_row(examples, &leaders, &place),
            || by_column(&columns, &leaders),
        );
        Self {
            by_row: Factor::new(by_row),
            by_column: Factor::new(by_column),
            ridge,
            place,
        }
    }
}

/// The columns that are not empty, each with its signature, equal ones side by side.
///
/// Those with most entries come first and those that start in the same row together: the weights
/// that a row asks for lie close in memory.
fn order(columns: &Matrix) -> Vec<(u64, u32)> {
    let mut keys: Vec<_> = (0..columns.rows())
        .into_par_iter()
        .filter_map(|number| {
            let column = columns.row(number);
            let first = *column.index.first()?;
            let number = u32::try_from(number).ok()?;
            Some((
                Reverse(column.index.len()),
                first,
                signature(column),
                number,
            ))
        })
        .collect();
    keys.par_sort_unstable();
    keys.into_iter()
        .map(|(_, _, signature, number)| (signature, number))
        .collect()
}

/// The same for equal columns, rarely so for others.
fn signature(column: Row<'_>) -> u64 {
    let mut hasher = FxHasher::default();
    for (row, value) in column.index.iter().zip(column.value) {
        hasher.write_u64(u64::from(*row) << 32 | u64::from(value.to_bits()));
    }
    hasher.finish()
}

/// Equal to the bit.
fn equal(a: Row<'_>, b: Row<'_>) -> bool {
    let mut values = a.value.iter().zip(b.value);
    a.index == b.index && values.all(|(a, b)| a.to_bits() == b.to_bits())
}

fn by_column(columns: &Matrix, leaders: &[u32]) -> Matrix {
    let rows: Vec<u32> = (0..).take(columns.columns()).collect();
    let ones = vec![1.0; rows.len()];
    let bias = Row {
        index: &rows,
        value: &ones,
    };
    let kept = leaders.iter().map(|&leader| columns.row(leader as usize));
    Matrix::stack(columns.columns(), iter::once(bias).chain(kept))
}

fn by_row(examples: &Matrix, leaders: &[u32], place: &[Option<u32>]) -> Matrix {
    let mut kept = vec![false; place.len()];
    for &leader in leaders {
        kept[leader as usize] = true;
    }
    let mut start = Vec::with_capacity(examples.rows() + 1);
    let mut index = Vec::with_capacity(examples.entries() + examples.rows());
    let mut value = Vec::with_capacity(examples.entries() + examples.rows());
    start.push(0);
    for row in examples.iter() {
        index.push(0);
        value.push(1.0);
        for (column, entry) in row.iter().filter(|&(column, _)| kept[column]) {
            index.extend(place[column]);
            value.push(entry);
        }
        start.push(index.len());
    }
    Matrix::unchecked(leaders.len() + 1, start, index, value)
}
