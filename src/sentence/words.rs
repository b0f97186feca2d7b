//! A text cut at white space, and where a sentence may end without any.

use super::ending::{is_closer, is_full_width_stop, is_stop};
use super::lexicon::LEXICON;
use super::start::letters;
use crate::article::Span;

/// The words of `text`: what white space separates, and the parts of such a stretch in which a
/// sentence visibly ends ("end.The next"). A spaced ellipsis (". . .") is one word.
pub(super) fn words(text: &str) -> Vec<Span> {
    let mut words: Vec<Span> = Vec::with_capacity(text.len() / 5);
    let mut after_dot = false;
    for chunk in chunks(text) {
        let word = chunk.of(text);
        match words.last_mut() {
            Some(dots) if after_dot && is_lone_dot(word) => dots.end = chunk.end,
            _ => push_parts(word, chunk.start, &mut words),
        }
        after_dot = word == ".";
    }
    words
}

/// The stretches of `text` without white space. Byte by byte: with `str::find` and
/// `char::is_whitespace` instead, splitting takes a quarter longer as a whole.
fn chunks(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(width) = space_width(text, at) {
            at += width;
        }
        let start = at;
        while at < text.len() && space_width(text, at).is_none() {
            at += 1;
        }
        (start < at).then(|| Span::new(start, at))
    })
}

/// The width in bytes of the white space that starts at the byte `at`, if any does.
fn space_width(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at)? {
        b' ' | b'\t'..=b'\r' => Some(1),
        // The bytes that the other white space of Unicode starts with.
        0xC2 | 0xE1..=0xE3 => {
            let char = text[at..].chars().next()?;
            char.is_whitespace().then(|| char.len_utf8())
        }
        _ => None,
    }
}

/// A dot of a spaced ellipsis, with the quotation mark that may close after it.
fn is_lone_dot(word: &str) -> bool {
    word.strip_prefix('.')
        .is_some_and(|rest| rest.chars().all(is_closer))
}

fn push_parts(word: &str, offset: usize, words: &mut Vec<Span>) {
    if !may_hold_stop(word) {
        words.push(Span::new(offset, offset + word.len()));
        return;
    }
    let mut start = 0;
    let mut address = None;
    let mut rest = word;
    while let Some(stop) = rest.find(is_stop) {
        let from_stop = &rest[stop..];
        let after_stop = from_stop.trim_start_matches(is_stop);
        let after = after_stop.trim_start_matches(is_closer);
        let end = word.len() - after.len();
        if after.is_empty() {
            break;
        }
        let stops = &from_stop[..from_stop.len() - after_stop.len()];
        let before = &word[start..word.len() - from_stop.len()];
        let is_address = *address.get_or_insert_with(|| looks_like_address(word));
        if stops.contains(is_full_width_stop) || ends_unspaced(before, stops, after) && !is_address
        {
            words.push(Span::new(offset + start, offset + end));
            start = end;
        }
        rest = after;
    }
    words.push(Span::new(offset + start, offset + word.len()));
}

/// Whether a stop may stand in `word` before its last byte; tells most words fast.
fn may_hold_stop(word: &str) -> bool {
    let inside = &word.as_bytes()[..word.len() - 1];
    inside
        .iter()
        .any(|&byte| matches!(byte, b'.' | b'!' | b'?') || !byte.is_ascii())
}

/// An e-mail address, a web address or a path.
fn looks_like_address(word: &str) -> bool {
    word.contains(['@', '/', '\\', '_', '=']) || word.starts_with("www.")
}

/// Whether the sentence that ends in `before` and `stops` is followed by `after` for want of a
/// space. Single stops also stand in names ("Amazon.Com"), question marks in for lost
/// apostrophes ("they?re"), so that the words around them have to look like more than that.
fn ends_unspaced(before: &str, stops: &str, after: &str) -> bool {
    let last_letters = before.chars().rev().take(2);
    if last_letters.filter(|c| c.is_lowercase()).count() < 2 {
        return false;
    }
    let head = letters(after);
    let Some(rest) = after.strip_prefix(head) else {
        return false;
    };
    if stops.contains(['!', '?']) {
        return head == "I" || head.len() > 2;
    }
    if !head.starts_with(char::is_uppercase) {
        return false;
    }
    if stops != "." {
        return head == "I" || head.chars().nth(1).is_some_and(char::is_lowercase);
    }
    let is_letter = |c: &char| c.is_alphabetic();
    let mut tail = before.chars().rev().take_while(is_letter);
    let is_plain = tail.all(char::is_lowercase) && head.len() > 3 && !rest.starts_with('.');
    is_plain || LEXICON.is_starter(head)
}
