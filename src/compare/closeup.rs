//! What stands behind the rows of a comparison: their articles, their claims, the people quoted.

use super::argument::{self, Standpoint};
use super::counts::count;
use super::rows::Member;
use super::{By, Comparison, Context, Question, Row, Settings, draws_of, place, sides};
use crate::codebook::Argument;
use crate::prevalence::{Prevalence, estimate};
use crate::tagger::TaggedArticle;
use rayon::prelude::*;

/// A comparison and what stands behind its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Closeup<'a> {
    /// The comparison.
    pub comparison: Comparison,
    /// One for each row, in the order of the rows.
    pub portraits: Vec<Portrait<'a>>,
    /// The people quoted in the articles, by what they are quoted with, most sentences first; empty
    /// where the rows are quoted people themselves.
    pub quoted: Vec<Row>,
}

impl<'a> Closeup<'a> {
    /// Every row with its portrait.
    pub fn rows(&self) -> impl Iterator<Item = (&Row, &Portrait<'a>)> {
        self.comparison.rows.iter().zip(&self.portraits)
    }
}

/// A row looked at closely.
#[derive(Debug, Clone, PartialEq)]
pub struct Portrait<'a> {
    /// Its articles by date, those without a date last.
    pub pieces: Vec<Piece<'a>>,
    /// Its strongest claims at the negative end.
    pub negative: Vec<Standpoint<'a>>,
    /// Its strongest claims at the positive end.
    pub positive: Vec<Standpoint<'a>>,
}

/// One article of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece<'a> {
    /// The article.
    pub tagged: &'a TaggedArticle,
    /// Shares over the sentences that count for the row.
    pub prevalence: Prevalence,
}

/// Compares as [`compare`](super::compare) does, and keeps what the rows are made of.
///
/// Claims are found where a label set says which of its labels they bear (`argument`). The result
/// does not depend on the order of the articles.
#[must_use]
pub fn compare_closely<'a>(
    articles: &'a [TaggedArticle],
    question: &Question<'_>,
    argument: Option<Argument>,
    by: &By,
    settings: &Settings,
) -> Closeup<'a> {
    // In the order of the context, so that a member's positions are those of its articles.
    let mut tagged: Vec<&TaggedArticle> = articles.iter().collect();
    tagged.sort_by(|a, b| place(&a.article).cmp(&place(&b.article)));
    let counted = count(tagged.par_iter().copied(), question, settings);
    let context = Context::new(&counted, question, settings);
    let (members, sides): (Vec<Member>, Vec<_>) = sides(&context, by).into_iter().unzip();
    let portrait = |member: &Member| Portrait {
        pieces: pieces(&context, &tagged, member),
        negative: argument::standpoints(&context, &tagged, member, argument, -1),
        positive: argument::standpoints(&context, &tagged, member, argument, 1),
    };
    Closeup {
        portraits: members.par_iter().map(portrait).collect(),
        quoted: quoted(&context, by),
        comparison: super::comparison(sides, by, question, settings),
    }
}

fn pieces<'a>(
    context: &Context<'_, '_, '_>,
    articles: &[&'a TaggedArticle],
    member: &Member,
) -> Vec<Piece<'a>> {
    let piece = |&at: &usize| {
        let alone = member.in_article(at);
        let tally = alone.tally(&context.articles, context.question.outcomes());
        let tagged = articles[at];
        // Those of a row of this article alone, so that it shows the same interval in both places.
        let mut random = draws_of(&member.name, 0, &tagged.article.text);
        let correction = context.correction.as_ref();
        Piece {
            tagged,
            prevalence: estimate(&tally, context.question.set, correction, &mut random).prevalence,
        }
    };
    let mut pieces: Vec<Piece<'_>> = member.articles.iter().map(piece).collect();
    // `None` comes before every date, but the undated belong last.
    pieces.sort_by_key(|piece| {
        (
            piece.tagged.article.date.is_none(),
            piece.tagged.article.date,
        )
    });
    pieces
}

fn quoted(context: &Context<'_, '_, '_>, by: &By) -> Vec<Row> {
    if *by == By::Holder {
        return Vec::new();
    }
    let rows = sides(context, &By::Holder).into_iter();
    let mut rows: Vec<Row> = rows.map(|(_, side)| side.row).collect();
    rows.retain(|row| row.prevalence.counted > 0);
    rows.sort_by_key(|row| std::cmp::Reverse(row.prevalence.counted));
    rows
}
