use super::Predictions;
use crate::error::{Error, Result};
use crate::metrics::{Difference, Interval, Paired, Scores, paired};
use crate::tagger::{Head, Tagger};

/// A difference with a larger p-value is no difference.
const LEVEL: f64 = 0.05;

/// Two sets of predictions for the same rows, compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Contest {
    /// What the first is called.
    pub first: String,
    /// What the second is called.
    pub second: String,
    /// Accuracy of the first and of the second.
    pub accuracy: [Interval; 2],
    /// Macro-F1 of the first and of the second.
    pub macro_f1: [Interval; 2],
    /// The first less the second.
    pub difference: Paired,
}

/// What a difference says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The first is better.
    Better,
    /// The first is worse.
    Worse,
    /// Either may be better; that does not make them alike.
    NotDistinguishable,
    /// One group says nothing of others.
    TooFewGroups,
}

impl Outcome {
    /// Better or worse only if the interval leaves zero out and the p-value is below .05.
    #[must_use]
    pub fn of(difference: &Difference) -> Self {
        let Interval { low, high, .. } = difference.interval;
        match (low, high, difference.p_value) {
            (Some(low), _, Some(p)) if low > 0.0 && p < LEVEL => Self::Better,
            (_, Some(high), Some(p)) if high < 0.0 && p < LEVEL => Self::Worse,
            (Some(_), Some(_), Some(_)) => Self::NotDistinguishable,
            _ => Self::TooFewGroups,
        }
    }
}

impl Predictions {
    /// These predictions against others of the same rows; `first` and `second` are their names.
    ///
    /// # Errors
    /// If the others are of other rows or labels.
    pub fn against(&self, other: &Self, [first, second]: [&str; 2]) -> Result<Contest> {
        let place = |name: &String| self.labels.iter().position(|label| label == name);
        let places: Option<Vec<usize>> = other.labels.iter().map(place).collect();
        let places = places
            .filter(|places| places.len() == self.labels.len())
            .ok_or_else(|| different_labels(&self.set, &self.labels, &other.labels))?;
        let renamed = |labels: &[usize]| -> Vec<usize> {
            labels.iter().map(|&label| places[label]).collect()
        };
        if renamed(&other.truth) != self.truth {
            return Err(Error::input("the two predict different rows")
                .remedy("predict the same labels with both"));
        }
        let (ours, theirs) = (self.predicted(), renamed(&other.predicted()));
        let scores =
            [&ours, &theirs].map(|it| Scores::new(&self.truth, it, &self.groups, &self.labels));
        Ok(Contest {
            first: first.to_owned(),
            second: second.to_owned(),
            accuracy: [scores[0].accuracy, scores[1].accuracy],
            macro_f1: [scores[0].macro_f1, scores[1].macro_f1],
            difference: paired(&self.truth, &ours, &theirs, &self.groups, self.labels.len()),
        })
    }
}

/// Checks that two taggers can be compared: at least one label set in common, and what both call
/// by one name has the same labels, in whatever order.
///
/// # Errors
/// Names the label sets, or the labels, of both.
pub fn check_common_sets(first: &Tagger, second: &Tagger) -> Result<()> {
    let mut common = 0;
    for ours in first.heads() {
        let Some(theirs) = second
            .heads()
            .iter()
            .find(|it| it.set.name == ours.set.name)
        else {
            continue;
        };
        let names = |head: &Head| -> Vec<String> { head.set.names().map(str::to_owned).collect() };
        let sorted = |head: &Head| {
            let mut names = names(head);
            names.sort();
            names
        };
        if sorted(ours) != sorted(theirs) {
            return Err(different_labels(
                &ours.set.name,
                &names(ours),
                &names(theirs),
            ));
        }
        common += 1;
    }
    if common == 0 {
        let sets = |tagger: &Tagger| -> String {
            let names: Vec<&str> = tagger.heads().iter().map(|it| &*it.set.name).collect();
            names.join(", ")
        };
        return Err(Error::input(format!(
            "the models have no label set in common: {} against {}",
            sets(first),
            sets(second)
        ))
        .remedy(SAME_CODEBOOK));
    }
    Ok(())
}

const SAME_CODEBOOK: &str = "compare models that were trained with the same label sets";

fn different_labels(set: &str, first: &[String], second: &[String]) -> Error {
    Error::input(format!(
        "the models do not share the labels of `{set}`: {} against {}",
        first.join(", "),
        second.join(", ")
    ))
    .remedy(SAME_CODEBOOK)
}
