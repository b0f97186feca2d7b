//! Authors, articles or people side by side, with verdicts.

use crate::prevalence::Prevalence;
use serde::Serialize;

/// Whoever is compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The name, as printed in the newest article; the file's name where there is no author.
    pub name: String,
    /// Articles it stands in.
    pub articles: usize,
    /// All sentences of those articles.
    pub sentences: usize,
    /// Shares over the sentences that count (own voice, unless asked otherwise).
    pub prevalence: Prevalence,
}

/// What can be said of two rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// `a` leans to the label's end more than `b`; holds the comparative ("more optimistic").
    Leans(String),
    /// The interval includes no difference.
    NotDistinguishable,
    /// One of the two has too few sentences to say anything.
    TooLittleText,
}

/// Two rows compared by their net.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// The first name.
    pub a: String,
    /// The second name.
    pub b: String,
    /// Net of `a` minus net of `b`, corrected; `None` where it cannot be computed.
    pub difference: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Two-sided, Holm-corrected over the pairs; `None` where it cannot be computed.
    pub p_value: Option<f64>,
    /// The verdict in words.
    pub verdict: Verdict,
    /// Why there is no p-value, or by which method it was made.
    pub note: String,
}

/// Everything a comparison found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The names of the labels, in the order of the shares.
    pub labels: Vec<String>,
    /// By what rows were made: `author`, `article`, `holder`, or a column.
    pub by: String,
    /// Sorted by net, most positive first; rows without a net last.
    pub rows: Vec<Row>,
    /// Every pair of rows.
    pub pairs: Vec<Pair>,
}
