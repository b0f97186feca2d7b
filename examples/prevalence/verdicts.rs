//! How often authors are told apart, rightly or wrongly.

use crate::data::{Authors, Sentence, errors_of_others, label_set, labels_of, mean, shuffle};
use stance::article::{Article, Span};
use stance::codebook::Codebook;
use stance::compare::{By, Question, Settings, Verdict, compare};
use stance::prevalence::{ErrorModel, Prior, Random};
use stance::tagger::{Tag, TaggedArticle, TaggedSentence};
use std::collections::BTreeMap;

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
        span: Span::new(0, 0),
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
pub fn verdicts(authors: &Authors, prior: &Prior) {
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
            wrong.push(difference * truth < 0.0);
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
        wrong.iter().filter(|wrong| **wrong).count(),
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
