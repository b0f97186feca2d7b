//! The road of a sentence, from a file to a report.
//!
//! ```text
//! file ─► article ─► sentence ─► features ─► linear model ─► tag ─► article report
//!         (title,    (spans)     (sparse)    (calibrated)     │
//!          authors,  + voice                                  └─► prevalence ─► comparison ─► report
//!          date,                                                  (corrected      (per author,
//!          body)                                                   shares ± CI)    verdicts)
//! labelled CSV ─► examples ─► features ─► training ─► model file ─► evaluation
//! ```
//!
//! The modules below stand in the order of that road, and each uses only modules before it.
//!
//! # Using a model
//!
//! ```
//! use stance::article::from_text;
//! use stance::tagger::Tagger;
//!
//! let text = "By Edda Holm\n\nTalks resumed in May. A deal, however, is no nearer than before.";
//! let tagger = Tagger::shipped();
//! let tagged = tagger.tag_article(from_text("strait.txt", text.to_owned()));
//!
//! assert_eq!(tagged.article.authors, ["Edda Holm"]);
//! let stance = &tagger.heads()[0].set;
//! for sentence in &tagged.sentences {
//!     let tag = &sentence.tags[0];
//!     let label = &stance.labels[tag.label].name;
//!     assert!(["optimistic", "neutral", "sceptical"].contains(&&**label));
//! }
//! assert_eq!(tagged.sentences.len(), 2);
//! ```
//!
//! # Learning one
//!
//! ```
//! use stance::labels::ReadLabels;
//! use stance::tagger::{Settings, Tagger};
//!
//! # fn main() -> stance::error::Result<()> {
//! # let folder = tempfile::tempdir().unwrap();
//! # let file = folder.path().join("labels.csv");
//! let rows: String = (1..=10)
//!     .map(|n| format!("\"Goal {n} for the home side.\",sport\n\"Bill {n} passed the house.\",politics\n"))
//!     .collect();
//! std::fs::write(&file, format!("text,topic\n{rows}")).unwrap();
//!
//! let labels = ReadLabels { labels: vec!["topic".into()], ..ReadLabels::default() };
//! let labelled = labels.read(&[file])?;
//! let tagger = Tagger::train(&labelled, &Settings::default(), &mut |_, _, _| Ok(()))?;
//!
//! let topic = &tagger.heads()[0];
//! let tag = &tagger.tag_one("A late goal for the visitors.").tags[0];
//! assert_eq!(topic.set.labels[tag.label].name, "sport");
//! assert!(topic.scores.macro_f1.value > Some(0.9), "held out, not fitted");
//! # Ok(())
//! # }
//! ```

pub mod error;

pub mod codebook;

pub mod article;

pub mod sentence;

pub mod voice;

pub mod linear;

pub mod features;

pub mod labels;

pub mod metrics;

pub mod prevalence;

pub mod tagger;

pub mod evaluate;

pub mod compare;

pub mod report;

pub mod labelling;

pub mod cli;
