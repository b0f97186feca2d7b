//! One fit and nothing else: the like-for-like opponent of the peers in `run.py`.
//!
//! `stance train` fits six times (five folds for calibration and error rates, then the model);
//! this program fits once, as the peers do. `RAYON_NUM_THREADS` sets the threads.

#![allow(clippy::print_stdout)]

mod model;
mod vectors;

use clap::{Parser, ValueEnum};
use model::Model;
use serde::Serialize;
use stance::features::{Counts, Fitted, NGrams, Passage, Projection, Projector, Settings};
use stance::labels::{Labelled, ReadLabels};
use stance::linear::{self, Examples};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// What is measured
#[derive(Parser)]
enum Command {
    /// Learn one model; print its objective and the seconds of each step
    Train {
        features: Features,
        cost: f64,
        labels: PathBuf,
        model: PathBuf,
    },
    /// Write the likeliest label of each line
    Tag {
        model: PathBuf,
        lines: PathBuf,
        output: PathBuf,
    },
    /// Write vectors in svmlight form, the first label against the others
    Vectors {
        features: Features,
        labels: PathBuf,
        output: PathBuf,
    },
    /// Train on such vectors; print the objective and the seconds of the trainer alone
    Solve { cost: f64, vectors: PathBuf },
}

#[derive(Clone, Copy, ValueEnum)]
enum Features {
    /// Word 1- to 3-grams
    Words,
    /// And character 2- to 5-grams
    Ngrams,
    /// The defaults: opening, stems, neighbours and structure as well
    Default,
}

impl Features {
    fn settings(self) -> Settings {
        let ngrams = Settings {
            opening: None,
            stems: None,
            neighbours: None,
            structure: None,
            ..Settings::default()
        };
        match self {
            Self::Words => Settings {
                characters: None,
                words: Some(NGrams::new(1, 3)),
                ..ngrams
            },
            Self::Ngrams => ngrams,
            Self::Default => Settings::default(),
        }
    }
}

/// As far as the tagger goes, and near enough to the optimum for every comparison here.
const TOLERANCE: f64 = 1e-3;
/// Lines that are read as one text where the model looks at neighbours.
const DOCUMENT: usize = 40;
/// Lines that are tagged at a time.
const BATCH: usize = 8000;

fn main() -> Outcome<()> {
    match Command::parse() {
        Command::Train {
            features,
            cost,
            labels,
            model,
        } => train(features, cost, &labels, &model)?,
        Command::Tag {
            model,
            lines,
            output,
        } => tag(&model, &lines, &output)?,
        Command::Vectors {
            features,
            labels,
            output,
        } => dump(features, &labels, &output)?,
        Command::Solve { cost, vectors } => solve(cost, &vectors)?,
    }
    Ok(())
}

/// What training has to say: the objective, and where the seconds went.
#[derive(Serialize)]
struct Trained {
    rows: usize,
    terms: usize,
    objective: f64,
    iterations: usize,
    read: f64,
    count: f64,
    weigh: f64,
    solve: f64,
    write: f64,
}

fn train(features: Features, cost: f64, labels: &Path, model: &Path) -> Outcome<()> {
    let mut clock = Clock::start();
    let labelled = read(labels)?;
    let (rows, targets) = labelled.with_label(0);
    let classes = labelled.sets[0].labels.len();
    let read = clock.lap();
    let counts = count(&labelled, features);
    let count = clock.lap();
    let fitted = Fitted::new(&counts, &rows);
    let design = Arc::new(fitted.design(&rows)?);
    let weigh = clock.lap();
    let training = linear::Settings::logistic()
        .cost(cost)
        .tolerance(TOLERANCE)
        .train(&Examples::of(design, &targets, classes)?)?;
    let solve = clock.lap();
    let learned = Model {
        labels: labelled.sets[0].names().map(str::to_owned).collect(),
        vectorizer: fitted.into_vectorizer(),
        linear: training.model,
    };
    learned.save(model)?;
    print_json(&Trained {
        rows: rows.len(),
        terms: learned.vectorizer.terms(),
        objective: training.objective,
        iterations: training.iterations,
        read,
        count,
        weigh,
        solve,
        write: clock.lap(),
    });
    Ok(())
}

fn read(file: &Path) -> Outcome<Labelled> {
    let columns = ReadLabels {
        text: Some("text".to_owned()),
        labels: vec!["label".to_owned()],
        ..ReadLabels::default()
    };
    Ok(columns.read(&[file.to_path_buf()])?)
}

fn count(labelled: &Labelled, features: Features) -> Counts {
    let readings = labelled.readings();
    Counts::new(&labelled.passages(&readings), &features.settings())
}

fn dump(features: Features, labels: &Path, output: &Path) -> Outcome<()> {
    let labelled = read(labels)?;
    let (rows, targets) = labelled.with_label(0);
    let matrix = Fitted::new(&count(&labelled, features), &rows).matrix(&rows)?;
    vectors::write(&matrix, &targets, output)
}

#[derive(Serialize)]
struct Solved {
    seconds: f64,
    objective: f64,
    iterations: usize,
}

fn solve(cost: f64, vectors: &Path) -> Outcome<()> {
    let (matrix, targets) = vectors::read(vectors)?;
    let examples = Examples::new(&matrix, &targets, 2)?;
    let settings = linear::Settings::logistic().cost(cost).tolerance(TOLERANCE);
    let mut clock = Clock::start();
    let training = settings.train(&examples)?;
    print_json(&Solved {
        seconds: clock.lap(),
        objective: training.objective,
        iterations: training.iterations,
    });
    Ok(())
}

fn tag(model: &Path, lines: &Path, output: &Path) -> Outcome<()> {
    let model = Model::load(model)?;
    let mut lines = BufReader::new(File::open(lines)?).lines();
    let mut output = BufWriter::new(File::create(output)?);
    let projection = model
        .vectorizer
        .projection(&[model.linear.weights().view()]);
    let threads = rayon::current_num_threads();
    let mut projectors: Vec<_> = (0..threads)
        .map(|_| model.vectorizer.projector(&projection))
        .collect();
    loop {
        let batch = lines
            .by_ref()
            .take(BATCH)
            .collect::<std::io::Result<Vec<String>>>()?;
        if batch.is_empty() {
            return Ok(output.flush()?);
        }
        for label in model.tag(&batch, &projection, &mut projectors) {
            writeln!(output, "{}", model.labels[label])?;
        }
    }
}

impl Model {
    /// The labels of a batch, each thread at work on one stretch of it.
    fn tag(
        &self,
        batch: &[String],
        projection: &Projection,
        projectors: &mut [Projector],
    ) -> Vec<usize> {
        use rayon::prelude::*;
        let documents = batch.len().div_ceil(DOCUMENT);
        let stretch = documents.div_ceil(projectors.len()) * DOCUMENT;
        let stretches = projectors.par_iter_mut().zip(batch.par_chunks(stretch));
        let labels = stretches.map(|(projector, lines)| {
            let passages = lines.chunks(DOCUMENT).flat_map(|lines| {
                let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                Passage::sequence(&lines)
            });
            let label = |passage| {
                let products = self.vectorizer.project(&passage, projection, projector);
                self.label(products.unwrap_or_default())
            };
            passages.map(label).collect::<Vec<_>>()
        });
        labels.collect::<Vec<_>>().concat()
    }

    /// The label of the highest score; the first of equal ones.
    fn label(&self, products: &[f64]) -> usize {
        let mut best = (0, f64::NEG_INFINITY);
        for (label, &bias) in self.linear.bias().iter().enumerate() {
            let score = bias + products.get(label).copied().unwrap_or_default();
            if score > best.1 {
                best = (label, score);
            }
        }
        best.0
    }
}

/// Seconds since it was last asked.
struct Clock(Instant);

impl Clock {
    fn start() -> Self {
        Self(Instant::now())
    }

    fn lap(&mut self) -> f64 {
        let now = Instant::now();
        let seconds = (now - self.0).as_secs_f64();
        self.0 = now;
        seconds
    }
}

fn print_json(value: &impl Serialize) {
    println!("{}", serde_json::to_string(value).unwrap_or_default());
}
