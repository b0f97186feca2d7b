use super::labels_file::FileRow;
use super::retraining::Retraining;
use super::store::check_label;
use super::writer::{Job, Writer};
use super::{
    Corpus, Deed, Disputed, Event, Journal, Label, LabelsFile, Order, Queue, Refusal, Store,
    check_name,
};
use crate::codebook::Codebook;
use crate::error::{Error, Result};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard};
use std::thread::JoinHandle;

/// Everything that the page is served from.
#[derive(Debug)]
pub struct Desk {
    /// What is labelled.
    pub corpus: Arc<Corpus>,
    /// With which labels.
    pub codebook: Codebook,
    /// Where the labels go.
    pub labels_file: PathBuf,
    /// The readings to adjudicate; `None` where sentences are labelled for the first time.
    pub disputed: Option<Disputed>,
    /// What is learned from the labels on the way.
    pub retraining: Retraining,
    pub(super) store: Arc<RwLock<Store>>,
    pub(super) trouble: Arc<Mutex<Option<String>>>,
    jobs: Sender<Job>,
    writer: Mutex<Option<JoinHandle<Result<()>>>>,
    orders: [OnceLock<Order>; 4],
}

impl Desk {
    /// Opens labels file and journal, and brings the file up to date.
    ///
    /// # Errors
    /// If either cannot be read or written, is in use, or holds labels that the codebook does not
    /// know.
    pub fn open(
        corpus: Corpus,
        codebook: Codebook,
        labels_file: &Path,
        disputed: Option<Disputed>,
        retraining: Retraining,
    ) -> Result<Self> {
        LabelsFile::check_name(labels_file)?;
        let path = real(labels_file);
        let corpus = Arc::new(corpus);
        let (mut journal, events) = Journal::open(&beside(&path, "journal"))?;
        let (mut file, rows) = LabelsFile::open(&path, &codebook)?;
        let (mut store, known) = replay(&events, corpus.clone(), &codebook)
            .map_err(|error| error.at(beside(&path, "journal")))?;
        journal.append(&adopt(rows, &mut file, &mut store, &known, &codebook)?)?;
        file.write(&store)?;
        let store = Arc::new(RwLock::new(store));
        let trouble = Arc::new(Mutex::new(None));
        let (jobs, writer) = Writer {
            journal,
            file,
            store: store.clone(),
            codebook: codebook.clone(),
            corpus: corpus.clone(),
            trouble: trouble.clone(),
        }
        .start();
        Ok(Self {
            corpus,
            codebook,
            labels_file: path,
            disputed,
            retraining,
            store,
            trouble,
            jobs,
            writer: Mutex::new(Some(writer)),
            orders: Default::default(),
        })
    }

    /// The labels, for reading.
    pub fn store(&self) -> RwLockReadGuard<'_, Store> {
        self.store.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a job to the writer. After the end of the writer nobody takes it.
    pub(super) fn hand(&self, job: Job) {
        let _ = self.jobs.send(job);
    }

    /// Why the labels file is not up to date, if it is not.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.clone()
    }

    /// Writes what is left to write and ends.
    ///
    /// # Errors
    /// If the labels file cannot be written.
    pub fn close(&self) -> Result<()> {
        self.retraining.end();
        self.hand(Job::End);
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        match writer.take().map(JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(_)) => Err(Error::input("the writer of the labels broke down")
                .at(&self.labels_file)
                .remedy("start again: what was labelled is in the journal")),
            None => Ok(()),
        }
    }

    /// The next sentence of a queue. Without `after`, the first that the annotator has neither
    /// labelled in every set nor skipped; with it, the first after it that he has said nothing of.
    /// In the queue of the uncertain, whose order changes, a sentence that is done is no place to
    /// go on from.
    #[must_use]
    pub fn next(&self, annotator: &str, queue: Queue, after: Option<usize>) -> Option<usize> {
        let store = self.store();
        let sets = self.codebook.sets.len();
        let done = |id: usize| {
            let label = store.label(annotator, id);
            label.is_some_and(|label| label.skipped || label.labels.len() == sets)
        };
        let from = after.filter(|&id| queue != Queue::Uncertain || !done(id));
        let wanted = |id: usize| match after {
            Some(_) => store.label(annotator, id).is_none(),
            None => !done(id),
        };
        let lesson = self.retraining.lesson();
        let learned = lesson.as_ref().and_then(|lesson| lesson.order());
        match learned.filter(|_| queue == Queue::Uncertain) {
            Some(order) => order.next(from, wanted),
            None => self.order(queue).next(from, wanted),
        }
    }

    /// The order of a queue that does not change; the uncertain stand spread out while no model
    /// has seen them.
    #[must_use]
    pub fn order(&self, queue: Queue) -> &Order {
        let total = self.corpus.len();
        match queue {
            Queue::Reading => self.orders[0].get_or_init(|| Order::reading(total)),
            Queue::Diverse | Queue::Uncertain => {
                self.orders[1].get_or_init(|| Order::spread(&self.corpus))
            }
            Queue::Audit => self.orders[2].get_or_init(|| Order::audit(total)),
            Queue::Disagreements => self.orders[3].get_or_init(|| {
                let mut ids: Vec<u32> = self
                    .disputed
                    .iter()
                    .flatten()
                    .map(|(&id, _)| id as u32)
                    .collect();
                ids.sort_unstable();
                Order::new(ids, total)
            }),
        }
    }

    /// The queues there are, the one to begin with first.
    #[must_use]
    pub fn queues(&self) -> &'static [Queue] {
        match self.disputed {
            Some(_) => &[Queue::Disagreements, Queue::Reading],
            None => &[
                Queue::Reading,
                Queue::Uncertain,
                Queue::Diverse,
                Queue::Audit,
            ],
        }
    }

    /// How many sentences are to be labelled.
    #[must_use]
    pub fn total(&self) -> usize {
        self.disputed
            .as_ref()
            .map_or(self.corpus.len(), HashMap::len)
    }
}

/// The file behind a name, so that two names of one file have one journal.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The name of a file beside the labels file: `labels.csv.journal`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Everything that was ever said: a row of the labels file that says one of these things is old,
/// one that says something else was edited.
#[derive(Default)]
struct Known {
    labelled: HashSet<(String, usize)>,
    said: HashSet<(String, usize, String)>,
}

impl Known {
    fn remember(&mut self, unit: Option<usize>, event: &Event) {
        let (Some(unit), Deed::Label { label, .. } | Deed::Edit { label, .. }) =
            (unit, &event.deed)
        else {
            return;
        };
        self.labelled.insert((event.annotator.clone(), unit));
        let said = (event.annotator.clone(), unit, in_file(label));
        self.said.insert(said);
    }
}

/// What the journal's events come to.
fn replay(events: &[Event], corpus: Arc<Corpus>, codebook: &Codebook) -> Result<(Store, Known)> {
    let mut store = Store::new(corpus);
    let mut known = Known::default();
    for event in events {
        check_event(event, codebook)?;
        let unit = store.apply(event);
        known.remember(unit, event);
    }
    Ok((store, known))
}

/// What the labels file shows of a label.
fn in_file(label: &Label) -> String {
    let shown = (
        &label.labels,
        label.holder.as_deref().unwrap_or("").trim(),
        label.unsure,
        label.note.trim(),
    );
    format!("{shown:?}")
}

/// Rows of annotators that were added or changed in the file become events; others are known.
fn adopt(
    rows: Vec<FileRow>,
    file: &mut LabelsFile,
    store: &mut Store,
    known: &Known,
    codebook: &Codebook,
) -> Result<Vec<Event>> {
    let mut edits = Vec::new();
    for row in rows {
        let unit = store.find(&row.place);
        let key = |unit| (row.annotator.clone(), unit);
        let ours = unit.is_some_and(|unit| known.labelled.contains(&key(unit)));
        let Some(unit) = unit.filter(|&unit| ours || store.is_at_hand(unit)) else {
            file.keep(row);
            continue;
        };
        let said = (row.annotator.clone(), unit, in_file(&row.label));
        if !known.said.contains(&said) {
            let label = row.label.clone();
            let usable = check_label(&label, codebook).and(check_name(&row.annotator));
            usable.map_err(|refusal| refused(refusal).at(file.path()).on_line(row.line))?;
            let event = Event {
                time: Timestamp::now(),
                annotator: row.annotator.clone(),
                request: String::new(),
                deed: Deed::Edit {
                    place: row.place.clone(),
                    label,
                },
            };
            store.apply(&event);
            edits.push(event);
        }
        file.adopt(unit, row);
    }
    Ok(edits)
}

fn check_event(event: &Event, codebook: &Codebook) -> Result<()> {
    match &event.deed {
        Deed::Label { label, .. } | Deed::Edit { label, .. } => {
            check_label(label, codebook).map_err(|refusal| match refusal {
                Refusal::Unknown { what, .. } => Error::input(what).remedy(
                    "name the codebook that these labels were given with (--codebook), or another labels file",
                ),
                Refusal::Conflict => refused(refusal),
            })
        }
        Deed::Undo => Ok(()),
    }
}

fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Unknown { what, remedy } => Error::input(what).remedy(remedy),
        Refusal::Conflict => Error::input("the label was changed meanwhile"),
    }
}
