//! An invented model card with one text in every place a text can stand in.

use crate::evaluations::{evaluation, scores};
use stance::codebook::{Codebook, LabelSet};
use stance::evaluate::{Evaluation, PassRate, PassRates, SetAgreement};
use stance::labels::{Columns, ReadUnit, Readings};
use stance::report::card::{Card, Learned, markdown};
use stance::tagger::{About, Settings};

/// What a card is made of.
pub struct Parts {
    about: About,
    command: Vec<String>,
    files: Vec<String>,
    set: LabelSet,
    evaluation: Evaluation,
    readings: Readings,
    agreement: Vec<SetAgreement>,
    rates: PassRates,
}

/// The parts of a card, with this text wherever the user's own can stand but in the notes.
pub fn parts(text: &str) -> Parts {
    let mut set = Codebook::shipped().sets.swap_remove(0);
    set.question = text.to_owned();
    set.labels[0].name = text.to_owned();
    set.labels[1].meaning = text.to_owned();
    let mut scores = scores();
    scores.label_names[0] = text.to_owned();
    let readings = readings(text, &set);
    let pass_rate = |passed, checked| PassRate { passed, checked };
    Parts {
        about: About {
            title: text.to_owned(),
            rows: 120,
            groups: 9,
            fingerprint: "4a3bcf35".to_owned(),
            columns: Columns {
                text: "text".to_owned(),
                group: Some(text.to_owned()),
                document: None,
            },
            settings: Settings::default(),
            merged: None,
        },
        command: [
            "stance", "train", text, "--label", text, "-o", "a/model", "--card", "it's.md",
        ]
        .map(str::to_owned)
        .to_vec(),
        files: vec![text.to_owned(), "more.csv".to_owned()],
        evaluation: evaluation(text, scores),
        agreement: SetAgreement::of(&readings),
        readings,
        rates: PassRates {
            sets: vec![text.to_owned(), "role".into(), "voice".into()],
            kinds: [
                (
                    text.to_owned(),
                    vec![pass_rate(17, 20), pass_rate(0, 0), pass_rate(4, 4)],
                ),
                (
                    "negation".into(),
                    vec![pass_rate(0, 3), pass_rate(0, 0), pass_rate(0, 0)],
                ),
            ]
            .into(),
        },
        set,
    }
}

/// Two readers of eight units in four articles, who part on one.
fn readings(text: &str, set: &LabelSet) -> Readings {
    let unit = |number: usize| ReadUnit {
        key: vec![number.to_string()],
        text: None,
        group: Some(format!("article {}", number / 2)),
        part: None,
        labels: vec![vec![Some(number % 3), Some(number.min(6) % 3)]],
    };
    Readings {
        readers: vec![text.to_owned(), "bob".to_owned()],
        sets: vec![set.clone()],
        units: (0..8).map(unit).collect(),
        unit_columns: vec!["sentence".to_owned()],
        group_column: Some(text.to_owned()),
        by_column: None,
    }
}

impl Parts {
    /// The card with everything measured, or nothing that is only measured where asked for.
    pub fn markdown(&self, everything: bool, notes: &str) -> String {
        markdown(&Card {
            about: &self.about,
            program: "stance 0.1.0",
            command: &self.command,
            files: &self.files,
            terms: 4711,
            tuned: !everything,
            learned: &[Learned {
                set: &self.set,
                cost: 0.25,
                evaluation: &self.evaluation,
            }],
            agreement: everything.then_some((&self.readings, &self.agreement)),
            behaviour: everything.then_some(&self.rates),
            notes: everything.then_some(notes),
        })
    }
}
