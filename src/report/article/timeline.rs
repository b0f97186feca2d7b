//! The stance along an article: one mark a sentence, in the order in which they are read.

use super::super::html::class;
use super::super::visible;
use crate::codebook::{Label, LabelSet, OwnVoice};
use crate::tagger::{Tag, TaggedSentence};

/// The height of the drawing; its width is the number of sentences.
const HEIGHT: f64 = 100.0;
/// How far up and down the surest mark reaches.
const REACH: f64 = 48.0;
/// The height of the mark of a label that is neither positive nor negative.
const FLAT: f64 = 8.0;
/// The share of a lane that its surest mark fills.
const FILL: f64 = 0.9;
/// The running mean needs so many sentences to mean something.
const FEWEST: usize = 8;

/// One mark: a bar that is as long as the tag is probable.
pub(super) struct Mark {
    pub(super) class: String,
    pub(super) reported: bool,
    pub(super) y: f64,
    pub(super) height: f64,
}

/// The marks of an article.
pub(super) struct Timeline {
    pub(super) marks: Vec<Mark>,
    /// Corners of the running mean of the author's own sentences, as `x,y x,y …`; may be empty.
    pub(super) line: String,
    /// What points up and what points down, where the labels have an order.
    pub(super) ends: Option<[String; 2]>,
    /// The labels from the top lane to the bottom one, where they have none.
    pub(super) lanes: String,
}

impl Timeline {
    /// Of the tags in `set`. Labels with an order point up and down from the middle; others have a
    /// lane each, the first on top.
    pub(super) fn new(
        sentences: &[TaggedSentence],
        (index, set): (usize, &LabelSet),
        own_voice: Option<OwnVoice>,
    ) -> Self {
        let polar = set.is_polar();
        let place = if polar { from_the_middle } else { in_its_lane };
        let mark = |sentence: &TaggedSentence| {
            let tag = sentence.tags.get(index);
            let (y, height) = tag.map_or((HEIGHT / 2.0, 0.0), |tag| place(tag, set));
            Mark {
                class: class(index, tag.map_or(0, |tag| tag.label)),
                reported: !sentence.is_own(own_voice),
                y,
                height,
            }
        };
        let own = |sentence: &TaggedSentence| {
            let tag = sentence
                .tags
                .get(index)
                .filter(|_| sentence.is_own(own_voice))?;
            Some(leaning(tag, set))
        };
        let leanings: Vec<Option<f64>> = sentences.iter().map(own).collect();
        Self {
            marks: sentences.iter().map(mark).collect(),
            line: if polar {
                line(&leanings)
            } else {
                String::new()
            },
            ends: polar.then(|| [1, -1].map(|end| names(set, |label| label.polarity == Some(end)))),
            lanes: names(set, |_| !polar),
        }
    }
}

fn names(set: &LabelSet, wanted: impl Fn(&Label) -> bool) -> String {
    let labels = set.labels.iter().filter(|label| wanted(label));
    let names: Vec<String> = labels.map(|label| visible(&label.name)).collect();
    names.join(", ")
}

/// The probability of the tag; nothing if it is unknown.
fn probability(tag: &Tag) -> f64 {
    let known = tag.probabilities.get(tag.label).copied();
    known
        .filter(|p| p.is_finite())
        .unwrap_or(0.0)
        .clamp(0.0, 1.0)
}

fn from_the_middle(tag: &Tag, set: &LabelSet) -> (f64, f64) {
    let middle = HEIGHT / 2.0;
    let length = REACH * probability(tag);
    match set.labels.get(tag.label).and_then(|label| label.polarity) {
        Some(1..) => (middle - length, length),
        Some(..=-1) => (middle, length),
        _ => (middle - FLAT / 2.0, FLAT),
    }
}

fn in_its_lane(tag: &Tag, set: &LabelSet) -> (f64, f64) {
    let lane = HEIGHT / set.labels.len() as f64;
    let height = FILL * lane * probability(tag);
    (lane * (tag.label + 1) as f64 - height, height)
}

/// The expected polarity, from −1 to 1.
pub(in crate::report) fn leaning(tag: &Tag, set: &LabelSet) -> f64 {
    let ends = set.polarities().into_iter().map(f64::from);
    let leaning: f64 = ends.zip(&tag.probabilities).map(|(end, p)| end * p).sum();
    if leaning.is_finite() {
        leaning.clamp(-1.0, 1.0)
    } else {
        0.0
    }
}

/// The mean of what is known around each sentence, nearer sentences counting more (a triangular
/// kernel over a sixth of the article to either side).
fn line(leanings: &[Option<f64>]) -> String {
    if leanings.iter().flatten().count() < FEWEST {
        return String::new();
    }
    let width = (leanings.len() / 6).max(FEWEST / 2);
    let mean = |at: usize| {
        let around = at.saturating_sub(width)..(at + width + 1).min(leanings.len());
        let known = around.filter_map(|near| {
            let weight = 1.0 - near.abs_diff(at) as f64 / (width + 1) as f64;
            Some((weight, leanings[near]?))
        });
        let (sum, weights) = known.fold((0.0, 0.0), |(sum, weights), (weight, leaning)| {
            (sum + weight * leaning, weights + weight)
        });
        (weights > 0.0).then(|| sum / weights)
    };
    let corner = |at: usize| {
        let y = HEIGHT / 2.0 - REACH * mean(at)?;
        Some(format!("{:.1},{y:.1}", at as f64 + 0.5))
    };
    let corners: Vec<String> = (0..leanings.len()).filter_map(corner).collect();
    corners.join(" ")
}
