//! How a word ends: its stop, and what closes after it.

/// What kind of stop a word carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// One full stop, which may belong to an abbreviation.
    Period,
    /// Dots that may stand for something left out.
    Ellipsis,
    /// An exclamation or question mark.
    Mark,
    /// A stop of a script that does not use it for anything else: 。！？।
    FullWidth,
}

/// The end of a word that carries a stop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending<'t> {
    /// The word without quotation marks, brackets and stop; empty where one closes before the stop.
    pub(super) core: &'t str,
    /// The stop.
    pub(super) stop: Stop,
    /// Whether a quotation mark or bracket closes after the stop.
    pub(super) closed: bool,
}

impl<'t> Ending<'t> {
    /// The ending of `word`; nothing if it does not end in a stop.
    pub(super) fn of(word: &'t str) -> Option<Self> {
        let unmarked = without_note(word);
        let open = unmarked.trim_end_matches(is_closer);
        let closed = open.len() < unmarked.len();
        if is_spaced_ellipsis(word) {
            let (core, stop) = ("", Stop::Ellipsis);
            return Some(Self { core, stop, closed });
        }
        let before = open.trim_end_matches(is_stop);
        let stops = &open[before.len()..];
        if stops.is_empty() || is_omission(word) {
            return None;
        }
        let core = match before.ends_with(is_closer) {
            true => "",
            false => before.trim_start_matches(is_opener),
        };
        let stop = Stop::of(stops);
        Some(Self { core, stop, closed })
    }
}

impl Stop {
    fn of(stops: &str) -> Self {
        if stops == "." {
            Self::Period
        } else if stops.contains(is_full_width_stop) {
            Self::FullWidth
        } else if stops.contains(['!', '?', '‼', '⁇', '⁈', '⁉']) {
            Self::Mark
        } else {
            Self::Ellipsis
        }
    }
}

/// ". . .", which is one word.
pub(super) fn is_spaced_ellipsis(word: &str) -> bool {
    let after_dot = word.strip_prefix('.');
    after_dot.is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// "[...]": something left out, not the end of anything.
fn is_omission(word: &str) -> bool {
    word.starts_with(['[', '(']) && word[1..].starts_with(['.', '…'])
}

/// `word` without the footnote marks after its stop: "treaty.[12]", "treaty.¹²", "treaty.12".
fn without_note(word: &str) -> &str {
    let mut rest = word.trim_end_matches(is_superscript);
    while let Some(open) = rest.strip_suffix(']').and_then(|_| rest.rfind('[')) {
        if open == 0 || !is_note(&rest[open..]) {
            break;
        }
        rest = &rest[..open];
    }
    let bare = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - bare.len();
    let stopped = bare.trim_end_matches(is_closer);
    let text = stopped.strip_suffix(['.', '!', '?']).unwrap_or("");
    let is_text = text.ends_with(|c: char| c.is_lowercase() || is_closer(c));
    let is_mark = is_text && (1..=3).contains(&digits);
    if is_mark { bare } else { rest }
}

/// A footnote mark in square brackets: "[12]", "[a]", "[3,4]", "[1][2]".
pub(super) fn is_note(word: &str) -> bool {
    let inside = word
        .strip_prefix('[')
        .and_then(|word| word.strip_suffix(']'));
    inside.is_some_and(|inside| {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | ']' | '[');
        (1..=12).contains(&inside.len()) && inside.chars().all(allowed)
    })
}

/// A character that ends sentences.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉') || is_full_width_stop(c)
}

/// A stop that needs no white space after it.
pub(super) fn is_full_width_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '।')
}

/// What may stand between a stop and the white space after it.
const CLOSERS: [char; 18] = [
    '"', '\'', '”', '’', '“', '‘', '»', '«', '›', ')', ']', '}', '」', '』', '）', '】', '*', '_',
];

/// What may stand before the first letter of a sentence.
const OPENERS: [char; 28] = [
    '"', '\'', '“', '‘', '„', '‚', '”', '’', '«', '»', '‹', '›', '(', '[', '{', '「', '『', '（',
    '【', '¿', '¡', '*', '_', '#', '—', '–', '-', '•',
];

/// Whether `c` may stand between a stop and the white space after it.
pub(super) fn is_closer(c: char) -> bool {
    CLOSERS.contains(&c)
}

/// Whether `c` may stand before the first letter of a sentence.
pub(super) fn is_opener(c: char) -> bool {
    OPENERS.contains(&c)
}

fn is_superscript(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '†' | '‡')
}
