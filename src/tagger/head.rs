use super::{HeldOut, Tag, likeliest};
use crate::codebook::LabelSet;
use crate::error::{Error, Result};
use crate::linear::LinearModel;
use crate::metrics::{Calibration, Scores};
use crate::prevalence::ErrorModel;

/// The model of one label set and what is known of its quality.
#[derive(Debug, Clone)]
pub struct Head {
    /// The labels.
    pub set: LabelSet,
    /// The cost its model was trained with.
    pub cost: f64,
    /// Raw scores of the labels: terms × labels.
    pub model: LinearModel,
    /// From raw scores to probabilities.
    pub calibration: Calibration,
    /// How good the tags are on held-out groups.
    pub scores: Scores,
    /// Which labels are taken for which, group by group.
    pub errors: ErrorModel,
}

impl Head {
    pub(super) fn new(set: LabelSet, model: LinearModel, held_out: &HeldOut) -> Self {
        let probabilities = held_out.probabilities();
        Self {
            set,
            cost: held_out.cost,
            model,
            calibration: held_out.calibration(),
            scores: held_out.scored(&probabilities),
            errors: held_out.errors(&probabilities),
        }
    }

    /// The tag of a vector by its products with the weights; there are none for an empty one.
    pub(super) fn tag(&self, products: &[f64], unsure_below: f64) -> Tag {
        let mut scores = self.model.bias().to_vec();
        for (score, product) in scores.iter_mut().zip(products) {
            *score += product;
        }
        let mut probabilities = vec![0.0; scores.len()];
        self.calibration.apply(&scores, &mut probabilities);
        let label = likeliest(&probabilities);
        Tag {
            unsure: probabilities[label] < unsure_below,
            label,
            probabilities,
        }
    }

    /// Checks that the parts speak of the same labels and terms.
    pub(super) fn check(&self, terms: usize) -> Result<()> {
        let labels = self.set.labels.len();
        let fits = self.model.features() == terms
            && self.model.classes() == labels
            && self.calibration.suits(labels)
            && self.errors.fits(labels);
        if fits {
            Ok(())
        } else {
            Err(Error::input(format!(
                "the parts of label set `{}` do not fit each other",
                self.set.name
            )))
        }
    }
}
