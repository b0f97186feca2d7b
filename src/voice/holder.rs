//! How a holder is named: the words of the text, pronouns led back to the last fitting name.

use super::UNNAMED;
use super::attribution::Source;
use super::lexicon::Tags;
use super::token::{Token, stem_of};
use std::ops::Range;

/// Who has been named so far in an article.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// The last person, as named at length.
    person: Option<String>,
    /// The last group in the plural.
    group: Option<String>,
    /// The last body, country or document.
    body: Option<String>,
}

impl Cast {
    /// The name of a holder found in a sentence; `None` for the author.
    pub fn name(&self, tokens: &[Token<'_>], text: &str, source: &Source) -> Option<String> {
        let words = match source {
            Source::Words(words) => trimmed(tokens, words.clone()),
            Source::Hearsay => return Some(UNNAMED.to_owned()),
            Source::Author => return None,
        };
        let (first, last) = (
            tokens.get(words.start)?,
            tokens.get(words.end.checked_sub(1)?)?,
        );
        if words.len() == 1 && first.is(Tags::PRONOUN | Tags::POSSESSIVE) {
            let known = match first.text.to_ascii_lowercase().as_str() {
                "he" | "she" | "his" | "her" | "him" => &self.person,
                "they" | "their" | "them" => &self.group,
                _ => &self.body,
            };
            return Some(known.clone().unwrap_or_else(|| first.text.to_owned()));
        }
        let end = last.start + stem_of(last.text).len();
        text.get(first.start..end).map(str::to_owned)
    }

    /// Remembers the subject of a sentence for the pronouns after it.
    pub fn remember(&mut self, tokens: &[Token<'_>], text: &str, words: Range<usize>) {
        let words = trimmed(tokens, words);
        let Some(last) = words.end.checked_sub(1).and_then(|last| tokens.get(last)) else {
            return;
        };
        if tokens[words.start].is(Tags::PRONOUN | Tags::POSSESSIVE) {
            return;
        }
        let name = self.name(tokens, text, &Source::Words(words.clone()));
        let named = last.is(Tags::CAPITAL);
        let titled = words.len() > 1
            && tokens[words.clone()]
                .iter()
                .all(|token| token.is(Tags::CAPITAL | Tags::TITLE));
        let plural = last.text.ends_with('s') && !named || tokens[words.start].is(Tags::QUANTIFIER);
        if plural {
            self.group = name;
        } else if named && (titled || words.len() == 1) {
            self.person.clone_from(&name);
            self.body = name;
        } else if last.is(Tags::SPEAKER) {
            self.body.clone_from(&name);
            self.person = name.or(self.person.take());
        } else {
            self.body = name;
        }
    }
}

/// A phrase without what follows a person's name ("X of the Y Institute").
fn trimmed(tokens: &[Token<'_>], words: Range<usize>) -> Range<usize> {
    let cut = words.clone().skip(1).find(|&at| {
        let person = tokens[at - 1].is(Tags::CAPITAL)
            && at >= words.start + 2
            && !tokens[words.start].is(Tags::OPENS_PHRASE)
            && !tokens[at - 1].is(Tags::TITLE);
        tokens[at].is(Tags::PREPOSITION) && person
            || tokens[at].is(Tags::RELATIVE) && !tokens[at - 1].reads("those")
    });
    words.start..cut.unwrap_or(words.end)
}
