//! Lines that have run together with the prose around them and end without a stop: drawn rules
//! and what stands over a message, "Ada Lind 04/26/2001 07:17 AM".

use super::paragraph::Paragraph;
use super::start::Start;

/// Whether the sentence that starts with the word `first` is parted from what follows the word
/// `last` by the end of such a line.
pub(super) fn ends_line(paragraph: &Paragraph, first: usize, last: usize) -> bool {
    let (word, next) = (paragraph.word(last), paragraph.word(last + 1));
    if is_rule(word) || is_rule(next) {
        return true;
    }
    let is_capital = paragraph.start(last + 1) == Start::Capital;
    if starts_stamp(paragraph, last + 1) {
        return is_mail_address(word) || Start::of(word) == Start::Capital;
    }
    if ends_stamp(paragraph, last) {
        return is_capital || starts_stamp(paragraph, first);
    }
    is_mail_address(word) && word.ends_with('>') && is_capital
}

/// A line drawn with characters: "=====", "***".
fn is_rule(word: &str) -> bool {
    let Some(first @ (b'=' | b'*' | b'_' | b'~' | b'#' | b'-')) = word.bytes().next() else {
        return false;
    };
    // Dashes come in threes, and blanks to be filled in are underlined.
    let shortest = match first {
        b'_' => 10,
        b'-' => 4,
        _ => 3,
    };
    word.len() >= shortest && word.bytes().all(|byte| byte == first)
}

fn is_mail_address(word: &str) -> bool {
    word.contains('@')
}

/// Whether a date and the time of day start at the word `index`.
fn starts_stamp(paragraph: &Paragraph, index: usize) -> bool {
    is_numbers(paragraph.word(index), '/') && is_numbers(paragraph.word(index + 1), ':')
}

/// Whether a date and the time of day, with "AM" or "PM" if it is given, end at the word `index`.
fn ends_stamp(paragraph: &Paragraph, index: usize) -> bool {
    let is_half = |index| matches!(paragraph.word(index), "AM" | "PM");
    let half = usize::from(is_half(index));
    let date = index.checked_sub(half + 1);
    date.is_some_and(|date| starts_stamp(paragraph, date)) && !is_half(index + 1)
}

/// "04/26/2001" with '/', "07:17" or "07:17:12" with ':'.
fn is_numbers(word: &str, separator: char) -> bool {
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = |part: &str| matches!(part.len(), 1..=4) && is_digits(part);
    let least = if separator == '/' { 3 } else { 2 };
    let mut parts = word.split(separator);
    parts.all(is_number) && (least..=3).contains(&word.split(separator).count())
}
