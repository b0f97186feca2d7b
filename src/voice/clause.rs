//! Just enough syntax to find the subject of a verb and what the verb takes.
//!
//! Nothing is parsed as a whole: every question looks at most [`REACH`] words to either side, so
//! the cost grows with the length of the text and no more.

use super::lexicon::Tags;
use super::token::Token;
use std::ops::Range;

/// How many words a question looks to either side.
const REACH: usize = 40;

/// How a clause hangs in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Main,
    /// "As X said": says of the main clause whose it is.
    Comment,
    /// "…, when X said “…”": goes on with the story.
    Story,
    /// Under "although", "that", "which" …
    Subordinate,
}

/// The subject of a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    pub words: Range<usize>,
    pub scope: Scope,
}

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
    fn is_adverb(&self, at: usize) -> bool {
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
        let in_noun_phrase = self.is(
            before,
            Tags::OPENS_PHRASE | Tags::PREPOSITION | Tags::GENITIVE,
        ) && !(self.is(before, Tags::QUANTIFIER)
            && !self.is(before.wrapping_sub(1), Tags::DETERMINER));
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
            .find(|&at| self.is(at + 1, behind) && self.is(at, Tags::SPEAKER | Tags::QUANTIFIER))
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

    /// The start of the segment that ends before `end`.
    fn segment_start(&self, end: usize) -> usize {
        let floor = end.saturating_sub(REACH);
        (floor..end)
            .rev()
            .find(|&at| self.is(at, Tags::PARTS))
            .map_or(floor, |at| at + 1)
    }

    /// The subject that stands before a verb group, over parentheses between commas.
    pub fn subject_before(&self, start: usize) -> Option<Subject> {
        let last = start.checked_sub(1)?;
        if !self.is(last, Tags::PARTS) {
            return self.phrase(self.segment_start(start), start);
        }
        if self.is(last, Tags::CLOSE_QUOTE | Tags::OPEN_QUOTE) {
            return None;
        }
        let segments = self.segments_before(last);
        let bracketed = |segment: &Range<usize>| {
            let first = segment.start;
            self.is(first, Tags::RELATIVE)
                || (self.is(first, Tags::PREPOSITION) && self.is(first + 1, Tags::RELATIVE))
        };
        if let Some(at) = segments.iter().position(bracketed) {
            let head = segments.get(at + 1)?;
            return self.with_apposition(head.clone(), segments.get(at + 2).cloned());
        }
        let nearest = segments.first()?.clone();
        if self.is_apposition(&nearest) {
            let head = segments.get(1).cloned();
            return self.with_apposition(nearest, head);
        }
        let head = segments.get(1)?.clone();
        let further = segments
            .get(2)
            .filter(|_| self.is_apposition(&head))
            .cloned();
        self.with_apposition(head, further)
    }

    /// Up to six segments that end at a comma or a dash, the nearest first.
    fn segments_before(&self, last: usize) -> Vec<Range<usize>> {
        let mut segments = Vec::new();
        let mut end = last;
        for _ in 0..6 {
            let start = self.segment_start(end);
            segments.push(start..end);
            match start.checked_sub(1) {
                Some(part) if self.is(part, Tags::COMMA | Tags::BREAK) => end = part,
                _ => break,
            }
        }
        segments
    }

    /// Whether a segment can name somebody rather than say when, where or how.
    fn is_apposition(&self, segment: &Range<usize>) -> bool {
        let adjunct = Tags::PREPOSITION
            | Tags::SUBORDINATOR
            | Tags::AS
            | Tags::ING
            | Tags::PAST
            | Tags::TIME
            | Tags::NEGATION
            | Tags::COORDINATOR
            | Tags::TO;
        let adverbial = segment.len() == 1 && self.is_adverb(segment.start);
        !segment.is_empty()
            && !self.is(segment.start, adjunct)
            && !adverbial
            && !segment.clone().any(|at| self.is(at, Tags::AUXILIARY))
    }

    /// The better name of two neighbours, one of which explains the other.
    fn with_apposition(&self, near: Range<usize>, far: Option<Range<usize>>) -> Option<Subject> {
        let near_subject = self.phrase(near.start, near.end);
        let far_subject = far.and_then(|far| self.phrase(far.start, far.end));
        match (near_subject, far_subject) {
            (Some(near), Some(far)) => {
                let named = self.ends_in_name(&near.words) && !self.ends_in_name(&far.words);
                Some(if named {
                    Subject {
                        words: near.words,
                        scope: far.scope,
                    }
                } else {
                    far
                })
            }
            (near, far) => far.or(near),
        }
    }

    /// Whether the head of a phrase is a name: "the former minister Orla Brandt".
    fn ends_in_name(&self, words: &Range<usize>) -> bool {
        self.head(words).is_some_and(|head| {
            self.is(head, Tags::CAPITAL) && !self.is(head, Tags::TIME | Tags::OPENS_PHRASE)
        })
    }

    /// Whether a phrase is nothing but a name.
    pub fn is_name(&self, words: &Range<usize>) -> bool {
        !self.is(words.start, Tags::OPENS_PHRASE)
            && !words.is_empty()
            && words
                .clone()
                .all(|at| self.is(at, Tags::CAPITAL) && !self.is(at, Tags::GENITIVE))
    }

    /// The noun phrase that ends a stretch of words, and how its clause hangs in the sentence.
    fn phrase(&self, from: usize, to: usize) -> Option<Subject> {
        let mut start = from;
        let mut scope = Scope::Main;
        let mut relative = None;
        let mut after_verb = false;
        for at in from..to {
            if self.is(at, Tags::RELATIVE) && at > start {
                relative = Some(at);
            } else if self.is(at, Tags::COORDINATOR) && (after_verb || at == start) {
                (start, after_verb) = (at + 1, false);
            } else if self.is(at, Tags::RELATIVE | Tags::THAT) || self.subordinates(at) {
                scope = if at > 0 && self.reads(at, &["when"]) {
                    Scope::Story
                } else {
                    Scope::Subordinate
                };
                (start, after_verb, relative) = (at + 1, false, None);
            } else if self.is(at, Tags::AS)
                && (at == from || after_verb || self.is_adverb(at.wrapping_sub(1)))
            {
                (start, scope) = (at + 1, Scope::Comment);
            } else if relative.is_none() && self.is_finite(at) && !self.modifies_behind(at, start) {
                (start, after_verb) = (at + 1, true);
            }
        }
        if let Some(relative) = relative
            && self.takes_verb_at(relative, to)
        {
            scope = Scope::Subordinate;
            start = if relative + 1 < to {
                relative + 1
            } else {
                start
            };
        }
        if start < to
            && self.is(to - 1, Tags::PRONOUN)
            && !self.is(to.wrapping_sub(2), Tags::PREPOSITION)
        {
            start = to - 1;
        }
        let (start, prepositional) = self.past_adjuncts(start, to)?;
        let end = self.before_date(start, to);
        let scope = if prepositional {
            Scope::Subordinate
        } else {
            scope
        };
        (start < end && !after_verb).then_some(Subject {
            words: start..end,
            scope,
        })
    }

    /// Whether the verb that begins at `to` belongs to the relative clause, not to the sentence:
    /// "critics who say", "the plan which the ministry calls", but "critics who follow the talks say".
    fn takes_verb_at(&self, relative: usize, to: usize) -> bool {
        let opens = Tags::OPENS_PHRASE | Tags::CAPITAL | Tags::PRONOUN;
        let of_object = self.is(relative - 1, Tags::PREPOSITION)
            || !self.reads(relative, &["who"]) && self.is(relative + 1, opens);
        let has_verb = (relative + 1..to).any(|at| self.is_finite(at));
        relative + 1 == to || of_object && !has_verb
    }

    fn subordinates(&self, at: usize) -> bool {
        self.is(at, Tags::SUBORDINATOR) && !self.is(at, Tags::PREPOSITION)
    }

    /// A participle behind its noun: "a study published by".
    fn modifies_behind(&self, at: usize, start: usize) -> bool {
        at > start && self.is(at, Tags::PAST) && self.is(at + 1, Tags::PREPOSITION | Tags::TO)
    }

    /// Steps over what stands before a subject: "Last week", "In his memoirs", "On 28 October".
    /// The flag says that the only preposition there governs the phrase itself: "after X said".
    fn past_adjuncts(&self, from: usize, to: usize) -> Option<(usize, bool)> {
        let mut start = from;
        while start < to {
            if self.is(start, Tags::PREPOSITION) {
                let quantity =
                    self.reads(start, &["at"]) && self.reads(start + 1, &["least", "most"]);
                match self.phrase_after_preposition(start, to) {
                    _ if quantity => start += 2,
                    Some(next) => start = next,
                    None if self.is(start, Tags::SUBORDINATOR) => return Some((start + 1, true)),
                    None => return None,
                }
            } else if self.is(start, Tags::TIME) && !self.is(start, Tags::MODAL) && start + 1 < to
                || self.is_plain_adverb(start, to)
            {
                start += 1;
            } else {
                break;
            }
        }
        Some((start, false))
    }

    fn is_plain_adverb(&self, at: usize, to: usize) -> bool {
        self.is_adverb(at) && !self.is(at, Tags::QUANTIFIER) && at + 1 < to
    }

    /// Where a second noun phrase begins after a preposition and its own noun phrase.
    fn phrase_after_preposition(&self, preposition: usize, to: usize) -> Option<usize> {
        let opens = |at: usize| {
            let before = self.tokens[at - 1];
            let free = !before.is(Tags::PREPOSITION
                | Tags::OPENS_PHRASE
                | Tags::COORDINATOR
                | Tags::TO
                | Tags::GENITIVE);
            let new_name = self.is(at, Tags::CAPITAL)
                && (!before.is(Tags::CAPITAL) || before.is(Tags::TIME))
                && !before.is(Tags::TITLE);
            free && (self.is(at, Tags::OPENS_PHRASE | Tags::PRONOUN)
                || (new_name && !self.is(at, Tags::TIME)))
        };
        (preposition + 2..to).find(|&at| opens(at)).or_else(|| {
            let two_names = to > preposition + 2
                && self.is(preposition + 1, Tags::CAPITAL)
                && self.is(preposition + 2, Tags::CAPITAL);
            two_names.then_some(preposition + 2)
        })
    }

    /// The end of a phrase without the date that trails it: "the minister last week".
    fn before_date(&self, start: usize, to: usize) -> usize {
        let mut end = to;
        while end > start + 1 && (self.is(end - 1, Tags::TIME) || self.is_adverb(end - 1)) {
            end -= 1;
        }
        let dangling = end < to && end > start + 1 && self.is(end - 1, Tags::PREPOSITION);
        end - usize::from(dangling)
    }

    /// The noun phrase that begins at `from`, up to the next sign, verb or adjunct.
    pub fn phrase_at(&self, from: usize) -> Range<usize> {
        let ends = |at: usize| {
            self.is(
                at,
                Tags::PARTS
                    | Tags::RELATIVE
                    | Tags::SUBORDINATOR
                    | Tags::AS
                    | Tags::THAT
                    | Tags::TIME,
            ) && !(at == from && self.is(at, Tags::OPENS_PHRASE))
                || (self.is_finite(at) && !self.modifies_behind(at, from))
                || self.tokens[at].quoted
        };
        let ceiling = self.tokens.len().min(from + REACH);
        let end = (from..ceiling).find(|&at| ends(at)).unwrap_or(ceiling);
        let dangling = end > from + 1 && self.is(end - 1, Tags::PREPOSITION | Tags::COORDINATOR);
        from..end - usize::from(dangling)
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
        || token.text.starts_with(|first: char| first.is_ascii_digit())
}
