use super::{Labelled, LabelledSentence};
use std::collections::HashMap;
use std::ops::Range;

/// A row and where it says it stands.
pub(super) struct Placed {
    pub sentence: LabelledSentence,
    /// The document, if rows say which they belong to.
    pub document: Option<String>,
    /// The number within the document, if rows say.
    pub number: Option<u64>,
}

/// Gathers rows into documents: rows of one document with numbers are put in the order of their
/// numbers, rows without numbers belong together as far as they stand together.
pub(super) fn gather(rows: Vec<Placed>) -> (Vec<LabelledSentence>, Vec<Range<usize>>) {
    let mut documents: Vec<Vec<(u64, LabelledSentence)>> = Vec::new();
    let mut place: HashMap<String, usize> = HashMap::new();
    let mut last: Option<String> = None;
    for row in rows {
        let follows = row.document.is_some() && row.document == last;
        let number = row.number.unwrap_or(0);
        let at = match (&row.document, row.number) {
            (Some(name), Some(_)) => *place.entry(name.clone()).or_insert(documents.len()),
            _ if follows => documents.len() - 1,
            _ => documents.len(),
        };
        if at == documents.len() {
            documents.push(Vec::new());
        }
        documents[at].push((number, row.sentence));
        last = row.document;
    }
    let mut sentences = Vec::new();
    let mut ranges = Vec::new();
    for mut document in documents {
        document.sort_by_key(|(number, _)| *number);
        push(
            &mut sentences,
            &mut ranges,
            document.into_iter().map(|(_, s)| s),
        );
    }
    (sentences, ranges)
}

impl Labelled {
    /// Puts the documents in an order that depends on nothing but their content, so that the order
    /// of rows in a file changes nothing in what is learned.
    pub fn sort(&mut self) {
        let mut rows = std::mem::take(&mut self.sentences).into_iter();
        let mut documents: Vec<Vec<LabelledSentence>> = self
            .documents
            .drain(..)
            .map(|range| rows.by_ref().take(range.len()).collect())
            .collect();
        documents.sort_by(|a, b| content(a).cmp(content(b)));
        for document in documents {
            push(
                &mut self.sentences,
                &mut self.documents,
                document.into_iter(),
            );
        }
    }

    /// The rows whose number `keep` accepts; the neighbours of a row are those that are kept.
    #[must_use]
    pub fn subset(&self, keep: impl Fn(usize) -> bool) -> Self {
        let mut subset = Self {
            sets: self.sets.clone(),
            title: self.title.clone(),
            columns: self.columns.clone(),
            merged: self.merged.clone(),
            ..Self::default()
        };
        for document in &self.documents {
            let rows: Vec<LabelledSentence> = document
                .clone()
                .filter(|&row| keep(row))
                .map(|row| self.sentences[row].clone())
                .collect();
            if !rows.is_empty() {
                push(
                    &mut subset.sentences,
                    &mut subset.documents,
                    rows.into_iter(),
                );
            }
        }
        subset
    }
}

fn push(
    sentences: &mut Vec<LabelledSentence>,
    ranges: &mut Vec<Range<usize>>,
    document: impl Iterator<Item = LabelledSentence>,
) {
    let start = sentences.len();
    sentences.extend(document);
    ranges.push(start..sentences.len());
}

/// What a document says and how it is labelled, without where it was read. Shares are not negative,
/// so that their bits stand in the order of their values.
fn content(
    document: &[LabelledSentence],
) -> impl Iterator<Item = (&str, &[Option<usize>], &str, Vec<u32>)> {
    document.iter().map(|row| {
        let shares = row.shares.iter().flatten().map(|share| share.to_bits());
        (&*row.text, &*row.labels, &*row.group, shares.collect())
    })
}
