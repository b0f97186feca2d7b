//! Whether a stop ends its sentence.

use super::ending::{Ending, Stop, is_spaced_ellipsis};
use super::lexicon::{Abbreviation, LEXICON, classify};
use super::paragraph::Paragraph;
use super::start::{Start, is_letter, is_roman, letters};

/// A stop and the words around it, by their index in the paragraph.
pub(super) struct Boundary<'p, 't> {
    pub(super) paragraph: &'p Paragraph<'t>,
    /// The first word of the sentence.
    pub(super) first: usize,
    /// The word that carries the stop.
    pub(super) stopped: usize,
    /// How that word ends.
    pub(super) ending: Ending<'t>,
    /// The word that would start the next sentence.
    pub(super) next: usize,
}

impl<'t> Boundary<'_, 't> {
    pub(super) fn ends_sentence(&self) -> bool {
        match self.ending.stop {
            Stop::FullWidth => true,
            Stop::Mark => self.mark_ends(),
            Stop::Ellipsis => self.ellipsis_ends(),
            Stop::Period => self.period_ends(),
        }
    }

    fn mark_ends(&self) -> bool {
        match self.start() {
            Start::Capital => !(self.ending.closed && self.is_attribution()),
            Start::Number => true,
            Start::Small => {
                !self.ending.closed && !self.follows_dash() && !self.is_exclaimed_name()
            }
            Start::Sign => false,
        }
    }

    fn ellipsis_ends(&self) -> bool {
        let dots = self.stopped_word();
        // Three spaced dots stand for words left out, the fourth is the stop.
        let omits = is_spaced_ellipsis(dots) && dots.matches('.').count() < 4;
        let is_apart = self.ending.core.is_empty();
        let is_first = self.stopped == self.first;
        if omits || is_apart && is_first {
            return false;
        }
        match self.start() {
            // "I" has a capital anywhere.
            Start::Capital => !(is_apart && letters(self.next_word()) == "I"),
            Start::Number => !is_apart,
            Start::Small | Start::Sign => false,
        }
    }

    fn period_ends(&self) -> bool {
        let is_capital = self.start() == Start::Capital;
        if self.is_ordinal() || self.is_bracketed_abbreviation() {
            return false;
        }
        match classify(self.ending.core) {
            None => match self.start() {
                Start::Capital | Start::Number => true,
                Start::Small => !self.ending.closed,
                Start::Sign => false,
            },
            Some(Abbreviation::Title) => false,
            Some(Abbreviation::Reference) => is_capital && !self.precedes_number(),
            Some(Abbreviation::Clipped) => is_capital && self.paragraph.is_starter(self.next),
            Some(Abbreviation::Closing) => is_capital,
            Some(Abbreviation::Time) => {
                is_capital && !self.opens_with_time() && !self.time_goes_on()
            }
        }
    }

    fn stopped_word(&self) -> &'t str {
        self.paragraph.word(self.stopped)
    }

    fn next_word(&self) -> &'t str {
        self.paragraph.word(self.next)
    }

    fn start(&self) -> Start {
        self.paragraph.start(self.next)
    }

    /// "Stop!" Peter asked; "Stop!" President Ott told them: up to three names and a verb of saying.
    fn is_attribution(&self) -> bool {
        let subject = letters(self.next_word());
        if LEXICON.is_starter(subject) && subject != "I" {
            return false;
        }
        let is_name = |&index: &usize| Start::of(self.paragraph.word(index)) == Start::Capital;
        let names = (self.next..self.next + 4).take_while(is_name).count();
        LEXICON.is_speech(letters(self.paragraph.word(self.next + names)))
    }

    /// Is it so? – he asked.
    fn follows_dash(&self) -> bool {
        self.next_word().starts_with(['-', '–', '—'])
    }

    /// She reads Clarion! every week.
    fn is_exclaimed_name(&self) -> bool {
        let is_name = self.ending.core.starts_with(char::is_uppercase);
        is_name && self.stopped > self.first && self.stopped_word().ends_with('!')
    }

    /// "Col. (ret.) Ott": a small word in brackets with a stop.
    fn is_bracketed_abbreviation(&self) -> bool {
        let is_bracketed = self.ending.closed && self.stopped_word().starts_with('(');
        is_bracketed && self.ending.core.starts_with(char::is_lowercase)
    }

    /// "3. Mai", "der 2. Weltkrieg".
    fn is_ordinal(&self) -> bool {
        let number = self.ending.core;
        let is_number =
            matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || self.stopped == 0 {
            return false;
        }
        let next = letters(self.next_word());
        let determiner = self.paragraph.word(self.stopped - 1);
        LEXICON.is_counted(next) || LEXICON.is_determiner(determiner) && !LEXICON.is_starter(next)
    }

    /// "Art. IX", "Fig. B": what is counted with capitals.
    fn precedes_number(&self) -> bool {
        let word = self.next_word();
        let number = letters(word);
        is_roman(number) || is_letter(number) && !matches!(word, "I" | "A")
    }

    /// "At 5 a.m. Peter rose": nothing has been said yet that could end.
    fn opens_with_time(&self) -> bool {
        self.stopped <= self.first + 2
    }

    /// "6 p.m. Monday", "6 p.m. GMT".
    fn time_goes_on(&self) -> bool {
        let word = letters(self.next_word());
        let is_upper = word.bytes().all(|byte| byte.is_ascii_uppercase());
        is_upper && matches!(word.len(), 2..=4) || LEXICON.is_date(word)
    }
}
