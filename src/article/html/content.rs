//! The blocks of the article that was found in a page.

use dom_smoothie::Readability;

use super::super::{Block, BlockKind, Span, byline, date};

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

/// What stands for a `<br>`: a line separator, which nothing else in a page is.
const LINE_BREAK: char = '\u{2028}';

/// Puts a text in front of every `<br>` of a page that is not parsed yet: `Readability::parse`
/// takes many of them away, and glues the words beside them together.
pub(super) fn keep_line_breaks(page: &Readability) {
    for node in page.doc.select("br").nodes() {
        node.insert_before(&node.tree.new_text(LINE_BREAK.to_string()));
    }
}

/// The text of an article and its blocks, each of the kind that its elements say.
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
            if !node.is_text() {
                continue;
            }
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
            let within = |wanted| names().any(|name| name == wanted);
            let text = node.text();
            if !(within("sup") && is_note_mark(&text)) {
                open.add(&text, within("time"));
            }
        }
        content.push(&open, title);
        content
    }

    /// Adds a block, or several where it has blank lines or a line that stands by itself.
    fn push(&mut self, open: &OpenBlock, title: Option<&str>) {
        let mut part = String::new();
        for line in open.text.split('\n').map(folded) {
            if line.is_empty() || is_line_of_head(&line) {
                self.push_part(&mut part, open, title);
            }
            part.push_str(if part.is_empty() { "" } else { "\n" });
            part.push_str(&line);
            if is_line_of_head(&line) {
                self.push_part(&mut part, open, title);
            }
        }
        self.push_part(&mut part, open, title);
    }

    /// Adds `part` as a block and empties it; nothing if it is empty.
    fn push_part(&mut self, part: &mut String, open: &OpenBlock, title: Option<&str>) {
        if part.is_empty() {
            return;
        }
        let kind = open.kind_of(part, title);
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(&std::mem::take(part));
        let span = Span::new(start, self.text.len());
        self.blocks.push(Block { kind, span });
    }
}

/// Whether a text in `<sup>` is the mark of a note: `1`, `[2]`, `*`.
fn is_note_mark(text: &str) -> bool {
    !text.contains(char::is_alphabetic)
}

/// A byline or a date, which old pages part from the article by a single `<br>`.
fn is_line_of_head(line: &str) -> bool {
    byline::of_line(line, false).is_some() || date::is_dateline(line)
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
            self.text.push_str(&text.replace(LINE_BREAK, "\n"));
        } else {
            self.text.extend(text.chars().map(|c| match c {
                LINE_BREAK => '\n',
                c if c.is_whitespace() => ' ',
                c => c,
            }));
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
