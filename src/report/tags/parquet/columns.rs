use super::super::record::{Fields, Record};
use arrow_array::ArrayRef;
use arrow_array::builder::{ArrayBuilder, Float64Builder, StringBuilder};
use arrow_schema::{DataType, Field, FieldRef};
use std::sync::Arc;

/// The predicted columns, as they are filled.
pub(super) struct TagColumns {
    sets: Vec<SetColumns>,
    unsure: StringBuilder,
}

/// The columns of a label set.
struct SetColumns {
    label: StringBuilder,
    probabilities: Vec<Float64Builder>,
    /// Whose voice it is, after the set that tells voices.
    holder: Option<StringBuilder>,
}

impl TagColumns {
    pub(super) fn new(fields: &Fields<'_>) -> Self {
        let sets = fields.sets.iter().map(|field| SetColumns {
            label: StringBuilder::new(),
            probabilities: field.set.names().map(|_| Float64Builder::new()).collect(),
            holder: field.tells_voices.then(StringBuilder::new),
        });
        Self {
            sets: sets.collect(),
            unsure: StringBuilder::new(),
        }
    }

    /// The columns under these names, which stand in their order.
    pub(super) fn fields(&self, names: Vec<String>) -> impl Iterator<Item = FieldRef> {
        let mut types = Vec::new();
        for set in &self.sets {
            types.push(DataType::Utf8);
            types.extend(set.probabilities.iter().map(|_| DataType::Float64));
            types.extend(set.holder.iter().map(|_| DataType::Utf8));
        }
        types.push(DataType::Utf8);
        let named = names.into_iter().zip(types);
        named.map(|(name, kind)| Arc::new(Field::new(name, kind, true)))
    }

    pub(super) fn push(&mut self, record: &Record<'_>) {
        for (set, (_, label, probabilities)) in self.sets.iter_mut().zip(record.tags()) {
            set.label.append_option(label);
            for (at, column) in set.probabilities.iter_mut().enumerate() {
                column.append_option(probabilities.get(at).copied());
            }
            if let Some(holder) = &mut set.holder {
                holder.append_option(record.sentence.holder.as_deref());
            }
        }
        let unsure: Vec<&str> = record.unsure().collect();
        self.unsure.append_value(unsure.join("; "));
    }

    /// How many sentences are held.
    pub(super) fn rows(&self) -> usize {
        self.unsure.len()
    }

    /// Hands them out.
    pub(super) fn finish(&mut self) -> Vec<ArrayRef> {
        let mut columns: Vec<ArrayRef> = Vec::new();
        for set in &mut self.sets {
            columns.push(Arc::new(set.label.finish()));
            for column in &mut set.probabilities {
                columns.push(Arc::new(column.finish()));
            }
            if let Some(holder) = &mut set.holder {
                columns.push(Arc::new(holder.finish()));
            }
        }
        columns.push(Arc::new(self.unsure.finish()));
        columns
    }
}
