//! The stance of articles sentence by sentence, one panel an article, as a picture.

use super::super::article::{ArticleReport, byline, leading, leaning, title};
use super::super::look;
use super::super::number::{corrected, count, signed};
use super::drawing::{
    Anchor, Drawing, INK, Line, MARGIN, NORMAL, PAPER, RULE, Rectangle, SMALL, SOFT, Text, WIDTH,
};
use super::text;
use crate::codebook::{Codebook, LabelSet, OwnVoice, own_voice};
use crate::error::{Error, Result};
use crate::tagger::Tag;

/// Articles up to which a picture can be looked at.
const MOST: usize = 24;
/// Where the first panel begins, the height of one, and of the plot in it.
const TOP: f64 = 132.0;
const PANEL: f64 = 214.0;
const PLOT: f64 = 118.0;
/// From the top of a panel to its plot.
const HEAD: f64 = 50.0;
/// What the labels of the axis take.
const AXIS: f64 = 44.0;
const WIDEST_BAR: f64 = 22.0;
/// Own sentences on either side that the running mean takes in.
const REACH: usize = 3;
/// How strongly an unsure tag is drawn.
const UNSURE: f64 = 0.4;

/// Every sentence of the articles in order, as an SVG file: a bar as long as its tag is likely, and
/// the running mean of the leanings of the author's own sentences.
///
/// # Errors
/// If the codebook has no label set with a negative and a positive end, or there are more articles
/// than a picture can show (24).
pub fn timeline(reports: &[ArticleReport<'_>], codebook: &Codebook) -> Result<String> {
    let Some((index, set)) = leading(codebook).filter(|(_, set)| set.is_polar()) else {
        let what = "there is no timeline of labels without a negative and a positive end";
        return Err(
            Error::usage(what).remedy("give the labels a polarity in a codebook, and train again")
        );
    };
    if reports.len() > MOST {
        let what = format!(
            "{} do not fit a picture, which takes {MOST}",
            count(reports.len(), "article")
        );
        return Err(Error::usage(what)
            .remedy("name fewer, or compare them: stance compare --by article --chart FILE"));
    }
    let timeline = Timeline {
        index,
        set,
        own: own_voice(&codebook.sets),
    };
    let name = format!("{}, sentence by sentence", set.name);
    let mut drawing = Drawing::new(&name, &timeline.description(reports));
    let below = "a bar a sentence, as long as its tag is likely; the line is the running mean of seven in the author’s own voice";
    drawing.heading(&name, below);
    timeline.legend(&mut drawing);
    for (place, report) in reports.iter().enumerate() {
        timeline.panel(&mut drawing, report, TOP + PANEL * place as f64);
    }
    Ok(drawing.finish(TOP + PANEL * reports.len() as f64))
}

/// The question that the panels answer.
struct Timeline<'c> {
    index: usize,
    set: &'c LabelSet,
    own: Option<OwnVoice>,
}

impl Timeline<'_> {
    /// How likely the tag is, in the direction of its label; 0 for what is neither.
    fn length(&self, tag: &Tag) -> f64 {
        let end = self.set.polarities().get(tag.label).copied().unwrap_or(0);
        let probability = tag.probabilities.get(tag.label).copied().unwrap_or(0.0);
        within(probability * f64::from(end))
    }

    fn description(&self, reports: &[ArticleReport<'_>]) -> String {
        let article = |report: &ArticleReport<'_>| {
            let article = &report.tagged.article;
            let sentences = count(report.tagged.sentences.len(), "sentence");
            format!("{}, {sentences}, {}.", title(article), net(report))
        };
        reports.iter().map(article).collect::<Vec<_>>().join(" ")
    }

    fn legend(&self, drawing: &mut Drawing) {
        let entry = |label, own, opacity, name: String| {
            let swatch = self.bar(label, own, opacity, (0.0, 82.0), (13.0, 13.0));
            (swatch, name)
        };
        let labels = 0..self.set.labels.len();
        let mut entries: Vec<_> = labels
            .map(|label| entry(label, true, 1.0, look::name(self.set, label)))
            .collect();
        let last = self.set.labels.len() - 1;
        let hollow = || entry(last, false, 1.0, "hollow: somebody else’s words".into());
        entries.extend(self.own.map(|_| hollow()));
        entries.push(entry(last, true, UNSURE, "pale: unsure".into()));
        drawing.legend(entries);
    }

    fn bar(
        &self,
        label: usize,
        own: bool,
        opacity: f64,
        at: (f64, f64),
        size: (f64, f64),
    ) -> Rectangle {
        let colour = look::colour(self.set, label).to_owned();
        let fill = if own {
            colour.clone()
        } else {
            PAPER.to_owned()
        };
        Rectangle {
            x: at.0,
            y: at.1,
            width: size.0,
            height: size.1,
            fill,
            stroke: colour,
            opacity,
        }
    }

    fn panel(&self, drawing: &mut Drawing, report: &ArticleReport<'_>, y: f64) {
        let article = &report.tagged.article;
        let figure = net(report);
        let taken = text::width(&figure, NORMAL) + 24.0;
        let line = |x, dy, size, fill, anchor, text| Text {
            x,
            y: y + dy,
            size,
            fill,
            anchor,
            text,
        };
        drawing.text(
            line(
                MARGIN,
                16.0,
                NORMAL + 1.0,
                INK,
                Anchor::Start,
                title(article).to_owned(),
            ),
            WIDTH - 2.0 * MARGIN - taken,
        );
        drawing.text(
            line(WIDTH - MARGIN, 16.0, NORMAL, INK, Anchor::End, figure),
            WIDTH / 2.0,
        );
        drawing.text(
            line(
                MARGIN,
                33.0,
                SMALL,
                SOFT,
                Anchor::Start,
                byline(article)[..2].join(" · "),
            ),
            WIDTH - 2.0 * MARGIN,
        );
        let plot = Plot {
            left: MARGIN + AXIS,
            width: WIDTH - 2.0 * MARGIN - AXIS,
            middle: y + HEAD + PLOT / 2.0,
            sentences: report.tagged.sentences.len(),
        };
        plot.axes(drawing);
        if plot.sentences == 0 {
            let nothing = line(
                WIDTH / 2.0,
                HEAD + PLOT / 2.0 - 8.0,
                SMALL,
                SOFT,
                Anchor::Middle,
                "no sentence of prose".into(),
            );
            return drawing.text(nothing, WIDTH / 2.0);
        }
        self.sentences(drawing, report, &plot);
    }

    fn sentences(&self, drawing: &mut Drawing, report: &ArticleReport<'_>, plot: &Plot) {
        let mut own = Vec::new();
        let breadth = (plot.step() * 0.78).min(WIDEST_BAR);
        for (place, sentence) in report.tagged.sentences.iter().enumerate() {
            let Some(tag) = sentence.tags.get(self.index) else {
                continue;
            };
            let (value, is_own) = (self.length(tag), sentence.is_own(self.own));
            let (x, end) = (plot.x(place), plot.y(value));
            // What is near 0 keeps a sliver, or it would look like a gap.
            let height = (end - plot.middle).abs().max(2.0);
            let top = if value < 0.0 {
                plot.middle
            } else {
                plot.middle - height
            };
            let opacity = if tag.unsure { UNSURE } else { 1.0 };
            drawing.rectangle(self.bar(
                tag.label,
                is_own,
                opacity,
                (x - breadth / 2.0, top),
                (breadth, height),
            ));
            if is_own {
                own.push((x, leaning(tag, self.set)));
            }
        }
        drawing.path(&plot.running_mean(&own));
    }
}

/// What can be drawn of a figure: from −1 to 1, and 0 for what is no number.
fn within(figure: f64) -> f64 {
    if figure.is_finite() {
        figure.clamp(-1.0, 1.0)
    } else {
        0.0
    }
}

/// The area of a panel where the sentences stand.
struct Plot {
    left: f64,
    width: f64,
    middle: f64,
    sentences: usize,
}

impl Plot {
    fn step(&self) -> f64 {
        self.width / self.sentences.max(1) as f64
    }

    fn x(&self, place: usize) -> f64 {
        self.left + self.step() * (place as f64 + 0.5)
    }

    fn y(&self, value: f64) -> f64 {
        self.middle - value * PLOT / 2.0
    }

    fn axes(&self, drawing: &mut Drawing) {
        for (value, name) in [(1.0, "+1"), (0.0, "0"), (-1.0, "−1")] {
            let y = self.y(value);
            let stroke = if value == 0.0 { SOFT } else { RULE };
            drawing.line(Line {
                from: (self.left, y),
                to: (self.left + self.width, y),
                stroke,
                width: 1.0,
            });
            let name = Text {
                x: self.left - 10.0,
                y: y + 4.0,
                size: SMALL,
                fill: SOFT,
                anchor: Anchor::End,
                text: name.into(),
            };
            drawing.text(name, AXIS);
        }
        for place in self.ticks() {
            let x = self.x(place);
            let name = if place == 0 {
                "sentence 1".to_owned()
            } else {
                (place + 1).to_string()
            };
            let y = self.y(-1.0) + 17.0;
            drawing.text(
                Text {
                    x,
                    y,
                    size: SMALL,
                    fill: SOFT,
                    anchor: Anchor::Middle,
                    text: name,
                },
                90.0,
            );
        }
    }

    /// The first sentence, and round numbers far enough apart to be read.
    fn ticks(&self) -> impl Iterator<Item = usize> {
        let round = [5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 10_000, 100_000];
        let fits = |&step: &usize| self.step() * step as f64 >= 80.0;
        let step = round.into_iter().find(fits).unwrap_or(1_000_000);
        let first = usize::from(self.sentences > 0);
        (0..first).chain(
            (step..=self.sentences)
                .step_by(step)
                .map(|number| number - 1),
        )
    }

    /// The mean of each point and those beside it.
    fn running_mean(&self, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mean = |(place, &(x, _)): (usize, &(f64, f64))| {
            let near = &points[place.saturating_sub(REACH)..(place + REACH + 1).min(points.len())];
            let sum: f64 = near.iter().map(|(_, value)| value).sum();
            (x, self.y(sum / near.len() as f64))
        };
        points.iter().enumerate().map(mean).collect()
    }
}

/// `net −0.41 (−0.92 to +0.07)`, in the author's own voice where that is known.
fn net(report: &ArticleReport<'_>) -> String {
    let net = report.own.or(report.all).and_then(|known| known.net);
    net.filter(|net| net.corrected.is_some()).map_or_else(
        || "net unknown".to_owned(),
        |net| format!("net {}", corrected(&net, signed)),
    )
}
