//! What readers disagree on, as the adjudicator sees it.

use super::table::{cell, number_of, text_of};
use super::{Corpus, Place};
use crate::article::source::{ReadOptions, open_rows};
use crate::article::table::Row;
use crate::error::Result;
use crate::labels::{READER, ReadUnit, Readings};
use crate::sentence;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

/// What one reader gave a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Reading {
    /// Who.
    pub annotator: String,
    /// The labels, by set.
    pub labels: BTreeMap<String, String>,
    /// Whose voice it is.
    pub holder: Option<String>,
    /// A remark.
    pub note: String,
}

/// What the readers said of each sentence that they do not agree on.
pub type Disputed = HashMap<usize, Vec<Reading>>;

/// How the readers' tables name a sentence.
struct Names<'n> {
    columns: &'n [String],
    unnamed: &'n str,
}

/// The sentences of the corpus that two readers gave different labels of any set. Rows that name
/// no article are of `unnamed`. Also returns how many units in dispute are not in the corpus.
#[must_use]
pub fn disputed(readings: &Readings, corpus: &Corpus, unnamed: &str) -> (Disputed, usize) {
    let names = Names {
        columns: &readings.unit_columns,
        unnamed,
    };
    let mut found = Disputed::new();
    let mut missing = 0;
    let differ = |unit: &&ReadUnit| {
        unit.labels.iter().any(|set| {
            let mut given = set.iter().flatten();
            let first = given.next();
            given.any(|label| Some(label) != first)
        })
    };
    for unit in readings.units.iter().filter(differ) {
        match names.find(corpus, unit) {
            None => missing += 1,
            Some(at) => drop(found.insert(at, readings_of(unit, readings))),
        }
    }
    (found, missing)
}

impl Names<'_> {
    fn find(&self, corpus: &Corpus, unit: &ReadUnit) -> Option<usize> {
        let key = |name: &str| {
            let at = self.columns.iter().position(|column| column == name)?;
            unit.key.get(at).map(String::as_str)
        };
        let number = key("sentence").and_then(|number| number.trim().parse().ok());
        let article = key("article").or(unit.group.as_deref());
        let text = key("text").or(unit.text.as_deref()).or(key("sentence"));
        corpus.find(&Place {
            article: article.unwrap_or(self.unnamed).to_owned(),
            sentence: number.unwrap_or(0),
            text: sentence::fold(text.unwrap_or_default()).into_owned(),
            ..Place::default()
        })
    }
}

fn readings_of(unit: &ReadUnit, readings: &Readings) -> Vec<Reading> {
    let of_reader = |(reader, name): (usize, &String)| {
        let given = readings.sets.iter().zip(&unit.labels);
        let labels: BTreeMap<String, String> = given
            .filter_map(|(set, labels)| {
                Some((set.name.clone(), set.labels[labels[reader]?].name.clone()))
            })
            .collect();
        (!labels.is_empty()).then(|| Reading {
            annotator: name.clone(),
            labels,
            ..Reading::default()
        })
    };
    let readers = readings.readers.iter().enumerate();
    readers.filter_map(of_reader).collect()
}

/// Adds the holders and notes that the readers' tables have; `reader` is the column that names
/// the reader.
///
/// # Errors
/// If a table cannot be read.
pub fn add_remarks(
    disputed: &mut Disputed,
    corpus: &Corpus,
    files: &[PathBuf],
    unnamed: &str,
    reader: Option<&str>,
) -> Result<()> {
    for file in files {
        for row in open_rows(file, &ReadOptions::default())? {
            let row = row?;
            let readings = place_of(&row, unnamed)
                .and_then(|place| corpus.find(&place))
                .and_then(|at| disputed.get_mut(&at));
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let named = reader.map_or_else(|| cell(&row, &READER), |name| cell(&row, &[name]));
            let name = named.map_or(&*stem, str::trim);
            let own = readings.and_then(|all| all.iter_mut().find(|own| own.annotator == name));
            if let Some(own) = own {
                let known = |name| cell(&row, &[name]).map(str::trim);
                let holder = known("holder").filter(|holder| !holder.is_empty());
                own.holder = holder.map(str::to_owned);
                own.note = known("note").unwrap_or_default().to_owned();
            }
        }
    }
    Ok(())
}

fn place_of(row: &Row, unnamed: &str) -> Option<Place> {
    Some(Place {
        article: super::table::article_of(row).unwrap_or(unnamed).to_owned(),
        sentence: number_of(row, "sentence").unwrap_or(0),
        text: sentence::fold(text_of(row)?).into_owned(),
        ..Place::default()
    })
}
