//! Hostile pages: none may panic, none may take long.

use std::time::{Duration, Instant};

use stance::article::BlockKind;
use stance::article::html::from_html;

const PARAGRAPH: &str = "<p>The delegations met again on Monday in the old customs house, \
    and once more they left without naming a day for the signing.</p>\n";

/// Runs in a debug build on a busy machine too; a page that hangs takes minutes.
const SECONDS: Duration = Duration::from_secs(20);

fn page(body: &str) -> String {
    format!("<html><head><title>A page of a kind</title></head><body>{body}</body></html>")
}

#[test]
fn nesting_beyond_measure_is_refused_at_once() {
    for tag in [
        "div",
        "b",
        "blockquote",
        "table><tr><td",
        "svg",
        "font color=x",
        "ul><li",
    ] {
        let body = format!("<{tag}>").repeat(20_000);
        let started = Instant::now();
        let error = from_html("deep.html", page(&(body + PARAGRAPH)).as_bytes()).unwrap_err();
        assert!(
            started.elapsed() < SECONDS,
            "<{tag}> took {:?}",
            started.elapsed()
        );
        assert!(
            error
                .to_string()
                .starts_with("deep.html: elements are nested"),
            "{error}"
        );
        assert!(error.remedy.is_some());
    }
}

#[test]
fn nesting_within_measure_is_read() {
    for (start, end) in [
        ("<div>", "</div>"),
        ("<b>", "</b>"),
        ("<blockquote>", "</blockquote>"),
        ("<table><tr><td>", "</td></tr></table>"),
        ("<ul><li>", "</li></ul>"),
    ] {
        let body = start.repeat(900) + &PARAGRAPH.repeat(9) + &end.repeat(900);
        let article = from_html("deep.html", page(&body).as_bytes()).unwrap();
        assert_eq!(article.paragraphs().count(), 9, "{start}");
    }
}

#[test]
fn tags_in_scripts_and_comments_do_not_nest() {
    let quiet = "<script>s = '<div>';</SCRIPT><!-- <div> --><style>/*<div>*/</style>".repeat(2_000);
    let article = from_html(
        "page.html",
        page(&(quiet + &PARAGRAPH.repeat(9))).as_bytes(),
    )
    .unwrap();
    assert_eq!(article.paragraphs().count(), 9);
}

#[test]
fn large_and_monotonous_pages_take_seconds() {
    let large = (5 << 20, PARAGRAPH);
    let monotonous = [
        "<br>",
        "<br>word ",
        "<p>",
        "<li>x",
        "<img src=x>",
        "<a href=x>link</a> ",
        "<td>x",
        "<span>x</span>",
        "<div>x</div>",
        "</p>",
        "<",
        "&amp",
        "<!-- - ",
        "<p id=x class=comment>x, y, z",
        "<a rel=author>x</a><time datetime=x>",
        "<meta name=author content=x>",
        "<h1>A page of a kind</h1>",
        "<noscript><img src=x></noscript>",
        "<select><option>",
        "<template>x</template>",
        "<script>",
        "<!--",
        "<font>x</font>",
    ];
    // Smaller, so that the test stays quick.
    let monotonous = monotonous.map(|piece| (1 << 17, piece));
    for (size, piece) in [large].into_iter().chain(monotonous) {
        let html = page(&(PARAGRAPH.repeat(9) + &piece.repeat(size / piece.len())));
        let started = Instant::now();
        // Most of these hold an article among the noise; all that is asked is an answer.
        let _ = from_html("large.html", html.as_bytes());
        let took = started.elapsed();
        assert!(took < SECONDS, "{piece} took {took:?}");
    }
}

#[test]
fn blocks_lie_in_order_and_only_white_space_between_them() {
    let body = PARAGRAPH.repeat(3) + "<h2>A heading</h2>" + &PARAGRAPH.repeat(3);
    let article = from_html("page.html", page(&body).as_bytes()).unwrap();
    let mut end = 0;
    for block in &article.blocks {
        assert!(article.text[end..block.span.start].trim().is_empty());
        end = block.span.end;
    }
    assert!(article.text[end..].trim().is_empty());
    assert_eq!(article.blocks[3].kind, BlockKind::Heading);
}
