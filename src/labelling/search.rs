use super::Corpus;
use rayon::prelude::*;
use serde::Serialize;
use std::ops::Range;

/// So many hits are shown at most.
const MOST: usize = 100;

/// A sentence in which something was found, cut where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The sentence.
    pub id: usize,
    /// What stands before.
    pub before: String,
    /// What was found, as the sentence spells it.
    #[serde(rename = "match")]
    pub found: String,
    /// What stands after.
    pub after: String,
}

impl Corpus {
    /// The first hundred sentences that hold `text`, upper and lower case alike, and whether there
    /// are more.
    #[must_use]
    pub fn search(&self, text: &str) -> (Vec<Hit>, bool) {
        let wanted: Vec<char> = text.trim().chars().flat_map(char::to_lowercase).collect();
        if wanted.is_empty() {
            return (Vec::new(), false);
        }
        let found: Vec<(usize, Range<usize>)> = self
            .sentences
            .par_iter()
            .enumerate()
            .filter_map(|(id, sentence)| Some((id, find(&sentence.text, &wanted)?)))
            .collect();
        let hit = |(id, place): &(usize, Range<usize>)| {
            let text = &self.sentences[*id].text;
            Hit {
                id: *id,
                before: text[..place.start].to_owned(),
                found: text[place.clone()].to_owned(),
                after: text[place.end..].to_owned(),
            }
        };
        let hits = found.iter().take(MOST).map(hit).collect();
        (hits, found.len() > MOST)
    }
}

/// Where `wanted`, which is in lower case, stands first.
fn find(text: &str, wanted: &[char]) -> Option<Range<usize>> {
    text.char_indices().find_map(|(start, first)| {
        if first.is_ascii() && first.to_ascii_lowercase() != wanted[0] {
            return None;
        }
        let mut rest = wanted;
        for (at, c) in text[start..].char_indices() {
            for lower in c.to_lowercase() {
                rest = rest.strip_prefix(&[lower])?;
            }
            if rest.is_empty() {
                return Some(start..start + at + c.len_utf8());
            }
        }
        None
    })
}
