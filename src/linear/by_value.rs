//! Sparse rows in which many entries share a value.

use super::product::{Number, Sparse};

/// Rows whose entries lie value by value: each value once, then the columns that have it.
///
/// Two bytes an entry, for columns are numbered by how many entries they have: most entries are in
/// the first 2¹⁶.
#[derive(Debug)]
pub(super) struct ByValue {
    columns: usize,
    /// Where each row starts, and where the last one ends.
    bounds: Vec<Bound>,
    runs: Vec<Run>,
    near: Vec<u16>,
    far: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Bound {
    run: usize,
    near: usize,
    far: usize,
}

/// A value and how many columns it has, those below 2¹⁶ and the others.
#[derive(Debug)]
struct Run {
    value: f32,
    near: u16,
    far: u16,
}

impl ByValue {
    /// No rows yet, and room for so many with so many entries in all, `near` of which are in the
    /// first 2¹⁶ columns.
    pub fn with_room_for(columns: usize, rows: usize, entries: usize, near: usize) -> Self {
        let mut bounds = Vec::with_capacity(rows + 1);
        bounds.push(Bound::default());
        Self {
            columns,
            bounds,
            runs: Vec::new(),
            near: Vec::with_capacity(near),
            far: Vec::with_capacity(entries - near),
        }
    }

    /// Adds a row, whose entries may come in any order.
    pub fn push(&mut self, mut row: Vec<(u32, f32)>) {
        row.sort_unstable_by_key(|&(column, value)| (value.to_bits(), column));
        for run in row.chunk_by(|a, b| a.1.to_bits() == b.1.to_bits()) {
            for run in run.chunks(usize::from(u16::MAX)) {
                let split = run.partition_point(|&(column, _)| u16::try_from(column).is_ok());
                let (near, far) = run.split_at(split);
                self.near
                    .extend(near.iter().map(|&(column, _)| column as u16));
                self.far.extend(far.iter().map(|&(column, _)| column));
                self.runs.push(Run {
                    value: run[0].1,
                    near: near.len() as u16,
                    far: far.len() as u16,
                });
            }
        }
        self.bounds.push(Bound {
            run: self.runs.len(),
            near: self.near.len(),
            far: self.far.len(),
        });
    }

    /// Gives back what there is room for beyond the rows.
    pub fn shrink(&mut self) {
        self.runs.shrink_to_fit();
    }

    /// The values of a row, each with the columns that have it.
    fn row(&self, number: usize) -> impl Iterator<Item = (f32, &[u16], &[u32])> {
        let (start, end) = (self.bounds[number], self.bounds[number + 1]);
        let mut near = &self.near[start.near..end.near];
        let mut far = &self.far[start.far..end.far];
        self.runs[start.run..end.run].iter().map(move |run| {
            let (these_near, those_near) = near.split_at(usize::from(run.near));
            let (these_far, those_far) = far.split_at(usize::from(run.far));
            (near, far) = (those_near, those_far);
            (run.value, these_near, these_far)
        })
    }
}

impl Sparse for ByValue {
    fn rows(&self) -> usize {
        self.bounds.len() - 1
    }

    fn columns(&self) -> usize {
        self.columns
    }

    fn entries_before(&self, row: usize) -> usize {
        self.bounds[row].near + self.bounds[row].far
    }

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
        let mut sums = [S::default(); WIDTH];
        for (value, near, far) in self.row(row) {
            let near = total(near, |&column| values(usize::from(column)));
            let far = total(far, |&column| values(column as usize));
            for (sum, (near, far)) in sums.iter_mut().zip(near.into_iter().zip(far)) {
                let mut both: S = near;
                both += far;
                *sum += S::from(value) * both;
            }
        }
        sums
    }

    #[inline(always)]
    fn spread<P>(&self, row: usize, product: impl Fn(f32) -> P, mut add: impl FnMut(usize, &P)) {
        for (value, near, far) in self.row(row) {
            let product = product(value);
            for &column in near {
                add(usize::from(column), &product);
            }
            for &column in far {
                add(column as usize, &product);
            }
        }
    }
}

/// The sum of what these columns have in a table; of small ones four are kept side by side, for a
/// single one waits for each addition.
#[inline(always)]
fn total<'t, C, T, S, const WIDTH: usize>(
    columns: &[C],
    values: impl Fn(&C) -> &'t [T; WIDTH],
) -> [S; WIDTH]
where
    T: Copy + 't,
    S: Number + From<T>,
{
    let add = |sums: &mut [S; WIDTH], column: &C| {
        for (sum, &value) in sums.iter_mut().zip(values(column)) {
            *sum += S::from(value);
        }
    };
    let mut sums = [S::default(); WIDTH];
    let mut rest = columns;
    if WIDTH <= 4 && columns.len() >= 8 {
        let (fours, last) = columns.as_chunks::<4>();
        let mut chains = [sums; 4];
        for four in fours {
            for (chain, column) in chains.iter_mut().zip(four) {
                add(chain, column);
            }
        }
        for chain in chains {
            sums.iter_mut().zip(chain).for_each(|(a, b)| *a += b);
        }
        rest = last;
    }
    for column in rest {
        add(&mut sums, column);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// More columns of a value, near and far, than a run can count.
    #[test]
    fn a_long_row_keeps_all_its_entries() {
        let columns = 200_000;
        let mut rows = ByValue::with_room_for(columns, 1, columns, 1 << 16);
        rows.push((0..200_000).map(|column| (column, 0.5)).collect());
        let mut met = vec![0.0; columns];
        rows.spread(0, |value| value, |column, value| met[column] += value);
        assert_eq!(met, vec![0.5; columns]);
        let table = vec![[1.0_f32]; columns];
        let sum: [f64; 1] = rows.sum(0, |column| &table[column]);
        assert_eq!(sum, [100_000.0]);
    }
}
