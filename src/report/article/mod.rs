//! The stance report of an article: who wrote it, how its sentences are tagged, and why.

mod json;
mod markdown;
mod page;
mod table;

pub use json::json;
pub use markdown::markdown;
pub use page::html;
pub use table::table;

use super::grid::{Align, Cell, Grid};
use super::number::{UNKNOWN, corrected, count, known, percent, signed};
use super::{bar, look};
use crate::article::Article;
use crate::codebook::{Codebook, LabelSet};
use crate::prevalence::{Prevalence, Share};
use crate::tagger::{Contribution, Tag, TaggedArticle, TaggedSentence};

pub(super) use table::sentence as sentence_lines;

/// What is known of a share beyond its count without correction.
const UNCORRECTED: Share = Share {
    raw: None,
    corrected: None,
    low: None,
    high: None,
};
/// What an article without sentences gets instead of shares.
const NOTHING: &str = "No sentence of prose was found, so there is nothing to tag.";
/// How many of a sentence's drivers a reader is shown.
const DRIVERS: usize = 3;

/// An article to report, with what is known of it beyond its tags.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArticleReport<'a> {
    /// The article and its tagged sentences.
    pub tagged: &'a TaggedArticle,
    /// What drives the leading tag of each sentence, largest first; may be shorter than the
    /// article or empty.
    pub drivers: &'a [Vec<Contribution>],
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
            drivers: &[],
            own: None,
            all: None,
        }
    }

    fn drivers_of(&self, sentence: usize) -> &'a [Contribution] {
        self.drivers.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// The shares to show: the leading set by voice where the codebook tells voices apart, then
    /// every other set over all sentences.
    fn panels<'c>(&self, codebook: &'c Codebook) -> Vec<Panel<'c>> {
        let mut panels = Vec::new();
        for (index, set) in codebook.sets.iter().enumerate() {
            if Some(index) != leading(codebook) {
                panels.push(Panel::new(
                    self.tagged,
                    codebook,
                    (index, set),
                    Voice::Any,
                    None,
                ));
                continue;
            }
            if codebook.voice().is_some_and(|voice| voice.name != set.name) {
                panels.push(Panel::new(
                    self.tagged,
                    codebook,
                    (index, set),
                    Voice::Own,
                    self.own,
                ));
                panels.push(Panel::new(
                    self.tagged,
                    codebook,
                    (index, set),
                    Voice::All,
                    self.all,
                ));
            } else {
                panels.push(Panel::new(
                    self.tagged,
                    codebook,
                    (index, set),
                    Voice::Any,
                    self.all,
                ));
            }
        }
        panels
    }
}

/// The index of the set a report is about: the polar one, else the first.
pub(super) fn leading(codebook: &Codebook) -> Option<usize> {
    let polar = codebook.sets.iter().position(LabelSet::is_polar);
    polar.or((!codebook.sets.is_empty()).then_some(0))
}

/// Whose sentences are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// The author's own.
    Own,
    /// All, where own voice is shown apart.
    All,
    /// All, where voices are not told apart.
    Any,
}

/// The labels of one set, counted.
struct Panel<'c> {
    /// The set's index in the codebook.
    index: usize,
    set: &'c LabelSet,
    voice: Voice,
    sentences: usize,
    unsure: usize,
    counts: Vec<usize>,
    shares: Vec<Share>,
    net: Option<Share>,
}

impl<'c> Panel<'c> {
    fn new(
        tagged: &TaggedArticle,
        codebook: &Codebook,
        (index, set): (usize, &'c LabelSet),
        voice: Voice,
        corrected: Option<&Prevalence>,
    ) -> Self {
        let counted =
            |sentence: &&TaggedSentence| voice != Voice::Own || is_own(sentence, codebook);
        let tags: Vec<&Tag> = tagged
            .sentences
            .iter()
            .filter(counted)
            .filter_map(|sentence| sentence.tags.get(index))
            .collect();
        let count = |label| tags.iter().filter(|tag| tag.label == label).count();
        let counts: Vec<usize> = (0..set.labels.len()).map(count).collect();
        let raw: Vec<Option<f64>> = counts
            .iter()
            .map(|&count| (!tags.is_empty()).then(|| count as f64 / tags.len() as f64))
            .collect();
        let share = |(label, &raw): (usize, &Option<f64>)| {
            let corrected = corrected.and_then(|known| known.shares.get(label));
            Share {
                raw,
                ..corrected.copied().unwrap_or(UNCORRECTED)
            }
        };
        let net = corrected.and_then(|known| known.net);
        Self {
            index,
            set,
            voice,
            sentences: tags.len(),
            unsure: tags.iter().filter(|tag| tag.unsure).count(),
            counts,
            shares: raw.iter().enumerate().map(share).collect(),
            net: set.is_polar().then(|| Share {
                raw: raw_net(set, &raw),
                ..net.unwrap_or(UNCORRECTED)
            }),
        }
    }

    /// `stance, own voice: 30 sentences, 5 unsure`.
    fn title(&self) -> String {
        let name = &self.set.name;
        let voice = match self.voice {
            Voice::Own => ", own voice",
            Voice::All => ", all voices",
            Voice::Any => "",
        };
        let unsure = match self.unsure {
            0 => String::new(),
            unsure => format!(", {unsure} unsure"),
        };
        format!(
            "{name}{voice}: {}{unsure}",
            count(self.sentences, "sentence")
        )
    }

    /// A line for each label and the net, with bars as wide as the terminal affords, if any.
    fn grid(&self, bars: Option<usize>) -> Grid {
        let mut head = vec![
            ("", Align::Left),
            ("n", Align::Right),
            ("share", Align::Right),
        ];
        if self.is_corrected() {
            head.push(("corrected (95% interval)", Align::Right));
        }
        head.extend(bars.map(|_| ("", Align::Left)));
        let mut grid = Grid::new(head);
        for (label, share) in self.shares.iter().enumerate() {
            let paint = look::paint(self.set, label);
            let name = Cell::new(&look::name(self.set, label), paint);
            let mut row = self.figures(name, &self.counts[label].to_string(), share, percent);
            row.extend(bars.map(|width| {
                let blocks = bar::single(self.set, label, share.raw.unwrap_or(0.0), width);
                Cell::new(&blocks, paint)
            }));
            grid.row(row);
        }
        if let Some(net) = &self.net {
            grid.row(self.figures("net".into(), "", net, signed));
        }
        grid
    }

    fn figures(
        &self,
        name: Cell,
        count: &str,
        share: &Share,
        format: fn(f64) -> String,
    ) -> Vec<Cell> {
        let mut cells = vec![name, count.into(), known(share.raw, format).into()];
        if self.is_corrected() {
            cells.push(corrected(share, format).into());
        }
        cells
    }

    /// Whether any share is more than a count.
    fn is_corrected(&self) -> bool {
        self.shares
            .iter()
            .chain(&self.net)
            .any(|share| share.corrected.is_some())
    }
}

fn raw_net(set: &LabelSet, raw: &[Option<f64>]) -> Option<f64> {
    let signed = set.polarities().into_iter().zip(raw);
    signed
        .map(|(polarity, &share)| share.map(|share| f64::from(polarity) * share))
        .sum()
}

fn is_own(sentence: &TaggedSentence, codebook: &Codebook) -> bool {
    let own = |(index, set): (usize, &LabelSet)| {
        let label = set.index(set.own.as_deref()?)?;
        Some(sentence.tags.get(index)?.label == label)
    };
    codebook
        .sets
        .iter()
        .enumerate()
        .find_map(own)
        .unwrap_or(true)
}

/// The title, or the file's name.
fn title(article: &Article) -> &str {
    article.title.as_deref().unwrap_or_else(|| article.name())
}

/// Authors, date and source, as far as they are known.
fn byline(article: &Article) -> Vec<String> {
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
            _ if Some(index) != leading(codebook) => asides.push(format!("{}{doubt}", label.name)),
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
