//! How the tags on a page were made and how far to trust them, in plain words.

use super::number::{percent, score};
use super::visible;
use crate::metrics::Scores;
use crate::tagger::Tagger;

/// The model behind a page, and how good it was on sentences it had not learned from.
#[derive(Debug, Clone, Default)]
pub struct Method<'a> {
    /// What is labelled, in a line.
    pub title: &'a str,
    /// Labelled sentences it learned from.
    pub rows: usize,
    /// Different groups (authors, as a rule) among them.
    pub groups: usize,
    /// SHA-256 of those sentences.
    pub fingerprint: &'a str,
    /// Each label set by name, with its held-out scores.
    pub scores: Vec<(&'a str, &'a Scores)>,
}

impl<'a> Method<'a> {
    /// What a tagger says of itself.
    #[must_use]
    pub fn of(tagger: &'a Tagger) -> Self {
        let about = tagger.about();
        let heads = tagger.heads().iter();
        Self {
            title: &about.title,
            rows: about.rows,
            groups: about.groups,
            fingerprint: &about.fingerprint,
            scores: heads
                .map(|head| (head.set.name.as_str(), &head.scores))
                .collect(),
        }
    }

    /// As `report/method.html` prints it.
    pub(super) fn view(&self) -> MethodView {
        MethodView {
            title: visible(self.title),
            rows: self.rows,
            groups: self.groups,
            fingerprint: self.fingerprint.chars().take(12).collect(),
            scores: self.scores.iter().map(ScoreView::new).collect(),
        }
    }
}

/// The section on method and limits.
pub(super) struct MethodView {
    pub(super) title: String,
    pub(super) rows: usize,
    pub(super) groups: usize,
    pub(super) fingerprint: String,
    pub(super) scores: Vec<ScoreView>,
}

/// The scores of one label set.
pub(super) struct ScoreView {
    pub(super) set: String,
    pub(super) accuracy: String,
    pub(super) commonest: String,
    pub(super) macro_f1: String,
}

impl ScoreView {
    fn new((set, scores): &(&str, &Scores)) -> Self {
        Self {
            set: visible(set),
            accuracy: score(&scores.accuracy),
            commonest: percent(scores.majority_accuracy),
            macro_f1: score(&scores.macro_f1),
        }
    }
}
