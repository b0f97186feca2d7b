//! Whether a sentence ends between two words.

use memchr::memchr_iter;

use super::abbreviation::classify;
use super::ending::{Ending, Stop, is_closer, is_note, is_opener, is_spaced_ellipsis};
use super::lexicon::{Abbreviation, LEXICON};
use super::list::{Marker, is_roman, is_rule, starts_with_bullet};
use super::words::words;
use crate::article::Span;

/// A paragraph in words.
pub(super) struct Paragraph<'t> {
    text: &'t str,
    words: Vec<Span>,
}

/// How a word starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// With a capital, or a letter of a script without capitals.
    Capital,
    /// With a small letter.
    Small,
    /// With a digit or the sign of a currency.
    Number,
    /// With none of these: "—", "&".
    Sign,
}

impl<'t> Paragraph<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let words = words(text);
        Self { text, words }
    }

    /// The spans of its sentences, in order.
    pub(super) fn sentences(&self) -> Vec<Span> {
        let mut sentences = Vec::with_capacity(self.words.len() / 16 + 1);
        let mut first = 0;
        let mut item = self.item_at(0);
        for last in 0..self.words.len() {
            let is_end = last + 1 == self.words.len()
                || self.ends(first, last)
                || item.is_some_and(|item| self.is_next_item(item, last + 1));
            if is_end {
                sentences.push(Span::new(self.words[first].start, self.words[last].end));
                first = last + 1;
                item = self.item_at(first).or(item.filter(|item| item.is_bracketed()));
            }
        }
        sentences
    }

    /// A word; past the end, the empty string.
    fn word(&self, index: usize) -> &'t str {
        self.words.get(index).map_or("", |span| span.of(self.text))
    }

    /// Whether the sentence that starts with the word `first` ends with the word `last`.
    fn ends(&self, first: usize, last: usize) -> bool {
        let (word, next) = (self.word(last), self.word(last + 1));
        if is_plain(word) && next.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return false;
        }
        if is_rule(word) || is_rule(next) || starts_with_bullet(next) {
            return true;
        }
        if self.opens_item(first, last) || self.trails(first, last + 1) {
            return false;
        }
        let stopped = self.stopped_word(first, last);
        let Some(ending) = Ending::of(self.word(stopped)) else {
            return is_emoticon(word) && self.start(last + 1) == Start::Capital;
        };
        if is_spaced_ellipsis(next) {
            return last + 2 < self.words.len();
        }
        match ending.stop {
            Stop::FullWidth => true,
            Stop::Mark => self.mark_ends(first, stopped, last, ending),
            Stop::Ellipsis => self.ellipsis_ends(first, stopped, last, ending),
            Stop::Period => self.period_ends(first, stopped, last, ending),
        }
    }

    fn mark_ends(&self, first: usize, stopped: usize, last: usize, ending: Ending) -> bool {
        let next = self.word(last + 1);
        let is_name = || {
            let capital = ending.core.starts_with(char::is_uppercase);
            stopped > first && capital && self.word(stopped).ends_with('!')
        };
        match self.start(last + 1) {
            Start::Capital => !(ending.closed && self.is_attribution(last + 1)),
            Start::Number => true,
            // Not: "Stop!" he said; stop! – he said; Yahoo! and others.
            Start::Small => !ending.closed && !next.starts_with(['-', '–', '—']) && !is_name(),
            Start::Sign => false,
        }
    }

    /// "Peter asked", "President Ott told": up to three names and a verb of saying.
    fn is_attribution(&self, index: usize) -> bool {
        let subject = letters(self.word(index));
        if LEXICON.is_starter(subject) && subject != "I" {
            return false;
        }
        let is_name = |&index: &usize| start_of(self.word(index)) == Start::Capital;
        let names = (index..index + 4).take_while(is_name).count();
        LEXICON.is_speech(letters(self.word(index + names)))
    }

    fn ellipsis_ends(&self, first: usize, stopped: usize, last: usize, ending: Ending) -> bool {
        let word = self.word(stopped);
        // Three spaced dots stand for words left out, the fourth is the stop.
        let omits = is_spaced_ellipsis(word) && word.matches('.').count() < 4;
        if omits || stopped == first && ending.core.is_empty() {
            return false;
        }
        match self.start(last + 1) {
            Start::Capital => !(ending.core.is_empty() && letters(self.word(last + 1)) == "I"),
            Start::Number => !ending.core.is_empty(),
            Start::Small | Start::Sign => false,
        }
    }

    fn period_ends(&self, first: usize, stopped: usize, last: usize, ending: Ending) -> bool {
        let next = self.word(last + 1);
        let start = self.start(last + 1);
        if self.is_ordinal(stopped, ending.core, last + 1) {
            return false;
        }
        if self.is_bracketed(stopped, ending) {
            return false;
        }
        match classify(ending.core) {
            None => match start {
                Start::Capital | Start::Number => true,
                Start::Small => !ending.closed,
                Start::Sign => false,
            },
            Some(Abbreviation::Title) => false,
            Some(Abbreviation::Reference) => start == Start::Capital && !is_reference_number(next),
            Some(Abbreviation::Clipped) => start == Start::Capital && self.is_starter(last + 1),
            Some(Abbreviation::Closing) => start == Start::Capital,
            Some(Abbreviation::Time) => {
                // "At 5 a.m. Peter rose": nothing has been said yet that could end.
                let opens = stopped <= first + 2;
                start == Start::Capital && !opens && !follows_time(next)
            }
        }
    }

    /// "Col. (ret.) Ott": a small word in brackets with a stop is an abbreviation.
    fn is_bracketed(&self, stopped: usize, ending: Ending) -> bool {
        let opens = self.word(stopped).starts_with('(');
        opens && ending.closed && ending.core.starts_with(char::is_lowercase)
    }

    /// "3. Mai", "der 2. Weltkrieg".
    fn is_ordinal(&self, number: usize, core: &str, next: usize) -> bool {
        if core.is_empty() || core.len() > 2 || !core.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let after_determiner = number > 0 && LEXICON.is_determiner(self.word(number - 1));
        let next = letters(self.word(next));
        LEXICON.is_counted(next) || after_determiner && !LEXICON.is_starter(next)
    }

    /// Whether the word `last` marks the item or the heading that the sentence is: "3.", "IV.".
    fn opens_item(&self, first: usize, last: usize) -> bool {
        let word = self.word(last);
        let is_first = last == first || last == first + 1 && starts_with_bullet(self.word(first));
        let is_heading = || word.strip_suffix('.').is_some_and(|number| is_roman(number) || is_letter(number));
        is_first && (Marker::of(word).is_some() || is_heading())
    }

    fn item_at(&self, first: usize) -> Option<Marker<'t>> {
        Marker::of(self.word(first)).or_else(|| {
            starts_with_bullet(self.word(first)).then(|| Marker::of(self.word(first + 1)))?
        })
    }

    /// Whether the word `index` starts the list item after `item`, for want of a stop before it.
    fn is_next_item(&self, item: Marker, index: usize) -> bool {
        let follows = Marker::of(self.word(index)).is_some_and(|marker| marker.follows(item));
        follows && (item.is_bracketed() || self.start(index + 1) == Start::Capital)
    }

    /// The last word up to `last` that could carry the stop of a sentence with trailing marks.
    fn stopped_word(&self, first: usize, last: usize) -> usize {
        let mut index = last;
        while index > first && last - index < MOST_TRAILING && self.trails(first, index) {
            index -= 1;
        }
        index
    }

    /// Whether the word `index` belongs to the sentence that was stopped before it: a footnote
    /// mark, an emoticon, a closing quotation mark on its own.
    fn trails(&self, first: usize, index: usize) -> bool {
        let word = self.word(index);
        is_note(word) || is_emoticon(word) || self.is_lone_closer(first, index) || self.is_lone_note(index)
    }

    fn is_lone_closer(&self, first: usize, index: usize) -> bool {
        match self.word(index) {
            ")" | "]" | "}" | "”" | "’" | "»" => true,
            quote @ ("\"" | "'") => {
                let end = self.words[index].start;
                let start = self.words[first].start.max(end.saturating_sub(LONGEST_QUOTATION));
                let before = &self.text.as_bytes()[start..end];
                memchr_iter(quote.as_bytes()[0], before).count() % 2 == 1
            }
            _ => false,
        }
    }

    /// A footnote number set apart: "the treaty. 12 The".
    fn is_lone_note(&self, index: usize) -> bool {
        let word = self.word(index);
        let is_number = (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
        let starts = || {
            let next = self.word(index + 1);
            next.starts_with(char::is_uppercase) && self.is_starter(index + 1)
        };
        let stops = || {
            let before = index.checked_sub(1).and_then(|before| Ending::of(self.word(before)));
            before.is_some_and(|ending| classify(ending.core).is_none())
        };
        is_number && starts() && stops()
    }

    /// Whether the word `index` often starts a sentence; "A." does not, it is an initial.
    fn is_starter(&self, index: usize) -> bool {
        let word = self.word(index);
        let start = letters(word);
        let is_initial = is_letter(start) && word.trim_end_matches(is_closer).ends_with('.');
        let starts_name = || self.start(index + 1) == Start::Capital;
        !is_initial && (LEXICON.is_starter(start) || LEXICON.is_particle(start) && !starts_name())
    }

    /// How the word `index` starts; a sign on its own starts as the word after it does.
    fn start(&self, index: usize) -> Start {
        match start_of(self.word(index)) {
            Start::Sign => start_of(self.word(index + 1)),
            start => start,
        }
    }
}

/// As many footnote marks and emoticons may follow a stop.
const MOST_TRAILING: usize = 4;

/// How far back the opening quotation mark of a lone closing one is looked for, in bytes.
const LONGEST_QUOTATION: usize = 500;

/// The common case, told from its first and last byte: no stop, nothing special.
fn is_plain(word: &str) -> bool {
    let last = word.bytes().next_back().unwrap_or(b' ');
    (last.is_ascii_alphabetic() || last == b',') && !word.starts_with([':', ';', '='])
}

/// ":-)", ";P", "=D".
fn is_emoticon(word: &str) -> bool {
    let face = word.strip_prefix([':', ';', '=']);
    let mouth = face.map(|face| face.trim_start_matches(['-', '\'']));
    mouth.is_some_and(|mouth| {
        !mouth.is_empty() && mouth.chars().all(|c| matches!(c, ')' | '(' | 'D' | 'P' | 'p' | 'O' | '/' | '|'))
    })
}

fn start_of(word: &str) -> Start {
    let bare = word.trim_start_matches(|c| is_opener(c) || matches!(c, '.' | '…'));
    let mut chars = bare.chars();
    match chars.next() {
        // "iPhone" starts a sentence as it stands.
        Some(first) if first.is_lowercase() => match chars.next() {
            Some(second) if second.is_uppercase() => Start::Capital,
            _ => Start::Small,
        },
        Some(first) if first.is_alphabetic() => Start::Capital,
        Some(first) if first.is_numeric() || "$€£¥".contains(first) => Start::Number,
        _ => Start::Sign,
    }
}

/// The first letters of `word`, up to an apostrophe or another sign.
fn letters(word: &str) -> &str {
    let bare = word.trim_start_matches(is_opener);
    let end = bare.find(|c: char| !c.is_alphabetic()).unwrap_or(bare.len());
    &bare[..end]
}

/// "IX", "B": what is counted with capitals.
fn is_reference_number(word: &str) -> bool {
    let number = letters(word);
    let is_word = matches!(word, "I" | "A");
    is_roman(number) || is_letter(number) && !is_word
}

/// "6 p.m. Monday", "6 p.m. GMT".
fn follows_time(word: &str) -> bool {
    let word = letters(word);
    let is_zone = (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    is_zone || LEXICON.is_date(word)
}

fn is_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}
