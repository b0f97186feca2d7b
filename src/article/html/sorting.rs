//! The blocks of a page, sorted by the rules of plain text: bylines, dates, biographies, captions
//! and furniture show by their words more often than by their elements.

use super::super::furniture::furniture;
use super::super::unit::Unit;
use super::super::{Article, Block, BlockKind, byline, date, plain, thread};
use super::content::Content;

/// The article that `content` holds. Where a page marks neither paragraphs nor headings, these are
/// told by their looks.
pub(super) fn article(source: &str, content: Content, is_marked_up: bool) -> Article {
    let Content { text, blocks } = content;
    let unit = |block: &Block| Unit {
        kind: (!is_open(block, &text)).then_some(block.kind),
        ..Unit::new(&text, block.span, 1)
    };
    let units: Vec<Unit> = blocks.iter().map(unit).collect();
    let mut article = plain::article(source, text, &units, !is_marked_up);
    for (sorted, marked) in article.blocks.iter_mut().zip(blocks) {
        // What the words leave open, the element decides.
        if sorted.kind == BlockKind::Paragraph {
            sorted.kind = marked.kind;
        }
    }
    article
}

/// Whether the words of a block may make it something else than its element says: a heading may
/// be a byline, or stand above readers' comments.
fn is_open(block: &Block, text: &str) -> bool {
    let line = block.span.of(text);
    match block.kind {
        BlockKind::Paragraph | BlockKind::Dateline => true,
        BlockKind::Heading => {
            byline::of_line(line, false).is_some()
                || date::is_dateline(line)
                || furniture(line).is_some()
                || thread::header(line).is_some()
        }
        _ => false,
    }
}
