//! Where sentences begin and end.
//!
//! A sentence is a span of its text: spans come in order, do not overlap, neither start nor end
//! with white space, and nothing but white space lies between them. The room never copies or
//! alters text, has never heard of a language model, and takes time linear in the text.

mod boundary;
mod ending;
mod header;
mod lexicon;
mod list;
mod paragraph;
mod start;
mod words;

use std::borrow::Cow;

use crate::article::Span;
use paragraph::Paragraph;

/// The sentences of a paragraph. A line break is white space like any other, so that a paragraph
/// may be wrapped at any width; for a text of several paragraphs see [`split_text`].
///
/// ```
/// let text = "The U.S. envoy met Gen. Ott at 5 p.m. “No deal!” he said. They meet again\non 3 May.";
/// let sentences: Vec<&str> = stance::sentence::split(text).iter().map(|span| span.of(text)).collect();
/// assert_eq!(sentences, [
///     "The U.S. envoy met Gen. Ott at 5 p.m.",
///     "“No deal!” he said.",
///     "They meet again\non 3 May.",
/// ]);
/// ```
#[must_use]
pub fn split(text: &str) -> Vec<Span> {
    Paragraph::new(text).sentences()
}

/// The sentences of a text of several paragraphs: a blank line and a line that starts with the
/// mark of a list item end a sentence whatever stands before them.
///
/// ```
/// let text = "Two points\n\n- no treaty\n- no date";
/// let sentences: Vec<&str> = stance::sentence::split_text(text).iter().map(|span| span.of(text)).collect();
/// assert_eq!(sentences, ["Two points", "- no treaty", "- no date"]);
/// ```
#[must_use]
pub fn split_text(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() || list::starts_item(line) {
            sentences.extend(
                split(&text[start..end])
                    .iter()
                    .map(|span| span.shifted(start)),
            );
            start = end;
        }
        end += line.len();
    }
    sentences.extend(split(&text[start..]).iter().map(|span| span.shifted(start)));
    sentences
}

/// `text` without white space at its ends, and with a single space for every stretch of white
/// space inside (line breaks and no-break spaces included).
///
/// ```
/// assert_eq!(stance::sentence::fold(" no\u{a0}deal,\n\nno  date "), "no deal, no date");
/// ```
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    let is_plain = |c: char| c == ' ' || !c.is_whitespace();
    if trimmed.chars().all(is_plain) && !trimmed.contains("  ") {
        return Cow::Borrowed(trimmed);
    }
    let words: Vec<&str> = trimmed.split_whitespace().collect();
    Cow::Owned(words.join(" "))
}
