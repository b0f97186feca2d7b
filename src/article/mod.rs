//! From a file to an article: its title, its authors, its date, and which of its bytes are prose.
//!
//! An article keeps the whole text it was read from and describes it by blocks, so that every
//! later position (a paragraph, a sentence) is a byte span of that one text.

mod biography;
mod body;
pub mod byline;
mod caption;
pub mod date;
mod decode;
mod front_matter;
mod furniture;
mod head;
mod layout;
mod markdown;
mod name;
pub mod person;
mod phrases;
mod plain;
mod tail;
mod thread;
mod unit;
mod wrapped;

pub mod html;
pub mod pdf;
pub mod source;
pub mod table;

pub use decode::decode;
pub use markdown::from_markdown;
pub use plain::from_text;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A byte range of a text. `std::ops::Range` is not `Copy`, and spans are copied everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes `start..end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The part of `text` it covers.
    ///
    /// # Panics
    /// If the span was not made for `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The same span in a text where ours starts at `offset`.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start + offset, self.end + offset)
    }
}

/// What a stretch of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The line under the headline that sums the article up.
    Deck,
    /// "By Jane Doe".
    Byline,
    /// The line of the date.
    Dateline,
    /// A heading between paragraphs.
    Heading,
    /// Running prose: the only kind that is tagged.
    Paragraph,
    /// A photo caption or credit.
    Caption,
    /// A line about an author.
    Biography,
    /// A reader's comment.
    Comment,
    /// What the site adds: navigation, share buttons, copyright, related articles.
    Boilerplate,
}

/// A stretch of an article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in [`Article::text`].
    pub span: Span,
}

/// An article as read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// What it was read from, as the user named it (for a table: `file.csv:17`, its line).
    pub source: String,
    /// The headline, where there is one.
    pub title: Option<String>,
    /// The authors, as printed but without titles, in order; empty where none is named.
    pub authors: Vec<String>,
    /// The date of publication.
    pub date: Option<jiff::civil::Date>,
    /// The text the spans refer to: the file's own for plain text and Markdown (a byte order mark
    /// included, so that offsets are offsets in the file), the extracted one for HTML and PDF,
    /// the field's for tables. What interrupts a paragraph without being prose (a page number
    /// between two lines, the markup of Markdown) is blanked: replaced by as many spaces as it
    /// had bytes.
    pub text: String,
    /// What stands where, in order, without overlap; only white space and a byte order mark
    /// lie outside all blocks.
    pub blocks: Vec<Block>,
    /// Whatever else the source says of the article (further columns of a table, front matter).
    pub fields: BTreeMap<String, String>,
}

impl Article {
    /// The paragraphs: the spans that are tagged.
    pub fn paragraphs(&self) -> impl Iterator<Item = Span> {
        self.blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Paragraph)
            .map(|block| block.span)
    }

    /// What to call the article in a list: the file's name without folders and ending.
    #[must_use]
    pub fn name(&self) -> &str {
        let file = self
            .source
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or(&self.source);
        match file.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && !ending.contains(':') => stem,
            _ => file,
        }
    }
}
