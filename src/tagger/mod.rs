//! Everything learned in one value: from text to tags.
//!
//! A sentence in the same company gets the same tag, alone or in a batch, with any number of
//! threads, after saving and loading. `tagger` never sees who wrote a sentence.

mod explanation;
mod file;
mod head;
mod held_out;
mod row_columns;
mod settings;
mod training;
mod tuning;

pub use explanation::{Contribution, Explanation};
pub use file::FORMAT;
pub use head::Head;
pub use held_out::{HeldOut, likeliest};
pub use row_columns::RowColumns;
pub use settings::{Balance, Settings};
pub use training::Progress;
pub use tuning::Tuned;

use crate::article::{Article, Span};
use crate::codebook::{Codebook, OwnVoice, own_voice};
use crate::error::{Error, Result};
use crate::features::{Passage, Projection, Projector, Vectorizer};
use crate::labels::{Columns, Labelled, Merged};
use crate::sentence;
use crate::voice::{self, Reading, Utterance};
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// The answer to one question (one label set) about one sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// The likeliest label: an index into the label set.
    pub label: usize,
    /// Calibrated probabilities in the order of the label set; they sum to one.
    pub probabilities: Vec<f64>,
    /// Whether the likeliest label is too unlikely to be trusted.
    pub unsure: bool,
}

/// The tags of a sentence, one for each label set, and who speaks if it is reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Tags {
    /// One tag for each label set of the codebook, in that order.
    pub tags: Vec<Tag>,
    /// Who speaks, if the sentence is reported.
    pub holder: Option<String>,
}

/// A sentence of an article and its tags.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedSentence {
    /// The paragraph of the article, from 1.
    pub paragraph: usize,
    /// The sentence of the article, from 1.
    pub number: usize,
    /// Where it stands in [`Article::text`].
    pub span: Span,
    /// Its text, white space folded to single spaces.
    pub text: String,
    /// One tag for each label set of the codebook, in that order.
    pub tags: Vec<Tag>,
    /// Who speaks, if the sentence is reported.
    pub holder: Option<String>,
}

impl TaggedSentence {
    /// Whether it is its author's own; so are all sentences where no set tells whose voice they give.
    #[must_use]
    pub fn is_own(&self, own: Option<OwnVoice>) -> bool {
        let tag = |own: OwnVoice| Some((self.tags.get(own.set)?.label, own.label));
        own.and_then(tag).is_none_or(|(label, own)| label == own)
    }
}

/// An article and its tagged sentences, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedArticle {
    /// The article.
    pub article: Article,
    /// Its sentences.
    pub sentences: Vec<TaggedSentence>,
}

/// What a tagger was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// What is labelled, in a line for readers.
    pub title: String,
    /// Rows it was trained on.
    pub rows: usize,
    /// Different groups among them.
    pub groups: usize,
    /// SHA-256 of the rows; see [`Labelled::fingerprint`].
    pub fingerprint: String,
    /// The columns the rows were read from.
    pub columns: Columns,
    /// The settings it was trained with.
    pub settings: Settings,
    /// Whose labels were merged, where several annotators labelled the same sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<Merged>,
}

impl About {
    fn new(labelled: &Labelled, settings: &Settings) -> Self {
        let groups: std::collections::BTreeSet<&str> =
            labelled.sentences.iter().map(|s| &*s.group).collect();
        Self {
            title: labelled.title.clone(),
            rows: labelled.sentences.len(),
            groups: groups.len(),
            fingerprint: labelled.fingerprint(),
            columns: labelled.columns.clone(),
            settings: settings.clone(),
            merged: labelled.merged.clone(),
        }
    }
}

/// A trained tagger: vocabulary, one model for each label set, and what is known of their quality.
pub struct Tagger {
    about: About,
    vectorizer: Vectorizer,
    heads: Vec<Head>,
    /// The weights of all heads, side by side.
    projection: Projection,
    unsure_below: f64,
    /// Buffers of threads that are done, for the next ones.
    idle: Mutex<Vec<Projector>>,
}

/// One sentence as tagging sees it: its text and the paragraph it stands in.
pub type Sentence<'t> = Utterance<'t>;

impl Tagger {
    fn assemble(about: About, vectorizer: Vectorizer, heads: Vec<Head>) -> Self {
        let weights = heads.iter().map(|head| head.model.weights().view());
        Self {
            unsure_below: about.settings.unsure_below,
            about,
            projection: vectorizer.projection(&weights.collect::<Vec<_>>()),
            vectorizer,
            heads,
            idle: Mutex::default(),
        }
    }

    /// The tagger that comes with the program: stance towards a settlement, role, voice.
    ///
    /// # Panics
    /// Never: the shipped model is part of the program, and a test loads it.
    #[must_use]
    pub fn shipped() -> Self {
        Self::from_bytes(include_bytes!("../../models/default.safetensors"))
            .expect("a test loads the shipped model")
    }

    /// Calls tags unsure whose label is less likely than `threshold`, instead of what training set.
    ///
    /// # Errors
    /// If the threshold is not a probability.
    pub fn unsure_below(mut self, threshold: f64) -> Result<Self> {
        settings::check_threshold(threshold)?;
        self.unsure_below = threshold;
        Ok(self)
    }

    /// What the tagger was made from.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// One head for each label set.
    #[must_use]
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// The label sets as a codebook.
    #[must_use]
    pub fn codebook(&self) -> Codebook {
        Codebook {
            title: self.about.title.clone(),
            sets: self.heads.iter().map(|head| head.set.clone()).collect(),
        }
    }

    /// The vocabulary.
    #[must_use]
    pub fn vectorizer(&self) -> &Vectorizer {
        &self.vectorizer
    }

    /// Which head says whose voice a sentence gives, and which of its labels is the author's own.
    #[must_use]
    pub fn voice(&self) -> Option<OwnVoice> {
        own_voice(self.heads.iter().map(|head| &head.set))
    }

    /// The place of the head of that name; without a name, of the first head whose labels run from
    /// a negative to a positive end, or else of the first.
    ///
    /// # Errors
    /// If no head has that name.
    pub fn head(&self, name: Option<&str>) -> Result<usize> {
        let Some(name) = name else {
            return Ok(self
                .heads
                .iter()
                .position(|head| head.set.is_polar())
                .unwrap_or(0));
        };
        self.heads
            .iter()
            .position(|head| head.set.name == name)
            .ok_or_else(|| {
                let known: Vec<&str> = self.heads.iter().map(|head| &*head.set.name).collect();
                Error::usage(format!("the model has no label set `{name}`"))
                    .remedy(format!("name one of: {}", known.join(", ")))
            })
    }

    /// Splits an article into sentences and tags them.
    #[must_use]
    pub fn tag_article(&self, article: Article) -> TaggedArticle {
        let mut places = Vec::new();
        let mut texts = Vec::new();
        for (paragraph, span) in article.paragraphs().enumerate() {
            for sentence in sentence::split(span.of(&article.text)) {
                let sentence = sentence.shifted(span.start);
                places.push((paragraph, sentence));
                texts.push(sentence::fold(sentence.of(&article.text)).into_owned());
            }
        }
        let sentences: Vec<Sentence<'_>> = places
            .iter()
            .zip(&texts)
            .map(|(&(paragraph, _), text)| Sentence { text, paragraph })
            .collect();
        let tags = self.tag(&sentences);
        let tagged = places.into_iter().zip(texts).zip(tags).enumerate();
        let sentences = tagged.map(|(at, (((paragraph, span), text), tags))| TaggedSentence {
            paragraph: paragraph + 1,
            number: at + 1,
            span,
            text,
            tags: tags.tags,
            holder: tags.holder,
        });
        TaggedArticle {
            sentences: sentences.collect(),
            article,
        }
    }

    /// Tags the sentences of one text, in order: each sees its neighbours.
    #[must_use]
    pub fn tag(&self, sentences: &[Sentence<'_>]) -> Vec<Tags> {
        let mut projector = self.projector();
        let readings = self.readings(sentences);
        let mut tags = Vec::with_capacity(sentences.len());
        for at in 0..sentences.len() {
            let passage = passage(sentences, &readings, at);
            let products = self
                .vectorizer
                .project(&passage, &self.projection, &mut projector);
            let blank = passage.text.trim().is_empty() || products.is_none();
            let unsure_below = if blank {
                f64::INFINITY
            } else {
                self.unsure_below
            };
            let found = self.tags(products.unwrap_or_default(), unsure_below);
            tags.push(self.with_holder(found, readings.get(at)));
        }
        self.put_back(projector);
        tags
    }

    /// One tag for each head, by the products of a vector with the weights of all.
    fn tags(&self, mut products: &[f64], unsure_below: f64) -> Vec<Tag> {
        let tag = |head: &Head| {
            let labels = head.set.labels.len().min(products.len());
            let (own, rest) = products.split_at(labels);
            products = rest;
            head.tag(own, unsure_below)
        };
        self.heads.iter().map(tag).collect()
    }

    /// Tags a sentence that stands alone.
    #[must_use]
    pub fn tag_one(&self, text: &str) -> Tags {
        let sentence = Sentence { text, paragraph: 0 };
        let mut tags = self.tag(&[sentence]);
        tags.swap_remove(0)
    }

    fn projector(&self) -> Projector {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.unwrap_or_else(|| self.vectorizer.projector(&self.projection))
    }

    fn put_back(&self, projector: Projector) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(projector);
    }

    /// What the voice room reads in the sentences; nothing unless a label set asks for voices.
    fn readings(&self, sentences: &[Sentence<'_>]) -> Vec<Reading> {
        match self.voice() {
            Some(_) => voice::read(sentences),
            None => Vec::new(),
        }
    }

    /// Names the holder of sentences that are tagged as somebody else's voice.
    fn with_holder(&self, tags: Vec<Tag>, reading: Option<&Reading>) -> Tags {
        let reported = self
            .voice()
            .is_some_and(|own| tags[own.set].label != own.label);
        Tags {
            holder: reading
                .filter(|_| reported)
                .and_then(|reading| reading.holder.clone()),
            tags,
        }
    }
}

/// A sentence with its neighbours, as training saw it.
fn passage<'a>(sentences: &'a [Sentence<'a>], readings: &'a [Reading], at: usize) -> Passage<'a> {
    Passage {
        text: sentences[at].text,
        before: at.checked_sub(1).map(|before| sentences[before].text),
        after: sentences.get(at + 1).map(|after| after.text),
        position: (sentences.len() > 1).then_some((at, sentences.len())),
        cues: readings.get(at).map_or(&[], |reading| &reading.cues),
    }
}
