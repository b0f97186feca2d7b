//! Text in Markdown: what would be markup is escaped.

use super::wrap::visible;

/// Text for a heading, a table cell or the middle of a line. It never begins a line, so only what
/// has a meaning inside a line is escaped; the angle brackets become entities, because renderers
/// that know raw HTML but not backslashes exist.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A heading; 1 is the highest level.
pub(super) fn heading(level: usize, text: &str) -> String {
    format!("{} {}\n", "#".repeat(level), escape(text))
}
