//! The blocks of the article that was found in a page.

use dom_smoothie::Readability;

use super::super::{Block, BlockKind, Span};

/// Elements that begin a block of text.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The text of an article and its blocks.
#[derive(Default)]
pub(super) struct Content {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
}

impl Content {
    /// The content that `page` was reduced to by `Readability::parse`.
    ///
    /// A text belongs to the innermost block element around it; blocks are parted by a blank line.
    pub(super) fn of(page: &Readability, title: Option<&str>) -> Self {
        let mut content = Self::default();
        let mut open = OpenBlock::default();
        let mut owner = None;
        // The element that `dom_smoothie` leaves the article in.
        let selection = page.doc.select("#readability-page-1");
        let root = selection.nodes().iter().take(1);
        for node in root.flat_map(|root| root.descendants_it()) {
            if node.has_name("br") {
                open.text.push('\n');
            } else if node.is_text() {
                let elements: Vec<_> = node
                    .ancestors_it(None)
                    .filter_map(|element| Some((element.id, element.node_name()?)))
                    .collect();
                let names = || elements.iter().map(|(_, name)| name.as_ref());
                let block = names().position(|name| BLOCKS.contains(&name));
                let block = block
                    .and_then(|place| elements.get(place))
                    .map(|(id, _)| *id);
                if block != owner {
                    owner = block;
                    content.push(
                        &std::mem::replace(&mut open, OpenBlock::within(names())),
                        title,
                    );
                }
                let in_time = names().any(|name| name == "time");
                open.add(&node.text(), in_time);
            }
        }
        content.push(&open, title);
        content
    }

    /// How many characters the blocks of a kind have together.
    pub(super) fn characters_of(&self, kind: BlockKind) -> usize {
        let blocks = self.blocks.iter().filter(|block| block.kind == kind);
        blocks
            .map(|block| block.span.of(&self.text).chars().count())
            .sum()
    }

    /// Adds a block, or several where it has blank lines.
    fn push(&mut self, open: &OpenBlock, title: Option<&str>) {
        let mut part = String::new();
        for line in open.text.split('\n').chain([""]) {
            let line = folded(line);
            if !line.is_empty() {
                part.push_str(if part.is_empty() { "" } else { "\n" });
                part.push_str(&line);
            } else if !part.is_empty() {
                let kind = open.kind_of(&part, title);
                if !self.text.is_empty() {
                    self.text.push_str("\n\n");
                }
                let start = self.text.len();
                self.text.push_str(&std::mem::take(&mut part));
                let span = Span::new(start, self.text.len());
                self.blocks.push(Block { kind, span });
            }
        }
    }
}

/// A block whose end has not been reached.
struct OpenBlock {
    text: String,
    kind: BlockKind,
    /// In a cell of a table, which may hold prose or figures.
    in_table: bool,
    /// Its line breaks are the author's.
    preformatted: bool,
    /// All of it lies in `<time>`.
    only_time: bool,
}

impl Default for OpenBlock {
    fn default() -> Self {
        Self::within(std::iter::empty())
    }
}

impl OpenBlock {
    /// A block within the elements of these names.
    fn within<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut block = Self {
            text: String::new(),
            kind: BlockKind::Paragraph,
            in_table: false,
            preformatted: false,
            only_time: true,
        };
        for name in names {
            match name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => block.kind = BlockKind::Heading,
                "figure" | "figcaption" | "caption" => block.kind = BlockKind::Caption,
                "aside" | "nav" | "footer" | "form" | "button" => {
                    block.kind = BlockKind::Boilerplate
                }
                "td" | "th" => block.in_table = true,
                "pre" => block.preformatted = true,
                _ => {}
            }
        }
        block
    }

    fn add(&mut self, text: &str, in_time: bool) {
        self.only_time &= in_time || text.trim().is_empty();
        if self.preformatted {
            self.text.push_str(text);
        } else {
            self.text.extend(
                text.chars()
                    .map(|c| if c.is_whitespace() { ' ' } else { c }),
            );
        }
    }

    fn kind_of(&self, text: &str, title: Option<&str>) -> BlockKind {
        match self.kind {
            BlockKind::Heading if title.is_some_and(|title| folded(title) == text) => {
                BlockKind::Title
            }
            BlockKind::Paragraph if self.in_table && !text.contains(['.', '!', '?']) => {
                BlockKind::Boilerplate
            }
            BlockKind::Paragraph if self.only_time => BlockKind::Dateline,
            kind => kind,
        }
    }
}

/// The text with single spaces, and without the marks that only say where a word may be broken.
fn folded(text: &str) -> String {
    let text = text.replace(['\u{ad}', '\u{200b}', '\u{feff}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
