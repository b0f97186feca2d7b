use super::{Evaluation, Predictions, learning_curve};
use crate::error::Result;
use crate::labels::Labelled;
use crate::tagger::{Progress, Settings, Tagger};

/// A model and what to call it.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    /// The model.
    pub tagger: &'a Tagger,
    /// Its name, for readers.
    pub name: &'a str,
}

/// What is measured beside held-out scores.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extras {
    /// A random split of the sentences too, and by how much it flatters.
    pub random_split: bool,
    /// Learning from parts of the labels too, and what more of them would bring.
    pub learning_curve: bool,
}

/// Measures a model on labels, and where there is one, against a rival in each label set that both
/// predict. Tags are called unsure whose label is less likely than `unsure_below`.
///
/// # Errors
/// If the labels have a set or a label that the model does not know.
pub fn measure_model(
    model: Named<'_>,
    against: Option<Named<'_>>,
    labelled: &Labelled,
    unsure_below: f64,
) -> Result<Vec<Evaluation>> {
    let predictions = Predictions::of_model(model.tagger, labelled)?;
    let evaluated = predictions.iter().map(|p| p.evaluate(unsure_below));
    let mut evaluations: Vec<Evaluation> = evaluated.collect();
    if let Some(rival) = against {
        let theirs = Predictions::of_model(rival.tagger, labelled)?;
        for (evaluation, ours) in evaluations.iter_mut().zip(&predictions) {
            let theirs = theirs.iter().find(|theirs| theirs.set == ours.set);
            let contest = theirs.map(|theirs| ours.against(theirs, [model.name, rival.name]));
            evaluation.against = contest.transpose()?;
        }
    }
    Ok(evaluations)
}

/// Measures models trained on the labels, whole groups held out.
///
/// # Errors
/// As for [`Tagger::train`].
pub fn measure_training(
    labelled: &Labelled,
    settings: &Settings,
    extras: Extras,
    progress: &mut Progress<'_>,
) -> Result<Vec<Evaluation>> {
    let predictions = Predictions::held_out(labelled, settings, progress)?;
    let evaluated = predictions
        .iter()
        .map(|p| p.evaluate(settings.unsure_below));
    let mut evaluations: Vec<Evaluation> = evaluated.collect();
    if extras.random_split {
        let random = Predictions::random_split(labelled, settings, progress)?;
        for (evaluation, (random, held_out)) in
            evaluations.iter_mut().zip(random.iter().zip(&predictions))
        {
            let names = ["a random split", "whole groups held out"];
            evaluation.random_split = Some(random.against(held_out, names)?);
        }
    }
    if extras.learning_curve {
        let curves = learning_curve(labelled, settings, &predictions, progress)?;
        for (evaluation, curve) in evaluations.iter_mut().zip(curves) {
            evaluation.learning_curve = Some(curve);
        }
    }
    Ok(evaluations)
}
