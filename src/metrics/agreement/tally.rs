//! Counts kept group by group, so that groups can be weighed without going back to units.

use super::super::bootstrap::resample;
use super::super::groups::Groups;
use std::collections::BTreeMap;

/// How often each key occurs in each group. Counts are whole numbers, so no sum of them depends
/// on the order of the units.
pub(super) struct Tally<K> {
    /// The keys that occur, in order.
    pub(super) keys: Vec<K>,
    /// For each group the places of its keys, and how often each occurs.
    groups: Vec<Vec<(usize, u64)>>,
}

impl<K: Ord + Copy> Tally<K> {
    /// `entries` are the number of a row of `groups`, a key, and how often it occurs there.
    pub(super) fn new(groups: &Groups, entries: impl Iterator<Item = (usize, K, u64)>) -> Self {
        let mut counts: Vec<BTreeMap<K, u64>> = vec![BTreeMap::new(); groups.count];
        for (row, key, count) in entries {
            *counts[groups.of_row[row]].entry(key).or_default() += count;
        }
        let mut keys: Vec<K> = counts
            .iter()
            .flat_map(|group| group.keys().copied())
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let placed = |(key, &count): (&K, &u64)| (keys.partition_point(|other| other < key), count);
        let groups = counts
            .iter()
            .map(|group| group.iter().map(placed).collect())
            .collect();
        Self { keys, groups }
    }

    /// The count of each key if group `g` stood `weights[g]` times in the data.
    fn weighted(&self, weights: &[u64]) -> Vec<u64> {
        let mut sum = vec![0; self.keys.len()];
        for (group, &weight) in self.groups.iter().zip(weights) {
            for &(place, count) in group {
                sum[place] += weight * count;
            }
        }
        sum
    }

    /// The count of each key over all groups.
    pub(super) fn total(&self) -> Vec<u64> {
        self.weighted(&vec![1; self.groups.len()])
    }

    /// The count of each key for every draw of groups.
    pub(super) fn replicates(&self) -> Vec<Vec<u64>> {
        resample(self.groups.len(), |drawn| self.weighted(drawn))
    }

    /// How many groups have a key of this kind.
    pub(super) fn bearing(&self, kind: impl Fn(&K) -> bool) -> usize {
        let bears = |group: &&Vec<(usize, u64)>| group.iter().any(|&(at, _)| kind(&self.keys[at]));
        self.groups.iter().filter(bears).count()
    }
}
