//! How a label looks: a colour, and always a second cue for those who cannot see it.

use crate::codebook::LabelSet;
use anstyle::{Ansi256Color, Style};

/// Okabe and Ito's colours, told apart by colour-blind readers, for labels that declare none
/// and for authors on a chart.
pub(super) const PALETTE: [&str; 7] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8f98",
];
/// Fillings of a bar that differ without colour.
const SHADES: [char; 4] = ['█', '▒', '▓', '░'];

/// The colour of a label as `#rrggbb`; what a codebook declares otherwise is not believed.
pub(crate) fn colour(set: &LabelSet, label: usize) -> &str {
    let declared = set
        .labels
        .get(label)
        .and_then(|label| label.colour.as_deref());
    declared
        .filter(|colour| rgb(colour).is_some())
        .unwrap_or(PALETTE[label % PALETTE.len()])
}

/// The colour of a mark that stands on a label's colour: white, or black where that is lighter than
/// middle grey (by the luma of ITU-R BT.601).
pub(super) fn on(set: &LabelSet, label: usize) -> &'static str {
    let [red, green, blue] = rgb(colour(set, label)).unwrap_or([0; 3]).map(u32::from);
    let luma = (299 * red + 587 * green + 114 * blue) / 1000;
    if luma > 150 { "#000000" } else { "#ffffff" }
}

/// The colour for a terminal: the nearest of its 6 × 6 × 6 cube.
pub(super) fn paint(set: &LabelSet, label: usize) -> Style {
    let [red, green, blue] = rgb(colour(set, label)).unwrap_or([138; 3]).map(|part| {
        // The cube's steps are 0, 95, 135, 175, 215 and 255.
        if part < 48 {
            0
        } else {
            (part.saturating_sub(35) / 40).max(1)
        }
    });
    Style::new().fg_color(Some(Ansi256Color(16 + 36 * red + 6 * green + blue).into()))
}

/// A sign for the direction of a label, or the first letter of its name.
pub(crate) fn mark(set: &LabelSet, label: usize) -> String {
    let Some(label) = set.labels.get(label) else {
        return "?".to_owned();
    };
    match label.polarity {
        Some(-1) => "▼".to_owned(),
        Some(1) => "▲".to_owned(),
        Some(_) => "•".to_owned(),
        None => label
            .name
            .chars()
            .next()
            .map_or_else(String::new, |c| c.to_uppercase().collect()),
    }
}

/// The filling of a label's bar.
pub(super) fn shade(set: &LabelSet, label: usize) -> char {
    match set.labels.get(label).and_then(|label| label.polarity) {
        Some(-1) => '▓',
        Some(0) => '░',
        Some(_) => '█',
        None => SHADES[label % SHADES.len()],
    }
}

/// The name of a label, with its mark where that adds something.
pub(super) fn name(set: &LabelSet, label: usize) -> String {
    match set.labels.get(label) {
        Some(known) if known.polarity.is_some() => format!("{} {}", mark(set, label), known.name),
        Some(known) => known.name.clone(),
        None => super::number::UNKNOWN.to_owned(),
    }
}

fn rgb(colour: &str) -> Option<[u8; 3]> {
    let digits = colour.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}
