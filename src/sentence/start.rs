//! How a word starts.

use super::ending::is_opener;

/// How a word starts, quotation marks and brackets aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// With a capital, or a letter of a script without capitals.
    Capital,
    /// With a small letter.
    Small,
    /// With a digit or the sign of a currency.
    Number,
    /// With none of these: "—", "&".
    Sign,
}

impl Start {
    pub(super) fn of(word: &str) -> Self {
        let bare = word.trim_start_matches(|c| is_opener(c) || matches!(c, '.' | '…'));
        let mut chars = bare.chars();
        let (first, second) = (chars.next(), chars.next());
        match first {
            // "iPhone" starts a sentence as it stands.
            Some(first) if first.is_lowercase() && !second.is_some_and(char::is_uppercase) => {
                Self::Small
            }
            Some(first) if first.is_alphabetic() => Self::Capital,
            Some(first) if first.is_numeric() || "$€£¥".contains(first) => Self::Number,
            _ => Self::Sign,
        }
    }
}

/// The first letters of `word`, up to an apostrophe or another sign.
pub(super) fn letters(word: &str) -> &str {
    let bare = word.trim_start_matches(is_opener);
    let end = bare.find(|c: char| !c.is_alphabetic());
    &bare[..end.unwrap_or(bare.len())]
}

/// Whether `word` is a single letter.
pub(super) fn is_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Whether `word` is a Roman numeral in capitals; "I" is not, it is a pronoun more often.
pub(super) fn is_roman(word: &str) -> bool {
    let is_numeral = word.bytes().all(|byte| b"IVXLC".contains(&byte));
    is_numeral && (2..=6).contains(&word.len()) || matches!(word, "V" | "X")
}
