//! The stance report of an article: who wrote it, how its sentences are tagged, and why.

mod csv;
mod details;
mod json;
mod markdown;
mod page;
mod panel;
mod table;
mod timeline;

pub use csv::csv;
pub use json::json;
pub use markdown::markdown;
pub use page::html;
pub use table::table;

use super::explanation::Reasons;
use super::look;
use super::number::{UNKNOWN, percent, signed};
use crate::article::Article;
use crate::codebook::{Codebook, LabelSet, own_voice};
use crate::prevalence::Prevalence;
use crate::tagger::{Contribution, TaggedArticle, TaggedSentence};
use panel::{Panel, Voice};

pub(super) use table::sentence_lines;
pub(super) use timeline::leaning;

/// What an article without sentences gets instead of shares.
const NOTHING: &str = "No sentence of prose was found, so there is nothing to tag.";
/// How many of a sentence's drivers a reader is shown.
const DRIVERS: usize = 3;

/// An article to report, with what is known of it beyond its tags.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArticleReport<'a> {
    /// The article and its tagged sentences.
    pub tagged: &'a TaggedArticle,
    /// Why each sentence got its leading tag; may be shorter than the article or empty.
    pub reasons: &'a [Reasons],
    /// Shares of the polar set over the sentences in the author's own voice, corrected for the
    /// classifier's errors; without it shares are only counted.
    pub own: Option<&'a Prevalence>,
    /// The same over all sentences.
    pub all: Option<&'a Prevalence>,
}

impl<'a> ArticleReport<'a> {
    /// A report of nothing but the tags.
    #[must_use]
    pub fn new(tagged: &'a TaggedArticle) -> Self {
        Self {
            tagged,
            reasons: &[],
            own: None,
            all: None,
        }
    }

    fn drivers_of(&self, sentence: usize) -> &'a [Contribution] {
        let reasons = self.reasons.get(sentence);
        reasons.map_or(&[], |reasons| &reasons.strongest)
    }

    /// The shares to show: the leading set by voice where the codebook tells voices apart, then
    /// every other set over all sentences.
    fn panels<'c>(&self, codebook: &'c Codebook) -> Vec<Panel<'c>> {
        let apart = |set: &LabelSet| codebook.voice().is_some_and(|voice| voice.name != set.name);
        let mut panels = Vec::new();
        for (index, set) in codebook.sets.iter().enumerate() {
            let voices: &[Voice] = if is_leading(index, codebook) && apart(set) {
                &[Voice::Own, Voice::All]
            } else {
                &[Voice::Any]
            };
            panels.extend(
                voices
                    .iter()
                    .map(|&voice| Panel::new(self, codebook, (index, set), voice)),
            );
        }
        panels
    }
}

/// The set a report is about, and its index: the polar one, else the first.
pub(super) fn leading(codebook: &Codebook) -> Option<(usize, &LabelSet)> {
    let mut sets = codebook.sets.iter().enumerate();
    let first = sets.clone().next();
    sets.find(|(_, set)| set.is_polar()).or(first)
}

fn is_leading(index: usize, codebook: &Codebook) -> bool {
    leading(codebook).is_some_and(|(leading, _)| leading == index)
}

/// The title, or the file's name.
pub(super) fn title(article: &Article) -> &str {
    article.title.as_deref().unwrap_or_else(|| article.name())
}

/// Authors, date and source, as far as they are known.
pub(super) fn byline(article: &Article) -> Vec<String> {
    let authors = match article.authors.as_slice() {
        [] => "no author named".to_owned(),
        authors => format!("by {}", authors.join(", ")),
    };
    let date = article
        .date
        .map_or_else(|| "no date".to_owned(), |date| date.to_string());
    vec![authors, date, article.source.clone()]
}

/// The leading tag in words: `▲ optimistic`, with a question mark if unsure, and its probability.
fn verdict(sentence: &TaggedSentence, set: &LabelSet, index: usize) -> (String, String) {
    let Some(tag) = sentence.tags.get(index) else {
        return (UNKNOWN.to_owned(), UNKNOWN.to_owned());
    };
    let doubt = if tag.unsure { "?" } else { "" };
    let probability = tag
        .probabilities
        .get(tag.label)
        .map_or(UNKNOWN.to_owned(), |&p| percent(p));
    (
        format!("{}{doubt}", look::name(set, tag.label)),
        probability,
    )
}

/// Whose words a sentence gives, where they are not the author's own: the holder, or what the label
/// is called if nobody is named.
fn holder<'a>(sentence: &'a TaggedSentence, codebook: &'a Codebook) -> Option<&'a str> {
    let own = own_voice(&codebook.sets)?;
    let label = sentence.tags.get(own.set)?.label;
    let name = || {
        codebook.sets[own.set]
            .labels
            .get(label)
            .map(|label| label.name.as_str())
    };
    if label == own.label {
        return None;
    }
    sentence.holder.as_deref().or_else(name)
}

/// The other tags in words, with the holder beside the voice: `claim · reported (the envoy)`.
fn asides(sentence: &TaggedSentence, codebook: &Codebook) -> Vec<String> {
    let mut asides = Vec::new();
    for (index, set) in codebook.sets.iter().enumerate() {
        let Some(tag) = sentence.tags.get(index) else {
            continue;
        };
        let Some(label) = set.labels.get(tag.label) else {
            continue;
        };
        let is_voice = codebook.voice().is_some_and(|voice| voice.name == set.name);
        let doubt = if tag.unsure { "?" } else { "" };
        match &sentence.holder {
            Some(holder) if is_voice && set.own.as_ref() != Some(&label.name) => {
                asides.push(format!("{}{doubt} ({holder})", label.name));
            }
            _ if !is_leading(index, codebook) => asides.push(format!("{}{doubt}", label.name)),
            _ => {}
        }
    }
    asides
}

/// The strongest drivers: `no progress −0.62, moved +0.40`.
fn driven_by(drivers: &[Contribution]) -> String {
    let driver = |driver: &Contribution| format!("{} {}", driver.term, signed(driver.value));
    let drivers: Vec<String> = drivers.iter().take(DRIVERS).map(driver).collect();
    drivers.join(", ")
}
