use super::Label;
use crate::codebook::Codebook;
use jiff::{SignedDuration, Timestamp, Zoned};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// Pace is measured over the last ten minutes.
const PACE: SignedDuration = SignedDuration::from_mins(10);
/// Fewer labels say nothing about the pace.
const LEAST_FOR_PACE: usize = 3;

/// What one annotator has said, and how to take it back.
#[derive(Debug, Default)]
pub(super) struct Annotator {
    said: FxHashMap<usize, Said>,
    /// From the first to the last label that is not taken back.
    changes: Vec<Change>,
    /// Sentences, of the corpus or not, that have a label of any set.
    given: usize,
    /// Sentences from here on are not of the corpus and count nowhere else.
    total: usize,
    skipped: usize,
    unsure: usize,
    /// How often each set and label is given in the corpus.
    counts: BTreeMap<String, BTreeMap<String, usize>>,
    /// How many sentences of the corpus have so many sets chosen.
    chosen: BTreeMap<usize, usize>,
}

#[derive(Debug, Default)]
struct Said {
    label: Option<Label>,
    revision: u64,
}

/// A label given, and what stood there before.
#[derive(Debug)]
struct Change {
    unit: usize,
    before: Option<Label>,
    time: Timestamp,
}

/// How far an annotator is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// Sentences with a choice in every label set.
    pub labelled: usize,
    /// Sentences passed over.
    pub skipped: usize,
    /// Sentences marked as unsure.
    pub unsure: usize,
    /// Labels given since midnight, here.
    pub today: usize,
    /// Labels an hour, by the last ten minutes; `None` where there are too few to tell.
    pub per_hour: Option<f64>,
    /// How often each label of each set was given.
    pub counts: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Annotator {
    pub fn new(total: usize) -> Self {
        Self {
            total,
            ..Self::default()
        }
    }

    pub fn get(&self, unit: usize) -> Option<&Label> {
        self.said.get(&unit)?.label.as_ref()
    }

    pub fn revision(&self, unit: usize) -> u64 {
        self.said.get(&unit).map_or(0, |said| said.revision)
    }

    pub fn labels(&self) -> impl Iterator<Item = (usize, &Label)> {
        let labels = self.said.iter();
        labels.filter_map(|(&unit, said)| Some((unit, said.label.as_ref()?)))
    }

    /// How many sentences have a label, whether of the corpus or not.
    pub fn given(&self) -> usize {
        self.given
    }

    pub fn can_undo(&self) -> bool {
        !self.changes.is_empty()
    }

    pub fn label(&mut self, unit: usize, label: Label, time: Timestamp) {
        let before = self.put(unit, Some(label));
        self.changes.push(Change { unit, before, time });
    }

    /// Undo must not bring back what stood there before an edit of the file.
    pub fn edit(&mut self, unit: usize, label: Label) {
        self.put(unit, Some(label));
        self.changes.retain(|change| change.unit != unit);
    }

    pub fn undo(&mut self) -> Option<usize> {
        let Change { unit, before, .. } = self.changes.pop()?;
        self.put(unit, before);
        Some(unit)
    }

    /// Replaces what is said of a sentence.
    fn put(&mut self, unit: usize, label: Option<Label>) -> Option<Label> {
        let said = self.said.entry(unit).or_default();
        said.revision += 1;
        let before = std::mem::replace(&mut said.label, label.clone());
        let gives = |label: &Option<Label>| label.as_ref().is_some_and(|l| !l.labels.is_empty());
        self.given = self.given + usize::from(gives(&label)) - usize::from(gives(&before));
        if unit < self.total {
            if let Some(before) = &before {
                self.tally(before, |count| *count = count.saturating_sub(1));
            }
            if let Some(label) = &label {
                self.tally(label, |count| *count += 1);
            }
        }
        before
    }

    fn tally(&mut self, label: &Label, count: impl Fn(&mut usize)) {
        if label.skipped {
            count(&mut self.skipped);
        }
        if label.unsure {
            count(&mut self.unsure);
        }
        for (set, chosen) in &label.labels {
            let set = self.counts.entry(set.clone()).or_default();
            count(set.entry(chosen.clone()).or_default());
        }
        count(self.chosen.entry(label.labels.len()).or_default());
    }

    pub fn progress(&self, codebook: &Codebook, now: Timestamp) -> Progress {
        let midnight = now.to_zoned(Zoned::now().time_zone().clone());
        let midnight = midnight.start_of_day().map_or(now, |day| day.timestamp());
        let since = |time| self.changes.partition_point(|change| change.time < time);
        let counts = codebook.sets.iter().map(|set| {
            let given = self.counts.get(&set.name);
            let count = |name: &str| given.and_then(|set| set.get(name)).copied().unwrap_or(0);
            let labels = set.names().map(|name| (name.to_owned(), count(name)));
            (set.name.clone(), labels.collect())
        });
        Progress {
            labelled: self.chosen.get(&codebook.sets.len()).copied().unwrap_or(0),
            skipped: self.skipped,
            unsure: self.unsure,
            today: self.changes.len() - since(midnight),
            per_hour: self.pace(now),
            counts: counts.collect(),
        }
    }

    /// From the first label of the last ten minutes until now.
    fn pace(&self, now: Timestamp) -> Option<f64> {
        let start = now - PACE;
        let first = self.changes.partition_point(|change| change.time < start);
        let recent = &self.changes[first..];
        let seconds = (now - recent.first()?.time).get_seconds().max(1) as f64;
        (recent.len() >= LEAST_FOR_PACE).then(|| (recent.len() - 1) as f64 * 3600.0 / seconds)
    }
}
