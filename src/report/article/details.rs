//! What a page shows of a sentence once it is opened: made here, word for word, and carried packed.

use super::super::explanation::Reasons;
use super::super::html::Tagged;
use super::super::number::{percent, signed};
use super::super::visible;
use super::ArticleReport;
use crate::codebook::{Codebook, LabelSet};
use crate::tagger::{Tag, TaggedSentence};
use serde::Serialize;

#[derive(Serialize)]
struct Details {
    sets: Vec<Set>,
    /// The sentences of all articles, one after another.
    sentences: Vec<Sentence>,
}

#[derive(Serialize)]
struct Set {
    name: String,
    labels: Vec<Tagged>,
}

#[derive(Serialize)]
struct Sentence {
    answers: Vec<Answer>,
    why: Option<Why>,
}

/// What the model makes of one question.
#[derive(Serialize)]
struct Answer {
    label: usize,
    unsure: bool,
    /// Of every label.
    probabilities: Vec<String>,
}

/// The sum that made the leading tag, rounded so that it comes out.
#[derive(Serialize)]
struct Why {
    label: String,
    parts: Vec<(String, String)>,
    score: String,
}

/// JSON: the label sets, and every sentence with its probabilities and reasons.
pub(super) fn details(reports: &[ArticleReport<'_>], codebook: &Codebook) -> Vec<u8> {
    let sentences = reports.iter().flat_map(|report| {
        let tagged = report.tagged.sentences.iter().enumerate();
        tagged.map(|(at, tagged)| sentence(tagged, report.reasons.get(at)))
    });
    let details = Details {
        sets: codebook.sets.iter().enumerate().map(set).collect(),
        sentences: sentences.collect(),
    };
    serde_json::to_vec(&details).expect("results have string keys and cannot fail")
}

fn set((index, set): (usize, &LabelSet)) -> Set {
    let labels = 0..set.labels.len();
    Set {
        name: visible(&set.name),
        labels: labels.map(|at| Tagged::new((index, set), at)).collect(),
    }
}

fn sentence(sentence: &TaggedSentence, reasons: Option<&Reasons>) -> Sentence {
    Sentence {
        answers: sentence.tags.iter().map(answer).collect(),
        why: reasons.map(why),
    }
}

fn answer(tag: &Tag) -> Answer {
    Answer {
        label: tag.label,
        unsure: tag.unsure,
        probabilities: tag.probabilities.iter().map(|&p| percent(p)).collect(),
    }
}

fn why(reasons: &Reasons) -> Why {
    let parts = reasons.parts().into_iter();
    Why {
        label: visible(&reasons.label),
        parts: parts
            .map(|part| (visible(&part.term), signed(part.value)))
            .collect(),
        score: signed(reasons.score),
    }
}
