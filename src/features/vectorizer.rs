use super::Passage;
use super::counts::Tally;
use super::extract::Extractor;
use super::lexicon::Index;
use super::settings::Settings;
use super::table::{Filter, Table};
use super::term::{Family, TermHash, unit};
use super::weighting::{Vector, Weighting};
use crate::error::{Error, Result};
use unicode_width::UnicodeWidthChar;

/// A fitted vocabulary: turns passages into sparse vectors of length [`Vectorizer::terms`].
#[derive(Debug)]
pub struct Vectorizer {
    settings: Settings,
    /// Family by family, in each those met in most sentences first.
    spellings: Vec<Box<str>>,
    weighting: Weighting,
    /// The numbers of characters, structure, and words and stems that stand alone.
    short: Table,
    /// The numbers of longer n-grams: apart, because only these are looked up again and again.
    long: Table,
    /// Most n-grams of a text are in no table: this says so without a look into a large one.
    filter: Filter,
}

/// Buffers for turning passages into vectors; each thread has its own.
pub struct Workspace {
    extractor: Extractor,
    tally: Tally,
    vector: Vector,
}

impl Vectorizer {
    pub(super) fn assemble(
        settings: Settings,
        spellings: Vec<Box<str>>,
        weighting: Weighting,
    ) -> Self {
        let family = |number| Family::ALL[weighting.family(number)];
        let is_long = |&number: &u32| {
            !matches!(family(number), Family::Character | Family::Structure)
                && spellings[number as usize].contains(' ')
        };
        let hash = |number| term_hash(family(number), &spellings[number as usize]).0;
        let (long, short): (Vec<u32>, Vec<u32>) = (0..spellings.len() as u32).partition(is_long);
        Self {
            short: Table::of(&short, hash),
            long: Table::of(&long, hash),
            filter: Filter::of(&long, hash),
            settings,
            spellings,
            weighting,
        }
    }

    /// Puts a vectorizer together from its stored parts: the spellings of all terms, where each
    /// family ends among them, and their rarities.
    ///
    /// # Errors
    /// If the parts do not fit each other.
    pub fn from_parts(
        settings: Settings,
        spellings: Vec<Box<str>>,
        ends: [u32; Family::COUNT],
        idf: Vec<f32>,
    ) -> Result<Self> {
        settings.check()?;
        let ordered = ends.is_sorted() && ends[Family::COUNT - 1] as usize == spellings.len();
        let usable = idf.iter().all(|idf| idf.is_finite() && *idf > 0.0);
        if ordered && usable && idf.len() == spellings.len() {
            let weighting = Weighting::new(&settings, ends, idf);
            Ok(Self::assemble(settings, spellings, weighting))
        } else {
            Err(Error::input(
                "the vocabulary and its weights do not fit each other",
            ))
        }
    }

    /// A workspace for one thread.
    #[must_use]
    pub fn workspace(&self) -> Workspace {
        Workspace {
            extractor: Extractor::new(&self.settings),
            tally: Tally::default(),
            vector: Vector::default(),
        }
    }

    /// The vector of a passage, its terms in order of first occurrence. The workspace must be
    /// one made by this vectorizer.
    pub fn vectorise<'w>(&self, passage: &Passage<'_>, workspace: &'w mut Workspace) -> &'w Vector {
        let Workspace {
            extractor,
            tally,
            vector,
        } = workspace;
        extractor.extract(passage, &mut Known(self), &mut |term| {
            tally.add(term);
        });
        self.weighting.weigh(tally.drain(), vector);
        vector
    }

    /// Whether an n-gram of several words may be known; one in sixteen of the unknown may be, too.
    pub(super) fn may_know(&self, ngram: TermHash) -> bool {
        self.filter.may_hold(ngram.0)
    }

    /// The number of an n-gram of several words.
    pub(super) fn longer(&self, ngram: TermHash) -> Option<u32> {
        self.long.get(ngram.0)
    }

    pub(super) fn weighting(&self) -> &Weighting {
        &self.weighting
    }

    /// How many terms there are.
    #[must_use]
    pub fn terms(&self) -> usize {
        self.spellings.len()
    }

    /// A term as a reader of explanations sees it: `no progress`, `before: however`, `letters: ␣no`.
    ///
    /// No two terms look alike: the ends of a word are shown as `␣`, which is never part of one,
    /// and marks that would not be seen by their number (terms have no capitals), `U+200B`.
    #[must_use]
    pub fn readable(&self, term: u32) -> String {
        let family = Family::ALL[self.weighting.family(term)];
        let mut readable = family.to_string();
        for c in self.spellings[term as usize].chars() {
            match c {
                ' ' if family == Family::Character => readable.push('␣'),
                c if is_invisible(c) => readable += &format!("U+{:04X}", u32::from(c)),
                c => readable.push(c),
            }
        }
        readable
    }

    /// The spellings of all terms, family by family, in each those met in most sentences first.
    #[must_use]
    pub fn spellings(&self) -> &[Box<str>] {
        &self.spellings
    }

    /// Where each family ends among the terms.
    #[must_use]
    pub fn ends(&self) -> [u32; Family::COUNT] {
        self.weighting.ends
    }

    /// The rarity of each term.
    #[must_use]
    pub fn idf(&self) -> &[f32] {
        &self.weighting.idf
    }

    /// What the terms are made by.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// Whether a character takes no room of its own: controls, joiners, accents without a letter.
fn is_invisible(c: char) -> bool {
    c.is_control() || (c.width() == Some(0) && !c.is_alphanumeric())
}

/// The hash under which the extractor looks a term up.
fn term_hash(family: Family, spelling: &str) -> TermHash {
    let start = TermHash::of(family);
    match family {
        Family::Character | Family::Structure => start.then(unit(spelling.as_bytes())),
        _ => spelling
            .split(' ')
            .fold(start, |hash, word| hash.then(unit(word.as_bytes()))),
    }
}

/// The fitted vocabulary as an index that learns nothing.
pub(super) struct Known<'v>(pub &'v Vectorizer);

impl Index for Known<'_> {
    const SETTLED: bool = true;

    fn number(&mut self, _: Family, hash: TermHash, _: impl FnOnce() -> String) -> Option<u32> {
        self.0.short.get(hash.0)
    }

    fn longer(&mut self, _: Family, hash: TermHash, _: impl FnOnce() -> String) -> Option<u32> {
        let may_be_known = self.0.may_know(hash);
        may_be_known.then(|| self.0.longer(hash)).flatten()
    }
}
