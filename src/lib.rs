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

pub mod cli;
