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
        let before = open.trim_end_matches(is_stop);
        let stops = &open[before.len()..];
        if is_spaced_ellipsis(word) {
            let (core, stop, closed) = ("", Stop::Ellipsis, open.len() < word.len());
            return Some(Self { core, stop, closed });
        }
        if stops.is_empty() || is_omission(word) {
            return None;
        }
        let core = match before.chars().next_back() {
            Some(last) if is_closer(last) => "",
            _ => before.trim_start_matches(is_opener),
        };
        Some(Self {
            core,
            stop: Stop::of(stops),
            closed: open.len() < unmarked.len(),
        })
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

/// `word` without the footnote mark after its stop: "treaty.[12]", "treaty.¹²", "treaty.12".
fn without_note(word: &str) -> &str {
    let mut rest = word.trim_end_matches(is_superscript);
    while let Some(open) = rest.strip_suffix(']').and_then(|_| rest.rfind('[')) {
        if !is_note(&rest[open..]) || open == 0 {
            break;
        }
        rest = &rest[..open];
    }
    let undigited = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - undigited.len();
    let text = undigited.trim_end_matches(is_closer);
    let stopped = text.strip_suffix(['.', '!', '?']);
    let worded =
        stopped.is_some_and(|text| text.ends_with(|c: char| c.is_lowercase() || is_closer(c)));
    match (1..=3).contains(&digits) && worded {
        true => undigited,
        false => rest,
    }
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

/// A character that may stand between a stop and the white space after it.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '“'
            | '‘'
            | '»'
            | '«'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '*'
            | '_'
    )
}

/// A character that may stand before the first letter of a sentence.
pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '”'
            | '’'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '('
            | '['
            | '{'
            | '「'
            | '『'
            | '（'
            | '【'
            | '¿'
            | '¡'
            | '*'
            | '_'
            | '#'
            | '—'
            | '–'
            | '-'
            | '•'
    )
}

fn is_superscript(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '†' | '‡')
}
