//! Who wrote it, as a byline says: `By Jane Doe and John Roe`, `Author: Jane Doe, University of …`.

use super::date;
use super::name::{is_generation, is_name, leading_name, without_degrees, without_titles};
use super::phrases::Phrases;
use super::unit::fold;

/// What introduces names.
static INTRODUCTIONS: Phrases = Phrases::new(
    "article written by | written by | posted by | published by | reported by | reporting by | \
    analysis by | opinion by | commentary by | essay by | story by | text by | words by | \
    authors | author | by: | by",
);

/// What introduces names in other languages, where a person's name follows.
const FOREIGN: [&str; 6] = ["Von", "Par", "Por", "Oleh", "Autor", "Автор"];

/// The names in a byline or in a field of authors, as printed but without titles and offices:
/// `By Dr Jane Doe and JOHN ROE, Staff Writer` gives `Jane Doe` and `JOHN ROE`. `Brown, James`
/// is one name; where nothing looks like a person's name, the whole is one
/// (`The Editorial Board`).
///
/// ```
/// use stance::article::byline::authors;
/// assert_eq!(authors("By A. Doe, B. Roe and C. Poe"), ["A. Doe", "B. Roe", "C. Poe"]);
/// assert_eq!(authors("Brown, James D. J."), ["Brown, James D. J."]);
/// assert!(authors("Staff Writer").is_empty());
/// ```
#[must_use]
pub fn authors(text: &str) -> Vec<String> {
    let folded = fold(text);
    let text = introduced(&folded).unwrap_or(&folded);
    let mut authors = Vec::new();
    for part in text.split([';', '|']).map(str::trim) {
        if is_inverted(part) {
            authors.push(part.to_string());
        } else {
            authors.extend(names(part));
        }
    }
    if authors.is_empty() && !is_anonymous(text) {
        authors.push(text.trim_end_matches(['.', ',']).to_string());
    }
    authors
}

/// The names of a line that is a byline and nothing else, perhaps with a date.
/// `seen_title` allows what might be a headline too: `By The Editorial Board`.
pub(super) fn of_line(line: &str, seen_title: bool) -> Option<Vec<String>> {
    if line.len() > 250 {
        return None;
    }
    let dated = date::find(line).into_iter().next_back();
    let (before, after) = match &dated {
        Some((_, span)) => (&line[..span.start], &line[span.end..]),
        None => (line, ""),
    };
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')'));
    let pieces = before
        .split(['|', '•', '·'])
        .chain(after.split(['|', '•', '·', '—', '–']));
    let pieces = pieces.map(|piece| piece.trim().trim_end_matches(" on"));
    let mut rest = pieces.map(|piece| {
        piece
            .trim()
            .trim_start_matches(['-', '–', '—', ',', ' ', '*', '_'])
    });
    let barred = dated.is_some() && line.contains(['|', '•', '·']);
    rest.find_map(|piece| names_of_piece(piece, seen_title, barred))
}

/// `barred`: a bar parts the piece from a date (`Port Halve, 12 May 2016` is a place).
fn names_of_piece(piece: &str, seen_title: bool, barred: bool) -> Option<Vec<String>> {
    let piece = piece.trim_end_matches(['*', '_', ',']);
    let Some(rest) = introduced(piece).or_else(|| introduced_abroad(piece)) else {
        return (barred && is_name(piece)).then(|| vec![piece.to_string()]);
    };
    let names = names(rest);
    if names.is_empty() {
        let capitalised = |word: &str| {
            word.starts_with(char::is_uppercase) || matches!(word, "of" | "and" | "the" | "for")
        };
        let collective = seen_title
            && (1..7).contains(&rest.split(' ').count())
            && rest.split(' ').all(capitalised);
        return collective.then(|| authors(rest));
    }
    let bare = without_brackets(rest);
    let first = without_titles(&bare);
    first.starts_with(names[0].as_str()).then_some(names)
}

/// What follows `By`, `Written by`, `Author:` and their like.
fn introduced(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(['*', '_', '(', '—', '–', '-', ' ']);
    INTRODUCTIONS.all().iter().find_map(|introduction| {
        let head = text.get(..introduction.len())?;
        let rest = &text[introduction.len()..];
        let colon = rest.trim_start().starts_with(':');
        let noun = introduction.starts_with("author");
        let fits = head.eq_ignore_ascii_case(introduction)
            && (colon || (!noun && rest.starts_with(' ')) || head.ends_with(':'));
        fits.then(|| rest.trim_start_matches([':', ' ', '*', '_']))
    })
}

/// What follows `Von`, `Par:` and their like, if a name does.
fn introduced_abroad(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(' ')?;
    let introduced = FOREIGN.contains(&first.trim_end_matches(':'));
    (introduced && leading_name(rest).is_some()).then_some(rest)
}

/// The names of persons in a list with commas and `and`; offices and institutions are left out.
fn names(text: &str) -> Vec<String> {
    let text = without_brackets(text);
    let mut names: Vec<String> = Vec::new();
    for segment in segments(&text) {
        let end = [" in ", " for ", " at ", " of ", " from ", " is ", " on "]
            .iter()
            .filter_map(|word| segment.find(word))
            .min()
            .unwrap_or(segment.len());
        let segment = without_titles(&segment[..end]).trim_matches(['*', '_', ' ', '.', '—', '–']);
        let segment = without_degrees(segment);
        // The dot of `Martin King Jr.` was trimmed; that of `Jane D.` cannot end a name.
        match names.last_mut() {
            Some(last) if !segment.contains(' ') && is_generation(segment) => {
                *last = format!("{last}, {segment}")
            }
            _ if is_name(segment) && !is_institution(segment) => names.push(segment.to_string()),
            _ => {}
        }
    }
    names
}

fn segments(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '|', '/', '&'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" AND "))
        .flat_map(|part| part.split(" with "))
        .map(|part| part.trim().trim_start_matches("and "))
        .filter(|part| !part.is_empty())
}

/// `text` without what stands in round brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

/// `Brown, James D. J.`: one word, a comma, given names.
fn is_inverted(text: &str) -> bool {
    let Some((surname, given)) = text.split_once(", ") else {
        return false;
    };
    !surname.contains(' ')
        && !given.contains([',', '&'])
        && !given.contains(" and ")
        && is_name(&format!("{given} {surname}"))
}

/// Capitalised words that make a segment a place of work.
fn is_institution(text: &str) -> bool {
    text.split(' ').any(|word| {
        matches!(
            word,
            "Academy"
                | "Associates"
                | "Campus"
                | "Chatham"
                | "Club"
                | "Commission"
                | "Committee"
                | "Group"
                | "House"
                | "Initiative"
                | "Society"
                | "Association"
                | "Studies"
                | "Policy"
                | "Research"
                | "Project"
                | "Network"
                | "Programme"
                | "Program"
                | "Chief"
                | "Affairs"
                | "Today"
                | "Bureau"
        )
    })
}

/// Fields that name nobody: empty, an address, `admin`, `Staff Writer`.
fn is_anonymous(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    !lower.contains(char::is_alphabetic)
        || lower.contains("://")
        || lower.starts_with('@')
        || (lower.contains('@') && !lower.contains(' '))
        || matches!(
            lower.as_str(),
            "admin"
                | "administrator"
                | "staff"
                | "staff writer"
                | "staff writers"
                | "staff reporter"
                | "editor"
                | "anonymous"
                | "unknown"
                | "none"
                | "n/a"
                | "guest"
                | "guest author"
                | "guest contributor"
                | "author"
        )
}
