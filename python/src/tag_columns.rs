//! Tags as Arrow columns, named as the command line names them in CSV.

use crate::bad_rows::OnBad;
use crate::rows::TaggedRow;
use arrow_array::builder::{Float64Builder, StringBuilder};
use arrow_array::{ArrayRef, StringArray};
use arrow_schema::{DataType, Field};
use stance::codebook::{Codebook, LabelSet, OwnVoice, own_voice};
use stance::report::tags::{free_name, predicted_columns};
use stance::tagger::Tags;
use std::sync::Arc;

/// Which columns tags make.
pub struct TagColumns {
    codebook: Codebook,
    voice: Option<OwnVoice>,
    names: Vec<String>,
    with_reason: bool,
}

impl TagColumns {
    /// The columns beside those whose names are taken.
    pub fn new(codebook: Codebook, taken: &[String], on_bad: OnBad) -> Self {
        let mut names = predicted_columns(&codebook, taken);
        let with_reason = on_bad == OnBad::Null;
        if with_reason {
            let taken: Vec<String> = taken.iter().chain(&names).cloned().collect();
            names.push(free_name("reason".to_owned(), &taken));
        }
        Self {
            voice: own_voice(&codebook.sets),
            codebook,
            names,
            with_reason,
        }
    }

    /// Their names and types. All may be null, where a row cannot be tagged.
    pub fn fields(&self) -> Vec<Field> {
        let mut names = self.names.iter();
        let mut fields = Vec::new();
        let mut add = |kind: DataType| {
            let name = names.next().map_or("", String::as_str);
            fields.push(Field::new(name, kind, true));
        };
        for (at, set) in self.codebook.sets.iter().enumerate() {
            add(DataType::Utf8);
            set.labels.iter().for_each(|_| add(DataType::Float64));
            if self.tells_voices(at) {
                add(DataType::Utf8);
            }
        }
        add(DataType::Utf8);
        if self.with_reason {
            add(DataType::Utf8);
        }
        fields
    }

    /// The columns of these rows, in the order of [`TagColumns::fields`].
    pub fn arrays(&self, rows: &[TaggedRow]) -> Vec<ArrayRef> {
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.names.len());
        for (at, set) in self.codebook.sets.iter().enumerate() {
            arrays.push(labels(set, at, rows));
            arrays.extend((0..set.labels.len()).map(|label| probabilities(at, label, rows)));
            if self.tells_voices(at) {
                let holder = |row: &'_ TaggedRow| row.as_ref().ok()?.holder.clone();
                arrays.push(Arc::new(rows.iter().map(holder).collect::<StringArray>()));
            }
        }
        let unsure = |row: &'_ TaggedRow| row.as_ref().ok().map(|tags| self.unsure(tags));
        arrays.push(Arc::new(rows.iter().map(unsure).collect::<StringArray>()));
        if self.with_reason {
            let reason = |row: &'_ TaggedRow| row.as_ref().err().map(ToString::to_string);
            arrays.push(Arc::new(rows.iter().map(reason).collect::<StringArray>()));
        }
        arrays
    }

    fn tells_voices(&self, set: usize) -> bool {
        self.voice.is_some_and(|own| own.set == set)
    }

    /// The names of the sets whose tag is not to be trusted.
    fn unsure(&self, tags: &Tags) -> String {
        let sets = self.codebook.sets.iter().zip(&tags.tags);
        let unsure = sets.filter(|(_, tag)| tag.unsure);
        let names: Vec<&str> = unsure.map(|(set, _)| &*set.name).collect();
        names.join("; ")
    }
}

fn labels(set: &LabelSet, at: usize, rows: &[TaggedRow]) -> ArrayRef {
    let mut column = StringBuilder::with_capacity(rows.len(), 8 * rows.len());
    for row in rows {
        let label = row.as_ref().ok().map(|tags| tags.tags[at].label);
        column.append_option(label.map(|label| &set.labels[label].name));
    }
    Arc::new(column.finish())
}

fn probabilities(set: usize, label: usize, rows: &[TaggedRow]) -> ArrayRef {
    let mut column = Float64Builder::with_capacity(rows.len());
    for row in rows {
        let tags = row.as_ref().ok();
        column.append_option(tags.map(|tags| tags.tags[set].probabilities[label]));
    }
    Arc::new(column.finish())
}
