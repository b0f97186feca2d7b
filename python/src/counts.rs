//! Comparisons of sentences that were counted elsewhere: on a cluster, in a database.

use crate::columns::Batches;
use crate::comparison::{Comparison, question};
use crate::error::OrRaise;
use crate::interrupt;
use crate::model::Model;
use pyo3::prelude::*;
use serde::Deserialize;
use stance::article::table::author_names;
use stance::compare::{By, CountedArticle, Settings, compare_counts as compare};
use stance::error::{Error, Result};
use stance::tagger::Tagger;
use std::sync::Arc;

/// What has to be counted so that sentences can be compared by a model's tags.
#[pyclass(module = "stance", frozen, get_all)]
pub struct Counting {
    /// The label set that is compared.
    set: String,
    /// Its labels, in order.
    labels: Vec<String>,
    /// For each label the probability from which it is given surely; where it is not empty there
    /// are two outcomes a label, not surely and surely, in this order.
    sure_from: Vec<f64>,
    /// The label set that tells voices, and the label of the author's own.
    own_voice: Option<(String, String)>,
}

#[pymethods]
impl Counting {
    #[new]
    #[pyo3(signature = (model, label=None))]
    fn new(py: Python<'_>, model: &Model, label: Option<&str>) -> PyResult<Self> {
        let tagger = model.tagger();
        let head = &tagger.heads()[tagger.head(label).or_raise(py)?];
        let own_voice = tagger.voice().map(|own| {
            let set = &tagger.heads()[own.set].set;
            (set.name.clone(), set.labels[own.label].name.clone())
        });
        Ok(Self {
            set: head.set.name.clone(),
            labels: head.set.names().map(str::to_owned).collect(),
            sure_from: head.errors.sure_from.clone(),
            own_voice,
        })
    }
}

/// An article of the table.
#[derive(Deserialize)]
struct Row {
    #[serde(flatten)]
    counted: CountedArticle<'static>,
    /// Its authors as a text, where they are not listed one by one.
    byline: Option<String>,
}

impl Row {
    fn read(self) -> CountedArticle<'static> {
        let mut counted = self.counted;
        if let Some(byline) = self.byline {
            counted.article.to_mut().authors = author_names(&byline);
        }
        counted
    }
}

/// Compare articles whose sentences are counted already; the same to the bit as `compare` finds in
/// the articles themselves.
///
/// A row is an article: `article`, a struct of `source`, `text`, `authors`, `date` and `fields`,
/// each of which may be left out (`text` puts articles in order and seeds the draws); `byline`, the
/// authors as a text; `sentences`, how many it has; `count`, a struct of `outcomes` (see
/// `Counting`) and `unsure`, of those that count; and `holders`, a map from the people quoted to
/// such counts, which are compared by 'holder'. For the other arguments see `compare`.
#[pyfunction]
#[pyo3(signature = (counts, *, model=None, by="author", label=None))]
pub fn compare_counts(
    py: Python<'_>,
    counts: Batches,
    model: Option<&Model>,
    by: &str,
    label: Option<String>,
) -> PyResult<Comparison> {
    let tagger = match model {
        Some(model) => model.tagger(),
        None => Arc::new(py.detach(Tagger::shipped)),
    };
    let by = By::named(by);
    interrupt::run(py, move |caller| {
        let head = tagger.head(label.as_deref())?;
        let codebook = tagger.codebook();
        let set = &codebook.sets[head];
        let question = question(&tagger, &codebook, &set.name)?;
        let articles = read(counts)?;
        caller.still_waits()?;
        let found = compare(&articles, &question, &by, &Settings::default())?;
        Ok(Comparison::of_counts(found, set.clone()))
    })
}

fn read(counts: Batches) -> Result<Vec<CountedArticle<'static>>> {
    let mut articles = Vec::new();
    for batch in counts.batches {
        let schema = counts.schema.clone();
        let batches = vec![batch];
        let json = Batches { batches, schema }.as_json()?;
        for row in serde_json::Deserializer::from_slice(&json).into_iter::<Row>() {
            let row = row.map_err(|error| {
                Error::input(format!("these are no counts: {error}"))
                    .remedy("see the documentation of compare_counts for the columns")
            })?;
            articles.push(row.read());
        }
    }
    Ok(articles)
}
