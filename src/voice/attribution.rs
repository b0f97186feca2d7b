//! Who says, thinks or feels something in a sentence: the frames of verbs.

use super::clause::{Clauses, Complement, VerbGroup};
use super::lexicon::Tags;
use super::subject::{Scope, Subject};
use std::ops::Range;

/// Where a holder is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// These words of the sentence.
    Words(Range<usize>),
    /// Nobody in particular.
    Hearsay,
    /// The author of the article.
    Author,
}

/// One attribution, or the trace of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribution {
    pub cue: &'static str,
    /// Whether it makes the sentence a report.
    pub reports: bool,
    pub source: Source,
}

impl Attribution {
    pub fn report(cue: &'static str, source: Source) -> Option<Self> {
        Some(Self {
            cue,
            reports: true,
            source,
        })
    }

    pub fn report_if(holds: bool, cue: &'static str, source: Source) -> Option<Self> {
        if holds {
            Self::report(cue, source)
        } else {
            None
        }
    }

    pub fn trace(cue: &'static str, source: Source) -> Option<Self> {
        Some(Self {
            cue,
            reports: false,
            source,
        })
    }
}

/// Every attribution of a sentence, in the order of its words.
pub(super) fn attributions(clauses: Clauses<'_, '_>) -> Vec<Attribution> {
    let mut frames = Frames {
        clauses,
        theme: None,
    };
    (0..clauses.tokens.len())
        .filter_map(|at| frames.at(at))
        .collect()
}

/// A sentence read from left to right.
pub(super) struct Frames<'s, 't> {
    pub clauses: Clauses<'s, 't>,
    /// The subject of the last main verb: whose the participles and second verbs are.
    pub theme: Option<Range<usize>>,
}

impl Frames<'_, '_> {
    /// The attribution whose key word stands at `at`.
    fn at(&mut self, at: usize) -> Option<Attribution> {
        let token = self.clauses.tokens[at];
        if token.is(Tags::OPEN_QUOTE) {
            return self.introduced(at);
        }
        if token.quoted || !token.is(Tags::WORD) {
            return None;
        }
        let found = if token.is(Tags::REPORTS | Tags::FACTIVE | Tags::AIM) {
            self.verb(at)
        } else {
            None
        };
        let found = found.or_else(|| self.nominal(at));
        if self.clauses.is_finite(at) {
            self.remember_subject(at);
        }
        found
    }

    /// "X was brief: “…”"
    fn introduced(&self, quote: usize) -> Option<Attribution> {
        let colon = self.clauses.reads(quote.wrapping_sub(1), &[":"]);
        let words = self
            .theme
            .clone()
            .filter(|words| colon && self.clauses.speaks(words))?;
        Attribution::report("quote-colon", Source::Words(words))
    }

    fn remember_subject(&mut self, verb: usize) {
        let group = self.clauses.verb_group(verb);
        if group.infinitive {
            return;
        }
        if let Some(Subject {
            words,
            scope: Scope::Main,
        }) = self.clauses.subject_before(group.start)
        {
            self.theme = Some(words);
        }
    }

    fn verb(&self, at: usize) -> Option<Attribution> {
        let token = self.clauses.tokens[at];
        let group = self.clauses.verb_group(at);
        if token.is(Tags::ING) && !group.be {
            return self.participle(at);
        }
        if group.be && token.is(Tags::PAST) {
            return self.passive(at, group);
        }
        let helped = self.clauses.is(
            group.start,
            Tags::AUXILIARY | Tags::RAISING | Tags::NEGATION,
        );
        let noun_after_be = group.be && !token.is(Tags::ING) && token.is(Tags::NOUNLIKE);
        let is_verb = helped && group.start < at && !noun_after_be || self.clauses.is_finite(at);
        // "the deals announced may": a participle behind its noun.
        let reduced =
            token.is(Tags::PAST) && !group.have && self.clauses.is(at + 1, Tags::AUXILIARY);
        if group.infinitive
            || !is_verb
            || reduced
            || self.clauses.reads(at + 1, &["by"])
            || self.is_second_passive(at)
        {
            return None;
        }
        self.inverted(at, group).or_else(|| {
            let subject = self.subject(group.start)?;
            self.active(at, group, subject)
        })
    }

    /// "were discussed and rejected": the second participle is passive too.
    fn is_second_passive(&self, at: usize) -> bool {
        let joined = at >= 2
            && self.clauses.is(at - 1, Tags::COORDINATOR)
            && self.clauses.is(at, Tags::PAST);
        joined && self.clauses.is(at - 2, Tags::PAST) && self.clauses.verb_group(at - 2).be
    }

    /// The subject before a verb, or that of the verb it is joined to by "and".
    pub fn subject(&self, start: usize) -> Option<Subject> {
        let last = start.checked_sub(1)?;
        if self.clauses.is(last, Tags::COORDINATOR) {
            let words = self
                .theme
                .clone()
                .unwrap_or_else(|| self.clauses.phrase_at(0));
            return Some(Subject {
                words,
                scope: Scope::Main,
            });
        }
        self.clauses.subject_before(start)
    }

    /// "“…,” said X" and "…, says X".
    fn inverted(&self, at: usize, group: VerbGroup) -> Option<Attribution> {
        let verb = self.clauses.is(at, Tags::SAY | Tags::TELL)
            && self.clauses.is(at, Tags::FINITE | Tags::PAST);
        let last = at.checked_sub(1).filter(|_| verb && group.start == at)?;
        let words = self.clauses.phrase_at(at + 1);
        let after_quote = self.clauses.is(last, Tags::CLOSE_QUOTE)
            || self.clauses.is(last, Tags::COMMA)
                && self.clauses.is(last.wrapping_sub(1), Tags::CLOSE_QUOTE);
        let opens = Tags::OPENS_PHRASE | Tags::CAPITAL | Tags::SPEAKER | Tags::PRONOUN;
        let after_comma = self.clauses.is(last, Tags::COMMA)
            && self.clauses.is(at + 1, opens)
            && (words.end >= self.clauses.tokens.len() || self.clauses.is(words.end, Tags::PARTS));
        let holder = (after_quote || after_comma) && self.clauses.speaks(&words);
        Attribution::report_if(holder, "parenthetical", Source::Words(words))
    }

    /// A verb with a subject before it.
    fn active(&self, at: usize, group: VerbGroup, subject: Subject) -> Option<Attribution> {
        let token = self.clauses.tokens[at];
        let words = subject.words.clone();
        if self.clauses.is_author(&words) {
            return Attribution::trace("first-person", Source::Author);
        }
        if token.is(Tags::FACTIVE) {
            return Attribution::trace("factive", Source::Words(words));
        }
        if token.is(Tags::AIM) {
            return Attribution::trace("aim", Source::Words(words));
        }
        let complement = self.clauses.complement(at);
        let aside = self.is_aside(at, &subject, complement);
        if self.clauses.is_dummy(&words) || !(aside || self.takes(at, complement, &words)) {
            return None;
        }
        if group.modal || group.negated && !token.is(Tags::VIEW | Tags::HOPE) {
            return Attribution::trace("unreal-report", Source::Words(words));
        }
        if complement != Complement::Quote && self.is_second_clause(&words) {
            return Attribution::trace("second-clause", Source::Words(words));
        }
        match subject.scope {
            Scope::Story if complement == Complement::Quote => {
                Attribution::report(cue_of(token.tags), Source::Words(words))
            }
            Scope::Subordinate | Scope::Story => {
                Attribution::trace("subordinate-report", Source::Words(words))
            }
            Scope::Comment if !aside => None,
            _ if aside => Attribution::report("parenthetical", Source::Words(words)),
            _ => Attribution::report(cue_of(token.tags), Source::Words(words)),
        }
    }

    /// "Trade grew, and X expects …": the author's own clause comes first and decides.
    fn is_second_clause(&self, subject: &Range<usize>) -> bool {
        let joint = subject.start.wrapping_sub(1);
        self.theme.is_some()
            && self.clauses.is(joint, Tags::COORDINATOR)
            && self.clauses.is(joint.wrapping_sub(1), Tags::COMMA)
    }

    /// "…, X said." and "As X put it, …": the verb takes the clause around it.
    fn is_aside(&self, at: usize, subject: &Subject, complement: Complement) -> bool {
        let before = subject.words.start.wrapping_sub(1);
        let adjunct = Tags::PREPOSITION | Tags::TIME | Tags::TO;
        let trailed = complement == Complement::Object
            && (self.clauses.is(at, Tags::TELL) || self.clauses.is(at + 1, adjunct));
        let empty = complement == Complement::Nothing;
        if subject.scope == Scope::Comment {
            let verb = Tags::SAY | Tags::TELL | Tags::VIEW | Tags::HOPE | Tags::LIGHT | Tags::TREAT;
            return self.clauses.is(at, verb)
                && (empty || trailed || self.clauses.reads(at + 1, &["it"]));
        }
        let verb = Tags::SAY | Tags::TELL | Tags::VIEW | Tags::HOPE;
        let speech = self.clauses.is(at, verb) && !self.clauses.is(at, Tags::WEAK);
        let after_quote = self.clauses.is(before, Tags::CLOSE_QUOTE)
            && self.clauses.is(at, Tags::SAY | Tags::TELL);
        let apart = self.clauses.is(before, Tags::PARTS);
        speech && (after_quote || apart && (empty || trailed && before >= 4))
    }

    /// Whether the verb, with this complement and subject, gives somebody's words or views.
    pub fn takes(&self, at: usize, complement: Complement, subject: &Range<usize>) -> bool {
        use Complement::{As, Clause, Colon, Infinitive, Object, Question, Quote, That};
        let verb = self.clauses.tokens[at];
        if !self.has_particle(at) {
            return false;
        }
        let speaker = self.clauses.speaks(subject);
        let person = speaker && !self.clauses.is_it(subject);
        let stated = matches!(complement, That | Quote | Clause);
        let said = stated || complement == Colon;
        let object = complement == Object && speaker;
        if verb.is(Tags::WEAK) {
            let finding = verb.reads("found") && self.clauses.is(subject.start + 1, Tags::DOCUMENT);
            let found = stated && (complement != Clause || !verb.is(Tags::VIEW));
            return person && found && !finding;
        }
        verb.is(Tags::SAY)
            && (said
                || complement == Question
                || complement == Infinitive && verb.text.starts_with("claim"))
            || verb.is(Tags::TELL) && (said || complement == Question)
            || verb.is(Tags::VIEW) && (stated || object || complement == As)
            || verb.is(Tags::HOPE) && (stated || object)
            || verb.is(Tags::RATE)
                && speaker
                && (matches!(complement, As | Quote | That | Clause)
                    || object && self.has_target(at))
            || verb.is(Tags::TREAT)
                && speaker
                && (matches!(complement, As | Quote) || object && self.names_something(at))
            || verb.is(Tags::PLEDGE) && speaker && matches!(complement, Quote | That)
    }

    /// Verbs that speak only with a particle: "point out", "rule out", "speak of".
    fn has_particle(&self, at: usize) -> bool {
        let verb = self.clauses.tokens[at].text.to_ascii_lowercase();
        let particles: &[(&str, &[&str])] = &[
            ("point", &["out", "to"]),
            ("rul", &["out"]),
            ("speak", &["of"]),
            ("spoke", &["of"]),
        ];
        let needed = particles.iter().find(|(stem, _)| verb.starts_with(stem));
        needed.is_none_or(|(_, words)| (at + 1..at + 3).any(|at| self.clauses.reads(at, words)))
    }

    /// Whether a judging verb has something to judge: "rejected the plan", "warned of", not "accused of".
    fn has_target(&self, at: usize) -> bool {
        let particle = self.clauses.is(at, Tags::SAY) || self.clauses.reads(at + 1, &["out"]);
        particle || !self.clauses.is(at + 1, Tags::PREPOSITION | Tags::TO)
    }

    /// "called it a triumph", "speaks of a breakthrough", "see no sign": more than "called an election".
    fn names_something(&self, at: usize) -> bool {
        let verb = self.clauses.tokens[at].text;
        let named = self.clauses.is(at + 1, Tags::PRONOUN)
            || (at + 3..at + 12).any(|at| self.clauses.reads(at, &["a", "an"]));
        verb.starts_with("call") && named && !self.clauses.is(at + 1, Tags::PREPOSITION)
            || verb.starts_with('s')
                && (at + 1..at + 3).any(|at| self.clauses.reads(at, &["no", "little", "few", "of"]))
    }

    /// ", saying that …", ", calling it “…”", "was quoted as saying".
    fn participle(&self, at: usize) -> Option<Attribution> {
        let last = at.checked_sub(1)?;
        let words = self.theme.clone()?;
        let quoted_as = self.clauses.is(last, Tags::AS)
            && (at.saturating_sub(10)..last).any(|at| self.clauses.reads(at, &["quoted", "cited"]));
        let apart = self
            .clauses
            .is(last, Tags::COMMA | Tags::COORDINATOR | Tags::ADVERB);
        let complement = self.clauses.complement(at);
        let takes = self.clauses.is(at, Tags::REPORTS) && self.takes(at, complement, &words);
        if !takes
            || !self.clauses.speaks(&words)
            || !(apart || quoted_as)
            || self.clauses.is_author(&words)
        {
            return None;
        }
        Attribution::report(cue_of(self.clauses.tokens[at].tags), Source::Words(words))
    }
}

/// The cue of a verb that reports.
fn cue_of(tags: Tags) -> &'static str {
    if tags.any(Tags::SAY | Tags::TELL) {
        "say-verb"
    } else if tags.any(Tags::HOPE) {
        "hope-verb"
    } else if tags.any(Tags::VIEW) {
        "belief-verb"
    } else if tags.any(Tags::RATE | Tags::TREAT) {
        "position-verb"
    } else {
        "commitment"
    }
}
