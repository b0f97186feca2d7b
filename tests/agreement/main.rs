//! `stance::metrics::Ratings`: the worked examples of the papers, the answers of other people's
//! packages, and what must always hold.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod laws;
mod reference;

use proptest::prelude::*;
use stance::metrics::{Level, PairAgreement, Ratings};

const LEVELS: [Level; 3] = [Level::Nominal, Level::Ordinal, Level::Interval];

/// Labels of several readers, and what each label stands for.
#[derive(Debug, Clone, serde::Deserialize, serde::Serialize)]
struct Case {
    #[serde(default)]
    name: String,
    values: Vec<f64>,
    units: Vec<Vec<Option<usize>>>,
    #[serde(default)]
    published: std::collections::BTreeMap<String, f64>,
}

impl Case {
    /// Groups of three units.
    fn groups(&self) -> Vec<usize> {
        (0..self.units.len()).map(|unit| unit / 3).collect()
    }

    fn ratings<'a>(&'a self, groups: &'a [usize]) -> Ratings<'a, usize> {
        Ratings {
            units: &self.units,
            groups,
            k: self.values.len(),
            values: Some(&self.values),
        }
    }

    /// Nominal, ordinal and interval alpha.
    fn alphas(&self) -> [Option<f64>; 3] {
        let alpha = self.ratings(&self.groups()).agreement().alpha;
        assert_eq!(
            alpha.iter().map(|(level, _)| *level).collect::<Vec<_>>(),
            LEVELS
        );
        [0, 1, 2].map(|level: usize| alpha[level].1.interval.value)
    }

    fn alpha_of_labels(&self) -> Vec<Option<f64>> {
        let labels = self.ratings(&self.groups()).agreement().labels;
        let values = labels.iter().map(|label| label.alpha.interval.value);
        values.collect()
    }

    fn pairs(&self) -> Vec<PairAgreement> {
        self.ratings(&self.groups()).pairs()
    }
}

/// Up to 30 units, 2 to 4 readers who leave out some, 2 to 5 labels.
fn case() -> impl Strategy<Value = Case> {
    (2_usize..=5, 2_usize..=4).prop_flat_map(|(k, readers)| {
        let label = prop::option::weighted(0.7, 0..k);
        let unit = prop::collection::vec(label, readers);
        let units = prop::collection::vec(unit, 1..30);
        let values = prop::collection::btree_set(-20_i32..20, k);
        (units, values).prop_map(|(units, values)| Case {
            name: "drawn".to_owned(),
            values: values.into_iter().map(f64::from).collect(),
            units,
            published: std::collections::BTreeMap::new(),
        })
    })
}
