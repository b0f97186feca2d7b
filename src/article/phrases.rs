//! Lists of words and phrases that lines are recognised by.

use std::sync::OnceLock;

/// Lower-case words or phrases, written as `"read more | read next"`.
#[derive(Debug)]
pub(super) struct Phrases {
    list: &'static str,
    sorted: OnceLock<Vec<&'static str>>,
}

impl Phrases {
    pub(super) const fn new(list: &'static str) -> Self {
        Self {
            list,
            sorted: OnceLock::new(),
        }
    }

    /// All of them, in the order of the alphabet.
    pub(super) fn all(&self) -> &[&'static str] {
        self.sorted.get_or_init(|| {
            let mut phrases: Vec<_> = self.list.split('|').map(str::trim).collect();
            phrases.sort_unstable();
            phrases
        })
    }

    /// Whether `text` is one of them.
    pub(super) fn have(&self, text: &str) -> bool {
        self.all().binary_search(&text).is_ok()
    }

    /// Whether `text` begins with one of them, as a whole word.
    pub(super) fn open(&self, text: &str) -> bool {
        let first = text.as_bytes().first();
        let start = self
            .all()
            .partition_point(|phrase| phrase.as_bytes().first() < first);
        let same_first = self.all()[start..]
            .iter()
            .take_while(|phrase| phrase.as_bytes().first() == first);
        same_first
            .filter_map(|phrase| Some((phrase, text.strip_prefix(phrase)?)))
            .any(|(phrase, rest)| {
                !phrase.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphabetic)
            })
    }

    /// Whether one of them stands in `text`.
    pub(super) fn occur_in(&self, text: &str) -> bool {
        self.all().iter().any(|phrase| text.contains(phrase))
    }
}
