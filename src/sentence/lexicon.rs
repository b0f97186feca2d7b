//! The words that decide about a stop, read from `lexicon.txt`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::start::is_letter;

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
    /// Likewise, but a day or a time zone may follow: "6 p.m. Monday".
    Time,
}

type Words = FxHashSet<&'static str>;

/// The lists of `lexicon.txt`.
#[derive(Default)]
pub(super) struct Lexicon {
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    starters: Words,
    particles: Words,
    dates: Words,
    counted: Words,
    determiners: Words,
    speech: Words,
}

pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("lexicon.txt")));

impl Lexicon {
    fn parse(source: &'static str) -> Self {
        let mut lexicon = Self::default();
        let mut section = "";
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('[') {
                Some(name) => section = name.trim_end_matches(']'),
                None => lexicon.extend(section, line.split_whitespace()),
            }
        }
        lexicon
    }

    fn extend(&mut self, section: &str, words: impl Iterator<Item = &'static str>) {
        match section {
            "title" => self.abbreviate(words, Abbreviation::Title),
            "reference" => self.abbreviate(words, Abbreviation::Reference),
            "clipped" => self.abbreviate(words, Abbreviation::Clipped),
            "closing" => self.abbreviate(words, Abbreviation::Closing),
            "time" => self.abbreviate(words, Abbreviation::Time),
            "starter" => self.starters.extend(words),
            "particle" => self.particles.extend(words),
            "date" => self.dates.extend(words),
            "counted" => self.counted.extend(words),
            "determiner" => self.determiners.extend(words),
            "speech" => self.speech.extend(words),
            _ => debug_assert!(words.count() == 0, "unknown section {section}"),
        }
    }

    fn abbreviate(&mut self, words: impl Iterator<Item = &'static str>, kind: Abbreviation) {
        for word in words {
            self.abbreviations.entry(word).or_insert(kind);
        }
    }

    /// The kind of abbreviation that `word` (without its last stop) is, if it is listed.
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

    /// Whether `word` often starts a sentence, but also starts names.
    pub(super) fn is_particle(&self, word: &str) -> bool {
        contains(&self.particles, word)
    }

    /// Whether `word` may follow a time of day.
    pub(super) fn is_date(&self, word: &str) -> bool {
        contains(&self.dates, word)
    }

    /// Whether a number with a stop before `word` is an ordinal.
    pub(super) fn is_counted(&self, word: &str) -> bool {
        contains(&self.counted, word)
    }

    /// Whether a number with a stop after `word` may be an ordinal.
    pub(super) fn is_determiner(&self, word: &str) -> bool {
        contains(&self.determiners, word)
    }

    /// Whether `word` is a verb of saying.
    pub(super) fn is_speech(&self, word: &str) -> bool {
        contains(&self.speech, word)
    }
}

/// The kind of abbreviation or initial that `core`, a word without its last stop, is; for a
/// compound ("Lt.-Gen.", "Sund-U.S.") that of its last part.
pub(super) fn classify(core: &str) -> Option<Abbreviation> {
    let kind = |word| LEXICON.abbreviation(word).or_else(|| initials(word));
    let last_part = || core.rsplit_once(['-', '–', '/']).map(|(_, last)| last);
    kind(core).or_else(|| kind(last_part()?))
}

/// "J", "U.S": letters with stops between them.
fn initials(word: &str) -> Option<Abbreviation> {
    let are_letters = word.split('.').all(is_letter);
    are_letters.then_some(Abbreviation::Clipped)
}

/// No entry is longer, in bytes.
const LONGEST: usize = 32;

fn contains(words: &Words, word: &str) -> bool {
    word.len() <= LONGEST && words.contains(word.to_lowercase().as_str())
}

/// "GEN" as "Gen"; nothing for a word that does not start with a capital.
fn capitalised(word: &str) -> Option<String> {
    let first = word.chars().next().filter(|first| first.is_uppercase())?;
    let rest = word[first.len_utf8()..].to_lowercase();
    Some(format!("{first}{rest}"))
}
