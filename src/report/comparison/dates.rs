//! Every article at its date, as the page draws it.

use super::super::article::title;
use super::super::html::Whisker;
use super::super::look::PALETTE;
use super::super::number::count;
use super::super::visible;
use super::bars::Net;
use super::best;
use crate::compare::{Closeup, Piece};
use jiff::civil::Date;

/// Rows up to which each has a mark and a colour of its own.
const MARKS: usize = 6;
/// Months between two dates of the axis, of which the first that makes few enough is taken.
const STEPS: [i32; 11] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 2400];
const MOST_TICKS: usize = 5;

/// The chart: places in percent of its width and height.
pub(super) struct Dates {
    pub(super) ticks: Vec<(f64, String)>,
    pub(super) marks: Vec<Mark>,
    pub(super) names: Vec<Name>,
    /// Whether the names have marks of their own.
    pub(super) marked: bool,
    /// How many articles are not on it, in words; empty if all are.
    pub(super) missing: String,
}

/// Whose marks are which.
pub(super) struct Name {
    pub(super) name: String,
    /// The number of its mark.
    pub(super) shape: usize,
    pub(super) colour: &'static str,
}

pub(super) struct Mark {
    /// The position of its name.
    pub(super) row: usize,
    pub(super) shape: usize,
    pub(super) colour: &'static str,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) words: String,
}

impl Dates {
    /// Nothing if no article has both a date and a net.
    pub(super) fn new(closeup: &Closeup<'_>) -> Option<Self> {
        let rows = closeup.rows();
        let pieces: Vec<_> = rows
            .map(|(row, portrait)| (&row.name, &portrait.pieces))
            .collect();
        let known =
            |piece: &&Piece<'_>| piece.tagged.article.date.is_some() && net(piece).is_some();
        let dated = || {
            pieces
                .iter()
                .flat_map(|(_, pieces)| pieces.iter())
                .filter(known)
        };
        let dates = dated().filter_map(|piece| piece.tagged.article.date);
        let axis = Axis {
            first: dates.clone().min()?,
            last: dates.max()?,
        };
        let with: Vec<_> = pieces
            .iter()
            .filter(|(_, pieces)| pieces.iter().any(|p| known(&p)))
            .collect();
        let marked = with.len() <= MARKS;
        let look = |row: usize| {
            if marked {
                (row, PALETTE[row])
            } else {
                (0, PALETTE[0])
            }
        };
        let name = |(row, (name, _)): (usize, &&(&String, _))| {
            let (shape, colour) = look(row);
            Name {
                name: visible(name),
                shape,
                colour,
            }
        };
        let marks = with.iter().enumerate().flat_map(|(row, (name, pieces))| {
            let axis = &axis;
            pieces
                .iter()
                .filter_map(move |piece| axis.mark(name, piece, row, look(row)))
        });
        let all: usize = pieces.iter().map(|(_, pieces)| pieces.len()).sum();
        Some(Self {
            ticks: axis.ticks(),
            marks: marks.collect(),
            names: with.iter().enumerate().map(name).collect(),
            marked,
            missing: missing(all - dated().count()),
        })
    }
}

fn missing(articles: usize) -> String {
    match articles {
        0 => String::new(),
        1 => "One article without a date or a net is not shown.".to_owned(),
        some => format!(
            "{} without a date or a net are not shown.",
            count(some, "article")
        ),
    }
}

fn net(piece: &Piece<'_>) -> Option<Whisker> {
    let net = piece.prevalence.net.as_ref()?;
    Whisker::new(best(net), net.low, net.high)
}

/// From the first date to the last.
struct Axis {
    first: Date,
    last: Date,
}

impl Axis {
    /// Where a date stands; a little is left free on both sides.
    fn x(&self, date: Date) -> f64 {
        let days = |from: Date, to: Date| f64::from((to - from).get_days());
        match days(self.first, self.last) {
            0.0 => 50.0,
            all => 3.0 + 94.0 * days(self.first, date) / all,
        }
    }

    fn mark(
        &self,
        name: &str,
        piece: &Piece<'_>,
        row: usize,
        (shape, colour): (usize, &'static str),
    ) -> Option<Mark> {
        let (net, date) = (net(piece)?, piece.tagged.article.date?);
        let figure = Net::new(&piece.prevalence);
        let title = title(&piece.tagged.article);
        let words = format!(
            "{name}, {date}: {title}. Net {} ({})",
            figure.value, figure.span
        );
        // The whisker's axis runs to the right, this one up.
        let up = |place: f64| 100.0 - place;
        Some(Mark {
            row,
            shape,
            colour,
            x: self.x(date),
            y: up(net.value),
            low: up(net.low),
            high: up(net.low + net.width),
            words: visible(&words),
        })
    }

    /// Firsts of months or years; the first and the last date where there are none.
    fn ticks(&self) -> Vec<(f64, String)> {
        let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        let (from, to) = (
            months(self.first) + i32::from(self.first.day() > 1),
            months(self.last),
        );
        let starts = |step: i32| (from..=to).filter(move |month| month.rem_euclid(step) == 0);
        let step = STEPS
            .into_iter()
            .find(|&step| starts(step).count() <= MOST_TICKS);
        let tick = |month: i32| {
            let year = i16::try_from(month.div_euclid(12)).ok()?;
            let date = Date::new(year, month.rem_euclid(12) as i8 + 1, 1).ok()?;
            let name = if date.month() == 1 { "%Y" } else { "%b %Y" };
            Some((self.x(date), date.strftime(name).to_string()))
        };
        let found: Vec<_> = step.into_iter().flat_map(starts).filter_map(tick).collect();
        match found.as_slice() {
            [] | [_] if self.first == self.last => vec![(50.0, self.first.to_string())],
            [] | [_] => [self.first, self.last]
                .map(|date| (self.x(date), date.to_string()))
                .to_vec(),
            _ => found,
        }
    }
}
