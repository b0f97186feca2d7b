//! `stance::labels`: what stands twice, and what several annotators gave.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use stance::codebook::{Codebook, LabelSet};
use stance::labels::{Annotated, Duplicates, Labelled, Merge, NEAR, ReadLabels};
use std::collections::BTreeSet;

/// Single words and pairs of neighbouring words.
fn shingles(text: &str) -> BTreeSet<Vec<String>> {
    let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
    let single = words.iter().map(|word| vec![word.clone()]);
    single
        .chain(words.windows(2).map(<[String]>::to_vec))
        .collect()
}

/// What every two different sentences share, found by looking at all of them.
fn near_by_hand(texts: &[String]) -> BTreeSet<(String, String)> {
    let distinct: BTreeSet<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    let sets: Vec<_> = distinct.iter().map(|text| (text, shingles(text))).collect();
    let pairs = (0..sets.len()).flat_map(|a| (a + 1..sets.len()).map(move |b| (a, b)));
    pairs
        .filter(|&(a, b)| {
            let shared = sets[a].1.intersection(&sets[b].1).count() as f64;
            let all = sets[a].1.union(&sets[b].1).count() as f64;
            shared / all >= NEAR
        })
        .map(|(a, b)| (sets[a].0.clone(), sets[b].0.clone()))
        .collect()
}

fn near_texts(texts: &[String], found: &Duplicates) -> BTreeSet<(String, String)> {
    let pairs = found.near.iter().map(|pair| {
        let [a, b] = pair.rows.map(|row| texts[row].to_lowercase());
        if a < b { (a, b) } else { (b, a) }
    });
    pairs.collect()
}

/// Up to eight short sentences, so that no sentence has more neighbours than are kept.
fn sentences() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "the", "Deal", "is", "near", "not", "dead", "yet", "talks",
    ]);
    let sentence = prop::collection::vec(word, 1..10).prop_map(|words| words.join(" "));
    prop::collection::vec(sentence, 1..9)
}

proptest! {
    #[test]
    fn near_duplicates_are_those_found_by_comparing_all(texts in sentences()) {
        let found = Duplicates::of(&texts);
        prop_assert_eq!(near_texts(&texts, &found), near_by_hand(&texts));
    }

    #[test]
    fn a_row_that_stands_twice_is_found(texts in prop::collection::vec("\\PC{0,40}", 1..30), at in 0_usize..30) {
        let row = at % texts.len();
        let mut more = texts.clone();
        more.push(texts[row].clone());
        let has_words = texts[row].chars().any(char::is_alphanumeric);
        let found = Duplicates::of(&more);
        let twice = found.same.iter().any(|rows| rows.contains(&row) && rows.contains(&texts.len()));
        prop_assert_eq!(twice, has_words);
    }

    #[test]
    fn the_order_of_rows_changes_no_pair(texts in sentences()) {
        let turned: Vec<String> = texts.iter().rev().cloned().collect();
        let (found, of_turned) = (Duplicates::of(&texts), Duplicates::of(&turned));
        prop_assert_eq!(near_texts(&texts, &found), near_texts(&turned, &of_turned));
        prop_assert_eq!(found.same.len(), of_turned.same.len());
    }

    #[test]
    fn merging_does_not_mind_the_order_of_rows(votes in votes(), seed in 0_usize..1000) {
        let mut turned = votes.clone();
        turned.rotate_left(seed % votes.len());
        turned.reverse();
        for way in [Merge::Majority, Merge::Soft] {
            let [mut a, mut b] = [&votes, &turned].map(|votes| annotated(votes).merged(way));
            a.sort();
            b.sort();
            prop_assert_eq!(content(&a), content(&b));
            prop_assert_eq!(a.fingerprint(), b.fingerprint());
        }
    }

    #[test]
    fn what_all_annotators_gave_is_the_label(votes in votes()) {
        let merged = annotated(&votes);
        for way in [Merge::Majority, Merge::Soft] {
            for sentence in merged.merged(way).sentences {
                let own = votes.iter().filter(|vote| vote.sentence == sentence.number.unwrap());
                let given: BTreeSet<usize> = own.map(|vote| vote.label).collect();
                if way == Merge::Majority && given.len() == 1 {
                    prop_assert_eq!(sentence.labels[0], given.first().copied());
                }
                let shares: f32 = sentence.weighted_labels(0).map(|(_, share)| share).sum();
                let is_tie = way == Merge::Majority && sentence.labels[0].is_none();
                prop_assert!(is_tie || (shares - 1.0).abs() < 1e-5, "{:?}", sentence);
            }
        }
    }
}

#[derive(Debug, Clone)]
struct Given {
    sentence: u64,
    annotator: usize,
    label: usize,
    unsure: bool,
}

const LABELS: [&str; 3] = ["no", "perhaps", "yes"];

/// Up to 40 votes of four annotators on up to eight sentences of three groups; the first two share
/// one.
fn votes() -> impl Strategy<Value = Vec<Given>> {
    let given = (1_u64..9, 0_usize..4, 0_usize..3, any::<bool>());
    let given = given.prop_map(|(sentence, annotator, label, unsure)| Given {
        sentence,
        annotator,
        label,
        unsure,
    });
    prop::collection::vec(given, 0..40).prop_map(|more| {
        let both = [0, 1].map(|annotator| Given {
            sentence: 1,
            annotator,
            label: annotator,
            unsure: false,
        });
        let another = Given {
            sentence: 2,
            ..both[0].clone()
        };
        both.into_iter().chain([another]).chain(more).collect()
    })
}

fn annotated(votes: &[Given]) -> Annotated {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("labels.csv");
    let rows: String = votes
        .iter()
        .map(|vote| {
            let Given {
                sentence,
                annotator,
                label,
                unsure,
            } = vote;
            let group = sentence % 3;
            format!("strait,{sentence},Sentence {sentence}.,author {group},ann{annotator},{},{unsure}\n", LABELS[*label])
        })
        .collect();
    let table = format!("article,sentence,text,author,annotator,label,unsure\n{rows}");
    std::fs::write(&file, table).unwrap();
    let set = LabelSet::plain("label", LABELS.map(str::to_owned));
    let labels = ReadLabels {
        codebook: Some(Codebook {
            title: "likely".into(),
            sets: vec![set],
        }),
        ..ReadLabels::default()
    };
    labels.read_annotated(&[file]).unwrap()
}

/// Everything of the rows but where they were read.
fn content(labelled: &Labelled) -> Vec<String> {
    let rows = labelled.sentences.iter();
    rows.map(|s| format!("{} {} {:?} {:?}", s.text, s.group, s.labels, s.shares))
        .collect()
}

/// One sentence for each list of votes: (annotator, label, unsure).
fn merged(sentences: &[&[(usize, usize, bool)]], way: Merge) -> Labelled {
    let numbered = (1..).zip(sentences);
    let votes = numbered.flat_map(|(sentence, votes)| {
        votes.iter().map(move |&(annotator, label, unsure)| Given {
            sentence,
            annotator,
            label,
            unsure,
        })
    });
    annotated(&votes.collect::<Vec<_>>()).merged(way)
}

fn labels(labelled: &Labelled) -> Vec<Option<usize>> {
    labelled.sentences.iter().map(|s| s.labels[0]).collect()
}

#[test]
fn the_majority_decides_and_a_tie_is_no_label() {
    let all: &[&[(usize, usize, bool)]] = &[
        &[(0, 0, false), (1, 0, false), (2, 2, false)],
        &[(0, 0, false), (1, 2, false)],
        &[(0, 2, false)],
    ];
    let merged = merged(all, Merge::Majority);
    assert_eq!(labels(&merged), [Some(0), None, Some(2)]);
    assert!(merged.sentences.iter().all(|s| s.shares.is_empty()));
    let told = merged.merged.unwrap();
    assert_eq!((told.annotators, told.shared), (3, 2));
}

#[test]
fn an_unsure_label_counts_half() {
    let all: &[&[(usize, usize, bool)]] = &[
        &[(0, 0, false), (1, 2, true)],
        &[(0, 0, true), (1, 0, true), (2, 2, false)],
    ];
    assert_eq!(labels(&merged(all, Merge::Majority)), [Some(0), None]);
    assert_eq!(labels(&merged(all, Merge::Soft))[0], Some(0));
}

#[test]
fn a_careless_annotator_counts_less() {
    // Two agree on all but the last sentence, where the third stands alone against one of them.
    let mut all: Vec<Vec<(usize, usize, bool)>> = (0..60)
        .map(|at| {
            vec![
                (0, at % 3, false),
                (1, at % 3, false),
                (2, at / 3 % 3, false),
            ]
        })
        .collect();
    all.push(vec![(0, 0, false), (2, 1, false)]);
    let all: Vec<&[(usize, usize, bool)]> = all.iter().map(Vec::as_slice).collect();
    let soft = merged(&all, Merge::Soft);
    let last = soft.sentences.last().unwrap();
    assert_eq!(last.labels[0], Some(0));
    assert_eq!(labels(&merged(&all, Merge::Majority)).last(), Some(&None));
}

#[test]
fn labels_of_one_annotator_a_sentence_stay_as_they_are() {
    let all: &[&[(usize, usize, bool)]] = &[&[(0, 0, false), (0, 1, false)], &[(1, 2, true)]];
    let found = merged(all, Merge::Soft);
    assert_eq!(labels(&found), [Some(0), Some(1), Some(2)]);
    assert_eq!(found.merged, None);
}

#[test]
fn what_annotators_agree_on_tells_how_often_they_are_right() {
    let mut votes = Vec::new();
    for sentence in 0..600_usize {
        let truth = sentence % 3;
        // Right nine times in ten, eight in ten, and every second time.
        for (annotator, wrong_every) in [(0, 10), (1, 5), (2, 2)] {
            let draw = (sentence + 1) * (7919 + 104_729 * annotator) % 1009;
            let wrong = draw % wrong_every == 0;
            let label = (truth + usize::from(wrong) * (1 + draw / 10 % 2)) % 3;
            votes.push(Given {
                sentence: sentence as u64 + 1,
                annotator,
                label,
                unsure: false,
            });
        }
    }
    let accuracies = annotated(&votes).accuracies(0);
    for (found, expected) in accuracies.iter().zip([0.9, 0.8, 0.5]) {
        assert!((found - expected).abs() < 0.06, "{accuracies:?}");
    }
}
