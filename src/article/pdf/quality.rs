//! Whether extracted text is made of words.

/// The least share of letters among the characters that are no white space; prose has about .95.
const MIN_LETTERS: f64 = 0.6;

/// The largest share of characters that no font gave a meaning.
const MAX_UNKNOWN: f64 = 0.01;

/// The mean length of words, in letters. English prose has about 4.8, German 6, Finnish 8.
const MEAN_WORD: std::ops::RangeInclusive<f64> = 3.2..=12.0;

/// The largest share of words of one letter: 3 % in English, some 15 % in Russian.
const MAX_SINGLE: f64 = 0.25;

/// A word of more letters is several glued together.
const GLUED: usize = 30;

/// The largest share of glued words.
const MAX_GLUED: f64 = 0.02;

/// The fewest letters that can be judged by the length of their words.
const MIN_JUDGED: usize = 100;

/// What is wrong with text extracted from a PDF; `None` if it can be trusted.
///
/// ```
/// use stance::article::pdf::fault;
/// assert_eq!(fault("The talks resumed on Monday, and nobody left early."), None);
/// assert!(fault("\u{fffd}\u{fffd}\u{fffd} 1 2 3").is_some());
/// ```
#[must_use]
pub fn fault(text: &str) -> Option<String> {
    let shown: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let letters = shown.iter().filter(|c| c.is_alphabetic()).count();
    let unknown = shown.iter().filter(|c| is_unknown(**c)).count();
    if shown.is_empty() {
        return Some("it holds no text (a scan?)".to_owned());
    }
    if share(unknown, shown.len()) > MAX_UNKNOWN {
        return Some("its fonts do not say which letters they draw".to_owned());
    }
    if share(letters, shown.len()) < MIN_LETTERS {
        return Some("what comes out is mostly not letters".to_owned());
    }
    word_fault(text)
}

/// Words split or glued. Scripts that put no spaces between words cannot be judged so.
fn word_fault(text: &str) -> Option<String> {
    let lengths: Vec<usize> = text
        .split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’' | '-'))
        .filter(|word| word.chars().all(|c| c < '\u{2e80}'))
        .map(|word| word.chars().filter(|c| c.is_alphabetic()).count())
        .filter(|letters| *letters > 0)
        .collect();
    let letters: usize = lengths.iter().sum();
    if letters < MIN_JUDGED {
        return None;
    }
    let having = |test: fn(usize) -> bool| {
        share(
            lengths.iter().filter(|length| test(**length)).count(),
            lengths.len(),
        )
    };
    let mean = share(letters, lengths.len());
    if mean < *MEAN_WORD.start() || having(|length| length == 1) > MAX_SINGLE {
        return Some("its words come out split".to_owned());
    }
    if mean > *MEAN_WORD.end() || having(|length| length > GLUED) > MAX_GLUED {
        return Some("its words come out glued together".to_owned());
    }
    None
}

/// Replacement characters, control characters and private use.
fn is_unknown(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}')
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
