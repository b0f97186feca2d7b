//! Just enough syntax to tell verbs from nouns and to see what a verb takes.
//!
//! Nothing is parsed as a whole: every question looks at most [`REACH`] words to either side, so
//! the cost grows with the length of the text and no more.

use super::lexicon::Tags;
use super::token::Token;

/// How many words a question looks to either side.
pub(super) const REACH: usize = 40;

/// A verb with its auxiliaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct VerbGroup {
    /// Its first word.
    pub start: usize,
    pub modal: bool,
    pub negated: bool,
    pub be: bool,
    pub have: bool,
    /// An infinitive that no raising verb joins to a subject: "in order to say".
    pub infinitive: bool,
}

/// What follows a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Complement {
    That,
    Quote,
    Colon,
    Clause,
    Question,
    Infinitive,
    /// An object, then "as".
    As,
    Object,
    Nothing,
}

/// The words of a sentence, asked about by position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clauses<'s, 't> {
    pub tokens: &'s [Token<'t>],
}

impl Clauses<'_, '_> {
    pub fn is(&self, at: usize, tags: Tags) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(tags))
    }

    pub fn reads(&self, at: usize, words: &[&str]) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| words.iter().any(|word| token.reads(word)))
    }

    /// An adverb, listed or by its ending.
    pub fn is_adverb(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.is(Tags::ADVERB)
                || (token.text.ends_with("ly") && !token.is(Tags::CAPITAL | Tags::TIME))
        })
    }

    /// Whether a word works as a finite verb here rather than as a noun or an adjective.
    pub fn is_finite(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at).filter(|token| !token.quoted) else {
            return false;
        };
        if token.is(Tags::AUXILIARY) {
            return !["be", "been", "being", "having"]
                .iter()
                .any(|form| token.reads(form));
        }
        let before = at.wrapping_sub(1);
        let opened = self.is(
            before,
            Tags::OPENS_PHRASE | Tags::PREPOSITION | Tags::GENITIVE,
        );
        // "many expected", but "the four disputed islands".
        let pronoun =
            self.is(before, Tags::QUANTIFIER) && !self.is(before.wrapping_sub(1), Tags::DETERMINER);
        let in_noun_phrase = opened && !pronoun;
        let form = Tags::FINITE | Tags::PAST | Tags::BARE;
        token.is(Tags::VERB) && token.is(form) && !in_noun_phrase && self.agrees(at)
    }

    /// For a form that may be a noun, whether its neighbours make it a verb.
    fn agrees(&self, at: usize) -> bool {
        let token = self.tokens[at];
        if token.is(Tags::CAPITAL) && at > 0 {
            return false;
        }
        if !token.is(Tags::NOUNLIKE | Tags::BARE) {
            return true;
        }
        let mut before = at.wrapping_sub(1);
        while self.is_adverb(before) {
            before = before.wrapping_sub(1);
        }
        let Some(left) = self.tokens.get(before) else {
            return false;
        };
        let joined = left.is(Tags::PRONOUN | Tags::PARTS | Tags::COORDINATOR | Tags::RELATIVE);
        let head = self.head_before(before);
        let subject_ends = joined
            || token.is(Tags::FINITE) && head.is(Tags::CAPITAL | Tags::SPEAKER | Tags::DOCUMENT)
            || token.is(Tags::FINITE)
                && !is_plural(&head)
                && self.is(at + 1, Tags::THAT | Tags::OPENS_PHRASE)
            || token.is(Tags::BARE)
                && (is_plural(&head)
                    || head.is(Tags::CAPITAL)
                    || left.is(Tags::MODAL | Tags::TO | Tags::DO));
        subject_ends
            && (!token.is(Tags::NOUNLIKE) || self.takes_something(at))
            && !left.is(Tags::PREPOSITION)
    }

    /// The head of the noun phrase whose last word stands at `last`: "critics" of "critics at home".
    fn head_before(&self, last: usize) -> Token<'_> {
        let behind = Tags::PREPOSITION | Tags::PAST | Tags::RELATIVE;
        let floor = self.segment_start(last).max(last.saturating_sub(10));
        let head = (floor..last)
            .find(|&at| {
                self.is(at + 1, behind)
                    && (self.is(at, Tags::SPEAKER | Tags::QUANTIFIER) || self.reads(at, &["those"]))
            })
            .unwrap_or(last);
        self.tokens[head]
    }

    /// Whether what follows a word can be the object of a verb.
    fn takes_something(&self, at: usize) -> bool {
        let object = Tags::THAT
            | Tags::OPENS_PHRASE
            | Tags::PRONOUN
            | Tags::CAPITAL
            | Tags::PARTS
            | Tags::SUBORDINATOR;
        self.is(at + 1, object)
            || self.is_adverb(at + 1)
            || self.reads(at + 1, &["out", "about", "for", "with", "to"])
    }

    /// The verb at `at` with everything that belongs to it on its left.
    pub fn verb_group(&self, at: usize) -> VerbGroup {
        let mut group = VerbGroup {
            start: at,
            ..VerbGroup::default()
        };
        for _ in 0..REACH / 4 {
            let Some(before) = group.start.checked_sub(1) else {
                break;
            };
            let token = self.tokens[before];
            let no_longer = token.reads("no") && self.reads(before + 1, &["longer"]);
            group.negated |= no_longer;
            if token.is(Tags::NEGATION) || token.is(Tags::AUXILIARY) {
                group.negated |= token.is(Tags::NEGATION);
                group.modal |= token.is(Tags::MODAL);
                group.be |= token.is(Tags::BE);
                group.have |= token.is(Tags::HAVE);
            } else if token.is(Tags::TO) {
                let mut raiser = before.wrapping_sub(1);
                if self.reads(raiser, &["quick", "eager", "happy", "on"]) {
                    raiser = raiser.wrapping_sub(1);
                }
                if !self.is(raiser, Tags::RAISING | Tags::BE)
                    && !self.reads(raiser, &["used", "likes"])
                {
                    group.infinitive = true;
                    break;
                }
                group.start = raiser;
                continue;
            } else if !no_longer && (!self.is_adverb(before) || token.is(Tags::QUANTIFIER)) {
                break;
            }
            group.start = before;
        }
        group
    }

    /// What the verb at `at` takes.
    pub fn complement(&self, at: usize) -> Complement {
        let mut first = at + 1;
        while self.is_adverb(first) && !self.is(first, Tags::THAT | Tags::DUMMY) {
            first += 1;
        }
        let addressee =
            Tags::OPENS_PHRASE | Tags::CAPITAL | Tags::SPEAKER | Tags::DOCUMENT | Tags::PRONOUN;
        if self.is(first, Tags::TO) && !self.is(first + 1, addressee) {
            return if self.is_quoted_soon(first) {
                Complement::Quote
            } else {
                Complement::Infinitive
            };
        }
        if self.subordinates(first) || self.is(first, Tags::RELATIVE) {
            return Complement::Question;
        }
        let adjunct = Tags::PREPOSITION | Tags::TO | Tags::TIME | Tags::PARTS;
        let dated = (first..first + 3).any(|at| self.is(at, Tags::TIME));
        let has_object = !self.is(at, Tags::TELL) && !self.is(first, adjunct) && !dated;
        let ceiling = self.tokens.len().min(first + REACH);
        let fallback = if first < self.tokens.len() {
            Complement::Object
        } else {
            Complement::Nothing
        };
        (first..ceiling)
            .find_map(|here| self.complement_at(at, first, here, has_object))
            .unwrap_or(fallback)
    }

    /// What the word at `here` says of the complement of the verb at `verb`, which begins at `first`.
    fn complement_at(
        &self,
        verb: usize,
        first: usize,
        here: usize,
        has_object: bool,
    ) -> Option<Complement> {
        let token = self.tokens[here];
        let ended = if here == first {
            Complement::Nothing
        } else {
            Complement::Object
        };
        let demonstrative = self.is(verb, Tags::RATE | Tags::TREAT) && !self.is(verb, Tags::SAY);
        let joins_verb = token.is(Tags::COORDINATOR) && self.is_finite(here + 1);
        if token.quoted || token.is(Tags::OPEN_QUOTE) {
            Some(Complement::Quote)
        } else if token.is(Tags::THAT) && !demonstrative && (here == first || !has_object) {
            Some(Complement::That)
        } else if token.is(Tags::AS) && has_object {
            Some(Complement::As)
        } else if token.reads(":") {
            Some(Complement::Colon)
        } else if token.is(Tags::BREAK)
            || joins_verb
            || token.is(Tags::COMMA) && !self.is_parenthesis(here)
        {
            Some(ended)
        } else if has_object
            && here > first
            && self.is_finite(here)
            && !self.modifies_behind(here, first)
        {
            let relative = (first..here).any(|at| self.is(at, Tags::RELATIVE | Tags::THAT));
            Some(if relative {
                Complement::Object
            } else {
                Complement::Clause
            })
        } else {
            None
        }
    }

    /// Whether the comma opens a short aside that another one closes before "that".
    fn is_parenthesis(&self, comma: usize) -> bool {
        (comma + 1..comma + 7)
            .find(|&at| self.is(at, Tags::COMMA))
            .is_some_and(|close| self.is(close + 1, Tags::THAT | Tags::OPEN_QUOTE))
            || self.is(comma + 1, Tags::THAT | Tags::OPEN_QUOTE)
            || self.is(comma.wrapping_sub(1), Tags::PARTS)
    }

    fn is_quoted_soon(&self, from: usize) -> bool {
        let to = self.tokens.len().min(from + REACH);
        self.tokens.get(from..to).is_some_and(|ahead| {
            ahead
                .iter()
                .take_while(|token| !token.is(Tags::COMMA))
                .any(|token| token.quoted)
        })
    }
}

/// Whether a noun, a number or a pronoun takes a verb in the plural.
fn is_plural(token: &Token<'_>) -> bool {
    token.text.ends_with('s')
        || token.is(Tags::QUANTIFIER)
        || token.reads("people")
        || token.reads("those")
        || token.text.starts_with(|first: char| first.is_ascii_digit())
}
