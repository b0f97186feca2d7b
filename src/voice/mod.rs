//! Reported speech and its holder: whose words or views a sentence gives, by rules of English.
//!
//! Quotation marks, verbs of saying and thinking, and phrases such as "according to" are read
//! sentence by sentence; open quotations and names are carried through the article in order.
//! `voice` has never heard of labels or models: it reads no training data and learns nothing.

mod attribution;
mod clause;
mod hearsay;
mod holder;
mod lexicon;
mod namesake;
mod nominal;
mod quotation;
mod speaker;
mod subject;
mod token;
mod verbs;

pub use namesake::same_holders;

use attribution::{Attribution, Source, attributions};
use clause::Clauses;
use holder::Cast;
use lexicon::Tags;
use quotation::{Joints, Quotes};
use token::Token;

/// A sentence as the voice room sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utterance<'t> {
    /// The sentence.
    pub text: &'t str,
    /// The paragraph it stands in; utterances of one paragraph follow one another.
    pub paragraph: usize,
}

/// What the wording of a sentence says about whose voice it gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Whether the rules hold the sentence for somebody else's words or views.
    pub reported: bool,
    /// Who is speaking, as the text names them; [`UNNAMED`] for hearsay. Present wherever the
    /// rules find somebody to whom the sentence *could* be attributed, even if `reported` is false.
    pub holder: Option<String>,
    /// What the rules saw, as names for the linear model, sorted:
    /// - marks: `quote`, `scare-quote`, `inside-quote`, `quote-colon`;
    /// - reports: `say-verb`, `belief-verb`, `hope-verb`, `position-verb`, `commitment`, `attitude`,
    ///   `parenthetical`, `according-to`, `in-view-of`, `hearsay`, and `after-report` for a report
    ///   in the sentence before;
    /// - the author's own: `first-person`, `factive`, `aim`, `judged-statement`,
    ///   `subordinate-report`, `second-clause`, `unreal-report`.
    pub cues: Vec<&'static str>,
}

/// The holder of rumours and of "it was reported".
pub const UNNAMED: &str = "unnamed";

/// A quotation of so many words is speech even without a verb; a shorter one is a term.
const SPEECH_WORDS: usize = 4;

/// Reads the sentences of one article, in order.
///
/// ```
/// use stance::voice::{Utterance, read};
/// let sentences = ["President Orla Brandt said that the talks had failed.", "She left early."];
/// let article = sentences.map(|text| Utterance { text, paragraph: 1 });
/// let readings = read(&article);
/// assert!(readings[0].reported && !readings[1].reported);
/// assert_eq!(readings[0].holder.as_deref(), Some("President Orla Brandt"));
/// ```
pub fn read(sentences: &[Utterance<'_>]) -> Vec<Reading> {
    let mut reader = Reader::default();
    let mut readings = Vec::with_capacity(sentences.len());
    let mut paragraphs = sentences
        .chunk_by(|a, b| a.paragraph == b.paragraph)
        .peekable();
    let mut carried = false;
    while let Some(paragraph) = paragraphs.next() {
        let texts: Vec<&str> = paragraph.iter().map(|sentence| sentence.text).collect();
        let reopens = paragraphs
            .peek()
            .is_some_and(|next| quotation::begins_quoted(next[0].text));
        let (quotes, open) = quotation::quotes_of(&texts, Joints { carried, reopens });
        carried = open;
        reader.after_report = false;
        readings.extend(
            texts
                .iter()
                .zip(&quotes)
                .map(|(text, quotes)| reader.sentence(text, quotes)),
        );
    }
    readings
}

/// What is carried from sentence to sentence.
#[derive(Debug, Default)]
struct Reader {
    cast: Cast,
    /// Who spoke last, through the paragraphs of one quotation.
    speaker: Option<String>,
    /// Whether the sentence before, in the same paragraph, is a report.
    after_report: bool,
}

/// How much of a sentence stands in quotation marks, in words.
#[derive(Debug, Default)]
struct Coverage {
    words: usize,
    quoted: usize,
    longest: usize,
}

impl Reader {
    fn sentence(&mut self, text: &str, quotes: &Quotes) -> Reading {
        let tokens = token::tokenise(text, quotes);
        let mut found = attributions(Clauses { tokens: &tokens });
        if text.trim_end().ends_with('?') {
            // A question asks whether somebody says so.
            found
                .iter_mut()
                .for_each(|attribution| attribution.reports = false);
        }
        let coverage = Coverage::of(&tokens);
        let speech = coverage.is_speech() || quotes.continues && coverage.quoted > 0;
        let attribution = choose(&found);
        let attributed = attribution.is_some_and(|attribution| attribution.reports);
        let named = attribution
            .filter(|_| attributed || !speech)
            .and_then(|attribution| self.cast.name(&tokens, text, &attribution.source));
        let holder = named.or_else(|| self.speaker.clone().filter(|_| speech));
        let cues = self.cues(quotes, &coverage, &found);
        self.cast.remember(
            &tokens,
            text,
            found.iter().map(|attribution| &attribution.source),
        );
        let reported = speech || attributed;
        if reported && holder.is_some() {
            self.speaker.clone_from(&holder);
        }
        self.after_report = reported;
        Reading {
            reported,
            holder,
            cues,
        }
    }

    fn cues(
        &self,
        quotes: &Quotes,
        coverage: &Coverage,
        found: &[Attribution],
    ) -> Vec<&'static str> {
        let shape = [
            (quotes.continues, "inside-quote"),
            (coverage.longest >= SPEECH_WORDS, "quote"),
            (
                coverage.longest > 0 && coverage.longest < SPEECH_WORDS,
                "scare-quote",
            ),
            (self.after_report, "after-report"),
        ];
        let shape = shape
            .into_iter()
            .filter_map(|(here, cue)| here.then_some(cue));
        let mut cues: Vec<&'static str> = shape
            .chain(found.iter().map(|attribution| attribution.cue))
            .collect();
        cues.sort_unstable();
        cues.dedup();
        cues
    }
}

impl Coverage {
    fn of(tokens: &[Token<'_>]) -> Self {
        let mut coverage = Self::default();
        let mut run = 0;
        for token in tokens {
            if token.is(Tags::CLOSE_QUOTE | Tags::OPEN_QUOTE) {
                run = 0;
            }
            if token.is(Tags::WORD) {
                coverage.words += 1;
                run = if token.quoted { run + 1 } else { 0 };
                coverage.quoted += usize::from(token.quoted);
                coverage.longest = coverage.longest.max(run);
            }
        }
        coverage
    }

    /// Whether the sentence is for the most part somebody's speech.
    fn is_speech(&self) -> bool {
        self.longest >= SPEECH_WORDS && self.quoted * 2 >= self.words
    }
}

/// The attribution that decides: the first that reports, else the first trace of somebody else.
fn choose(found: &[Attribution]) -> Option<&Attribution> {
    let reports = found.iter().find(|attribution| attribution.reports);
    reports.or_else(|| {
        found
            .iter()
            .find(|attribution| attribution.source != Source::Author)
    })
}
