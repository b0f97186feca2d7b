//! Laws of the features room.
#![allow(clippy::unwrap_used)]

use ndarray::Array2;
use proptest::prelude::*;
use stance::features::{
    Counts, Dictionary, Fitted, NGrams, Passage, Settings, Token, Vectorizer, tokens,
};
use std::collections::BTreeMap;

/// Every family there is.
fn all_families() -> Settings {
    Settings {
        words: Some(NGrams::new(1, 3)),
        characters: Some(NGrams::new(2, 5).weighing(0.7)),
        opening: Some(NGrams::new(1, 3).weighing(0.4)),
        stems: Some(NGrams::new(1, 2)),
        negated: Some(NGrams::new(1, 1)),
        neighbours: Some(NGrams::new(1, 2).weighing(0.5)),
        structure: Some(0.3),
        categories: Some(NGrams::new(1, 3).weighing(0.6)),
        dictionary: Some(dictionary(
            r#"{"x": ["no", "deal*"], "y": ["no deal", "a"]}"#,
        )),
        minimum_sentences: 2,
    }
}

fn dictionary(json: &str) -> Dictionary {
    serde_json::from_str(json).unwrap()
}

fn words_only(to: usize, minimum_sentences: u32) -> Settings {
    Settings {
        words: Some(NGrams::new(1, to)),
        characters: None,
        opening: None,
        stems: None,
        negated: None,
        neighbours: None,
        structure: None,
        categories: None,
        dictionary: None,
        minimum_sentences,
    }
}

fn fit(texts: &[&str], settings: &Settings) -> Vectorizer {
    let counts = Counts::new(&Passage::sequence(texts), settings);
    let rows: Vec<usize> = (0..counts.rows()).collect();
    Fitted::new(&counts, &rows).into_vectorizer()
}

/// The law of projections for all passages of a text.
fn check_projections(texts: &[&str]) -> Result<(), TestCaseError> {
    let vectorizer = fit(texts, &all_families());
    let weight = |(term, column)| ((7 * term + 3 * column) % 11) as f32 - 5.0;
    let weights =
        [2, 3].map(|columns| Array2::from_shape_fn((vectorizer.terms(), columns), weight));
    let projection = vectorizer.projection(&weights.each_ref().map(Array2::view));
    let mut workspace = vectorizer.workspace();
    let mut used = vectorizer.projector(&projection);
    for passage in Passage::sequence(texts) {
        let mut new = vectorizer.projector(&projection);
        let found = vectorizer
            .project(&passage, &projection, &mut used)
            .map(<[f64]>::to_vec);
        prop_assert_eq!(
            found.as_deref(),
            vectorizer.project(&passage, &projection, &mut new)
        );
        let vector = vectorizer.vectorise(&passage, &mut workspace).as_row();
        prop_assert_eq!(found.is_none(), vector.index.is_empty());
        let columns = weights.iter().flat_map(Array2::columns);
        for (product, column) in found.into_iter().flatten().zip(columns) {
            let terms = vector
                .iter()
                .map(|(term, value)| f64::from(value * column[term]));
            prop_assert!((product - terms.sum::<f64>()).abs() < 1e-4);
        }
    }
    Ok(())
}

/// The vector of a passage by readable terms.
fn vector(vectorizer: &Vectorizer, passage: &Passage<'_>) -> BTreeMap<String, f32> {
    let mut workspace = vectorizer.workspace();
    let vector = vectorizer.vectorise(passage, &mut workspace);
    let terms = vector.as_row().iter();
    terms
        .map(|(term, value)| (vectorizer.readable(term as u32), value))
        .collect()
}

#[test]
fn weights_are_those_of_scikit_learn() {
    #[derive(serde::Deserialize)]
    struct Case {
        texts: Vec<String>,
        rows: Vec<BTreeMap<String, f32>>,
    }
    let case: Case = serde_json::from_str(include_str!("cases/features/tfidf.json")).unwrap();
    let texts: Vec<&str> = case.texts.iter().map(String::as_str).collect();
    let vectorizer = fit(&texts, &words_only(2, 2));
    for (text, expected) in texts.iter().zip(&case.rows) {
        let found = vector(&vectorizer, &Passage::alone(text));
        assert!(
            found.keys().eq(expected.keys()),
            "{text}: {found:?} {expected:?}"
        );
        for (term, value) in &found {
            assert!(
                (value - expected[term]).abs() < 1e-6,
                "{text}: {term} {value}"
            );
        }
    }
}

#[test]
fn tokens_keep_negations_whole_and_split_possessives() {
    let cases = [
        ("can't won’t", "can't|won’t"),
        ("Abe’s 'deal'", "Abe|’s|'|deal|'"),
        ("the islands' fate", "the|islands|'|fate"),
        ("long-awaited 2+2", "long|-|awaited|2|+|2"),
        ("O'Brien ‘90s", "O'Brien|‘|90s"),
        ("мир—договор\u{a0}…", "мир|—|договор|…"),
        ("\u{feff} \u{0}", ""),
    ];
    for (text, expected) in cases {
        let found: Vec<&str> = tokens(text)
            .map(|(Token::Word(token) | Token::Mark(token))| token)
            .collect();
        assert_eq!(found.join("|"), expected, "{text}");
    }
}

#[test]
fn a_dictionary_finds_the_longest_terms() {
    #[derive(serde::Deserialize)]
    struct Case {
        text: String,
        found: Vec<String>,
    }
    #[derive(serde::Deserialize)]
    struct Cases {
        dictionary: Dictionary,
        cases: Vec<Case>,
    }
    let Cases { dictionary, cases } =
        serde_json::from_str(include_str!("cases/features/dictionary.json")).unwrap();
    for Case { text, found } in cases {
        assert_eq!(dictionary.find(&text), found, "{text}");
    }
}

#[test]
fn a_term_that_is_none_is_refused() {
    let cases = [
        (r#"{"x": [""]}"#, "it is empty"),
        (r#"{"x": ["*"]}"#, "behind letters"),
        (r#"{"x": ["no *"]}"#, "behind letters"),
        (r#"{"x": ["-*"]}"#, "behind letters"),
        (r#"{"x": ["*deal"]}"#, "the end of a word"),
        (r#"{"x": ["de*al"]}"#, "the end of a word"),
        (r#"{"x": ["deal**"]}"#, "behind letters"),
        (r#"{"x": ["1 2 3 4 5 6 7 8 9"]}"#, "longer than eight"),
        (r#"{"x y": ["deal"]}"#, "cannot name a category"),
        (r#"{"^": ["deal"]}"#, "cannot name a category"),
        (r#"{"": ["deal"]}"#, "cannot name a category"),
        (r#"{"x": ["Deal"], "y": ["deal"]}"#, "in two categories"),
        (r#"{}"#, "no term"),
        (r#"{"x": []}"#, "no term"),
    ];
    for (json, message) in cases {
        let error = serde_json::from_str::<Dictionary>(json).unwrap_err();
        assert!(error.to_string().contains(message), "{json}: {error}");
    }
}

#[test]
fn categories_follow_one_another_between_the_ends_of_a_sentence() {
    let settings = Settings {
        categories: Some(NGrams::new(1, 2)),
        dictionary: Some(dictionary(r#"{"turn": ["no"], "move": ["deal*"]}"#)),
        ..words_only(1, 1)
    };
    let vectorizer = fit(&["No deals then.", "Rain."], &settings);
    let found = vector(&vectorizer, &Passage::alone("No dealing."));
    let categories: Vec<&str> = found
        .keys()
        .filter_map(|term| term.strip_prefix("dictionary: "))
        .collect();
    let expected = ["$", "^", "^ turn", "move", "move $", "turn", "turn move"];
    assert_eq!(categories, expected);
    let other = vector(&vectorizer, &Passage::alone("Snow."));
    assert!(other.contains_key("dictionary: ^ $"));
}

#[test]
fn each_family_finds_its_terms() {
    let texts = [
        "There is no breakthrough, yet.",
        "The ministers met.",
        "There is no breakthrough, yet.",
        "The ministers met.",
    ];
    let vectorizer = fit(
        &texts,
        &Settings {
            minimum_sentences: 1,
            ..all_families()
        },
    );
    let passage = Passage {
        text: texts[0],
        after: Some(texts[1]),
        position: Some((0, 2)),
        ..Passage::default()
    };
    let found = vector(&vectorizer, &passage);
    for term in [
        "no breakthrough ,",
        "letters: ␣no",
        "stem: breakthrough",
        "negated: breakthrough",
        "after: ministers met",
        "structure: 1/5",
    ] {
        assert!(found.contains_key(term), "{term} is not in {found:?}");
    }
    assert!(
        !found.contains_key("negated: yet"),
        "a comma ends the scope"
    );
    assert!(!found.keys().any(|term| term.starts_with("before: ")));
}

#[test]
fn an_unseen_sentence_without_known_terms_is_empty() {
    let vectorizer = fit(&["no deal", "no deal"], &words_only(2, 2));
    assert!(vector(&vectorizer, &Passage::alone("мир")).is_empty());
    assert!(vector(&vectorizer, &Passage::alone("")).is_empty());
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let cases = [
        (
            Settings {
                words: Some(NGrams::new(3, 2)),
                ..words_only(1, 1)
            },
            "lengths 3 to 2",
        ),
        (
            Settings {
                words: Some(NGrams::new(0, 2)),
                ..words_only(1, 1)
            },
            "lengths 0 to 2",
        ),
        (
            Settings {
                words: Some(NGrams::new(1, 1).weighing(f64::NAN)),
                ..words_only(1, 1)
            },
            "weight",
        ),
        (
            Settings {
                structure: Some(-1.0),
                ..words_only(1, 1)
            },
            "weight",
        ),
        (
            Settings {
                words: None,
                ..words_only(1, 1)
            },
            "no feature family",
        ),
    ];
    for (settings, message) in cases {
        let error = settings.check().unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

/// Sentences of few words, so that they share terms.
fn sentences() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "no",
        "not",
        "deal",
        "deals",
        "treaty",
        "the",
        "Moscow’s",
        ",",
        "but",
        "мир",
        "won't",
        "2016",
    ]);
    let sentence = prop::collection::vec(word, 0..8).prop_map(|words| words.join(" "));
    prop::collection::vec(sentence, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Training and use see the same numbers, to the bit.
    #[test]
    fn a_training_row_is_the_vector_of_its_text(texts in sentences()) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let counts = Counts::new(&Passage::sequence(&texts), &all_families());
        let rows: Vec<usize> = (0..texts.len()).collect();
        let fitted = Fitted::new(&counts, &rows);
        let matrix = fitted.matrix(&rows).unwrap();
        let vectorizer = fitted.into_vectorizer();
        let mut workspace = vectorizer.workspace();
        for (row, passage) in Passage::sequence(&texts).iter().enumerate() {
            let vector = vectorizer.vectorise(passage, &mut workspace);
            let mut used: Vec<(usize, f32)> = vector.as_row().iter().collect();
            used.sort_by_key(|&(term, _)| term);
            let trained: Vec<(usize, f32)> = matrix.row(row).iter().collect();
            prop_assert_eq!(used, trained);
        }
    }

    /// What was read before leaves no trace: a used workspace and a new one give the same vector.
    #[test]
    fn a_vector_does_not_depend_on_the_sentences_before(texts in sentences(), odd in ".{0,40}") {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectorizer = fit(&texts, &all_families());
        let mut used = vectorizer.workspace();
        for text in texts.iter().chain([&&*odd]) {
            let passage = Passage::alone(text);
            let in_company = vectorizer.vectorise(&passage, &mut used).clone();
            let mut new = vectorizer.workspace();
            prop_assert_eq!(&in_company, vectorizer.vectorise(&passage, &mut new));
        }
    }

    /// A projection is the product of vector and weights, whatever was projected before.
    #[test]
    fn a_projection_is_a_product(texts in sentences(), odd in ".{0,40}") {
        let texts: Vec<&str> = texts.iter().map(String::as_str).chain([&*odd]).collect();
        check_projections(&texts)?;
    }

    /// A projection counts as far as training does, however often a word is repeated.
    #[test]
    fn a_projection_is_a_product_of_many_repeats(repeats in 250_usize..600, others in "[a-e ]{0,20}") {
        let shouting = "no deal ".repeat(repeats) + &others;
        check_projections(&[&shouting, "there is no deal yet", &others])?;
    }

    /// The vocabulary depends on the rows, not on their order.
    #[test]
    fn the_vocabulary_does_not_depend_on_row_order(mut texts in sentences()) {
        let fit_alone = |texts: &[String]| {
            let passages: Vec<_> = texts.iter().map(|text| Passage::alone(text)).collect();
            let counts = Counts::new(&passages, &all_families());
            let rows: Vec<usize> = (0..texts.len()).collect();
            let vectorizer = Fitted::new(&counts, &rows).into_vectorizer();
            (vectorizer.spellings().to_vec(), vectorizer.ends(), vectorizer.idf().to_vec())
        };
        let forwards = fit_alone(&texts);
        texts.reverse();
        prop_assert_eq!(forwards, fit_alone(&texts));
    }

    /// Keeping rare terms out of memory changes nothing: the vocabulary holds the terms of at
    /// least two sentences, all of them and no others.
    #[test]
    fn the_sieve_is_exact(texts in sentences()) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let sieved = fit(&texts, &words_only(3, 2));
        let every = fit(&texts, &words_only(3, 1));
        let expected: Vec<&str> = every
            .spellings()
            .iter()
            .map(|term| &**term)
            .filter(|term| {
                let holds = |text: &&&str| vector(&every, &Passage::alone(text)).contains_key(*term);
                texts.iter().filter(holds).count() >= 2
            })
            .collect();
        let found: Vec<&str> = sieved.spellings().iter().map(|term| &**term).collect();
        prop_assert_eq!(found, expected);
    }

    /// Every family of a vector is as long as its weight says, or empty.
    #[test]
    fn families_have_the_length_of_their_weight(texts in sentences()) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectorizer = fit(&texts, &all_families());
        let lengths = [1.0, 0.7, 1.0, 1.0, 0.5, 0.5, 0.3];
        let mut workspace = vectorizer.workspace();
        for passage in Passage::sequence(&texts) {
            let row = vectorizer.vectorise(&passage, &mut workspace).as_row();
            let mut start = 0;
            for (end, length) in vectorizer.ends().into_iter().zip(lengths) {
                let inside = row.iter().filter(|&(term, _)| (start..end as usize).contains(&term));
                let found = inside.map(|(_, value)| f64::from(value).powi(2)).sum::<f64>().sqrt();
                prop_assert!(found == 0.0 || (found - length).abs() < 1e-5, "{} {}", found, length);
                start = end as usize;
            }
        }
    }

    /// Nothing a text may hold makes the room panic, and every character is in a token or is space.
    #[test]
    fn any_text_has_tokens(text in "\\PC*") {
        let kept: String = tokens(&text)
            .map(|(Token::Word(token) | Token::Mark(token))| token)
            .collect();
        let expected: String = text
            .chars()
            .filter(|c| !(c.is_whitespace() || c.is_ascii_control() || *c == '\u{feff}'))
            .collect();
        prop_assert_eq!(kept, expected);
    }
}
