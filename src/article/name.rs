//! What looks like the name of a person.
//!
//! Only the form is judged: capitals, initials, particles, and a short list of capitalised words
//! that no one is called.

use super::phrases::Phrases;
use super::unit::fold;

/// Words before a name that are no part of it.
static TITLES: Phrases = Phrases::new(
    "dr | prof | professor | mr | mrs | ms | miss | mx | sir | dame | lord | lady | rev | hon | \
    amb | ambassador | gen | general | lt | col | colonel | capt | captain | maj | major | \
    emeritus | associate | adm | admiral | ret",
);

/// Words after a name that tell a father from a son.
static GENERATIONS: Phrases = Phrases::new("jr | sr | ii | iii | iv");

/// Words after a name that are no part of it.
static DEGREES: Phrases =
    Phrases::new("phd | dphil | md | esq | obe | cbe | llm | msc | mba | mphil");

/// Words between `Dr` and a name: `Dr phil`.
static FACULTIES: Phrases = Phrases::new("jur | phil | med | rer | pol | nat | habil");

/// Small words inside a surname.
static PARTICLES: Phrases = Phrases::new(
    "van | von | der | den | de | del | della | di | da | du | la | le | bin | ibn | al | el | \
    dos | das | do | ter | ten | zu | zur | af | av",
);

/// Capitalised words that are found in headings and institutions, not in names.
static NOT_NAMES: Phrases = Phrases::new(
    "the | a | an | and | of | in | on | for | to | at | by | with | university | institute | \
    institution | center | centre | college | council | ministry | department | school | \
    foundation | forum | report | review | journal | times | news | post | press | agency | \
    government | party | president | minister | prime | foreign | defence | defense | senior | \
    junior | staff | writer | editor | editors | editorial | correspondent | reporter | \
    contributor | analyst | fellow | director | january | february | march | april | june | july \
    | september | october | november | december | monday | tuesday | wednesday | thursday | \
    friday | saturday | sunday | north | south | east | west | why | how | what | who | when | \
    where | is | are | special | board | desk",
);

fn is_one_of(list: &Phrases, token: &str) -> bool {
    let bare = token
        .trim_matches(|c: char| !c.is_alphanumeric())
        .replace('.', "")
        .to_lowercase();
    list.have(&bare)
}

/// Whether a word is a title such as `Dr.`.
pub(super) fn is_title(token: &str) -> bool {
    is_one_of(&TITLES, token)
}

/// Whether a word is a suffix such as `Jr.` or `Ph.D.`.
pub(super) fn is_suffix(token: &str) -> bool {
    is_generation(token) || is_one_of(&DEGREES, token)
}

/// Whether a word is `Jr.`, `III` and their like.
pub(super) fn is_generation(token: &str) -> bool {
    is_one_of(&GENERATIONS, token)
}

/// Whether a word is a particle such as `van`.
pub(super) fn is_particle(token: &str) -> bool {
    is_one_of(&PARTICLES, token)
}

/// `text` without the titles it begins with: `Professor Dr jur, Dr phil Ann Roe` is `Ann Roe`.
pub(super) fn without_titles(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some((first, after)) = rest.split_once(char::is_whitespace) {
        let faculty = rest.len() < text.len() && FACULTIES.have(first.trim_end_matches([',', '.']));
        if !is_title(first) && !faculty {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Whether `text` is a person's full name: two to six words, capitalised or initials or
/// particles, none of which belongs to headings.
pub(super) fn is_name(text: &str) -> bool {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let is_part = |token: &&str| is_capitalised(token) || PARTICLES.have(token);
    let full = |token: &&str| {
        is_capitalised(token) && token.chars().filter(|c| c.is_alphabetic()).count() > 1
    };
    (2..=6).contains(&tokens.len())
        && tokens.iter().all(is_part)
        && is_capitalised(tokens[0])
        && tokens
            .last()
            .is_some_and(|last| full(last) && !is_initials(last))
}

/// `text` without the degrees it ends with.
pub(super) fn without_degrees(text: &str) -> &str {
    let mut rest = text;
    while let Some((before, last)) = rest.rsplit_once(char::is_whitespace) {
        if !is_one_of(&DEGREES, last) {
            break;
        }
        rest = before.trim_end();
    }
    rest
}

/// A name printed in capitals as it is usually written: `ANNA VAN DER BERG-O’NEILL` is `Anna van
/// der Berg-O’Neill`. Other names, and what is no person's (`BBC`), stay as printed.
pub(super) fn in_small_letters(name: &str) -> String {
    if name.contains(char::is_lowercase) || !is_name(name) {
        return name.to_string();
    }
    let last = name.split(' ').count() - 1;
    let word = |(at, word): (usize, &str)| {
        let lower = word.to_lowercase();
        if at > 0 && at < last && is_particle(&lower) {
            lower
        } else if is_initials(word) || matches!(word, "II" | "III" | "IV") {
            word.to_string()
        } else {
            capitalised(word)
        }
    };
    let words: Vec<String> = name.split(' ').enumerate().map(word).collect();
    words.join(" ")
}

/// `O’NEILL` as `O’Neill`.
fn capitalised(word: &str) -> String {
    let mut inside = false;
    let letter = |c: char| {
        let first = !std::mem::replace(&mut inside, c.is_alphabetic() || is_accent(c));
        if first {
            vec![c]
        } else {
            c.to_lowercase().collect()
        }
    };
    word.chars().flat_map(letter).collect()
}

/// The name that `text` begins with, titles left out, and what follows it.
pub(super) fn leading_name(text: &str) -> Option<(&str, &str)> {
    let text = without_titles(text);
    let mut end = 0;
    let mut offset = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        let word = token.trim_end();
        let (bare, closes) = match word.strip_suffix([',', ';', ':']) {
            Some(bare) => (bare, true),
            None => (word, false),
        };
        if !is_capitalised(bare) && !PARTICLES.have(bare) {
            break;
        }
        if is_capitalised(bare) {
            end = offset + bare.len();
        }
        offset += token.len();
        if closes {
            break;
        }
    }
    let name = &text[..end];
    is_name(name).then(|| (name, &text[end..]))
}

/// Whether every letter sequence of a word starts like a name: `Brown`, `O’Neill`, `J.D.J.`.
fn is_capitalised(token: &str) -> bool {
    let mut characters = token.chars();
    characters.next().is_some_and(char::is_uppercase)
        && characters
            .all(|c| c.is_alphabetic() || is_accent(c) || matches!(c, '.' | '-' | '\'' | '’' | '‑'))
        && (is_initials(token) || !is_one_of(&NOT_NAMES, token))
        && (is_initials(token) || is_suffix(token) || !token.contains('.'))
}

/// Whether a character is an accent set over the letter before it.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// `J.`, `J.D.J.`, `Yu.`, `J`.
pub(super) fn is_initials(token: &str) -> bool {
    token
        .split('.')
        .all(|part| part.chars().count() <= 2 && part.chars().next().is_none_or(char::is_uppercase))
        && (token.contains('.') || token.chars().count() == 1)
}

/// Whether the person called `name` is spoken of in `text`: the surname occurs, and not as
/// somebody else's (`Gordon Brown` does not mention `James Brown`).
pub(super) fn is_mentioned(name: &str, text: &str) -> bool {
    let Some(surname) = name
        .split_whitespace()
        .rev()
        .find(|token| !is_suffix(token))
    else {
        return false;
    };
    let given = name.split_whitespace().next().unwrap_or(surname);
    text.match_indices(surname).any(|(at, _)| {
        let whole = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let before = &text[..at];
        let word_before = fold(tail(before))
            .rsplit(' ')
            .next()
            .unwrap_or_default()
            .to_string();
        let other = before.ends_with(' ')
            && is_capitalised(&word_before)
            && word_before != given
            && !is_office(&word_before);
        whole(before.chars().next_back())
            && whole(text[at + surname.len()..].chars().next())
            && !other
    })
}

/// The last bytes of `text`, enough for one word.
fn tail(text: &str) -> &str {
    let mut start = text.len().saturating_sub(40);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Words that stand before the surname of somebody in the news.
fn is_office(word: &str) -> bool {
    is_title(word)
        || matches!(
            word,
            "Chancellor" | "Secretary" | "Senator" | "King" | "Queen" | "Premier"
        )
}
