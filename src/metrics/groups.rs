//! Group keys as dense numbers.

/// The group of every row as a number, in the order of the keys.
pub(super) struct Groups {
    /// The number of each row's group, below `count`.
    pub(super) of_row: Vec<usize>,
    /// How many groups there are.
    pub(super) count: usize,
}

impl Groups {
    pub(super) fn new<G: Ord>(keys: &[G]) -> Self {
        let mut distinct: Vec<&G> = keys.iter().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let number = |key: &G| distinct.partition_point(|other| *other < key);
        Self {
            of_row: keys.iter().map(number).collect(),
            count: distinct.len(),
        }
    }
}
