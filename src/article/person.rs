//! Which names are one person: `J. D. J. Brown`, `James D.J. Brown` and `Brown, James D. J.`.

use std::collections::BTreeMap;

use super::name::{is_initials, is_particle, is_suffix, is_title};

/// Gives every name the number of its person, counted from 0 in order of first appearance.
///
/// Titles, capitals, accents, dots and the order of `Surname, Given` do not matter. A missing
/// middle name or an initial fits a full name as long as it can be one person's only: beside
/// `James Brown` and `John Brown`, `J. Brown` stays a third, but `J. D. Brown` is the one whose
/// second name fits too. Who is with whom does not depend on
/// the order of the names.
///
/// ```
/// use stance::article::person::same_people;
/// assert_eq!(same_people(&["J. D. Brown", "Ann Brown", "BROWN, James"]), [0, 1, 0]);
/// assert_eq!(same_people(&["J. Brown", "James Brown", "John Brown"]), [0, 1, 2]);
/// ```
#[must_use]
pub fn same_people(names: &[&str]) -> Vec<usize> {
    let persons: Vec<Person> = names.iter().map(|name| Person::read(name)).collect();
    let mut by_surname: BTreeMap<&str, Vec<&Person>> = BTreeMap::new();
    for person in &persons {
        by_surname.entry(&person.surname).or_default().push(person);
    }
    let mut representative: BTreeMap<&Person, &Person> = BTreeMap::new();
    for mut family in by_surname.into_values() {
        family.sort_unstable();
        family.dedup();
        for (person, head) in clusters(&family) {
            representative.insert(person, head);
        }
    }
    let mut numbers = BTreeMap::new();
    persons
        .iter()
        .map(|person| {
            let next = numbers.len();
            *numbers.entry(representative[person]).or_insert(next)
        })
        .collect()
}

/// Each different form of a surname with the first form that is the same person.
///
/// A form is clear if whatever fits it fits each other; clear forms that fit are one person, since
/// among them fitting is transitive. A form that is not clear joins the person it shares most
/// given names with, if that is one person and nothing contradicts it; otherwise it stays alone.
fn clusters<'p>(family: &[&'p Person]) -> Vec<(&'p Person, &'p Person)> {
    let fitting = |person: &Person| -> Vec<&'p Person> {
        let fit = family.iter().filter(|other| person.fits(other));
        fit.copied().collect()
    };
    let is_clear = |person: &&&Person| {
        let fit = fitting(person);
        fit.iter().all(|a| fit.iter().all(|b| a.fits(b)))
    };
    let clear: Vec<&Person> = family.iter().filter(is_clear).copied().collect();
    let head = |person: &Person| clear.iter().find(|other| person.fits(other)).copied();
    let closest = |person: &'p Person| {
        let fit = || clear.iter().filter(|other| person.fits(other));
        let most = fit().map(|other| person.shared(other)).max()?;
        let mut heads = fit()
            .filter(|other| person.shared(other) == most)
            .map(|other| head(other));
        let first = heads.next()??;
        let mut members = clear.iter().filter(|other| head(other) == Some(first));
        (heads.all(|head| head == Some(first)) && members.all(|other| person.fits(other)))
            .then_some(first)
    };
    let same = |person: &&'p Person| match clear.contains(person) {
        true => head(person),
        false => closest(person),
    };
    family
        .iter()
        .map(|person| (*person, same(person).unwrap_or(person)))
        .collect()
}

/// A name in its parts, folded to plain lower-case letters.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Person {
    surname: String,
    given: Vec<String>,
}

impl Person {
    fn read(name: &str) -> Self {
        let (mut surname, mut given) = match name.split_once(',') {
            Some((surname, given)) if !given.split_whitespace().all(is_suffix) => {
                (words(surname), words(given))
            }
            Some((name, _)) => (Vec::new(), words(name)),
            None => (Vec::new(), words(name)),
        };
        if surname.is_empty() {
            surname.extend(given.pop());
        }
        given.append(&mut surname.drain(..surname.len().saturating_sub(1)).collect());
        Self {
            surname: surname.pop().unwrap_or_default(),
            given,
        }
    }

    /// Whether the two can be one person: no given name of one contradicts the other's.
    fn fits(&self, other: &Self) -> bool {
        self.surname == other.surname && given_fit(&self.given, &other.given)
    }

    /// How many given names two that fit have in common.
    fn shared(&self, other: &Self) -> usize {
        self.given.len().min(other.given.len())
    }
}

/// The first given names must agree; of the middle names one side may leave some out.
fn given_fit(a: &[String], b: &[String]) -> bool {
    let (Some((first_a, a)), Some((first_b, b))) = (a.split_first(), b.split_first()) else {
        return true;
    };
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    agree(first_a, first_b)
        && short
            .iter()
            .all(|name| rest.any(|other| agree(name, other)))
}

/// Whether two given names are equal, or one is the other's initial.
fn agree(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    a == b || initial(a, b) || initial(b, a)
}

/// The words of a name that tell people apart; `J.D.J.` and `JDJ` are three. The last word is
/// never taken for a title (`John Major`), nor cut at a hyphen.
fn words(name: &str) -> Vec<String> {
    let mixed_case = name.contains(char::is_lowercase);
    let mut tokens: Vec<&str> = name.split_whitespace().collect();
    while tokens.len() > 1 && tokens.last().is_some_and(|last| is_suffix(last)) {
        tokens.pop();
    }
    let Some(last) = tokens.pop() else {
        return Vec::new();
    };
    let mut words = Vec::new();
    for token in tokens
        .into_iter()
        .filter(|token| !is_title(token) && !is_particle(token))
    {
        if mixed_case && token.len() <= 3 && token.chars().all(char::is_uppercase) {
            words.extend(token.chars().map(|c| fold(&c.to_string())));
        } else {
            words.extend(token.split(['.', '-', '‑']).map(fold));
        }
    }
    if is_initials(last) {
        words.extend(last.split('.').map(fold));
    } else {
        words.push(fold(last));
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Lower-case letters without accents; everything that is no letter is left out.
fn fold(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    for c in lower.chars().filter(|c| c.is_alphanumeric()) {
        match plain(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded
}

/// The Latin letters under an accent; combining accents themselves are no letters and fall away.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ð' | 'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}
