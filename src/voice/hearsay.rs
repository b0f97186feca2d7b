//! Who says, thinks or feels something in a sentence: passives and rumours, which name nobody.

use super::attribution::{Attribution, Frames, Source};
use super::clause::{Complement, VerbGroup};
use super::lexicon::Tags;
use super::subject::{Scope, Subject};
use super::token::Token;

/// Participles of hearsay: "is said to", "it is rumoured that".
#[rustfmt::skip]
const HEARSAY: &[&str] = &[
    "alleged", "argued", "assumed", "believed", "claimed", "estimated", "feared", "objected",
    "remarked", "reported", "rumored", "rumoured", "said", "suggested", "suspected", "thought",
];

/// Participles of hearsay only after "it".
const IMPERSONAL_HEARSAY: &[&str] = &["hoped", "understood"];

/// Adverbs of hearsay.
const HEARSAY_ADVERBS: &[&str] = &["allegedly", "purportedly", "reportedly", "supposedly"];

/// Nouns of hearsay after "there are".
#[rustfmt::skip]
pub(super) const RUMOURS: &[&str] = &[
    "allegations", "claims", "concern", "concerns", "fear", "fears", "hope", "hopes", "report",
    "reports", "rumor", "rumors", "rumour", "rumours", "speculation", "suggestions", "talk",
];

/// "reportedly" and its like.
pub(super) fn is_hearsay_adverb(token: &Token<'_>) -> bool {
    HEARSAY_ADVERBS.iter().any(|word| token.reads(word))
}

impl Frames<'_, '_> {
    pub fn hearsay_adverb(&self, at: usize) -> Option<Attribution> {
        let aside = at > 3 && self.clauses.is(at - 1, Tags::COMMA);
        if aside || (at.saturating_sub(8)..at).any(|at| self.clauses.is(at, Tags::RELATIVE)) {
            return Attribution::trace("subordinate-report", Source::Hearsay);
        }
        Attribution::report("hearsay", Source::Hearsay)
    }

    /// "It is said that", "X is believed to", "hailed by X as", "I am told".
    pub fn passive(&self, at: usize, group: VerbGroup) -> Option<Attribution> {
        let verb = self.clauses.tokens[at];
        let subject = self.subject(group.start)?;
        if self.clauses.is_author(&subject.words) {
            return Attribution::report_if(verb.reads("told"), "hearsay", Source::Hearsay);
        }
        let it = self.clauses.is_it(&subject.words);
        let listed = |words: &[&str]| words.iter().any(|word| verb.reads(word));
        let hearsay = listed(HEARSAY) || it && listed(IMPERSONAL_HEARSAY);
        let complement = self.clauses.complement(at);
        let whole = matches!(
            complement,
            Complement::That | Complement::Clause | Complement::Nothing
        );
        let told = it && whole || self.clauses.is(at + 1, Tags::TO);
        if !(hearsay && told) {
            return self.judged_by(at, complement, &subject);
        }
        if group.modal || group.negated {
            return Attribution::trace("unreal-report", Source::Hearsay);
        }
        if subject.scope != Scope::Main || self.is_countered(at) {
            return Attribution::trace("subordinate-report", Source::Hearsay);
        }
        let theirs = !it && self.speaks_again(at) && self.clauses.speaks(&subject.words);
        let source = if theirs {
            Source::Words(subject.words)
        } else {
            Source::Hearsay
        };
        Attribution::report("hearsay", source)
    }

    /// "X is said to have asked": the words are X's; "X is said to have left": they are nobody's.
    fn speaks_again(&self, at: usize) -> bool {
        let inner = Tags::SAY | Tags::TELL | Tags::VIEW | Tags::HOPE | Tags::ATTITUDE;
        (at + 2..at + 6).any(|at| self.clauses.is(at, inner) && !self.clauses.tokens[at].quoted)
    }

    /// Whether the author answers hearsay in the same sentence: "it is said that …, but …".
    fn is_countered(&self, at: usize) -> bool {
        (at + 1..self.clauses.tokens.len().min(at + 40)).any(|at| {
            self.clauses.is(at, Tags::COMMA | Tags::BREAK)
                && self.clauses.reads(at + 1, &["but", "yet"])
        })
    }

    /// "was hailed by the press as a triumph".
    fn judged_by(
        &self,
        at: usize,
        complement: Complement,
        subject: &Subject,
    ) -> Option<Attribution> {
        let by = (at + 1..at + 5).find(|&at| self.clauses.reads(at, &["by"]))?;
        let words = self.clauses.phrase_at(by + 1);
        let judged = self.clauses.is(words.end, Tags::AS) || complement == Complement::Quote;
        let verb = self.clauses.is(at, Tags::RATE | Tags::TREAT) && subject.scope == Scope::Main;
        let reports = verb && judged && self.clauses.speaks(&words);
        Attribution::report_if(reports, "position-verb", Source::Words(words))
    }
}
