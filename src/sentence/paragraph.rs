//! A paragraph in words, cut into sentences.

use memchr::memchr_iter;

use super::boundary::Boundary;
use super::ending::{Ending, is_closer, is_note, is_spaced_ellipsis};
use super::header::ends_line;
use super::lexicon::{LEXICON, classify};
use super::list::{Marker, starts_with_bullet};
use super::start::{Start, is_letter, is_roman, letters};
use super::words::words;
use crate::article::Span;

/// A paragraph in words.
pub(super) struct Paragraph<'t> {
    text: &'t str,
    words: Vec<Span>,
}

/// How far back the opening quotation mark of a lone closing one is looked for, in bytes.
const LONGEST_QUOTATION: usize = 500;

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
                // "1) They met. Twice. 2) They left.": brackets number across sentences.
                item = self.item_at(first).or(item.filter(Marker::is_bracketed));
            }
        }
        sentences
    }

    /// Whether the sentence that starts with the word `first` ends with the word `last`.
    fn ends(&self, first: usize, last: usize) -> bool {
        let (word, next) = (self.word(last), self.word(last + 1));
        if is_plain(word) && next.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return false;
        }
        if starts_with_bullet(next) || ends_line(self, first, last) {
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
        let boundary = Boundary {
            paragraph: self,
            first,
            stopped,
            ending,
            next: last + 1,
        };
        boundary.ends_sentence()
    }

    /// A word; past the end, the empty string.
    pub(super) fn word(&self, index: usize) -> &'t str {
        self.words.get(index).map_or("", |span| span.of(self.text))
    }

    /// How the word `index` starts; a sign on its own starts as the word after it does.
    pub(super) fn start(&self, index: usize) -> Start {
        match Start::of(self.word(index)) {
            Start::Sign => Start::of(self.word(index + 1)),
            start => start,
        }
    }

    /// Whether the word `index` often starts a sentence; "A." does not, it is an initial.
    pub(super) fn is_starter(&self, index: usize) -> bool {
        let word = self.word(index);
        let start = letters(word);
        let is_initial = is_letter(start) && word.trim_end_matches(is_closer).ends_with('.');
        let starts_name = || self.start(index + 1) == Start::Capital;
        let is_listed =
            || LEXICON.is_starter(start) || LEXICON.is_particle(start) && !starts_name();
        !is_initial && is_listed()
    }

    /// The marker of the list item that starts with the word `first`.
    fn item_at(&self, first: usize) -> Option<Marker<'t>> {
        let is_bullet = self.opens_with_bullet(first);
        Marker::of(self.word(if is_bullet { first + 1 } else { first }))
    }

    /// Whether the word `first` is no more than a bullet.
    fn opens_with_bullet(&self, first: usize) -> bool {
        let word = self.word(first);
        starts_with_bullet(word) && Marker::of(word).is_none()
    }

    /// Whether the word `last` marks the item or the heading that the sentence is: "3.", "IV.".
    fn opens_item(&self, first: usize, last: usize) -> bool {
        let is_first = last == first || last == first + 1 && self.opens_with_bullet(first);
        let word = self.word(last);
        let heading = word.strip_suffix('.');
        let is_heading = || heading.is_some_and(|number| is_roman(number) || is_letter(number));
        is_first && (Marker::of(word).is_some() || is_heading())
    }

    /// Whether the word `index` starts the list item after `item`, for want of a stop before it.
    fn is_next_item(&self, item: Marker, index: usize) -> bool {
        let follows = Marker::of(self.word(index)).is_some_and(|marker| marker.follows(item));
        follows && (item.is_bracketed() || self.start(index + 1) == Start::Capital)
    }

    /// The word up to `last` that carries the stop, if what comes after it are trailing marks.
    fn stopped_word(&self, first: usize, last: usize) -> usize {
        let mut index = last;
        while index > first && self.trails(first, index) {
            index -= 1;
        }
        index
    }

    /// Whether the word `index` belongs to the sentence that was stopped before it: a footnote
    /// mark, an emoticon, a closing quotation mark on its own.
    fn trails(&self, first: usize, index: usize) -> bool {
        let word = self.word(index);
        is_note(word)
            || is_emoticon(word)
            || self.is_lone_closer(first, index)
            || self.is_lone_note(index)
    }

    fn is_lone_closer(&self, first: usize, index: usize) -> bool {
        match self.word(index) {
            ")" | "]" | "}" | "”" | "’" | "»" => true,
            quote @ ("\"" | "'") => {
                let end = self.words[index].start;
                let reach = end.saturating_sub(LONGEST_QUOTATION);
                let start = self.words[first].start.max(reach);
                let before = &self.text.as_bytes()[start..end];
                memchr_iter(quote.as_bytes()[0], before).count() % 2 == 1
            }
            _ => false,
        }
    }

    /// A footnote number set apart: "the treaty. 12 The".
    fn is_lone_note(&self, index: usize) -> bool {
        let word = self.word(index);
        let is_number = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        if word.is_empty() || !is_number || index == 0 {
            return false;
        }
        let is_capital = self.word(index + 1).starts_with(char::is_uppercase);
        let is_stop = |ending: Ending| classify(ending.core).is_none();
        is_capital
            && self.is_starter(index + 1)
            && Ending::of(self.word(index - 1)).is_some_and(is_stop)
    }
}

/// The common case, told from the word's first and last byte: no stop, nothing special.
fn is_plain(word: &str) -> bool {
    let last = word.bytes().next_back().unwrap_or(b' ');
    (last.is_ascii_lowercase() || last == b',') && !word.starts_with([':', ';', '='])
}

/// ":-)", ";P", "=D".
fn is_emoticon(word: &str) -> bool {
    let face = word.strip_prefix([':', ';', '=']);
    let mouth = face.map_or("", |face| face.trim_start_matches(['-', '\'']));
    !mouth.is_empty() && mouth.chars().all(|c| "()DPpO/|".contains(c))
}
