//! Shares of labels, corrected for the classifier's errors, with honest intervals.

use serde::Serialize;

/// The share of one label (or a net of shares) among somebody's sentences.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// As counted; `None` without sentences.
    pub raw: Option<f64>,
    /// Corrected for the classifier's errors; `None` where that cannot be done.
    pub corrected: Option<f64>,
    /// Lower end of the 95 % interval of `corrected`.
    pub low: Option<f64>,
    /// Upper end of the 95 % interval of `corrected`.
    pub high: Option<f64>,
}

/// The shares of all labels of a set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prevalence {
    /// Sentences counted.
    pub counted: usize,
    /// One share a label, in the order of the set.
    pub shares: Vec<Share>,
    /// Positive end minus negative end; `None` for a set without order.
    pub net: Option<Share>,
    /// Share of the sentences whose tag is unsure; `None` without sentences.
    pub unsure: Option<f64>,
}
