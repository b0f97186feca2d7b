/// Terms and counts of some rows that follow each other, in the bytes that their numbers need.
///
/// An entry is twice the number of its term, plus one if it occurs more than once, in groups of
/// seven bits, the lowest first; then the count, if so. Where common terms have low numbers that
/// makes two and a half bytes an entry of news text; a `u32` and a `u8` would be twice that, and
/// this is the largest thing in memory but for the solver's own.
#[derive(Debug, Default)]
pub(super) struct Packed {
    bytes: Vec<u8>,
    /// Where each row ends among the bytes.
    ends: Vec<usize>,
}

/// Set where more bits of a number follow.
const MORE: u8 = 0x80;

impl Packed {
    /// Adds a row.
    pub fn push(&mut self, row: impl Iterator<Item = (u32, u8)>) {
        for (term, count) in row {
            let mut rest = u64::from(term) << 1 | u64::from(count > 1);
            while rest >= u64::from(MORE) {
                self.bytes.push(rest as u8 | MORE);
                rest >>= 7;
            }
            self.bytes.push(rest as u8);
            if count > 1 {
                self.bytes.push(count);
            }
        }
        self.ends.push(self.bytes.len());
    }

    pub fn rows(&self) -> usize {
        self.ends.len()
    }

    /// Terms and counts of a row, in the order they were added.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (u32, u8)> + Clone {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        Entries(self.bytes[start..self.ends[row]].iter())
    }

    /// The same rows by other numbers of the terms.
    pub fn renumbered(&self, number: impl Fn(u32) -> u32) -> Self {
        let mut renumbered = Self::default();
        for row in 0..self.rows() {
            let entries = self.row(row);
            renumbered.push(entries.map(|(term, count)| (number(term), count)));
        }
        renumbered.shrink();
        renumbered
    }

    /// Gives back what there is room for beyond the rows.
    pub fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

#[derive(Clone)]
struct Entries<'p>(std::slice::Iter<'p, u8>);

impl Iterator for Entries<'_> {
    type Item = (u32, u8);

    fn next(&mut self) -> Option<(u32, u8)> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = *self.0.next()?;
            number |= u64::from(byte & !MORE) << shift;
            if byte < MORE {
                break;
            }
            shift += 7;
        }
        let count = match number & 1 {
            0 => 1,
            _ => *self.0.next()?,
        };
        Some(((number >> 1) as u32, count))
    }
}
