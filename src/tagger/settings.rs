use crate::error::{Error, Result};
use crate::features;
use crate::linear::Loss;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::Path;

/// How rows of rare and common labels are weighed against each other in training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Balance {
    /// Every row counts alike.
    None,
    /// Every label counts by the square root of its share: halfway between the other two.
    Root,
    /// Every label counts alike: rows weigh `n / (k · n_label)`, as in King & Zeng (2001).
    Full,
}

impl Balance {
    /// The weight of a row of each label, given how many rows, or shares of rows, each label has.
    #[must_use]
    pub fn weights(self, amounts: &[f64]) -> Vec<f64> {
        let rows: f64 = amounts.iter().sum();
        let labels = amounts.iter().filter(|&&amount| amount > 0.0).count();
        // A label that has no rows weighs as if it had one.
        let amount = |amount: f64| if amount > 0.0 { amount } else { 1.0 };
        let full = |&of_label: &f64| rows / (labels.max(1) as f64 * amount(of_label));
        amounts
            .iter()
            .map(|amount| match self {
                Self::None => 1.0,
                Self::Root => full(amount).sqrt(),
                Self::Full => full(amount),
            })
            .collect()
    }
}

/// Everything that decides what is learned from given rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The terms sentences are turned into.
    pub features: features::Settings,
    /// What a row costs that is missed.
    pub loss: Loss,
    /// The cost of errors against the size of weights: larger fits closer. Of several the one is
    /// taken, for each label set, whose held-out probabilities are best: low ones suit labels that
    /// are a matter of opinion, high ones labels that are not.
    pub costs: Vec<f64>,
    /// How labels are weighed against each other.
    pub balance: Balance,
    /// Folds for held-out scores, calibration and error rates.
    pub folds: usize,
    /// Tags whose label is less likely than this are unsure.
    pub unsure_below: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            features: features::Settings::default(),
            loss: Loss::SquaredHinge,
            costs: vec![0.0625, 0.25, 1.0],
            balance: Balance::Root,
            folds: 5,
            unsure_below: 0.5,
        }
    }
}

impl Settings {
    /// Reads settings from a JSON file; what it leaves out is as in [`Settings::default`], and a
    /// feature family that is `null` is left out.
    ///
    /// ```
    /// # use stance::tagger::Settings;
    /// let json = r#"{"balance": "full", "features": {"characters": null}}"#;
    /// let settings: Settings = serde_json::from_str(json).unwrap();
    /// assert!(settings.features.characters.is_none() && settings.features.words.is_some());
    /// ```
    ///
    /// # Errors
    /// If the file cannot be read, is not JSON, or names a setting that there is not.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Error::io("cannot read the settings", error).at(path))?;
        let settings: Self = serde_json::from_str(&text).map_err(|error| {
            Error::input(format!("these are no settings: {error}"))
                .at(path)
                .remedy("write them as `stance inspect --settings` shows those of a model")
        })?;
        settings.check()?;
        Ok(settings)
    }

    /// Checks that every setting makes sense.
    ///
    /// # Errors
    /// Names the setting and what it may be.
    pub fn check(&self) -> Result<()> {
        self.features.check()?;
        if let Some(cost) = self.costs.iter().find(|c| !(**c > 0.0 && c.is_finite())) {
            return Err(Error::usage(format!("a cost of {cost}"))
                .remedy("give a positive number, such as 1"));
        }
        if self.costs.is_empty() {
            return Err(Error::usage("no cost to train with").remedy("give one, such as 0.25"));
        }
        if self.folds < 2 {
            return Err(Error::usage(format!("{} folds", self.folds))
                .remedy("give at least two, so that something is held out"));
        }
        check_threshold(self.unsure_below)
    }
}

/// Checks a threshold for unsure tags.
pub(super) fn check_threshold(threshold: f64) -> Result<()> {
    if (0.0..=1.0).contains(&threshold) {
        Ok(())
    } else {
        Err(Error::usage(format!("a probability of {threshold}")).remedy("give one from 0 to 1"))
    }
}

/// In words, for people: `words 1-3, characters 2-5, …; squared hinge, balance root, cost 0.25`.
impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let loss = match self.loss {
            Loss::SquaredHinge => "squared hinge",
            Loss::CrossEntropy => "cross-entropy",
        };
        let balance = match self.balance {
            Balance::None => "none",
            Balance::Root => "root",
            Balance::Full => "full",
        };
        let costs: Vec<String> = self.costs.iter().map(f64::to_string).collect();
        write!(
            f,
            "{}; {loss}, balance {balance}, cost {}",
            self.features,
            costs.join(" or ")
        )
    }
}
