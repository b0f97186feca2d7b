//! From results to bytes: pure functions that write a terminal table, Markdown, HTML, JSON or CSV.
//!
//! `report` has never heard of files, clocks or terminals: the same results give the same bytes.
//! Whatever comes from an article is made harmless for the format it goes into ([`visible`] and the
//! escapes of each format); JSON and JSONL alone keep a text as it stands.
//!
//! ```
//! use stance::article::{Article, Span};
//! use stance::codebook::Codebook;
//! use stance::report::article::{ArticleReport, table};
//! use stance::report::Style;
//! use stance::tagger::{Tag, TaggedArticle, TaggedSentence};
//!
//! let tag = |label| Tag { label, probabilities: vec![0.1, 0.1, 0.8], unsure: false };
//! let text = "A deal is close.".to_owned();
//! let tagged = TaggedArticle {
//!     article: Article { source: "close.txt".into(), text: text.clone(), ..Article::default() },
//!     sentences: vec![TaggedSentence {
//!         paragraph: 1,
//!         number: 1,
//!         span: Span::new(0, text.len()),
//!         text,
//!         tags: vec![tag(2), tag(0), tag(0)],
//!         holder: None,
//!     }],
//! };
//! let report = ArticleReport::new(&tagged);
//! let printed = table(&[report], &Codebook::shipped(), Style { width: 80, colour: false });
//! assert!(printed.contains("▲ optimistic"));
//! ```

pub mod agreement;
pub mod article;
mod bar;
pub mod card;
pub mod chart;
pub mod check;
pub mod comparison;
pub mod evaluation;
pub mod explanation;
mod grid;
mod html;
pub mod inspect;
pub(crate) mod look;
mod markdown;
pub mod method;
mod number;
mod object;
mod section;
mod spreadsheet;
pub mod tags;
mod wrap;

pub use wrap::visible;

/// The narrowest terminal that is laid out for.
const NARROWEST: usize = 40;

/// What the reader's terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns; no line is longer. Fewer than 40 count as 40.
    pub width: usize,
    /// Whether to paint with ANSI escapes.
    pub colour: bool,
}

impl Style {
    fn columns(self) -> usize {
        self.width.max(NARROWEST)
    }

    fn paint(self, style: anstyle::Style, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// A text folded into painted lines, each ended by a line feed.
    fn lines(self, text: &str, paint: anstyle::Style, indent: usize) -> String {
        let margin = " ".repeat(indent);
        wrap::wrap(&visible(text), self.columns() - indent)
            .iter()
            .map(|line| format!("{margin}{}\n", self.paint(paint, line)))
            .collect()
    }
}

const PLAIN: anstyle::Style = anstyle::Style::new();
const BOLD: anstyle::Style = anstyle::Style::new().bold();
const DIM: anstyle::Style = anstyle::Style::new().dimmed();
