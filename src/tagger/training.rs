use super::held_out::HeldOut;
use super::{About, Head, Settings, Tagger};
use crate::error::{Error, Result};
use crate::features::{Counts, Fitted};
use crate::labels::Labelled;
use crate::linear::{ClassWeights, Design, Examples, LinearModel, Settings as Solver};
use ndarray::{Array1, Array2};
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::Arc;

/// Is told what is being done, how many steps of it are done, and how many there are. An error from
/// it ends the work, with that error.
pub type Progress<'p> = dyn FnMut(&str, usize, usize) -> Result<()> + 'p;

impl Tagger {
    /// Learns from labelled sentences: one linear model for each label set over one vocabulary,
    /// each with calibration, scores and error rates from folds that hold out whole groups.
    ///
    /// The result depends on the content of the rows alone: not on their order, nor on the number
    /// of threads. Rows that are given away rather than borrowed need not be copied.
    ///
    /// # Errors
    /// If settings make no sense, if a set has fewer than two labels with rows, if no row has any
    /// text, or if there are fewer groups than folds.
    pub fn train<'l>(
        labelled: impl Into<Cow<'l, Labelled>>,
        settings: &Settings,
        progress: &mut Progress<'_>,
    ) -> Result<Self> {
        Ok(Self::train_and_hold_out(labelled, settings, progress)?.0)
    }

    /// The same, with the held-out predictions that scores and calibration were made from, one for
    /// each label set. Their rows refer to `labelled` as [`Labelled::sort`] orders it.
    ///
    /// # Errors
    /// As for [`Tagger::train`].
    pub fn train_and_hold_out<'l>(
        labelled: impl Into<Cow<'l, Labelled>>,
        settings: &Settings,
        progress: &mut Progress<'_>,
    ) -> Result<(Self, Vec<HeldOut>)> {
        let mut labelled = labelled.into().into_owned();
        labelled.sort();
        let about = About::new(&labelled, settings);
        let counts = count(&labelled, settings, progress)?;
        labelled.forget_texts();
        let held_out = HeldOut::measure(&labelled, &counts, settings, progress)?;
        progress("the final model", settings.folds, settings.folds + 1)?;
        let rows: Vec<usize> = (0..labelled.sentences.len()).collect();
        let fitted = Fitted::new(&counts, &rows);
        let examples = examples(&labelled, &fitted, &rows)?;
        let vectorizer = fitted.into_vectorizer();
        drop(counts);
        let models = held_out
            .par_iter()
            .zip(examples)
            .enumerate()
            .map(|(set, (held_out, examples))| {
                targets_of(&labelled, set, &rows).fit(&examples, settings, held_out.cost)
            })
            .collect::<Result<Vec<LinearModel>>>()?;
        let heads = models.into_par_iter().zip(&held_out).zip(labelled.sets);
        let heads = heads.map(|((model, held_out), set)| Head::new(set, model, held_out));
        let tagger = Self::assemble(about, vectorizer, heads.collect());
        Ok((tagger, held_out))
    }

    /// The held-out predictions that training would make, one for each label set, without the
    /// final model. Their rows refer to `labelled` as [`Labelled::sort`] orders it.
    ///
    /// # Errors
    /// As for [`Tagger::train`].
    pub fn cross_validate(
        labelled: &Labelled,
        settings: &Settings,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<HeldOut>> {
        let mut labelled = labelled.clone();
        labelled.sort();
        let counts = count(&labelled, settings, progress)?;
        HeldOut::measure(&labelled, &counts, settings, progress)
    }
}

/// Checks that there is something to learn from.
pub(super) fn check_texts(labelled: &Labelled) -> Result<()> {
    if labelled.sentences.iter().all(|s| s.text.trim().is_empty()) {
        return Err(Error::input("no row holds any text")
            .remedy("name the column of the sentences with --text"));
    }
    Ok(())
}

fn count(labelled: &Labelled, settings: &Settings, progress: &mut Progress<'_>) -> Result<Counts> {
    settings.check()?;
    check_texts(labelled)?;
    progress("reading the sentences", 0, settings.folds + 1)?;
    let readings = labelled.readings();
    let passages = labelled.passages(&readings);
    Ok(Counts::new(&passages, &settings.features))
}

/// What each label set is learned from: the rows among `rows` that have one of its labels, once
/// for each label they have a share of. Sets that label the same rows share it.
pub(super) fn examples(
    labelled: &Labelled,
    fitted: &Fitted<'_>,
    rows: &[usize],
) -> Result<Vec<Arc<Design>>> {
    let mut made: Vec<(Vec<usize>, Arc<Design>)> = Vec::new();
    for set in 0..labelled.sets.len() {
        let entries = |&row: &usize| {
            let labels = labelled.sentences[row].weighted_labels(set);
            labels.map(move |_| row)
        };
        let rows: Vec<usize> = rows.iter().flat_map(entries).collect();
        let design = match made.iter().find(|(other, _)| *other == rows) {
            Some((_, design)) => design.clone(),
            None => Arc::new(fitted.design(&rows)?),
        };
        made.push((rows, design));
    }
    Ok(made.into_iter().map(|(_, design)| design).collect())
}

/// The labels of those rows, with their weights.
pub(super) struct Targets<'l> {
    labelled: &'l Labelled,
    set: usize,
    labels: Vec<usize>,
    weights: Vec<f32>,
}

pub(super) fn targets_of<'l>(labelled: &'l Labelled, set: usize, rows: &[usize]) -> Targets<'l> {
    let entries = |&row: &usize| labelled.sentences[row].weighted_labels(set);
    let (labels, weights) = rows.iter().flat_map(entries).unzip();
    Targets {
        labelled,
        set,
        labels,
        weights,
    }
}

impl Targets<'_> {
    /// Trains on the examples of the same set and rows.
    pub fn fit(
        self,
        examples: &Arc<Design>,
        settings: &Settings,
        cost: f64,
    ) -> Result<LinearModel> {
        let set = &self.labelled.sets[self.set];
        let mut amounts = vec![0.0; set.labels.len()];
        for (&label, &weight) in self.labels.iter().zip(&self.weights) {
            amounts[label] += f64::from(weight);
        }
        let known: Vec<usize> = (0..amounts.len())
            .filter(|&label| amounts[label] > 0.0)
            .collect();
        if known.len() < 2 {
            return Err(self.one_label_only(&known));
        }
        let classes: Vec<usize> = self
            .labels
            .iter()
            .filter_map(|label| known.binary_search(label).ok())
            .collect();
        let amounts: Vec<f64> = known.iter().map(|&label| amounts[label]).collect();
        let examples = Examples::of(examples.clone(), &classes, known.len())?;
        let training = Solver::new(settings.loss)
            .cost(cost)
            .tolerance(TOLERANCE)
            .class_weights(ClassWeights::Given(settings.balance.weights(&amounts)))
            .train(&examples.weighted(&self.weights)?)?;
        with_unseen_labels(&training.model, &known, set.labels.len())
    }

    /// The error for rows of a single label, or of none.
    fn one_label_only(&self, known: &[usize]) -> Error {
        let set = &self.labelled.sets[self.set];
        let name = |label: usize| &set.labels[label].name;
        let all = self.labelled.weights(self.set);
        let held_out = (0..all.len()).find(|&label| all[label] > 0.0 && !known.contains(&label));
        let what = match held_out {
            Some(label) => format!(
                "all rows of `{}` in label set `{}` are held out together",
                name(label),
                set.name
            ),
            None => format!(
                "label set `{}` has rows of one label only (`{}`)",
                set.name,
                known.first().map_or("none", |&label| name(label))
            ),
        };
        Error::input(what).remedy("add rows of the other labels, in more than one group")
    }
}

/// The gradient at the end, relative to the start. Objectives that end there may differ by a
/// thousandth (30,000 rows, three labels), decisions hardly do.
const TOLERANCE: f64 = 1e-3;

/// How far below the others a label scores that no row had: e⁻⁸ is one in three thousand.
const UNSEEN_LABEL: f64 = 8.0;

/// The model with a column for every label of the set.
fn with_unseen_labels(model: &LinearModel, known: &[usize], labels: usize) -> Result<LinearModel> {
    let lowest = model.bias().iter().copied().fold(f64::INFINITY, f64::min);
    let mut weights = Array2::zeros((model.features(), labels));
    let mut bias = Array1::from_elem(labels, lowest - UNSEEN_LABEL);
    for (class, &label) in known.iter().enumerate() {
        weights
            .column_mut(label)
            .assign(&model.weights().column(class));
        bias[label] = model.bias()[class];
    }
    LinearModel::new(weights, bias)
}
