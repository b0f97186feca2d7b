//! Dates of publication as people print them.
//!
//! A date that could be two days is none: `12/05/2016` is May in Leeds and December in Boston.

use super::phrases::Phrases;
use jiff::civil::Date;

use super::Span;

/// The date that `text` names, as in `12 May 2016`, `Published: Thursday, May 12th, 2016`,
/// `2016-05-12T09:30:00Z` or `13/05/2016`; the earliest where there are several, since an
/// article is published before it is updated.
///
/// ```
/// use stance::article::date;
/// assert_eq!(date::parse("May 12, 2016"), Some(jiff::civil::date(2016, 5, 12)));
/// assert_eq!(date::parse("12/05/2016"), None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    find(text).into_iter().map(|(date, _)| date).min()
}

/// Every date in `text` and where it stands.
pub(super) fn find(text: &str) -> Vec<(Date, Span)> {
    let mut dates = Vec::new();
    // Most lines of an article have no number in them and need not be read closely.
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return dates;
    }
    let tokens = tokens(text);
    let mut at = 0;
    while at < tokens.len() {
        match date_at(text, &tokens[at..]) {
            Some((date, used)) => {
                let span = Span::new(tokens[at].span.start, tokens[at + used - 1].span.end);
                dates.push((date, span));
                at += used;
            }
            None => at += 1,
        }
    }
    dates
}

/// Whether a line says when, and nothing else: `Posted on 12 May 2016 at 9.30am`, `May 2016`.
pub(super) fn is_dateline(text: &str) -> bool {
    if text.len() > 120 || !text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let tokens = tokens(text);
    let numeric = (0..tokens.len()).any(|at| separators(text, &tokens[at..]).is_some());
    let known = |token: &Token| {
        token.number.is_some() || token.month.is_some() || is_date_word(token.of(text))
    };
    let month = tokens.iter().any(|token| token.month.is_some());
    let numbers = tokens.iter().filter(|token| token.number.is_some()).count();
    tokens.iter().all(known) && (numeric || (month && numbers > 0))
}

fn is_date_word(word: &str) -> bool {
    static WORDS: Phrases = Phrases::new(
        "on | at | of | the | published | posted | updated | last | modified | date | first | \
        print | edition | issued | release | released | online | time | created | am | pm | gmt \
        | utc | est | edt | pst | pdt | bst | jst | cet | cest | et | st | nd | rd | th | t | z \
        | monday | tuesday | wednesday | thursday | friday | saturday | sunday | mon | tue | \
        tues | wed | thu | thurs | fri | sat | sun | msk | page | uk | uhr | le | um | \
        г | года",
    );
    WORDS.have(&word.to_lowercase())
}

/// A run of digits or of letters.
struct Token {
    span: Span,
    number: Option<i16>,
    month: Option<i8>,
}

impl Token {
    fn of<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }

    fn year(&self) -> Option<i16> {
        let four_digits = self.span.end - self.span.start == 4;
        self.number.filter(|year| four_digits && *year >= 1000)
    }

    fn small(&self) -> Option<i8> {
        let short = self.span.end - self.span.start <= 2;
        self.number
            .filter(|_| short)
            .and_then(|number| i8::try_from(number).ok())
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        let digits = first.is_ascii_digit();
        if !digits && !first.is_alphabetic() {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = characters.next_if(|(_, c)| {
            if digits {
                c.is_ascii_digit()
            } else {
                c.is_alphabetic()
            }
        }) {
            end = at + c.len_utf8();
        }
        let word = &text[start..end];
        tokens.push(Token {
            span: Span::new(start, end),
            number: word.parse().ok().filter(|_| digits),
            month: month(word),
        });
    }
    tokens
}

/// The months in English, German, French, Spanish and Russian, as they stand beside a day.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janvier", "enero", "января"],
    &["february", "februar", "février", "febrero", "февраля"],
    &["march", "märz", "mars", "marzo", "марта"],
    &["april", "avril", "abril", "апреля"],
    &["may", "mai", "mayo", "мая"],
    &["june", "juni", "juin", "junio", "июня"],
    &["july", "juli", "juillet", "julio", "июля"],
    &["august", "août", "agosto", "августа"],
    &["september", "septembre", "septiembre", "сентября"],
    &["october", "oktober", "octobre", "octubre", "октября"],
    &["november", "novembre", "noviembre", "ноября"],
    &["december", "dezember", "décembre", "diciembre", "декабря"],
];

fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let matches = |names: &[&str]| {
        names.contains(&word.as_str())
            || (word.len() == 3 && names[0].starts_with(&word))
            || (word == "sept" && names[0].starts_with("sept"))
    };
    let index = MONTHS.iter().position(|names| matches(names))?;
    i8::try_from(index + 1).ok()
}

/// The date that begins with the first token, and how many tokens it takes.
fn date_at(text: &str, tokens: &[Token]) -> Option<(Date, usize)> {
    numeric(text, tokens).or_else(|| worded(text, tokens))
}

/// `2016-05-12`, `13.05.2016`, `05/13/2016`.
fn numeric(text: &str, tokens: &[Token]) -> Option<(Date, usize)> {
    let separator = separators(text, tokens)?;
    let [a, b, c] = tokens.get(..3)? else {
        return None;
    };
    let date = match (a.year(), c.year()) {
        (Some(year), _) => Date::new(year, b.small()?, c.small()?).ok(),
        (None, Some(year)) => {
            let day_first = Date::new(year, b.small()?, a.small()?).ok();
            let month_first = Date::new(year, a.small()?, b.small()?).ok();
            match (day_first, month_first) {
                // Nobody writes the month first with dots.
                (Some(date), _) if separator == "." => Some(date),
                (Some(date), Some(other)) => (date == other).then_some(date),
                (one, other) => one.or(other),
            }
        }
        (None, None) => None,
    };
    date.map(|date| (date, 3))
}

/// What stands between three numbers, if it is the same `-`, `/` or `.` twice.
fn separators<'t>(text: &'t str, tokens: &[Token]) -> Option<&'t str> {
    let [a, b, c] = tokens.get(..3)? else {
        return None;
    };
    let numbers = [a, b, c].iter().all(|token| token.number.is_some());
    let first = &text[a.span.end..b.span.start];
    let same = first == &text[b.span.end..c.span.start];
    (numbers && same && matches!(first, "-" | "/" | ".")).then_some(first)
}

/// `12 May 2016`, `12th of May, 2016`, `May 12th, 2016`, `2016 May 12`.
fn worded(text: &str, tokens: &[Token]) -> Option<(Date, usize)> {
    let mut parts: Vec<&Token> = Vec::with_capacity(3);
    let mut used = 0;
    for token in tokens.iter().take(6) {
        let near = used == 0 || is_gap(&text[tokens[used - 1].span.end..token.span.start]);
        if !near || parts.len() == 3 {
            break;
        }
        if token.number.is_some() || token.month.is_some() {
            parts.push(token);
        } else if used == 0
            || !matches!(
                token.of(text).to_lowercase().as_str(),
                "st" | "nd" | "rd" | "th" | "of"
            )
        {
            break;
        }
        used += 1;
    }
    let [a, b, c] = parts[..] else { return None };
    let (day, month, year) = match (a.month, b.month) {
        (None, Some(month)) if a.year().is_some() => (c.small()?, month, a.year()?),
        (None, Some(month)) => (a.small()?, month, c.year()?),
        (Some(month), None) => (b.small()?, month, c.year()?),
        _ => return None,
    };
    let date = Date::new(year, month, day).ok()?;
    Some((date, used))
}

/// Whether the parts of a date may stand this far from each other.
fn is_gap(between: &str) -> bool {
    between.chars().count() <= 2
        && between
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'))
}
