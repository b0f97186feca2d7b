//! Plain text to an article.

use super::unit::{End, Line, Unit, lines, starts_item, starts_lower};
use super::{Article, Block, BlockKind, Span, layout, name, wrapped};

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
        authors: layout
            .authors
            .iter()
            .map(|name| name::in_small_letters(name))
            .collect(),
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
    for (index, line) in lines.iter().enumerate() {
        group = match group {
            Some((first, span)) if goes_on(text, span, &lines[index..]) => {
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

/// Whether a unit that ends at `above` goes on in the first line of `below`.
fn goes_on(text: &str, above: Span, below: &[Line]) -> bool {
    let content = |line: &Line| line.span.of(text);
    let continues = |line: &Line| {
        let rest = content(line);
        line.gap == 0
            && ((starts_lower(rest) && !starts_item(rest))
                || rest.starts_with([',', '.', ';', ')', '’']))
    };
    let is_link = |line: &Line| line.gap == 0 && content(line).split_whitespace().nth(8).is_none();
    let a = above.of(text);
    let long = a.len() >= 40 && a.split_whitespace().nth(5).is_some();
    let open = long && End::of(a).is_open();
    match below {
        [next, ..] if open && continues(next) => true,
        // A short line in the middle of a sentence was the text of a link.
        [link, next, ..] => open && is_link(link) && continues(next),
        _ => false,
    }
}
