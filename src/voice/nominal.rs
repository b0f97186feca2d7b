//! Who says, thinks or feels something in a sentence: the frames of nouns, adjectives and adjuncts.

use super::attribution::{Attribution, Frames, Source};
use super::hearsay::{RUMOURS, is_hearsay_adverb};
use super::lexicon::Tags;
use super::subject::{Scope, Subject};
use std::ops::Range;

/// Nouns that are somebody's even if nobody is named: "a common objection is that".
#[rustfmt::skip]
const CONTENTIONS: &[&str] = &[
    "argument", "arguments", "assumption", "belief", "claim", "criticism", "expectation", "fear",
    "fears", "hope", "hopes", "objection", "objections", "rumour", "theory", "view",
];

/// Camps in an argument, who hold views by their name.
#[rustfmt::skip]
const CAMPS: &[&str] = &[
    "adherents", "advocates", "critics", "enthusiasts", "hardliners", "nationalists", "opponents",
    "optimists", "pessimists", "proponents", "sceptics", "skeptics", "supporters",
];

/// Verbs that join a subject to an adjective as "be" does.
#[rustfmt::skip]
const LINKS: &[&str] = &[
    "appeared", "appears", "became", "become", "becomes", "feel", "feels", "felt", "grew", "remain",
    "remained", "remains", "seem", "seemed", "seems", "sounded",
];

/// Adjectives that need nothing after them to be an attitude.
#[rustfmt::skip]
const OPEN_ATTITUDES: &[&str] = &[
    "adamant", "confident", "convinced", "hopeful", "optimistic", "pessimistic", "sceptical",
    "skeptical", "unconvinced", "upbeat",
];

impl Frames<'_, '_> {
    /// The attribution carried by a word that is no verb of saying or thinking.
    pub fn nominal(&self, at: usize) -> Option<Attribution> {
        let token = self.clauses.tokens[at];
        if token.reads("according") {
            self.according_to(at)
        } else if at == 0 && token.reads("for") {
            self.for_whom()
        } else if is_hearsay_adverb(&token) {
            self.hearsay_adverb(at)
        } else if token.is(Tags::ATTITUDE) {
            self.attitude(at)
        } else if token.is(Tags::LIGHT)
            && (token.is(Tags::PAST | Tags::ING) || self.clauses.is_finite(at))
        {
            self.light_verb(at)
        } else if token.is(Tags::OPINION | Tags::PERSPECTIVE) {
            self.noun(at)
        } else {
            None
        }
    }

    fn according_to(&self, at: usize) -> Option<Attribution> {
        let words = self.clauses.phrase_at(at + 2);
        let head = self
            .clauses
            .head(&words)
            .filter(|_| self.clauses.is(at + 1, Tags::TO))?;
        // What is done according to plan, law or treaty, nobody says.
        let rule = self.clauses.is(head, Tags::THING)
            && !self.clauses.is(head, Tags::DOCUMENT | Tags::CAPITAL);
        Attribution::report_if(!rule, "according-to", Source::Words(words))
    }

    /// "For the sceptics, …": of camps and of people, never of countries and purposes.
    fn for_whom(&self) -> Option<Attribution> {
        let words = self.clauses.phrase_at(1);
        let short = words.len() <= 5 && self.clauses.is(words.end, Tags::COMMA);
        let titled = self.clauses.is(1, Tags::TITLE) && self.clauses.is(1, Tags::CAPITAL);
        let person = titled || words.len() > 1 && self.clauses.is_name(&words);
        let camp = self.clauses.reads(words.end.wrapping_sub(1), CAMPS);
        Attribution::report_if(
            short && (person || camp),
            "in-view-of",
            Source::Words(words),
        )
    }

    /// "is confident that", "remains sceptical about".
    fn attitude(&self, at: usize) -> Option<Attribution> {
        let group = self.clauses.verb_group(at);
        let link = group
            .start
            .checked_sub(1)
            .filter(|&verb| self.clauses.reads(verb, LINKS));
        let start = match link {
            Some(verb) => self.clauses.verb_group(verb).start,
            None if group.be => group.start,
            None => return None,
        };
        let goes_on = self
            .clauses
            .is(at + 1, Tags::THAT | Tags::PREPOSITION | Tags::AS)
            || self.clauses.reads(at, OPEN_ATTITUDES);
        let subject = self.subject(start).filter(|_| goes_on)?;
        if self.clauses.is_it(&subject.words) {
            return None;
        }
        self.held(subject, group.modal)
    }

    /// "expressed the hope that", "made it clear that", "put the cost at 40 per cent".
    fn light_verb(&self, at: usize) -> Option<Attribution> {
        let group = self.clauses.verb_group(at);
        let participle = self.clauses.is(at, Tags::ING) && !group.be;
        if group.infinitive || group.be && !participle {
            return None;
        }
        let subject = if participle {
            Subject {
                words: self.theme.clone()?,
                scope: Scope::Main,
            }
        } else {
            self.subject(group.start)?
        };
        if subject.scope == Scope::Comment && self.clauses.reads(at + 1, &["it"]) {
            return Attribution::report("parenthetical", Source::Words(subject.words));
        }
        if !self.carries_opinion(at) {
            return None;
        }
        let survey = verb_is_put(self.clauses.tokens[at].text)
            && self
                .clauses
                .head(&subject.words)
                .is_some_and(|head| self.clauses.is(head, Tags::DOCUMENT));
        if survey {
            None
        } else {
            self.held(subject, group.modal || group.negated)
        }
    }

    /// Whether an empty verb has an opinion for its object.
    fn carries_opinion(&self, at: usize) -> bool {
        let verb = self.clauses.tokens[at].text;
        let ahead =
            || (at + 1..at + 12).take_while(|&at| !self.clauses.is(at, Tags::COMMA | Tags::BREAK));
        if verb_is_put(verb) {
            let figure = |at| {
                self.clauses
                    .reads(at, &["some", "about", "around", "between", "one", "nearly"])
                    || self.clauses.tokens.get(at).is_some_and(|token| {
                        token.text.starts_with(|first: char| first.is_ascii_digit())
                    })
            };
            return ahead().any(|at| self.clauses.reads(at, &["at"]) && figure(at + 1));
        }
        let noun =
            |at| self.clauses.is(at, Tags::OPINION) || self.clauses.reads(at, &["clear", "known"]);
        let Some(noun) = ahead().take(5).find(|&at| noun(at)) else {
            return false;
        };
        let voiced = ["express", "voic", "air"]
            .iter()
            .any(|stem| verb.starts_with(stem));
        let content = |at| self.clauses.is(at, Tags::THAT | Tags::OPEN_QUOTE);
        voiced || (noun + 1..noun + 4).any(content)
    }

    /// An attitude of this subject, if it can have one.
    fn held(&self, subject: Subject, unreal: bool) -> Option<Attribution> {
        if self.clauses.is_author(&subject.words) {
            return Attribution::trace("first-person", Source::Author);
        }
        if self.clauses.is_dummy(&subject.words) || !self.clauses.speaks(&subject.words) {
            return None;
        }
        match subject.scope {
            _ if unreal => Attribution::trace("unreal-report", Source::Words(subject.words)),
            Scope::Subordinate => {
                Attribution::trace("subordinate-report", Source::Words(subject.words))
            }
            _ => Attribution::report("attitude", Source::Words(subject.words)),
        }
    }

    /// "X’s argument is that", "there are rumours that", "in X’s view"; else a statement spoken of.
    fn noun(&self, at: usize) -> Option<Attribution> {
        let owner = self.owner(at);
        let view = if self.clauses.is(at, Tags::PERSPECTIVE) {
            self.perspective(at, owner.clone())
        } else {
            None
        };
        if view.is_some() || !self.clauses.is(at, Tags::OPINION) {
            return view;
        }
        let before = at.saturating_sub(6)..at;
        let exists = before.clone().any(|at| {
            self.clauses.reads(at, &["there"]) && self.clauses.is(at + 1, Tags::AUXILIARY)
        });
        if exists && self.clauses.reads(at, RUMOURS) && self.clauses.is(at + 1, Tags::THAT) {
            return Attribution::report("hearsay", Source::Hearsay);
        }
        self.stated_opinion(at, owner.clone())
            .or_else(|| self.mentioned_statement(at, owner))
    }

    /// "The argument of the sceptics is that …"
    fn stated_opinion(&self, at: usize, owner: Option<Source>) -> Option<Attribution> {
        let be = (at + 1..at + 10)
            .find(|&at| self.clauses.is(at, Tags::BE | Tags::COMMA | Tags::BREAK))?;
        let stated =
            self.clauses.is(be, Tags::BE) && self.clauses.is(be + 1, Tags::THAT | Tags::OPEN_QUOTE);
        let subject = self.clauses.subject_before(be).filter(|_| stated)?;
        if subject.scope == Scope::Subordinate || !subject.words.contains(&at) {
            return None;
        }
        let of = self
            .clauses
            .reads(at + 1, &["of", "among", "in"])
            .then(|| at + 2..be);
        let named = owner.or(of
            .filter(|words| self.clauses.speaks(words))
            .map(Source::Words));
        match named {
            Some(Source::Author) => Attribution::trace("first-person", Source::Author),
            Some(source) => Attribution::report("attitude", source),
            None if self.clauses.reads(at, CONTENTIONS) => {
                Attribution::report("attitude", Source::Hearsay)
            }
            None => None,
        }
    }

    /// "X’s claim that “…”" gives the words; "X’s claim that … is wrong" and "this argument" speak of them.
    fn mentioned_statement(&self, at: usize, owner: Option<Source>) -> Option<Attribution> {
        let content = self.clauses.is(at + 1, Tags::THAT);
        let pointed = self.clauses.reads(
            at.wrapping_sub(1),
            &["this", "that", "such", "these", "those", "both"],
        );
        match owner {
            Some(Source::Author) => None,
            Some(owner) if content && self.clauses.is(at + 2, Tags::OPEN_QUOTE) => {
                Attribution::report("attitude", owner)
            }
            Some(owner) => Attribution::trace("judged-statement", owner),
            None if content || pointed => Attribution::trace("judged-statement", Source::Hearsay),
            None => None,
        }
    }

    /// "in X’s view", "from the minister’s point of view", "in the words of X".
    fn perspective(&self, at: usize, owner: Option<Source>) -> Option<Attribution> {
        if self.clauses.reads(at + 1, &["of"])
            && self.clauses.reads(at.wrapping_sub(1), &["the"])
            && self.clauses.reads(at.wrapping_sub(2), &["in", "from"])
        {
            let words =
                Some(self.clauses.phrase_at(at + 2)).filter(|words| self.clauses.speaks(words))?;
            return Attribution::report("in-view-of", Source::Words(words));
        }
        let owner_at = (at.saturating_sub(3)..at)
            .rev()
            .find(|&at| self.clauses.is(at, Tags::GENITIVE | Tags::POSSESSIVE))?;
        let close = self.clauses.reads(at - 1, &["own", "of"]) || owner_at + 1 == at;
        let led = (owner_at.saturating_sub(8)..owner_at)
            .rev()
            .find(|&at| self.clauses.reads(at, &["in", "from", "by"]))?;
        let verb = (led + 1..at).any(|at| {
            self.clauses
                .is(at, Tags::AUXILIARY | Tags::COMMA | Tags::TO)
        });
        let content = self.clauses.is(at + 1, Tags::PREPOSITION | Tags::THAT) || !close;
        let by = self
            .clauses
            .reads(at, &["account", "admission", "reckoning"]);
        if by != self.clauses.reads(led, &["by"]) {
            return None;
        }
        match owner {
            Some(Source::Author) => Attribution::trace("first-person", Source::Author),
            Some(Source::Words(words)) if !verb && !content => {
                let words = words.start.max(led + 1)..words.end;
                Attribution::report_if(!words.is_empty(), "in-view-of", Source::Words(words))
            }
            _ => None,
        }
    }

    /// Whose noun it is: a genitive or a possessive in front of it.
    fn owner(&self, at: usize) -> Option<Source> {
        let at = if self.clauses.reads(at.wrapping_sub(2), &["point"]) {
            at - 2
        } else {
            at
        };
        let foreign = Tags::COMMA | Tags::PREPOSITION | Tags::AUXILIARY;
        let mine = (at.saturating_sub(4)..at)
            .rev()
            .take_while(|&at| !self.clauses.is(at, foreign))
            .find(|&at| self.clauses.is(at, Tags::GENITIVE | Tags::POSSESSIVE))?;
        if self.clauses.is(mine, Tags::POSSESSIVE) {
            let author = self.clauses.is(mine, Tags::FIRST_PERSON);
            return Some(if author {
                Source::Author
            } else {
                Source::Words(mine..mine + 1)
            });
        }
        let words = self.clauses.genitive_phrase(mine);
        self.clauses.speaks(&words).then_some(Source::Words(words))
    }
}

/// "put the cost at": an estimate, except by a poll, which counts.
fn verb_is_put(verb: &str) -> bool {
    ["put", "puts", "putting"].contains(&verb)
}

impl super::clause::Clauses<'_, '_> {
    /// The noun phrase that a genitive ends: "the former minister’s".
    fn genitive_phrase(&self, last: usize) -> Range<usize> {
        let inside = |at: usize| {
            self.is(at, Tags::WORD)
                && !self.is(
                    at,
                    Tags::PREPOSITION | Tags::VERB | Tags::AUXILIARY | Tags::THAT,
                )
        };
        let mut start = last;
        while start > 0 && last - start < 8 && inside(start - 1) {
            start -= 1;
            if self.is(start, Tags::OPENS_PHRASE) {
                break;
            }
        }
        start..last + 1
    }
}
