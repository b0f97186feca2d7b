//! `stance.Model`: everything learned, from and to the files of the command line.

use crate::article::{Inputs, skips};
use crate::bad_rows::OnBad;
use crate::columns::{Batches, Named, arrow_failed};
use crate::error::OrRaise;
use crate::explain::{Asked, Passage, explain};
use crate::file::write_whole;
use crate::input::Texts;
use crate::interrupt;
use crate::json::{loaded, written};
use crate::probabilities;
use crate::rows::{Limits, Rows};
use crate::table::Table;
use crate::tag_columns::TagColumns;
use crate::{tagged_articles, warning};
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use numpy::PyArray2;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyType};
use pyo3_arrow::PyRecordBatch;
use stance::error::Error;
use stance::report::explanation;
use stance::tagger::Tagger;
use std::path::PathBuf;
use std::sync::Arc;

/// The most bytes of a text where nothing else is asked for, as of a row on the command line. Stands
/// in the signatures below, too, where Python reads it.
const MAX_BYTES: usize = 16_777_216;

/// A trained model: label sets, vocabulary, weights, calibration, and what is known of its quality.
///
/// `Model.load()` gives the one that comes with the package, `Model.load(path)` one that
/// `stance.train` or the command line made.
#[pyclass(module = "stance", frozen)]
pub struct Model {
    tagger: Arc<Tagger>,
    /// Instead of what training set.
    unsure_below: Option<f64>,
}

/// What [`Model::_unpickled`] takes.
type Pickled<'py> = (Bound<'py, PyBytes>, Option<f64>);

impl Model {
    /// The library's model.
    pub fn tagger(&self) -> Arc<Tagger> {
        self.tagger.clone()
    }

    /// Tags are called unsure whose label is less likely than this.
    pub fn unsure_below(&self) -> f64 {
        let trained = self.tagger.about().settings.unsure_below;
        self.unsure_below.unwrap_or(trained)
    }

    pub fn new(py: Python<'_>, tagger: Tagger, unsure_below: Option<f64>) -> PyResult<Self> {
        let tagger = match unsure_below {
            Some(threshold) => tagger.unsure_below(threshold).or_raise(py)?,
            None => tagger,
        };
        Ok(Self {
            tagger: Arc::new(tagger),
            unsure_below,
        })
    }
}

#[pymethods]
impl Model {
    /// Read a model file; without a path, the model that comes with the package.
    ///
    /// Tags whose label is less likely than `unsure_below` are called unsure, instead of what
    /// training set. Reading runs no code and refuses what is damaged.
    #[classmethod]
    #[pyo3(signature = (path=None, *, unsure_below=None))]
    fn load(
        cls: &Bound<'_, PyType>,
        path: Option<PathBuf>,
        unsure_below: Option<f64>,
    ) -> PyResult<Self> {
        let py = cls.py();
        let tagger = py.detach(|| match &path {
            Some(path) => Tagger::load(path),
            None => Ok(Tagger::shipped()),
        });
        Self::new(py, tagger.or_raise(py)?, unsure_below)
    }

    /// The model in the bytes of a model file.
    #[classmethod]
    #[pyo3(signature = (data, *, unsure_below=None))]
    fn from_bytes(
        cls: &Bound<'_, PyType>,
        data: &[u8],
        unsure_below: Option<f64>,
    ) -> PyResult<Self> {
        let py = cls.py();
        let tagger = py.detach(|| Tagger::from_bytes(data));
        Self::new(py, tagger.or_raise(py)?, unsure_below)
    }

    /// The bytes of the model file; the same model gives the same bytes.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| self.tagger.to_bytes()).or_raise(py)?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Write the model file, whole or not at all.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let written = py.detach(|| {
            let bytes = self.tagger.to_bytes()?;
            let failed = |error| Error::io("cannot write the model", error).at(&path);
            write_whole(&path, &bytes).map_err(failed)
        });
        written.or_raise(py)
    }

    /// SHA-256 of the model file, in hexadecimal digits: two models with the same are the same.
    #[getter]
    fn fingerprint(&self, py: Python<'_>) -> PyResult<String> {
        let bytes = self.to_bytes(py)?;
        let hash = py.import("hashlib")?.call_method1("sha256", (bytes,))?;
        hash.call_method0("hexdigest")?.extract()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Pickled<'py>)> {
        let model = slf.get();
        let load = slf.get_type().getattr("_unpickled")?;
        Ok((load, (model.to_bytes(slf.py())?, model.unsure_below)))
    }

    #[classmethod]
    fn _unpickled(
        cls: &Bound<'_, PyType>,
        data: &[u8],
        unsure_below: Option<f64>,
    ) -> PyResult<Self> {
        Self::from_bytes(cls, data, unsure_below)
    }

    /// The label sets and their labels, in order: `{'stance': ['sceptical', 'neutral', …], …}`.
    #[getter]
    fn labels<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let sets = PyDict::new(py);
        for head in self.tagger.heads() {
            let names: Vec<&str> = head.set.names().collect();
            sets.set_item(&head.set.name, names)?;
        }
        Ok(sets)
    }

    /// What it was made from: title, rows, groups, columns, settings and fingerprint of the labels.
    #[getter]
    fn about<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loaded(py, &written(self.tagger.about())?)
    }

    /// How good it is on held-out groups, by label set: `rows`, `accuracy`, `macro_f1` and more,
    /// each with `low` and `high` of its 95% interval.
    #[getter]
    fn scores<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let scores = PyDict::new(py);
        for head in self.tagger.heads() {
            scores.set_item(&head.set.name, loaded(py, &written(&head.scores)?)?)?;
        }
        Ok(scores)
    }

    /// Tag ready sentences: a list, or a column of pandas, polars or pyarrow.
    ///
    /// Each stands alone; with `sequence`, texts that follow one another with the same value there
    /// are one text, and neighbours become features. The table has the columns that `stance tag
    /// --sentences --format csv` adds, a row for each text. A row that cannot be tagged (null, not
    /// text, longer than `max_bytes`) is an exception, or with `on_bad='null'` gets null tags and
    /// its `reason` in a column.
    #[pyo3(signature = (texts, *, sequence=None, on_bad="raise", max_bytes=16777216))]
    fn tag(
        &self,
        py: Python<'_>,
        texts: Texts,
        sequence: Option<Texts>,
        on_bad: &str,
        max_bytes: usize,
    ) -> PyResult<Table> {
        let limits = Limits::new(on_bad, max_bytes)?;
        let cells = texts.cells();
        let keys = sequence.as_ref().map(Texts::cells);
        if let Some(keys) = keys.as_ref().filter(|keys| keys.len() != cells.len()) {
            return Err(PyValueError::new_err(format!(
                "{} texts, but {} values in sequence",
                cells.len(),
                keys.len()
            )));
        }
        let rows = Rows::new(cells, keys.as_deref(), limits);
        let columns = TagColumns::new(self.tagger.codebook(), &[], limits.on_bad);
        let schema = Arc::new(Schema::new(columns.fields()));
        let mut batches = Vec::new();
        rows.tag(py, &self.tagger, |_, tagged| {
            let batch = RecordBatch::try_new(schema.clone(), columns.arrays(tagged));
            batches.push(batch.map_err(arrow_failed)?);
            Ok(())
        })?;
        Ok(Table::new(batches, schema))
    }

    /// Tag a table of ready sentences, a row each; all its columns are kept.
    ///
    /// `text` names the column of the sentences and `sequence` that of the documents; without
    /// them those of the model, or `text` or `sentence`, are looked for. A tag column whose name
    /// is taken gets the prefix `predicted_`. For bad rows see `tag`.
    #[pyo3(signature = (table, *, text=None, sequence=None, on_bad="raise", max_bytes=16777216))]
    fn tag_table(
        &self,
        py: Python<'_>,
        table: Batches,
        text: Option<String>,
        sequence: Option<String>,
        on_bad: &str,
        max_bytes: usize,
    ) -> PyResult<Table> {
        let named = Named { text, sequence };
        let limits = Limits::new(on_bad, max_bytes)?;
        let tagged = table.tag(py, &self.tagger, &named, limits)?;
        Ok(Table::new(tagged.batches, tagged.schema))
    }

    /// Tag one record batch of ready sentences, as `tag_table` does; gives a
    /// `pyarrow.RecordBatch`. No document goes beyond a batch.
    #[pyo3(signature = (batch, *, text=None, sequence=None, on_bad="raise", max_bytes=16777216))]
    fn tag_batch<'py>(
        &self,
        py: Python<'py>,
        batch: Batches,
        text: Option<String>,
        sequence: Option<String>,
        on_bad: &str,
        max_bytes: usize,
    ) -> PyResult<Bound<'py, PyAny>> {
        let named = Named { text, sequence };
        let limits = Limits::new(on_bad, max_bytes)?;
        let tagged = batch.tag(py, &self.tagger, &named, limits)?;
        let whole = arrow_select::concat::concat_batches(&tagged.schema, &tagged.batches);
        PyRecordBatch::new(whole.map_err(arrow_failed)?).into_pyarrow(py)
    }

    /// How likely each label is for each text, as a NumPy array (texts × labels). `label` names the
    /// label set; without it the one with a negative and a positive end is taken.
    #[pyo3(signature = (texts, *, label=None))]
    fn probabilities<'py>(
        &self,
        py: Python<'py>,
        texts: Texts,
        label: Option<&str>,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let limits = Limits {
            on_bad: OnBad::Raise,
            max_bytes: MAX_BYTES,
        };
        probabilities::of(py, &self.tagger, &texts, label, limits)
    }

    /// Tag every sentence of articles: files and folders, a table with an article a row, or
    /// `Article`s. The table has the columns that `stance tag --format csv` writes.
    #[pyo3(signature = (articles, *, on_bad="raise"))]
    fn tag_articles(&self, py: Python<'_>, articles: Inputs, on_bad: &str) -> PyResult<Table> {
        let skip_bad = skips(on_bad)?;
        let tagger = self.tagger();
        let (tagged, warnings) = interrupt::run(py, move |caller| {
            tagged_articles::tag(articles, &tagger, skip_bad, caller)
        })?;
        warning::warn(py, &warnings)?;
        tagged_articles::table(&tagged, &self.tagger)
    }

    /// Which terms made the tag of a sentence; they add up to its score. The document of `stance
    /// explain --format json`.
    ///
    /// With `sentence` (from 1) the text is a list of sentences of one text, of which that one is
    /// explained. `label` names the label set; without it the one with a negative and a positive
    /// end is taken.
    #[pyo3(signature = (text, *, sentence=None, label=None))]
    fn explain<'py>(
        &self,
        py: Python<'py>,
        text: Passage,
        sentence: Option<usize>,
        label: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let asked = Asked { sentence, label };
        let (sentence, found) = explain(&self.tagger, &text, &asked).or_raise(py)?;
        loaded(py, &explanation::json(sentence, &found))
    }

    /// The same as a page.
    #[pyo3(signature = (text, *, sentence=None, label=None))]
    fn explain_html(
        &self,
        py: Python<'_>,
        text: Passage,
        sentence: Option<usize>,
        label: Option<&str>,
    ) -> PyResult<String> {
        let asked = Asked { sentence, label };
        let (sentence, found) = explain(&self.tagger, &text, &asked).or_raise(py)?;
        Ok(explanation::html(sentence, &found))
    }

    fn __repr__(&self) -> String {
        let about = self.tagger.about();
        format!(
            "<stance.Model of {} labelled sentences: {}>",
            about.rows, about.title
        )
    }
}
