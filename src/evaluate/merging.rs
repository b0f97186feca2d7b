use crate::error::Result;
use crate::labels::{Annotated, Labelled, Merge, WeightedVote};
use crate::metrics::{Calibration, log_loss};
use crate::tagger::{HeldOut, Progress, Settings, Tagger};
use std::collections::BTreeSet;

/// Which way of merging several annotators' labels was better, and by what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MergeChoice {
    /// The way with the lower loss; of equals, majority.
    pub way: Merge,
    /// The held-out log-loss of majority, in nats.
    pub majority: f64,
    /// That of soft labels.
    pub soft: f64,
}

impl MergeChoice {
    /// Learns from the labels merged either way, whole groups held out, and takes the way whose
    /// models are less surprised by what annotators gave the sentences held out.
    ///
    /// The truth here is every annotator's own label of a sentence, for that alone was observed:
    /// each way would win by its own merged labels. Either way's scores are calibrated to such
    /// labels by the other folds, so that what is compared is what the models know, and not how
    /// sharp the labels were that they learned from. The loss is the mean over all labels of a set,
    /// and over the sets; sentences that one of the ways leaves without a label are left out.
    ///
    /// # Errors
    /// As for [`Tagger::train`].
    pub fn measure(
        annotated: &Annotated,
        settings: &Settings,
        progress: &mut Progress<'_>,
    ) -> Result<Self> {
        let mut learn = |way| -> Result<Trial> {
            let mut labelled = annotated.merged(way);
            labelled.sort();
            let held_out = Tagger::cross_validate(&labelled, settings, progress)?;
            Ok(Trial { labelled, held_out })
        };
        let trials = [learn(Merge::Majority)?, learn(Merge::Soft)?];
        let sets = trials[0].labelled.sets.len();
        let mut losses = [0.0; 2];
        for set in 0..sets {
            let votes = annotated.votes(set);
            let common: BTreeSet<(&str, u64)> = trials[0].rows(set).map(|(_, key)| key).collect();
            let common: BTreeSet<(&str, u64)> = trials[1]
                .rows(set)
                .map(|(_, key)| key)
                .filter(|key| common.contains(key))
                .collect();
            for (loss, trial) in losses.iter_mut().zip(&trials) {
                let rows = trial.rows(set).filter(|(_, key)| common.contains(key));
                let entries: Vec<Entry> = rows
                    .flat_map(|(at, key)| votes[&key].iter().map(move |vote| (at, *vote)))
                    .collect();
                *loss += surprise(&trial.held_out[set], &entries) / sets as f64;
            }
        }
        let [majority, soft] = losses;
        Ok(Self {
            way: if soft < majority {
                Merge::Soft
            } else {
                Merge::Majority
            },
            majority,
            soft,
        })
    }
}

/// Labels merged one way, and what models said of them that had not seen their groups.
struct Trial {
    labelled: Labelled,
    held_out: Vec<HeldOut>,
}

/// The place of a row among those held out, and what an annotator gave it.
type Entry = (usize, WeightedVote);

impl Trial {
    /// The rows of a set with what they are known by in either trial.
    fn rows(&self, set: usize) -> impl Iterator<Item = (usize, (&str, u64))> {
        let rows = self.held_out[set].rows.iter().enumerate();
        rows.map(|(at, &row)| {
            let sentence = &self.labelled.sentences[row];
            (at, (&*sentence.file, sentence.line))
        })
    }
}

/// The mean log-loss of annotators' labels, each fold calibrated to those of the others.
fn surprise(held_out: &HeldOut, entries: &[Entry]) -> f64 {
    let folds = held_out.fold.iter().max().map_or(0, |last| last + 1);
    let mut probabilities: Vec<Vec<f64>> = Vec::with_capacity(entries.len());
    let mut truth = Vec::with_capacity(entries.len());
    for fold in 0..folds {
        let is_tested = |entry: &&Entry| held_out.fold[entry.0] == fold;
        let (tested, known): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(is_tested);
        let scores: Vec<&[f64]> = known.iter().map(|(at, _)| &*held_out.scores[*at]).collect();
        let labels: Vec<usize> = known.iter().map(|(_, vote)| vote.label).collect();
        let groups: Vec<&str> = known.iter().map(|(at, _)| &*held_out.groups[*at]).collect();
        let calibration = Calibration::fit(&scores, &labels, &groups);
        for (at, vote) in tested {
            let mut row = vec![0.0; held_out.labels.len()];
            calibration.apply(&held_out.scores[*at], &mut row);
            probabilities.push(row);
            truth.push(vote.label);
        }
    }
    log_loss(&probabilities, &truth).unwrap_or(0.0)
}
