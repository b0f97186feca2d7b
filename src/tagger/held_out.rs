use super::Settings;
use super::training::{Progress, examples, targets_of};
use crate::error::Result;
use crate::features::{Counts, Fitted};
use crate::labels::Labelled;
use crate::linear::{Design, LinearModel};
use crate::metrics::{self, Calibration, Scores};
use crate::prevalence::ErrorModel;
use rayon::prelude::*;
use std::sync::Arc;

/// What models said of rows they were not trained on: every row was scored by a model that had
/// never seen its group.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// The names of the labels.
    pub labels: Vec<String>,
    /// The rows (of the labelled sentences), in order.
    pub rows: Vec<usize>,
    /// The true label of each.
    pub truth: Vec<usize>,
    /// The group of each.
    pub groups: Vec<String>,
    /// The fold of each.
    pub fold: Vec<usize>,
    /// The raw scores of each: rows × labels.
    pub scores: Vec<Vec<f64>>,
    /// How much rows of each label counted in training.
    pub label_weights: Vec<f64>,
    /// The cost the models were trained with.
    pub cost: f64,
}

/// From so many rows on one model is learned after the other: the loops of a single one keep all
/// cores busy, and each needs memory of its own.
const MANY_ROWS: usize = 1 << 16;

impl HeldOut {
    /// Trains on all folds but one and scores the one, for each label set; vocabulary and rarity are
    /// learned anew in every fold. Of several costs all are tried on the first fold, and the one
    /// whose scores make the best probabilities on the others too: a choice among three by a fifth
    /// of the rows, which flatters the scores by less than their intervals can show.
    pub(super) fn measure(
        labelled: &Labelled,
        counts: &Counts,
        settings: &Settings,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Self>> {
        let fold = folds(labelled, settings.folds)?;
        let costs = &settings.costs;
        let mut jobs: Vec<(usize, Self)> = (0..labelled.sets.len())
            .flat_map(|set| costs.iter().map(move |&cost| (set, cost)))
            .map(|(set, cost)| (set, Self::unscored(labelled, &fold, set, settings, cost)))
            .collect();
        for current in 0..settings.folds {
            progress("held-out folds", current, settings.folds + 1)?;
            let split = Split::new(labelled, counts, &fold, current)?;
            let learn = |(set, held_out): &mut (usize, Self)| {
                let model = split.train(labelled, *set, settings, held_out.cost)?;
                held_out.score(current, &split.tested, |at| split.scores(&model, at));
                Ok(())
            };
            match fold.len() {
                ..MANY_ROWS => jobs.par_iter_mut().try_for_each(learn)?,
                MANY_ROWS.. => jobs.iter_mut().try_for_each(learn)?,
            }
            if current == 0 {
                jobs = best_costs(jobs, labelled);
            }
        }
        let held_out = jobs.into_iter().map(|(_, held_out)| Self {
            groups: held_out.groups(labelled).map(str::to_owned).collect(),
            ..held_out
        });
        Ok(held_out.collect())
    }

    /// The groups of the rows.
    fn groups<'l>(&self, labelled: &'l Labelled) -> impl Iterator<Item = &'l str> {
        let group = |&row: &usize| &*labelled.sentences[row].group;
        self.rows.iter().map(group)
    }

    /// Without scores and, since there is one of these for every cost, without groups.
    fn unscored(
        labelled: &Labelled,
        fold: &[usize],
        set: usize,
        settings: &Settings,
        cost: f64,
    ) -> Self {
        let (rows, truth) = labelled.with_label(set);
        Self {
            labels: labelled.sets[set].names().map(str::to_owned).collect(),
            groups: Vec::new(),
            fold: rows.iter().map(|&row| fold[row]).collect(),
            scores: vec![Vec::new(); rows.len()],
            label_weights: settings.balance.weights(&labelled.weights(set)),
            cost,
            truth,
            rows,
        }
    }

    /// Fills in the scores of one fold; `score` takes the place of a row among the tested rows.
    fn score(&mut self, fold: usize, tested: &[usize], score: impl Fn(usize) -> Vec<f64> + Sync) {
        let (rows, folds) = (&self.rows, &self.fold);
        self.scores
            .par_iter_mut()
            .enumerate()
            .for_each(|(at, scores)| {
                if folds[at] == fold
                    && let Ok(place) = tested.binary_search(&rows[at])
                {
                    *scores = score(place);
                }
            });
    }

    /// Calibrated probabilities of each row, from a calibration that has not seen the row's fold.
    #[must_use]
    pub fn probabilities(&self) -> Vec<Vec<f64>> {
        let folds = self.fold.iter().max().map_or(0, |last| last + 1);
        let calibrations: Vec<Calibration> = (0..folds)
            .into_par_iter()
            .map(|fold| self.calibration_without(Some(fold)))
            .collect();
        self.scores
            .iter()
            .zip(&self.fold)
            .map(|(scores, &fold)| {
                let mut probabilities = vec![0.0; scores.len()];
                calibrations[fold].apply(scores, &mut probabilities);
                probabilities
            })
            .collect()
    }

    /// The calibration learned from all rows.
    #[must_use]
    pub fn calibration(&self) -> Calibration {
        self.calibration_without(None)
    }

    fn calibration_without(&self, fold: Option<usize>) -> Calibration {
        let kept: Vec<usize> = (0..self.rows.len())
            .filter(|&at| Some(self.fold[at]) != fold)
            .collect();
        let scores: Vec<&[f64]> = kept.iter().map(|&at| &*self.scores[at]).collect();
        let truth: Vec<usize> = kept.iter().map(|&at| self.truth[at]).collect();
        let groups: Vec<&str> = kept.iter().map(|&at| &*self.groups[at]).collect();
        Calibration::fit_weighted(&scores, &truth, &groups, &self.label_weights)
    }

    /// The mean log-loss of the rows that have been scored, at the best temperature and weighted as
    /// in training.
    fn log_loss(&self, labelled: &Labelled) -> f64 {
        let scored: Vec<usize> = (0..self.rows.len())
            .filter(|&at| !self.scores[at].is_empty())
            .collect();
        let scores: Vec<&[f64]> = scored.iter().map(|&at| &*self.scores[at]).collect();
        let truth: Vec<usize> = scored.iter().map(|&at| self.truth[at]).collect();
        let groups: Vec<&str> = self.groups(labelled).collect();
        let groups: Vec<&str> = scored.iter().map(|&at| groups[at]).collect();
        let calibration =
            Calibration::fit_temperature(&scores, &truth, &groups, &self.label_weights);
        let mut probabilities = vec![0.0; self.labels.len()];
        let (mut loss, mut weights) = (0.0, 0.0);
        for (scores, truth) in scores.into_iter().zip(truth) {
            calibration.apply(scores, &mut probabilities);
            let weight = self.label_weights[truth];
            loss -= weight * libm::log(probabilities[truth].max(f64::MIN_POSITIVE));
            weights += weight;
        }
        loss / weights
    }

    /// The scores of the likeliest labels.
    #[must_use]
    pub fn scored(&self, probabilities: &[Vec<f64>]) -> Scores {
        let predicted: Vec<usize> = probabilities.iter().map(|p| likeliest(p)).collect();
        Scores::new(&self.truth, &predicted, &self.groups, &self.labels)
    }

    /// The confusion of the likeliest labels, group by group.
    #[must_use]
    pub fn errors(&self, probabilities: &[Vec<f64>]) -> ErrorModel {
        let predicted: Vec<usize> = probabilities.iter().map(|p| likeliest(p)).collect();
        let sureness = predicted.iter().zip(probabilities);
        let sureness: Vec<f64> = sureness.map(|(&label, p)| p[label]).collect();
        let labels = self.labels.len();
        ErrorModel::measure(&self.groups, &self.truth, &predicted, &sureness, labels)
    }
}

/// One fold held out: its rows and the others, by a vocabulary that was learned from the others.
pub(super) struct Split<'c> {
    fitted: Fitted<'c>,
    trained: Vec<usize>,
    /// Of each label set.
    examples: Vec<Arc<Design>>,
    /// The rows held out, in order.
    pub tested: Vec<usize>,
}

impl<'c> Split<'c> {
    pub fn new(
        labelled: &Labelled,
        counts: &'c Counts,
        fold: &[usize],
        current: usize,
    ) -> Result<Self> {
        let (tested, trained): (Vec<usize>, Vec<usize>) =
            (0..fold.len()).partition(|&row| fold[row] == current);
        let fitted = Fitted::new(counts, &trained);
        Ok(Self {
            examples: examples(labelled, &fitted, &trained)?,
            fitted,
            trained,
            tested,
        })
    }

    /// The model of a label set that has not seen the fold.
    pub fn train(
        &self,
        labelled: &Labelled,
        set: usize,
        settings: &Settings,
        cost: f64,
    ) -> Result<LinearModel> {
        targets_of(labelled, set, &self.trained).fit(&self.examples[set], settings, cost)
    }

    /// The model's raw scores of a row, given its place among the rows held out.
    pub fn scores(&self, model: &LinearModel, place: usize) -> Vec<f64> {
        let vector = self.fitted.vector(self.tested[place]);
        model.scores(vector.as_row()).to_vec()
    }
}

/// Of the candidates of each label set the one with the lowest log-loss on the rows it has scored.
fn best_costs(candidates: Vec<(usize, HeldOut)>, labelled: &Labelled) -> Vec<(usize, HeldOut)> {
    let mut best: Vec<(f64, (usize, HeldOut))> = Vec::new();
    for candidate in candidates {
        let loss = candidate.1.log_loss(labelled);
        match best.last_mut() {
            Some((lowest, last)) if last.0 == candidate.0 => {
                if loss < *lowest {
                    (*lowest, *last) = (loss, candidate);
                }
            }
            _ => best.push((loss, candidate)),
        }
    }
    best.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The likeliest label; the first of equals.
#[must_use]
pub fn likeliest(probabilities: &[f64]) -> usize {
    (0..probabilities.len())
        .reduce(|best, at| {
            if probabilities[at] > probabilities[best] {
                at
            } else {
                best
            }
        })
        .unwrap_or(0)
}

/// One fold for each row, for all label sets alike: groups whole, labels of the first set even.
pub(super) fn folds(labelled: &Labelled, folds: usize) -> Result<Vec<usize>> {
    let unlabelled = labelled.sets[0].labels.len();
    let groups: Vec<&str> = labelled.sentences.iter().map(|s| &*s.group).collect();
    let labels: Vec<usize> = labelled
        .sentences
        .iter()
        .map(|s| s.labels[0].unwrap_or(unlabelled))
        .collect();
    metrics::folds(&groups, &labels, unlabelled + 1, folds)
        .map_err(|error| error.remedy("give more rows or groups, or fewer --folds"))
}
