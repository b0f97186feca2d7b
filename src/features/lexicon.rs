use super::settings::{NGrams, Settings};
use super::term::{Family, TermHash, unit};
use super::token::{Token, tokens};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// Finds the number of a term: either a growing collection (training) or a fitted vocabulary (use).
pub(super) trait Index {
    /// The number of the term, `None` if it is not known and will not be learned.
    fn number(
        &mut self,
        family: Family,
        hash: TermHash,
        spell: impl FnOnce() -> String,
    ) -> Option<u32>;
}

/// What is known of a word once it has been seen: everything that does not depend on its company.
pub(super) struct Word {
    pub normal: Box<str>,
    pub hash: u64,
    pub stem: Box<str>,
    pub stem_hash: u64,
    pub negates: bool,
    pub ends_scope: bool,
    /// Its character n-grams, as numbers of terms.
    pub characters: Box<[u32]>,
}

/// Every distinct token met so far, so that lowercasing, stemming and the cutting of character
/// n-grams happen once a word instead of once an occurrence (a fifteenth of the work on news text).
pub(super) struct Lexicon {
    numbers: FxHashMap<Box<str>, u32>,
    words: Vec<Word>,
    stemmer: Stemmer,
    characters: Option<NGrams>,
    stems: bool,
}

/// Words kept before the lexicon is emptied, so that archives are tagged in constant memory.
const CAPACITY: usize = 1 << 17;

const NEGATIONS: [&str; 22] = [
    "barely", "cannot", "few", "hardly", "lack", "lacked", "lacking", "lacks", "little", "neither",
    "never", "no", "nobody", "none", "nor", "not", "nothing", "nowhere", "rarely", "scarcely",
    "unlikely", "without",
];
const SCOPE_ENDS: [&str; 12] = [
    "!", "(", ")", ",", ".", ":", ";", "?", "although", "but", "however", "though",
];

impl Lexicon {
    pub fn new(settings: &Settings) -> Self {
        Self {
            numbers: FxHashMap::default(),
            words: Vec::new(),
            stemmer: Stemmer::create(Algorithm::English),
            characters: settings.characters,
            stems: settings.stems.is_some() || settings.negated.is_some(),
        }
    }

    /// Makes room if the lexicon is full; numbers given before are void afterwards.
    pub fn make_room(&mut self) {
        if self.words.len() > CAPACITY {
            self.numbers.clear();
            self.words.clear();
        }
    }

    /// The words of a sentence, as numbers for [`Lexicon::word`].
    pub fn read(&mut self, text: &str, index: &mut impl Index, into: &mut Vec<u32>) {
        into.clear();
        for token in tokens(text) {
            let (written, is_word) = match token {
                Token::Word(word) => (word, true),
                Token::Mark(mark) => (mark, false),
            };
            let number = match self.numbers.get(written) {
                Some(&number) => number,
                None => self.learn(written, is_word, index),
            };
            into.push(number);
        }
    }

    pub fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    fn learn(&mut self, written: &str, is_word: bool, index: &mut impl Index) -> u32 {
        let normal = written.to_lowercase().replace('’', "'");
        let stem = if self.stems && is_word {
            self.stemmer.stem(&normal).into_owned()
        } else {
            normal.clone()
        };
        let characters = match self.characters {
            Some(lengths) if is_word => character_terms(&normal, lengths, index),
            _ => Box::default(),
        };
        let number = self.words.len() as u32;
        self.words.push(Word {
            hash: unit(normal.as_bytes()),
            stem_hash: unit(stem.as_bytes()),
            negates: normal.ends_with("n't") || NEGATIONS.binary_search(&&*normal).is_ok(),
            ends_scope: SCOPE_ENDS.binary_search(&&*normal).is_ok(),
            normal: normal.into(),
            stem: stem.into(),
            characters,
        });
        self.numbers.insert(written.into(), number);
        number
    }
}

/// The character n-grams of a word whose ends are marked by a space.
fn character_terms(word: &str, lengths: NGrams, index: &mut impl Index) -> Box<[u32]> {
    let marked = format!(" {word} ");
    let ends: Vec<usize> = marked
        .char_indices()
        .map(|(at, _)| at)
        .chain([marked.len()])
        .collect();
    let mut terms = Vec::new();
    for length in lengths.from..=lengths.to {
        for window in ends.windows(length + 1) {
            let gram = &marked[window[0]..window[length]];
            let hash = TermHash::of(Family::Character).then(unit(gram.as_bytes()));
            terms.extend(index.number(Family::Character, hash, || gram.to_owned()));
        }
    }
    terms.into()
}
