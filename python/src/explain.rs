//! Which terms made a tag.

use pyo3::prelude::*;
use stance::error::{Error, Result};
use stance::tagger::{Explanation, Sentence, Tagger};

/// A sentence, or the sentences of a text.
#[derive(FromPyObject)]
pub enum Passage {
    Alone(String),
    Text(Vec<String>),
}

/// Which sentence is explained, and for which label set.
pub struct Asked<'a> {
    /// Its number, from 1, where the passage is a text.
    pub sentence: Option<usize>,
    pub label: Option<&'a str>,
}

/// The sentence, and what its terms add to the score of each label.
pub fn explain<'p>(
    tagger: &Tagger,
    passage: &'p Passage,
    asked: &Asked<'_>,
) -> Result<(&'p str, Vec<Explanation>)> {
    let head = tagger.head(asked.label)?;
    let (texts, at) = match (passage, asked.sentence) {
        (Passage::Alone(text), None) => (std::slice::from_ref(text), 0),
        (Passage::Text(texts), Some(number)) => {
            let at = number.checked_sub(1).filter(|&at| at < texts.len());
            let at = at.ok_or_else(|| {
                Error::usage(format!("no sentence {number}: there are {}", texts.len()))
            });
            (texts.as_slice(), at?)
        }
        _ => {
            return Err(Error::usage("which sentence is to be explained?")
                .remedy("give one sentence, or a list of sentences and sentence=N"));
        }
    };
    let sentence = |text: &'p String| Sentence { text, paragraph: 0 };
    let sentences: Vec<Sentence<'_>> = texts.iter().map(sentence).collect();
    Ok((&texts[at], tagger.explain_one(&sentences, at, head)))
}
