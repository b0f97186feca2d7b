use super::settings::{NGrams, Settings};
use super::table::Table;
use super::term::{Family, TermHash, unit};
use super::token::{Token, tokens};
use rust_stemmers::{Algorithm, Stemmer};
use std::ops::Range;

/// Finds the number of a term: either a growing collection (training) or a fitted vocabulary (use).
pub(super) trait Index {
    /// Whether an answer stays the same and may be remembered instead of asking again.
    const SETTLED: bool = false;

    /// The number of the term, `None` if it is not known and will not be learned.
    fn number(
        &mut self,
        family: Family,
        hash: TermHash,
        spell: impl FnOnce() -> String,
    ) -> Option<u32>;

    /// The same for an n-gram of several words or stems.
    fn longer(
        &mut self,
        family: Family,
        hash: TermHash,
        spell: impl FnOnce() -> String,
    ) -> Option<u32> {
        self.number(family, hash, spell)
    }
}

/// What is known of a word once it has been seen: everything that does not depend on its company.
pub(super) struct Word {
    pub hash: u64,
    pub stem_hash: u64,
    /// The number of the word, or of its stem, as a term of each family; `UNKNOWN` if it is none.
    /// Only for a settled index.
    pub alone: [u32; Family::COUNT],
    /// Its character n-grams: where their numbers are.
    characters: Range<u32>,
    /// The nodes of the dictionary that it leads to: where they are.
    starts: Range<u32>,
    pub negates: bool,
    pub ends_scope: bool,
}

/// Stands for the number of a term that is not known.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// How a word is written in terms: lowercased, and as a stem.
pub(super) struct Spelling {
    pub normal: Box<str>,
    pub stem: Box<str>,
}

/// Every distinct token met so far, so that lowercasing, stemming and the cutting of character
/// n-grams happen once a word instead of once an occurrence (a fifteenth of the work on news text).
/// A token is known by its 64-bit hash, as terms are.
pub(super) struct Lexicon {
    settings: Settings,
    stemmer: Stemmer,
    numbers: Table,
    words: Vec<Word>,
    /// In the order of the words, but apart: in use, only learning and the dictionary read them.
    spellings: Vec<Spelling>,
    characters: Vec<u32>,
    starts: Vec<u32>,
    /// Words that stand for the beginning of a sentence, its end, and each category of the
    /// dictionary: no token is one of them.
    symbols: Vec<u32>,
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
            settings: settings.clone(),
            stemmer: Stemmer::create(Algorithm::English),
            numbers: Table::with_room_for(0),
            words: Vec::new(),
            spellings: Vec::new(),
            characters: Vec::new(),
            starts: Vec::new(),
            symbols: Vec::new(),
        }
    }

    /// Whether the lexicon is full.
    pub fn is_full(&self) -> bool {
        self.words.len() > CAPACITY
    }

    /// Forgets all words; numbers given before are void afterwards.
    pub fn clear(&mut self) {
        self.numbers = Table::with_room_for(0);
        self.words.clear();
        self.spellings.clear();
        self.characters.clear();
        self.starts.clear();
        self.symbols.clear();
    }

    /// The words of a sentence, as numbers for [`Lexicon::word`].
    pub fn read(&mut self, text: &str, index: &mut impl Index, into: &mut Vec<u32>) {
        into.clear();
        self.learn_symbols(index);
        for token in tokens(text) {
            let (Token::Word(written) | Token::Mark(written)) = token;
            let hash = unit(written.as_bytes());
            let number = match self.numbers.get(hash) {
                Some(number) => number,
                None => self.learn(hash, token, index),
            };
            into.push(number);
        }
    }

    pub fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    pub fn spelling(&self, number: u32) -> &Spelling {
        &self.spellings[number as usize]
    }

    /// The numbers of a word's character n-grams.
    pub fn characters(&self, number: u32) -> &[u32] {
        let Range { start, end } = self.word(number).characters;
        &self.characters[start as usize..end as usize]
    }

    /// The categories of the dictionary's terms among the words of a sentence, between the marks
    /// of its beginning and end, as words of their own. None for no words.
    pub fn categories(&self, words: &[u32]) -> Vec<u32> {
        let (Some(dictionary), false) = (&self.settings.dictionary, words.is_empty()) else {
            return Vec::new();
        };
        let mut categories = vec![self.symbols[0]];
        let mut rest = words;
        while let [first, following @ ..] = rest {
            let Range { start, end } = self.word(*first).starts;
            let spelling = |ahead: usize| {
                let number = *following.get(ahead - 1)?;
                Some(&*self.spelling(number).normal)
            };
            let starts = &self.starts[start as usize..end as usize];
            let term = dictionary.trie().longest(starts, &spelling);
            categories.extend(term.map(|term| self.symbols[2 + term.category as usize]));
            rest = &rest[term.map_or(1, |term| term.words)..];
        }
        categories.push(self.symbols[1]);
        categories
    }

    fn learn_symbols(&mut self, index: &mut impl Index) {
        if let Some(dictionary) = &self.settings.dictionary
            && self.symbols.is_empty()
        {
            let dictionary = dictionary.clone();
            for symbol in ["^", "$"].into_iter().chain(dictionary.categories()) {
                let number = self.add(symbol.to_owned(), false, index);
                self.symbols.push(number);
            }
        }
    }

    fn learn(&mut self, hash: u64, token: Token<'_>, index: &mut impl Index) -> u32 {
        let is_word = matches!(token, Token::Word(_));
        let number = self.add(token.normal(), is_word, index);
        self.numbers.insert(hash, number);
        number
    }

    fn add<I: Index>(&mut self, normal: String, is_word: bool, index: &mut I) -> u32 {
        let stems = self.settings.stems.is_some() || self.settings.negated.is_some();
        let stem = if stems && is_word {
            self.stemmer.stem(&normal).into_owned()
        } else {
            normal.clone()
        };
        let first = self.characters.len() as u32;
        if let Some(lengths) = self.settings.characters
            && is_word
        {
            character_terms(&normal, lengths, index, &mut self.characters);
        }
        let first_start = self.starts.len() as u32;
        if let Some(dictionary) = &self.settings.dictionary {
            self.starts.extend(dictionary.trie().starts(&normal));
        }
        let mut word = Word {
            hash: unit(normal.as_bytes()),
            stem_hash: unit(stem.as_bytes()),
            alone: [UNKNOWN; Family::COUNT],
            characters: first..self.characters.len() as u32,
            starts: first_start..self.starts.len() as u32,
            negates: normal.ends_with("n't") || NEGATIONS.binary_search(&&*normal).is_ok(),
            ends_scope: SCOPE_ENDS.binary_search(&&*normal).is_ok(),
        };
        if I::SETTLED {
            word.alone = self.alone(&word, index);
        }
        let number = self.words.len() as u32;
        self.words.push(word);
        self.spellings.push(Spelling {
            normal: normal.into(),
            stem: stem.into(),
        });
        number
    }

    fn alone(&self, word: &Word, index: &mut impl Index) -> [u32; Family::COUNT] {
        Family::ALL.map(|family| {
            let hash = match (self.settings.ngrams(family), family) {
                (Some(NGrams { from: 1, .. }), Family::Stem | Family::Negated) => word.stem_hash,
                (Some(NGrams { from: 1, .. }), _) => word.hash,
                _ => return UNKNOWN,
            };
            let hash = TermHash::of(family).then(hash);
            index.number(family, hash, String::new).unwrap_or(UNKNOWN)
        })
    }
}

/// The character n-grams of a word whose ends are marked by a space.
fn character_terms(word: &str, lengths: NGrams, index: &mut impl Index, into: &mut Vec<u32>) {
    let marked = format!(" {word} ");
    let ends: Vec<usize> = marked
        .char_indices()
        .map(|(at, _)| at)
        .chain([marked.len()])
        .collect();
    for length in lengths.from..=lengths.to {
        for window in ends.windows(length + 1) {
            let gram = &marked[window[0]..window[length]];
            let hash = TermHash::of(Family::Character).then(unit(gram.as_bytes()));
            into.extend(index.number(Family::Character, hash, || gram.to_owned()));
        }
    }
}
