//! A table under a heading, and what it says in a sentence.

use super::grid::Grid;
use super::markdown::{escape, heading};
use super::{DIM, PLAIN, Style};

pub(super) struct Section {
    title: String,
    grid: Grid,
    words: String,
}

impl Section {
    pub(super) fn new(title: &str, grid: Grid) -> Self {
        Self {
            title: title.to_owned(),
            grid,
            words: String::new(),
        }
    }

    pub(super) fn saying(self, words: String) -> Self {
        Self { words, ..self }
    }

    pub(super) fn terminal(&self, style: Style) -> String {
        let title = style.lines(&self.title, DIM, 0);
        let words = match self.words.as_str() {
            "" => String::new(),
            words => style.lines(words, PLAIN, 0),
        };
        format!("\n{title}{}{words}", self.grid.terminal(style))
    }

    /// With a heading of that level.
    pub(super) fn markdown(&self, level: usize) -> String {
        let heading = heading(level, &self.title);
        let mut out = format!("\n{heading}\n{}", self.grid.markdown());
        if !self.words.is_empty() {
            out += &format!("\n{}\n", escape(&self.words));
        }
        out
    }
}
