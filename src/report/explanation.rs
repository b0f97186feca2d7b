//! Why a sentence got its label: contributions that add up to the score.

use super::grid::{Align, Cell, Grid};
use super::html::{Script, render};
use super::markdown::escape;
use super::number::signed;
use super::object::pretty;
use super::{BOLD, DIM, PLAIN, Style, visible};
use crate::tagger::{Contribution, Explanation};
use anstyle::AnsiColor;
use askama::Template;
use serde::Serialize;

/// The version of the JSON format.
const SCHEMA: &str = "stance-explanation/1";
/// How many contributions a reader sees one by one; the rest is summed up.
const SHOWN: usize = 20;
/// Columns of the longest bar.
const BAR: f64 = 20.0;

/// For a terminal: the sentence, then for each label what speaks for it and against it.
#[must_use]
pub fn table(sentence: &str, explanations: &[Explanation], style: Style) -> String {
    let mut out = style.lines(sentence, PLAIN, 0);
    for explanation in explanations {
        let title = format!("{}: score {}", explanation.label, signed(explanation.score));
        out += &format!(
            "\n{}{}",
            style.lines(&title, BOLD, 0),
            grid(explanation).terminal(style)
        );
    }
    out
}

/// `schema` (`stance-explanation/1`), `text`, and `explanations`: an array of `label`, `bias`,
/// `score` and `contributions`, an array of `term` and `value`, largest absolute value first.
/// Bias and contributions, added up in that order, are the score to the last bit.
#[must_use]
pub fn json(sentence: &str, explanations: &[Explanation]) -> String {
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        text: &'a str,
        explanations: &'a [Explanation],
    }
    pretty(&Document {
        schema: SCHEMA,
        text: sentence,
        explanations,
    })
}

/// In Markdown: the sentence, then a table for each label.
#[must_use]
pub fn markdown(sentence: &str, explanations: &[Explanation]) -> String {
    let mut out = format!("# {}\n", escape(sentence));
    for explanation in explanations {
        let mut grid = Grid::new([("contribution", Align::Right), ("term", Align::Left)]);
        for part in &parts(explanation) {
            grid.row([signed(part.value).into(), Cell::from(&part.term)]);
        }
        grid.row([signed(explanation.score).into(), "the score".into()]);
        let title = format!("{}: score {}", explanation.label, signed(explanation.score));
        out += &format!("\n## {}\n\n{}", escape(&title), grid.markdown());
    }
    out
}

/// One HTML page that asks for nothing else: the sentence and a table with bars for each label.
#[must_use]
pub fn html(sentence: &str, explanations: &[Explanation]) -> String {
    render(&Page {
        title: visible(sentence),
        palette: String::new(),
        script: None,
        sentence: visible(sentence),
        labels: explanations.iter().map(label).collect(),
    })
}

#[derive(Template)]
#[template(path = "report/explanation.html")]
struct Page {
    title: String,
    palette: String,
    script: Option<Script>,
    sentence: String,
    labels: Vec<LabelView>,
}

struct LabelView {
    name: String,
    score: String,
    parts: Vec<PartView>,
}

struct PartView {
    term: String,
    value: String,
    negative: bool,
    /// Per cent of the longest bar.
    width: f64,
}

fn label(explanation: &Explanation) -> LabelView {
    let parts = parts(explanation);
    let longest = longest(&parts);
    let part = |part: &Contribution| PartView {
        term: visible(&part.term),
        value: signed(part.value),
        negative: part.value < 0.0,
        width: 100.0 * (part.value.abs() / longest),
    };
    LabelView {
        name: visible(&explanation.label),
        score: signed(explanation.score),
        parts: parts.iter().map(part).collect(),
    }
}

fn grid(explanation: &Explanation) -> Grid {
    let mut grid = Grid::new([("", Align::Right), ("", Align::Left), ("", Align::Left)]);
    let parts = parts(explanation);
    let longest = longest(&parts);
    for part in &parts {
        let (colour, block) = if part.value < 0.0 {
            (AnsiColor::Red, "▒")
        } else {
            (AnsiColor::Green, "█")
        };
        let paint = anstyle::Style::new().fg_color(Some(colour.into()));
        let length = (BAR * (part.value.abs() / longest)).round() as usize;
        grid.row([
            signed(part.value).into(),
            Cell::new(&block.repeat(length), paint),
            Cell::from(&part.term),
        ]);
    }
    grid.row([
        Cell::new(&signed(explanation.score), BOLD),
        "".into(),
        Cell::new("the score", DIM),
    ]);
    grid
}

/// What adds up to the score as printed: the strongest contributions, the sum of the others, the
/// bias.
fn parts(explanation: &Explanation) -> Vec<Contribution> {
    let shown = explanation.contributions.len().min(SHOWN);
    let (shown, others) = explanation.contributions.split_at(shown);
    let mut parts = shown.to_vec();
    if !others.is_empty() {
        let value = others.iter().map(|other| other.value).sum();
        parts.push(Contribution {
            term: format!("{} others together", others.len()),
            value,
        });
    }
    parts.push(Contribution {
        term: "bias: the score of an empty sentence".into(),
        value: explanation.bias,
    });
    round_to_sum(&mut parts, explanation.score);
    parts
}

/// Rounds the parts to hundredths that add up to the rounded score: all down, and as many as are
/// missing up, those first that lose most (the largest remainder method).
fn round_to_sum(parts: &mut [Contribution], score: f64) {
    const STEPS: f64 = 100.0;
    let lost = |part: &Contribution| (part.value * STEPS) - (part.value * STEPS).floor();
    let floors: f64 = parts.iter().map(|part| (part.value * STEPS).floor()).sum();
    let missing = (score * STEPS).round() - floors;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| lost(&parts[b]).total_cmp(&lost(&parts[a])));
    for (place, at) in order.into_iter().enumerate() {
        let up = f64::from(u8::from((place as f64) < missing));
        parts[at].value = ((parts[at].value * STEPS).floor() + up) / STEPS;
    }
}

fn longest(parts: &[Contribution]) -> f64 {
    parts
        .iter()
        .map(|part| part.value.abs())
        .fold(f64::MIN_POSITIVE, f64::max)
}
