//! Authors and their sentences: read, simulated, sampled.

use stance::codebook::{Label, LabelSet};
use stance::prevalence::{ErrorModel, Random, Tally};
use std::collections::BTreeMap;
use std::error::Error;

/// One sentence.
#[derive(Clone)]
pub struct Sentence {
    pub article: String,
    pub truth: usize,
    pub predicted: usize,
    pub probabilities: Vec<f64>,
}

impl Sentence {
    /// −1 for the first label, 1 for the last, 0 between.
    pub fn polarity(&self) -> f64 {
        f64::from(u8::from(self.truth + 1 == self.probabilities.len()))
            - f64::from(u8::from(self.truth == 0))
    }
}

pub type Authors = BTreeMap<String, Vec<Sentence>>;

pub fn read(file: &str) -> Result<Authors, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(file)?;
    let header = reader.headers()?.clone();
    let column = |name: &str| header.iter().position(|known| known == name);
    let needed = |name| column(name).ok_or(format!("{file}: no column `{name}`"));
    let (group, truth, predicted) = (needed("group")?, needed("truth")?, needed("predicted")?);
    let article = column("article").unwrap_or(group);
    let labels = header.iter().filter(|name| name.starts_with("p_")).count();
    let first = needed("p_0")?;
    let mut authors = Authors::new();
    for row in reader.records() {
        let row = row?;
        let probabilities: Result<Vec<f64>, _> =
            (first..first + labels).map(|i| row[i].parse()).collect();
        authors
            .entry(row[group].to_owned())
            .or_default()
            .push(Sentence {
                article: row[article].to_owned(),
                truth: row[truth].parse()?,
                predicted: row[predicted].parse()?,
                probabilities: probabilities?,
            });
    }
    Ok(authors)
}

/// Authors of 12 articles of 20 sentences, whose shares and error rates vary; `alike` is the
/// concentration of their shares. Sentences have no probabilities of their own but their label's.
pub fn simulate(alike: f64) -> Authors {
    let mut random = Random::new(7);
    let rates = [[14.0, 4.0, 2.0], [2.0, 16.0, 2.0], [2.0, 4.0, 14.0]];
    let author = |author: usize| {
        let shares = random.dirichlet([alike; 3]);
        let errors: Vec<Vec<f64>> = rates.iter().map(|row| random.dirichlet(*row)).collect();
        let sentences = (0..240).map(|number| {
            let truth = random.choose(&shares);
            let predicted = random.choose(&errors[truth]);
            Sentence {
                article: format!("{author}-{}", number / 20),
                truth,
                predicted,
                probabilities: (0..3).map(|t| rates[t][predicted] / 24.0).collect(),
            }
        });
        (format!("author {author}"), sentences.collect())
    };
    (0..60).map(author).collect()
}

pub fn confusion(sentences: &[Sentence], labels: usize) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; labels]; labels];
    for sentence in sentences {
        counts[sentence.truth][sentence.predicted] += 1;
    }
    counts
}

pub fn errors_of_others(authors: &Authors, without: &[&str], labels: usize) -> ErrorModel {
    let others = authors
        .iter()
        .filter(|(name, _)| !without.contains(&name.as_str()));
    ErrorModel {
        groups: others
            .map(|(_, sentences)| confusion(sentences, labels))
            .collect(),
    }
}

/// A set whose labels run from the first to the last.
pub fn label_set(labels: usize) -> LabelSet {
    let mut set = LabelSet::plain("label", (0..labels).map(|label| format!("{label:03}")));
    for (number, label) in set.labels.iter_mut().enumerate() {
        let end = i8::from(number + 1 == labels) - i8::from(number == 0);
        *label = Label {
            polarity: Some(end),
            ..label.clone()
        };
    }
    set
}

pub fn labels_of(authors: &Authors) -> usize {
    let first = authors.values().flatten().next();
    first.map_or(0, |sentence| sentence.probabilities.len())
}

/// That many sentences without replacement.
pub fn draw(sentences: &[Sentence], most: usize, random: &mut Random) -> Vec<Sentence> {
    let mut sample = sentences.to_vec();
    shuffle(&mut sample, random);
    sample.truncate(most);
    sample
}

/// Counts the sentences as one article: a drawn sample has no articles to differ.
pub fn tally(sentences: &[Sentence], labels: usize) -> Tally {
    let mut counts = vec![0; labels];
    sentences
        .iter()
        .for_each(|sentence| counts[sentence.predicted] += 1);
    Tally {
        articles: vec![counts],
        unsure: 0,
    }
}

pub fn shuffle<T>(items: &mut [T], random: &mut Random) {
    for place in 0..items.len() {
        let other = place + random.below(items.len() - place);
        items.swap(place, other);
    }
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
