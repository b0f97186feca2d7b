//! Lines, and the units that an article is sorted by.

use super::phrases::Phrases;
use super::{BlockKind, Span};

/// A line of a text, without the white space around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) span: Span,
    /// How many empty lines stand before it.
    pub(super) gap: usize,
    /// How many characters of white space it begins with.
    pub(super) indent: usize,
}

/// White space, and the byte order mark that a text may begin with.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The lines of `text` that are not empty. A form feed ends a line too.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut gap = 0;
    for line in text.split_inclusive([
        '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
    ]) {
        let trimmed = line.trim_start_matches(is_blank);
        let content = trimmed.trim_end_matches(is_blank);
        // The two characters of a Windows line end are one end.
        let half = line == "\n" && text[..start].ends_with('\r');
        if content.is_empty() {
            gap += usize::from(!half);
        } else {
            let first = start + line.len() - trimmed.len();
            lines.push(Line {
                span: Span::new(first, first + content.len()),
                gap,
                indent: line[..line.len() - trimmed.len()].chars().count(),
            });
            gap = 0;
        }
        start += line.len();
    }
    lines
}

/// `text` with every run of white space as one space.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// How a line or a unit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// `.`, `!`, `…`.
    Stop,
    /// `?`.
    Question,
    /// `:`.
    Colon,
    /// A comma, a dash, an open bracket.
    Dangling,
    /// A word that seldom is the last: `of`, `the`, `was`.
    Leaning,
    /// Any other word.
    Open,
}

impl End {
    /// How `text` ends, closing quotes and footnote marks aside.
    pub(super) fn of(text: &str) -> Self {
        let is_closer = |c: char| "\"'”’»›)]*_¹²³⁴⁵⁶⁷⁸⁹⁰".contains(c);
        let bare = without_footnote(text.trim_end())
            .trim_end_matches(is_closer)
            .trim_end();
        match bare.chars().next_back() {
            Some('.') if ends_in_abbreviation(bare) => Self::Open,
            Some('.' | '!' | '…' | '。' | '！' | '।' | '؟') => Self::Stop,
            Some('?' | '？') => Self::Question,
            Some(':') => Self::Colon,
            Some(',' | ';' | '-' | '–' | '—' | '(' | '[' | '‘' | '“' | '&' | '/') => {
                Self::Dangling
            }
            _ if ends_in_function_word(bare) => Self::Leaning,
            _ => Self::Open,
        }
    }

    /// Whether a sentence must go on.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Leaning | Self::Dangling)
    }

    /// Whether a sentence may be over.
    pub(super) fn is_sentence(self) -> bool {
        matches!(self, Self::Stop | Self::Question)
    }
}

/// `text` without the number of a footnote after its last stop (`settled.12`, `settled.”[3]`).
fn without_footnote(text: &str) -> &str {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']'));
    let mut last = bare.chars().rev();
    match (last.next(), last.next()) {
        (Some('.' | '?' | '!'), Some(before))
            if before.is_alphabetic() || "”’\")".contains(before) =>
        {
            bare
        }
        (Some('”' | '’' | '"'), Some('.' | '?' | '!')) => bare,
        _ => text,
    }
}

fn ends_in_abbreviation(text: &str) -> bool {
    static ABBREVIATIONS: Phrases = Phrases::new(
        "mr | mrs | ms | dr | prof | gen | sen | gov | rep | st | no | vs | lt | col | sgt | capt",
    );
    let word = text.rsplit(char::is_whitespace).next().unwrap_or(text);
    let word = word
        .trim_end_matches('.')
        .trim_start_matches(|c: char| !c.is_alphanumeric());
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    initial || dotted || ABBREVIATIONS.have(&word.to_lowercase())
}

fn ends_in_function_word(text: &str) -> bool {
    static WORDS: Phrases = Phrases::new(
        "a | an | the | of | in | on | at | to | for | from | by | with | and | or | but | nor | \
        as | that | which | who | whose | its | their | his | her | our | is | are | was | were \
        | than | into | between",
    );
    let word = text.rsplit(char::is_whitespace).next().unwrap_or(text);
    WORDS.have(&word.to_lowercase())
}

/// Whether `text` goes on in the middle of a sentence.
pub(super) fn starts_lower(text: &str) -> bool {
    text.chars()
        .find(|c| !"\"'“‘«([".contains(*c))
        .is_some_and(char::is_lowercase)
}

/// Whether `text` begins like an item of a list.
pub(super) fn starts_item(text: &str) -> bool {
    let Some((first, _)) = text.split_once(char::is_whitespace) else {
        return false;
    };
    let number = first
        .strip_suffix(['.', ')'])
        .unwrap_or_default()
        .trim_start_matches('(');
    matches!(
        first,
        "•" | "·" | "-" | "–" | "*" | "▪" | "●" | "◦" | "‣" | "o" | "—" | "►" | "■"
    ) || (!number.is_empty() && number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit()))
}

/// Whether `text` is a turn of an interview.
pub(super) fn is_turn(text: &str) -> bool {
    ["Q:", "A:", "Q."]
        .iter()
        .any(|speaker| text.starts_with(speaker))
}

/// One line of an unwrapped text, or the lines that a hard wrap has made of one paragraph.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) span: Span,
    /// Its text with white space folded.
    pub(super) text: String,
    /// How many words it has.
    pub(super) words: usize,
    /// How many empty lines stand before it.
    pub(super) gap: usize,
    /// How it ends.
    pub(super) end: End,
    /// What it is, where that is known before any sorting.
    pub(super) kind: Option<BlockKind>,
}

impl Unit {
    /// The unit of `text` at `span`, after `gap` empty lines.
    pub(super) fn new(text: &str, span: Span, gap: usize) -> Self {
        let folded = fold(span.of(text));
        Self {
            span,
            words: folded
                .split(' ')
                .filter(|word| word.contains(char::is_alphanumeric))
                .count(),
            end: End::of(&folded),
            text: folded,
            gap,
            kind: None,
        }
    }

    /// Whether it is running prose: it ends as a sentence does, or is too long for a heading.
    pub(super) fn is_prose(&self) -> bool {
        (self.end.is_sentence() && self.words > 2) || self.words > 20
    }

    /// Whether it holds one sentence at most; abbreviations make it say no too often.
    pub(super) fn is_one_sentence(&self) -> bool {
        let mut words = self.text.split(' ').peekable();
        while let Some(word) = words.next() {
            let more = words.peek().is_some_and(|next| !starts_lower(next));
            if more && End::of(word).is_sentence() {
                return false;
            }
        }
        true
    }
}
