//! Text that wants to be more than text, and how to see that it is not.

use proptest::prelude::*;

/// The markup of a page: every tag, without the text between them.
pub fn markup(html: &str) -> Vec<String> {
    let tags = html.split('<').skip(1);
    tags.map(|tag| tag.split(['>', ' ', '\n']).next().unwrap_or("").to_owned())
        .collect()
}

/// Text with a taste for trouble.
pub fn hostile() -> impl Strategy<Value = String> {
    let first = prop::sample::select(vec![
        "", "", "=", "+", "-", "@", "\t", "\r", "-1", " ", "\u{301}",
    ]);
    (first, prop::collection::vec(piece(), 0..8))
        .prop_map(|(first, pieces)| first.to_owned() + &pieces.concat())
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<script>".to_owned()),
        Just("</style>".into()),
        Just("\"><img onerror=x>".into()),
        Just("\u{1b}[2J\u{9b}1m\u{7}".into()),
        Just("\u{202e}\u{2066}".into()),
        Just("| --- |\n# ".into()),
        Just("![x](http://x.invalid)".into()),
        Just("<!--".into()),
        Just("=cmd|' /C calc'!A0".into()),
        Just("漢字かな交じり文".into()),
        Just("❤️👩‍👩‍👧‍👦🏳️‍🌈".into()),
        Just("e\u{301}\u{323}".into()),
        Just("&amp;&#60;".into()),
        "\\PC{0,30}",
        any::<String>(),
        "[a-z]{1,90}",
        Just(" ".into()),
    ]
}
