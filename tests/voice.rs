//! Voice: every case of `tests/cases/voice` holds, and the laws hold on any text.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde::Deserialize;
use stance::voice::{Reading, Utterance, read, same_holders};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// One sentence of a case file; rows of one article follow one another, and a row without an
/// article stands alone.
#[derive(Debug, Deserialize)]
struct Case {
    article: String,
    paragraph: usize,
    voice: String,
    holder: String,
    /// What the case is about; printed when it fails.
    #[allow(dead_code)]
    kind: String,
    sentence: String,
}

fn cases() -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/voice");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let rows = |file: &PathBuf| {
        let mut table = csv::ReaderBuilder::new()
            .delimiter(b'\t')
            .quoting(false)
            .from_path(file)
            .unwrap();
        table
            .deserialize()
            .collect::<Result<Vec<Case>, _>>()
            .unwrap()
    };
    files.iter().flat_map(rows).collect()
}

fn utterances(article: &[Case]) -> Vec<Utterance<'_>> {
    article
        .iter()
        .map(|case| Utterance {
            text: &case.sentence,
            paragraph: case.paragraph,
        })
        .collect()
}

#[test]
fn every_case_is_read_right() {
    let cases = cases();
    assert!(cases.len() >= 120);
    let mut wrong = Vec::new();
    for article in cases.chunk_by(|a, b| !a.article.is_empty() && a.article == b.article) {
        for (case, reading) in article.iter().zip(read(&utterances(article))) {
            let voice = if reading.reported {
                "reported"
            } else {
                "author"
            };
            let holder = reading.holder.as_deref().unwrap_or_default();
            if voice != case.voice || (reading.reported && holder != case.holder) {
                wrong.push(format!(
                    "{case:?}\n    is {voice} [{holder}] {:?}",
                    reading.cues
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn cues_are_few() {
    let cases = cases();
    let readings = read(&utterances(&cases));
    let cues: BTreeSet<&str> = readings
        .iter()
        .flat_map(|reading| reading.cues.iter().copied())
        .collect();
    assert!((10..=25).contains(&cues.len()), "{cues:?}");
}

#[test]
fn names_of_one_person_are_joined() {
    let one = [
        "Prime Minister Orla Brandt",
        "Brandt",
        "Ms Brandt",
        "Orla Brandt’s",
        "the premier, Orla Brandt",
    ];
    assert_eq!(same_holders(&one), [0; 5]);
    // A surname with two bearers belongs to neither.
    assert_eq!(
        same_holders(&["Orla Brandt", "Nils Brandt", "Brandt"]),
        [0, 1, 2]
    );
    assert_eq!(
        same_holders(&["the Foreign Ministry", "Ministry", "Critics", "the critics"]),
        [0, 1, 2, 2]
    );
}

/// Text from the pieces that the rules look at, so that random sentences meet many of them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            "said", "says", "believes", "that", "the", "minister", "Orla", "Brandt", "who", "which", "and", "but",
            "he", "it", "is", "to", "as", "according", "in", "view", "claim", "when", "not", "would", "for", "saying",
            ",", ":", ";", "(", ")", "“", "”", "‘", "’", "\"", "'", "«", "»", "„", "’90s", "leaders’", "don’t", "—", "?",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    (prop::collection::vec(piece, 0..40), prop::bool::ANY)
        .prop_map(|(pieces, spaced)| pieces.join(if spaced { " " } else { "" }))
}

fn articles() -> impl Strategy<Value = Vec<(String, usize)>> {
    prop::collection::vec((pieces(), 0usize..3), 0..6)
}

fn as_utterances(article: &[(String, usize)]) -> Vec<Utterance<'_>> {
    article
        .iter()
        .map(|(text, paragraph)| Utterance {
            text,
            paragraph: *paragraph,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read(article in articles()) {
        let readings = read(&as_utterances(&article));
        prop_assert_eq!(readings.len(), article.len());
        for Reading { cues, holder, .. } in &readings {
            prop_assert!(cues.is_sorted() && cues.windows(2).all(|pair| pair[0] != pair[1]));
            prop_assert!(holder.as_deref() != Some(""));
        }
    }

    /// What comes later changes nothing before it, once its paragraph is over.
    #[test]
    fn a_later_paragraph_changes_nothing(first in articles(), second in pieces()) {
        prop_assume!(!second.trim_start().starts_with(['“', '‘', '"', '\'', '«', '»', '„', '”', '’', '‚']));
        let alone = read(&as_utterances(&first));
        let mut article = first.clone();
        article.push((second, usize::MAX));
        let followed = read(&as_utterances(&article));
        prop_assert_eq!(&followed[..alone.len()], &alone[..]);
    }

    #[test]
    fn the_order_of_names_does_not_matter(
        names in prop::collection::vec("(Mr |the |President )?(Orla |Nils )?(Brandt|Lund|critics)", 0..8),
        turn in 0usize..8,
    ) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut turned = names.clone();
        turned.rotate_left(turn.min(names.len()));
        let (holders, mut back) = (same_holders(&names), same_holders(&turned));
        back.rotate_right(turn.min(names.len()));
        for i in 0..names.len() {
            for j in 0..names.len() {
                prop_assert_eq!(holders[i] == holders[j], back[i] == back[j]);
            }
        }
    }
}

/// Doubling a text must not much more than double the time, whatever it is made of.
#[test]
fn time_is_linear() {
    for piece in [
        "said ",
        "“",
        "‘a ",
        "who, ",
        "the ",
        "a’s ",
        "'90s ",
        "and ",
        "(",
        "X, ",
        "according to ",
        "\"",
    ] {
        let time = |times: usize| {
            let text = piece.repeat(times);
            let once = || {
                let start = std::time::Instant::now();
                read(&[Utterance {
                    text: &text,
                    paragraph: 0,
                }]);
                start.elapsed().as_secs_f64()
            };
            once().min(once())
        };
        // Quadratic work would take the longer text 64 times as long.
        let (short, long) = (time(20_000).max(0.01), time(160_000));
        assert!(long < 30.0 * short, "{piece:?}: {short} s, then {long} s");
    }
}
