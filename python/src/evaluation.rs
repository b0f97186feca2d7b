//! How good a model, or training on given labels, is.

use crate::interrupt;
use crate::json::loaded;
use crate::labels::{LabelOptions, Labels};
use crate::model::Model;
use crate::training::LearnOptions;
use crate::warning;
use pyo3::prelude::*;
use stance::evaluate::{
    Extras, Named, check_common_sets, measure_model, measure_training, trained_on,
};
use stance::report::evaluation;

const TRAINED_ON: &str = "the model was trained on exactly these rows, so its scores are not held \
    out; leave it out to measure by held-out folds";

/// Measures a model on labels; see `stance.evaluate`.
#[pyfunction]
pub fn evaluate_model<'py>(
    py: Python<'py>,
    labels: Labels,
    model: &Model,
    against: Option<&Model>,
    unsure_below: Option<f64>,
    reading: LabelOptions,
) -> PyResult<Bound<'py, PyAny>> {
    let tagger = model.tagger();
    let unsure_below = unsure_below.unwrap_or_else(|| model.unsure_below());
    let rival = against.map(Model::tagger);
    let (document, warnings) = interrupt::run(py, move |_| {
        let rival = rival.as_deref();
        rival.map_or(Ok(()), |rival| check_common_sets(&tagger, rival))?;
        let labelled = reading.read_for(&tagger, &labels)?;
        let mut warnings = warning::of_labels(&labelled);
        let seen = [Some(&*tagger), rival];
        let seen = seen.into_iter().flatten();
        if seen.into_iter().any(|tagger| trained_on(tagger, &labelled)) {
            warnings.push(TRAINED_ON.to_owned());
        }
        let measured = Named {
            tagger: &tagger,
            name: "model",
        };
        let rival = rival.map(|tagger| Named {
            tagger,
            name: "against",
        });
        let evaluations = measure_model(measured, rival, &labelled, unsure_below)?;
        Ok((evaluation::json(&evaluations), warnings))
    })?;
    warning::warn(py, &warnings)?;
    loaded(py, &document)
}

/// Measures training on the labels by held-out folds; see `stance.evaluate`.
#[pyfunction]
pub fn evaluate_training<'py>(
    py: Python<'py>,
    labels: Labels,
    reading: LabelOptions,
    learning: LearnOptions,
    unsure_below: Option<f64>,
    random_split: bool,
    learning_curve: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let extras = Extras {
        random_split,
        learning_curve,
    };
    let (document, warnings) = interrupt::run(py, move |caller| {
        let mut settings = learning.settings()?;
        if let Some(threshold) = unsure_below {
            settings.unsure_below = threshold;
            settings.check()?;
        }
        let labelled = reading.read(&labels, &settings, caller)?;
        let mut step = |_: &str, _, _| caller.still_waits();
        let evaluations = measure_training(&labelled, &settings, extras, &mut step)
            .map_err(|error| error.or_at(labels.name()))?;
        Ok((
            evaluation::json(&evaluations),
            warning::of_labels(&labelled),
        ))
    })?;
    warning::warn(py, &warnings)?;
    loaded(py, &document)
}
