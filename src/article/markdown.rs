//! Markdown, perhaps with front matter, to an article.
//!
//! The text keeps its length and its prose keeps its place: markup is overwritten with spaces.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::head::same;
use super::unit::Unit;
use super::{Article, BlockKind, Span, byline, date, front_matter, plain};

/// Reads Markdown. Paragraphs, items of lists and block quotes are prose; headings, code, tables,
/// pictures and footnotes are not. Front matter gives `title`, `author` or `authors` (one, or a
/// list), `date`; its other fields are kept.
///
/// ```
/// use stance::article::from_markdown;
/// let text = "---\ntitle: Talks\nauthor: Jane Doe\n---\n\nThey **met**, [briefly](http://x.example).\n";
/// let article = from_markdown("talks.md", text.to_string());
/// let prose = article.paragraphs().next().unwrap().of(&article.text);
/// assert_eq!(prose.split_whitespace().collect::<Vec<_>>().join(" "), "They met, briefly.");
/// ```
#[must_use]
pub fn from_markdown(source: &str, text: String) -> Article {
    let (fields, start) = front_matter::read(&text).unwrap_or_default();
    let (text, units) = Prose::of(&text, start);
    let mut article = plain::article(source, text, &units, false);
    for (name, values) in fields {
        match name.to_lowercase().as_str() {
            "title" => retitle(&mut article, values.into_iter().next()),
            "author" | "authors" => {
                article.authors = values
                    .iter()
                    .flat_map(|value| byline::authors(value))
                    .collect()
            }
            "date" => article.date = values.first().and_then(|value| date::parse(value)),
            _ => drop(article.fields.insert(name, values.join("; "))),
        }
    }
    article
}

/// The front matter names the title: a first heading that says something else is none.
fn retitle(article: &mut Article, title: Option<String>) {
    for block in &mut article.blocks {
        let heading = block.span.of(&article.text);
        if block.kind == BlockKind::Title
            && !title.as_deref().is_some_and(|title| same(title, heading))
        {
            block.kind = BlockKind::Heading;
        }
    }
    article.title = title;
}

/// A Markdown text while its markup is overwritten.
struct Prose<'t> {
    source: &'t str,
    /// The text up to where we are, as long as the source up to there.
    text: String,
    /// The blocks found, and what they are where the markup says so.
    blocks: Vec<(Range<usize>, Option<BlockKind>)>,
    /// Whether the next prose belongs to the last block.
    open: bool,
    /// What the block we are in is.
    kind: Option<BlockKind>,
    /// How many tables, code blocks, pictures and the like we are in.
    aside: usize,
}

impl<'t> Prose<'t> {
    /// The text without markup, and its units; `start` is where the front matter ends.
    fn of(source: &'t str, start: usize) -> (String, Vec<Unit>) {
        let mut prose = Prose {
            source,
            text: String::with_capacity(source.len()),
            blocks: Vec::new(),
            open: false,
            kind: None,
            aside: 0,
        };
        prose.keep(0..start);
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        for (event, range) in Parser::new_ext(&source[start..], options).into_offset_iter() {
            prose.take(event, range.start + start..range.end + start);
        }
        prose.pad(source.len());
        let units = prose
            .blocks
            .iter()
            .filter_map(|(range, kind)| unit(&prose.text, range.clone(), *kind))
            .collect();
        (prose.text, units)
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(
                Tag::CodeBlock(_) | Tag::Table(_) | Tag::HtmlBlock | Tag::FootnoteDefinition(_),
            ) => {
                if self.aside == 0 {
                    self.keep(range);
                }
                self.aside += 1;
            }
            Event::Start(Tag::Image { .. }) => self.aside += 1,
            Event::End(
                TagEnd::CodeBlock
                | TagEnd::Table
                | TagEnd::HtmlBlock
                | TagEnd::FootnoteDefinition
                | TagEnd::Image,
            ) => {
                self.aside = self.aside.saturating_sub(1);
            }
            _ if self.aside > 0 => {}
            Event::Start(Tag::Heading { .. }) => self.begin(Some(self.heading())),
            Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::BlockQuote(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_))
            | Event::Rule => self.begin(None),
            Event::Text(content) => self.say(range, &content),
            Event::SoftBreak | Event::HardBreak => self.say(range.end - 1..range.end, " "),
            Event::Code(content) => {
                let ticks = self.source[range.clone()]
                    .chars()
                    .take_while(|c| *c == '`')
                    .count();
                self.say(range.start + ticks..range.end - ticks, &content);
            }
            _ => {}
        }
    }

    /// The next prose is a block of its own.
    fn begin(&mut self, kind: Option<BlockKind>) {
        self.kind = kind;
        self.open = false;
    }

    /// The first heading is the title if it stands above everything else.
    fn heading(&self) -> BlockKind {
        let aside =
            |(_, kind): &(Range<usize>, Option<BlockKind>)| *kind == Some(BlockKind::Boilerplate);
        if self.blocks.iter().all(aside) {
            BlockKind::Title
        } else {
            BlockKind::Heading
        }
    }

    /// A block that is no prose stays as it is.
    fn keep(&mut self, range: Range<usize>) {
        if range.start >= self.text.len() {
            self.pad(range.start);
            self.text.push_str(&self.source[range.clone()]);
            self.blocks.push((range, Some(BlockKind::Boilerplate)));
            self.open = false;
        }
    }

    /// Prose keeps its place. Only inside a word do letters close up over markup (`**b**,` must
    /// not become `b ,`); the next word stands where it stood.
    fn say(&mut self, range: Range<usize>, content: &str) {
        if range.start < self.text.len() && !self.open {
            return;
        }
        // `&amp;` says `&`, which is shorter; nothing may be longer than its source.
        let content = if content.len() <= range.len() {
            content
        } else {
            &self.source[range.clone()]
        };
        let start = range.start.max(self.text.len());
        match self.blocks.last_mut().filter(|_| self.open) {
            Some((block, _)) => block.end = range.end,
            None => self.blocks.push((start..range.end, self.kind)),
        }
        for (offset, c) in content.char_indices() {
            let inside_word =
                self.open && !c.is_whitespace() && !self.text.ends_with(char::is_whitespace);
            if !inside_word {
                self.pad(range.start + offset);
            }
            self.text.push(c);
            self.open = true;
        }
    }

    /// Fills up with spaces to `end`.
    fn pad(&mut self, end: usize) {
        let missing = end.saturating_sub(self.text.len());
        self.text.extend(std::iter::repeat_n(' ', missing));
    }
}

/// The unit of `text` at `range` without the white space around it, if anything is left.
fn unit(text: &str, range: Range<usize>, kind: Option<BlockKind>) -> Option<Unit> {
    let is_white = |c: char| c.is_whitespace() || c == '\u{feff}';
    let content = text[range.clone()].trim_start_matches(is_white);
    let start = range.end - content.len();
    let content = content.trim_end_matches(is_white);
    let mut unit = Unit::new(text, Span::new(start, start + content.len()), 1);
    unit.kind = kind;
    (!content.is_empty()).then_some(unit)
}
