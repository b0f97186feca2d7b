//! A table of plain cells that can be laid out for a terminal or written in Markdown.

use super::wrap::{columns, visible, wrap};
use super::{DIM, PLAIN, Style, markdown};

/// Columns between two columns.
const GAP: usize = 2;
/// A column is not made narrower than this for the sake of others, unless its words are shorter.
const ROOM: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// A text and how a terminal paints it.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    text: String,
    style: anstyle::Style,
}

impl Cell {
    pub(super) fn new(text: &str, style: anstyle::Style) -> Self {
        Self {
            text: visible(text),
            style,
        }
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text.as_ref(), PLAIN)
    }
}

/// Rows of cells under named columns; a row may be shorter than the head.
pub(super) struct Grid {
    head: Vec<(String, Align)>,
    rows: Vec<Vec<Cell>>,
}

impl Grid {
    pub(super) fn new<'a>(head: impl IntoIterator<Item = (&'a str, Align)>) -> Self {
        Self {
            head: head
                .into_iter()
                .map(|(name, align)| (visible(name), align))
                .collect(),
            rows: Vec::new(),
        }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Columns side by side where they fit, else one `name: cell` a line.
    pub(super) fn terminal(&self, style: Style) -> String {
        match self.widths(style.columns()) {
            Some(widths) => self.side_by_side(&widths, style),
            None => self.one_below_another(style),
        }
    }

    pub(super) fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut out = line(
            self.head
                .iter()
                .map(|(name, _)| markdown::escape(name))
                .collect(),
        );
        let rule = |&(_, align): &(String, Align)| match align {
            Align::Left => "---".to_owned(),
            Align::Right => "--:".to_owned(),
        };
        out += &line(self.head.iter().map(rule).collect());
        for row in &self.rows {
            let cell = |at| {
                row.get(at)
                    .map_or(String::new(), |cell: &Cell| markdown::escape(&cell.text))
            };
            out += &line((0..self.head.len()).map(cell).collect());
        }
        out
    }

    /// The widths of the columns, the widest narrowed first; `None` if they do not fit.
    fn widths(&self, width: usize) -> Option<Vec<usize>> {
        let texts = |at: usize| {
            let cells = self.rows.iter().filter_map(move |row| row.get(at));
            std::iter::once(self.head[at].0.as_str()).chain(cells.map(|cell| cell.text.as_str()))
        };
        let count = self.head.len();
        let widest = |at| texts(at).map(columns).max().unwrap_or(0);
        let mut widths: Vec<usize> = (0..count).map(widest).collect();
        let word = |at| {
            texts(at)
                .flat_map(|text| text.split(' '))
                .map(columns)
                .max()
                .unwrap_or(0)
        };
        let least: Vec<usize> = (0..count).map(|at| word(at).min(ROOM)).collect();
        let room = width.checked_sub(GAP * count.saturating_sub(1))?;
        while widths.iter().sum::<usize>() > room {
            let (_, at) = (0..count)
                .filter(|&at| widths[at] > least[at])
                .map(|at| (widths[at], at))
                .max()?;
            widths[at] -= 1;
        }
        Some(widths)
    }

    fn side_by_side(&self, widths: &[usize], style: Style) -> String {
        let head: Vec<Cell> = self
            .head
            .iter()
            .map(|(name, _)| Cell::new(name, DIM))
            .collect();
        let mut out = String::new();
        if self.head.iter().any(|(name, _)| !name.is_empty()) {
            out += &self.lines(&head, widths, style);
        }
        for row in &self.rows {
            out += &self.lines(row, widths, style);
        }
        out
    }

    /// One row: as many lines as its tallest cell.
    fn lines(&self, row: &[Cell], widths: &[usize], style: Style) -> String {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, &width)| wrap(&cell.text, width))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let mut out = String::new();
        for line in 0..height {
            let mut blank = 0;
            for (at, cell) in cells.iter().enumerate() {
                let text = cell.get(line).map_or("", String::as_str);
                let free = widths[at].saturating_sub(columns(text));
                let (before, after) = match self.head[at].1 {
                    Align::Left => (0, free),
                    Align::Right => (free, 0),
                };
                blank += before + if at > 0 { GAP } else { 0 };
                if !text.is_empty() {
                    out.extend(std::iter::repeat_n(' ', std::mem::take(&mut blank)));
                    out += &style.paint(row[at].style, text);
                }
                blank += after;
            }
            out.push('\n');
        }
        out
    }

    fn one_below_another(&self, style: Style) -> String {
        let mut out = String::new();
        for row in &self.rows {
            for ((name, _), cell) in self.head.iter().zip(row) {
                let text = match name.as_str() {
                    "" => cell.text.clone(),
                    name => format!("{name}: {}", cell.text),
                };
                for line in wrap(&text, style.columns()) {
                    out += &style.paint(cell.style, &line);
                    out.push('\n');
                }
            }
            out.push('\n');
        }
        out
    }
}
