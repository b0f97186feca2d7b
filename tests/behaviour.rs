//! What the shipped model does with sentences made to trip it: `cases/behaviour.csv`, with what
//! each case checks. The pass rates are a golden file, so that a new model shows what it changed.
#![allow(clippy::unwrap_used)]

use serde::Deserialize;
use stance::tagger::{Sentence, Tagger};
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Case {
    kind: String,
    before: String,
    text: String,
    expected: String,
    voice: String,
    checks: String,
}

fn cases() -> Vec<Case> {
    let mut reader = csv::Reader::from_reader(&include_bytes!("cases/behaviour.csv")[..]);
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The names of the labels of `stance` and `voice` that the tagger gives the case.
fn tags<'t>(tagger: &'t Tagger, case: &Case) -> [&'t str; 2] {
    let sentence = |text| Sentence { text, paragraph: 0 };
    let mut sentences = Vec::new();
    if !case.before.is_empty() {
        sentences.push(sentence(case.before.as_str()));
    }
    sentences.push(sentence(&case.text));
    let tags = tagger.tag(&sentences).pop().unwrap();
    ["stance", "voice"].map(|set| {
        let head = tagger.head(Some(set)).unwrap();
        &*tagger.heads()[head].set.labels[tags.tags[head].label].name
    })
}

#[test]
fn the_cases_are_well_made() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases() {
        assert!(["sceptical", "neutral", "optimistic"].contains(&&*case.expected));
        assert!(["", "author", "reported"].contains(&&*case.voice));
        assert!(!case.checks.is_empty(), "{}", case.text);
        *kinds.entry(case.kind).or_default() += 1;
    }
    assert!(kinds.values().all(|&cases| cases >= 20), "{kinds:?}");
    assert!(kinds.values().sum::<usize>() >= 200);
}

#[test]
fn pass_rates_of_the_shipped_model() {
    let tagger = Tagger::shipped();
    let mut passed: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for case in cases() {
        let [stance, voice] = tags(&tagger, &case);
        let counts = passed.entry(case.kind).or_default();
        counts[0] += usize::from(stance == case.expected);
        counts[1] += 1;
        if !case.voice.is_empty() {
            counts[2] += usize::from(voice == case.voice);
            counts[3] += 1;
        }
    }
    let mut table = format!("{:<26} {:>9} {:>9}\n", "kind", "stance", "voice");
    for (kind, [stance, cases, voice, voices]) in &passed {
        let voices = match voices {
            0 => String::new(),
            _ => format!("{voice}/{voices}"),
        };
        table += &format!(
            "{kind:<26} {:>9} {voices:>9}\n",
            format!("{stance}/{cases}")
        );
    }
    insta::assert_snapshot!(table);
}

/// Who and where is no reason: the cases come in pairs that differ in names alone.
#[test]
fn names_do_not_decide() {
    let tagger = Tagger::shipped();
    let swapped: Vec<Case> = cases()
        .into_iter()
        .filter(|case| case.kind == "names-swapped")
        .collect();
    let same = swapped
        .chunks_exact(2)
        .filter(|pair| tags(&tagger, &pair[0])[0] == tags(&tagger, &pair[1])[0])
        .count();
    let pairs = swapped.len() / 2;
    assert!(
        same + 2 >= pairs,
        "{same} of {pairs} pairs get the same tag"
    );
}
