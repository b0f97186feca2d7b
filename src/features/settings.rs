use super::dictionary::Dictionary;
use super::term::Family;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Lengths of n-grams, both ends included, and the length their family's vector is scaled to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NGrams {
    /// The shortest.
    pub from: usize,
    /// The longest.
    pub to: usize,
    /// The length of the family's vector; families of equal weight have an equal say.
    pub weight: f64,
}

impl NGrams {
    /// n-grams of `from` to `to` units at weight one.
    #[must_use]
    pub fn new(from: usize, to: usize) -> Self {
        Self {
            from,
            to,
            weight: 1.0,
        }
    }

    /// The same n-grams with another say.
    #[must_use]
    pub fn weighing(self, weight: f64) -> Self {
        Self { weight, ..self }
    }
}

/// Which terms a sentence is turned into; a family that is `None` is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Words and punctuation marks as written, lowercased.
    pub words: Option<NGrams>,
    /// Characters inside words, with the word's ends marked.
    pub characters: Option<NGrams>,
    /// Words within the first few of the sentence.
    pub opening: Option<NGrams>,
    /// Word stems (Snowball, English) and punctuation marks.
    pub stems: Option<NGrams>,
    /// Stems within the scope of a negation.
    pub negated: Option<NGrams>,
    /// Words of the sentence before and the sentence after.
    pub neighbours: Option<NGrams>,
    /// Position in the text and the voice room's cues: the weight of the family.
    pub structure: Option<f64>,
    /// The dictionary's categories in the order in which the sentence has their terms, between a
    /// mark for its beginning and one for its end.
    pub categories: Option<NGrams>,
    /// Words and expressions by category.
    pub dictionary: Option<Dictionary>,
    /// Terms in fewer sentences than this are not learned.
    pub minimum_sentences: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            words: Some(NGrams::new(1, 3)),
            characters: Some(NGrams::new(2, 5)),
            opening: Some(NGrams::new(1, 3).weighing(0.5)),
            stems: Some(NGrams::new(1, 2).weighing(0.5)),
            negated: None,
            neighbours: Some(NGrams::new(1, 1).weighing(0.7)),
            structure: Some(0.5),
            categories: Some(NGrams::new(1, 3).weighing(0.8)),
            dictionary: None,
            minimum_sentences: 2,
        }
    }
}

impl Settings {
    /// The n-grams of a family of words or stems.
    pub(super) fn ngrams(&self, family: Family) -> Option<NGrams> {
        match family {
            Family::Word => self.words,
            Family::Opening => self.opening,
            Family::Stem => self.stems,
            Family::Negated => self.negated,
            Family::Before | Family::After => self.neighbours,
            Family::Character => self.characters,
            Family::Structure => None,
            Family::Dictionary => self.dictionary.as_ref().and(self.categories),
        }
    }

    /// The n-grams that are switched on, by the names of their settings.
    fn named(&self) -> impl Iterator<Item = (&'static str, NGrams)> {
        let families = [
            ("words", self.words),
            ("characters", self.characters),
            ("opening", self.opening),
            ("stems", self.stems),
            ("negated", self.negated),
            ("neighbours", self.neighbours),
            ("categories", self.dictionary.as_ref().and(self.categories)),
        ];
        families
            .into_iter()
            .filter_map(|(name, ngrams)| Some((name, ngrams?)))
    }

    /// Checks that n-grams are of lengths 1 to 8 in the right order and weights are positive.
    ///
    /// # Errors
    /// Names the family and the rule it breaks.
    pub fn check(&self) -> Result<()> {
        for (name, NGrams { from, to, weight }) in self.named() {
            if from < 1 || from > to || to > 8 {
                return Err(
                    Error::usage(format!("{name}: no n-grams of lengths {from} to {to}"))
                        .remedy("give lengths from 1 to 8, the shorter first"),
                );
            }
            check_weight(name, weight)?;
        }
        if let Some(weight) = self.structure {
            check_weight("structure", weight)?;
        }
        if self.words.is_none() && self.characters.is_none() && self.stems.is_none() {
            return Err(Error::usage("no feature family reads the sentence itself")
                .remedy("switch on words, characters or stems"));
        }
        Ok(())
    }
}

fn check_weight(name: &str, weight: f64) -> Result<()> {
    if weight > 0.0 && weight.is_finite() {
        Ok(())
    } else {
        Err(Error::usage(format!("{name}: a weight of {weight}")).remedy("give a positive number"))
    }
}

/// In words, for people: `words 1-3, characters 2-5, neighbours 1-1 at 0.7, structure at 0.5`.
impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self
            .named()
            .map(|(name, NGrams { from, to, weight })| match weight {
                1.0 => format!("{name} {from}-{to}"),
                _ => format!("{name} {from}-{to} at {weight}"),
            })
            .collect();
        parts.extend(
            self.dictionary
                .iter()
                .map(|dictionary| format!("of a dictionary of {} terms", dictionary.terms())),
        );
        parts.extend(
            self.structure
                .map(|weight| format!("structure at {weight}")),
        );
        f.write_str(&parts.join(", "))
    }
}
