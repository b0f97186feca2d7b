//! What the terminal can show.

use crate::report::Style;
use anstream::ColorChoice;
use std::io::IsTerminal;
use std::path::Path;

/// Columns where nobody says how many there are.
const COLUMNS: usize = 100;

/// The style for standard output: as wide as the terminal, coloured if it is one (`--color`,
/// `NO_COLOR`, `CLICOLOR_FORCE` and their like are respected).
pub(super) fn style() -> Style {
    let colour = anstream::AutoStream::choice(&std::io::stdout()) != ColorChoice::Never;
    let width = match std::io::stdout().is_terminal() {
        true => terminal_size::terminal_size().map_or(COLUMNS, |(width, _)| usize::from(width.0)),
        false => COLUMNS,
    };
    Style { width, colour }
}

/// The style for a file, coloured only on demand, or for standard output if there is none.
pub(super) fn style_for(file: Option<&Path>) -> Style {
    match file {
        None => style(),
        Some(_) => Style {
            width: COLUMNS,
            colour: ColorChoice::global() == ColorChoice::Always,
        },
    }
}
