//! Lists that run on in a paragraph: "1. Guns 2. Butter", "• one • two".

/// The mark of a list item: "3.", "3)", "3.)", "(3)", "c.", "c)".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker<'t> {
    order: Order,
    before: &'t str,
    after: &'t str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Number(u32),
    Letter(u8),
}

impl<'t> Marker<'t> {
    /// The marker that `word` is, after a bullet if there is one.
    pub(super) fn of(word: &'t str) -> Option<Self> {
        let word = word.trim_start_matches(is_bullet);
        let open = word.trim_start_matches('(');
        let value = open.trim_end_matches(['.', ')']);
        let before = &word[..word.len() - open.len()];
        let after = &open[value.len()..];
        let order = match value.as_bytes() {
            [letter @ b'a'..=b'z'] => Order::Letter(*letter),
            [b'0'..=b'9', ..] if value.len() <= 3 => Order::Number(value.parse().ok()?),
            _ => return None,
        };
        let closed = matches!((before, after), ("", "." | ")" | ".)") | ("(", ")"));
        closed.then_some(Self {
            order,
            before,
            after,
        })
    }

    /// Whether it has a bracket, as in "3)", which is hardly ever anything else than a marker.
    pub(super) fn is_bracketed(&self) -> bool {
        self.after.ends_with(')')
    }

    /// Whether this is the marker of the item after `last`.
    pub(super) fn follows(self, last: Self) -> bool {
        let next = match last.order {
            Order::Number(number) => Order::Number(number + 1),
            Order::Letter(letter) => Order::Letter(letter + 1),
        };
        self.order == next && self.before == last.before && self.after == last.after
    }
}

/// Whether `word` starts with a bullet.
pub(super) fn starts_with_bullet(word: &str) -> bool {
    word.starts_with(is_bullet)
}

fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '◦' | '▪' | '‣' | '●' | '■' | '○')
}

/// Whether `line` starts with the mark of a list item.
pub(super) fn starts_item(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or("");
    matches!(first, "-" | "*" | "–") || starts_with_bullet(first) || Marker::of(first).is_some()
}
