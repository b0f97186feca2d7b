//! How a holder is named: the words of the text, pronouns led back to the last fitting name.

use super::UNNAMED;
use super::attribution::Source;
use super::lexicon::Tags;
use super::token::{Token, stem_of};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Who has been named so far in an article.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// The person named first in the last sentence that named one.
    person: Option<String>,
    /// The last group in the plural that held a view.
    group: Option<String>,
    /// The last body, country or document that held a view.
    body: Option<String>,
    /// Last names of everybody named at length.
    surnames: FxHashSet<String>,
}

impl Cast {
    /// The name of a holder found in a sentence; `None` for the author.
    pub fn name(&self, tokens: &[Token<'_>], text: &str, source: &Source) -> Option<String> {
        let words = match source {
            Source::Words(words) => trimmed(tokens, words.clone()),
            Source::Hearsay => return Some(UNNAMED.to_owned()),
            Source::Author => return None,
        };
        let first = tokens.get(words.start)?;
        if words.len() == 1 && first.is(Tags::PRONOUN | Tags::POSSESSIVE) {
            let known = match uncased(stem_of(first.text)).as_str() {
                "he" | "she" | "his" | "her" | "him" => {
                    let here = self.first_person(tokens, text, words.start);
                    here.or_else(|| self.person.clone())
                }
                "they" | "their" | "them" => self.group.clone(),
                _ => self.body.clone(),
            };
            return known.or_else(|| Some(first.text.to_owned()));
        }
        let named = span(tokens, text, &words)?;
        let office = self
            .person
            .as_ref()
            .filter(|person| is_office_of(&tokens[words], person));
        Some(office.cloned().unwrap_or(named))
    }

    /// Remembers whom a sentence named, for the pronouns after it.
    pub fn remember<'s>(
        &mut self,
        tokens: &[Token<'_>],
        text: &str,
        holders: impl Iterator<Item = &'s Source>,
    ) {
        for source in holders {
            if let Source::Words(words) = source {
                self.remember_holder(tokens, text, trimmed(tokens, words.clone()));
            }
        }
        self.person = self
            .first_person(tokens, text, tokens.len())
            .or(self.person.take());
        for run in runs(tokens, tokens.len()).filter(|run| is_full_name(tokens, run)) {
            self.surnames
                .insert(uncased(stem_of(tokens[run.end - 1].text)));
        }
    }

    fn remember_holder(&mut self, tokens: &[Token<'_>], text: &str, words: Range<usize>) {
        let Some(name) = span(tokens, text, &words) else {
            return;
        };
        let (first, last) = (tokens[words.start], tokens[words.end - 1]);
        if first.is(Tags::PRONOUN | Tags::POSSESSIVE) {
            return;
        }
        let plural = last.text.ends_with('s') && !last.is(Tags::CAPITAL);
        if plural || first.is(Tags::QUANTIFIER) {
            self.group = Some(name);
        } else {
            if words.len() == 1 && last.is(Tags::CAPITAL) || last.is(Tags::SPEAKER) {
                self.person = Some(name.clone());
            }
            self.body = Some(name);
        }
    }

    /// The person named first before a word of a sentence.
    fn first_person(&self, tokens: &[Token<'_>], text: &str, before: usize) -> Option<String> {
        let known = |run: &Range<usize>| {
            run.len() == 1
                && self
                    .surnames
                    .contains(&uncased(stem_of(tokens[run.start].text)))
        };
        let person = runs(tokens, before).find(|run| is_full_name(tokens, run) || known(run))?;
        span(tokens, text, &person)
    }
}

/// The runs of capitalised words outside quotation marks, before a word of the sentence.
fn runs<'s>(tokens: &'s [Token<'_>], before: usize) -> impl Iterator<Item = Range<usize>> + 's {
    let closed = Tags::OPENS_PHRASE
        | Tags::PREPOSITION
        | Tags::PRONOUN
        | Tags::COORDINATOR
        | Tags::SUBORDINATOR;
    let named = move |token: &Token<'_>| {
        token.is(Tags::CAPITAL) && !token.quoted && !token.is(closed | Tags::TIME | Tags::ADVERB)
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < before && !named(&tokens[at]) {
            at += 1;
        }
        let start = at;
        while at < before
            && named(&tokens[at])
            && !(at > start && tokens[at - 1].is(Tags::GENITIVE))
        {
            at += 1;
        }
        (start < at).then_some(start..at)
    })
}

/// Whether a run of capitalised words is a person: "Minister Brandt", "Orla Brandt, the …".
fn is_full_name(tokens: &[Token<'_>], run: &Range<usize>) -> bool {
    let last = &tokens[run.end - 1];
    if last.is(Tags::TITLE | Tags::SPEAKER | Tags::THING) {
        return false;
    }
    if run.len() > 1 && tokens[run.start].is(Tags::TITLE) {
        return true;
    }
    let before = run.start.checked_sub(1).map(|before| &tokens[before]);
    let placed =
        before.is_some_and(|before| before.is(Tags::PREPOSITION | Tags::DETERMINER | Tags::TO));
    let body = tokens[run.clone()]
        .iter()
        .any(|token| token.is(Tags::SPEAKER | Tags::DOCUMENT));
    let next = tokens.get(run.end);
    let acts = next
        .is_some_and(|next| next.is(Tags::COMMA | Tags::AUXILIARY | Tags::VERB | Tags::RELATIVE));
    run.len() > 1 && run.len() < 4 && !placed && !body && acts
}

/// Whether "the minister" can be this person: the office stands in front of the name.
fn is_office_of(words: &[Token<'_>], person: &str) -> bool {
    let [article, office] = words else {
        return false;
    };
    let mut before_name = person.split(' ').rev().skip(1);
    article.reads("the") && office.is(Tags::TITLE) && before_name.any(|word| office.reads(word))
}

/// A phrase without what follows a person's name ("X of the Y Institute").
fn trimmed(tokens: &[Token<'_>], words: Range<usize>) -> Range<usize> {
    let cut = words.clone().skip(1).find(|&at| {
        let behind_name = tokens[at - 1].is(Tags::CAPITAL)
            && !tokens[at - 1].is(Tags::TITLE | Tags::SPEAKER)
            && at >= words.start + 2
            && !tokens[words.start].is(Tags::OPENS_PHRASE);
        let relative = tokens[at].is(Tags::RELATIVE) && !tokens[at - 1].reads("those");
        tokens[at].is(Tags::PREPOSITION) && behind_name || relative
    });
    words.start..cut.unwrap_or(words.end)
}

/// The text of a phrase, without the genitive of its last word.
fn span(tokens: &[Token<'_>], text: &str, words: &Range<usize>) -> Option<String> {
    let (first, last) = (
        tokens.get(words.start)?,
        tokens.get(words.end.checked_sub(1)?)?,
    );
    text.get(first.start..last.start + stem_of(last.text).len())
        .map(str::to_owned)
}

fn uncased(word: &str) -> String {
    word.to_lowercase()
}
