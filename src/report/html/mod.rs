//! What the pages share: the colours of the labels, the geometry of the bars, the script and the
//! files to save.
//!
//! Text reaches a page through a template, which escapes it, or packed in a [`File`]; only
//! [`palette`] and [`Script`] are trusted as they stand: the one is made of numbers and checked
//! colours alone, the other is ours. Lengths are percentages.

mod file;
mod script;

pub(super) use file::File;
pub(super) use script::Script;

use super::{look, visible};
use crate::codebook::LabelSet;

/// How labels are underlined, so that they differ without colour.
const LINES: [&str; 5] = ["solid", "dashed", "dotted", "double", "wavy"];

/// A CSS rule for each label of each set: its colour and its underline.
pub(super) fn palette(sets: &[LabelSet]) -> String {
    let mut css = String::new();
    for (at, set) in sets.iter().enumerate() {
        for (label, known) in set.labels.iter().enumerate() {
            let line = match known.polarity {
                Some(-1) => "dashed",
                Some(0) => "dotted",
                Some(_) => "solid",
                None => LINES[label % LINES.len()],
            };
            let (class, colour) = (class(at, label), look::colour(set, label));
            css += &format!(".{class}{{--label:{colour};--line:{line}}}\n");
        }
    }
    css
}

/// The class of a label: set and label by number.
pub(super) fn class(set: usize, label: usize) -> String {
    format!("s{set}l{label}")
}

/// A label as it is printed: its mark and its name.
pub(super) struct Tagged {
    pub(super) class: String,
    pub(super) mark: String,
    pub(super) name: String,
}

impl Tagged {
    pub(super) fn new((index, set): (usize, &LabelSet), label: usize) -> Self {
        let name = set
            .labels
            .get(label)
            .map_or(super::number::UNKNOWN, |label| &label.name);
        Self {
            class: class(index, label),
            mark: visible(&look::mark(set, label)),
            name: visible(name),
        }
    }
}

/// A stretch of a stacked bar.
pub(super) struct Segment {
    pub(super) label: Tagged,
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) middle: f64,
    /// Wide enough to print the mark in.
    pub(super) roomy: bool,
}

/// A bar of all labels, `length` long, from `x` on.
pub(super) fn stacked(
    set: (usize, &LabelSet),
    shares: &[f64],
    mut x: f64,
    length: f64,
) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (label, share) in shares.iter().enumerate() {
        let width = share * length;
        if width > 0.0 {
            let label = Tagged::new(set, label);
            segments.push(Segment {
                label,
                x,
                width,
                middle: x + width / 2.0,
                roomy: width >= 4.0,
            });
        }
        x += width;
    }
    segments
}

/// A bar half as long as the axis, moved by half the net: its neutral middle stands at zero.
pub(super) fn diverging(set: (usize, &LabelSet), shares: &[f64]) -> Vec<Segment> {
    let sum: f64 = shares.iter().sum();
    let shares: Vec<f64> = shares
        .iter()
        .map(|share| if sum > 0.0 { share / sum } else { 0.0 })
        .collect();
    let ends = set.1.polarities();
    let net: f64 = shares
        .iter()
        .zip(ends)
        .map(|(share, end)| share * f64::from(end))
        .sum();
    stacked(set, &shares, 25.0 + 25.0 * net, 50.0)
}

/// An interval on an axis from −1 to 1.
pub(super) struct Whisker {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) width: f64,
}

impl Whisker {
    pub(super) fn new(value: Option<f64>, low: Option<f64>, high: Option<f64>) -> Option<Self> {
        let place = |x: f64| 50.0 + 50.0 * x.clamp(-1.0, 1.0);
        let known = |x: Option<f64>| x.filter(|x| x.is_finite());
        let value = known(value)?;
        let (low, high) = (known(low).unwrap_or(value), known(high).unwrap_or(value));
        let (low, high) = (place(low), place(high));
        Some(Self {
            value: place(value),
            low,
            width: (high - low).max(0.0),
        })
    }
}

/// Writes a template; templates only fail where writing does, and memory takes everything.
pub(super) fn render(template: &impl askama::Template) -> String {
    template.render().expect("a template in memory cannot fail")
}
