//! The best of many settings, found by successive halving over the held-out folds.

use super::held_out::{Split, folds, likeliest};
use super::training::{Progress, check_texts};
use super::{Balance, Settings, Tagger};
use crate::error::Result;
use crate::features::{self, Counts, NGrams};
use crate::labels::Labelled;
use crate::linear::Loss;
use crate::metrics::macro_f1_of;
use rayon::prelude::*;

/// What a search for settings has found.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuned {
    /// The best settings.
    pub settings: Settings,
    /// Their macro-F1 over all folds, averaged over the label sets. The best of many is flattered:
    /// by about as much as two of the runners-up differ.
    pub macro_f1: f64,
    /// The same of the settings the search began with, at the best of the same costs.
    pub begun_with: f64,
    /// How many settings were tried on the first fold.
    pub tried: usize,
}

/// Of the candidates on a rung one in this many is tried on the next fold.
const HALVING: usize = 3;

/// Costs that are tried for the squared hinge; the cross-entropy is tried at eight times as much.
const COSTS: [f64; 4] = [0.03125, 0.125, 0.5, 2.0];

/// The losses and balances that are tried together.
const KINDS: [(Loss, Balance); 4] = [
    (Loss::SquaredHinge, Balance::None),
    (Loss::SquaredHinge, Balance::Root),
    (Loss::SquaredHinge, Balance::Full),
    (Loss::CrossEntropy, Balance::Root),
];

impl Tagger {
    /// Searches for better settings than the given: feature families, loss, balance, and the cost
    /// of each label set. All are tried on the first fold, the best third of them on the second
    /// too, and so on; the last ones are judged by all folds (Jamieson & Talwalkar, "Non-stochastic
    /// best arm identification and hyperparameter optimization", AISTATS 2016, section 3). Every
    /// choice of families is counted once, and made into vectors once a fold.
    ///
    /// # Errors
    /// As for [`Tagger::train`].
    pub fn tune(
        labelled: &Labelled,
        settings: &Settings,
        progress: &mut Progress<'_>,
    ) -> Result<Tuned> {
        settings.check()?;
        check_texts(labelled)?;
        let mut labelled = labelled.clone();
        labelled.sort();
        let fold = folds(&labelled, settings.folds)?;
        let readings = labelled.readings();
        let passages = labelled.passages(&readings);
        let mut families: Vec<Families> = families(&settings.features)
            .into_iter()
            .map(|features| Families::new(features, settings, labelled.sets.len()))
            .collect();
        let tried = families.iter().map(|f| f.candidates.len()).sum();
        for current in 0..settings.folds {
            let all = families.len();
            for (at, family) in families.iter_mut().enumerate() {
                let rung = format!("tuning, fold {} of {}", current + 1, settings.folds);
                progress(&rung, at, all)?;
                let counts = family
                    .counts
                    .get_or_insert_with(|| Counts::new(&passages, &family.features));
                try_fold(&labelled, counts, &fold, current, &mut family.candidates)?;
            }
            if current + 1 < settings.folds {
                keep_the_best(&mut families);
            }
        }
        Ok(winner(&families, settings, tried))
    }
}

/// One choice of feature families with all that is tried on it.
struct Families {
    features: features::Settings,
    counts: Option<Counts>,
    candidates: Vec<Candidate>,
}

/// Settings of training and what they have done so far.
struct Candidate {
    settings: Settings,
    /// Whether these are the settings that the search began with.
    first: bool,
    /// For each label set and cost: rows by true and predicted label.
    confusion: Vec<Vec<Vec<Vec<u64>>>>,
}

impl Families {
    fn new(features: features::Settings, begun_with: &Settings, sets: usize) -> Self {
        let candidate = |(loss, balance)| Candidate {
            settings: Settings {
                features: features.clone(),
                loss,
                balance,
                costs: costs(loss),
                ..begun_with.clone()
            },
            first: (&features, loss, balance)
                == (&begun_with.features, begun_with.loss, begun_with.balance),
            confusion: vec![vec![Vec::new(); COSTS.len()]; sets],
        };
        Self {
            candidates: KINDS.into_iter().map(candidate).collect(),
            counts: None,
            features,
        }
    }
}

fn costs(loss: Loss) -> Vec<f64> {
    let steeper = match loss {
        Loss::SquaredHinge => 1.0,
        Loss::CrossEntropy => 8.0,
    };
    COSTS.iter().map(|cost| cost * steeper).collect()
}

impl Candidate {
    /// The best cost of each label set, with its macro-F1.
    fn best_costs(&self) -> Vec<(f64, f64)> {
        let best = |of_costs: &Vec<Vec<Vec<u64>>>| {
            let figures = of_costs.iter().map(|c| macro_f1_of(c).unwrap_or(0.0));
            let costs = self.settings.costs.iter().copied();
            costs
                .zip(figures)
                .fold((0.0, f64::NEG_INFINITY), |best, new| {
                    if new.1 > best.1 { new } else { best }
                })
        };
        self.confusion.iter().map(best).collect()
    }

    /// The macro-F1 of the label sets at their best costs, averaged.
    fn macro_f1(&self) -> f64 {
        let best = self.best_costs();
        best.iter().map(|(_, macro_f1)| macro_f1).sum::<f64>() / best.len().max(1) as f64
    }
}

/// The given families, and each of the changes that have helped on some public set.
fn families(begun_with: &features::Settings) -> Vec<features::Settings> {
    let changes: [fn(&mut features::Settings); 11] = [
        |_| (),
        |f| f.characters = None,
        |f| f.words = Some(NGrams::new(1, 2)),
        |f| f.stems = None,
        |f| f.stems = Some(NGrams::new(1, 2)),
        |f| f.negated = Some(NGrams::new(1, 1).weighing(0.5)),
        |f| f.opening = None,
        |f| f.opening = Some(NGrams::new(1, 3)),
        |f| f.neighbours = None,
        |f| f.neighbours = Some(NGrams::new(1, 2)),
        |f| f.dictionary = None,
    ];
    let mut families: Vec<features::Settings> = Vec::new();
    for change in changes {
        let mut changed = begun_with.clone();
        change(&mut changed);
        if changed.check().is_ok() && !families.contains(&changed) {
            families.push(changed);
        }
    }
    families
}

/// Adds what the candidates say of one fold, trained on the others.
fn try_fold(
    labelled: &Labelled,
    counts: &Counts,
    fold: &[usize],
    current: usize,
    candidates: &mut [Candidate],
) -> Result<()> {
    let split = Split::new(labelled, counts, fold, current)?;
    candidates.par_iter_mut().try_for_each(|candidate| {
        let Candidate {
            settings,
            confusion,
            ..
        } = candidate;
        for (set, of_costs) in confusion.iter_mut().enumerate() {
            let labels = labelled.sets[set].labels.len();
            for (confusion, &cost) in of_costs.iter_mut().zip(&settings.costs) {
                confusion.resize(labels, vec![0; labels]);
                let model = split.train(labelled, set, settings, cost)?;
                for (place, &row) in split.tested.iter().enumerate() {
                    if let Some(truth) = labelled.sentences[row].labels[set] {
                        confusion[truth][likeliest(&split.scores(&model, place))] += 1;
                    }
                }
            }
        }
        Ok(())
    })
}

/// Drops all but the best third of the candidates, and families without any; the settings that
/// the search began with stay to the end.
fn keep_the_best(families: &mut Vec<Families>) {
    let mut figures: Vec<f64> = families
        .iter()
        .flat_map(|family| family.candidates.iter().map(Candidate::macro_f1))
        .collect();
    figures.sort_unstable_by(|a, b| b.total_cmp(a));
    let kept = figures.len().div_ceil(HALVING);
    let Some(&bar) = figures.get(kept - 1) else {
        return;
    };
    for family in families.iter_mut() {
        family.candidates.retain(|c| c.first || c.macro_f1() >= bar);
    }
    families.retain(|family| !family.candidates.is_empty());
}

fn winner(families: &[Families], begun_with: &Settings, tried: usize) -> Tuned {
    let mut tuned = Tuned {
        settings: begun_with.clone(),
        macro_f1: f64::NEG_INFINITY,
        begun_with: f64::NAN,
        tried,
    };
    for candidate in families.iter().flat_map(|family| &family.candidates) {
        let macro_f1 = candidate.macro_f1();
        if candidate.first {
            tuned.begun_with = macro_f1;
        }
        if macro_f1 > tuned.macro_f1 {
            let mut costs: Vec<f64> = candidate.best_costs().iter().map(|best| best.0).collect();
            costs.sort_unstable_by(f64::total_cmp);
            costs.dedup();
            tuned.macro_f1 = macro_f1;
            tuned.settings = Settings {
                costs,
                ..candidate.settings.clone()
            };
        }
    }
    tuned
}
