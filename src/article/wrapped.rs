//! Text with hard line breaks inside its sentences, as PDF files and old mail give it.
//!
//! A sentence is never cut at a wrapped line, nor by the page number or running head that a page
//! break puts into it. Where paragraphs are not set apart, one ends at a line that is clearly
//! short and ends a sentence.

use std::collections::HashMap;

use super::unit::{End, Line, Unit, starts_item, starts_lower};
use super::{BlockKind, Span, byline, date};

/// A line is short if it and the next word fill less than this share of the width; lines set in
/// proportional type differ by some 10 % in their number of characters.
const SHORT: f64 = 0.85;

/// A line shorter than this share of the width stops short of it on purpose.
const VERY_SHORT: f64 = 0.7;

/// Whether sentences run across the lines: of all pairs of neighbours, a quarter or more (and at
/// least three) break a sentence before a small letter.
pub(super) fn is_wrapped(text: &str, lines: &[Line]) -> bool {
    let pairs = lines
        .windows(2)
        .filter(|pair| is_long_enough(text, pair[0]))
        .count();
    let broken = lines
        .windows(2)
        .filter(|pair| breaks_sentence(text, pair))
        .count();
    broken >= 3 && broken * 4 >= pairs
}

fn is_long_enough(text: &str, line: Line) -> bool {
    line.span.of(text).split_whitespace().nth(3).is_some()
}

fn breaks_sentence(text: &str, pair: &[Line]) -> bool {
    let (above, below) = (pair[0].span.of(text), pair[1].span.of(text));
    is_long_enough(text, pair[0])
        && End::of(above).is_open()
        && starts_lower(below)
        && !starts_item(below)
}

/// The units of a wrapped text. What interrupts a sentence is blanked in `text`.
pub(super) fn units(text: &mut String, lines: &[Line]) -> Vec<Unit> {
    let page = Page::measure(text, lines);
    let furniture = page.furniture(text, lines);
    let groups = page.groups(text, lines, &furniture);
    let mut units = Vec::with_capacity(groups.len());
    for group in &groups {
        for interruption in (group.first..group.last).filter(|line| furniture[*line]) {
            blank(text, lines[interruption].span);
        }
        let span = Span::new(lines[group.first].span.start, lines[group.last].span.end);
        let mut unit = Unit::new(text, span, lines[group.first].gap);
        unit.kind = furniture[group.first].then_some(BlockKind::Boilerplate);
        units.push(unit);
    }
    units
}

/// Overwrites `span` with spaces.
fn blank(text: &mut String, span: Span) {
    text.replace_range(span.start..span.end, &" ".repeat(span.end - span.start));
}

/// The lines of one unit, first and last.
#[derive(Debug, Clone, Copy)]
struct Group {
    first: usize,
    last: usize,
}

/// The measures of a page.
struct Page {
    /// The width of a full line, in characters.
    width: f64,
    /// How many empty lines stand between two lines of one paragraph.
    leading: usize,
    /// How far lines are usually indented.
    indent: usize,
}

impl Page {
    fn measure(text: &str, lines: &[Line]) -> Self {
        let mut lengths: Vec<usize> = lines
            .iter()
            .filter(|line| is_long_enough(text, **line))
            .map(|line| length(text, *line))
            .collect();
        lengths.sort_unstable();
        let width = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
        let continued = lines
            .windows(2)
            .filter(|pair| breaks_sentence(text, pair))
            .map(|pair| pair[1]);
        Self {
            width: width as f64,
            leading: commonest(continued.clone().map(|line| line.gap)),
            indent: commonest(continued.map(|line| line.indent)),
        }
    }

    /// Which lines are page numbers or running heads.
    fn furniture(&self, text: &str, lines: &[Line]) -> Vec<bool> {
        let is_full = |line: &Line| length(text, *line) as f64 > SHORT * self.width;
        let start = lines.iter().position(is_full).unwrap_or(0);
        let mut seen: HashMap<String, usize> = HashMap::new();
        for line in lines {
            if let Some(key) = self.running_head(text, *line) {
                *seen.entry(key).or_default() += 1;
            }
        }
        let is_head = |index: usize| {
            let line = lines[index];
            let key = self.running_head(text, line);
            match key.and_then(|key| seen.get(&key)) {
                None => false,
                Some(1) => self.is_lone_head(text, lines, index),
                Some(2) => {
                    line.span.of(text).contains(|c: char| c.is_ascii_digit())
                        || is_open_above(text, lines, index)
                }
                Some(_) => true,
            }
        };
        lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                is_page_number(line.span.of(text)) || (index > start && is_head(index))
            })
            .collect()
    }

    /// A very short line beside a page number, in the middle of a sentence.
    fn is_lone_head(&self, text: &str, lines: &[Line], index: usize) -> bool {
        let beside = [index.checked_sub(1), Some(index + 1)]
            .into_iter()
            .flatten();
        let mut beside = beside.filter_map(|other| lines.get(other));
        (length(text, lines[index]) as f64) < VERY_SHORT * self.width
            && beside.any(|line| is_page_number(line.span.of(text)))
            && is_open_above(text, lines, index)
            && !starts_lower(lines[index].span.of(text))
    }

    /// What a line has in common with the running heads of other pages: its letters.
    fn running_head(&self, text: &str, line: Line) -> Option<String> {
        let content = line.span.of(text);
        let short = (length(text, line) as f64) < 0.9 * self.width
            && content.split_whitespace().count() <= 12;
        let key: String = content
            .chars()
            .filter(|c| c.is_alphabetic())
            .collect::<String>()
            .to_lowercase();
        (short && !End::of(content).is_sentence() && key.len() > 3).then_some(key)
    }

    /// Joins the lines that belong together. Furniture between two units is a unit of its own;
    /// furniture within one is inside its group.
    fn groups(&self, text: &str, lines: &[Line], furniture: &[bool]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut current: Option<Group> = None;
        let mut between = Vec::new();
        for (index, is_furniture) in furniture.iter().enumerate() {
            if *is_furniture {
                between.push(index);
                continue;
            }
            match current {
                Some(group) if self.continues(text, lines, group, index) => {
                    current = Some(Group {
                        last: index,
                        ..group
                    });
                    between.clear();
                }
                _ => {
                    groups.extend(current);
                    groups.extend(between.drain(..).map(|line| Group {
                        first: line,
                        last: line,
                    }));
                    current = Some(Group {
                        first: index,
                        last: index,
                    });
                }
            }
        }
        groups.extend(current);
        groups.extend(between.into_iter().map(|line| Group {
            first: line,
            last: line,
        }));
        groups
    }

    /// Whether the line `next` goes on with the unit `group`.
    fn continues(&self, text: &str, lines: &[Line], group: Group, next: usize) -> bool {
        let (above, below) = (lines[group.last], lines[next]);
        let (a, b) = (above.span.of(text), below.span.of(text));
        if is_own_line(a) || is_own_line(b) {
            return false;
        }
        let interrupted = next > group.last + 1;
        let apart = below.gap > self.leading && !interrupted;
        let end = End::of(a);
        if end.is_sentence() || end == End::Colon {
            let indented = below.indent > self.indent + 1 && !interrupted;
            return starts_lower(b)
                || !(apart
                    || indented
                    || starts_item(b)
                    || starts_note(b)
                    || self.ends_short(text, above, below, SHORT)
                    || self.is_heading(text, lines, next));
        }
        if starts_lower(b) || end == End::Dangling || (end == End::Leaning && !apart) {
            return !(apart && starts_item(b));
        }
        if b.starts_with('•') {
            return false;
        }
        let heading = self.is_heading_so_far(text, lines, group);
        if apart {
            return !heading && !self.ends_short(text, above, below, SHORT);
        }
        !(heading && self.ends_short(text, above, below, VERY_SHORT))
    }

    /// Whether `above` was ended before the width forced it: the next word had room.
    fn ends_short(&self, text: &str, above: Line, below: Line, share: f64) -> bool {
        let word = below
            .span
            .of(text)
            .split_whitespace()
            .next()
            .unwrap_or_default();
        let needed = length(text, above) + 1 + word.chars().count();
        (needed as f64) < share * self.width
    }

    /// Whether a group can still be a heading: few lines, few words, no sentence in it.
    fn is_heading_so_far(&self, text: &str, lines: &[Line], group: Group) -> bool {
        let span = Span::new(lines[group.first].span.start, lines[group.last].span.end);
        let small = group.last - group.first < 3 && span.end - span.start < 250;
        let unit = small.then(|| Unit::new(text, span, 0));
        unit.is_some_and(|unit| unit.words <= 20 && unit.is_one_sentence())
    }

    /// Whether a line is a heading before a paragraph: very short, without an end.
    fn is_heading(&self, text: &str, lines: &[Line], index: usize) -> bool {
        let content = lines[index].span.of(text);
        let Some(next) = lines.get(index + 1) else {
            return false;
        };
        End::of(content) == End::Open
            && !starts_lower(content)
            && !starts_lower(next.span.of(text))
            && content.split_whitespace().count() <= 10
            && self.ends_short(text, lines[index], *next, VERY_SHORT)
    }
}

/// Whether a sentence is unfinished above a line, page numbers aside.
fn is_open_above(text: &str, lines: &[Line], index: usize) -> bool {
    let above = lines[..index].iter().rev().map(|line| line.span.of(text));
    above
        .skip_while(|line| is_page_number(line))
        .map(End::of)
        .next()
        .is_some_and(End::is_open)
}

/// Whether a line begins like a footnote: `12 See …`.
fn starts_note(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..4).contains(&(line.len() - rest.len()))
        && rest
            .strip_prefix(' ')
            .is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// A byline or a date, which no other line joins.
fn is_own_line(line: &str) -> bool {
    line.len() < 120 && (date::is_dateline(line) || byline::of_line(line, true).is_some())
}

/// `7`, `- 7 -`, `Page 7 of 9`, `[7]`.
fn is_page_number(line: &str) -> bool {
    if line.len() > 20 {
        return false;
    }
    let lower = line.to_lowercase();
    let mut words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let number = |word: &str| word.len() <= 3 && word.chars().all(|c| c.is_ascii_digit());
    match (
        words.next(),
        words.next(),
        words.next(),
        words.next(),
        words.next(),
    ) {
        (Some("page"), Some(a), None, ..) => number(a),
        (Some("page"), Some(a), Some("of"), Some(b), None) => number(a) && number(b),
        (Some(a), Some("of"), Some(b), None, _) => number(a) && number(b),
        (Some(a), None, ..) => number(a) && !line.contains(['.', '%', '$', '€', ')']),
        _ => false,
    }
}

fn length(text: &str, line: Line) -> usize {
    line.span.of(text).chars().count()
}

/// The number that occurs most often, the smallest of several; 0 where there is none.
fn commonest(numbers: impl Iterator<Item = usize>) -> usize {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for number in numbers {
        *counts.entry(number).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(number, count)| (*count, std::cmp::Reverse(*number)));
    most.map_or(0, |(number, _)| number)
}
