//! A bar, an interval and the figures of one row, as the page draws them.

use super::super::html::{Segment, Tagged, Whisker, diverging, stacked};
use super::super::look;
use super::super::number::{corrected, count, known, percent, signed, span};
use super::super::visible;
use super::{amount, best, drawn, net};
use crate::codebook::LabelSet;
use crate::compare::Row;
use crate::prevalence::{Prevalence, Share};

/// A stacked bar and an interval on the axis of the page.
pub(super) struct Bar {
    pub(super) segments: Vec<Segment>,
    pub(super) whisker: Option<Whisker>,
    /// Both in words.
    pub(super) words: String,
}

impl Bar {
    pub(super) fn new(prevalence: &Prevalence, set: &LabelSet) -> Self {
        let shares = drawn(prevalence);
        let segments = match set.is_polar() {
            true => diverging((0, set), &shares),
            false => stacked((0, set), &shares, 0.0, 100.0),
        };
        let known_net = prevalence.net.as_ref();
        Self {
            segments,
            whisker: known_net.and_then(|net| Whisker::new(best(net), net.low, net.high)),
            words: visible(&words(prevalence, set)),
        }
    }
}

/// `sceptical 26%, neutral 28%, optimistic 46%; net +0.19 (−0.30 to +0.81)`.
fn words(prevalence: &Prevalence, set: &LabelSet) -> String {
    let shares = set.names().zip(&prevalence.shares);
    let shares = shares.map(|(name, share)| format!("{name} {}", known(best(share), percent)));
    let shares = shares.collect::<Vec<_>>().join(", ");
    format!("{shares}; {}", net(prevalence))
}

/// The net as a page prints it: the figure, and below it the interval.
pub(super) struct Net {
    pub(super) value: String,
    pub(super) span: String,
    /// For sorting; empty where unknown.
    pub(super) order: String,
}

impl Net {
    pub(super) fn new(prevalence: &Prevalence) -> Self {
        let net = prevalence.net.as_ref();
        let value = net.and_then(best).filter(|value| value.is_finite());
        let span = net.and_then(|net| span(net.low, net.high, signed));
        Self {
            value: known(value, signed),
            span: match value {
                Some(_) => span.unwrap_or_else(|| "interval unknown".to_owned()),
                None => String::new(),
            },
            order: value.map_or_else(String::new, |value| value.to_string()),
        }
    }
}

/// A row of a list: a name, a bar, figures.
pub(super) struct RowView {
    pub(super) name: String,
    pub(super) amount: String,
    pub(super) counted: usize,
    pub(super) bar: Bar,
    pub(super) net: Net,
    /// Each label with its share and interval.
    pub(super) shares: Vec<(Tagged, String)>,
}

impl RowView {
    /// A quoted person: what the tags say counts for more than how much was read.
    pub(super) fn quoted(row: &Row, set: &LabelSet) -> Self {
        Self {
            amount: visible(&tally(row, set)),
            ..Self::new(row, set)
        }
    }

    pub(super) fn new(row: &Row, set: &LabelSet) -> Self {
        let shares = row.prevalence.shares.iter().enumerate();
        Self {
            name: visible(&row.name),
            amount: amount(row),
            counted: row.prevalence.counted,
            bar: Bar::new(&row.prevalence, set),
            net: Net::new(&row.prevalence),
            shares: shares
                .map(|(at, share)| (Tagged::new((0, set), at), figure(share)))
                .collect(),
        }
    }
}

/// `2 articles: ▼ 1 · • 0 · ▲ 2`, as tagged.
fn tally(row: &Row, set: &LabelSet) -> String {
    let shares = row.prevalence.shares.iter().enumerate();
    let counts = shares.map(|(label, share)| {
        let counted = share.raw.unwrap_or(0.0) * row.prevalence.counted as f64;
        format!("{} {counted:.0}", look::mark(set, label))
    });
    let counts = counts.collect::<Vec<_>>().join(" · ");
    format!("{}: {counts}", count(row.articles, "article"))
}

fn figure(share: &Share) -> String {
    match share.corrected {
        Some(_) => corrected(share, percent),
        None => known(share.raw, percent),
    }
}
