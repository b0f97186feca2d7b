//! The comparison as a picture: a stacked bar and an interval for each row, on one axis.

use super::super::comparison::{best, drawn, headline, legend, net, short_amount};
use super::super::html::{Segment, Whisker, diverging, stacked};
use super::super::look;
use super::super::number::{signed, span};
use super::drawing::{
    Anchor, Drawing, INK, Line, MARGIN, NORMAL, PAPER, RULE, Rectangle, SMALL, SOFT, Text, WIDTH,
};
use super::text;
use crate::codebook::LabelSet;
use crate::compare::{Comparison, Row};
use crate::error::{Error, Result};

/// Rows up to which a picture can be looked at.
const MOST: usize = 400;
/// The height of a row, and of the bar in it.
const ROW: f64 = 40.0;
const BAR: f64 = 16.0;
/// Where the first row begins.
const TOP: f64 = 150.0;
/// What the figures at the right take.
const FIGURES: f64 = 128.0;
const GAP: f64 = 18.0;

/// The rows of a comparison on one axis, as an SVG file. `set` is the label set compared.
///
/// # Errors
/// If there are more rows than a picture can show (400).
pub fn comparison(comparison: &Comparison, set: &LabelSet) -> Result<String> {
    let rows = &comparison.rows;
    if rows.len() > MOST {
        let what = format!(
            "{} rows do not fit a picture, which takes {MOST}",
            rows.len()
        );
        return Err(Error::usage(what).remedy("compare fewer articles, or by month"));
    }
    let title = format!("{} by {}", set.name, comparison.by);
    let mut drawing = Drawing::new(&title, &description(comparison));
    let chart = Chart::new(rows, set);
    let legend = legend(set).map_or(String::new(), |net| format!("{net}; "));
    drawing.heading(&title, &format!("{legend}lines are 95% intervals"));
    chart.labels(&mut drawing);
    chart.axis(&mut drawing);
    for (place, row) in rows.iter().enumerate() {
        chart.row(&mut drawing, row, TOP + ROW * place as f64);
    }
    let end = chart.end();
    let note = "Shares corrected for the classifier’s errors where they can be; the middle of what is neither stands at 0.";
    let note = if set.is_polar() {
        note
    } else {
        "Shares corrected for the classifier’s errors where they can be."
    };
    let note = Text {
        x: MARGIN,
        y: end + 46.0,
        size: SMALL,
        fill: SOFT,
        anchor: Anchor::Start,
        text: note.into(),
    };
    drawing.text(note, WIDTH - 2.0 * MARGIN);
    Ok(drawing.finish(end + 46.0 + MARGIN))
}

/// The picture in words: the finding, then every row.
fn description(comparison: &Comparison) -> String {
    let rows = comparison.rows.iter();
    let rows = rows.map(|row| format!(" {}: {}.", row.name, net(&row.prevalence)));
    headline(comparison) + &rows.collect::<String>()
}

/// The columns of the picture: names, the axis from `left` on, figures.
struct Chart<'c> {
    set: &'c LabelSet,
    rows: usize,
    left: f64,
    width: f64,
}

impl<'c> Chart<'c> {
    fn new(rows: &[Row], set: &'c LabelSet) -> Self {
        let names = rows.iter().map(|row| text::width(&row.name, NORMAL));
        let names = names.fold(150.0, f64::max).min(270.0);
        let left = MARGIN + names + GAP;
        let figures = if set.is_polar() { GAP + FIGURES } else { 0.0 };
        Self {
            set,
            rows: rows.len(),
            left,
            width: WIDTH - MARGIN - figures - left,
        }
    }

    /// A place given in percent of the axis.
    fn at(&self, percent: f64) -> f64 {
        self.left + self.width * percent / 100.0
    }

    fn end(&self) -> f64 {
        TOP + ROW * self.rows as f64
    }

    /// Which colour and mark is which label.
    fn labels(&self, drawing: &mut Drawing) {
        let entry = |label| {
            let swatch = Rectangle {
                x: 0.0,
                y: 82.0,
                width: 14.0,
                height: 14.0,
                fill: look::colour(self.set, label).to_owned(),
                stroke: "none".into(),
                opacity: 1.0,
            };
            (swatch, look::name(self.set, label))
        };
        drawing.legend((0..self.set.labels.len()).map(entry));
    }

    /// Lines of the grid with their numbers, above and below the rows.
    fn axis(&self, drawing: &mut Drawing) {
        let ticks = match self.set.is_polar() {
            true => ["−1", "−0.5", "0", "+0.5", "+1"],
            false => ["0%", "25%", "50%", "75%", "100%"],
        };
        self.ends(drawing);
        for (place, tick) in ticks.into_iter().enumerate() {
            let x = self.at(25.0 * place as f64);
            let zero = self.set.is_polar() && place == 2;
            drawing.line(Line {
                from: (x, TOP - 6.0),
                to: (x, self.end() + 4.0),
                stroke: if zero { SOFT } else { RULE },
                width: 1.0,
            });
            for y in [TOP - 12.0, self.end() + 18.0] {
                let text = Text {
                    x,
                    y,
                    size: SMALL,
                    fill: SOFT,
                    anchor: Anchor::Middle,
                    text: tick.into(),
                };
                drawing.text(text, self.width / 4.0);
            }
        }
    }

    /// Which way is which, above the ends of the axis.
    fn ends(&self, drawing: &mut Drawing) {
        let name = |end: i8| {
            let mut labels = self.set.labels.iter();
            labels.find(|label| label.polarity == Some(end))
        };
        let mut text = |x, anchor, text| {
            let (y, size, fill) = (TOP - 28.0, SMALL, SOFT);
            let text = Text {
                x,
                y,
                size,
                fill,
                anchor,
                text,
            };
            drawing.text(text, self.width / 2.0 - GAP);
        };
        if let Some(label) = name(-1) {
            text(self.left, Anchor::Start, format!("← {}", label.name));
        }
        if let Some(label) = name(1) {
            text(
                self.left + self.width,
                Anchor::End,
                format!("{} →", label.name),
            );
        }
    }

    fn row(&self, drawing: &mut Drawing, row: &Row, y: f64) {
        let names = self.left - GAP - MARGIN;
        let name = |dy, size, fill, text| Text {
            x: MARGIN,
            y: y + dy,
            size,
            fill,
            anchor: Anchor::Start,
            text,
        };
        drawing.text(name(17.0, NORMAL, INK, row.name.clone()), names);
        drawing.text(name(32.0, SMALL, SOFT, short_amount(row)), names);
        if row.prevalence.counted == 0 {
            let x = self.at(50.0);
            let nothing = "no sentence to count".to_owned();
            let nothing = Text {
                x,
                y: y + 17.0,
                size: SMALL,
                fill: SOFT,
                anchor: Anchor::Middle,
                text: nothing,
            };
            return drawing.text(nothing, self.width);
        }
        let shares = drawn(&row.prevalence);
        let segments = match self.set.is_polar() {
            true => diverging((0, self.set), &shares),
            false => stacked((0, self.set), &shares, 0.0, 100.0),
        };
        for segment in &segments {
            self.segment(drawing, segment, y + 5.0);
        }
        self.net(drawing, row, y);
    }

    fn segment(&self, drawing: &mut Drawing, segment: &Segment, y: f64) {
        drawing.rectangle(Rectangle {
            x: self.at(segment.x),
            y,
            width: self.width * segment.width / 100.0,
            height: BAR,
            fill: look::colour(self.set, segment.index).to_owned(),
            stroke: PAPER.into(),
            opacity: 1.0,
        });
        if segment.roomy {
            let text = Text {
                x: self.at(segment.middle),
                y: y + 12.0,
                size: SMALL,
                fill: look::on(self.set, segment.index),
                anchor: Anchor::Middle,
                text: segment.label.mark.clone(),
            };
            drawing.text(text, self.width);
        }
    }

    /// The interval below the bar, and the figures at the right.
    fn net(&self, drawing: &mut Drawing, row: &Row, y: f64) {
        let Some(net) = &row.prevalence.net else {
            return;
        };
        let lane = y + 29.0;
        if let Some(whisker) = Whisker::new(best(net), net.low, net.high) {
            let (low, high) = (self.at(whisker.low), self.at(whisker.low + whisker.width));
            let mut line = |from, to| {
                drawing.line(Line {
                    from,
                    to,
                    stroke: INK,
                    width: 1.75,
                })
            };
            line((low, lane), (high, lane));
            line((low, lane - 4.0), (low, lane + 4.0));
            line((high, lane - 4.0), (high, lane + 4.0));
            drawing.dot(self.at(whisker.value), lane);
        }
        let figure = |dy, size, fill, text| Text {
            x: WIDTH - MARGIN,
            y: y + dy,
            size,
            fill,
            anchor: Anchor::End,
            text,
        };
        let value = best(net).map_or_else(String::new, signed);
        drawing.text(figure(17.0, NORMAL, INK, value), FIGURES);
        let interval = span(net.low, net.high, signed).unwrap_or_else(|| "interval unknown".into());
        drawing.text(figure(32.0, SMALL, SOFT, interval), FIGURES);
    }
}
