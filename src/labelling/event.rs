use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a sentence stands and what it says: what a row of the labels file tells of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The name of the article.
    pub article: String,
    /// The paragraph, from 1; 0 where it is not known.
    #[serde(default)]
    pub paragraph: usize,
    /// The number within the article, from 1.
    #[serde(default)]
    pub sentence: usize,
    /// The sentence, white space folded.
    pub text: String,
    /// The authors of the article.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
}

/// What an annotator says of a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The label chosen in each set; a set without a choice is absent.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Whose voice it is, where it is not the author's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// Whether the annotator is in doubt.
    #[serde(default)]
    pub unsure: bool,
    /// A remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Whether the sentence was passed over.
    #[serde(default)]
    pub skipped: bool,
}

impl Label {
    /// Whether it belongs into the labels file: a sentence that was merely skipped does not.
    #[must_use]
    pub fn says_something(&self) -> bool {
        !self.labels.is_empty() || self.unsure || !self.note.is_empty()
    }
}

/// What happened: a line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub time: Timestamp,
    /// Who did it.
    pub annotator: String,
    /// The random name of the request that asked for it; the same one is never carried out twice.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request: String,
    /// What was done.
    #[serde(flatten)]
    pub deed: Deed,
}

/// What an annotator did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Deed {
    /// Labelled a sentence, for the first time or anew.
    Label {
        /// The sentence.
        place: Place,
        /// What is said of it.
        label: Label,
    },
    /// Changed or added a row in the labels file, by hand or with another program. Undo does not
    /// reach behind it.
    Edit {
        /// The sentence.
        place: Place,
        /// What the row says of it.
        label: Label,
    },
    /// Took back the last label.
    Undo,
}
