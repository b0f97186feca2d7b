//! Label sets as data: their names, their order, their meaning.
//!
//! Nothing else in the program knows the name of a label. What a label *does* is
//! declared here: a set whose labels carry a polarity can be netted and compared, and
//! the set that declares an `own` label says whose voice a sentence gives, and the one that declares
//! a `claim` label what a sentence does in an argument.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// The label sets of a project and the question they answer.
///
/// ```
/// use stance::codebook::Codebook;
/// let codebook = Codebook::shipped();
/// let stance = codebook.polar().unwrap();
/// assert_eq!(stance.name, "stance");
/// assert_eq!(stance.labels.first().unwrap().polarity, Some(-1));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// What is labelled, in a line for readers.
    pub title: String,
    /// The label sets, in the order in which they are reported.
    #[serde(rename = "set")]
    pub sets: Vec<LabelSet>,
}

/// One question asked of every sentence, and its possible answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelSet {
    /// The name of the set: the column of the labels file and the field of the output.
    pub name: String,
    /// The question, for readers.
    #[serde(default)]
    pub question: String,
    /// For a set that tells whose voice a sentence gives: the label of the author's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<String>,
    /// For a set that tells what a sentence does in an argument: the label of a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// Beside `claim`: the label of what speaks for a claim nearby.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The labels, in order from negative to positive where the set has an order.
    #[serde(rename = "label")]
    pub labels: Vec<Label>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The name, as it stands in the labels file.
    pub name: String,
    /// −1 at the negative end, 1 at the positive end, 0 between; absent where the set has no order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<i8>,
    /// What a comparison calls the author with more of this label ("more optimistic").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparative: Option<String>,
    /// `#rrggbb`, for charts and pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// What the label means, for readers.
    #[serde(default)]
    pub meaning: String,
}

/// The fields of a tagged sentence beside its labels.
const FIELDS: [&str; 12] = [
    "article",
    "title",
    "authors",
    "date",
    "paragraph",
    "sentence",
    "start",
    "end",
    "text",
    "holder",
    "unsure",
    "row",
];

impl Codebook {
    /// The codebook the shipped model was trained with.
    #[must_use]
    pub fn shipped() -> Self {
        toml::from_str(include_str!("../data/codebook.toml"))
            .expect("the shipped codebook is checked by a test")
    }

    /// Reads a codebook file (TOML; see `data/codebook.toml` for one with every field).
    ///
    /// # Errors
    /// If the file cannot be read, is not TOML of this shape, or breaks a rule of [`Codebook::check`].
    pub fn read(path: &Path) -> Result<Self> {
        let text =
            std::fs::read_to_string(path).map_err(|e| Error::io("cannot read", e).at(path))?;
        let codebook: Self = toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| {
                text[..span.start].matches('\n').count() as u64 + 1
            });
            Error::input(error.message())
                .at(path)
                .on_line(line)
                .remedy("compare it with data/codebook.toml, which has every field")
        })?;
        codebook.check().map_err(|error| error.at(path))?;
        Ok(codebook)
    }

    /// Checks that names are there and unique, that a set has at least two labels,
    /// and that polarities are given for all labels of a set or for none.
    ///
    /// # Errors
    /// Names the set and the rule it breaks.
    pub fn check(&self) -> Result<()> {
        if self.sets.is_empty() {
            return Err(Error::input("the codebook declares no label set")
                .remedy("add a [[set]] with a name and its labels"));
        }
        let names: BTreeSet<_> = self.sets.iter().map(|set| &set.name).collect();
        if names.len() < self.sets.len() {
            return Err(Error::input("two label sets have the same name").remedy("rename one"));
        }
        self.sets.iter().try_for_each(LabelSet::check)
    }

    /// The set of that name.
    #[must_use]
    pub fn set(&self, name: &str) -> Option<&LabelSet> {
        self.sets.iter().find(|set| set.name == name)
    }

    /// The first set with an order from negative to positive: the one authors are compared by.
    #[must_use]
    pub fn polar(&self) -> Option<&LabelSet> {
        self.sets.iter().find(|set| set.is_polar())
    }

    /// The set that says whose voice a sentence gives.
    #[must_use]
    pub fn voice(&self) -> Option<&LabelSet> {
        own_voice(&self.sets).map(|own| &self.sets[own.set])
    }
}

/// The answer that says a sentence is its author's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnVoice {
    /// The position of the label set.
    pub set: usize,
    /// The position of the label in it.
    pub label: usize,
}

/// The answers that say what a sentence does in an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// The position of the label set.
    pub set: usize,
    /// The position of the label of claims in it.
    pub claim: usize,
    /// The position of the label of what speaks for them, if the set has one.
    pub evidence: Option<usize>,
}

/// The first of the sets that tells claims from other sentences, and its labels for that.
#[must_use]
pub fn argument<'s>(sets: impl IntoIterator<Item = &'s LabelSet>) -> Option<Argument> {
    sets.into_iter().enumerate().find_map(|(place, set)| {
        Some(Argument {
            set: place,
            claim: set.index(set.claim.as_deref()?)?,
            evidence: set.evidence.as_deref().and_then(|label| set.index(label)),
        })
    })
}

/// The first of the sets that says whose voice a sentence gives, and its label for the author's own.
#[must_use]
pub fn own_voice<'s>(sets: impl IntoIterator<Item = &'s LabelSet>) -> Option<OwnVoice> {
    sets.into_iter().enumerate().find_map(|(place, set)| {
        let label = set.index(set.own.as_deref()?)?;
        Some(OwnVoice { set: place, label })
    })
}

impl LabelSet {
    /// A set without order or meaning, as found in a labels file that no codebook describes.
    #[must_use]
    pub fn plain(name: &str, labels: impl IntoIterator<Item = String>) -> Self {
        let labels: BTreeSet<String> = labels.into_iter().collect();
        Self {
            name: name.to_owned(),
            question: String::new(),
            own: None,
            claim: None,
            evidence: None,
            labels: labels
                .into_iter()
                .map(|name| Label {
                    name,
                    polarity: None,
                    comparative: None,
                    colour: None,
                    meaning: String::new(),
                })
                .collect(),
        }
    }

    /// The position of a label.
    #[must_use]
    pub fn index(&self, label: &str) -> Option<usize> {
        self.labels.iter().position(|known| known.name == label)
    }

    /// The label names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().map(|label| label.name.as_str())
    }

    /// Whether the labels run from a negative to a positive end.
    #[must_use]
    pub fn is_polar(&self) -> bool {
        let has = |end| self.labels.iter().any(|label| label.polarity == Some(end));
        has(-1) && has(1)
    }

    /// The polarity of each label, 0 where none is declared.
    #[must_use]
    pub fn polarities(&self) -> Vec<i8> {
        self.labels
            .iter()
            .map(|label| label.polarity.unwrap_or(0))
            .collect()
    }

    /// Checks that the name is not that of another field of the output.
    ///
    /// # Errors
    /// If it is.
    pub fn check_name(&self) -> Result<()> {
        if !FIELDS.contains(&self.name.as_str()) {
            return Ok(());
        }
        Err(Error::input(format!(
            "a label set called `{}` would be mistaken for another field",
            self.name
        ))
        .remedy(format!("rename it; taken are {}", FIELDS.join(", "))))
    }

    fn check(&self) -> Result<()> {
        self.check_name()?;
        let bad = |what: String, remedy: &str| Err(Error::input(what).remedy(remedy));
        let name = &self.name;
        if name.trim().is_empty() {
            return bad(
                "a label set has no name".into(),
                "give it one: name = \"…\"",
            );
        }
        if self.labels.len() < 2 {
            return bad(
                format!("label set `{name}` has fewer than two labels"),
                "declare at least two with [[set.label]]",
            );
        }
        let names: BTreeSet<_> = self.names().collect();
        if names.len() < self.labels.len() || names.iter().any(|label| label.trim().is_empty()) {
            return bad(
                format!("label set `{name}` has an empty or repeated label"),
                "give every label a name of its own",
            );
        }
        let with = self.labels.iter().filter(|l| l.polarity.is_some()).count();
        if with != 0 && with != self.labels.len() {
            return bad(
                format!("label set `{name}` gives a polarity to some labels only"),
                "give one to all labels or to none",
            );
        }
        if self
            .labels
            .iter()
            .any(|l| !(-1..=1).contains(&l.polarity.unwrap_or(0)))
        {
            return bad(
                format!("label set `{name}` has a polarity other than -1, 0 or 1"),
                "use -1 for the negative end, 1 for the positive end and 0 between",
            );
        }
        for (part, label) in [
            ("own voice", &self.own),
            ("claims", &self.claim),
            ("evidence", &self.evidence),
        ] {
            if let Some(label) = label
                && self.index(label).is_none()
            {
                return bad(
                    format!("label set `{name}` calls its {part} `{label}` but has no such label"),
                    "name one of its labels",
                );
            }
        }
        Ok(())
    }
}
