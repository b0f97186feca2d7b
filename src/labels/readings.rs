//! The same units labelled by several readers.

use super::columns::{READER, column, label_columns, label_set, listed, missing, unknown_label};
use super::planned_rows::planned_rows;
use crate::article::table::{Row, Rows, Value};
use crate::codebook::{Codebook, LabelSet};
use crate::error::{Error, Result};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// How tables of several readers are read; what is left empty is found by the usual names.
///
/// Either every row names its reader (one row a reader and unit), or every file is one reader's.
#[derive(Debug, Clone, Default)]
pub struct ReadReadings {
    /// The column that names the reader (found: `reader`, `annotator`, `coder`); without one, the
    /// name of the file is the reader's.
    pub reader: Option<String>,
    /// Take only these readers; all if empty.
    pub only: Vec<String>,
    /// The columns of the labels (found: the label sets of the codebook, else `label`).
    pub labels: Vec<String>,
    /// The columns that together name a unit (found: `article` with `sentence`, else `text`).
    pub unit: Vec<String>,
    /// The column whose rows are resampled together (found: `article`).
    pub group: Option<String>,
    /// A column that parts the units.
    pub by: Option<String>,
    /// The label sets; without one, the shipped codebook serves where it fits the file.
    pub codebook: Option<Codebook>,
}

/// What several readers gave the same units.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    /// The readers, in the order of their names.
    pub readers: Vec<String>,
    /// The label sets.
    pub sets: Vec<LabelSet>,
    /// The units, in the order in which they first stand.
    pub units: Vec<ReadUnit>,
    /// The columns of [`ReadUnit::key`].
    pub unit_columns: Vec<String>,
    /// The column of [`ReadUnit::group`].
    pub group_column: Option<String>,
    /// The column of [`ReadUnit::part`].
    pub by_column: Option<String>,
}

/// A unit (a sentence, say) and what each reader gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadUnit {
    /// What names it.
    pub key: Vec<String>,
    /// Its text, where that is not its name and there is one.
    pub text: Option<String>,
    /// What is resampled as a whole (its article).
    pub group: Option<String>,
    /// The part it belongs to, where units are parted.
    pub part: Option<String>,
    /// For each label set the label of each reader.
    pub labels: Vec<Vec<Option<usize>>>,
}

const UNIT: [&str; 2] = ["article", "sentence"];
const TEXT: &str = "text";
const OPTIONS: &str = "--annotator, --label, --unit, --group or --by";

impl ReadReadings {
    /// Reads one table or several.
    ///
    /// # Errors
    /// If a file cannot be read, a column is missing, a label is not in its set, a reader labels a
    /// unit twice, or there are fewer than two readers.
    pub fn read(&self, files: &[PathBuf]) -> Result<Readings> {
        let (plan, mut rows) = planned_rows(
            files,
            |first| self.plan(first, files),
            Plan::read,
            Plan::raw,
        )?;
        let readers = self.readers(&rows)?;
        rows.retain(|row| readers.contains(&row.reader));
        let set = |(at, name): (usize, &String)| {
            let cells = rows.iter().map(|row| &*row.labels[at]);
            in_numeric_order(label_set(self.codebook.as_ref(), name, cells))
        };
        let sets: Vec<LabelSet> = plan.labels.iter().enumerate().map(set).collect();
        Ok(Readings {
            units: units(rows, &readers, &sets)?,
            readers,
            sets,
            unit_columns: plan.unit,
            group_column: plan.group,
            by_column: plan.by,
        })
    }

    /// Decides by the first row which columns are read.
    fn plan(&self, first: &Row, files: &[PathBuf]) -> Result<Plan> {
        let names: Vec<&str> = first.fields.iter().map(|(name, _)| &**name).collect();
        let given = |name: &Option<String>, option: &str| -> Result<Option<String>> {
            let name = name.as_ref();
            name.map(|name| column(&names, name, option)).transpose()
        };
        let found = |usual: &[&str]| {
            let found = usual.iter().find(|name| names.contains(name));
            found.map(|&name| name.to_owned())
        };
        let reader = given(&self.reader, "--annotator")?.or_else(|| found(&READER));
        if reader.is_none() {
            refuse_one_name_twice(files)?;
        }
        if reader.is_none() && files.len() < 2 {
            return Err(Error::input(format!(
                "no column `{}`, and one file alone is one reader; the columns are {}",
                READER[0],
                listed(&names)
            ))
            .on_line(1)
            .remedy("name the column of the readers with --annotator, or give a file a reader"));
        }
        let unit = match self.unit.is_empty() {
            false => {
                let unit = self.unit.iter().map(|name| column(&names, name, "--unit"));
                unit.collect::<Result<_>>()?
            }
            true if UNIT.iter().all(|name| names.contains(name)) => UNIT.map(str::to_owned).into(),
            true => vec![found(&[TEXT, UNIT[1]]).ok_or_else(|| missing(&names, TEXT, "--unit"))?],
        };
        Ok(Plan {
            reader,
            labels: label_columns(&self.labels, self.codebook.as_ref(), &names)?,
            text: found(&[TEXT]).filter(|text| !unit.contains(text)),
            unit,
            group: given(&self.group, "--group")?.or_else(|| found(&UNIT[..1])),
            by: given(&self.by, "--by")?,
        })
    }

    /// The readers that were asked for, or all.
    fn readers(&self, rows: &[Raw]) -> Result<Vec<String>> {
        let found: BTreeSet<&str> = rows.iter().map(|row| &*row.reader).collect();
        let names: Vec<&str> = found.iter().copied().collect();
        if let Some(unknown) = self.only.iter().find(|name| !found.contains(&***name)) {
            return Err(Error::usage(format!("no reader `{unknown}`"))
                .remedy(format!("the readers are {}", listed(&names))));
        }
        let wanted = |name: &&str| self.only.is_empty() || self.only.iter().any(|o| o == name);
        let readers: Vec<String> = names
            .into_iter()
            .filter(wanted)
            .map(str::to_owned)
            .collect();
        match &readers[..] {
            [one] => Err(Error::usage(format!("`{one}` is the only reader"))
                .remedy("agreement takes two: give another file, or name two with --reader")),
            _ => Ok(readers),
        }
    }
}

struct Plan {
    reader: Option<String>,
    labels: Vec<String>,
    unit: Vec<String>,
    text: Option<String>,
    group: Option<String>,
    by: Option<String>,
}

/// A row before its labels are looked up.
struct Raw {
    reader: String,
    unit: ReadUnit,
    labels: Vec<String>,
    file: PathBuf,
    line: u64,
}

impl Plan {
    /// Settles what is read of a table whose columns are known before its rows.
    fn read(&self, table: &mut Rows) -> Result<()> {
        let named = [&self.reader, &self.text, &self.group, &self.by];
        let named = named.into_iter().flatten();
        let named = named.chain(&self.labels).chain(&self.unit);
        table.read_only(&named.map(String::as_str).collect::<Vec<_>>());
        Ok(())
    }

    fn raw(&self, path: &Path, row: &Row) -> Result<Raw> {
        let cell = |name: &String| -> Result<String> {
            let names: Vec<&str> = row.fields.iter().map(|(name, _)| &**name).collect();
            let cell = row.get(name).map(|value| value.as_str().trim().to_owned());
            cell.ok_or_else(|| missing(&names, name, OPTIONS).at(path).on_line(row.line))
        };
        let cells = |names: &[String]| names.iter().map(cell).collect::<Result<Vec<_>>>();
        let optional = |name: &Option<String>| name.as_ref().map(cell).transpose();
        let reader = optional(&self.reader)?.unwrap_or_else(|| stem(path));
        if reader.is_empty() {
            return Err(Error::input("this row does not say who read it")
                .at(path)
                .on_line(row.line)
                .remedy("fill in the reader, or leave the row out"));
        }
        Ok(Raw {
            reader,
            labels: cells(&self.labels)?,
            unit: ReadUnit {
                key: cells(&self.unit)?,
                text: self
                    .text
                    .as_ref()
                    .and_then(|name| row.get(name))
                    .map(Value::as_str)
                    .map(str::to_owned),
                group: optional(&self.group)?,
                part: optional(&self.by)?,
                labels: Vec::new(),
            },
            file: path.to_path_buf(),
            line: row.line,
        })
    }
}

/// The name of a file without its ending: its reader, where no column names one.
fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or(path.as_os_str());
    stem.to_string_lossy().into_owned()
}

fn refuse_one_name_twice(files: &[PathBuf]) -> Result<()> {
    let mut stems = BTreeSet::new();
    match files.iter().find(|file| !stems.insert(stem(file))) {
        None => Ok(()),
        Some(file) => Err(
            Error::usage("two files have this name, which is the reader's")
                .at(file)
                .remedy("rename one, or name the column of the readers with --annotator"),
        ),
    }
}

/// Brings together what all readers gave each unit.
fn units(rows: Vec<Raw>, readers: &[String], sets: &[LabelSet]) -> Result<Vec<ReadUnit>> {
    let mut units: Vec<ReadUnit> = Vec::new();
    let mut place: HashMap<Vec<String>, usize> = HashMap::new();
    let mut seen: HashMap<(usize, usize), (PathBuf, u64)> = HashMap::new();
    for row in rows {
        let at = *place.entry(row.unit.key.clone()).or_insert(units.len());
        if at == units.len() {
            let labels = vec![vec![None; readers.len()]; sets.len()];
            units.push(ReadUnit { labels, ..row.unit });
        }
        let reader = readers.partition_point(|name| *name < row.reader);
        if let Some((file, line)) = seen.get(&(at, reader)) {
            return Err(labelled_twice(&row.reader, &units[at], file, *line)
                .at(&row.file)
                .on_line(row.line));
        }
        for ((set, label), labels) in sets.iter().zip(&row.labels).zip(&mut units[at].labels) {
            labels[reader] = set.index(label);
            if labels[reader].is_none() && !label.is_empty() {
                return Err(unknown_label(set, label, &row.file, row.line));
            }
        }
        seen.insert((at, reader), (row.file, row.line));
    }
    Ok(units)
}

fn labelled_twice(reader: &str, unit: &ReadUnit, file: &Path, line: u64) -> Error {
    Error::input(format!(
        "reader `{reader}` labels `{}` a second time; the first is {}:{line}",
        unit.key.join(" "),
        file.display()
    ))
    .remedy("leave one row out, or name the columns that together name a unit with --unit")
}

/// Labels that no codebook orders but that are all numbers stand in the order of the numbers.
fn in_numeric_order(mut set: LabelSet) -> LabelSet {
    if numbers(&set).is_some() && set.labels.iter().all(|label| label.polarity.is_none()) {
        set.labels.sort_by(|a, b| {
            let [a, b] = [a, b].map(|label| label.name.parse::<f64>().unwrap_or(f64::NAN));
            a.total_cmp(&b)
        });
    }
    set
}

/// The labels as numbers, if all are.
fn numbers(set: &LabelSet) -> Option<Vec<f64>> {
    let number = |name: &str| name.parse().ok().filter(|number: &f64| number.is_finite());
    set.names().map(number).collect()
}

impl Readings {
    /// What the labels of a set stand for, in ascending order: numbers for themselves, others that
    /// a codebook orders for their places; `None` where labels have no order.
    #[must_use]
    pub fn values(&self, set: usize) -> Option<Vec<f64>> {
        let set = &self.sets[set];
        let ascending = |numbers: &Vec<f64>| numbers.is_sorted_by(|a, b| a < b);
        numbers(set).filter(ascending).or_else(|| {
            let ordered = set.labels.iter().all(|label| label.polarity.is_some());
            let places = (0_u32..).take(set.labels.len());
            ordered.then(|| places.map(f64::from).collect())
        })
    }

    /// For every unit the label of each reader.
    #[must_use]
    pub fn labels(&self, set: usize) -> Vec<Vec<Option<usize>>> {
        self.units
            .iter()
            .map(|unit| unit.labels[set].clone())
            .collect()
    }

    /// How many units each reader labelled in a set.
    #[must_use]
    pub fn counts(&self, set: usize) -> Vec<usize> {
        let given = |reader: usize| {
            let labels = self.units.iter().map(|unit| unit.labels[set][reader]);
            labels.flatten().count()
        };
        (0..self.readers.len()).map(given).collect()
    }

    /// The units that two readers gave different labels of a set.
    pub fn disagreements(&self, set: usize) -> impl Iterator<Item = &ReadUnit> {
        self.units.iter().filter(move |unit| {
            let given: BTreeSet<usize> = unit.labels[set].iter().flatten().copied().collect();
            given.len() > 1
        })
    }
}
