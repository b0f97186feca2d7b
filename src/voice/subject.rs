//! The subject of a verb: over parentheses, past what stands in front, the better of two names.

use super::clause::{Clauses, REACH};
use super::lexicon::Tags;
use std::ops::Range;

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

/// Where a clause begins, as far as its verb has not been reached.
struct Opening {
    start: usize,
    scope: Scope,
    /// The last relative pronoun behind a noun of the clause.
    relative: Option<usize>,
    /// Whether the words so far end in a verb and its complement.
    after_verb: bool,
}

impl Clauses<'_, '_> {
    /// The start of the segment that ends before `end`.
    pub fn segment_start(&self, end: usize) -> usize {
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
        let mut clause = self.last_clause(from, to);
        if let Some(relative) = clause.relative
            && self.takes_verb_at(relative, to)
        {
            clause.scope = Scope::Subordinate;
            clause.start = if relative + 1 < to {
                relative + 1
            } else {
                clause.start
            };
        }
        let pronoun = self.is(to.wrapping_sub(1), Tags::PRONOUN)
            && !self.is(to.wrapping_sub(2), Tags::PREPOSITION);
        if pronoun && clause.start < to {
            clause.start = to - 1;
        }
        let (start, governed) = self.past_adjuncts(clause.start, to)?;
        let words = start..self.before_date(start, to);
        let scope = if governed {
            Scope::Subordinate
        } else {
            clause.scope
        };
        (!words.is_empty() && !clause.after_verb).then_some(Subject { words, scope })
    }

    /// The last clause that begins in a stretch of words.
    fn last_clause(&self, from: usize, to: usize) -> Opening {
        let mut clause = Opening {
            start: from,
            scope: Scope::Main,
            relative: None,
            after_verb: false,
        };
        for at in from..to {
            if self.is(at, Tags::RELATIVE) && at > clause.start {
                clause.relative = Some(at);
            } else if self.is(at, Tags::COORDINATOR) && (clause.after_verb || at == clause.start) {
                (clause.start, clause.after_verb) = (at + 1, false);
            } else if self.is(at, Tags::RELATIVE | Tags::THAT) || self.subordinates(at) {
                let story = at > 0 && self.reads(at, &["when"]);
                let scope = if story {
                    Scope::Story
                } else {
                    Scope::Subordinate
                };
                clause = Opening {
                    start: at + 1,
                    scope,
                    relative: None,
                    after_verb: false,
                };
            } else if self.is(at, Tags::AS)
                && (at == from || clause.after_verb || self.is_adverb(at - 1))
            {
                (clause.start, clause.scope) = (at + 1, Scope::Comment);
            } else if clause.relative.is_none()
                && self.is_finite(at)
                && !self.modifies_behind(at, clause.start)
            {
                (clause.start, clause.after_verb) = (at + 1, true);
            }
        }
        clause
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

    pub fn subordinates(&self, at: usize) -> bool {
        self.is(at, Tags::SUBORDINATOR) && !self.is(at, Tags::PREPOSITION)
    }

    /// A participle behind its noun: "a study published by".
    pub fn modifies_behind(&self, at: usize, start: usize) -> bool {
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
}
