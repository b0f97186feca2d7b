//! Several names of one holder: "Prime Minister Orla Brandt", "Orla Brandt", "Brandt".

use super::lexicon::{Tags, look_up};
use super::token::stem_of;
use rustc_hash::{FxHashMap, FxHashSet};

/// Gives every name the number of its holder; numbers count from 0 in the order of the names.
///
/// Two names are one holder's if they agree without articles and titles, or in first and last
/// name, or if one is a surname that only one of the full names ends in. Which names are joined
/// does not depend on their order.
///
/// ```
/// use stance::voice::same_holders;
/// let names = ["Prime Minister Orla Brandt", "the critics", "Brandt", "Critics"];
/// assert_eq!(same_holders(&names), [0, 1, 0, 1]);
/// ```
#[must_use]
pub fn same_holders(names: &[&str]) -> Vec<usize> {
    let keys: Vec<Name> = names.iter().map(|name| Name::of(name)).collect();
    let mut bearers: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
    for name in keys.iter().filter(|name| name.is_full) {
        bearers.entry(&name.last).or_default().insert(&name.key);
    }
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    keys.iter()
        .map(|name| {
            let only = bearers
                .get(name.key.as_str())
                .filter(|full| full.len() == 1);
            let holder = only
                .and_then(|full| full.iter().next())
                .copied()
                .unwrap_or(&name.key);
            let next = numbers.len();
            *numbers.entry(holder).or_insert(next)
        })
        .collect()
}

/// A name in the form in which it is compared.
struct Name {
    /// First and last name of a person, every word of anything else; lower case.
    key: String,
    last: String,
    /// Whether it is a person's first and last name.
    is_full: bool,
}

impl Name {
    /// Of "the minister, Orla Brandt" the part that is a full name, else the first part.
    fn of(name: &str) -> Self {
        let mut parts = name.split(',').map(Self::of_part);
        let first = parts.next().unwrap_or_else(|| Self::of_part(name));
        if first.is_full {
            first
        } else {
            parts.find(|part| part.is_full).unwrap_or(first)
        }
    }

    fn of_part(name: &str) -> Self {
        let words: Vec<&str> = name.split_whitespace().map(stem_of).collect();
        let is_title = |word: &&&str| is_any(word, Tags::TITLE | Tags::DETERMINER);
        let leading = words.iter().take_while(is_title).count();
        // An office without a name, and a body such as the Foreign Ministry, lose only the article.
        let named = words[leading..]
            .last()
            .is_some_and(|last| !is_any(last, Tags::SPEAKER | Tags::DOCUMENT));
        let article = words
            .iter()
            .take_while(|word| is_any(word, Tags::DETERMINER))
            .count();
        let bare = &words[if named { leading } else { article }..];
        let body = Tags::SPEAKER | Tags::DOCUMENT | Tags::TITLE | Tags::THING;
        let is_full = bare.len() > 1
            && bare
                .iter()
                .all(|word| word.starts_with(char::is_uppercase) && !is_any(word, body));
        let last = bare
            .last()
            .map(|word| word.to_lowercase())
            .unwrap_or_default();
        let key = match bare.first() {
            Some(first) if is_full => format!("{} {last}", first.to_lowercase()),
            _ => bare.join(" ").to_lowercase(),
        };
        Self { key, last, is_full }
    }
}

fn is_any(word: &str, tags: Tags) -> bool {
    look_up(word).any(tags)
}
