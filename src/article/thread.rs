//! Where readers' comments begin.

use super::phrases::Phrases;

/// The line above a thread of comments.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header<'t> {
    /// Whether it can be nothing else; `Comments` may be a link at the top of the page.
    pub(super) certain: bool,
    /// The title of the article, where it is quoted.
    pub(super) title: Option<&'t str>,
}

/// Reads a line as the header of a thread of comments.
pub(super) fn header(text: &str) -> Option<Header<'_>> {
    static CERTAIN: Phrases = Phrases::new(
        "leave a reply | leave a comment | leave a response | join the discussion | join the \
        conversation | join the debate | post a comment | add a comment | add your comment | \
        write a comment | comments are closed | comments closed | comments are now closed | have \
        your say",
    );
    if text.len() > 250 {
        return None;
    }
    let lower = text.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let (first, rest) = bare.split_once(' ').unwrap_or(("", bare));
    let digits = !first.is_empty() && first.chars().all(|c| c.is_ascii_digit());
    let noun = |text: &'_ str| {
        [
            "comments",
            "comment",
            "responses",
            "response",
            "replies",
            "reply",
            "thoughts",
            "thought",
        ]
        .iter()
        .find_map(|noun| text.strip_prefix(noun).map(str::to_string))
    };
    let title = quoted(text);
    let counted =
        digits || (title.is_some() && matches!(first, "one" | "two" | "three" | "four" | "five"));
    let certain = CERTAIN.open(bare)
        || (counted
            && noun(rest).is_some_and(|rest| rest.starts_with(" to ") || rest.starts_with(" on ")));
    let is_whole = |rest: String| !rest.contains(char::is_alphabetic);
    let named = matches!(
        bare,
        "no comments"
            | "no comments yet"
            | "reader comments"
            | "readers' comments"
            | "readers’ comments"
            | "latest comments"
    );
    let whole = (digits && noun(rest).is_some_and(is_whole))
        || (bare.starts_with("comments") && noun(bare).is_some_and(is_whole));
    (certain || whole || named).then_some(Header { certain, title })
}

/// What stands in quotes at the end of a line.
fn quoted(text: &str) -> Option<&str> {
    let inner = text.trim_end().strip_suffix(['”', '"', '’', '»'])?;
    let start = inner.find(['“', '"', '‘', '«'])?;
    Some(
        inner[start..]
            .trim_start_matches(['“', '"', '‘', '«'])
            .trim(),
    )
}
