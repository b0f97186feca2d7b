use super::store::Verdict;
use super::{
    Corpus, Event, Journal, Label, LabelRequest, LabelsFile, Progress, Refusal, Store, UndoRequest,
};
use crate::codebook::Codebook;
use crate::error::{Error, Result};
use jiff::Timestamp;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockWriteGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// So many requests are brought to the disk together at most.
const MOST_TOGETHER: usize = 256;
/// At most one part in so many of the time goes into writing the labels file, so that a large one
/// does not hold up labels; the journal has them all meanwhile.
const PATIENCE: u32 = 20;

/// What the writer is asked to do.
#[derive(Debug)]
pub(super) enum Job {
    Label(LabelRequest, Reply),
    Undo(UndoRequest, Reply),
    /// Brings the labels file up to date.
    Flush(oneshot::Sender<()>),
    End,
}

pub(super) type Reply = oneshot::Sender<Result<Saved, Refused>>;

/// A request that was carried out, now or before.
#[derive(Debug)]
pub(super) struct Saved {
    /// The sentence that was changed; `None` where there was nothing to take back.
    pub sentence: Option<usize>,
    pub label: Option<Label>,
    pub revision: u64,
    pub progress: Progress,
}

/// Why a request was not carried out.
#[derive(Debug)]
pub(super) enum Refused {
    By(Refusal),
    /// Another tab has changed the label: as it is now.
    Conflict(Option<Label>, u64),
    Disk(String, String),
}

/// The one who writes: a thread of its own that owns journal and labels file.
pub(super) struct Writer {
    pub journal: Journal,
    pub file: LabelsFile,
    pub store: Arc<RwLock<Store>>,
    pub codebook: Codebook,
    pub corpus: Arc<Corpus>,
    pub trouble: Arc<Mutex<Option<String>>>,
}

/// A request that was judged and waits for the disk.
struct Waiting {
    annotator: String,
    sentence: Option<usize>,
    reply: Reply,
}

impl Writer {
    pub fn start(self) -> (Sender<Job>, JoinHandle<Result<()>>) {
        let (jobs, orders) = mpsc::channel();
        (jobs, std::thread::spawn(move || self.run(&orders)))
    }

    fn run(mut self, jobs: &Receiver<Job>) -> Result<()> {
        let mut stale = false;
        let mut due = Instant::now();
        loop {
            let wait = due.saturating_duration_since(Instant::now());
            let first = match stale {
                true => jobs.recv_timeout(wait),
                false => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let mut flushed: Vec<oneshot::Sender<()>> = Vec::new();
            match first {
                Ok(Job::End) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {}
                Ok(job) => {
                    let more = jobs.try_iter().take(MOST_TOGETHER);
                    let batch: Vec<Job> = std::iter::once(job).chain(more).collect();
                    let ends = batch.iter().any(|job| matches!(job, Job::End));
                    stale |= self.carry_out(batch, &mut flushed);
                    if ends {
                        break;
                    }
                }
            }
            if stale && (Instant::now() >= due || !flushed.is_empty()) {
                let start = Instant::now();
                stale = self.write_file().is_err();
                let rest = start.elapsed() * PATIENCE;
                due = Instant::now() + if stale { rest.max(RETRY) } else { rest };
            }
            for reply in flushed {
                // Whoever no longer waits needs no answer.
                let _: Result<(), ()> = oneshot::Sender::send(reply, ());
            }
        }
        self.write_file()
    }

    /// Judges a batch, writes it down, and answers. Returns whether any label changed.
    fn carry_out(&mut self, batch: Vec<Job>, flushed: &mut Vec<oneshot::Sender<()>>) -> bool {
        let store = self.store.clone();
        let mut store = store.write().unwrap_or_else(PoisonError::into_inner);
        let mut events = Vec::new();
        let mut waiting = Vec::new();
        let now = Timestamp::now();
        for job in batch {
            let (annotator, sentence, verdict, reply) = match job {
                Job::Label(asked, reply) => {
                    let verdict = store.judge(&asked, &self.codebook, now);
                    (asked.annotator, Some(asked.sentence), verdict, reply)
                }
                Job::Undo(asked, reply) => {
                    let verdict = store.judge_undo(&asked, now);
                    (asked.annotator, None, verdict, reply)
                }
                Job::Flush(reply) => {
                    flushed.push(reply);
                    continue;
                }
                Job::End => continue,
            };
            let sentence = match verdict {
                Ok(Verdict::Do(event)) => {
                    let changed = store.apply(&event);
                    events.push(*event);
                    changed
                }
                Ok(Verdict::Done(sentence)) => Some(sentence),
                Ok(Verdict::Nothing) => None,
                Err(refusal) => {
                    let _ = reply.send(Err(explain(refusal, &store, &annotator, sentence)));
                    continue;
                }
            };
            waiting.push(Waiting {
                annotator,
                sentence,
                reply,
            });
        }
        self.write_down(events, waiting, store)
    }

    /// Brings the events to the disk before anybody is answered.
    fn write_down(
        &mut self,
        events: Vec<Event>,
        waiting: Vec<Waiting>,
        mut store: RwLockWriteGuard<'_, Store>,
    ) -> bool {
        if !events.is_empty()
            && let Err(error) = self.journal.append(&events)
        {
            // What is not on the disk is not so: back to what is.
            if let Ok(written) = self.journal.events() {
                *store = Store::new(self.corpus.clone());
                for event in &written {
                    store.apply(event);
                }
            }
            drop(store);
            for waiting in waiting {
                let _ = waiting.reply.send(Err(Refused::disk(&error)));
            }
            return false;
        }
        let now = Timestamp::now();
        for Waiting {
            annotator,
            sentence,
            reply,
        } in waiting
        {
            let label = sentence.and_then(|unit| store.label(&annotator, unit));
            let _ = reply.send(Ok(Saved {
                sentence,
                label: label.cloned(),
                revision: sentence.map_or(0, |unit| store.revision(&annotator, unit)),
                progress: store.progress(&annotator, &self.codebook, now),
            }));
        }
        !events.is_empty()
    }

    fn write_file(&self) -> Result<()> {
        let store = self.store.read().unwrap_or_else(PoisonError::into_inner);
        let written = self.file.write(&store);
        let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        *trouble = written.as_ref().err().map(ToString::to_string);
        written
    }
}

/// A labels file that could not be written is tried again so much later.
const RETRY: Duration = Duration::from_secs(1);

impl Refused {
    fn disk(error: &Error) -> Self {
        let place = error.place.as_ref();
        let at = place.map_or(String::new(), |place| format!("{place}: "));
        let remedy = error.remedy.clone().unwrap_or_default();
        Self::Disk(format!("{at}{}", error.what), remedy)
    }
}

fn explain(refusal: Refusal, store: &Store, annotator: &str, sentence: Option<usize>) -> Refused {
    match (refusal, sentence) {
        (Refusal::Conflict, Some(unit)) => Refused::Conflict(
            store.label(annotator, unit).cloned(),
            store.revision(annotator, unit),
        ),
        (refusal, _) => Refused::By(refusal),
    }
}
