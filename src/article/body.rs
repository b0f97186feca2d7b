//! The body of an article: which of its lines are headings.

use std::ops::Range;

use super::BlockKind;
use super::furniture::Furniture;
use super::head::same;
use super::layout::Layout;
use super::unit::{End, is_turn, starts_item, starts_lower};

/// Longer questions are asked by interviewers, not by headings.
const LONGEST_QUESTION: usize = 9;

/// Sorts the body: headings, titles of other articles, and paragraphs.
pub(super) fn read(layout: &mut Layout, range: Range<usize>) {
    let asks = |index: &usize| {
        layout.kinds[*index].is_none()
            && layout.units[*index].end == End::Question
            && layout.units[*index].is_one_sentence()
    };
    let long = |index: &usize| layout.units[*index].words > LONGEST_QUESTION;
    let interview = range.clone().filter(asks).filter(long).count() > 1;
    let mut previous = None;
    for index in range.clone() {
        if layout.kinds[index].is_some() {
            continue;
        }
        let kind = if is_repeated_title(layout, index) || is_linked(layout, index) {
            BlockKind::Boilerplate
        } else if layout.plain && is_heading(layout, index, previous, range.end, interview) {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        };
        layout.kinds[index] = Some(kind);
        if kind != BlockKind::Boilerplate {
            previous = Some(index);
        }
    }
}

fn is_repeated_title(layout: &Layout, index: usize) -> bool {
    let unit = &layout.units[index];
    unit.words > 2
        && layout
            .title
            .as_deref()
            .is_some_and(|title| same(title, &unit.text))
}

/// The title of another article under `Read more`.
fn is_linked(layout: &Layout, index: usize) -> bool {
    let unit = &layout.units[index];
    let Some(above) = index.checked_sub(1) else {
        return false;
    };
    let listed = layout.furniture[above] == Some(Furniture::List)
        || (layout.kinds[above] == Some(BlockKind::Boilerplate)
            && layout.furniture[above].is_none());
    listed
        && unit.words <= 20
        && unit.end != End::Stop
        && unit.end != End::Colon
        && !starts_lower(&unit.text)
}

/// A short line without an end, or a short question, between two paragraphs.
fn is_heading(
    layout: &Layout,
    index: usize,
    previous: Option<usize>,
    end: usize,
    interview: bool,
) -> bool {
    let unit = &layout.units[index];
    let follows = match previous {
        None => true,
        Some(above) => {
            layout.kinds[above] == Some(BlockKind::Heading)
                || layout.units[above].end.is_sentence()
                || layout.units[above].words > 20
        }
    };
    let next = layout.next(index).filter(|next| *next < end);
    let leads = |below: usize| {
        let deeper = layout.next(below).filter(|next| *next < end);
        layout.is_prose(below)
            || (is_short(layout, below) && deeper.is_some_and(|deeper| layout.is_prose(deeper)))
    };
    if !follows || !next.is_some_and(leads) || starts_lower(&unit.text) {
        return false;
    }
    match unit.end {
        End::Question => !interview && is_short_question(layout, index, previous, next),
        _ => {
            is_short(layout, index)
                && (!starts_item(&unit.text) || is_numbered_heading(layout, index, next))
        }
    }
}

fn is_short(layout: &Layout, index: usize) -> bool {
    let unit = &layout.units[index];
    layout.kinds[index].is_none()
        && matches!(unit.end, End::Open | End::Leaning)
        && unit.words <= 14
        && unit.text.len() <= 120
}

/// `1. The price of gas`, followed by prose that is no item of the same list.
fn is_numbered_heading(layout: &Layout, index: usize, next: Option<usize>) -> bool {
    let numbered = layout.units[index]
        .text
        .starts_with(|c: char| c.is_ascii_digit());
    numbered && next.is_some_and(|next| !starts_item(&layout.units[next].text))
}

/// `What next?`, but not `So what is to be done?`, which speaks on.
fn is_short_question(
    layout: &Layout,
    index: usize,
    previous: Option<usize>,
    next: Option<usize>,
) -> bool {
    const CONNECTIVES: [&str; 10] = [
        "so", "and", "but", "or", "yet", "then", "well", "because", "or,", "surely",
    ];
    let unit = &layout.units[index];
    let first = unit
        .text
        .split(' ')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let long = |other: Option<usize>| other.is_none_or(|other| layout.units[other].words > 25);
    unit.words <= LONGEST_QUESTION
        && unit.is_one_sentence()
        && (unit.words < 4 || !CONNECTIVES.contains(&first.trim_end_matches(',')))
        && unit.text.starts_with(char::is_uppercase)
        && !is_turn(&unit.text)
        && long(previous)
        && long(next)
}
