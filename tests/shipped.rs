//! What is shipped holds together: the articles give the sentences of the labels, and the labels
//! give the model.
#![allow(clippy::unwrap_used)]

use stance::article::source::{ReadOptions, open};
use stance::codebook::Codebook;
use stance::features::Dictionary;
use stance::labels::{Labelled, ReadLabels};
use stance::sentence;
use stance::tagger::{Settings, Tagger};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The texts of the labels, article by article.
fn labelled_sentences() -> BTreeMap<String, Vec<String>> {
    let mut articles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(project("data/labels.csv")).unwrap();
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row.unwrap();
        articles
            .entry(row["article"].clone())
            .or_default()
            .push(row["text"].clone());
    }
    articles
}

fn labels() -> Labelled {
    let files = [project("data/labels.csv")];
    ReadLabels::default().read(&files).unwrap()
}

#[test]
fn the_articles_give_the_sentences_of_the_labels() {
    let labelled = labelled_sentences();
    let folder = [project("data/articles")];
    let mut found = 0;
    for article in open(&folder, &ReadOptions::default()) {
        let article = article.unwrap();
        let sentences: Vec<String> = article
            .paragraphs()
            .flat_map(|paragraph| {
                let text = paragraph.of(&article.text);
                let spans = sentence::split(text).into_iter();
                spans.map(|span| sentence::fold(span.of(text)).into_owned())
            })
            .collect();
        assert_eq!(sentences, labelled[article.name()], "{}", article.name());
        found += 1;
    }
    assert_eq!(found, labelled.len());
}

#[test]
fn every_article_has_title_author_and_date() {
    let folder = [project("data/articles")];
    for article in open(&folder, &ReadOptions::default()) {
        let article = article.unwrap();
        assert!(article.title.is_some(), "{}", article.source);
        assert!(!article.authors.is_empty(), "{}", article.source);
        assert!(article.date.is_some(), "{}", article.source);
    }
}

/// As the command does that ARCHITECTURE.md and the card of the model give.
#[test]
fn the_labels_give_the_shipped_model_to_the_byte() {
    let dictionary = Dictionary::read(&project("data/dictionary.csv")).unwrap();
    let mut settings = Settings::default();
    settings.features.dictionary = Some(dictionary);
    let tagger = Tagger::train(labels(), &settings, &mut |_, _, _| Ok(())).unwrap();
    let shipped = std::fs::read(project("models/default.safetensors")).unwrap();
    assert!(
        tagger.to_bytes().unwrap() == shipped,
        "make it again, with its card: ARCHITECTURE.md says how"
    );
}

#[test]
fn the_shipped_card_is_that_of_the_shipped_model_and_labels() {
    let mut labels = labels();
    labels.sort();
    let fingerprint = labels.fingerprint();
    assert_eq!(Tagger::shipped().about().fingerprint, fingerprint);
    let read = |path: &str| std::fs::read_to_string(project(path)).unwrap();
    let card = read("models/README.md");
    assert!(card.contains(&fingerprint), "{fingerprint}");
    assert!(card.ends_with(&read("models/NOTES.md")), "other notes");
}

#[test]
fn the_shipped_model_and_codebook_agree() {
    let codebook = Codebook::shipped();
    codebook.check().unwrap();
    assert_eq!(Tagger::shipped().codebook(), codebook);
}
