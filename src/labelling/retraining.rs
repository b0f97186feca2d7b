use super::desk::Desk;
use super::writer::Job;
use super::{Corpus, Order, Queue};
use crate::codebook::{Codebook, LabelSet};
use crate::error::{Error, Result};
use crate::evaluate::{LearningCurve, Predictions, learning_curve};
use crate::labels::{Labelled, ReadLabels};
use crate::tagger::{Sentence, Settings, Tagger, Tags};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What is learned from the labels on the way: the model that suggests, the queue of the
/// uncertain, and the learning curve.
#[derive(Debug)]
pub struct Retraining {
    /// A new model after so many new labels; 0 for never.
    every: usize,
    settings: Settings,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    lesson: Option<Arc<Lesson>>,
    curve: Option<Curve>,
    /// Why there is no curve or no new model.
    note: Option<String>,
    /// How many labels the last attempt had.
    at: usize,
    /// How many labels there are.
    labels: usize,
    running: bool,
    ended: bool,
}

/// A model and what it says of the corpus.
pub struct Lesson {
    /// The model.
    pub tagger: Tagger,
    /// What it was learned from, in words.
    pub origin: String,
    /// Its tags of all sentences, as soon as they are known.
    tags: std::sync::OnceLock<(Vec<Tags>, Order)>,
}

impl std::fmt::Debug for Lesson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lesson")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

/// How well models do that learn from growing shares of the labels.
#[derive(Debug, Clone)]
pub struct Curve {
    /// The label set.
    pub set: String,
    /// Its curve.
    pub curve: LearningCurve,
}

/// How the retraining stands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RetrainingState {
    /// Whether a model is being learned now.
    pub running: bool,
    /// How many labels the last model was learned from.
    pub at: usize,
    /// With how many labels the next one is.
    pub next: usize,
}

impl Retraining {
    /// A new model after every so many labels (0: never), learned with these settings. Until then
    /// the model given suggests, if it answers the questions of the codebook.
    #[must_use]
    pub fn new(
        every: usize,
        settings: Settings,
        (tagger, origin): (Tagger, String),
        codebook: &Codebook,
    ) -> Self {
        let answers = tagger.heads().iter().any(|head| is_of(codebook, &head.set));
        let lesson = answers.then(|| Lesson::new(tagger, origin));
        let note = match every {
            0 => "retraining is switched off (--retrain-every 0)".to_owned(),
            _ => format!("the first model is learned from {every} labels"),
        };
        Self {
            every,
            settings,
            state: Mutex::new(State {
                lesson: lesson.map(Arc::new),
                note: Some(note),
                ..State::default()
            }),
            changed: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The model of the moment.
    #[must_use]
    pub fn lesson(&self) -> Option<Arc<Lesson>> {
        self.state().lesson.clone()
    }

    /// The learning curve, or why there is none yet.
    #[must_use]
    pub fn curve(&self) -> (Option<Curve>, Option<String>) {
        let state = self.state();
        (state.curve.clone(), state.note.clone())
    }

    /// How the retraining stands; `None` where it is switched off.
    #[must_use]
    pub fn progress(&self) -> Option<RetrainingState> {
        let state = self.state();
        (self.every > 0).then(|| RetrainingState {
            running: state.running,
            at: state.at,
            next: (state.at + self.every).max(self.every),
        })
    }

    /// Is told how many labels there are.
    pub(super) fn count(&self, labels: usize) {
        self.state().labels = labels;
        self.changed.notify_all();
    }

    /// Ends the learning as soon as the model at hand is done.
    pub(super) fn end(&self) {
        self.state().ended = true;
        self.changed.notify_all();
    }

    /// Waits until there are enough new labels; `None` at the end.
    fn wait(&self) -> Option<usize> {
        let due = |state: &State| self.every > 0 && state.labels.abs_diff(state.at) >= self.every;
        let mut state = self.state();
        while !state.ended && !due(&state) {
            let waited = self.changed.wait_timeout(state, Duration::from_secs(60));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.running = true;
        (!state.ended).then_some(state.labels)
    }
}

fn is_of(codebook: &Codebook, set: &LabelSet) -> bool {
    let names = |set: &LabelSet| set.names().map(str::to_owned).collect::<BTreeSet<_>>();
    codebook
        .set(&set.name)
        .is_some_and(|own| names(own) == names(set))
}

impl Lesson {
    fn new(tagger: Tagger, origin: String) -> Self {
        Self {
            tagger,
            origin,
            tags: std::sync::OnceLock::new(),
        }
    }

    /// Tags all sentences and orders them by how unsure the model is.
    fn look_at(&self, corpus: &Corpus) {
        self.tags.get_or_init(|| {
            let pieces = corpus.pieces();
            let tags: Vec<Vec<Tags>> = pieces
                .par_iter()
                .map(|piece| self.tagger.tag(&sentences(corpus, piece.clone())))
                .collect();
            let tags: Vec<Tags> = tags.into_iter().flatten().collect();
            let order = Order::uncertain(&tags);
            (tags, order)
        });
    }

    /// The sentences the model is least sure of first, as soon as it has seen them all.
    #[must_use]
    pub fn order(&self) -> Option<&Order> {
        self.tags.get().map(|(_, order)| order)
    }

    /// What the model says of a sentence in its article.
    #[must_use]
    pub fn tags_of(&self, corpus: &Corpus, at: usize) -> Tags {
        match self.tags.get() {
            Some((tags, _)) => tags[at].clone(),
            None => {
                let around = corpus.surroundings(at);
                let mut tags = self.tagger.tag(&sentences(corpus, around.clone()));
                tags.swap_remove(at - around.start)
            }
        }
    }
}

/// Sentences as the tagger sees them.
pub(super) fn sentences(corpus: &Corpus, range: std::ops::Range<usize>) -> Vec<Sentence<'_>> {
    let sentences = corpus.sentences[range].iter();
    sentences
        .map(|sentence| Sentence {
            text: &sentence.text,
            paragraph: sentence.paragraph,
        })
        .collect()
}

impl Desk {
    /// Learns in the background until [`Desk::close`]: call it from a thread of its own.
    pub fn learn(&self) {
        // Before anybody asks for it.
        let _ = self.order(Queue::Diverse);
        if let Some(lesson) = self.retraining.lesson() {
            lesson.look_at(&self.corpus);
        }
        self.retraining.count(self.store().count());
        while let Some(labels) = self.retraining.wait() {
            let learned = self.learn_once(labels);
            let mut state = self.retraining.state();
            state.running = false;
            state.at = labels;
            state.note = learned.err().map(|error| explain(&error, labels));
        }
    }

    /// Learns a model from all labels as `stance train` would, lets it look at the corpus, and
    /// measures the learning curve.
    fn learn_once(&self, labels: usize) -> Result<()> {
        self.flush();
        let labelled = self.labelled()?;
        let groups: BTreeSet<&str> = labelled.sentences.iter().map(|s| &*s.group).collect();
        let mut settings = self.retraining.settings.clone();
        settings.folds = settings.folds.min(groups.len());
        if settings.folds < 2 {
            return Err(Error::input("all labels are of one author")
                .remedy("label articles of at least two"));
        }
        let silent: &mut crate::tagger::Progress<'_> = &mut |_, _, _| Ok(());
        let (tagger, held_out) = Tagger::train_and_hold_out(&labelled, &settings, silent)?;
        let lesson = Lesson::new(tagger, format!("retrained on {labels} labels"));
        lesson.look_at(&self.corpus);
        self.retraining.state().lesson = Some(Arc::new(lesson));
        let whole = Predictions::of_training(held_out, &labelled, &settings);
        let curves = learning_curve(&labelled, &settings, &whole, silent)?;
        let first = curves.into_iter().zip(&labelled.sets).next();
        self.retraining.state().curve = first.map(|(curve, set)| Curve {
            set: set.name.clone(),
            curve,
        });
        Ok(())
    }

    /// The labels file as training reads it: of every label set that has two labels at least.
    fn labelled(&self) -> Result<Labelled> {
        let store = self.store();
        let given = store.labels();
        let sets = self.codebook.sets.iter().filter(|set| {
            let chosen = given
                .iter()
                .filter_map(|(_, _, label)| label.labels.get(&set.name));
            chosen.collect::<BTreeSet<_>>().len() >= 2
        });
        let labels: Vec<String> = sets.map(|set| set.name.clone()).collect();
        drop(given);
        drop(store);
        if labels.is_empty() {
            return Err(Error::input("all labels are the same")
                .remedy("go on: a model needs at least two different labels of a set"));
        }
        ReadLabels {
            labels,
            codebook: Some(self.codebook.clone()),
            ..ReadLabels::default()
        }
        .read(std::slice::from_ref(&self.labels_file))
    }

    /// Waits until the labels file is up to date.
    fn flush(&self) {
        let (reply, done) = tokio::sync::oneshot::channel();
        self.hand(Job::Flush(reply));
        // A closed channel means that the writer has ended, and with it all waiting.
        let _ = done.blocking_recv();
    }
}

/// Why there is no model yet, on a line.
fn explain(error: &Error, labels: usize) -> String {
    let remedy = error.remedy.as_ref().map(|remedy| format!(" – {remedy}"));
    format!(
        "{labels} labels are not enough to learn from: {}{}",
        error.what,
        remedy.unwrap_or_default()
    )
}
