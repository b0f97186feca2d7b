use super::Corpus;
use serde::Serialize;

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
        let mut hits = Vec::new();
        if wanted.is_empty() {
            return (hits, false);
        }
        for (id, sentence) in self.sentences.iter().enumerate() {
            let Some((start, end)) = find(&sentence.text, &wanted) else {
                continue;
            };
            if hits.len() == MOST {
                return (hits, true);
            }
            hits.push(Hit {
                id,
                before: sentence.text[..start].to_owned(),
                found: sentence.text[start..end].to_owned(),
                after: sentence.text[end..].to_owned(),
            });
        }
        (hits, false)
    }
}

/// Where `wanted`, which is in lower case, stands first.
fn find(text: &str, wanted: &[char]) -> Option<(usize, usize)> {
    text.char_indices().find_map(|(start, first)| {
        if first.to_lowercase().next() != wanted.first().copied() {
            return None;
        }
        let mut rest = wanted;
        for (at, c) in text[start..].char_indices() {
            for lower in c.to_lowercase() {
                rest = rest.strip_prefix(&[lower])?;
            }
            if rest.is_empty() {
                return Some((start, start + at + c.len_utf8()));
            }
        }
        None
    })
}
