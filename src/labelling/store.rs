use super::annotator::{Annotator, Progress};
use super::{Corpus, Deed, Event, Label, Place};
use crate::codebook::Codebook;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The longest name of an annotator or a request, in characters.
const LONGEST_NAME: usize = 100;
/// The longest note or holder, in characters.
const LONGEST_NOTE: usize = 10_000;

/// All labels of all annotators: what replaying the journal gives.
///
/// Annotators are blind to one another: whatever is asked, is asked for one of them.
#[derive(Debug)]
pub struct Store {
    corpus: Arc<Corpus>,
    /// Labelled sentences of articles that are not at hand: they come after those of the corpus.
    elsewhere: Vec<Place>,
    numbers: HashMap<(String, usize, String), usize>,
    annotators: BTreeMap<String, Annotator>,
    /// Requests that were carried out, by annotator and name, and the sentence each changed.
    requests: HashMap<(String, String), usize>,
}

/// What a page asks to be stored.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct LabelRequest {
    /// Who labels.
    pub annotator: String,
    /// Which sentence.
    pub sentence: usize,
    /// What is said of it.
    #[serde(flatten)]
    pub label: Label,
    /// The revision of the label that the page shows; 0 where there is none.
    pub revision: u64,
    /// A random name: the same request again is answered again and stored once.
    pub request: String,
}

/// What a page asks to be taken back.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct UndoRequest {
    /// Whose last label.
    pub annotator: String,
    /// A random name, as for a label.
    pub request: String,
}

/// What is to be done about a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// To be written down and applied.
    Do(Box<Event>),
    /// It was done before; this is the sentence it changed.
    Done(usize),
    /// There is nothing to take back.
    Nothing,
}

/// Why a request is not carried out.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It names something that there is not.
    Unknown {
        /// What is wrong.
        what: String,
        /// What to do.
        remedy: String,
    },
    /// The label was changed since the page read it.
    Conflict,
}

impl Refusal {
    fn unknown(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Unknown {
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

/// Checks what an annotator calls himself.
///
/// # Errors
/// If the name is empty, too long or not printable.
pub fn check_name(name: &str) -> Result<(), Refusal> {
    let fits = name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    match name.trim() == name && !name.is_empty() && fits {
        true => Ok(()),
        false => Err(Refusal::unknown(
            "this is no name of an annotator",
            format!("give one of 1 to {LONGEST_NAME} characters without space around it"),
        )),
    }
}

impl Store {
    /// A store without labels.
    #[must_use]
    pub fn new(corpus: Arc<Corpus>) -> Self {
        Self {
            corpus,
            elsewhere: Vec::new(),
            numbers: HashMap::new(),
            annotators: BTreeMap::new(),
            requests: HashMap::new(),
        }
    }

    /// What to do about a label.
    ///
    /// # Errors
    /// If the request names a sentence, set, label or annotator that cannot be, or saw an old
    /// revision.
    pub fn judge(
        &self,
        asked: &LabelRequest,
        codebook: &Codebook,
        time: Timestamp,
    ) -> Result<Verdict, Refusal> {
        check_name(&asked.annotator)?;
        if let Some(done) = self.done_before(&asked.annotator, &asked.request)? {
            return Ok(Verdict::Done(done));
        }
        if asked.sentence >= self.corpus.sentences.len() {
            return Err(Refusal::unknown(
                format!("there is no sentence {}", asked.sentence),
                format!("name one below {}", self.corpus.sentences.len()),
            ));
        }
        check_label(&asked.label, codebook)?;
        if self.revision(&asked.annotator, asked.sentence) != asked.revision {
            return Err(Refusal::Conflict);
        }
        Ok(Verdict::Do(Box::new(Event {
            time,
            annotator: asked.annotator.clone(),
            request: asked.request.clone(),
            deed: Deed::Label {
                place: self.corpus.place(asked.sentence),
                label: asked.label.clone(),
            },
        })))
    }

    /// What to do about taking back a label.
    ///
    /// # Errors
    /// If the annotator or request has no name.
    pub fn judge_undo(&self, asked: &UndoRequest, time: Timestamp) -> Result<Verdict, Refusal> {
        check_name(&asked.annotator)?;
        if let Some(done) = self.done_before(&asked.annotator, &asked.request)? {
            return Ok(Verdict::Done(done));
        }
        let annotator = self.annotators.get(&asked.annotator);
        match annotator.is_some_and(Annotator::can_undo) {
            false => Ok(Verdict::Nothing),
            true => Ok(Verdict::Do(Box::new(Event {
                time,
                annotator: asked.annotator.clone(),
                request: asked.request.clone(),
                deed: Deed::Undo,
            }))),
        }
    }

    fn done_before(&self, annotator: &str, request: &str) -> Result<Option<usize>, Refusal> {
        if request.is_empty() || request.chars().count() > LONGEST_NAME {
            return Err(Refusal::unknown(
                "the request has no name of its own",
                format!("send a random `request` of 1 to {LONGEST_NAME} characters"),
            ));
        }
        let key = (annotator.to_owned(), request.to_owned());
        Ok(self.requests.get(&key).copied())
    }

    /// Carries out what is written in the journal. Returns the sentence that changed.
    pub fn apply(&mut self, event: &Event) -> Option<usize> {
        let total = self.corpus.sentences.len();
        let unit = match &event.deed {
            Deed::Label { place, .. } | Deed::Edit { place, .. } => Some(self.unit(place)),
            Deed::Undo => None,
        };
        let annotator = self
            .annotators
            .entry(event.annotator.clone())
            .or_insert_with(|| Annotator::new(total));
        let changed = match (&event.deed, unit) {
            (Deed::Label { label, .. }, Some(unit)) => {
                annotator.label(unit, label.clone(), event.time);
                Some(unit)
            }
            (Deed::Edit { label, .. }, Some(unit)) => {
                annotator.edit(unit, label.clone());
                Some(unit)
            }
            _ => annotator.undo(),
        };
        if let Some(unit) = changed.filter(|_| !event.request.is_empty()) {
            let key = (event.annotator.clone(), event.request.clone());
            self.requests.insert(key, unit);
        }
        changed
    }

    /// The number of a sentence: its place in the corpus, or one past it for one not at hand.
    fn unit(&mut self, place: &Place) -> usize {
        self.find(place).unwrap_or_else(|| {
            let unit = self.corpus.len() + self.elsewhere.len();
            self.elsewhere.push(place.clone());
            self.numbers.insert(key(place), unit);
            unit
        })
    }

    /// The number of a sentence that is in the corpus or in the journal.
    #[must_use]
    pub fn find(&self, place: &Place) -> Option<usize> {
        let elsewhere = || self.numbers.get(&key(place)).copied();
        self.corpus.find(place).or_else(elsewhere)
    }

    /// Whether the sentence of that number stands in an article at hand.
    #[must_use]
    pub fn is_at_hand(&self, unit: usize) -> bool {
        unit < self.corpus.len()
    }

    /// Where the sentence of that number stands.
    #[must_use]
    pub fn place(&self, unit: usize) -> Place {
        let total = self.corpus.sentences.len();
        match unit < total {
            true => self.corpus.place(unit),
            false => self
                .elsewhere
                .get(unit - total)
                .cloned()
                .unwrap_or_default(),
        }
    }

    /// What an annotator says of a sentence.
    #[must_use]
    pub fn label(&self, annotator: &str, unit: usize) -> Option<&Label> {
        self.annotators.get(annotator)?.get(unit)
    }

    /// How often an annotator has changed what he says of a sentence.
    #[must_use]
    pub fn revision(&self, annotator: &str, unit: usize) -> u64 {
        let annotator = self.annotators.get(annotator);
        annotator.map_or(0, |annotator| annotator.revision(unit))
    }

    /// The names of all annotators, in order.
    pub fn annotators(&self) -> impl Iterator<Item = &str> {
        self.annotators.keys().map(String::as_str)
    }

    /// How far an annotator is.
    #[must_use]
    pub fn progress(&self, annotator: &str, codebook: &Codebook, now: Timestamp) -> Progress {
        let found = self.annotators.get(annotator);
        found.map_or_else(
            || Annotator::new(0).progress(codebook, now),
            |annotator| annotator.progress(codebook, now),
        )
    }

    /// All labels: sentence, annotator and what is said, by sentence and then by annotator.
    #[must_use]
    pub fn labels(&self) -> Vec<(usize, &str, &Label)> {
        let mut labels: Vec<(usize, &str, &Label)> = Vec::new();
        for (name, annotator) in &self.annotators {
            labels.extend(
                annotator
                    .labels()
                    .map(|(unit, label)| (unit, &**name, label)),
            );
        }
        labels.sort_unstable_by_key(|&(unit, name, _)| (unit, name));
        labels
    }

    /// How many labels all annotators have given.
    #[must_use]
    pub fn count(&self) -> usize {
        self.annotators.values().map(Annotator::given).sum()
    }
}

/// What tells sentences apart whose articles are not at hand.
fn key(place: &Place) -> (String, usize, String) {
    (place.article.clone(), place.sentence, place.text.clone())
}

/// Checks that every label is one of its set, and that nothing is too long.
///
/// # Errors
/// Names what there is not.
pub fn check_label(label: &Label, codebook: &Codebook) -> Result<(), Refusal> {
    for (name, chosen) in &label.labels {
        let Some(set) = codebook.set(name) else {
            let known: Vec<&str> = codebook.sets.iter().map(|set| &*set.name).collect();
            return Err(Refusal::unknown(
                format!("there is no label set `{name}`"),
                format!("the codebook has {}", known.join(", ")),
            ));
        };
        if set.index(chosen).is_none() {
            let known: Vec<&str> = set.names().collect();
            return Err(Refusal::unknown(
                format!("there is no label `{chosen}` in set `{name}`"),
                format!("the codebook has {}", known.join(", ")),
            ));
        }
    }
    let holder = label.holder.as_deref().unwrap_or("");
    match [holder, &label.note]
        .iter()
        .all(|text| text.chars().count() <= LONGEST_NOTE)
    {
        true => Ok(()),
        false => Err(Refusal::unknown(
            "the holder or the note is too long",
            format!("write at most {LONGEST_NOTE} characters"),
        )),
    }
}
