//! One text, and one figure, in every place where a result holds one.

use crate::evaluations::{everything, scores};
use crate::results::{closeup, comparison, contribution, reasons, share};
use stance::article::{Article, Span};
use stance::codebook::{Codebook, LabelSet};
use stance::compare::Comparison;
use stance::evaluate::Evaluation;
use stance::metrics::Interval;
use stance::report::article::{self, ArticleReport};
use stance::report::explanation::Reasons;
use stance::report::inspect::{self, Section};
use stance::report::method::Method;
use stance::report::tags::{TagFormat, TagWriter};
use stance::report::{
    Style, chart, comparison as comparing, evaluation as evaluating, explanation as explaining,
};
use stance::tagger::{Explanation, Tag, TaggedArticle, TaggedSentence};

/// One text in every place a text can stand in.
pub struct Everywhere {
    text: String,
    codebook: Codebook,
    tagged: TaggedArticle,
    reasons: Vec<Reasons>,
    comparison: Comparison,
    evaluation: Evaluation,
    explanations: Vec<Explanation>,
}

pub fn everywhere(text: &str) -> Everywhere {
    everywhere_with(text, 0.5)
}

/// The same, with one figure for all.
pub fn everywhere_with(text: &str, figure: f64) -> Everywhere {
    let mut codebook = Codebook::shipped();
    codebook.sets[0].labels[0].meaning = text.to_owned();
    codebook.sets[0].labels[0].colour = Some(text.to_owned());
    codebook.sets[1].labels[0].name = text.to_owned();
    let tag = |label| Tag {
        label,
        probabilities: vec![figure; 3],
        unsure: true,
    };
    let article = Article {
        source: text.to_owned(),
        title: Some(text.to_owned()),
        authors: vec![text.to_owned()],
        date: jiff::civil::Date::new(2024, 5, 1).ok(),
        ..Article::default()
    };
    let sentence = TaggedSentence {
        paragraph: 1,
        number: 1,
        span: Span::new(0, 0),
        text: text.to_owned(),
        tags: vec![tag(0), tag(0), tag(1)],
        holder: Some(text.to_owned()),
    };
    let mut comparison = comparison();
    comparison.by = text.to_owned();
    comparison.rows[0].name = text.to_owned();
    comparison.rows[0].prevalence.shares[0] = share(figure, figure, figure, figure);
    comparison.rows[0].prevalence.net = Some(share(figure, figure, figure, figure));
    comparison.pairs[0].a = text.to_owned();
    comparison.pairs[0].note = text.to_owned();
    let mut scores = scores();
    scores.label_names[0] = text.to_owned();
    let mut evaluation = everything(scores, 4);
    evaluation.set = text.to_owned();
    evaluation.method = text.to_owned();
    if let Some(against) = &mut evaluation.against {
        against.first = text.to_owned();
    }
    let figure_everywhere = Interval {
        value: Some(figure),
        low: Some(figure),
        high: Some(figure),
    };
    evaluation.reliability.log_loss = figure_everywhere;
    evaluation.confusion_shares[0][0] = figure_everywhere;
    evaluation.abstaining.unsure_below = figure;
    if let Some(curve) = &mut evaluation.learning_curve {
        curve.gain = figure_everywhere;
    }
    let contributions = vec![contribution(text, figure)];
    let explanation = Explanation {
        label: text.to_owned(),
        bias: figure,
        score: figure,
        contributions: contributions.clone(),
    };
    Everywhere {
        text: text.to_owned(),
        codebook,
        tagged: TaggedArticle {
            article,
            sentences: vec![sentence],
        },
        reasons: vec![Reasons {
            label: text.to_owned(),
            ..reasons(contributions)
        }],
        comparison,
        evaluation,
        explanations: vec![explanation],
    }
}

impl Everywhere {
    fn reports(&self) -> [ArticleReport<'_>; 2] {
        let report = ArticleReport::new(&self.tagged);
        [ArticleReport {
            reasons: &self.reasons,
            ..report
        }; 2]
    }

    fn set(&self) -> &LabelSet {
        self.codebook.polar().unwrap()
    }

    fn tags(&self, format: TagFormat) -> String {
        let mut bytes = Vec::new();
        let mut writer = TagWriter::new(&mut bytes, format, &self.codebook);
        writer.article(&self.tagged).unwrap();
        writer.finish().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn sections(&self) -> [Section; 1] {
        let rows = vec![(self.text.clone(), self.text.clone())];
        [Section {
            title: self.text.clone(),
            rows,
        }]
    }

    pub fn article_html(&self) -> String {
        let scores = scores();
        let method = Method {
            title: &self.text,
            rows: 60,
            groups: 6,
            fingerprint: &self.text,
            scores: vec![(&self.text, &scores)],
        };
        article::html(&self.reports(), &self.codebook, &method)
    }

    pub fn comparison_html(&self) -> String {
        let articles = std::slice::from_ref(&self.tagged);
        let scores = scores();
        let method = Method {
            title: &self.text,
            rows: 1,
            fingerprint: &self.text,
            scores: vec![(&self.text, &scores)],
            ..Method::default()
        };
        comparing::html(
            &closeup(self.comparison.clone(), articles),
            self.set(),
            &method,
        )
    }

    pub fn charts(&self) -> [String; 2] {
        [
            chart::comparison(&self.comparison, self.set()).unwrap(),
            chart::timeline(&self.reports(), &self.codebook).unwrap(),
        ]
    }

    pub fn explanation_html(&self) -> String {
        explaining::html(&self.text, &self.explanations)
    }

    pub fn article_markdown(&self) -> String {
        article::markdown(&self.reports(), &self.codebook)
    }

    pub fn comparison_markdown(&self) -> String {
        comparing::markdown(&self.comparison, self.set())
    }

    pub fn evaluation_markdown(&self) -> String {
        evaluating::markdown(std::slice::from_ref(&self.evaluation))
    }

    pub fn explanation_markdown(&self) -> String {
        explaining::markdown(&self.text, &self.explanations)
    }

    pub fn jsons(&self) -> [String; 6] {
        let evaluations = ["x", &self.text].map(|set| Evaluation {
            set: set.to_owned(),
            ..self.evaluation.clone()
        });
        [
            article::json(&self.reports(), &self.codebook),
            comparing::json(&self.comparison),
            evaluating::json(&evaluations),
            explaining::json(&self.text, &self.explanations),
            inspect::json(&self.sections()),
            self.tags(TagFormat::Jsonl),
        ]
    }

    pub fn csvs(&self) -> [String; 2] {
        [self.tags(TagFormat::Csv), comparing::csv(&self.comparison)]
    }

    pub fn tables(&self, style: Style) -> [String; 6] {
        [
            article::table(&self.reports(), &self.codebook, style),
            comparing::table(&self.comparison, self.set(), style),
            evaluating::table(std::slice::from_ref(&self.evaluation), style),
            explaining::table(&self.text, &self.explanations, style),
            inspect::table(&self.sections(), style),
            self.tags(TagFormat::Table(style)),
        ]
    }
}
