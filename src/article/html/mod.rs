//! HTML pages: the article without the page around it, and what the page says of it.
//!
//! [`from_html`] finds the article by the Readability algorithm (`dom_smoothie`), which weighs the
//! elements of a page by the prose in them; what is left is sorted line by line as plain text is.
//! No script is run and nothing is fetched.

mod charset;
mod content;
mod json_ld;
mod metadata;
mod nesting;
mod sorting;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use dom_smoothie::{Config, Readability, TextMode};

use super::Article;
use crate::error::{Error, Result};
use content::{Content, keep_line_breaks};
use metadata::Metadata;

/// The deepest nesting of elements that is read. Browsers stop at 512; the parser's time grows
/// with depth times length.
const MAX_DEPTH: usize = 1_000;

/// The most elements that are read.
const MAX_ELEMENTS: usize = 1_000_000;

/// How long one page may take; one of 5 MB takes about a third of a second.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The fewest characters of prose that count as an article.
const MIN_PROSE: usize = 40;

/// The article of an HTML page.
///
/// The charset is that of a byte order mark, else UTF-8 where the bytes are valid UTF-8, else what
/// a `<meta charset>` declares, else Windows-1252.
///
/// ```
/// let page = b"<html><head><title>No date for a treaty</title><meta name=author content='Mira Solen'></head>
///     <body><nav>Home</nav><article><h1>No date for a treaty</h1>
///     <p>The delegations met again on Monday, and again they left without naming a day.</p>
///     <p>Nobody in the hall, it seems, had expected them to do anything else.</p></article></body></html>";
/// let article = stance::article::html::from_html("page.html", page)?;
/// assert_eq!(article.title.as_deref(), Some("No date for a treaty"));
/// assert_eq!(article.authors, ["Mira Solen"]);
/// assert_eq!(article.paragraphs().count(), 2);
/// # Ok::<(), stance::error::Error>(())
/// ```
///
/// # Errors
/// If the page holds no article, is nested too deep, has too many elements, or takes more than
/// 30 s to read.
pub fn from_html(source: &str, bytes: &[u8]) -> Result<Article> {
    let html = charset::decode(bytes);
    if nesting::depth(&html) > MAX_DEPTH {
        return Err(
            unreadable(&format!("elements are nested more than {MAX_DEPTH} deep")).at(source),
        );
    }
    let page_source = source.to_owned();
    within(TIME_LIMIT, move || read(&page_source, &html))
        .unwrap_or_else(|| Err(unreadable("the page cannot be parsed, or not in time")))
        .map_err(|error| error.at(source))
}

/// What `work` returns; `None` if it panics or takes longer than `limit`.
///
/// The parser is not ours: a panic in it, or time that grows with the square of something, must
/// cost this page only. A thread that is late is left to itself.
fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody listens any more if the time is over.
        let _ = sender.send(work());
    });
    receiver.recv_timeout(limit).ok()
}

fn read(source: &str, html: &str) -> Result<Article> {
    let config = Config {
        text_mode: TextMode::Formatted,
        max_elements_to_parse: MAX_ELEMENTS,
        ..Config::default()
    };
    let mut page = Readability::new(html, None, Some(config))
        .map_err(|error| unreadable(&error.to_string()))?;
    let mut metadata = Metadata::of(&page);
    let is_marked_up = page.doc.select("p, h1, h2, h3, h4, h5, h6").exists();
    keep_line_breaks(&page);
    let found = page.parse().map_err(|error| match error {
        dom_smoothie::ReadabilityError::TooManyElements(..) => unreadable(&error.to_string()),
        _ => no_article(),
    })?;
    metadata.complete(&found.title, found.byline.as_deref());
    let content = Content::of(&page, metadata.title.as_deref());
    let mut article = sorting::article(source, content, is_marked_up);
    let prose = article.paragraphs().map(|span| span.of(&article.text));
    if prose.map(|text| text.chars().count()).sum::<usize>() < MIN_PROSE {
        return Err(no_article());
    }
    metadata.overrule(&mut article);
    Ok(article)
}

fn no_article() -> Error {
    Error::input("no article is found in this page").remedy(
        "check that the saved page holds the text itself (not a script that loads it, nor a \
         paywall), or save the article as plain text",
    )
}

fn unreadable(what: &str) -> Error {
    Error::input(what).remedy("save the article as plain text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_is_late_or_panics_is_given_up() {
        let moment = Duration::from_millis(20);
        assert_eq!(within(TIME_LIMIT, || 1), Some(1));
        assert_eq!(within(moment, || thread::sleep(TIME_LIMIT)), None);
        assert_eq!(within::<()>(TIME_LIMIT, || panic!("on purpose")), None);
    }
}
