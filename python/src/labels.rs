//! Labelled sentences: files or tables, and which of their columns hold what.

use crate::columns::Batches;
use crate::interrupt::Caller;
use crate::paths::paths;
use pyo3::prelude::*;
use stance::codebook::Codebook;
use stance::error::{Error, Result};
use stance::evaluate::MergeChoice;
use stance::labels::{Annotated, Columns, Labelled, Merge, ReadLabels};
use stance::tagger::{Settings, Tagger};
use std::path::PathBuf;

/// Where labelled sentences come from.
pub enum Labels {
    Files(Vec<PathBuf>),
    Table(Batches),
}

impl FromPyObject<'_, '_> for Labels {
    type Error = PyErr;

    fn extract(labels: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        match paths(&labels) {
            Some(files) => Ok(Self::Files(files)),
            None => labels.extract().map(Self::Table),
        }
    }
}

impl Labels {
    /// What errors call it that name no place of their own.
    pub fn name(&self) -> PathBuf {
        match self {
            Self::Files(files) => files.first().cloned().unwrap_or_default(),
            Self::Table(_) => PathBuf::from(TABLE),
        }
    }
}

/// What errors call a table that was handed over.
pub const TABLE: &str = "<table>";

/// The options of the command line that say how labels are read.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct LabelOptions {
    text: Option<String>,
    label: Vec<String>,
    group: Option<String>,
    sequence: Option<String>,
    in_order: bool,
    annotator: Option<String>,
    merge: Option<String>,
    codebook: Option<PathBuf>,
}

/// What becomes of several annotators' labels of one sentence, by its name.
fn merge(way: &str) -> Result<Merge> {
    match way {
        "majority" => Ok(Merge::Majority),
        "soft" => Ok(Merge::Soft),
        other => Err(Error::usage(format!(
            "merge is 'majority' or 'soft', not '{other}'"
        ))),
    }
}

impl LabelOptions {
    /// Labels that a model learns from by these settings.
    pub fn read(&self, labels: &Labels, settings: &Settings, caller: &Caller) -> Result<Labelled> {
        let codebook = self.codebook.as_deref().map(Codebook::read).transpose()?;
        let annotated = self.read_with(codebook, Columns::default(), labels)?;
        let way = match &self.merge {
            Some(way) => merge(way)?,
            None if annotated.shared() == 0 => Merge::default(),
            None => {
                let mut step = |_: &str, _, _| caller.still_waits();
                MergeChoice::measure(&annotated, settings, &mut step)
                    .map_err(|error| error.or_at(labels.name()))?
                    .way
            }
        };
        Ok(annotated.merged(way))
    }

    /// Labels that a model is measured by: its label sets and columns are expected.
    pub fn read_for(&self, tagger: &Tagger, labels: &Labels) -> Result<Labelled> {
        let codebook = match &self.codebook {
            Some(file) => Codebook::read(file)?,
            None => tagger.codebook(),
        };
        let preferred = tagger.about().columns.clone();
        let annotated = self.read_with(Some(codebook), preferred, labels)?;
        let way = self.merge.as_deref().map(merge).transpose()?;
        Ok(annotated.merged(way.unwrap_or_default()))
    }

    fn read_with(
        &self,
        codebook: Option<Codebook>,
        preferred: Columns,
        labels: &Labels,
    ) -> Result<Annotated> {
        let read = ReadLabels {
            text: self.text.clone(),
            labels: self.label.clone(),
            group: self.group.clone(),
            document: self.sequence.clone(),
            annotator: self.annotator.clone(),
            in_order: self.in_order,
            codebook,
            preferred,
        };
        match labels {
            Labels::Files(files) => read.read_annotated(files),
            Labels::Table(table) => read.read_table(TABLE, table.rows()),
        }
    }
}
