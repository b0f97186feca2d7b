use crate::article::source::{self, ReadOptions};
use crate::article::table::{Row, Value};
use crate::codebook::LabelSet;
use crate::error::{Error, Result};
use crate::tagger::{Sentence, Tagger, Tags};
use std::collections::BTreeMap;
use std::path::Path;

/// A sentence made to trip a tagger, and what it should say of it: a behaviour test (Ribeiro et
/// al. 2020, "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What kind of difficulty it is.
    pub kind: String,
    /// The sentence before it, where that matters.
    pub before: Option<String>,
    /// The sentence.
    pub text: String,
    /// For each label set the label to be given; `None` where any will do.
    pub labels: Vec<Option<usize>>,
}

const KIND: &str = "kind";
const TEXT: &str = "text";
const BEFORE: &str = "before";

/// Reads a table of cases: the columns `kind`, `text`, where there is one `before`, and for each
/// label set one of its name, where an empty cell is not checked. Sets without a column are not
/// checked either; other columns (`checks`, say) are for readers.
///
/// # Errors
/// If the file cannot be read, has no rows, lacks a column or a cell, has a label that is not in
/// its set, or checks nothing.
pub fn read_cases(file: &Path, sets: &[LabelSet]) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    for row in source::open_rows(file, &ReadOptions::default())? {
        let row = row?;
        cases.push(case(&row, sets).map_err(|error| error.at(file))?);
    }
    if cases.is_empty() {
        return Err(Error::input("no case to check")
            .at(file)
            .on_line(1)
            .remedy("give a table with the columns `kind`, `text` and label sets, a case a row"));
    }
    if cases
        .iter()
        .all(|case| case.labels.iter().all(Option::is_none))
    {
        return Err(Error::input("no case says which label is right")
            .at(file)
            .on_line(1)
            .remedy(format!("fill in a column {}", listed(sets))));
    }
    Ok(cases)
}

fn case(row: &Row, sets: &[LabelSet]) -> Result<Case> {
    let cell = |name: &str| row.get(name).map(Value::as_str).map(str::trim);
    let filled = |name: &str| match cell(name) {
        None => Err(Error::input(format!("no column `{name}`"))
            .on_line(1)
            .remedy("name the columns `kind`, `text`, and each label set by its name")),
        Some("") => Err(Error::input(format!("an empty `{name}`"))
            .on_line(row.line)
            .remedy("fill it in, or leave the row out")),
        Some(text) => Ok(text.to_owned()),
    };
    let (kind, text) = (filled(KIND)?, filled(TEXT)?);
    if sets.iter().all(|set| cell(&set.name).is_none()) {
        return Err(Error::input("no column of labels")
            .on_line(1)
            .remedy(format!("name one {}", listed(sets))));
    }
    let label = |set: &LabelSet| match cell(&set.name) {
        None | Some("") => Ok(None),
        Some(name) => match set.index(name) {
            Some(label) => Ok(Some(label)),
            None => Err(unknown(set, name).on_line(row.line)),
        },
    };
    Ok(Case {
        before: cell(BEFORE)
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        labels: sets.iter().map(label).collect::<Result<_>>()?,
        kind,
        text,
    })
}

fn unknown(set: &LabelSet, label: &str) -> Error {
    let names: Vec<String> = set.names().map(|name| format!("`{name}`")).collect();
    Error::input(format!("unknown label `{label}` in column `{}`", set.name)).remedy(format!(
        "use one of {}, or leave the cell empty",
        names.join(", ")
    ))
}

/// `` `stance` or `role` ``.
fn listed(sets: &[LabelSet]) -> String {
    let names: Vec<String> = sets.iter().map(|set| format!("`{}`", set.name)).collect();
    names.join(" or ")
}

impl Case {
    /// What the tagger says of the sentence, after the one before it.
    #[must_use]
    pub fn tags(&self, tagger: &Tagger) -> Tags {
        let texts = self.before.iter().chain([&self.text]);
        let sentences: Vec<Sentence<'_>> =
            texts.map(|text| Sentence { text, paragraph: 0 }).collect();
        let mut tags = tagger.tag(&sentences);
        tags.swap_remove(sentences.len() - 1)
    }
}

/// How many cases of each kind a tagger gets right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassRates {
    /// The names of the label sets.
    pub sets: Vec<String>,
    /// By kind, one for each label set.
    pub kinds: BTreeMap<String, Vec<PassRate>>,
}

/// How many of some cases a tagger gets right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PassRate {
    /// Cases with the label to be given.
    pub passed: usize,
    /// Cases that say which label is to be given.
    pub checked: usize,
}

impl PassRates {
    /// Tags the cases; their label sets are those of the tagger, in its order.
    ///
    /// ```
    /// use stance::evaluate::{Case, PassRates};
    /// use stance::tagger::Tagger;
    ///
    /// let case = |text: &str, voice| Case {
    ///     kind: "voices".into(),
    ///     before: None,
    ///     text: text.into(),
    ///     labels: vec![None, None, Some(voice)], // stance, role, voice
    /// };
    /// let cases = [
    ///     case("The border was closed for a week.", 0),
    ///     case("The minister said that the border would open soon.", 1),
    /// ];
    /// let rates = PassRates::measure(&Tagger::shipped(), &cases);
    /// assert_eq!(rates.kinds["voices"][2].checked, 2);
    /// assert_eq!(rates.kinds["voices"][0].checked, 0);
    /// ```
    #[must_use]
    pub fn measure(tagger: &Tagger, cases: &[Case]) -> Self {
        let heads = tagger.heads();
        let mut kinds: BTreeMap<String, Vec<PassRate>> = BTreeMap::new();
        for case in cases {
            let none = || vec![PassRate::default(); heads.len()];
            let rates = kinds.entry(case.kind.clone()).or_insert_with(none);
            let tags = case.tags(tagger).tags;
            for ((rate, tag), label) in rates.iter_mut().zip(&tags).zip(&case.labels) {
                rate.checked += usize::from(label.is_some());
                rate.passed += usize::from(*label == Some(tag.label));
            }
        }
        Self {
            sets: heads.iter().map(|head| head.set.name.clone()).collect(),
            kinds,
        }
    }

    /// All kinds together, one for each label set.
    #[must_use]
    pub fn all(&self) -> Vec<PassRate> {
        let of_set = |set: usize| {
            let rates = self.kinds.values().map(|rates| rates[set]);
            rates.fold(PassRate::default(), |sum, rate| PassRate {
                passed: sum.passed + rate.passed,
                checked: sum.checked + rate.checked,
            })
        };
        (0..self.sets.len()).map(of_set).collect()
    }
}
