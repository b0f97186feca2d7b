//! Which rows are of one sentence.

use super::LabelledSentence;
use super::annotators::Vote;
use super::order::{Placed, gather};
use std::collections::HashMap;
use std::ops::Range;

/// What the rows of one sentence have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// The document and the number in it.
    Numbered(String, u64),
    /// Document and group, as far as there are any, and the text.
    Text(Option<String>, Option<String>, String),
}

impl Place {
    pub fn new(
        document: &Option<String>,
        number: Option<u64>,
        group: &Option<String>,
        text: &str,
    ) -> Self {
        match (document, number) {
            (Some(document), Some(number)) => Self::Numbered(document.clone(), number),
            _ => Self::Text(document.clone(), group.clone(), text.trim().to_owned()),
        }
    }
}

/// A row: which sentence it is of, and what its annotator says.
pub(super) struct Placement {
    pub place: Place,
    pub vote: Vote,
    pub placed: Placed,
}

/// Sentences, document by document, and what annotators gave each; that is left out where no
/// sentence has two annotators.
type Together = (Vec<LabelledSentence>, Vec<Range<usize>>, Vec<Vec<Vote>>);

/// Brings the rows of one sentence together where annotators share any; otherwise every row is a
/// sentence, whatever it says. Of rows that differ in anything but their labels the first in
/// alphabetical order speaks for all, so that the order of the rows does not matter.
pub(super) fn together(rows: Vec<Placement>) -> Together {
    if !any_is_shared(&rows) {
        let (sentences, documents) = gather(rows.into_iter().map(|row| row.placed).collect());
        return (sentences, documents, Vec::new());
    }
    let mut sentences: Vec<(Placed, Vec<Vote>)> = Vec::new();
    let mut place: HashMap<Place, usize> = HashMap::new();
    for row in rows {
        let at = *place.entry(row.place).or_insert(sentences.len());
        match sentences.get_mut(at) {
            None => sentences.push((row.placed, vec![row.vote])),
            Some((speaks, votes)) => {
                if said(&row.placed) < said(speaks) {
                    *speaks = row.placed;
                }
                votes.push(row.vote);
            }
        }
    }
    let (placed, votes) = sentences.into_iter().unzip();
    gathered(placed, votes)
}

fn any_is_shared(rows: &[Placement]) -> bool {
    let mut first: HashMap<&Place, usize> = HashMap::new();
    rows.iter().any(|row| {
        let annotator = row.vote.annotator;
        *first.entry(&row.place).or_insert(annotator) != annotator
    })
}

fn said(row: &Placed) -> (&str, &str, usize) {
    let sentence = &row.sentence;
    (&sentence.text, &sentence.group, sentence.paragraph)
}

/// Votes follow their sentences to where these are gathered.
fn gathered(placed: Vec<Placed>, votes: Vec<Vec<Vote>>) -> Together {
    let key = |sentence: &LabelledSentence| (sentence.file.clone(), sentence.line);
    let keys = placed.iter().map(|placed| key(&placed.sentence));
    let mut of_row: HashMap<(String, u64), Vec<Vote>> = keys.zip(votes).collect();
    let (sentences, documents) = gather(placed);
    let votes = sentences
        .iter()
        .map(|sentence| of_row.remove(&key(sentence)).unwrap_or_default())
        .collect();
    (sentences, documents, votes)
}
