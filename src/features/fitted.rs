use super::counts::Counts;
use super::term::Family;
use super::vectorizer::Vectorizer;
use super::weighting::{Vector, Weighting, rarity};
use crate::error::Result;
use crate::linear::{Design, Matrix};
use rayon::prelude::*;
use std::cmp::Reverse;

/// Vocabulary and rarity as learned from some rows of the counts: what a fold needs.
#[derive(Debug)]
pub struct Fitted<'c> {
    counts: &'c Counts,
    weighting: Weighting,
    /// The terms that are kept, in order.
    kept: Vec<u32>,
    /// The number in the vocabulary of each term of the counts; `UNKNOWN` for those not kept.
    number: Vec<u32>,
}

const UNKNOWN: u32 = u32::MAX;

impl<'c> Fitted<'c> {
    /// Learns from the rows of the counts.
    #[must_use]
    pub fn new(counts: &'c Counts, rows: &[usize]) -> Self {
        let settings = counts.settings();
        let mut sentences = vec![0_u32; counts.terms().len()];
        for &row in rows {
            for (term, _) in counts.row(row) {
                sentences[term as usize] += 1;
            }
        }
        let minimum = settings.minimum_sentences.max(1);
        let mut kept: Vec<u32> = (0..sentences.len() as u32)
            .filter(|&term| sentences[term as usize] >= minimum)
            .collect();
        // What is met most stands side by side, so that most of what is read is near at hand.
        kept.par_sort_unstable_by_key(|&term| {
            let (family, spelling) = (counts.terms().family(term), counts.terms().spelling(term));
            (family, Reverse(sentences[term as usize]), spelling)
        });
        let mut number = vec![UNKNOWN; sentences.len()];
        for (new, &old) in kept.iter().enumerate() {
            number[old as usize] = new as u32;
        }
        let ends = Family::ALL.map(|family| {
            kept.partition_point(|&term| counts.terms().family(term) <= family) as u32
        });
        let idf = kept
            .iter()
            .map(|&term| rarity(rows.len(), sentences[term as usize]))
            .collect();
        Self {
            counts,
            weighting: Weighting::new(settings, ends, idf),
            kept,
            number,
        }
    }

    /// The vectors of some rows of the same counts: rows × terms.
    ///
    /// # Errors
    /// If there are more terms than a matrix can number.
    pub fn matrix(&self, rows: &[usize]) -> Result<Matrix> {
        let known = rows.par_iter().map(|&row| self.known(row).count());
        let sizes: Vec<usize> = known.collect();
        Matrix::from_sizes(self.kept.len(), &sizes, |at, index, value| {
            let vector = self.vector(rows[at]);
            index.copy_from_slice(&vector.index);
            value.copy_from_slice(&vector.value);
        })
    }

    /// The same for the solver alone, which needs no matrix beside its own.
    ///
    /// # Errors
    /// If there are more rows than it can number.
    pub fn design(&self, rows: &[usize]) -> Result<Design> {
        Design::scaled(&self.weighting.idf, rows.len(), |at| {
            let mut vector = Vector::default();
            self.weighting
                .weigh_without_rarity(self.known(rows[at]), &mut vector);
            vector.into_entries()
        })
    }

    /// The vector of one row of the same counts, its terms in order.
    #[must_use]
    pub fn vector(&self, row: usize) -> Vector {
        let mut vector = Vector::default();
        self.weighting.weigh(self.known(row), &mut vector);
        vector.sort();
        vector
    }

    /// The vectorizer that gives the same vectors for texts.
    #[must_use]
    pub fn into_vectorizer(self) -> Vectorizer {
        let terms = self.counts.terms();
        let spellings = self.kept.iter().map(|&term| terms.spelling(term).into());
        Vectorizer::assemble(
            self.counts.settings().clone(),
            spellings.collect(),
            self.weighting,
        )
    }

    /// Terms of the vocabulary and counts of a row.
    fn known(&self, row: usize) -> impl Iterator<Item = (u32, u16)> {
        self.counts.row(row).filter_map(|(term, count)| {
            let number = self.number[term as usize];
            (number != UNKNOWN).then_some((number, count))
        })
    }
}
