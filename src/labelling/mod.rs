//! Labelling by hand: the sentences, the journal and the labels file, the queues, what is learned
//! on the way, and the server of the page.
//!
//! What was answered for is on the disk: every label goes into an append-only [`Journal`] before
//! the page hears of it, and the labels file, a table for the other commands, is made from the
//! journal. No annotator sees what another said.
//!
//! ```
//! use stance::article::from_text;
//! use stance::labelling::{Corpus, Order};
//!
//! let mut corpus = Corpus::default();
//! corpus.add_article(&from_text("strait.txt", "Talks resumed in May. A deal is no nearer.".into()));
//! assert_eq!(corpus.sentences[1].text, "A deal is no nearer.");
//! assert_eq!(corpus.place(1).article, "strait");
//! assert_eq!(Order::reading(2).next(Some(0), |_| true), Some(1));
//! ```

mod adjudication;
mod annotator;
mod corpus;
mod desk;
mod event;
mod guide;
mod journal;
mod labels_file;
mod queue;
mod retraining;
mod search;
pub mod server;
mod spread;
mod store;
mod table;
mod writer;

pub use adjudication::{Disputed, Reading, add_remarks, disputed};
pub use annotator::Progress;
pub use corpus::{Corpus, CorpusArticle, CorpusSentence};
pub use desk::Desk;
pub use event::{Deed, Event, Label, Place};
pub use guide::Guide;
pub use journal::{Journal, recover};
pub use labels_file::{FileRow, LabelsFile};
pub use queue::{Order, Queue};
pub use retraining::{Curve, Lesson, Retraining, RetrainingState};
pub use search::Hit;
pub use store::{LabelRequest, Refusal, Store, UndoRequest, Verdict, check_label, check_name};
