use super::annotators::{Annotated, Merge, Vote};
use super::order::Placed;
use super::planned_rows::{planned_rows, planned_table};
use super::sentences::{Place, Placement, together};
use super::{Labelled, LabelledSentence};
use crate::article::table::{Row, Rows, Value};
use crate::codebook::{Codebook, LabelSet};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Which columns hold what. A name that is `None` was neither given nor found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// The sentence.
    pub text: String,
    /// What is never split between training and test.
    pub group: Option<String>,
    /// Rows with the same value here are the sentences of one document, in order.
    pub document: Option<String>,
}

/// How a labels file is read; what is left empty is found by the usual names.
#[derive(Debug, Clone, Default)]
pub struct ReadLabels {
    /// The column of the sentences (found: `text`, `sentence`).
    pub text: Option<String>,
    /// The columns of the labels (found: the label sets of the codebook, else `label`).
    pub labels: Vec<String>,
    /// The column that groups rows (found: `group`, `author`, `article`).
    pub group: Option<String>,
    /// The column that names a row's document (found: `article`, `document`).
    pub document: Option<String>,
    /// The column that names the annotator (found: `reader`, `annotator`, `coder`).
    pub annotator: Option<String>,
    /// Take each file for one document whose sentences stand in order.
    pub in_order: bool,
    /// The label sets; without one, the shipped codebook serves where it fits the file.
    pub codebook: Option<Codebook>,
    /// Names to try before the usual ones: those a model was trained with.
    pub preferred: Columns,
}

const TEXT: [&str; 2] = ["text", "sentence"];
const GROUP: [&str; 3] = ["group", "author", "article"];
pub(crate) const READER: [&str; 3] = ["reader", "annotator", "coder"];
const DOCUMENT: [&str; 2] = ["article", "document"];
const LABEL: &str = "label";
const UNSURE: &str = "unsure";
const SENTENCE: &str = "sentence";
const PARAGRAPH: &str = "paragraph";

impl ReadLabels {
    /// Reads labelled sentences from CSV or JSONL tables. Where several annotators labelled a
    /// sentence, the label that most of them gave is taken.
    ///
    /// # Errors
    /// If a file cannot be read, a column is missing, a label is not in its set, or no row has a
    /// label.
    pub fn read(&self, files: &[PathBuf]) -> Result<Labelled> {
        Ok(self.read_annotated(files)?.merged(Merge::Majority))
    }

    /// The same, with the labels of several annotators side by side. Rows are of one sentence that
    /// have the same number in the same document, or where there are no numbers the same text in
    /// the same document and group.
    ///
    /// # Errors
    /// As for [`ReadLabels::read`].
    pub fn read_annotated(&self, files: &[PathBuf]) -> Result<Annotated> {
        let (plan, rows) = planned_rows(files, |first| self.plan(first), Plan::read, Plan::raw)?;
        self.annotated(plan, rows)
    }

    /// The same of a table that is no file; errors call it `name`.
    ///
    /// # Errors
    /// As for [`ReadLabels::read`].
    pub fn read_table(
        &self,
        name: &str,
        rows: impl IntoIterator<Item = Result<Row>>,
    ) -> Result<Annotated> {
        let decide = |first: &Row| self.plan(first);
        let (plan, rows) = planned_table(Path::new(name), rows, decide, Plan::raw)?;
        self.annotated(plan, rows)
    }

    fn annotated(&self, mut plan: Plan, mut rows: Vec<Raw>) -> Result<Annotated> {
        if self.group.is_none() && rows.iter().all(|row| row.group == rows[0].group) {
            // A column nobody asked for that groups nothing.
            plan.columns.group = None;
            rows.iter_mut().for_each(|row| row.group = None);
        }
        let sets = self.sets(&plan, &rows);
        sets.iter().try_for_each(LabelSet::check_name)?;
        let unlabelled = |&set: &usize| rows.iter().all(|row| row.labels[set].is_empty());
        if let Some(set) = (0..sets.len()).find(unlabelled) {
            return Err(Error::input(format!(
                "column `{}` holds no label in any row",
                sets[set].name
            ))
            .at(&rows[0].file)
            .remedy("fill it, or name another column with --label"));
        }
        let annotators: BTreeSet<String> = rows.iter().map(|row| row.annotator.clone()).collect();
        let annotators: Vec<String> = annotators.into_iter().collect();
        let placements = rows
            .into_iter()
            .map(|row| self.place(row, &plan, &sets, &annotators))
            .collect::<Result<Vec<_>>>()?;
        let (sentences, documents, votes) = together(placements);
        Ok(Annotated {
            annotators: match plan.annotator {
                Some(_) => annotators,
                None => Vec::new(),
            },
            labelled: Labelled {
                title: self.title(&sets),
                sets,
                sentences,
                documents,
                columns: plan.columns,
                merged: None,
            },
            votes,
        })
    }

    /// Decides by the first row which columns are read.
    fn plan(&self, first: &Row) -> Result<Plan> {
        let names: Vec<&str> = first.fields.iter().map(|(name, _)| &**name).collect();
        let find = |given: &Option<String>, preferred: Option<&str>, usual: &[&str]| match given {
            Some(name) => column(&names, name, OPTIONS).map(Some),
            None => {
                let mut known = preferred.into_iter().chain(usual.iter().copied());
                Ok(known.find(|name| names.contains(name)).map(str::to_owned))
            }
        };
        let preferred = &self.preferred;
        let text = find(&self.text, Some(&preferred.text), &TEXT)?;
        let document = match self.in_order {
            true => None,
            false => find(&self.document, preferred.document.as_deref(), &DOCUMENT)?,
        };
        Ok(Plan {
            columns: Columns {
                text: text.ok_or_else(|| missing(&names, "text", "--text"))?,
                group: find(&self.group, preferred.group.as_deref(), &GROUP)?,
                document,
            },
            labels: label_columns(&self.labels, self.codebook.as_ref(), &names)?,
            annotator: find(&self.annotator, None, &READER)?,
        })
    }

    fn title(&self, sets: &[LabelSet]) -> String {
        let shipped = Codebook::shipped();
        match &self.codebook {
            Some(codebook) => codebook.title.clone(),
            None if sets.iter().all(|set| shipped.sets.contains(set)) => shipped.title,
            None => sets
                .iter()
                .map(|set| &*set.name)
                .collect::<Vec<_>>()
                .join(", "),
        }
    }

    /// The label sets of the columns: declared by the codebook, or found in the rows.
    fn sets(&self, plan: &Plan, rows: &[Raw]) -> Vec<LabelSet> {
        let set = |(at, name): (usize, &String)| {
            let found = rows.iter().map(|row| &*row.labels[at]);
            label_set(self.codebook.as_ref(), name, found)
        };
        plan.labels.iter().enumerate().map(set).collect()
    }

    fn place(
        &self,
        row: Raw,
        plan: &Plan,
        sets: &[LabelSet],
        annotators: &[String],
    ) -> Result<Placement> {
        let labels: Vec<Option<usize>> = sets
            .iter()
            .zip(&row.labels)
            .map(|(set, label)| match set.index(label) {
                None if !label.is_empty() => Err(unknown_label(set, label, &row.file, row.line)),
                index => Ok(index),
            })
            .collect::<Result<_>>()?;
        let block = if self.in_order { BLOCK } else { 1 };
        let alone = || format!("{}:{}", row.file.display(), row.line / block);
        let file = row.file.display().to_string();
        let number = row.number.filter(|_| plan.columns.document.is_some());
        let document = match self.in_order {
            true => Some(format!("{file}\0{}", row.group.as_deref().unwrap_or(""))),
            false => row.document.clone(),
        };
        Ok(Placement {
            place: Place::new(&document, number, &row.group, &row.text),
            vote: Vote {
                annotator: annotators.partition_point(|name| *name < row.annotator),
                labels: labels.clone(),
                unsure: row.unsure,
            },
            placed: Placed {
                document,
                number,
                sentence: LabelledSentence {
                    group: row.group.unwrap_or_else(alone),
                    text: row.text,
                    labels,
                    shares: Vec::new(),
                    document: row.document,
                    number: row.number,
                    paragraph: row.paragraph,
                    file,
                    line: row.line,
                },
            },
        })
    }
}

struct Plan {
    columns: Columns,
    labels: Vec<String>,
    annotator: Option<String>,
}

/// A row before its labels are looked up.
struct Raw {
    text: String,
    labels: Vec<String>,
    group: Option<String>,
    document: Option<String>,
    number: Option<u64>,
    paragraph: usize,
    /// Empty where no column names annotators.
    annotator: String,
    unsure: bool,
    file: PathBuf,
    line: u64,
}

impl Plan {
    /// Settles what is read of a table whose columns are known before its rows.
    fn read(&self, table: &mut Rows) -> Result<()> {
        let Columns {
            text,
            group,
            document,
        } = &self.columns;
        let named = [group, document, &self.annotator];
        let named = named
            .into_iter()
            .flatten()
            .chain(&self.labels)
            .chain([text]);
        let named = named
            .map(String::as_str)
            .chain([SENTENCE, PARAGRAPH, UNSURE]);
        table.read_only(&named.collect::<Vec<_>>());
        table.demand_text(text)
    }

    fn raw(&self, path: &Path, row: &Row) -> Result<Raw> {
        let names: Vec<&str> = row.fields.iter().map(|(name, _)| &**name).collect();
        let cell = |name: &str| -> Result<&str> {
            row.get(name)
                .map(Value::as_str)
                .ok_or_else(|| missing(&names, name, OPTIONS).at(path).on_line(row.line))
        };
        let optional = |name: &Option<String>| name.as_deref().map(cell).transpose();
        let number = |name: &str| {
            cell(name)
                .ok()
                .and_then(|value| value.trim().parse::<u64>().ok())
        };
        let document = optional(&self.columns.document)?;
        Ok(Raw {
            text: cell(&self.columns.text)?.to_owned(),
            labels: self
                .labels
                .iter()
                .map(|name| cell(name).map(|label| label.trim().to_owned()))
                .collect::<Result<_>>()?,
            // Unknown authors are taken for as many people as there are documents of theirs.
            group: match optional(&self.columns.group)? {
                Some(group) if group.trim().is_empty() => document,
                group => group,
            }
            .map(str::to_owned),
            document: document.map(str::to_owned),
            number: number(SENTENCE),
            paragraph: number(PARAGRAPH)
                .and_then(|n| usize::try_from(n).ok())
                .unwrap_or(0),
            annotator: optional(&self.annotator)?.unwrap_or("").trim().to_owned(),
            unsure: row.get(UNSURE).is_some_and(|cell| is_yes(cell.as_str())),
            file: path.to_path_buf(),
            line: row.line,
        })
    }
}

/// Lines of a file in order that are held out together where no column groups them, so that few
/// rows are tested next to neighbours that were trained on.
const BLOCK: u64 = 25;

/// The options that name columns.
const OPTIONS: &str = "--text, --label, --group, --sequence or --annotator";

/// Whether a cell that marks a row marks it.
fn is_yes(cell: &str) -> bool {
    let no = ["", "0", "false", "no"];
    !no.contains(&cell.trim().to_lowercase().as_str())
}

/// The columns of labels: those given, else the codebook's sets, else `label`.
pub(super) fn label_columns(
    given: &[String],
    codebook: Option<&Codebook>,
    names: &[&str],
) -> Result<Vec<String>> {
    if !given.is_empty() {
        if (1..given.len()).any(|at| given[..at].contains(&given[at])) {
            return Err(Error::usage("a label column is named twice")
                .remedy("name each column once with --label"));
        }
        let given = given.iter().map(|name| column(names, name, "--label"));
        return given.collect();
    }
    let shipped = Codebook::shipped();
    let sets = &codebook.unwrap_or(&shipped).sets;
    let declared: Vec<String> = sets
        .iter()
        .map(|set| set.name.clone())
        .filter(|name| names.contains(&&**name))
        .collect();
    match declared.is_empty() {
        false => Ok(declared),
        true if names.contains(&LABEL) => Ok(vec![LABEL.to_owned()]),
        true => Err(missing(names, LABEL, "--label")),
    }
}

/// The label set of a column: declared by the codebook, or found in its cells.
pub(super) fn label_set<'r>(
    codebook: Option<&Codebook>,
    name: &str,
    cells: impl Iterator<Item = &'r str>,
) -> LabelSet {
    let found: BTreeSet<&str> = cells.filter(|label| !label.is_empty()).collect();
    let declared = match codebook {
        Some(codebook) => codebook.set(name).cloned(),
        // A column may be called like one of our sets and hold labels of its own.
        None => Codebook::shipped()
            .set(name)
            .filter(|set| found.iter().any(|label| set.index(label).is_some()))
            .cloned(),
    };
    declared.unwrap_or_else(|| LabelSet::plain(name, found.into_iter().map(str::to_owned)))
}

pub(super) fn column(names: &[&str], name: &str, option: &str) -> Result<String> {
    if names.contains(&name) {
        Ok(name.to_owned())
    } else {
        Err(missing(names, name, option))
    }
}

pub(super) fn missing(names: &[&str], name: &str, option: &str) -> Error {
    Error::input(format!(
        "no column `{name}`; the columns are {}",
        listed(names)
    ))
    .on_line(1)
    .remedy(format!("name one of them with {option}"))
}

pub(super) fn unknown_label(set: &LabelSet, label: &str, file: &Path, line: u64) -> Error {
    let known: Vec<&str> = set.names().collect();
    Error::input(format!("unknown label `{label}` in column `{}`", set.name))
        .at(file)
        .on_line(line)
        .remedy(format!(
            "use one of {}, or declare your own labels with --codebook",
            listed(&known)
        ))
}

pub(super) fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
