//! Who can have words and views: people, bodies, documents; and who is the author.

use super::clause::Clauses;
use super::lexicon::Tags;
use std::ops::Range;

/// Endings of words that name a notion, so that a capital at the start of a sentence misleads.
const ABSTRACT: &[&str] = &[
    "tion", "tions", "ment", "ments", "ness", "ity", "ism", "ance", "ence", "ing", "ings", "ship",
];

impl Clauses<'_, '_> {
    /// The head of a noun phrase: its last word before what is said of it from behind.
    pub fn head(&self, words: &Range<usize>) -> Option<usize> {
        let behind = Tags::PREPOSITION | Tags::RELATIVE | Tags::COMMA;
        let participle = |at: usize| {
            self.is(at, Tags::OTHER_VERB | Tags::REPORTS)
                && self.is(at, Tags::PAST)
                && self.is(at + 1, Tags::PREPOSITION)
        };
        let stop = words
            .clone()
            .skip(1)
            .find(|&at| self.is(at, behind) || participle(at));
        stop.unwrap_or(words.end)
            .checked_sub(1)
            .filter(|at| words.contains(at))
    }

    /// Whether a phrase can be somebody with words and views.
    pub fn speaks(&self, words: &Range<usize>) -> bool {
        let Some(head) = self.head(words) else {
            return false;
        };
        if self.is(head, Tags::THING) && !self.is(head, Tags::SPEAKER) {
            return false;
        }
        // "Such statements suggest": what is concluded from words, not the words.
        let cited = self.is(head, Tags::DOCUMENT)
            && self.reads(words.start, &["this", "such", "these", "both"]);
        if cited {
            return false;
        }
        let people = Tags::PRONOUN | Tags::SPEAKER | Tags::DOCUMENT | Tags::QUANTIFIER;
        let described = words.clone().any(|at| self.reads(at, &["who", "those"]));
        self.is(head, people)
            || described
            || self.is_proper(head)
            || is_agent(self.tokens[head].text)
            || self.is(words.start, Tags::QUANTIFIER)
    }

    /// A proper name; at the start of a sentence only an unlisted word that looks like one.
    fn is_proper(&self, at: usize) -> bool {
        let token = self.tokens[at];
        let unlisted = token.tags == Tags::CAPITAL | Tags::WORD;
        let notion = ABSTRACT.iter().any(|ending| token.text.ends_with(ending));
        token.is(Tags::CAPITAL) && (at > 0 || unlisted && !notion)
    }

    /// Whether a phrase is the author, or the text as the author calls it.
    pub fn is_author(&self, words: &Range<usize>) -> bool {
        let own = self.reads(words.start, &["this", "my", "our"])
            || self.reads(words.start, &["the"])
                && self.reads(words.start + 1, &["present", "following", "final", "last"]);
        let text = words.clone().take(3).any(|at| self.is(at, Tags::OWN_TEXT));
        own && text || words.len() == 1 && self.is(words.start, Tags::FIRST_PERSON)
    }

    /// Whether a subject is nobody: "there", "this", "no one"; with `it` also "it".
    pub fn is_dummy(&self, words: &Range<usize>) -> bool {
        words.len() == 1 && self.is(words.start, Tags::DUMMY) && !self.is_it(words)
            || self.reads(words.start, &["no", "nobody", "none", "nothing", "neither"])
    }

    /// The pronoun "it", which may stand for a body or for nothing.
    pub fn is_it(&self, words: &Range<usize>) -> bool {
        words.len() == 1 && self.reads(words.start, &["it"])
    }
}

/// Whether a word looks like somebody who does something: "forecasters", "columnist".
fn is_agent(word: &str) -> bool {
    ["ers", "ors", "ists", "ist", "ians", "ees", "crats"]
        .iter()
        .any(|ending| word.ends_with(ending))
}
