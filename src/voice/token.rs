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
    if letter.is_alphanumeric() {
        let stem = stem_of(text);
        let mut tags = lexicon::look_up(uncontracted(stem)).and(Tags::WORD);
        if let Some((_, last)) = stem.rsplit_once('-').filter(|_| tags == Tags::WORD) {
            // "co-chairs", "ex-minister": what the last part is.
            tags = lexicon::look_up(last).and(Tags::WORD);
        }
        if text.ends_with("n’t") || text.ends_with("n't") {
            tags = tags.and(Tags::NEGATION);
        }
        if tags == Tags::WORD && text.ends_with("ed") && text.len() > 4 {
            tags = tags.and(Tags::OTHER_VERB).and(Tags::PAST);
        }
        if letter.is_uppercase() {
            tags = tags.and(Tags::CAPITAL);
        }
        if stem.len() < text.len() {
            tags = tags.and(Tags::GENITIVE);
        }
        return Some(tags);
    }
    match letter {
        ',' => Some(Tags::COMMA),
        ':' | ';' | '–' | '—' | '(' | ')' | '[' | ']' => Some(Tags::BREAK),
        _ if is_mark(letter) && opens => Some(Tags::OPEN_QUOTE),
        _ if is_mark(letter) && closes => Some(Tags::CLOSE_QUOTE),
        _ => None,
    }
}

fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\'' | '«' | '»' | '‘' | '’' | '‚' | '“' | '”' | '„'
    )
}

/// A word without its genitive ending.
pub(super) fn stem_of(word: &str) -> &str {
    ["’s", "'s", "’", "'"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word)
}

/// The first word of a contraction: "don’t", "they’ve".
fn uncontracted(word: &str) -> &str {
    let endings = [
        "n’t", "n't", "’ve", "'ve", "’re", "'re", "’ll", "'ll", "’d", "'d", "’m", "'m",
    ];
    endings
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word)
}

/// Where the word that begins at `at` ends: letters and digits, signs between two of them
/// ("don’t", "U.S", "2.5"), and the apostrophe of a plural possessive before `limit`.
fn word_end(text: &str, at: usize, limit: usize) -> usize {
    let mut end = at;
    let mut before = ' ';
    let mut letters = text[at..].char_indices().peekable();
    while let Some((offset, letter)) = letters.next() {
        let next = letters.peek().map(|&(_, next)| next);
        let joins = matches!(letter, '’' | '\'' | '-' | '.')
            && next.is_some_and(char::is_alphanumeric)
            || letter == ','
                && before.is_ascii_digit()
                && next.is_some_and(|next| next.is_ascii_digit());
        let genitive =
            matches!(letter, '’' | '\'') && text[at..end].ends_with('s') && at + offset < limit;
        if !letter.is_alphanumeric() && !joins && !genitive {
            break;
        }
        end = at + offset + letter.len_utf8();
        before = letter;
        if genitive && !joins {
            break;
        }
    }
    end
}
