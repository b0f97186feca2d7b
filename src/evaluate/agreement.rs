use crate::labels::{ReadUnit, Readings};
use crate::metrics::{Agreement, PairAgreement, Ratings};
use std::collections::BTreeSet;

/// How far readers agree on one label set.
#[derive(Debug, Clone, PartialEq)]
pub struct SetAgreement {
    /// The agreement of all readers.
    pub agreement: Agreement,
    /// The agreement of every two readers who share units.
    pub pairs: Vec<PairAgreement>,
    /// The agreement of all readers on the units with each value of [`Readings::by_column`].
    pub parts: Vec<(String, Agreement)>,
}

impl SetAgreement {
    /// The agreement on each label set of the readings, in their order. Intervals resample the
    /// groups of the units; without a column of groups every unit is one of its own.
    ///
    /// ```
    /// use stance::codebook::LabelSet;
    /// use stance::evaluate::SetAgreement;
    /// use stance::labels::{ReadUnit, Readings};
    ///
    /// let unit = |key: &str, ann, bob| ReadUnit {
    ///     key: vec![key.to_owned()],
    ///     text: None,
    ///     group: None,
    ///     part: None,
    ///     labels: vec![vec![Some(ann), Some(bob)]],
    /// };
    /// let readings = Readings {
    ///     readers: vec!["ann".into(), "bob".into()],
    ///     sets: vec![LabelSet::plain("topic", ["sport", "politics"].map(str::to_owned))],
    ///     units: vec![unit("1", 0, 0), unit("2", 1, 1), unit("3", 1, 0), unit("4", 0, 0)],
    ///     ..Readings::default()
    /// };
    /// let topic = &SetAgreement::of(&readings)[0];
    /// assert_eq!(topic.agreement.units, 4);
    /// assert_eq!(topic.pairs[0].same.value, Some(0.75));
    /// ```
    #[must_use]
    pub fn of(readings: &Readings) -> Vec<Self> {
        (0..readings.sets.len())
            .map(|set| Self::of_set(readings, set))
            .collect()
    }

    fn of_set(readings: &Readings, set: usize) -> Self {
        let values = readings.values(set);
        let units = readings.labels(set);
        let groups: Vec<Group<'_>> = readings.units.iter().enumerate().map(group).collect();
        let ratings = Ratings {
            units: &units,
            groups: &groups,
            k: readings.sets[set].labels.len(),
            values: values.as_deref(),
        };
        let parts: BTreeSet<&str> = readings
            .units
            .iter()
            .filter_map(|u| u.part.as_deref())
            .collect();
        let part = |part: &str| {
            let rows = readings.units.iter().zip(units.iter().zip(&groups));
            let rows = rows.filter(|(unit, _)| unit.part.as_deref() == Some(part));
            let (units, groups): (Vec<_>, Vec<_>) = rows
                .map(|(_, (unit, group))| (unit.clone(), *group))
                .unzip();
            let ratings = Ratings {
                units: &units,
                groups: &groups,
                ..ratings
            };
            (part.to_owned(), ratings.agreement())
        };
        Self {
            agreement: ratings.agreement(),
            pairs: ratings.pairs(),
            parts: parts.into_iter().map(part).collect(),
        }
    }
}

/// The name of a group, or the place of a unit that has none.
type Group<'r> = (Option<&'r str>, usize);

fn group((at, unit): (usize, &ReadUnit)) -> Group<'_> {
    match unit.group.as_deref() {
        Some(name) => (Some(name), 0),
        None => (None, at),
    }
}
