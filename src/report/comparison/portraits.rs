//! One row looked at closely, as the page shows it: its articles, and its strongest claims with the
//! evidence beside them.

use super::super::article::title;
use super::super::html::Tagged;
use super::super::number::percent;
use super::super::visible;
use super::amount;
use super::bars::{Bar, Net};
use crate::codebook::LabelSet;
use crate::compare::{Piece, Portrait, Row, Standpoint};
use crate::tagger::TaggedSentence;

pub(super) struct PortraitView {
    pub(super) name: String,
    pub(super) amount: String,
    pub(super) pieces: Vec<PieceView>,
    /// The positive end and the negative one; none where no claims are told apart.
    pub(super) ends: Vec<EndView>,
}

pub(super) struct PieceView {
    pub(super) title: String,
    pub(super) date: String,
    pub(super) counted: usize,
    pub(super) bar: Bar,
    pub(super) net: Net,
}

/// The claims at one end of the labels.
pub(super) struct EndView {
    pub(super) label: Tagged,
    pub(super) claims: Vec<ClaimView>,
}

pub(super) struct ClaimView {
    pub(super) text: String,
    pub(super) place: String,
    pub(super) strength: String,
    pub(super) evidence: Vec<Evidence>,
}

pub(super) struct Evidence {
    pub(super) text: String,
    pub(super) place: String,
}

impl PortraitView {
    pub(super) fn new(row: &Row, portrait: &Portrait<'_>, set: &LabelSet) -> Self {
        let ends = [(1, &portrait.positive), (-1, &portrait.negative)];
        let ends = ends.into_iter().filter_map(|(polarity, claims)| {
            let mut labels = set.labels.iter();
            let label = labels.position(|label| label.polarity == Some(polarity))?;
            Some(EndView {
                label: Tagged::new((0, set), label),
                claims: claims.iter().map(claim).collect(),
            })
        });
        let silent = portrait.positive.is_empty() && portrait.negative.is_empty();
        Self {
            name: visible(&row.name),
            amount: amount(row),
            pieces: portrait.pieces.iter().map(|one| piece(one, set)).collect(),
            ends: ends.filter(|_| !silent).collect(),
        }
    }
}

fn piece(piece: &Piece<'_>, set: &LabelSet) -> PieceView {
    let article = &piece.tagged.article;
    PieceView {
        title: visible(title(article)),
        date: article
            .date
            .map_or_else(|| "no date".to_owned(), |date| date.to_string()),
        counted: piece.prevalence.counted,
        bar: Bar::new(&piece.prevalence, set),
        net: Net::new(&piece.prevalence),
    }
}

fn claim(standpoint: &Standpoint<'_>) -> ClaimView {
    let evidence = |sentence: &&TaggedSentence| Evidence {
        text: visible(&sentence.text),
        place: match &sentence.holder {
            Some(holder) => visible(&format!("sentence {}, {holder}", sentence.number)),
            None => format!("sentence {}", sentence.number),
        },
    };
    let place = format!(
        "{}, sentence {}",
        title(&standpoint.article.article),
        standpoint.claim.number
    );
    ClaimView {
        text: visible(&standpoint.claim.text),
        place: visible(&place),
        strength: percent(standpoint.strength),
        evidence: standpoint.evidence.iter().map(evidence).collect(),
    }
}
