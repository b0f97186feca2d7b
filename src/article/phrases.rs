//! Lists of words and phrases that lines are recognised by.

/// Lower-case words or phrases, one after the other with `|` between them; line breaks in the
/// list count as one space, as in `"read more | read next"`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases(pub(super) &'static str);

impl Phrases {
    /// Each of them, in order.
    pub(super) fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split('|').map(str::trim)
    }

    /// Whether `text` is one of them.
    pub(super) fn have(self, text: &str) -> bool {
        self.iter().any(|phrase| phrase == text)
    }

    /// Whether `text` begins with one of them, as a whole word.
    pub(super) fn open(self, text: &str) -> bool {
        self.iter().any(|phrase| {
            let rest = text.strip_prefix(phrase);
            let whole = !phrase.ends_with(char::is_alphanumeric);
            rest.is_some_and(|rest| whole || !rest.starts_with(char::is_alphabetic))
        })
    }

    /// Whether one of them stands in `text`.
    pub(super) fn occur_in(self, text: &str) -> bool {
        self.iter().any(|phrase| text.contains(phrase))
    }
}
