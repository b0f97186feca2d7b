//! Where readers' comments begin.

use super::phrases::Phrases;

/// The line above a thread of comments.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Header<'t> {
    /// `6 responses to “…”` stands nowhere else; the title of the article may be quoted.
    Responses(Option<&'t str>),
    /// `3 Comments` may also be a link at the top of the page.
    Count,
    /// `Join the conversation` may be an appeal in the middle of the article.
    Invitation,
}

/// What asks for comments, or says that there are none.
static INVITATIONS: Phrases = Phrases::new(
    "leave a reply | leave a comment | leave a response | join the discussion | join the \
    conversation | join the debate | post a comment | add a comment | add your comment | write a \
    comment | comments are closed | comments closed | comments are now closed | have your say | \
    no comments | no comments yet | reader comments | readers' comments | latest comments",
);

/// Reads a line as the header of a thread of comments.
pub(super) fn header(text: &str) -> Option<Header<'_>> {
    if text.len() > 250 {
        return None;
    }
    let lower = text.to_lowercase().replace('’', "'");
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let (first, rest) = bare.split_once(' ').unwrap_or(("", bare));
    let title = quoted(text);
    let digits = !first.is_empty() && first.chars().all(|c| c.is_ascii_digit());
    let in_words = matches!(first, "one" | "two" | "three" | "four" | "five");
    let after = after_noun(if digits || in_words { rest } else { bare });
    let counts = |after: &str| !after.contains(char::is_alphabetic);
    if after.is_some_and(|after| after.starts_with(" to ") || after.starts_with(" on "))
        && (digits || (in_words && title.is_some()))
    {
        Some(Header::Responses(title))
    } else if after.is_some_and(counts) && (digits || bare.starts_with("comments")) {
        Some(Header::Count)
    } else {
        INVITATIONS.open(bare).then_some(Header::Invitation)
    }
}

/// What follows `comments` or `responses`.
fn after_noun(text: &str) -> Option<&str> {
    const NOUNS: [&str; 8] = [
        "comments",
        "comment",
        "responses",
        "response",
        "replies",
        "reply",
        "thoughts",
        "thought",
    ];
    NOUNS.iter().find_map(|noun| text.strip_prefix(noun))
}

/// Whether a line belongs to a comment as forums print them: `Reply`, `Jane says:`.
pub(super) fn is_cue(text: &str) -> bool {
    let lower = text.to_lowercase();
    matches!(
        lower.as_str(),
        "reply" | "report" | "log in to reply" | "like"
    ) || (lower.len() < 80 && lower.ends_with(" says:"))
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
