//! Authors and their sentences: simulated, sampled, counted.

use stance::codebook::{Label, LabelSet};
use stance::prevalence::{ErrorModel, Random, Tally};
use std::collections::BTreeMap;

/// One sentence.
#[derive(Clone)]
pub struct Sentence {
    /// Its place among all sentences of the set.
    pub row: usize,
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

/// Sentences that were predicted by models which had seen none of the same group.
#[derive(Default)]
pub struct Author {
    pub group: String,
    pub sentences: Vec<Sentence>,
}

pub type Authors = BTreeMap<String, Author>;

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
                row: 240 * author + number,
                article: format!("{author}-{}", number / 20),
                truth,
                predicted,
                probabilities: (0..3).map(|t| rates[t][predicted] / 24.0).collect(),
            }
        });
        let group = format!("author {author}");
        let sentences = sentences.collect();
        (group.clone(), Author { group, sentences })
    };
    (0..60).map(author).collect()
}

/// How the classifier errs on all authors but those of some groups.
pub fn errors_of_others(authors: &Authors, without: &[&str]) -> ErrorModel {
    let others = authors
        .iter()
        .filter(|(_, author)| !without.contains(&author.group.as_str()));
    let rows: Vec<(&String, &Sentence)> = others
        .flat_map(|(name, author)| author.sentences.iter().map(move |s| (name, s)))
        .collect();
    let groups: Vec<&String> = rows.iter().map(|(name, _)| *name).collect();
    let truth: Vec<usize> = rows.iter().map(|(_, s)| s.truth).collect();
    let predicted: Vec<usize> = rows.iter().map(|(_, s)| s.predicted).collect();
    let sureness: Vec<f64> = (rows.iter())
        .map(|(_, s)| s.probabilities[s.predicted])
        .collect();
    ErrorModel::measure(&groups, &truth, &predicted, &sureness, labels_of(authors))
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
    let first = authors.values().flat_map(|author| &author.sentences).next();
    first.map_or(0, |sentence| sentence.probabilities.len())
}

/// The true share of each label.
pub fn shares_of(sentences: &[Sentence], labels: usize) -> Vec<f64> {
    let share = |truth| {
        let right = sentences.iter().filter(|s| s.truth == truth).count();
        right as f64 / sentences.len() as f64
    };
    (0..labels).map(share).collect()
}

/// That many sentences without replacement.
pub fn draw(sentences: &[Sentence], most: usize, random: &mut Random) -> Vec<Sentence> {
    let mut sample = sentences.to_vec();
    shuffle(&mut sample, random);
    sample.truncate(most);
    sample
}

/// Counts the sentences as one article: a drawn sample has no articles to differ.
pub fn tally(sentences: &[Sentence], errors: &ErrorModel) -> Tally {
    let mut counts = vec![0; errors.outcomes()];
    for sentence in sentences {
        let sureness = sentence.probabilities[sentence.predicted];
        counts[errors.outcome(sentence.predicted, sureness)] += 1;
    }
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
