//! `stance.Comparison`: authors, articles or people side by side.

use crate::article::{Inputs, skips};
use crate::columns::arrow_failed;
use crate::error::OrRaise;
use crate::interrupt;
use crate::json::loaded;
use crate::model::Model;
use crate::pool;
use crate::table::Table;
use crate::{tagged_articles, warning};
use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use stance::codebook::{Codebook, LabelSet, argument};
use stance::compare::{self as room, By, Question, Settings, compare_closely};
use stance::error::{Error, Result};
use stance::prevalence::Share;
use stance::report::comparison as report;
use stance::report::method::Method;
use stance::report::{Style, chart};
use stance::tagger::{TaggedArticle, Tagger};
use std::sync::Arc;

/// Whoever was compared, with corrected shares, intervals, and a verdict on every two of them.
#[pyclass(module = "stance", frozen)]
pub struct Comparison {
    found: room::Comparison,
    set: LabelSet,
    /// What the page shows beside the figures; there is none of counts alone.
    behind: Option<Behind>,
}

struct Behind {
    tagger: Arc<Tagger>,
    articles: Vec<TaggedArticle>,
    by: By,
    settings: Settings,
}

impl Comparison {
    /// A comparison without its articles.
    pub fn of_counts(found: room::Comparison, set: LabelSet) -> Self {
        Self {
            found,
            set,
            behind: None,
        }
    }
}

/// Columns of 100 characters, no colour: for a notebook or a log.
const STYLE: Style = Style {
    width: 100,
    colour: false,
};

#[pymethods]
impl Comparison {
    /// The document that `stance compare --format json` writes.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loaded(py, &report::json(&self.found))
    }

    /// Whoever is compared, most positive first: name, counts, and for each label and the net
    /// `raw`, `corrected`, `low` and `high`. An unknown number is null.
    #[getter]
    fn rows(&self) -> PyResult<Table> {
        table(rows(&self.found))
    }

    /// Every two of them: `a`, `b`, `difference`, `low`, `high`, `p_value`, `verdict`, `note`.
    #[getter]
    fn pairs(&self) -> PyResult<Table> {
        table(pairs(&self.found))
    }

    /// The page that `stance compare --format html` writes: one file, no network.
    fn html(&self, py: Python<'_>) -> PyResult<String> {
        let behind = self.behind.as_ref().ok_or_else(|| {
            PyValueError::new_err("this comparison is of counts alone: there is no text to show")
        })?;
        pool::run(py, || behind.page(&self.set))?.or_raise(py)
    }

    /// A picture of the rows with their intervals, as SVG.
    fn svg(&self, py: Python<'_>) -> PyResult<String> {
        chart::comparison(&self.found, &self.set).or_raise(py)
    }

    fn _repr_markdown_(&self) -> String {
        report::markdown(&self.found, &self.set)
    }

    fn __str__(&self) -> String {
        report::table(&self.found, &self.set, STYLE)
    }

    fn __repr__(&self) -> String {
        let (rows, by) = (self.found.rows.len(), &self.found.by);
        format!("<stance.Comparison of {rows} rows by {by}>")
    }
}

impl Behind {
    fn page(&self, set: &LabelSet) -> Result<String> {
        let codebook = self.tagger.codebook();
        let question = question(&self.tagger, &codebook, &set.name)?;
        let argument = argument(&codebook.sets);
        let closeup = compare_closely(
            &self.articles,
            &question,
            argument,
            &self.by,
            &self.settings,
        );
        Ok(report::html(&closeup, set, &Method::of(&self.tagger)))
    }
}

/// Put authors, articles or quoted people side by side, as `stance compare` does.
///
/// Articles are paths, a table with an article a row, or what `read_articles` gave; without a
/// model, the one that comes with the package tags them. What is compared (`by`) is author, byline,
/// article, holder (people quoted), month, or a column of the table or field of the front matter.
/// Whose words count (`voice`) is 'own', the author's, or 'all'. `label` names the label set;
/// without it the one with a negative and a positive end is taken. For `on_bad` see `read_articles`.
#[pyfunction]
#[pyo3(signature = (articles, *, model=None, by="author", voice="own", label=None, on_bad="raise"))]
pub fn compare(
    py: Python<'_>,
    articles: Inputs,
    model: Option<&Model>,
    by: &str,
    voice: &str,
    label: Option<String>,
    on_bad: &str,
) -> PyResult<Comparison> {
    let tagger = match model {
        Some(model) => model.tagger(),
        None => Arc::new(py.detach(Tagger::shipped)),
    };
    let by = By::named(by);
    let settings = Settings {
        own_voice_only: is_own(voice)?,
        ..Settings::default()
    };
    let skip_bad = skips(on_bad)?;
    let (comparison, warnings) = interrupt::run(py, move |caller| {
        let head = tagger.head(label.as_deref())?;
        let (articles, warnings) = tagged_articles::tag(articles, &tagger, skip_bad, caller)?;
        by.check(&articles)?;
        caller.still_waits()?;
        let codebook = tagger.codebook();
        let set = codebook.sets[head].clone();
        let question = question(&tagger, &codebook, &set.name)?;
        let found = room::compare(&articles, &question, &by, &settings);
        let behind = Behind {
            tagger,
            articles,
            by,
            settings,
        };
        let comparison = Comparison {
            found,
            set,
            behind: Some(behind),
        };
        Ok((comparison, warnings))
    })?;
    warning::warn(py, &warnings)?;
    Ok(comparison)
}

fn is_own(voice: &str) -> PyResult<bool> {
    match voice {
        "own" => Ok(true),
        "all" => Ok(false),
        other => Err(PyValueError::new_err(format!(
            "voice is 'own' or 'all', not '{other}'"
        ))),
    }
}

/// What is asked of a label set of the model.
pub fn question<'q>(tagger: &'q Tagger, codebook: &'q Codebook, set: &str) -> Result<Question<'q>> {
    let head = &tagger.heads()[tagger.head(Some(set))?];
    Question::new(codebook, set, Some(&head.errors))
        .ok_or_else(|| Error::usage(format!("the model has no label set `{set}`")))
}

type Column = (String, ArrayRef);

fn table(columns: Vec<Column>) -> PyResult<Table> {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns
            .into_iter()
            .map(|(name, column)| (name, column, true)),
    );
    let batch = batch.map_err(arrow_failed)?;
    Ok(Table::new(vec![batch.clone()], batch.schema()))
}

fn rows(found: &room::Comparison) -> Vec<Column> {
    let rows = &found.rows;
    let count = |name: &str, count: fn(&room::Row) -> usize| -> Column {
        let counts = rows.iter().map(|row| count(row) as i64);
        (name.to_owned(), Arc::new(counts.collect::<Int64Array>()))
    };
    let names = rows.iter().map(|row| Some(&*row.name));
    let mut columns: Vec<Column> = vec![
        ("name".to_owned(), Arc::new(names.collect::<StringArray>())),
        count("articles", |row| row.articles),
        count("sentences", |row| row.sentences),
        count("counted_sentences", |row| row.prevalence.counted),
    ];
    for (at, label) in found.labels.iter().enumerate() {
        let shares = rows
            .iter()
            .map(|row| row.prevalence.shares.get(at).copied());
        let shares: Vec<_> = shares.collect();
        columns.extend(figures(label, &shares));
    }
    let nets: Vec<_> = rows.iter().map(|row| row.prevalence.net).collect();
    columns.extend(figures("net", &nets));
    let unsure = rows.iter().map(|row| row.prevalence.unsure);
    let unsure: Float64Array = unsure.collect();
    columns.push(("unsure".to_owned(), Arc::new(unsure)));
    columns
}

/// `NAME_raw`, `NAME_corrected`, `NAME_low` and `NAME_high`, as in the CSV of the command line.
fn figures(name: &str, shares: &[Option<Share>]) -> [Column; 4] {
    let column = |end: &str, figure: fn(&Share) -> Option<f64>| -> Column {
        let figures = shares.iter().map(|share| share.as_ref().and_then(figure));
        (
            format!("{name}_{end}"),
            Arc::new(figures.collect::<Float64Array>()),
        )
    };
    [
        column("raw", |share| share.raw),
        column("corrected", |share| share.corrected),
        column("low", |share| share.low),
        column("high", |share| share.high),
    ]
}

fn pairs(found: &room::Comparison) -> Vec<Column> {
    let text = |name: &str, text: fn(&room::Pair) -> &str| -> Column {
        let texts = found.pairs.iter().map(|pair| Some(text(pair)));
        (name.to_owned(), Arc::new(texts.collect::<StringArray>()))
    };
    let number = |name: &str, number: fn(&room::Pair) -> Option<f64>| -> Column {
        let numbers = found.pairs.iter().map(number);
        (name.to_owned(), Arc::new(numbers.collect::<Float64Array>()))
    };
    vec![
        text("a", |pair| &pair.a),
        text("b", |pair| &pair.b),
        number("difference", |pair| pair.difference),
        number("low", |pair| pair.low),
        number("high", |pair| pair.high),
        number("p_value", |pair| pair.p_value),
        text("verdict", |pair| report::verdict(&pair.verdict)),
        text("note", |pair| &pair.note),
    ]
}
