//! How well shares are estimated, and how often their intervals hold the truth.

use crate::data::{
    Author, Authors, Sentence, draw, errors_of_others, label_set, labels_of, mean, shares_of, tally,
};
use serde::Serialize;
use stance::prevalence::{
    Correction, ErrorModel, Prior, Random, Share, adjusted_count, estimate,
    expectation_maximisation,
};
use stance::tagger::Settings;

/// Sentences whose shares are asked for, and what they are.
#[derive(Serialize)]
pub struct Sample {
    /// The groups that nothing may be learned from.
    pub held_out: Vec<String>,
    pub rows: Vec<usize>,
    pub truth: Vec<f64>,
    #[serde(skip)]
    sentences: Vec<Sentence>,
}

/// Samples of one kind.
#[derive(Serialize)]
pub struct Test {
    pub name: String,
    pub samples: Vec<Sample>,
}

/// A row of the table: one method on one test.
#[derive(Serialize)]
pub struct Line {
    pub method: String,
    /// Mean difference from the true share of a label.
    pub error: f64,
    /// How often the intervals of shares hold the true share, and how wide they are.
    pub coverage: f64,
    pub width: f64,
    pub net_coverage: f64,
    pub net_width: f64,
}

/// Sentences drawn from each author, whose mix is the author's own.
pub fn natural(authors: &Authors, most: usize, times: usize) -> Test {
    let labels = labels_of(authors);
    let mut random = Random::new(11);
    let mut samples = Vec::new();
    for author in authors.values() {
        let whole = author.sentences.len() <= most;
        for _ in 0..if whole { 1 } else { times } {
            samples.push(Sample::new(
                vec![author.group.clone()],
                draw(&author.sentences, most, &mut random),
                shares_of(&author.sentences, labels),
            ));
        }
    }
    Test {
        name: format!("natural mix, {most} sentences"),
        samples,
    }
}

/// Parts that the groups are dealt to; the sentences of a part are drawn from together, since
/// hardly an author has enough of every label.
const PARTS: usize = 6;

/// Seven tenths of one label, two of another and one of the third, in all orders.
const MIX: [f64; 3] = [0.7, 0.2, 0.1];
const ORDERS: [[usize; 3]; 6] = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
];

/// Sentences drawn from some held-out groups so that one label prevails.
pub fn unbalanced(authors: &Authors, size: usize, times: usize) -> Test {
    let mut random = Random::new(17);
    let mut samples = Vec::new();
    for part in 0..PARTS {
        let dealt = authors.values().enumerate();
        let part: Vec<&Author> = dealt
            .filter(|(number, _)| number % PARTS == part)
            .map(|(_, author)| author)
            .collect();
        let groups: Vec<String> = part.iter().map(|author| author.group.clone()).collect();
        let pool: Vec<Sentence> = part.iter().flat_map(|a| a.sentences.clone()).collect();
        for order in ORDERS.repeat(times) {
            let shares: Vec<f64> = order.iter().map(|&place| MIX[place]).collect();
            let of_label = |(label, share): (usize, &f64)| {
                let mut pool = pool.clone();
                pool.retain(|sentence| sentence.truth == label);
                draw(&pool, (share * size as f64).round() as usize, &mut random)
            };
            let drawn: Vec<Sentence> = shares.iter().enumerate().flat_map(of_label).collect();
            let truth = shares_of(&drawn, shares.len());
            samples.push(Sample::new(groups.clone(), drawn, truth));
        }
    }
    Test {
        name: format!("trained on equal shares, tested on .7 .2 .1, {size} sentences"),
        samples,
    }
}

impl Sample {
    fn new(held_out: Vec<String>, sentences: Vec<Sentence>, truth: Vec<f64>) -> Self {
        Self {
            held_out,
            rows: sentences.iter().map(|sentence| sentence.row).collect(),
            truth,
            sentences,
        }
    }
}

/// Errors, coverage and widths of one method.
#[derive(Default)]
struct Score {
    errors: Vec<f64>,
    covered: [Vec<f64>; 2],
    width: [Vec<f64>; 2],
}

impl Score {
    fn see(&mut self, kind: usize, share: &Share, truth: f64) {
        if let (Some(low), Some(high)) = (share.low, share.high) {
            let covered = low - 1e-9 <= truth && truth <= high + 1e-9;
            self.covered[kind].push(f64::from(u8::from(covered)));
            self.width[kind].push(high - low);
        }
    }

    fn line(&self, method: &str) -> Line {
        Line {
            method: method.to_owned(),
            error: mean(&self.errors),
            coverage: mean(&self.covered[0]),
            width: mean(&self.width[0]),
            net_coverage: mean(&self.covered[1]),
            net_width: mean(&self.width[1]),
        }
    }
}

const METHODS: [&str; 4] = ["counted", "adjusted count", "EM over priors", "stance"];

/// The shares that the probabilities were calibrated on: those of training, weighed as there.
fn weighed_shares(errors: &ErrorModel) -> Vec<f64> {
    let pooled = errors.pooled();
    let counts: Vec<f64> = pooled.iter().map(|row| row.iter().sum()).collect();
    let weights = Settings::default().balance.weights(&counts);
    let shares = errors.training_shares();
    let weighed: Vec<f64> = shares.iter().zip(weights).map(|(s, w)| s * w).collect();
    let sum: f64 = weighed.iter().sum();
    weighed.iter().map(|share| share / sum).collect()
}

/// Measures all estimates on a test.
pub fn measure(authors: &Authors, test: &Test, prior: &Prior) -> Vec<Line> {
    let labels = labels_of(authors);
    let mut random = Random::new(11);
    let mut scores: [Score; 4] = Default::default();
    let mut known: Option<(&[String], ErrorModel, Option<Correction>)> = None;
    for sample in &test.samples {
        if known
            .as_ref()
            .is_none_or(|(groups, ..)| *groups != sample.held_out)
        {
            let groups: Vec<&str> = sample.held_out.iter().map(String::as_str).collect();
            let errors = errors_of_others(authors, &groups);
            let correction = Correction::new(&errors, labels, prior);
            known = Some((&sample.held_out, errors, correction));
        }
        let Some((_, errors, correction)) = &known else {
            continue;
        };
        let tally = tally(&sample.sentences, errors);
        let found = estimate(&tally, &label_set(labels), correction.as_ref(), &mut random);
        let found = found.prevalence;
        let of = |figure: fn(&Share) -> Option<f64>| -> Vec<f64> {
            let figures = found.shares.iter().map(figure);
            figures.map(|figure| figure.unwrap_or(f64::NAN)).collect()
        };
        let adjusted = adjusted_count(&tally.shares().unwrap_or_default(), &errors.rates());
        let rows: Vec<Vec<f64>> = (sample.sentences.iter())
            .map(|s| s.probabilities.clone())
            .collect();
        let em = expectation_maximisation(&rows, &weighed_shares(errors)).unwrap_or_default();
        let estimates = [
            of(|share| share.raw),
            adjusted,
            em,
            of(|share| share.corrected),
        ];
        for (score, shares) in scores.iter_mut().zip(estimates) {
            let differences = shares.iter().zip(&sample.truth);
            score.errors.extend(differences.map(|(a, b)| (a - b).abs()));
        }
        for (share, truth) in found.shares.iter().zip(&sample.truth) {
            scores[3].see(0, share, *truth);
        }
        if let Some(net) = &found.net {
            scores[3].see(1, net, sample.truth[labels - 1] - sample.truth[0]);
        }
    }
    let lines = scores.iter().zip(METHODS);
    lines.map(|(score, method)| score.line(method)).collect()
}
