use super::term::{Family, TermHash};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Terms by number, their spellings in one run of memory.
#[derive(Debug, Default)]
pub(super) struct Terms {
    families: Vec<Family>,
    /// Where each spelling ends.
    ends: Vec<usize>,
    spellings: String,
}

impl Terms {
    pub fn len(&self) -> usize {
        self.families.len()
    }

    pub fn family(&self, term: u32) -> Family {
        self.families[term as usize]
    }

    pub fn spelling(&self, term: u32) -> &str {
        let start = term
            .checked_sub(1)
            .map_or(0, |before| self.ends[before as usize]);
        &self.spellings[start..self.ends[term as usize]]
    }

    fn push(&mut self, family: Family, spelling: &str) {
        self.families.push(family);
        self.spellings.push_str(spelling);
        self.ends.push(self.spellings.len());
    }
}

/// Terms that are numbered in the order they are added.
#[derive(Default)]
pub(super) struct Growing {
    numbers: FxHashMap<u64, u32>,
    hashes: Vec<u64>,
    terms: Terms,
    /// In how many rows each term stands, as far as that has been gathered.
    rows: Vec<u32>,
}

impl Growing {
    pub fn get(&self, hash: TermHash) -> Option<u32> {
        self.numbers.get(&hash.0).copied()
    }

    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// The number of a term that is new.
    pub fn add(&mut self, family: Family, hash: TermHash, spelling: &str) -> u32 {
        let number = self.terms.len() as u32;
        self.numbers.insert(hash.0, number);
        self.hashes.push(hash.0);
        self.terms.push(family, spelling);
        number
    }

    /// Adds the terms of another collection, each of which stands in so many rows; the numbers they
    /// have here.
    pub fn gather(&mut self, other: &Self, rows: &[u32]) -> Vec<u32> {
        let terms = other.hashes.iter().zip(rows).zip(0..);
        let number = |((&hash, rows), term)| {
            let number = self.get(TermHash(hash)).unwrap_or_else(|| {
                let (family, spelling) = (other.terms.family(term), other.terms.spelling(term));
                self.add(family, TermHash(hash), spelling)
            });
            self.rows.resize(self.terms.len(), 0);
            self.rows[number as usize] += rows;
            number
        };
        terms.map(number).collect()
    }

    /// The terms by number of rows, the most first, family and spelling; the new number of each.
    pub fn into_terms(self) -> (Terms, Vec<u32>) {
        let Self { terms, rows, .. } = self;
        let mut order: Vec<u32> = (0..terms.len() as u32).collect();
        order.par_sort_unstable_by_key(|&term| {
            let rows = Reverse(rows[term as usize]);
            (rows, terms.family(term), terms.spelling(term))
        });
        let mut sorted = Terms::default();
        let mut numbers = vec![0; order.len()];
        for (new, &old) in (0..).zip(&order) {
            sorted.push(terms.family(old), terms.spelling(old));
            numbers[old as usize] = new;
        }
        (sorted, numbers)
    }
}
