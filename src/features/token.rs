//! Tokens: words, numbers and punctuation marks.
//!
//! A word is a run of letters and digits, apostrophes inside it included ("don't"), so that
//! negations stay whole; a possessive 's is a token of its own ("Moscow" + "'s"). Every other
//! character that is not white space is a token. Lowercased; ’ is read as '.

use std::ops::Range;

/// Where one token ends and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'t> {
    /// Letters and digits.
    Word(&'t str),
    /// One mark of punctuation or a symbol.
    Mark(&'t str),
}

impl Token<'_> {
    /// How the token is written in terms: lowercased, with ' for ’.
    pub(super) fn normal(self) -> String {
        let (Self::Word(written) | Self::Mark(written)) = self;
        written.to_lowercase().replace('’', "'")
    }
}

const LETTER: u8 = 1;
const SPACE: u8 = 2;
/// Part of a character that is not ASCII and is looked at as a whole.
const WIDE: u8 = 3;

/// What a byte is.
const CLASS: [u8; 256] = {
    let mut table = [WIDE; 256];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        if b.is_ascii_alphanumeric() || b == b'_' {
            table[byte] = LETTER;
        } else if b <= b' ' || b == 127 {
            table[byte] = SPACE;
        } else {
            table[byte] = 0;
        }
        byte += 1;
    }
    table
};

/// The tokens of a text, in order, as they are written.
///
/// ```
/// use stance::features::{Token, tokens};
/// let found: Vec<_> = tokens("Moscow’s reply: don't.").collect();
/// assert_eq!(found, [
///     Token::Word("Moscow"), Token::Word("’s"), Token::Word("reply"), Token::Mark(":"),
///     Token::Word("don't"), Token::Mark("."),
/// ]);
/// ```
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    spans(text).map(|(kind, span)| kind.token(&text[span]))
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Mark,
}

impl Kind {
    pub fn token(self, written: &str) -> Token<'_> {
        match self {
            Self::Word => Token::Word(written),
            Self::Mark => Token::Mark(written),
        }
    }
}

/// The tokens of a text, in order, and where they stand.
pub(super) fn spans(text: &str) -> impl Iterator<Item = (Kind, Range<usize>)> {
    Spans { text, at: 0 }
}

struct Spans<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Spans<'_> {
    type Item = (Kind, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        loop {
            let start = self.at;
            let (class, width) = class_at(self.text, bytes, start)?;
            self.at += width;
            match class {
                SPACE => {}
                LETTER => {
                    self.at = word_end(self.text, bytes, self.at);
                    return Some((Kind::Word, start..self.at));
                }
                _ if is_possessive(self.text, bytes, start) => {
                    self.at += 1;
                    return Some((Kind::Word, start..self.at));
                }
                _ => return Some((Kind::Mark, start..self.at)),
            }
        }
    }
}

#[inline]
fn class_at(text: &str, bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let class = CLASS[usize::from(*bytes.get(at)?)];
    if class != WIDE {
        return Some((class, 1));
    }
    let c = text[at..].chars().next()?;
    let class = if c.is_alphanumeric() {
        LETTER
    } else if c.is_whitespace() || c == '\u{feff}' {
        SPACE
    } else {
        0
    };
    Some((class, c.len_utf8()))
}

fn word_end(text: &str, bytes: &[u8], mut at: usize) -> usize {
    loop {
        at += ascii_letters(&bytes[at..]);
        if !matches!(bytes.get(at), Some(b'\'' | 0x80..)) {
            return at;
        }
        if let Some((LETTER, width)) = class_at(text, bytes, at) {
            at += width;
            continue;
        }
        let Some(mark) = apostrophe(bytes, at) else {
            return at;
        };
        let inside = matches!(class_at(text, bytes, at + mark), Some((LETTER, _)));
        if !inside || is_possessive(text, bytes, at) {
            return at;
        }
        at += mark;
    }
}

/// How many ASCII letters, digits and underscores stand first. Eight at a time, where a loop over
/// bytes would guess its end wrong at every other word.
fn ascii_letters(bytes: &[u8]) -> usize {
    let (chunks, rest) = bytes.as_chunks::<8>();
    for (number, &chunk) in chunks.iter().enumerate() {
        let others = !letters(u64::from_le_bytes(chunk)) & repeated(0x80);
        if others != 0 {
            return 8 * number + others.trailing_zeros() as usize / 8;
        }
    }
    let rest = rest.iter();
    8 * chunks.len()
        + rest
            .take_while(|&&b| CLASS[usize::from(b)] == LETTER)
            .count()
}

/// The highest bit of each byte that is an ASCII letter, digit or underscore; other bits at random.
fn letters(bytes: u64) -> u64 {
    let ascii = bytes & repeated(0x7f);
    let from = |bytes: u64, first: u8| bytes + repeated(0x80 - first);
    let range = |bytes, first, last: u8| from(bytes, first) & !from(bytes, last + 1);
    let lowercased = range(ascii | repeated(0x20), b'a', b'z');
    let digits = range(ascii, b'0', b'9');
    let underscores = range(ascii, b'_', b'_');
    (lowercased | digits | underscores) & !bytes
}

const fn repeated(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The width of an apostrophe at `at`.
fn apostrophe(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'\'' => Some(1),
        0xe2 if bytes[at..].starts_with("’".as_bytes()) => Some("’".len()),
        _ => None,
    }
}

/// Whether 's stands at `at`, behind a word and before no further letter.
fn is_possessive(text: &str, bytes: &[u8], at: usize) -> bool {
    let Some(mark) = apostrophe(bytes, at) else {
        return false;
    };
    let behind_word = text[..at]
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    behind_word
        && matches!(bytes.get(at + mark), Some(b's' | b'S'))
        && !matches!(class_at(text, bytes, at + mark + 1), Some((LETTER, _)))
}
