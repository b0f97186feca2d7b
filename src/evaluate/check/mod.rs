//! What is likely wrong with labels, ranked.

mod conflicts;
mod label_errors;
mod repeats;
mod small_labels;
mod strays;

pub use label_errors::{LabelError, label_errors};

use crate::error::{Error, Result};
use crate::labels::{Duplicates, Labelled, Shelf};
use crate::tagger::{HeldOut, Progress, Settings, Tagger};

/// One thing that is likely wrong, and the rows it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What is wrong.
    pub kind: Kind,
    /// The label set it is about; `None` if it is about the sentences alone.
    pub set: Option<usize>,
    /// The rows, as they stand in the files; none for a label without rows.
    pub rows: Vec<usize>,
}

/// What can be wrong with labels, in the order in which it is reported.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Models that had not seen the row's group think little of its label.
    LabelError(LabelError),
    /// The same sentence, or nearly, has different labels.
    Conflict {
        /// What the sentences share of their shingles.
        similarity: f64,
        /// Whether the sentences before and after are the same, too.
        same_context: bool,
    },
    /// The sentence does not stand in the article it names.
    Stray,
    /// The article that rows name is not among those given.
    NoArticle,
    /// The same sentence, or nearly, stands in more than one group, so that a model may be tested on
    /// what it has learned.
    Leak {
        /// What the sentences share of their shingles.
        similarity: f64,
    },
    /// The same sentence, or nearly, stands twice in one group.
    Duplicate {
        /// What the sentences share of their shingles.
        similarity: f64,
    },
    /// A label with too few rows or groups to be learned.
    SmallLabel {
        /// The label.
        label: usize,
        /// Its rows.
        rows: usize,
        /// Their groups.
        groups: usize,
        /// How many of the rows models found that had not seen their groups.
        found: Option<usize>,
    },
}

/// Everything that was found.
#[derive(Debug, Clone)]
pub struct Check {
    /// The rows, as [`Labelled::sort`] orders them.
    pub labelled: Labelled,
    /// What was found, kind by kind, the worst of each kind first.
    pub findings: Vec<Finding>,
    /// Why no model could be learned from the labels, so that none was asked about them.
    pub unlearned: Option<String>,
    /// How many labels of each set are wrong, by estimate.
    pub wrong: Vec<Option<f64>>,
    /// How many folds held out groups.
    pub folds: usize,
    /// For each set and row the probabilities of its labels.
    opinions: Vec<Vec<Option<Vec<f64>>>>,
}

impl Check {
    /// Checks labels: against models that had not seen a row's group, against one another, and, if
    /// there are any, against the articles. Labels that nothing can be learned from are checked
    /// without a model.
    ///
    /// # Errors
    /// If settings make no sense or the rows hold no text.
    pub fn of(
        mut labelled: Labelled,
        shelf: Option<&Shelf>,
        settings: &Settings,
        progress: &mut Progress<'_>,
    ) -> Result<Self> {
        settings.check()?;
        if labelled.sentences.iter().all(|s| s.text.trim().is_empty()) {
            return Err(Error::input("no row holds any text")
                .remedy("name the column of the sentences with --text"));
        }
        labelled.sort();
        let (held_out, unlearned) = match Tagger::cross_validate(&labelled, settings, progress) {
            Ok(held_out) => (held_out, None),
            Err(error) => (Vec::new(), Some(error.what)),
        };
        let mut check = Self {
            findings: Vec::new(),
            unlearned,
            wrong: vec![None; labelled.sets.len()],
            folds: settings.folds,
            opinions: vec![vec![None; labelled.sentences.len()]; labelled.sets.len()],
            labelled,
        };
        check.ask(&held_out);
        check.compare();
        if let Some(shelf) = shelf {
            check.findings.extend(strays::find(&check.labelled, shelf));
        }
        check.sort();
        Ok(check)
    }

    /// What models that had not seen the row's group make of it: a probability for each label of
    /// the set; `None` where none was asked.
    #[must_use]
    pub fn opinion(&self, set: usize, row: usize) -> Option<&[f64]> {
        self.opinions.get(set)?.get(row)?.as_deref()
    }

    /// Finds what models think little of.
    fn ask(&mut self, held_out: &[HeldOut]) {
        for (set, held_out) in held_out.iter().enumerate() {
            let probabilities = held_out.probabilities();
            let (errors, wrong) = label_errors(&held_out.truth, &probabilities);
            self.wrong[set] = Some(wrong);
            for error in errors {
                self.findings.push(Finding {
                    set: Some(set),
                    rows: vec![held_out.rows[error.at]],
                    kind: Kind::LabelError(error),
                });
            }
            for (&row, probabilities) in held_out.rows.iter().zip(probabilities) {
                self.opinions[set][row] = Some(probabilities);
            }
        }
    }

    /// Finds what rows say of one another, and what is too small.
    fn compare(&mut self) {
        let sentences = &self.labelled.sentences;
        let texts: Vec<&str> = sentences.iter().map(|s| &*s.text).collect();
        let duplicates = Duplicates::of(&texts);
        self.findings
            .extend(conflicts::find(&self.labelled, &duplicates));
        self.findings
            .extend(repeats::find(&self.labelled, &duplicates));
        let small = small_labels::find(self);
        self.findings.extend(small);
    }

    /// The kinds in their order, the worst of each first, and what is alike as it stands in the
    /// files.
    fn sort(&mut self) {
        let sentences = &self.labelled.sentences;
        let place = |&row: &usize| (&*sentences[row].file, sentences[row].line);
        for finding in &mut self.findings {
            finding.rows.sort_by(|a, b| place(a).cmp(&place(b)));
        }
        let stands = |finding: &Finding| {
            let first = finding.rows.first().map(place);
            (finding.set, first, finding.rows.get(1).map(place))
        };
        self.findings.sort_by(|a, b| {
            let kinds = a.kind.order().cmp(&b.kind.order());
            let worst = b.kind.severity().total_cmp(&a.kind.severity());
            kinds.then(worst).then_with(|| stands(a).cmp(&stands(b)))
        });
    }
}

impl Kind {
    fn order(&self) -> u8 {
        match self {
            Self::LabelError(_) => 0,
            Self::Conflict { .. } => 1,
            Self::Stray => 2,
            Self::NoArticle => 3,
            Self::Leak { .. } => 4,
            Self::Duplicate { .. } => 5,
            Self::SmallLabel { .. } => 6,
        }
    }

    /// Larger is worse, among findings of one kind.
    fn severity(&self) -> f64 {
        match self {
            Self::LabelError(error) => error.doubt,
            Self::Conflict {
                similarity,
                same_context,
            } => similarity + f64::from(u8::from(*same_context)),
            Self::Stray | Self::NoArticle => 0.0,
            Self::Leak { similarity } | Self::Duplicate { similarity } => *similarity,
            Self::SmallLabel { rows, .. } => -(*rows as f64),
        }
    }
}
