//! The road of a sentence, from a file to a report.

pub mod article;
pub mod codebook;
pub mod compare;
pub mod error;
pub mod linear;
pub mod metrics;
pub mod prevalence;
pub mod report;
pub mod sentence;
pub mod tagger;
pub mod voice;
