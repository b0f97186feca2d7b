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

use clap::Parser;
use stance::article::Article;
use stance::codebook::{Codebook, Label, LabelSet};
use stance::compare::{By, Question, Settings, Verdict, compare};
use stance::prevalence::{
    Correction, ErrorModel, Prior, Random, Share, Tally, adjusted_count, estimate,
    expectation_maximisation,
};
use stance::tagger::{Tag, TaggedArticle, TaggedSentence};
use std::collections::BTreeMap;
use std::error::Error;

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

/// One sentence.
#[derive(Clone)]
struct Sentence {
    article: String,
    truth: usize,
    predicted: usize,
    probabilities: Vec<f64>,
}

impl Sentence {
    /// −1 for the first label, 1 for the last, 0 between.
    fn polarity(&self) -> f64 {
        f64::from(u8::from(self.truth + 1 == self.probabilities.len()))
            - f64::from(u8::from(self.truth == 0))
    }
}

type Authors = BTreeMap<String, Vec<Sentence>>;

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

fn read(file: &str) -> Result<Authors, Box<dyn Error>> {
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
fn simulate(alike: f64) -> Authors {
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

fn confusion(sentences: &[Sentence], labels: usize) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; labels]; labels];
    for sentence in sentences {
        counts[sentence.truth][sentence.predicted] += 1;
    }
    counts
}

fn errors_of_others(authors: &Authors, without: &[&str], labels: usize) -> ErrorModel {
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
fn label_set(labels: usize) -> LabelSet {
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

fn labels_of(authors: &Authors) -> usize {
    let first = authors.values().flatten().next();
    first.map_or(0, |sentence| sentence.probabilities.len())
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

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
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

/// That many sentences without replacement.
fn draw(sentences: &[Sentence], most: usize, random: &mut Random) -> Vec<Sentence> {
    let mut sample = sentences.to_vec();
    shuffle(&mut sample, random);
    sample.truncate(most);
    sample
}

/// Counts the sentences as one article: a drawn sample has no articles to differ.
fn tally(sentences: &[Sentence], labels: usize) -> Tally {
    let mut counts = vec![0; labels];
    sentences
        .iter()
        .for_each(|sentence| counts[sentence.predicted] += 1);
    Tally {
        articles: vec![counts],
        unsure: 0,
    }
}

/// Articles of at least 15 sentences, with the author's name.
fn articles(authors: &Authors) -> Vec<(String, Vec<Sentence>)> {
    let mut articles = Vec::new();
    for (author, sentences) in authors {
        let mut by_article: BTreeMap<&str, Vec<Sentence>> = BTreeMap::new();
        for sentence in sentences {
            by_article
                .entry(&sentence.article)
                .or_default()
                .push(sentence.clone());
        }
        // A long text stands for several articles: a manifesto is one per party and year.
        for sentences in by_article.values() {
            let parts = sentences.chunks(40).filter(|part| part.len() >= 15);
            articles.extend(parts.map(|part| (author.clone(), part.to_vec())));
        }
    }
    articles
}

fn tagged(author: &str, source: usize, sentences: &[Sentence]) -> TaggedArticle {
    let article = Article {
        source: format!("{source:06}"),
        authors: vec![author.to_owned()],
        ..Article::default()
    };
    let sentence = |(number, sentence): (usize, &Sentence)| TaggedSentence {
        paragraph: 1,
        number: number + 1,
        span: stance::article::Span::new(0, 0),
        text: String::new(),
        tags: vec![Tag {
            label: sentence.predicted,
            probabilities: sentence.probabilities.clone(),
            unsure: false,
        }],
        holder: None,
    };
    TaggedArticle {
        article,
        sentences: sentences.iter().enumerate().map(sentence).collect(),
    }
}

/// How often two authors are told apart: when the articles of both are dealt out at random (never
/// rightly), and when they are their own, by how far apart the authors truly are.
fn verdicts(authors: &Authors, prior: &Prior) {
    let articles = articles(authors);
    let names: Vec<&String> = authors.keys().collect();
    let mut random = Random::new(13);
    let mut dealt = Vec::new();
    let mut apart: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for _ in 0..300 {
        let place = random.below(names.len());
        let other = (place + 1 + random.below(names.len() - 1)) % names.len();
        let (a, b) = (names[place], names[other]);
        let mut both: Vec<(&str, &[Sentence])> = articles
            .iter()
            .filter(|(author, _)| author == a || author == b)
            .map(|(author, part)| (if author == a { "a" } else { "b" }, part.as_slice()))
            .collect();
        shuffle(&mut both, &mut random);
        both.truncate(12);
        let court = Court::new(authors, [a, b], prior);
        let truth = true_difference(&both);
        let verdict = court.told_apart(&both);
        apart
            .entry(class(truth))
            .or_default()
            .push(f64::from(u8::from(verdict.is_some())));
        if let Some(difference) = verdict {
            wrong.push(f64::from(u8::from(difference * truth < 0.0)));
        }
        for (number, (name, _)) in both.iter_mut().enumerate() {
            *name = ["a", "b"][number % 2];
        }
        dealt.push(f64::from(u8::from(court.told_apart(&both).is_some())));
    }
    println!(
        "  told apart, articles dealt at random: {:.3}",
        mean(&dealt)
    );
    for (class, found) in &apart {
        let (share, pairs) = (mean(found), found.len());
        println!("  told apart, true difference of nets {class}: {share:.2} of {pairs}");
    }
    println!(
        "  told apart the wrong way round: {} of {}",
        wrong.iter().sum::<f64>(),
        wrong.len()
    );
}

fn class(difference: f64) -> &'static str {
    match difference.abs() {
        x if x < 0.2 => "below .2",
        x if x < 0.4 => ".2 to .4",
        _ => "above .4",
    }
}

fn shuffle<T>(items: &mut [T], random: &mut Random) {
    for place in 0..items.len() {
        let other = place + random.below(items.len() - place);
        items.swap(place, other);
    }
}

/// True net of the articles of `a` minus that of `b`.
fn true_difference(articles: &[(&str, &[Sentence])]) -> f64 {
    let net = |name: &str| {
        let own = articles.iter().filter(|(author, _)| *author == name);
        let polarities: Vec<f64> = own
            .flat_map(|(_, part)| part.iter())
            .map(Sentence::polarity)
            .collect();
        mean(&polarities)
    };
    net("a") - net("b")
}

/// Tells two authors apart by the error rates of all others.
struct Court {
    codebook: Codebook,
    errors: ErrorModel,
    settings: Settings,
}

impl Court {
    fn new(authors: &Authors, two: [&str; 2], prior: &Prior) -> Self {
        let labels = labels_of(authors);
        Self {
            codebook: Codebook {
                title: String::new(),
                sets: vec![label_set(labels)],
            },
            errors: errors_of_others(authors, &two, labels),
            settings: Settings {
                prior: prior.clone(),
                ..Settings::default()
            },
        }
    }

    /// The difference of nets, `a` minus `b`, if the verdict is that there is one.
    fn told_apart(&self, articles: &[(&str, &[Sentence])]) -> Option<f64> {
        let numbered = articles.iter().enumerate();
        let articles: Vec<TaggedArticle> = numbered
            .map(|(n, (name, part))| tagged(name, n, part))
            .collect();
        let question = Question::new(&self.codebook, "label", Some(&self.errors))?;
        let comparison = compare(&articles, &question, &By::Author, &self.settings);
        let pair = comparison.pairs.first()?;
        let sign = if pair.a == "a" { 1.0 } else { -1.0 };
        let leans = matches!(pair.verdict, Verdict::Leans(_));
        pair.difference
            .filter(|_| leans)
            .map(|difference| difference * sign)
    }
}
