use super::{Sentence, Tagger, passage};
use crate::features::{Passage, Workspace};
use crate::linear::Row;
use serde::Serialize;

/// What one term added to the score of a label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// The term, readable: `no progress`, `letters: ing␣`, `before: however`.
    pub term: String,
    /// Its addition to the score (log-odds before calibration).
    pub value: f64,
}

/// Why a sentence got a label: the bias and the contributions add up to the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The label explained.
    pub label: String,
    /// The score of an empty sentence.
    pub bias: f64,
    /// The sum of bias and contributions, added up in that order.
    pub score: f64,
    /// Largest absolute value first.
    pub contributions: Vec<Contribution>,
}

impl Tagger {
    /// What the terms of each sentence of a text add to the score of each label of a head:
    /// sentences × labels.
    ///
    /// A linear model's score *is* the sum of these contributions; nothing is approximated.
    #[must_use]
    pub fn explain(&self, sentences: &[Sentence<'_>], head: usize) -> Vec<Vec<Explanation>> {
        let readings = self.readings(sentences);
        let mut workspace = self.vectorizer.workspace();
        (0..sentences.len())
            .map(|at| {
                let passage = passage(sentences, &readings, at);
                self.explain_passage(&passage, head, &mut workspace)
            })
            .collect()
    }

    /// The same for one of the sentences, without the work for the others.
    #[must_use]
    pub fn explain_one(
        &self,
        sentences: &[Sentence<'_>],
        at: usize,
        head: usize,
    ) -> Vec<Explanation> {
        let readings = self.readings(sentences);
        let passage = passage(sentences, &readings, at);
        self.explain_passage(&passage, head, &mut self.vectorizer.workspace())
    }

    fn explain_passage(
        &self,
        passage: &Passage<'_>,
        head: usize,
        workspace: &mut Workspace,
    ) -> Vec<Explanation> {
        let vector = self.vectorizer.vectorise(passage, workspace);
        let labels = self.heads[head].set.names().enumerate();
        labels
            .map(|(label, name)| self.explain_label(vector.as_row(), head, label, name))
            .collect()
    }

    fn explain_label(&self, row: Row<'_>, head: usize, label: usize, name: &str) -> Explanation {
        let model = &self.heads[head].model;
        let mut contributions: Vec<Contribution> = row
            .iter()
            .map(|(term, value)| Contribution {
                term: self.vectorizer.readable(term as u32),
                value: f64::from(value) * f64::from(model.weights()[[term, label]]),
            })
            .collect();
        contributions.sort_by(|a, b| {
            let size = b.value.abs().total_cmp(&a.value.abs());
            size.then_with(|| a.term.cmp(&b.term))
        });
        // Summed as they are listed, so that who adds them up gets the score to the last bit.
        let bias = model.bias()[label];
        let score = contributions.iter().fold(bias, |sum, c| sum + c.value);
        Explanation {
            label: name.to_owned(),
            bias,
            score,
            contributions,
        }
    }
}
