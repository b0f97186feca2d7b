//! Invented results of every kind, from the smallest to the most hostile.

use serde::Deserialize;
use stance::article::{Article, Span};
use stance::codebook::{Codebook, LabelSet};
use stance::compare::{Closeup, Comparison, Pair, Piece, Portrait, Row, Standpoint, Verdict};
use stance::prevalence::{Prevalence, Share};
use stance::report::article::ArticleReport;
use stance::report::explanation::{Others, Reasons};
use stance::report::inspect::Section;
use stance::tagger::{Contribution, Explanation, Tag, TaggedArticle, TaggedSentence};

/// The articles of `articles.toml`, tagged, with what drives their tags.
pub struct Cases {
    pub tagged: Vec<TaggedArticle>,
    reasons: Vec<Vec<Reasons>>,
    own: Vec<Option<Prevalence>>,
    all: Vec<Option<Prevalence>>,
}

#[derive(Deserialize)]
struct File {
    article: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    source: String,
    title: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    date: Option<jiff::civil::Date>,
    /// Three corrected shares, then net, low and high.
    own: Option<[f64; 6]>,
    all: Option<[f64; 6]>,
    sentences: Vec<Words>,
    #[serde(default)]
    drivers: Vec<Vec<(String, f64)>>,
}

/// Paragraph, stance, role, voice, text, holder.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    Own(usize, String, String, String, String),
    Held(usize, String, String, String, String, String),
}

impl Cases {
    pub fn read() -> Self {
        let file: File = toml::from_str(include_str!("../cases/report/articles.toml")).unwrap();
        let term = |(term, value): &(String, f64)| contribution(term, *value);
        let terms = |terms: &Vec<(String, f64)>| reasons(terms.iter().map(term).collect());
        let reasons = file
            .article
            .iter()
            .map(|case| case.drivers.iter().map(terms).collect());
        Self {
            reasons: reasons.collect(),
            own: file
                .article
                .iter()
                .map(|case| case.own.map(prevalence))
                .collect(),
            all: file
                .article
                .iter()
                .map(|case| case.all.map(prevalence))
                .collect(),
            tagged: file.article.into_iter().map(tagged).collect(),
        }
    }

    pub fn reports(&self) -> Vec<ArticleReport<'_>> {
        let report = |(at, tagged): (usize, _)| ArticleReport {
            tagged,
            reasons: &self.reasons[at],
            own: self.own[at].as_ref(),
            all: self.all[at].as_ref(),
        };
        self.tagged.iter().enumerate().map(report).collect()
    }
}

fn tagged(case: Case) -> TaggedArticle {
    let codebook = Codebook::shipped();
    let mut text = String::new();
    let mut sentences = Vec::new();
    for (at, words) in case.sentences.into_iter().enumerate() {
        let (paragraph, answers, words, holder) = match words {
            Words::Own(p, s, r, v, t) => (p, [s, r, v], t, None),
            Words::Held(p, s, r, v, t, h) => (p, [s, r, v], t, Some(h)),
        };
        let span = Span::new(text.len(), text.len() + words.len());
        text += &words;
        text.push(' ');
        let tags = codebook
            .sets
            .iter()
            .zip(&answers)
            .map(|(set, answer)| tag(set, answer));
        let tags = tags.collect();
        sentences.push(TaggedSentence {
            paragraph,
            number: at + 1,
            span,
            text: words,
            tags,
            holder,
        });
    }
    let article = Article {
        source: case.source,
        title: case.title,
        authors: case.authors,
        date: case.date,
        text,
        ..Article::default()
    };
    TaggedArticle { article, sentences }
}

/// A label, unsure if a question mark follows it.
fn tag(set: &LabelSet, answer: &str) -> Tag {
    let unsure = answer.ends_with('?');
    let label = set.index(answer.trim_end_matches('?')).unwrap();
    let likeliest = if unsure { 0.4 } else { 0.82 };
    let rest = (1.0 - likeliest) / (set.labels.len() - 1) as f64;
    let probability = |at| if at == label { likeliest } else { rest };
    Tag {
        label,
        probabilities: (0..set.labels.len()).map(probability).collect(),
        unsure,
    }
}

pub fn contribution(term: &str, value: f64) -> Contribution {
    Contribution {
        term: term.to_owned(),
        value,
    }
}

/// The contributions, a dozen small ones and a bias.
pub fn reasons(strongest: Vec<Contribution>) -> Reasons {
    let known: f64 = strongest.iter().map(|part| part.value).sum();
    Reasons {
        label: "optimistic".into(),
        strongest,
        others: Others {
            terms: 12,
            value: 0.07,
        },
        bias: -0.2,
        score: known + 0.07 - 0.2,
    }
}

pub fn share(raw: f64, corrected: f64, low: f64, high: f64) -> Share {
    Share {
        raw: Some(raw),
        corrected: Some(corrected),
        low: Some(low),
        high: Some(high),
    }
}

fn prevalence([negative, neutral, positive, net, low, high]: [f64; 6]) -> Prevalence {
    let around = |value: f64| share(value, value, (value - 0.1).max(0.0), (value + 0.1).min(1.0));
    Prevalence {
        counted: 40,
        shares: [negative, neutral, positive].map(around).to_vec(),
        net: Some(share(net, net, low, high)),
        unsure: Some(0.25),
    }
}

/// An article tagged with one set that has no order.
pub fn plain() -> (Codebook, TaggedArticle) {
    let labels = ["salt", "boats", "weather"].map(str::to_owned);
    let set = LabelSet::plain("topic", labels);
    let sentence = |(at, (label, text)): (usize, (&str, &str))| TaggedSentence {
        paragraph: 1,
        number: at + 1,
        span: Span::new(0, text.len()),
        text: text.to_owned(),
        tags: vec![tag(&set, label)],
        holder: None,
    };
    let sentences = [
        ("salt", "Salt is dear."),
        ("weather?", "It rained, \"again\"."),
        ("salt", "-7"),
    ];
    let sentences = sentences.into_iter().enumerate().map(sentence).collect();
    let article = Article {
        source: "rows.csv:2".into(),
        ..Article::default()
    };
    let codebook = Codebook {
        title: "Topics".into(),
        sets: vec![set],
    };
    (codebook, TaggedArticle { article, sentences })
}

/// Four authors: two that differ, one with a hostile name and no correction, one without a sentence.
pub fn comparison() -> Comparison {
    let row = |name: &str, articles, prevalence| Row {
        name: name.to_owned(),
        articles,
        sentences: 60 * articles,
        prevalence,
    };
    let nothing = Share {
        raw: None,
        corrected: None,
        low: None,
        high: None,
    };
    let counted = |raw| Share {
        raw: Some(raw),
        ..nothing
    };
    let few = Prevalence {
        counted: 3,
        shares: vec![counted(2.0 / 3.0), counted(1.0 / 3.0), counted(0.0)],
        net: Some(counted(-2.0 / 3.0)),
        unsure: Some(1.0 / 3.0),
    };
    let none = Prevalence {
        counted: 0,
        shares: vec![nothing; 3],
        net: Some(nothing),
        unsure: None,
    };
    Comparison {
        labels: Codebook::shipped()
            .polar()
            .unwrap()
            .names()
            .map(str::to_owned)
            .collect(),
        by: "author".into(),
        rows: vec![
            row(
                "Ines Quill",
                3,
                prevalence([0.12, 0.4, 0.48, 0.36, 0.14, 0.55]),
            ),
            row(
                "黒田 澪",
                2,
                prevalence([0.55, 0.3, 0.15, -0.4, -0.71, -0.12]),
            ),
            row("=<b>Marr</b>|\u{1b}[31m", 1, few),
            row("empty", 1, none),
        ],
        pairs: pairs(),
    }
}

/// The comparison from close by: the first row has the articles, and their first and second sentence
/// for a claim and its evidence; the second row has the first article only.
pub fn closeup(comparison: Comparison, articles: &[TaggedArticle]) -> Closeup<'_> {
    let figures = [0.2, 0.3, 0.5, 0.3, -0.1, 0.6];
    let piece = |tagged| Piece {
        tagged,
        prevalence: prevalence(figures),
    };
    fn claim(article: &TaggedArticle) -> Option<Standpoint<'_>> {
        let [claim, evidence @ ..] = article.sentences.as_slice() else {
            return None;
        };
        Some(Standpoint {
            article,
            claim,
            strength: 0.64,
            evidence: evidence.iter().take(1).collect(),
        })
    }
    let portrait = |(row, _)| match row {
        0 => Portrait {
            pieces: articles.iter().map(piece).collect(),
            negative: articles.iter().filter_map(claim).take(1).collect(),
            positive: Vec::new(),
        },
        row => Portrait {
            pieces: articles
                .iter()
                .take(usize::from(row == 1))
                .map(piece)
                .collect(),
            negative: Vec::new(),
            positive: Vec::new(),
        },
    };
    Closeup {
        portraits: comparison.rows.iter().enumerate().map(portrait).collect(),
        quoted: comparison.rows[..1].to_vec(),
        comparison,
    }
}

fn pairs() -> Vec<Pair> {
    let pair = |a: &str, b: &str, figures: Option<[f64; 4]>, verdict, note: &str| Pair {
        a: a.to_owned(),
        b: b.to_owned(),
        difference: figures.map(|f| f[0]),
        low: figures.map(|f| f[1]),
        high: figures.map(|f| f[2]),
        p_value: figures.map(|f| f[3]),
        verdict,
        note: note.to_owned(),
        shares: Vec::new(),
    };
    let optimistic = Verdict::Leans("more optimistic".into());
    let marr = "=<b>Marr</b>|\u{1b}[31m";
    let few = "fewer than 10 sentences counted";
    vec![
        pair(
            "Ines Quill",
            "黒田 澪",
            Some([0.76, 0.4, 1.1, 0.004]),
            optimistic,
            "bootstrap",
        ),
        pair(
            "Ines Quill",
            marr,
            Some([0.1, -0.3, 0.5, 0.41]),
            Verdict::NotDistinguishable,
            "",
        ),
        pair("Ines Quill", "empty", None, Verdict::TooLittleText, few),
    ]
}

/// A sentence with more contributions than a reader is shown.
pub fn explanation() -> (String, Vec<Explanation>) {
    let weak = (1..=30).map(|at| contribution(&format!("term {at}"), 0.3 / f64::from(at)));
    let mut contributions = vec![
        contribution("closer", 0.81),
        contribution("‹quarrel›", -0.5),
    ];
    contributions.extend(weak);
    let score = contributions.iter().map(|part| part.value).sum::<f64>() - 0.2;
    let explanation = Explanation {
        label: "optimistic".into(),
        bias: -0.2,
        score,
        contributions,
    };
    (
        "The harbours are <closer> than ever.".to_owned(),
        vec![explanation],
    )
}

/// Facts of an invented model.
pub fn sections() -> Vec<Section> {
    let row = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    vec![
        Section {
            title: "Model".into(),
            rows: vec![row("format", "1"), row("label sets", "stance, role, voice")],
        },
        Section {
            title: "Corpus".into(),
            rows: vec![row("fingerprint", &"5e".repeat(32))],
        },
    ]
}
