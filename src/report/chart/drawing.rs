//! Shapes on a page, before they become SVG.

use super::super::html::render;
use super::super::visible;
use super::text;
use askama::Template;

/// The width of every chart, in points.
pub(super) const WIDTH: f64 = 960.0;
/// What stays free on all sides.
pub(super) const MARGIN: f64 = 28.0;

pub(super) const INK: &str = "#1d2127";
pub(super) const SOFT: &str = "#565e69";
pub(super) const RULE: &str = "#dfe2e6";
pub(super) const PAPER: &str = "#ffffff";

/// The sizes of type.
const HEADLINE: f64 = 21.0;
pub(super) const NORMAL: f64 = 13.0;
pub(super) const SMALL: f64 = 11.0;

/// Where a text is held.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A picture: what it shows in words, and its shapes from back to front.
#[derive(Template)]
#[template(path = "chart/drawing.svg")]
pub(super) struct Drawing {
    width: f64,
    height: f64,
    title: String,
    description: String,
    shapes: Vec<Shape>,
}

enum Shape {
    Text(Text),
    Rectangle(Rectangle),
    Line(Line),
    Dot { x: f64, y: f64 },
    Path { points: String },
}

/// A line of text; `y` is its baseline.
pub(super) struct Text {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) fill: &'static str,
    pub(super) anchor: Anchor,
    pub(super) text: String,
}

pub(super) struct Rectangle {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) fill: String,
    pub(super) stroke: String,
    pub(super) opacity: f64,
}

pub(super) struct Line {
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
    pub(super) stroke: &'static str,
    pub(super) width: f64,
}

impl Drawing {
    pub(super) fn new(title: &str, description: &str) -> Self {
        Self {
            width: WIDTH,
            height: 0.0,
            title: readable(title),
            description: readable(description),
            shapes: Vec::new(),
        }
    }

    /// A text that is cut where it would take more than `room`.
    pub(super) fn text(&mut self, text: Text, room: f64) {
        self.shapes.push(Shape::Text(Text {
            text: text::fitted(&readable(&text.text), text.size, room),
            ..text
        }));
    }

    /// The headline and the line below it.
    pub(super) fn heading(&mut self, title: &str, below: &str) {
        let line = |y, size, fill, text: &str| Text {
            x: MARGIN,
            y,
            size,
            fill,
            anchor: Anchor::Start,
            text: text.to_owned(),
        };
        self.text(line(44.0, HEADLINE, INK, title), WIDTH - 2.0 * MARGIN);
        self.text(line(66.0, NORMAL, SOFT, below), WIDTH - 2.0 * MARGIN);
    }

    /// Swatches in a row, each with its name behind it.
    pub(super) fn legend(&mut self, entries: impl IntoIterator<Item = (Rectangle, String)>) {
        let mut x = MARGIN;
        for (swatch, text) in entries {
            let room = (WIDTH - MARGIN - x - 20.0).max(0.0);
            let taken = text::width(&text, NORMAL).min(room);
            let name = Text {
                x: x + 20.0,
                y: 93.5,
                size: NORMAL,
                fill: INK,
                anchor: Anchor::Start,
                text,
            };
            self.rectangle(Rectangle { x, ..swatch });
            self.text(name, room);
            x += 38.0 + taken;
        }
    }

    pub(super) fn rectangle(&mut self, rectangle: Rectangle) {
        self.shapes.push(Shape::Rectangle(rectangle));
    }

    pub(super) fn line(&mut self, line: Line) {
        self.shapes.push(Shape::Line(line));
    }

    pub(super) fn dot(&mut self, x: f64, y: f64) {
        self.shapes.push(Shape::Dot { x, y });
    }

    pub(super) fn path(&mut self, points: &[(f64, f64)]) {
        let points = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}"));
        let points = points.collect::<Vec<_>>().join(" ");
        self.shapes.push(Shape::Path { points });
    }

    /// The SVG file of a picture of that height.
    pub(super) fn finish(mut self, height: f64) -> String {
        self.height = height;
        render(&self)
    }
}

/// The text as it can be seen, without the two characters that XML forbids beyond those.
fn readable(text: &str) -> String {
    visible(text).replace(['\u{fffe}', '\u{ffff}'], "")
}
