//! Invented labels with one thing wrong of each kind, checked.

use stance::article::from_text;
use stance::codebook::LabelSet;
use stance::evaluate::Check;
use stance::labels::{Columns, Labelled, LabelledSentence, Shelf};
use stance::tagger::Settings;

const SENTENCES: [(&str, usize); 6] = [
    ("The goalkeeper saved a late penalty", 1),
    ("Both strikers left the stadium early", 1),
    ("Her coach praised the young defenders", 1),
    ("Parliament passed the autumn budget", 0),
    ("Two ministers resigned over a treaty", 0),
    ("Senators doubted every ballot count", 0),
];

/// Five authors write all six sentences, each with a word of their own, so that nothing is alike.
pub fn check() -> Check {
    let mut labelled = Labelled {
        sets: vec![LabelSet::plain(
            "topic",
            ["politics", "sport", "weather"].map(str::to_owned),
        )],
        columns: Columns {
            text: "text".into(),
            group: Some("author".into()),
            document: Some("article".into()),
        },
        ..Labelled::default()
    };
    let mut add = |text: String, label, author: usize| {
        let row = labelled.sentences.len();
        labelled.documents.push(row..row + 1);
        labelled.sentences.push(LabelledSentence {
            text,
            labels: vec![Some(label)],
            group: format!("author {author}"),
            document: Some(format!("article {author}")),
            number: Some(row as u64 % 6 + 1),
            file: "labels.csv".into(),
            line: row as u64 + 2,
            ..LabelledSentence::default()
        });
    };
    let endings = ["yesterday", "again", "in spring", "at last", "unseen"];
    for (author, ending) in endings.iter().enumerate() {
        for (text, label) in SENTENCES {
            let wrong = author == 2 && text.starts_with("Parliament");
            let label = if wrong { 1 } else { label };
            add(format!("{text} {ending} {ending}."), label, author);
        }
    }
    add("Rain fell on *nobody*.".into(), 2, 0);
    add("Rain fell on *nobody*!".into(), 1, 1);
    let mut shelf = Shelf::default();
    let texts = labelled.sentences.iter().filter(|s| s.group != "author 4");
    let text: String = texts
        .map(|s| format!("{}\n", s.text.replace("saved", "held")))
        .collect();
    for author in 0..4 {
        shelf.add(&from_text(&format!("article {author}"), text.clone()));
    }
    Check::of(
        labelled,
        Some(&shelf),
        &Settings::default(),
        &mut |_, _, _| Ok(()),
    )
    .unwrap()
}
