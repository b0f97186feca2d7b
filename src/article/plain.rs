//! Plain text to an article.

use super::unit::{End, Line, Unit, lines, starts_item, starts_lower};
use super::{Article, Block, BlockKind, Span, layout, wrapped};

/// Reads plain text: scraped pages, bare paragraphs, or text with hard line breaks, told apart by
/// what the lines look like.
///
/// ```
/// use stance::article::{BlockKind, from_text};
/// let text = "Talks resume\n\nBy Jane Doe\n\nThe talks resumed on Monday. Nobody hopes for much.\n";
/// let article = from_text("talks.txt", text.to_string());
/// assert_eq!(article.title.as_deref(), Some("Talks resume"));
/// assert_eq!(article.authors, ["Jane Doe"]);
/// assert_eq!(article.blocks[2].kind, BlockKind::Paragraph);
/// ```
#[must_use]
pub fn from_text(source: &str, mut text: String) -> Article {
    let lines = lines(&text);
    let units = if wrapped::is_wrapped(&text, &lines) {
        wrapped::units(&mut text, &lines)
    } else {
        units(&text, &lines)
    };
    article(source, text, &units, true)
}

/// Sorts the units of a text into an article; `plain` where headings are not marked.
pub(super) fn article(source: &str, text: String, units: &[Unit], plain: bool) -> Article {
    let layout = layout::sort(units, plain);
    let kinds = layout
        .kinds
        .iter()
        .map(|kind| kind.unwrap_or(BlockKind::Paragraph));
    Article {
        source: source.to_string(),
        title: layout.title,
        authors: layout.authors,
        date: layout.date,
        blocks: kinds
            .zip(units)
            .map(|(kind, unit)| Block {
                kind,
                span: unit.span,
            })
            .collect(),
        text,
        ..Article::default()
    }
}

/// One unit per line; a line that breaks off before a small letter goes on in the next, as a
/// link taken out of its sentence leaves it.
fn units(text: &str, lines: &[Line]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(lines.len());
    let mut group: Option<(Line, Span)> = None;
    for line in lines {
        group = match group {
            Some((first, span)) if goes_on(text, span, *line) => {
                Some((first, Span::new(span.start, line.span.end)))
            }
            _ => {
                units.extend(group.map(|(first, span)| Unit::new(text, span, first.gap)));
                Some((*line, line.span))
            }
        };
    }
    units.extend(group.map(|(first, span)| Unit::new(text, span, first.gap)));
    units
}

fn goes_on(text: &str, above: Span, below: Line) -> bool {
    let (a, b) = (above.of(text), below.span.of(text));
    // The end is enough to judge a long unit by.
    let long = a.len() >= 40 && a.split_whitespace().nth(5).is_some();
    below.gap == 0
        && long
        && matches!(End::of(a), End::Open | End::Dangling)
        && starts_lower(b)
        && !starts_item(b)
}
