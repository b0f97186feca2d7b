//! The labels of one set, counted: what every format shows of an article's shares.

use super::super::grid::{Align, Cell, Grid};
use super::super::number::{corrected, count, known, percent, signed};
use super::super::{bar, look};
use super::{ArticleReport, is_leading};
use crate::codebook::{Codebook, LabelSet, own_voice};
use crate::prevalence::Share;
use crate::tagger::{Tag, TaggedSentence};

/// Whose sentences are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// The author's own.
    Own,
    /// All, where own voice is shown apart.
    All,
    /// All, where voices are not told apart.
    Any,
}

/// The labels of one set, counted.
pub(super) struct Panel<'c> {
    /// The set's index in the codebook.
    pub(super) index: usize,
    pub(super) set: &'c LabelSet,
    pub(super) voice: Voice,
    pub(super) sentences: usize,
    pub(super) unsure: usize,
    pub(super) counts: Vec<usize>,
    pub(super) shares: Vec<Share>,
    pub(super) net: Option<Share>,
}

impl<'c> Panel<'c> {
    pub(super) fn new(
        report: &ArticleReport<'_>,
        codebook: &'c Codebook,
        (index, set): (usize, &'c LabelSet),
        voice: Voice,
    ) -> Self {
        let own = own_voice(&codebook.sets);
        let counted = |tagged: &&TaggedSentence| voice != Voice::Own || tagged.is_own(own);
        let counted = report.tagged.sentences.iter().filter(counted);
        let tags: Vec<&Tag> = counted
            .filter_map(|tagged| tagged.tags.get(index))
            .collect();
        let count = |label| tags.iter().filter(|tag| tag.label == label).count();
        let counts: Vec<usize> = (0..set.labels.len()).map(count).collect();
        let raw = |&count: &usize| (!tags.is_empty()).then(|| count as f64 / tags.len() as f64);
        let raw: Vec<Option<f64>> = counts.iter().map(raw).collect();
        let corrected = match voice {
            Voice::Own => report.own,
            Voice::All => report.all,
            Voice::Any => report.all.filter(|_| is_leading(index, codebook)),
        };
        let share = |label| corrected.and_then(|known| known.shares.get(label)).copied();
        let shares = raw
            .iter()
            .enumerate()
            .map(|(label, &raw)| counted_as(raw, share(label)));
        let net = corrected.and_then(|known| known.net);
        Self {
            index,
            set,
            voice,
            sentences: tags.len(),
            unsure: tags.iter().filter(|tag| tag.unsure).count(),
            shares: shares.collect(),
            net: set.is_polar().then(|| counted_as(raw_net(set, &raw), net)),
            counts,
        }
    }

    /// `stance, own voice: 30 sentences, 5 unsure`.
    pub(super) fn title(&self) -> String {
        let name = &self.set.name;
        let voice = match self.voice {
            Voice::Own => ", own voice",
            Voice::All => ", all voices",
            Voice::Any => "",
        };
        let unsure = match self.unsure {
            0 => String::new(),
            unsure => format!(", {unsure} unsure"),
        };
        format!(
            "{name}{voice}: {}{unsure}",
            count(self.sentences, "sentence")
        )
    }

    /// A line for each label and the net, with bars as wide as the terminal affords, if any.
    pub(super) fn grid(&self, bars: Option<usize>) -> Grid {
        let mut head = vec![
            ("", Align::Left),
            ("n", Align::Right),
            ("share", Align::Right),
        ];
        if self.is_corrected() {
            head.push(("corrected (95% interval)", Align::Right));
        }
        head.extend(bars.map(|_| ("", Align::Left)));
        let mut grid = Grid::new(head);
        for (label, share) in self.shares.iter().enumerate() {
            let paint = look::paint(self.set, label);
            let name = Cell::new(&look::name(self.set, label), paint);
            let mut row = self.figures(name, &self.counts[label].to_string(), share, percent);
            row.extend(bars.map(|width| {
                let blocks = bar::single(self.set, label, share.raw.unwrap_or(0.0), width);
                Cell::new(&blocks, paint)
            }));
            grid.row(row);
        }
        if let Some(net) = &self.net {
            grid.row(self.figures("net".into(), "", net, signed));
        }
        grid
    }

    fn figures(
        &self,
        name: Cell,
        count: &str,
        share: &Share,
        format: fn(f64) -> String,
    ) -> Vec<Cell> {
        let mut cells = vec![name, count.into(), known(share.raw, format).into()];
        if self.is_corrected() {
            cells.push(corrected(share, format).into());
        }
        cells
    }

    /// Whether any share is more than a count.
    pub(super) fn is_corrected(&self) -> bool {
        self.shares
            .iter()
            .chain(&self.net)
            .any(|share| share.corrected.is_some())
    }
}

/// The share counted here, with what is known of its correction.
fn counted_as(raw: Option<f64>, known: Option<Share>) -> Share {
    const UNCORRECTED: Share = Share {
        raw: None,
        corrected: None,
        low: None,
        high: None,
    };
    Share {
        raw,
        ..known.unwrap_or(UNCORRECTED)
    }
}

fn raw_net(set: &LabelSet, raw: &[Option<f64>]) -> Option<f64> {
    let signed = set.polarities().into_iter().zip(raw);
    signed
        .map(|(polarity, &share)| share.map(|share| f64::from(polarity) * share))
        .sum()
}
