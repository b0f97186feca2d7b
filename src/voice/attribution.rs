//! Who says, thinks or feels something in a sentence, frame by frame.

use super::clause::{Clauses, Complement, Scope, Subject, VerbGroup};
use super::lexicon::Tags;
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
    fn report(cue: &'static str, source: Source) -> Option<Self> {
        Some(Self {
            cue,
            reports: true,
            source,
        })
    }

    fn trace(cue: &'static str, source: Source) -> Option<Self> {
        Some(Self {
            cue,
            reports: false,
            source,
        })
    }
}

/// Participles of hearsay: "is said to", "it is rumoured that".
const HEARSAY: &[&str] = &[
    "alleged",
    "argued",
    "assumed",
    "believed",
    "claimed",
    "estimated",
    "feared",
    "objected",
    "remarked",
    "reported",
    "rumored",
    "rumoured",
    "said",
    "suggested",
    "suspected",
    "thought",
];

/// Adverbs of hearsay.
const HEARSAY_ADVERBS: &[&str] = &["allegedly", "purportedly", "reportedly", "supposedly"];

/// Nouns of hearsay after "there are".
const RUMOURS: &[&str] = &[
    "rumour",
    "rumours",
    "rumor",
    "rumors",
    "report",
    "reports",
    "speculation",
    "claims",
    "suggestions",
    "fear",
    "fears",
    "hope",
    "hopes",
    "talk",
    "concern",
    "concerns",
    "allegations",
];

/// Every attribution of a sentence, in the order of its words.
pub(super) fn attributions(clauses: Clauses<'_, '_>) -> Vec<Attribution> {
    let mut reader = Reader {
        clauses,
        theme: None,
    };
    (0..clauses.tokens.len())
        .filter_map(|at| reader.at(at))
        .collect()
}

struct Reader<'s, 't> {
    clauses: Clauses<'s, 't>,
    /// The subject of the last main verb: whose the participles and second verbs are.
    theme: Option<Range<usize>>,
}

impl Reader<'_, '_> {
    fn at(&mut self, at: usize) -> Option<Attribution> {
        let token = self.clauses.tokens[at];
        if token.quoted || !token.is(Tags::WORD) {
            return None;
        }
        let found = if token.reads("according") {
            self.according_to(at)
        } else if token.is(Tags::REPORTS.and(Tags::FACTIVE).and(Tags::AIM)) {
            self.verb(at)
        } else if token.is(Tags::LIGHT) {
            self.light_verb(at)
        } else if token.is(Tags::ATTITUDE) {
            self.attitude(at)
        } else if at == 0 && token.reads("for") {
            self.for_whom()
        } else if HEARSAY_ADVERBS.iter().any(|word| token.reads(word)) {
            self.hearsay_adverb(at)
        } else {
            None
        };
        let found = found.or_else(|| self.noun(at));
        self.remember_subject(at);
        found
    }

    fn remember_subject(&mut self, at: usize) {
        if !self.clauses.is_finite(at) || self.clauses.verb_group(at).infinitive {
            return;
        }
        let start = self.clauses.verb_group(at).start;
        if let Some(Subject {
            words,
            scope: Scope::Main,
        }) = self.clauses.subject_before(start)
        {
            self.theme = Some(words);
        }
    }

    fn according_to(&self, at: usize) -> Option<Attribution> {
        if !self.clauses.is(at + 1, Tags::TO) {
            return None;
        }
        let words = self.clauses.phrase_at(at + 2);
        // What is done according to plan, law or treaty, nobody says.
        let rule = self
            .head(&words)
            .is_some_and(|head| self.clauses.is(head, Tags::THING));
        if words.is_empty() || rule && !words.clone().any(|at| self.clauses.is(at, Tags::CAPITAL)) {
            return None;
        }
        Attribution::report("according-to", Source::Words(words))
    }

    /// "For the sceptics, …": only of camps and of people, never of countries and purposes.
    fn for_whom(&self) -> Option<Attribution> {
        let words = self.clauses.phrase_at(1);
        let short = words.len() <= 5 && self.clauses.is(words.end, Tags::COMMA);
        let titled = self.clauses.is(words.start, Tags::TITLE)
            && self.clauses.is(words.start, Tags::CAPITAL)
            || words.len() > 1 && self.clauses.is_name(&words);
        let camp = self.clauses.reads(
            words.end.wrapping_sub(1),
            &[
                "critics",
                "sceptics",
                "skeptics",
                "optimists",
                "pessimists",
                "supporters",
                "opponents",
                "advocates",
                "proponents",
                "adherents",
                "hardliners",
                "nationalists",
                "enthusiasts",
            ],
        );
        (short && (titled || camp))
            .then(|| Attribution::report("in-view-of", Source::Words(words)))?
    }

    fn hearsay_adverb(&self, at: usize) -> Option<Attribution> {
        let in_relative = (at.saturating_sub(8)..at).any(|at| self.clauses.is(at, Tags::RELATIVE));
        if in_relative {
            return Attribution::trace("subordinate-report", Source::Hearsay);
        }
        Attribution::report("hearsay", Source::Hearsay)
    }

    fn verb(&mut self, at: usize) -> Option<Attribution> {
        let token = self.clauses.tokens[at];
        let group = self.clauses.verb_group(at);
        if token.is(Tags::ING) && !group.be {
            return self.participle(at);
        }
        if group.infinitive {
            return None;
        }
        if group.be && token.is(Tags::PAST) {
            return self.passive(at, group);
        }
        let joined = group.start < at
            && (group.be
                || group.have
                || group.modal
                || self.clauses.is(group.start, Tags::DO.and(Tags::RAISING)));
        if !joined && !self.clauses.is_finite(at) || self.clauses.reads(at + 1, &["by"]) {
            return None;
        }
        if let Some(inverted) = self.inverted(at, group) {
            return Some(inverted);
        }
        let subject = self.subject(group.start)?;
        self.active(at, group, subject)
    }

    /// The subject before a verb, or that of the verb it is joined to by "and".
    fn subject(&self, start: usize) -> Option<Subject> {
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
        let tags = Tags::SAY.and(Tags::TELL);
        let free = group.start == at
            && self.clauses.is(at, tags)
            && self.clauses.is(at, Tags::FINITE.and(Tags::PAST));
        let last = at.checked_sub(1)?;
        let after_quote = self.clauses.is(last, Tags::CLOSE_QUOTE)
            || (self.clauses.is(last, Tags::COMMA)
                && self.clauses.is(last.wrapping_sub(1), Tags::CLOSE_QUOTE));
        let opens = Tags::OPENS_PHRASE
            .and(Tags::CAPITAL)
            .and(Tags::SPEAKER)
            .and(Tags::PRONOUN);
        let after_comma = self.clauses.is(last, Tags::COMMA)
            && self.clauses.is(at, Tags::SAY)
            && self.clauses.is(at + 1, opens)
            && self.ends_after(self.clauses.phrase_at(at + 1).end);
        if !free || !(after_quote || after_comma) {
            return None;
        }
        let words = self.clauses.phrase_at(at + 1);
        (!words.is_empty()).then(|| Attribution::report("parenthetical", Source::Words(words)))?
    }

    /// Whether the sentence or its segment ends here.
    fn ends_after(&self, at: usize) -> bool {
        at >= self.clauses.tokens.len()
            || self
                .clauses
                .is(at, Tags::COMMA.and(Tags::BREAK).and(Tags::OPEN_QUOTE))
    }

    fn active(&self, at: usize, group: VerbGroup, subject: Subject) -> Option<Attribution> {
        let token = self.clauses.tokens[at];
        let words = subject.words.clone();
        if self.is_author(&words) {
            return Attribution::trace("first-person", Source::Author);
        }
        if token.is(Tags::FACTIVE) && !token.is(Tags::REPORTS) {
            return Attribution::trace("factive", Source::Words(words));
        }
        if token.is(Tags::AIM) {
            return Attribution::trace("aim", Source::Words(words));
        }
        let complement = self.clauses.complement(at, token.is(Tags::TELL));
        let aside = self.is_aside(at, &subject, complement);
        let cue = if aside {
            "parenthetical"
        } else {
            cue_of(token.tags)
        };
        if self.is_dummy(&words) || !(aside || self.takes(at, complement, &words)) {
            return None;
        }
        if group.modal || (group.negated && !token.is(Tags::VIEW.and(Tags::HOPE))) {
            return Attribution::trace("unreal-report", Source::Words(words));
        }
        if subject.scope == Scope::Subordinate {
            return Attribution::trace("subordinate-report", Source::Words(words));
        }
        Attribution::report(cue, Source::Words(words))
    }

    /// "…, X said." and "As X put it, …": the verb takes the clause around it.
    fn is_aside(&self, at: usize, subject: &Subject, complement: Complement) -> bool {
        let verb = self.clauses.is(
            at,
            Tags::SAY.and(Tags::TELL).and(Tags::VIEW).and(Tags::HOPE),
        );
        let apart = subject.words.start.checked_sub(1).is_some_and(|before| {
            self.clauses
                .is(before, Tags::COMMA.and(Tags::BREAK).and(Tags::CLOSE_QUOTE))
        });
        let told = complement == Complement::Object
            && (self.clauses.is(at, Tags::TELL)
                || self.clauses.is(at + 1, Tags::PREPOSITION.and(Tags::TIME)));
        verb && (subject.scope == Scope::Comment
            || apart && (complement == Complement::Nothing || told))
    }

    /// Whether the verb, with this complement and subject, gives somebody's words or views.
    fn takes(&self, at: usize, complement: Complement, subject: &Range<usize>) -> bool {
        use Complement::{As, Clause, Colon, Infinitive, Object, Question, Quote, That};
        let verb = self.clauses.tokens[at];
        let particle = |stem: &str, particles: &[&str]| {
            !verb.text.to_ascii_lowercase().starts_with(stem)
                || self.clauses.reads(at + 1, particles)
        };
        if !particle("point", &["out", "to"])
            || !particle("rul", &["out"])
            || !particle("sp", &["of"]) && verb.is(Tags::TREAT)
        {
            return false;
        }
        let speaker = self.speaks(subject);
        let stated = matches!(complement, That | Quote | Colon | Clause);
        let object = complement == Object && speaker;
        let bare_say = verb.is(Tags::SAY)
            && !verb.is(Tags::WEAK)
            && (stated
                || complement == Question
                || complement == Infinitive && verb.text.starts_with("claim"));
        bare_say
            || verb.is(Tags::TELL) && (stated || complement == Question)
            || verb.is(Tags::WEAK) && speaker && stated
            || verb.is(Tags::VIEW) && !verb.is(Tags::WEAK) && (stated || object || complement == As)
            || verb.is(Tags::HOPE) && (stated || object)
            || verb.is(Tags::RATE)
                && (object || speaker && matches!(complement, As | Quote | That | Clause))
            || verb.is(Tags::TREAT)
                && speaker
                && (matches!(complement, As | Quote) || object && self.names_something(at))
            || verb.is(Tags::PLEDGE) && speaker && matches!(complement, Quote | That)
    }

    /// "called it a triumph", "speaks of a breakthrough", "see no sign": more than "called an election".
    fn names_something(&self, at: usize) -> bool {
        let verb = self.clauses.tokens[at].text;
        let calls = verb.starts_with("call") && !self.clauses.is(at + 1, Tags::PREPOSITION);
        let sees =
            verb.starts_with('s') && self.clauses.reads(at + 1, &["no", "little", "few", "of"]);
        calls || sees
    }

    /// ", saying that …", ", calling it “…”": said by the subject of the main clause.
    fn participle(&self, at: usize) -> Option<Attribution> {
        let last = at.checked_sub(1)?;
        let words = self.theme.clone()?;
        let quoted_as = self.clauses.is(last, Tags::AS)
            && self
                .clauses
                .reads(last.wrapping_sub(1), &["quoted", "cited"]);
        let apart = self
            .clauses
            .is(last, Tags::COMMA.and(Tags::COORDINATOR).and(Tags::ADVERB));
        let complement = self.clauses.complement(at, self.clauses.is(at, Tags::TELL));
        let takes = self.clauses.is(at, Tags::REPORTS) && self.takes(at, complement, &words);
        if !takes || !self.speaks(&words) || !(apart || quoted_as) || self.is_author(&words) {
            return None;
        }
        Attribution::report(cue_of(self.clauses.tokens[at].tags), Source::Words(words))
    }

    /// "It is said that", "X is believed to", "hailed by X as".
    fn passive(&self, at: usize, group: VerbGroup) -> Option<Attribution> {
        let verb = self.clauses.tokens[at];
        let subject = self.subject(group.start)?;
        let complement = self.clauses.complement(at, false);
        if group.modal || group.negated {
            return Attribution::trace("unreal-report", Source::Hearsay);
        }
        let impersonal =
            self.clauses.reads(subject.words.start, &["it"]) && subject.words.len() == 1;
        let hearsay = HEARSAY.iter().any(|word| verb.reads(word))
            || impersonal && verb.reads("understood")
            || impersonal && verb.reads("hoped");
        if hearsay && impersonal && matches!(complement, Complement::That | Complement::Clause) {
            return Attribution::report("hearsay", Source::Hearsay);
        }
        if hearsay && complement == Complement::Infinitive
            || hearsay && self.clauses.is(at + 1, Tags::TO)
        {
            if subject.scope == Scope::Subordinate {
                return Attribution::trace("subordinate-report", Source::Hearsay);
            }
            let inner = Tags::SAY
                .and(Tags::TELL)
                .and(Tags::VIEW)
                .and(Tags::HOPE)
                .and(Tags::ATTITUDE);
            let speaks = (at + 2..at + 6)
                .any(|at| self.clauses.is(at, inner) && !self.clauses.tokens[at].quoted);
            let source = if speaks && self.speaks(&subject.words) {
                Source::Words(subject.words)
            } else {
                Source::Hearsay
            };
            return Attribution::report("hearsay", source);
        }
        let by = (at + 1..at + 5).find(|&at| self.clauses.reads(at, &["by"]))?;
        let words = self.clauses.phrase_at(by + 1);
        let judged = self.clauses.is(words.end, Tags::AS) || complement == Complement::Quote;
        let reports = verb.is(Tags::RATE.and(Tags::TREAT))
            && judged
            && subject.scope == Scope::Main
            && self.speaks(&words);
        reports.then(|| Attribution::report("position-verb", Source::Words(words)))?
    }

    /// "expressed the hope that", "made it clear that".
    fn light_verb(&self, at: usize) -> Option<Attribution> {
        let group = self.clauses.verb_group(at);
        let participle = self.clauses.is(at, Tags::ING) && !group.be;
        if group.infinitive
            || (group.be && !participle)
            || !(participle || group.have || self.clauses.is_finite(at))
        {
            return None;
        }
        let noun = (at + 1..at + 6).find(|&at| {
            self.clauses.is(at, Tags::OPINION) || self.clauses.reads(at, &["clear", "known"])
        })?;
        if (at + 1..=noun)
            .any(|at| self.clauses.tokens[at].quoted || self.clauses.is(at, Tags::COMMA))
        {
            return None;
        }
        let voices = ["express", "voic", "air", "cast"]
            .iter()
            .any(|stem| self.clauses.tokens[at].text.starts_with(stem));
        let goes_on = self.clauses.is(noun + 1, Tags::THAT.and(Tags::OPEN_QUOTE))
            || self.clauses.is(noun + 2, Tags::THAT);
        let subject = if participle {
            Subject {
                words: self.theme.clone()?,
                scope: Scope::Main,
            }
        } else {
            self.subject(group.start)?
        };
        if !(voices || goes_on) || !self.speaks(&subject.words) {
            return None;
        }
        if self.is_author(&subject.words) {
            return Attribution::trace("first-person", Source::Author);
        }
        if subject.scope == Scope::Subordinate || group.modal || group.negated {
            return Attribution::trace("subordinate-report", Source::Words(subject.words));
        }
        Attribution::report("attitude", Source::Words(subject.words))
    }

    /// "is confident that", "remains sceptical about".
    fn attitude(&self, at: usize) -> Option<Attribution> {
        let group = self.clauses.verb_group(at);
        let linked = group.start.checked_sub(1).filter(|&verb| {
            self.clauses.reads(
                verb,
                &[
                    "remain", "remains", "remained", "became", "become", "becomes", "grew", "seem",
                    "seems", "seemed", "appears", "appeared", "sounded", "felt", "feels",
                ],
            )
        });
        let start = match linked {
            Some(verb) => self.clauses.verb_group(verb).start,
            None if group.be => group.start,
            None => return None,
        };
        let about = self.clauses.is(at + 1, Tags::THAT)
            || self.clauses.reads(
                at + 1,
                &["about", "of", "over", "at", "on", "as", "with", "by"],
            )
            || self.clauses.reads(
                at,
                &[
                    "optimistic",
                    "pessimistic",
                    "sceptical",
                    "skeptical",
                    "confident",
                    "convinced",
                    "adamant",
                    "hopeful",
                    "upbeat",
                    "unconvinced",
                ],
            );
        let subject = self
            .subject(start)
            .filter(|subject| about && self.speaks(&subject.words))?;
        if self.is_author(&subject.words) {
            return Attribution::trace("first-person", Source::Author);
        }
        if subject.scope == Scope::Subordinate || group.modal {
            return Attribution::trace("subordinate-report", Source::Words(subject.words));
        }
        Attribution::report("attitude", Source::Words(subject.words))
    }

    /// "X’s argument is that", "there are rumours that", "in X’s view"; else a statement spoken of.
    fn noun(&self, at: usize) -> Option<Attribution> {
        if !self.clauses.is(at, Tags::OPINION.and(Tags::PERSPECTIVE)) {
            return None;
        }
        let owner = self.owner(at);
        if self.clauses.is(at, Tags::PERSPECTIVE)
            && let Some(found) = self.perspective(at, owner.clone())
        {
            return Some(found);
        }
        if !self.clauses.is(at, Tags::OPINION) {
            return None;
        }
        let rumour = RUMOURS
            .iter()
            .any(|word| self.clauses.tokens[at].reads(word));
        let exists = (at.saturating_sub(6)..at).any(|at| {
            self.clauses.reads(at, &["there"]) && self.clauses.is(at + 1, Tags::AUXILIARY)
        });
        if rumour && exists && self.clauses.is(at + 1, Tags::THAT) {
            return Attribution::report("hearsay", Source::Hearsay);
        }
        if let Some(found) = self.stated_opinion(at, owner.clone()) {
            return Some(found);
        }
        let content = self.clauses.is(at + 1, Tags::THAT);
        if content
            && self.clauses.is(at + 2, Tags::OPEN_QUOTE)
            && let Some(owner) = owner.clone()
        {
            return Attribution::report("attitude", owner);
        }
        let pointed = self.clauses.reads(
            at.wrapping_sub(1),
            &["this", "that", "such", "these", "those", "both"],
        );
        (content || pointed || owner.is_some())
            .then(|| Attribution::trace("judged-statement", owner.unwrap_or(Source::Hearsay)))?
    }

    /// "The argument of the sceptics is that …"
    fn stated_opinion(&self, at: usize, owner: Option<Source>) -> Option<Attribution> {
        let be = (at + 1..at + 10).find(|&at| {
            self.clauses
                .is(at, Tags::BE.and(Tags::COMMA).and(Tags::BREAK))
        })?;
        let stated = self.clauses.is(be, Tags::BE)
            && self.clauses.is(be + 1, Tags::THAT.and(Tags::OPEN_QUOTE));
        let subject = self.clauses.subject_before(be).filter(|_| stated)?;
        if subject.scope == Scope::Subordinate || !subject.words.contains(&at) {
            return None;
        }
        let of = self
            .clauses
            .reads(at + 1, &["of", "among", "in"])
            .then(|| at + 2..be)
            .filter(|words| self.speaks(words));
        let source = owner.or(of.map(Source::Words)).unwrap_or(Source::Hearsay);
        if source == Source::Author {
            return Attribution::trace("first-person", Source::Author);
        }
        Attribution::report("attitude", source)
    }

    /// "in X’s view", "from the minister’s perspective", "in the words of X".
    fn perspective(&self, at: usize, owner: Option<Source>) -> Option<Attribution> {
        let prepositions = ["in", "from", "to", "by", "on"];
        let led = (at.saturating_sub(8)..at).rev().find(|&at| {
            self.clauses
                .is(at, Tags::PREPOSITION.and(Tags::TO).and(Tags::COMMA))
        })?;
        if !self.clauses.reads(led, &prepositions) {
            return None;
        }
        let of = self.clauses.reads(at + 1, &["of"])
            && self.clauses.reads(at.wrapping_sub(1), &["the"])
            && led + 2 == at;
        let source = match owner {
            _ if of => Source::Words(
                Some(self.clauses.phrase_at(at + 2)).filter(|words| self.speaks(words))?,
            ),
            Some(Source::Author) => return Attribution::trace("first-person", Source::Author),
            Some(owner)
                if !self.clauses.reads(led, &["on"])
                    && !self.clauses.is(at + 1, Tags::PREPOSITION.and(Tags::THAT)) =>
            {
                owner
            }
            _ => return None,
        };
        Attribution::report("in-view-of", source)
    }

    /// Whose noun it is: a genitive or a possessive in front of it.
    fn owner(&self, at: usize) -> Option<Source> {
        let nearby = (at.saturating_sub(4)..at).rev();
        let mine = nearby
            .take_while(|&at| {
                !self
                    .clauses
                    .is(at, Tags::COMMA.and(Tags::PREPOSITION).and(Tags::AUXILIARY))
            })
            .find(|&at| self.clauses.is(at, Tags::GENITIVE.and(Tags::POSSESSIVE)))?;
        if self.clauses.is(mine, Tags::POSSESSIVE) {
            let author = self.clauses.is(mine, Tags::FIRST_PERSON);
            return Some(if author {
                Source::Author
            } else {
                Source::Words(mine..mine + 1)
            });
        }
        let phrase = self.clauses.subject_before(mine + 1)?;
        self.speaks(&phrase.words)
            .then_some(Source::Words(phrase.words))
    }

    /// The head of a noun phrase: its last word before a preposition.
    fn head(&self, words: &Range<usize>) -> Option<usize> {
        let stop = words.clone().skip(1).find(|&at| {
            self.clauses
                .is(at, Tags::PREPOSITION.and(Tags::RELATIVE).and(Tags::COMMA))
        });
        stop.unwrap_or(words.end)
            .checked_sub(1)
            .filter(|at| words.contains(at))
    }

    /// Whether a phrase can be somebody with words and views: a person, a body, a document.
    fn speaks(&self, words: &Range<usize>) -> bool {
        let Some(head) = self.head(words) else {
            return false;
        };
        let token = self.clauses.tokens[head];
        if token.is(Tags::THING) && !token.is(Tags::SPEAKER) {
            return false;
        }
        let people = Tags::PRONOUN
            .and(Tags::SPEAKER)
            .and(Tags::DOCUMENT)
            .and(Tags::QUANTIFIER);
        let relative = words
            .clone()
            .any(|at| self.clauses.reads(at, &["who", "those"]));
        token.is(people)
            || relative
            || self.is_proper(head)
            || is_agent(token.text)
            || self.clauses.is(words.start, Tags::QUANTIFIER)
    }

    /// A proper name; at the start of a sentence only an unlisted word that looks like one.
    fn is_proper(&self, at: usize) -> bool {
        let token = self.clauses.tokens[at];
        let abstract_ending = [
            "tion", "ment", "ness", "ity", "ism", "ance", "ence", "ing", "ings", "tions", "ments",
            "ship",
        ]
        .iter()
        .any(|ending| token.text.ends_with(ending));
        token.is(Tags::CAPITAL)
            && (at > 0 || (token.tags == Tags::CAPITAL.and(Tags::WORD) && !abstract_ending))
    }

    fn is_author(&self, words: &Range<usize>) -> bool {
        let first_person = words.len() == 1 && self.clauses.is(words.start, Tags::FIRST_PERSON);
        let own = self
            .clauses
            .reads(words.start, &["this", "the", "my", "our"])
            && self
                .head(words)
                .is_some_and(|head| self.clauses.is(head, Tags::OWN_TEXT))
            && (!self.clauses.reads(words.start, &["the"])
                || self.clauses.reads(
                    words.start + 1,
                    &[
                        "present",
                        "following",
                        "first",
                        "second",
                        "third",
                        "last",
                        "final",
                    ],
                ));
        first_person || own
    }

    fn is_dummy(&self, words: &Range<usize>) -> bool {
        words.len() == 1
            && self.clauses.is(words.start, Tags::DUMMY)
            && !self.clauses.reads(words.start, &["it"])
            || self
                .clauses
                .reads(words.start, &["no", "nobody", "none", "nothing", "neither"])
    }
}

/// Whether a word looks like somebody who does something: "forecasters", "columnist".
fn is_agent(word: &str) -> bool {
    let plural = ["ers", "ors", "ists", "ians", "ees", "crats"]
        .iter()
        .any(|ending| word.ends_with(ending));
    plural || word.ends_with("ist")
}

fn cue_of(tags: Tags) -> &'static str {
    if tags.any(Tags::SAY.and(Tags::TELL)) {
        "say-verb"
    } else if tags.any(Tags::HOPE) {
        "hope-verb"
    } else if tags.any(Tags::VIEW) {
        "belief-verb"
    } else if tags.any(Tags::RATE.and(Tags::TREAT)) {
        "position-verb"
    } else {
        "commitment"
    }
}
