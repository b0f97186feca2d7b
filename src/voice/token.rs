//! A sentence as words and the punctuation that parts its clauses.

use super::lexicon::{self, Tags};
use super::quotation::Quotes;

/// A word, comma, break or quotation mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub text: &'t str,
    /// Byte offset in the sentence.
    pub start: usize,
    pub tags: Tags,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
}

impl Token<'_> {
    pub fn is(&self, tags: Tags) -> bool {
        self.tags.any(tags)
    }

    /// Whether the token is this lower-case word.
    pub fn reads(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }
}

/// The tokens of a sentence. Full stops are no tokens: the sentence is known to be one.
pub(super) fn tokenise<'t>(text: &'t str, quotes: &Quotes) -> Vec<Token<'t>> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut spans = quotes.spans.iter().peekable();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if letter == ' ' {
            at += 1;
            continue;
        }
        while spans.next_if(|span| span.end < at).is_some() {}
        let span = spans.peek();
        let end = if letter.is_alphanumeric() {
            word_end(text, at, span.map_or(text.len(), |span| span.end))
        } else {
            at + letter.len_utf8()
        };
        let opens = span.is_some_and(|span| span.start == end);
        let closes = span.is_some_and(|span| span.end == at);
        if let Some(tags) = tags_of(&text[at..end], letter, opens, closes) {
            let quoted = span.is_some_and(|span| span.start <= at && at < span.end);
            tokens.push(Token {
                text: &text[at..end],
                start: at,
                tags,
                quoted,
            });
        }
        at = end;
    }
    tokens
}

/// The tags of a token; none for signs that part nothing.
fn tags_of(text: &str, letter: char, opens: bool, closes: bool) -> Option<Tags> {
    match letter {
        _ if letter.is_alphanumeric() => Some(tags_of_word(text, letter)),
        ',' => Some(Tags::COMMA),
        ':' | ';' | '–' | '—' | '(' | ')' | '[' | ']' => Some(Tags::BREAK),
        _ if is_mark(letter) && opens => Some(Tags::OPEN_QUOTE),
        _ if is_mark(letter) && closes => Some(Tags::CLOSE_QUOTE),
        _ => None,
    }
}

fn tags_of_word(word: &str, letter: char) -> Tags {
    let stem = stem_of(word);
    let mut tags = lexicon::look_up(uncontracted(stem)) | Tags::WORD;
    if tags == Tags::WORD {
        if let Some((_, last)) = stem.rsplit_once('-') {
            // "co-chairs", "ex-minister": what the last part is.
            tags = lexicon::look_up(last) | Tags::WORD;
        } else if word.len() > 4 && word.ends_with("ed") && letter.is_lowercase() {
            tags = tags | Tags::OTHER_VERB | Tags::PAST;
        }
    }
    if word.ends_with("n’t") || word.ends_with("n't") {
        tags = tags | Tags::NEGATION;
    }
    if letter.is_uppercase() {
        tags = tags | Tags::CAPITAL;
    }
    if stem.len() < word.len() {
        tags = tags | Tags::GENITIVE;
    }
    tags
}

fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\'' | '«' | '»' | '‘' | '’' | '‚' | '“' | '”' | '„'
    )
}

/// A word without its genitive ending.
pub(super) fn stem_of(word: &str) -> &str {
    let word = word
        .strip_suffix('s')
        .filter(|rest| rest.ends_with(['’', '\'']))
        .unwrap_or(word);
    word.strip_suffix(['’', '\'']).unwrap_or(word)
}

/// The first word of a contraction: "don’t", "they’ve".
fn uncontracted(word: &str) -> &str {
    let Some((first, rest)) = word.split_once(['’', '\'']) else {
        return word;
    };
    match rest {
        "t" => first.strip_suffix('n').unwrap_or(first),
        "ve" | "re" | "ll" | "d" | "m" => first,
        _ => word,
    }
}

/// Where the word that begins at `at` ends: letters and digits, signs between two of them
/// ("don’t", "U.S", "2.5", "60,000"), and the apostrophe of a plural possessive before `limit`.
fn word_end(text: &str, at: usize, limit: usize) -> usize {
    let mut end = at;
    loop {
        end += text.as_bytes()[end..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let mut letters = text[end..].chars();
        let Some(letter) = letters.next() else {
            return end;
        };
        let after = end + letter.len_utf8();
        let next = letters.next().unwrap_or(' ');
        let joins = match letter {
            '’' | '\'' | '-' | '.' => next.is_alphanumeric(),
            ',' => {
                text[..end].ends_with(|digit: char| digit.is_ascii_digit()) && next.is_ascii_digit()
            }
            _ => letter.is_alphanumeric(),
        };
        if !joins {
            let genitive =
                matches!(letter, '’' | '\'') && text[at..end].ends_with('s') && end < limit;
            return if genitive { after } else { end };
        }
        end = after;
    }
}
