//! Held-out predictions of the sets that are at hand.

use crate::data::{Authors, Sentence};
use stance::error::Result;
use stance::labels::{Labelled, ReadLabels};
use stance::tagger::{HeldOut, Settings, Tagger, likeliest};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Authors, as models see them that have not seen their group.
pub struct Set {
    pub name: String,
    pub authors: Authors,
    /// The same with labels equally frequent in training, so that an author's mix is news.
    pub balanced: Authors,
}

/// manifesto_uk, whose groups are parties in a year, and the shipped labels.
///
/// Of manifesto_uk 18 parties in a year are labelled. Half a manifesto is an author too: it speaks
/// of other subjects than the other half, and both are held out together.
pub fn at_hand(datasets: &Path) -> Result<Vec<Set>> {
    let column = |name: &str| Some(name.to_owned());
    let mut sets = Vec::new();
    let folder = datasets.join("manifesto_uk");
    if folder.is_dir() {
        let labelled = ReadLabels {
            text: column("text"),
            labels: vec!["label".to_owned()],
            group: column("group"),
            ..ReadLabels::default()
        }
        .read(&[folder.join("train.csv"), folder.join("test.csv")])?;
        let whole = set("manifesto_uk", labelled.clone())?;
        let halves = Set {
            name: "manifesto_uk, halves".to_owned(),
            authors: halves(&whole.authors, labelled),
            balanced: Authors::new(),
        };
        sets.extend([whole, halves]);
    } else {
        println!("manifesto_uk: skipped, {} is not there", folder.display());
    }
    let shipped = ReadLabels {
        labels: vec!["stance".to_owned()],
        ..ReadLabels::default()
    };
    let shipped = shipped.read(&[PathBuf::from("data/labels.csv")])?;
    sets.push(set("data/labels.csv", shipped)?);
    Ok(sets)
}

fn set(name: &str, mut labelled: Labelled) -> Result<Set> {
    labelled.sort();
    Ok(Set {
        name: name.to_owned(),
        authors: authors(&labelled)?,
        balanced: authors(&balanced(labelled))?,
    })
}

/// As many rows of each label as the rarest has, spread evenly over the set.
fn balanced(mut labelled: Labelled) -> Labelled {
    let counts = labelled.counts(0);
    let least = counts.iter().copied().min().unwrap_or(0);
    let mut seen = vec![0; counts.len()];
    for sentence in &mut labelled.sentences {
        let Some(label) = sentence.labels[0] else {
            continue;
        };
        // Of `count` rows those at which `row * least / count` steps up.
        let step = |row: usize| row * least / counts[label];
        if step(seen[label] + 1) == step(seen[label]) {
            sentence.labels[0] = None;
        }
        seen[label] += 1;
    }
    labelled
}

/// The authors of sorted rows, predicted by folds of whole groups.
fn authors(labelled: &Labelled) -> Result<Authors> {
    let found = Tagger::cross_validate(labelled, &Settings::default(), &mut |_, _, _| Ok(()))?;
    let articles = labelled.documents.iter().enumerate();
    let mut article_of: Vec<usize> = articles
        .flat_map(|(number, rows)| rows.clone().map(move |_| number))
        .collect();
    if labelled.columns.document.is_none() {
        // No articles are known; an author's sentences stand for one.
        article_of.fill(0);
    }
    let mut authors: Authors = BTreeMap::new();
    for held_out in found.iter().take(1) {
        for (sentence, group) in sentences(held_out).zip(&held_out.groups) {
            let author = authors.entry(group.clone()).or_default();
            author.group.clone_from(group);
            author.sentences.push(Sentence {
                article: format!("{:06}", article_of[sentence.row]),
                ..sentence
            });
        }
    }
    Ok(authors)
}

/// Two authors of each, by where in the files their rows stand.
fn halves(authors: &Authors, mut labelled: Labelled) -> Authors {
    labelled.sort();
    let second = second_halves(&labelled);
    let mut halves: Authors = BTreeMap::new();
    for (name, author) in authors {
        for sentence in &author.sentences {
            let half = 1 + usize::from(second[sentence.row]);
            let half = halves.entry(format!("{name}, half {half}")).or_default();
            half.group.clone_from(&author.group);
            half.sentences.push(sentence.clone());
        }
    }
    halves
}

fn sentences(held_out: &HeldOut) -> impl Iterator<Item = Sentence> {
    let probabilities = held_out.probabilities().into_iter().enumerate();
    probabilities.map(|(at, probabilities)| Sentence {
        row: held_out.rows[at],
        article: String::new(),
        truth: held_out.truth[at],
        predicted: likeliest(&probabilities),
        probabilities,
    })
}

/// Whether a row stands in the second half of its group's rows of the same file.
fn second_halves(labelled: &Labelled) -> Vec<bool> {
    let mut lines: BTreeMap<(&str, &str), Vec<u64>> = BTreeMap::new();
    for sentence in &labelled.sentences {
        let part = lines.entry((&sentence.group, &sentence.file)).or_default();
        part.push(sentence.line);
    }
    lines.values_mut().for_each(|lines| lines.sort_unstable());
    let second = |sentence: &stance::labels::LabelledSentence| {
        let lines = &lines[&(&*sentence.group, &*sentence.file)];
        sentence.line >= lines[lines.len() / 2]
    };
    labelled.sentences.iter().map(second).collect()
}
