//! Measures how well shares per author are estimated, how often their intervals hold the truth, and
//! how often authors are told apart, rightly or wrongly.
//!
//! ```text
//! cargo run --release --example prevalence [-- PREDICTIONS.csv... --sentences 100]
//! ```
//!
//! A CSV holds out-of-fold predictions: `group,truth,predicted,p_0,…,p_k` (labels as numbers), and
//! `article` where known. Each group in turn is the author at hand; the error model comes from the
//! others. Without files, authors are simulated.
#![allow(clippy::print_stdout)]

mod data;
mod verdicts;

use clap::Parser;
use data::{
    Authors, Sentence, draw, errors_of_others, label_set, labels_of, mean, read, simulate, tally,
};
use stance::prevalence::{
    Correction, ErrorModel, Prior, Random, Share, Tally, adjusted_count, estimate,
    expectation_maximisation,
};
use std::error::Error;
use verdicts::verdicts;

#[derive(Parser)]
struct Arguments {
    /// Out-of-fold predictions; without any, authors are simulated.
    predictions: Vec<String>,
    /// Sentences drawn from each author, at most.
    #[arg(long, default_value_t = 100)]
    sentences: usize,
    /// Samples of each author.
    #[arg(long, default_value_t = 5)]
    samples: usize,
    #[arg(long, default_value_t = Prior::default().kernel)]
    kernel: f64,
    #[arg(long, default_value_t = Prior::default().novelty)]
    novelty: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let prior = Prior {
        kernel: arguments.kernel,
        novelty: arguments.novelty,
        ..Prior::default()
    };
    let mut data = Vec::new();
    for file in &arguments.predictions {
        data.push((file.clone(), read(file)?));
    }
    if data.is_empty() {
        data.push((
            "60 simulated authors who lean alike".to_owned(),
            simulate(4.0),
        ));
        data.push((
            "60 simulated authors who lean any way".to_owned(),
            simulate(1.0),
        ));
    }
    for (name, authors) in &data {
        println!("{name}: {} authors", authors.len());
        shares(authors, &arguments, &prior);
        verdicts(authors, &prior);
    }
    Ok(())
}

/// Mean error of each estimate, and coverage and width of the intervals.
#[derive(Default)]
struct Score {
    errors: [Vec<f64>; 4],
    covered: [Vec<f64>; 2],
    width: [Vec<f64>; 2],
}

impl Score {
    fn see(&mut self, kind: usize, share: &Share, truth: f64) {
        if let (Some(low), Some(high)) = (share.low, share.high) {
            self.covered[kind].push(f64::from(u8::from(low <= truth && truth <= high)));
            self.width[kind].push(high - low);
        }
    }

    fn print(&self) {
        let [raw, adjusted, em, corrected] = self.errors.each_ref().map(|errors| mean(errors));
        println!(
            "  mean error: raw {raw:.4}, ACC {adjusted:.4}, EM {em:.4}, corrected {corrected:.4}"
        );
        for (kind, name) in ["shares", "net"].into_iter().enumerate() {
            let (covered, width) = (mean(&self.covered[kind]), mean(&self.width[kind]));
            println!("  95 % intervals of {name}: coverage {covered:.3}, mean width {width:.3}");
        }
    }
}

fn shares(authors: &Authors, arguments: &Arguments, prior: &Prior) {
    let labels = labels_of(authors);
    let mut random = Random::new(11);
    let mut score = Score::default();
    for (name, sentences) in authors {
        let errors = errors_of_others(authors, &[name], labels);
        let correction = Correction::new(&errors, labels, prior);
        let share = |truth| {
            let right = sentences.iter().filter(|s| s.truth == truth).count();
            right as f64 / sentences.len() as f64
        };
        let truth: Vec<f64> = (0..labels).map(share).collect();
        let whole = sentences.len() <= arguments.sentences;
        for _ in 0..if whole { 1 } else { arguments.samples } {
            let sample = draw(sentences, arguments.sentences, &mut random);
            let tally = tally(&sample, labels);
            let found = estimate(&tally, &label_set(labels), correction.as_ref(), &mut random);
            let of = |share: &Share| share.corrected.unwrap_or(f64::NAN);
            let corrected: Vec<f64> = found.prevalence.shares.iter().map(of).collect();
            let [raw, adjusted, em] = textbook(&sample, &tally, &errors);
            for (errors, shares) in score.errors.iter_mut().zip([raw, adjusted, em, corrected]) {
                errors.extend(shares.iter().zip(&truth).map(|(a, b)| (a - b).abs()));
            }
            for (share, truth) in found.prevalence.shares.iter().zip(&truth) {
                score.see(0, share, *truth);
            }
            if let Some(net) = &found.prevalence.net {
                score.see(1, net, truth[labels - 1] - truth[0]);
            }
        }
    }
    score.print();
}

/// Counted, adjusted and expectation-maximised shares.
fn textbook(sample: &[Sentence], tally: &Tally, errors: &ErrorModel) -> [Vec<f64>; 3] {
    let raw = tally.shares().unwrap_or_default();
    let adjusted = adjusted_count(&raw, &errors.rates());
    let rows: Vec<Vec<f64>> = sample.iter().map(|s| s.probabilities.clone()).collect();
    let em = expectation_maximisation(&rows, &errors.training_shares()).unwrap_or_default();
    [raw, adjusted, em]
}
