//! The words that decide about a full stop, read from `lexicon.txt`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// What the stop of an abbreviation may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Never ends a sentence: "Mr.", "e.g.".
    Title,
    /// Does not end a sentence before a number: "No. 5", "Art. IX", "Jan. 3".
    Reference,
    /// Ends a sentence only before a word that often starts one: "Inc.", "U.S.".
    Clipped,
    /// Ends a sentence before any capital: "etc.".
    Closing,
    /// As `Closing`, but a day or a time zone may follow: "6 p.m. Monday".
    Time,
}

/// The lists of `lexicon.txt`.
#[derive(Default)]
pub(super) struct Lexicon {
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    starters: FxHashSet<&'static str>,
    dates: FxHashSet<&'static str>,
    months: FxHashSet<&'static str>,
    determiners: FxHashSet<&'static str>,
    speech: FxHashSet<&'static str>,
}

pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("lexicon.txt")));

impl Lexicon {
    fn parse(source: &'static str) -> Self {
        let mut lexicon = Self::default();
        let mut section = "";
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']');
                continue;
            }
            for word in line.split_whitespace() {
                lexicon.insert(section, word);
            }
        }
        lexicon
    }

    /// The first section that lists an abbreviation keeps it.
    fn insert(&mut self, section: &str, word: &'static str) {
        let class = match section {
            "title" => Abbreviation::Title,
            "reference" => Abbreviation::Reference,
            "clipped" => Abbreviation::Clipped,
            "closing" => Abbreviation::Closing,
            "time" => Abbreviation::Time,
            _ => {
                match section {
                    "starter" => self.starters.insert(word),
                    "date" => self.dates.insert(word),
                    "month" => self.months.insert(word),
                    "determiner" => self.determiners.insert(word),
                    _ => self.speech.insert(word),
                };
                return;
            }
        };
        self.abbreviations.entry(word).or_insert(class);
    }

    /// The class of `word` (without its last stop), if it is a known abbreviation.
    pub(super) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        if word.len() > LONGEST {
            return None;
        }
        let listed = |word: &str| self.abbreviations.get(word).copied();
        listed(word)
            .or_else(|| listed(&word.to_lowercase()))
            .or_else(|| listed(&capitalised(word)?))
    }

    /// Whether `word` often starts a sentence.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        contains(&self.starters, word)
    }

    /// Whether `word` is a day, a month or a time zone.
    pub(super) fn is_date(&self, word: &str) -> bool {
        contains(&self.dates, word)
    }

    /// Whether a number with a stop before `word` is an ordinal.
    pub(super) fn is_month(&self, word: &str) -> bool {
        contains(&self.months, word)
    }

    /// Whether a number with a stop after `word` is an ordinal.
    pub(super) fn is_determiner(&self, word: &str) -> bool {
        contains(&self.determiners, word)
    }

    /// Whether `word` is a verb of saying.
    pub(super) fn is_speech(&self, word: &str) -> bool {
        contains(&self.speech, word)
    }
}

/// No entry of the lists is longer, in bytes.
const LONGEST: usize = 32;

fn contains(words: &FxHashSet<&'static str>, word: &str) -> bool {
    word.len() <= LONGEST && words.contains(word.to_lowercase().as_str())
}

/// "GEN" as "Gen"; nothing for a word that does not start with a capital.
fn capitalised(word: &str) -> Option<String> {
    let first = word.chars().next().filter(|first| first.is_uppercase())?;
    let rest = word[first.len_utf8()..].to_lowercase();
    Some(format!("{first}{rest}"))
}
