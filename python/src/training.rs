//! From labelled sentences to a model.

use crate::interrupt::{self, Caller};
use crate::labels::{LabelOptions, Labels, TABLE};
use crate::model::Model;
use crate::warning;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use stance::article::table::{Row, Value};
use stance::error::{Error, Result};
use stance::features::Dictionary;
use stance::labels::{Labelled, Merge, ReadLabels};
use stance::tagger::{Settings, Tagger};
use std::path::PathBuf;

/// The options of the command line that say how a model is learned.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct LearnOptions {
    settings: Option<Given>,
    dictionary: Option<PathBuf>,
    cost: Option<f64>,
    folds: Option<usize>,
}

/// Settings in a file or in JSON.
pub enum Given {
    File(PathBuf),
    Json(String),
}

impl FromPyObject<'_, '_> for Given {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if given.is_instance_of::<PyDict>() {
            let json = given.py().import("json")?.call_method1("dumps", (given,))?;
            return Ok(Self::Json(json.extract()?));
        }
        let file = given.extract().map(Self::File);
        file.map_err(|_| PyTypeError::new_err("settings are a dict or the path of a JSON file"))
    }
}

impl LearnOptions {
    /// The settings, checked.
    pub fn settings(&self) -> Result<Settings> {
        let mut settings = match &self.settings {
            None => Settings::default(),
            Some(Given::File(file)) => Settings::read(file)?,
            Some(Given::Json(json)) => serde_json::from_str(json).map_err(|error| {
                Error::usage(format!("these are no settings: {error}"))
                    .remedy("write them as Model.about['settings'] shows those of a model")
            })?,
        };
        if let Some(file) = &self.dictionary {
            settings.features.dictionary = Some(Dictionary::read(file)?);
        }
        if let Some(cost) = self.cost {
            settings.costs = vec![cost];
        }
        if let Some(folds) = self.folds {
            settings.folds = folds;
        }
        settings.check()?;
        Ok(settings)
    }
}

/// Learns a model; see `stance.train`.
#[pyfunction]
pub fn train(
    py: Python<'_>,
    labels: Labels,
    reading: LabelOptions,
    learning: LearnOptions,
    tune: bool,
) -> PyResult<Model> {
    let (tagger, warnings) = interrupt::run(py, move |caller| {
        let settings = learning.settings()?;
        let labelled = reading.read(&labels, &settings, caller)?;
        let warnings = warning::of_labels(&labelled);
        let learned = learn(labelled, settings, tune, caller);
        Ok((
            learned.map_err(|error| error.or_at(labels.name()))?,
            warnings,
        ))
    })?;
    warning::warn(py, &warnings)?;
    Model::new(py, tagger, None)
}

fn learn(labelled: Labelled, settings: Settings, tune: bool, caller: &Caller) -> Result<Tagger> {
    let mut step = |_: &str, _, _| caller.still_waits();
    let settings = match tune {
        true => Tagger::tune(&labelled, &settings, &mut step)?.settings,
        false => settings,
    };
    Tagger::train(labelled, &settings, &mut step)
}

/// Learns a model of one label set, `label`, from texts that stand alone.
#[pyfunction]
pub fn train_texts(
    py: Python<'_>,
    texts: Vec<String>,
    labels: Vec<String>,
    groups: Option<Vec<String>>,
    learning: LearnOptions,
) -> PyResult<Model> {
    let tagger = interrupt::run(py, move |caller| {
        let read = ReadLabels {
            text: Some("text".to_owned()),
            labels: vec!["label".to_owned()],
            group: groups.is_some().then(|| "group".to_owned()),
            ..ReadLabels::default()
        };
        let mut groups = groups.into_iter().flatten();
        let rows = texts
            .into_iter()
            .zip(labels)
            .zip(1..)
            .map(|((text, label), line)| {
                let mut fields = vec![("text", text), ("label", label)];
                fields.extend(groups.next().map(|group| ("group", group)));
                let named = |(name, value): (&str, String)| (name.to_owned(), Value::Text(value));
                Ok(Row {
                    line,
                    fields: fields.into_iter().map(named).collect(),
                })
            });
        let labelled = read.read_table(TABLE, rows)?.merged(Merge::default());
        learn(labelled, learning.settings()?, false, caller).map_err(|error| error.or_at(TABLE))
    })?;
    Model::new(py, tagger, None)
}
