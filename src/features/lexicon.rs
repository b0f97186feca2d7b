use super::settings::{NGrams, Settings};
use super::table::Table;
use super::term::{Family, TermHash, unit};
use super::token::{Kind, Token, spans};
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

/// What is known of words once they have been seen: everything that does not depend on their
/// company. One list for each thing that is asked for on its own, so that what is asked of common
/// words, most of which come first, stays in the nearest caches.
#[derive(Default)]
struct Words {
    hashes: Vec<u64>,
    stem_hashes: Vec<u64>,
    /// The number of the word, or of its stem, as a term of each family; `UNKNOWN` if it is none.
    /// Only for a settled index and for families with such terms.
    alone: [Vec<u32>; Family::COUNT],
    /// Where the numbers of its character n-grams end.
    ends: Vec<u32>,
    /// Where the nodes of the dictionary that it leads to end.
    start_ends: Vec<u32>,
    roles: Vec<Role>,
    /// In use, only learning and the dictionary read them.
    spellings: Vec<Spelling>,
}

/// What a word does to the negation of others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    None,
    Negates,
    EndsScope,
}

/// Stands for the number of a term that is not known.
const UNKNOWN: u32 = u32::MAX;

/// How a word is written in terms: lowercased, and as a stem.
struct Spelling {
    normal: Box<str>,
    stem: Box<str>,
}

/// Which of its spellings a word is part of a term by.
#[derive(Clone, Copy)]
pub(super) enum Spelled {
    AsWritten,
    Stemmed,
}

/// Every distinct token met so far, so that lowercasing, stemming and the cutting of character
/// n-grams happen once a word instead of once an occurrence (a fifteenth of the work on news text).
/// A token is known by its 64-bit hash, as terms are.
pub(super) struct Lexicon {
    settings: Settings,
    stemmer: Stemmer,
    numbers: Table,
    words: Words,
    /// Numbers of character n-grams, word by word.
    characters: Vec<u32>,
    /// Nodes of the dictionary, likewise.
    starts: Vec<u32>,
    /// Words that stand for the beginning of a sentence, its end, and each category of the
    /// dictionary: no token is one of them.
    symbols: Vec<u32>,
    /// The tokens of the text at hand and their hashes: all are cut before the first is looked up,
    /// so that the processor waits for many look-ups at once.
    tokens: Vec<(u64, Kind, Range<usize>)>,
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
            words: Words::default(),
            characters: Vec::new(),
            starts: Vec::new(),
            symbols: Vec::new(),
            tokens: Vec::new(),
        }
    }

    /// Whether the lexicon is full.
    pub fn is_full(&self) -> bool {
        self.words.hashes.len() > CAPACITY
    }

    /// Forgets all words; numbers given before are void afterwards.
    pub fn clear(&mut self) {
        self.numbers = Table::with_room_for(0);
        self.words = Words::default();
        self.characters.clear();
        self.starts.clear();
        self.symbols.clear();
    }

    /// The words of a sentence, as numbers for [`Lexicon::word`].
    pub fn read(&mut self, text: &str, index: &mut impl Index, into: &mut Vec<u32>) {
        self.learn_symbols(index);
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.clear();
        tokens.extend(spans(text).map(|(kind, span)| {
            let hash = written_hash(text.as_bytes(), span.clone());
            (hash, kind, span)
        }));
        into.clear();
        for (hash, kind, span) in &tokens {
            let number = self.numbers.get(*hash);
            let learn = || self.learn(*hash, kind.token(&text[span.clone()]), index);
            into.push(number.unwrap_or_else(learn));
        }
        self.tokens = tokens;
    }

    /// The hash of a word as a unit of terms.
    pub fn hash(&self, number: u32, spelled: Spelled) -> u64 {
        match spelled {
            Spelled::AsWritten => self.words.hashes[number as usize],
            Spelled::Stemmed => self.words.stem_hashes[number as usize],
        }
    }

    /// A word as part of a term.
    pub fn spelling(&self, number: u32, spelled: Spelled) -> &str {
        let spelling = &self.words.spellings[number as usize];
        match spelled {
            Spelled::AsWritten => &spelling.normal,
            Spelled::Stemmed => &spelling.stem,
        }
    }

    /// The number of a word as a term of its own, for a settled index.
    pub fn alone(&self, number: u32, family: Family) -> Option<u32> {
        let term = self.words.alone[family as usize][number as usize];
        (term != UNKNOWN).then_some(term)
    }

    /// What a word does to the negation of others.
    pub fn role(&self, number: u32) -> Role {
        self.words.roles[number as usize]
    }

    /// The numbers of a word's character n-grams.
    pub fn characters(&self, number: u32) -> &[u32] {
        &self.characters[stretch(&self.words.ends, number)]
    }

    /// The categories of the dictionary's terms among the words of a sentence, between the marks
    /// of its beginning and end, as words of their own. None for no words.
    pub fn categories(&self, words: &[u32]) -> Vec<u32> {
        let (Some(dictionary), false) = (&self.settings.dictionary, words.is_empty()) else {
            return Vec::new();
        };
        let mut categories = vec![self.symbols[0]];
        dictionary.trie().find(
            words.len(),
            |at| &self.starts[stretch(&self.words.start_ends, words[at])],
            |at| self.spelling(words[at], Spelled::AsWritten),
            |category| categories.push(self.symbols[2 + category as usize]),
        );
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
        if let Some(lengths) = self.settings.characters
            && is_word
        {
            character_terms(&normal, lengths, index, &mut self.characters);
        }
        if let Some(dictionary) = &self.settings.dictionary {
            self.starts.extend(dictionary.trie().starts(&normal));
        }
        let (word, stem_hash) = (unit(normal.as_bytes()), unit(stem.as_bytes()));
        if I::SETTLED {
            self.learn_alone(word, stem_hash, index);
        }
        let number = self.words.hashes.len() as u32;
        self.words.hashes.push(word);
        self.words.stem_hashes.push(stem_hash);
        self.words.ends.push(self.characters.len() as u32);
        self.words.start_ends.push(self.starts.len() as u32);
        self.words.roles.push(role(&normal));
        self.words.spellings.push(Spelling {
            normal: normal.into(),
            stem: stem.into(),
        });
        number
    }

    fn learn_alone(&mut self, word: u64, stem: u64, index: &mut impl Index) {
        for (family, alone) in Family::ALL.into_iter().zip(&mut self.words.alone) {
            let hash = match (self.settings.ngrams(family), family) {
                (Some(NGrams { from: 1, .. }), Family::Stem | Family::Negated) => stem,
                (Some(NGrams { from: 1, .. }), _) => word,
                _ => continue,
            };
            let hash = TermHash::of(family).then(hash);
            alone.push(index.number(family, hash, String::new).unwrap_or(UNKNOWN));
        }
    }
}

/// What belongs to a word in a list of all words' belongings.
fn stretch(ends: &[u32], word: u32) -> Range<usize> {
    let before = word.checked_sub(1);
    let start = before.map_or(0, |before| ends[before as usize]);
    start as usize..ends[word as usize] as usize
}

/// The hash by which a token is known. Most have no more than eight bytes, and those are read at
/// once with what stands before them: no token holds a byte of zeros.
fn written_hash(text: &[u8], token: Range<usize>) -> u64 {
    let before = &text[..token.end];
    if token.len() > 8 {
        return unit(&before[token.start..]);
    }
    let last = before.last_chunk().copied().unwrap_or_else(|| {
        let mut last = [0; 8];
        last[8 - before.len()..].copy_from_slice(before);
        last
    });
    let unused = 64 - 8 * token.len();
    TermHash(0)
        .then(u64::from_le_bytes(last) >> unused << unused)
        .0
}

fn role(word: &str) -> Role {
    if word.ends_with("n't") || NEGATIONS.binary_search(&word).is_ok() {
        Role::Negates
    } else if SCOPE_ENDS.binary_search(&word).is_ok() {
        Role::EndsScope
    } else {
        Role::None
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
