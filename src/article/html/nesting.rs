//! How deep a page is nested, found before it is parsed.

use memchr::{memchr, memmem};

/// Elements that have no end tag, or whose end tag is commonly left out.
const NOT_COUNTED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements whose content is text, whatever it looks like.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// The depth of the deepest element, roughly: start tags less end tags.
pub(super) fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut at = 0;
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        at += found + 1;
        if bytes[at..].starts_with(b"!--") {
            at += memmem::find(&bytes[at..], b"-->").unwrap_or(bytes.len() - at);
            continue;
        }
        let closes = bytes.get(at) == Some(&b'/');
        at += usize::from(closes);
        let length = bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let name = html[at..at + length].to_ascii_lowercase();
        at += length;
        if name.is_empty() || NOT_COUNTED.contains(&name.as_str()) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
        } else if RAW.contains(&name.as_str()) {
            at += end_of_raw(&bytes[at..], name.as_bytes());
            depth += 1;
        } else {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Where the end tag of a raw element stands; without one it takes in the rest of the page.
fn end_of_raw(rest: &[u8], name: &[u8]) -> usize {
    let closes = |at: &usize| {
        let found = rest.get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    let mut ends = memmem::find_iter(rest, b"</");
    ends.find(closes).unwrap_or(rest.len())
}
