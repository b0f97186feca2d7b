//! How often authors are told apart, rightly or wrongly.

use crate::data::{Authors, Sentence, errors_of_others, label_set, labels_of, mean, shuffle};
use serde::Serialize;
use stance::article::{Article, Span};
use stance::codebook::Codebook;
use stance::compare::{By, Question, Settings, Verdict, compare};
use stance::prevalence::{ErrorModel, Prior, Random};
use stance::tagger::{Tag, TaggedArticle, TaggedSentence};
use std::collections::BTreeMap;

/// Articles of at least 15 sentences, with the author's name.
fn articles(authors: &Authors) -> Vec<(String, Vec<Sentence>)> {
    let mut articles = Vec::new();
    for (name, author) in authors {
        let mut by_article: BTreeMap<&str, Vec<Sentence>> = BTreeMap::new();
        for sentence in &author.sentences {
            by_article
                .entry(&sentence.article)
                .or_default()
                .push(sentence.clone());
        }
        // A long text stands for several articles: a manifesto is one per party and year.
        for sentences in by_article.values() {
            let parts = sentences.chunks(40).filter(|part| part.len() >= 15);
            articles.extend(parts.map(|part| (name.clone(), part.to_vec())));
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

/// The articles of two authors, and how far apart they truly are.
#[derive(Serialize)]
pub struct Pair {
    pub held_out: Vec<String>,
    /// The rows of either side's articles.
    pub a: Vec<usize>,
    pub b: Vec<usize>,
    /// True net of `a` minus that of `b`.
    pub difference: f64,
    /// Whether the articles were dealt out at random, so that no verdict is right.
    pub dealt: bool,
    #[serde(skip)]
    names: [String; 2],
    #[serde(skip)]
    articles: Vec<(Side, Vec<Sentence>)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    A,
    B,
}

impl Pair {
    fn new(names: [String; 2], articles: Vec<(Side, Vec<Sentence>)>, dealt: bool) -> Self {
        let of = |side: Side| {
            let own = articles.iter().filter(move |(whose, _)| *whose == side);
            own.flat_map(|(_, part)| part)
        };
        let rows = |side: Side| of(side).map(|sentence| sentence.row).collect();
        let net = |side: Side| mean(&of(side).map(Sentence::polarity).collect::<Vec<f64>>());
        Self {
            held_out: names.to_vec(),
            a: rows(Side::A),
            b: rows(Side::B),
            difference: net(Side::A) - net(Side::B),
            dealt,
            names,
            articles,
        }
    }
}

/// Pairs of authors with their own articles, twelve at most, and with the same dealt at random.
pub fn pairs(authors: &Authors, many: usize) -> Vec<Pair> {
    let articles = articles(authors);
    let names: Vec<&String> = authors.keys().collect();
    let mut random = Random::new(13);
    let mut pairs = Vec::new();
    for _ in 0..many {
        let place = random.below(names.len());
        let other = (place + 1 + random.below(names.len() - 1)) % names.len();
        let (a, b) = (names[place], names[other]);
        let mut both: Vec<(Side, Vec<Sentence>)> = articles
            .iter()
            .filter(|(author, _)| author == a || author == b)
            .map(|(author, part)| (if author == a { Side::A } else { Side::B }, part.clone()))
            .collect();
        shuffle(&mut both, &mut random);
        both.truncate(12);
        let names = [authors[a].group.clone(), authors[b].group.clone()];
        let whose: Vec<Side> = both.iter().map(|(side, _)| *side).collect();
        if !(whose.contains(&Side::A) && whose.contains(&Side::B)) {
            continue;
        }
        pairs.push(Pair::new(names.clone(), both.clone(), false));
        for (number, (side, _)) in both.iter_mut().enumerate() {
            *side = [Side::A, Side::B][number % 2];
        }
        pairs.push(Pair::new(names, both, true));
    }
    pairs
}

/// How often a method tells authors apart: where nobody could rightly, and by how far apart they
/// truly are; `None` where there were no such pairs.
#[derive(Serialize)]
pub struct Verdicts {
    pub method: String,
    pub dealt: Option<f64>,
    pub below_2: Option<f64>,
    pub from_2_to_4: Option<f64>,
    pub above_4: Option<f64>,
    pub wrong_way_round: usize,
}

/// Judges all pairs by the error rates of the other authors.
pub fn judge(authors: &Authors, pairs: &[Pair], prior: &Prior) -> Verdicts {
    let verdicts: Vec<Option<f64>> = pairs
        .iter()
        .map(|pair| Court::new(authors, pair, prior).told_apart(&pair.articles))
        .collect();
    let share = |of: &dyn Fn(&Pair) -> bool| {
        let found = pairs.iter().zip(&verdicts).filter(|(pair, _)| of(pair));
        let told: Vec<f64> = found
            .map(|(_, v)| f64::from(u8::from(v.is_some())))
            .collect();
        (!told.is_empty()).then(|| mean(&told))
    };
    let apart = |pair: &Pair, from: f64, to: f64| {
        !pair.dealt && (from..to).contains(&pair.difference.abs())
    };
    let wrong = pairs.iter().zip(&verdicts).filter(|(pair, verdict)| {
        !pair.dealt && verdict.is_some_and(|found| found * pair.difference < 0.0)
    });
    Verdicts {
        method: "stance".to_owned(),
        dealt: share(&|pair| pair.dealt),
        below_2: share(&|pair| apart(pair, 0.0, 0.2)),
        from_2_to_4: share(&|pair| apart(pair, 0.2, 0.4)),
        above_4: share(&|pair| apart(pair, 0.4, 9.0)),
        wrong_way_round: wrong.count(),
    }
}

/// Tells two authors apart by the error rates of all others.
struct Court {
    codebook: Codebook,
    errors: ErrorModel,
    settings: Settings,
}

impl Court {
    fn new(authors: &Authors, pair: &Pair, prior: &Prior) -> Self {
        let labels = labels_of(authors);
        Self {
            codebook: Codebook {
                title: String::new(),
                sets: vec![label_set(labels)],
            },
            errors: errors_of_others(authors, &pair.names.each_ref().map(String::as_str)),
            settings: Settings {
                prior: prior.clone(),
                ..Settings::default()
            },
        }
    }

    /// The difference of nets, `a` minus `b`, if the verdict is that there is one.
    fn told_apart(&self, articles: &[(Side, Vec<Sentence>)]) -> Option<f64> {
        let numbered = articles.iter().enumerate();
        let articles: Vec<TaggedArticle> = numbered
            .map(|(number, (side, part))| tagged(&format!("{side:?}"), number, part))
            .collect();
        let question = Question::new(&self.codebook, "label", Some(&self.errors))?;
        let comparison = compare(&articles, &question, &By::Author, &self.settings);
        let pair = comparison.pairs.first()?;
        let sign = if pair.a == "A" { 1.0 } else { -1.0 };
        let leans = matches!(pair.verdict, Verdict::Leans(_));
        pair.difference
            .filter(|_| leans)
            .map(|difference| difference * sign)
    }
}
