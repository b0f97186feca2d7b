//! `stance.Article`, and reading articles.

use crate::columns::Batches;
use crate::interrupt::{self, Caller};
use crate::labels::TABLE;
use crate::paths::paths;
use crate::warning;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use stance::article::pdf::{PdfSettings, PdfWorker};
use stance::article::source::{ReadOptions, open};
use stance::article::table::{Articles, Columns, Rows, TableFormat, TableSettings};
use stance::article::{self, from_text};
use stance::error::{Error, Result};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::PathBuf;

/// An article as read: which of its text is prose, who wrote it, and when.
///
/// `Article(text, source='…')` reads a text at hand; `stance.read_articles` reads files.
#[pyclass(module = "stance", frozen)]
#[derive(Clone)]
pub struct Article(article::Article);

#[pymethods]
impl Article {
    #[new]
    #[pyo3(signature = (text, *, source="<text>"))]
    fn new(text: String, source: &str) -> Self {
        Self(from_text(source, text))
    }

    /// What it was read from, as it was named.
    #[getter]
    fn source(&self) -> &str {
        &self.0.source
    }

    /// The headline, where there is one.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// The authors, as printed but without titles.
    #[getter]
    fn authors(&self) -> Vec<&str> {
        self.0.authors.iter().map(String::as_str).collect()
    }

    /// The date of publication, as a `datetime.date`.
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(date) = self.0.date else {
            return Ok(None);
        };
        let class = py.import("datetime")?.getattr("date")?;
        let date = (date.year(), date.month(), date.day());
        class.call1(date).map(Some)
    }

    /// Its whole text, to which `start` and `end` of tagged sentences refer (in bytes of UTF-8).
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// Its paragraphs: what is tagged.
    #[getter]
    fn paragraphs(&self) -> Vec<&str> {
        let spans = self.0.paragraphs();
        spans.map(|span| span.of(&self.0.text)).collect()
    }

    /// Whatever else the source says of it: further columns of a table, front matter.
    #[getter]
    fn fields(&self) -> BTreeMap<String, String> {
        self.0.fields.clone()
    }

    fn __repr__(&self) -> String {
        let title = self.0.title.as_deref().unwrap_or_else(|| self.0.name());
        format!("<stance.Article {title:?} of {}>", self.0.source)
    }
}

/// Read articles: files and folders (text, Markdown, HTML, PDF, CSV, JSONL), or a table with an
/// article a row.
///
/// One that cannot be read is an exception, or with `on_bad='warn'` a warning and left out.
#[pyfunction]
#[pyo3(signature = (articles, *, on_bad="raise"))]
pub fn read_articles(py: Python<'_>, articles: Inputs, on_bad: &str) -> PyResult<Vec<Article>> {
    let skip_bad = skips(on_bad)?;
    let read = interrupt::run(py, move |caller| articles.read(skip_bad, caller))?;
    warning::warn(py, &read.warnings)?;
    Ok(read.articles.into_iter().map(Article).collect())
}

/// Whether articles that cannot be read are left out, with a warning.
pub fn skips(on_bad: &str) -> PyResult<bool> {
    match on_bad {
        "raise" => Ok(false),
        "warn" => Ok(true),
        other => Err(PyValueError::new_err(format!(
            "on_bad is 'raise' or 'warn', not '{other}'"
        ))),
    }
}

/// The text of a PDF, extracted in this process: what the process of its own prints that reads one.
#[pyfunction]
pub fn extract_pdf(py: Python<'_>, path: PathBuf) -> PyResult<String> {
    interrupt::run(py, move |_| article::pdf::extract_in_this_process(&path))
}

/// Where articles come from.
pub enum Inputs {
    /// Files and folders, read as the options say.
    Files(Vec<PathBuf>, Box<ReadOptions>),
    /// A table with an article a row.
    Table(Batches),
    Articles(Vec<article::Article>),
}

impl FromPyObject<'_, '_> for Inputs {
    type Error = PyErr;

    fn extract(inputs: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if let Some(files) = paths(&inputs) {
            return Ok(Self::Files(files, Box::new(read_options(inputs.py())?)));
        }
        if let Ok(article) = inputs.cast::<Article>() {
            return Ok(Self::Articles(vec![article.get().0.clone()]));
        }
        if let Ok(articles) = inputs.extract::<Vec<Bound<'_, Article>>>() {
            let articles = articles.iter().map(|article| article.get().0.clone());
            return Ok(Self::Articles(articles.collect()));
        }
        inputs.extract().map(Self::Table).map_err(|_| {
            PyTypeError::new_err(
                "give paths, articles, or a table with an article a row that speaks Arrow",
            )
        })
    }
}

/// How inputs are read: PDFs in a process of their own.
fn read_options(py: Python<'_>) -> PyResult<ReadOptions> {
    let python: Option<PathBuf> = py.import("sys")?.getattr("executable")?.extract()?;
    let worker = python.map(|program| PdfWorker {
        program,
        args: vec!["-m".into(), "stance._pdf".into()],
    });
    Ok(ReadOptions {
        pdf: PdfSettings {
            worker,
            ..PdfSettings::default()
        },
        ..ReadOptions::default()
    })
}

/// Articles that could be read, and why others could not.
pub struct Read {
    pub articles: Vec<article::Article>,
    pub warnings: Vec<String>,
}

impl Inputs {
    /// All articles. One that cannot be read is a failure, or where bad ones are skipped a warning.
    pub fn read(self, skip_bad: bool, caller: &Caller) -> Result<Read> {
        match self {
            Self::Articles(articles) => Ok(Read {
                articles,
                warnings: Vec::new(),
            }),
            Self::Files(files, options) => gather(open(&files, &options), skip_bad, caller),
            Self::Table(table) => {
                let lines = Cursor::new(table.as_json()?);
                let limits = TableSettings::default();
                let rows = Rows::new(TABLE, lines, TableFormat::Jsonl, limits);
                gather(Articles::new(rows, Columns::default()), skip_bad, caller)
            }
        }
    }
}

fn gather(
    found: impl Iterator<Item = Result<article::Article>>,
    skip_bad: bool,
    caller: &Caller,
) -> Result<Read> {
    let mut read = Read {
        articles: Vec::new(),
        warnings: Vec::new(),
    };
    for article in found {
        caller.still_waits()?;
        match article {
            Ok(article) => read.articles.push(article),
            Err(error) if skip_bad => read.warnings.push(error.to_string()),
            Err(error) => return Err(error),
        }
    }
    match read.articles.is_empty() && read.warnings.is_empty() {
        true => Err(Error::input("no article in it").remedy("name files or folders with articles")),
        false => Ok(read),
    }
}
