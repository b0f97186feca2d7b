//! Text in a terminal: made harmless, measured in columns, and folded into lines.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A text that can neither steer a terminal nor reorder the line it stands in: white space is
/// folded to single spaces; control characters (escape sequences lose their `ESC`, and with it
/// their power) and the overriding, embedding and isolating bidirectional controls are dropped.
///
/// ```
/// use stance::report::visible;
/// assert_eq!(visible("\u{1b}[2Jwiped\r\n\u{202e}out"), "[2Jwiped out");
/// ```
#[must_use]
pub fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c != '\u{a0}' && c.is_whitespace() {
            space = !seen.is_empty();
        } else if !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            if std::mem::take(&mut space) {
                seen.push(' ');
            }
            seen.push(c);
        }
    }
    seen
}

/// How many columns of a terminal a text takes.
pub(super) fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Folds a visible text into lines of at most `width` columns, at spaces where there are any.
/// A text without words is one empty line.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(used > 0);
        let wide = columns(word);
        if used + gap + wide > width && (wide <= width || used + gap + 2 > width) {
            lines.push(String::new());
            used = 0;
        } else if gap > 0 {
            append(&mut lines, " ");
            used += gap;
        }
        // A word longer than a line fills what is left of this one and goes on in the next.
        for cluster in clusters(word) {
            let wide = columns(cluster);
            if used + wide > width {
                lines.push(String::new());
                used = 0;
            }
            append(&mut lines, cluster);
            used += wide;
        }
    }
    lines
}

fn append(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

/// Cuts a word before every character that takes a column, so that a letter keeps its marks and
/// a joined emoji its parts.
fn clusters(word: &str) -> impl Iterator<Item = &str> {
    const JOINER: char = '\u{200d}';
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut joined = true;
        let end = rest
            .char_indices()
            .find(|&(_, c)| {
                let starts = !joined && c.width().unwrap_or(0) > 0;
                joined = c == JOINER;
                starts
            })
            .map_or(rest.len(), |(at, _)| at);
        let (cluster, after) = rest.split_at(end);
        rest = after;
        (!cluster.is_empty()).then_some(cluster)
    })
}
