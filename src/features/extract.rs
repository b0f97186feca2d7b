use super::Passage;
use super::lexicon::{Index, Lexicon, Role, Spelled};
use super::settings::{NGrams, Settings};
use super::term::{Family, TermHash, unit};

/// Words that count as the opening of a sentence.
const OPENING: usize = 4;

/// Takes the terms of a passage, family by family in the order of families.
pub(super) trait Sink {
    /// A family begins.
    fn family(&mut self, _: Family) {}

    /// A term, once per occurrence.
    fn term(&mut self, term: u32);

    /// The n-grams of a run of words.
    fn ngrams(&mut self, units: &Units<'_>, family: Family, lengths: NGrams, index: &mut impl Index)
    where
        Self: Sized,
    {
        units.ngrams(family, lengths, index, self);
    }

    /// The character n-grams of some words, which are always the same for a word until the extractor
    /// makes room.
    fn characters(&mut self, lexicon: &Lexicon, words: &[u32]) {
        for &word in words {
            for &term in lexicon.characters(word) {
                self.term(term);
            }
        }
    }
}

impl<F: FnMut(u32)> Sink for F {
    fn term(&mut self, term: u32) {
        self(term);
    }
}

/// Turns passages into numbers of terms; owns the buffers that this needs.
pub(super) struct Extractor {
    lexicon: Lexicon,
    settings: Settings,
    recent: Recent,
}

impl Extractor {
    pub fn new(settings: &Settings) -> Self {
        Self {
            lexicon: Lexicon::new(settings),
            settings: settings.clone(),
            recent: Recent::default(),
        }
    }

    /// Forgets all words if there are too many; says whether it did.
    pub fn make_room(&mut self) -> bool {
        let full = self.lexicon.is_full();
        if full {
            self.lexicon.clear();
            self.recent = Recent::default();
        }
        full
    }

    /// Gives every term of the passage to `found`, once per occurrence: family by family in the
    /// order of families, within them in a fixed order.
    pub fn extract(
        &mut self,
        passage: &Passage<'_>,
        index: &mut impl Index,
        found: &mut impl Sink,
    ) {
        self.make_room();
        for family in Family::ALL {
            found.family(family);
            let text = match family {
                Family::Before => passage.before,
                Family::After => passage.after,
                _ => Some(passage.text),
            };
            if let (Some(lengths), Some(text)) = (self.settings.ngrams(family), text) {
                let words = self.recent.words(text, &mut self.lexicon, index);
                family_terms(family, lengths, &self.lexicon, words, index, found);
            } else if family == Family::Structure && self.settings.structure.is_some() {
                structure(passage, index, found);
            }
        }
    }
}

/// The words of the three texts read last: a sentence is the neighbour of two others.
#[derive(Default)]
struct Recent {
    texts: [(String, Vec<u32>); 3],
    oldest: usize,
}

impl Recent {
    fn words(&mut self, text: &str, lexicon: &mut Lexicon, index: &mut impl Index) -> &[u32] {
        let known = self.texts.iter().position(|(known, _)| known == text);
        let at = known.unwrap_or_else(|| {
            let (known, words) = &mut self.texts[self.oldest];
            text.clone_into(known);
            lexicon.read(text, index, words);
            let at = self.oldest;
            self.oldest = (at + 1) % self.texts.len();
            at
        });
        &self.texts[at].1
    }
}

fn family_terms(
    family: Family,
    lengths: NGrams,
    lexicon: &Lexicon,
    words: &[u32],
    index: &mut impl Index,
    found: &mut impl Sink,
) {
    let units = |words, spelled| Units {
        lexicon,
        words,
        spelled,
    };
    match family {
        Family::Word | Family::Before | Family::After => {
            found.ngrams(&units(words, Spelled::AsWritten), family, lengths, index);
        }
        Family::Opening => {
            let first = &words[..words.len().min(OPENING)];
            found.ngrams(&units(first, Spelled::AsWritten), family, lengths, index);
        }
        Family::Stem => {
            found.ngrams(&units(words, Spelled::Stemmed), family, lengths, index);
        }
        Family::Negated => {
            for scope in scopes(lexicon, words) {
                found.ngrams(&units(scope, Spelled::Stemmed), family, lengths, index);
            }
        }
        Family::Dictionary => {
            let categories = lexicon.categories(words);
            let units = units(&categories, Spelled::AsWritten);
            found.ngrams(&units, family, lengths, index);
        }
        Family::Character => found.characters(lexicon, words),
        Family::Structure => {}
    }
}

/// A run of words, seen as written or as stems.
pub(super) struct Units<'a> {
    lexicon: &'a Lexicon,
    words: &'a [u32],
    spelled: Spelled,
}

impl Units<'_> {
    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// What a word adds to the hash of an n-gram.
    pub fn hash(&self, at: usize) -> u64 {
        self.lexicon.hash(self.words[at], self.spelled)
    }

    /// The number of a word as a term of its own, for a settled index.
    pub fn alone(&self, at: usize, family: Family) -> Option<u32> {
        self.lexicon.alone(self.words[at], family)
    }

    fn spell(&self, from: usize, to: usize) -> String {
        let words = self.words[from..=to].iter();
        let spelled: Vec<&str> = words
            .map(|&word| self.lexicon.spelling(word, self.spelled))
            .collect();
        spelled.join(" ")
    }

    /// Gives all n-grams to `found`. A term stands in at least as many sentences as any longer one
    /// that begins with it, so where an n-gram is unknown the longer ones need no look-up.
    fn ngrams<I: Index>(
        &self,
        family: Family,
        lengths: NGrams,
        index: &mut I,
        found: &mut impl Sink,
    ) {
        for start in 0..self.words.len() {
            let mut hash = TermHash::of(family);
            for end in start..self.words.len().min(start + lengths.to) {
                hash = hash.then(self.hash(end));
                if end + 1 - start < lengths.from {
                    continue;
                }
                let spell = || self.spell(start, end);
                let term = if end > start {
                    index.longer(family, hash, spell)
                } else if I::SETTLED {
                    self.alone(start, family)
                } else {
                    index.number(family, hash, spell)
                };
                match term {
                    Some(term) => found.term(term),
                    None => break,
                }
            }
        }
    }
}

/// The stretches of a sentence behind a negation, up to a mark or a turn ("but").
fn scopes<'a>(lexicon: &'a Lexicon, words: &'a [u32]) -> impl Iterator<Item = &'a [u32]> {
    words
        .split(|&word| lexicon.role(word) == Role::EndsScope)
        .filter_map(|clause| {
            let negation = clause
                .iter()
                .position(|&word| lexicon.role(word) == Role::Negates)?;
            Some(&clause[negation + 1..])
        })
}

/// Position as first, last and fifth of the text; cues by name.
fn structure(passage: &Passage<'_>, index: &mut impl Index, found: &mut impl Sink) {
    let mut add = |name: &str| {
        let hash = TermHash::of(Family::Structure).then(unit(name.as_bytes()));
        if let Some(term) = index.number(Family::Structure, hash, || name.to_owned()) {
            found.term(term);
        }
    };
    if let Some((before, all)) = passage.position {
        add(["1/5", "2/5", "3/5", "4/5", "5/5"][(before * 5 / all.max(1)).min(4)]);
        if before == 0 {
            add("first");
        }
        if before + 1 == all {
            add("last");
        }
    }
    passage.cues.iter().for_each(|cue| add(cue));
}
