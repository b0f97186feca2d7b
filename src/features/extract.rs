use super::Passage;
use super::lexicon::{Index, Lexicon};
use super::settings::{NGrams, Settings};
use super::term::{Family, TermHash, unit};

/// Words that count as the opening of a sentence.
const OPENING: usize = 4;

/// Turns passages into numbers of terms; owns the buffers that this needs.
pub(super) struct Extractor {
    lexicon: Lexicon,
    settings: Settings,
    sentence: Vec<u32>,
    neighbour: Vec<u32>,
}

impl Extractor {
    pub fn new(settings: &Settings) -> Self {
        Self {
            lexicon: Lexicon::new(settings),
            settings: settings.clone(),
            sentence: Vec::new(),
            neighbour: Vec::new(),
        }
    }

    /// Gives every term of the passage to `found`, once per occurrence, in a fixed order.
    pub fn extract(
        &mut self,
        passage: &Passage<'_>,
        index: &mut impl Index,
        found: &mut impl FnMut(u32),
    ) {
        self.lexicon.make_room();
        self.lexicon.read(passage.text, index, &mut self.sentence);
        let units = |spelled: Spelled| Units {
            lexicon: &self.lexicon,
            words: &self.sentence,
            spelled,
        };
        if let Some(lengths) = self.settings.words {
            units(Spelled::AsWritten).ngrams(Family::Word, lengths, index, found);
        }
        if let Some(lengths) = self.settings.opening {
            let first = &self.sentence[..self.sentence.len().min(OPENING)];
            Units {
                words: first,
                ..units(Spelled::AsWritten)
            }
            .ngrams(Family::Opening, lengths, index, found);
        }
        if self.settings.characters.is_some() {
            for &word in &self.sentence {
                self.lexicon
                    .word(word)
                    .characters
                    .iter()
                    .for_each(|&t| found(t));
            }
        }
        if let Some(lengths) = self.settings.stems {
            units(Spelled::Stemmed).ngrams(Family::Stem, lengths, index, found);
        }
        if let Some(lengths) = self.settings.negated {
            for scope in scopes(&self.lexicon, &self.sentence) {
                Units {
                    words: scope,
                    ..units(Spelled::Stemmed)
                }
                .ngrams(Family::Negated, lengths, index, found);
            }
        }
        self.extract_neighbours(passage, index, found);
        if self.settings.structure.is_some() {
            structure(passage, index, found);
        }
    }

    fn extract_neighbours(
        &mut self,
        passage: &Passage<'_>,
        index: &mut impl Index,
        found: &mut impl FnMut(u32),
    ) {
        let Some(lengths) = self.settings.neighbours else {
            return;
        };
        for (family, neighbour) in [
            (Family::Before, passage.before),
            (Family::After, passage.after),
        ] {
            let Some(neighbour) = neighbour else { continue };
            self.lexicon.read(neighbour, index, &mut self.neighbour);
            let units = Units {
                lexicon: &self.lexicon,
                words: &self.neighbour,
                spelled: Spelled::AsWritten,
            };
            units.ngrams(family, lengths, index, found);
        }
    }
}

#[derive(Clone, Copy)]
enum Spelled {
    AsWritten,
    Stemmed,
}

/// A run of words, seen as written or as stems.
struct Units<'a> {
    lexicon: &'a Lexicon,
    words: &'a [u32],
    spelled: Spelled,
}

impl Units<'_> {
    fn hash(&self, at: usize) -> u64 {
        let word = self.lexicon.word(self.words[at]);
        match self.spelled {
            Spelled::AsWritten => word.hash,
            Spelled::Stemmed => word.stem_hash,
        }
    }

    fn spell(&self, from: usize, to: usize) -> String {
        let spelled: Vec<&str> = self.words[from..=to]
            .iter()
            .map(|&number| {
                let word = self.lexicon.word(number);
                match self.spelled {
                    Spelled::AsWritten => &*word.normal,
                    Spelled::Stemmed => &*word.stem,
                }
            })
            .collect();
        spelled.join(" ")
    }

    /// Gives all n-grams to `found`. A term stands in at least as many sentences as any longer one
    /// that begins with it, so where an n-gram is unknown the longer ones need no look-up.
    fn ngrams(
        &self,
        family: Family,
        lengths: NGrams,
        index: &mut impl Index,
        found: &mut impl FnMut(u32),
    ) {
        for start in 0..self.words.len() {
            let mut hash = TermHash::of(family);
            for end in start..self.words.len().min(start + lengths.to) {
                hash = hash.then(self.hash(end));
                if end + 1 - start < lengths.from {
                    continue;
                }
                match index.number(family, hash, || self.spell(start, end)) {
                    Some(term) => found(term),
                    None => break,
                }
            }
        }
    }
}

/// The stretches of a sentence behind a negation, up to a mark or a turn ("but").
fn scopes<'a>(lexicon: &'a Lexicon, words: &'a [u32]) -> impl Iterator<Item = &'a [u32]> {
    words
        .split(|&word| lexicon.word(word).ends_scope)
        .filter_map(|clause| {
            let negation = clause.iter().position(|&word| lexicon.word(word).negates)?;
            Some(&clause[negation + 1..])
        })
}

/// Position as first, last and fifth of the text; cues by name.
fn structure(passage: &Passage<'_>, index: &mut impl Index, found: &mut impl FnMut(u32)) {
    let mut add = |name: &str| {
        let hash = TermHash::of(Family::Structure).then(unit(name.as_bytes()));
        if let Some(term) = index.number(Family::Structure, hash, || name.to_owned()) {
            found(term);
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
