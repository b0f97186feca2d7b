//! Laws and cases of the `article` room for the kinds of text: plain, hard-wrapped, Markdown.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil::date;
use proptest::prelude::*;
use stance::article::{
    Article, BlockKind, Span, byline, date as dates, decode, from_markdown, from_text, person,
};

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}

fn read(path: &Path) -> Article {
    let name = path.file_name().unwrap().to_string_lossy();
    let text = decode(std::fs::read(path).unwrap(), &name).unwrap();
    let markdown = path.extension().is_some_and(|ending| ending == "md");
    if markdown {
        from_markdown(&name, text)
    } else {
        from_text(&name, text)
    }
}

/// An article as one line per fact and block.
fn describe(article: &Article) -> String {
    let mut out = format!("title: {}\n", article.title.as_deref().unwrap_or("-"));
    writeln!(out, "authors: {}", article.authors.join(" + ")).unwrap();
    writeln!(
        out,
        "date: {}",
        article
            .date
            .map_or("-".to_string(), |date| date.to_string())
    )
    .unwrap();
    for (name, value) in &article.fields {
        writeln!(out, "field {name}: {value}").unwrap();
    }
    for block in &article.blocks {
        let kind = format!("{:?}", block.kind).to_lowercase();
        writeln!(out, "[{kind}] {}", fold(block.span.of(&article.text))).unwrap();
    }
    out
}

/// Every file in `tests/cases/article` with what was read from it beside it (`*.snap`).
#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/article");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|ending| ending == "txt" || ending == "md")
    });
    files.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _scope = settings.bind_to_scope();
    for path in &files {
        let article = read(path);
        holds_its_blocks(&article);
        insta::assert_snapshot!(
            path.file_stem().unwrap().to_string_lossy().into_owned(),
            describe(&article)
        );
    }
    assert!(files.len() >= 20);
}

/// The sentences of a labelled CSV (article, its sentences with white space taken out).
fn labelled(path: &Path, article: &str) -> BTreeMap<String, String> {
    let mut bodies: BTreeMap<String, String> = BTreeMap::new();
    for row in csv::Reader::from_path(path)
        .unwrap()
        .deserialize::<BTreeMap<String, String>>()
    {
        let row = row.unwrap();
        bodies
            .entry(row[article].clone())
            .or_default()
            .push_str(&squeeze(&row["text"]));
    }
    bodies
}

fn body(article: &Article) -> String {
    article
        .paragraphs()
        .map(|span| squeeze(span.of(&article.text)))
        .collect()
}

/// The body of three real articles, as people split it, is neither more nor less than ours.
#[test]
fn real_articles() {
    let folder = std::env::var_os("STANCE_REAL_ARTICLES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/articles"),
        PathBuf::from,
    );
    if !folder.join("gold.csv").exists() {
        eprintln!("skipped: no real articles in {}", folder.display());
        return;
    }
    let authors = [
        vec!["James D. J. Brown", "Andrei I. Kozinets"],
        vec![],
        vec!["Bob Savic"],
    ];
    let titles = [
        Some("Japan courts Russia at Sochi summit"),
        None,
        Some("No Peace Deal for Russia and Japan, But Slow Progress"),
    ];
    for (number, (file, sentences)) in labelled(&folder.join("gold.csv"), "article")
        .into_iter()
        .enumerate()
    {
        let article = read(&folder.join(&file));
        assert_eq!(body(&article), sentences, "{file}");
        assert_eq!(article.authors, authors[number], "{file}");
        assert_eq!(article.title.as_deref(), titles[number], "{file}");
    }
}

/// Our own corpus, from Markdown and from the same text without markup: bare paragraphs, with a
/// title and a byline, and wrapped.
#[test]
fn corpus() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let labelled = labelled(&data.join("labels.csv"), "article");
    for (name, sentences) in labelled {
        let article = read(&data.join(format!("articles/{name}.md")));
        assert_eq!(body(&article), sentences, "{name}");
        let title = article.title.clone().unwrap();
        let text: Vec<String> = article.blocks[1..]
            .iter()
            .map(|block| fold(block.span.of(&article.text)))
            .collect();
        let bare = from_text("bare.txt", text.join("\n"));
        assert_eq!(body(&bare), sentences, "{name}, bare");
        let signed = format!(
            "{title}\n\nBy {}\n\n12 May 2016\n\n{}",
            article.authors.join(" and "),
            text.join("\n\n")
        );
        let signed = from_text("signed.txt", signed);
        assert_eq!(body(&signed), sentences, "{name}, signed");
        assert_eq!(
            (signed.title.as_ref(), &signed.authors),
            (Some(&title), &article.authors)
        );
        let wrapped = from_text(
            "wrapped.txt",
            text.iter().map(|line| wrap(line, 76) + "\n\n").collect(),
        );
        assert_eq!(body(&wrapped), sentences, "{name}, wrapped");
    }
}

fn wrap(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().unwrap();
        if line.is_empty() || line.chars().count() + 1 + word.chars().count() <= width {
            let gap = if line.is_empty() { "" } else { " " };
            *line = format!("{line}{gap}{word}");
        } else {
            lines.push(word.to_string());
        }
    }
    lines.join("\n")
}

/// Blocks are in order, apart, on character boundaries, without white space around them, and
/// nothing but white space (and a byte order mark) lies outside.
fn holds_its_blocks(article: &Article) {
    let is_white = |c: char| c.is_whitespace() || c == '\u{feff}';
    let mut end = 0;
    for block in &article.blocks {
        assert!(block.span.start >= end && block.span.end <= article.text.len());
        assert!(article.text[end..block.span.start].chars().all(is_white));
        let content = block.span.of(&article.text);
        assert!(!content.is_empty() && content == content.trim());
        end = block.span.end;
    }
    assert!(article.text[end..].chars().all(is_white));
}

/// Lines such as articles and sites have, in any order.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{1,8}( [a-z]{1,9}){2,12}[.?!:]?",
        "[a-z]{1,9}( [a-z]{1,9}){0,12}",
        "[A-Z][a-z]{2,8} [A-Z][a-z]{2,8} is (a|the) (professor|president) of [A-Z][a-z]{2,8}\\.",
        Just("By Jane Doe".to_string()),
        Just("3 Comments".to_string()),
        Just("Related articles".to_string()),
        Just("About the author".to_string()),
        Just("Copyright © 2015".to_string()),
        Just("Credit: Ada Finch".to_string()),
        "[0-9]{1,3}",
        "[#>*\\-`|_\\[\\]()! ]{0,6}[a-z]{0,5}",
        "\\PC{0,40}",
        Just(String::new()),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let ends = prop_oneof![
        Just("\n"),
        Just("\n\n"),
        Just("\r\n"),
        Just("\r"),
        Just("\u{c}"),
        Just("\n\n\n")
    ];
    prop::collection::vec((line(), ends), 0..40)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn plain_text_is_covered_by_blocks(text in text()) {
        let article = from_text("a.txt", text.clone());
        holds_its_blocks(&article);
        prop_assert_eq!(article.text.len(), text.len());
    }

    #[test]
    fn markdown_is_covered_by_blocks(text in text()) {
        let article = from_markdown("a.md", text.clone());
        holds_its_blocks(&article);
        prop_assert_eq!(article.text.len(), text.len());
    }

    #[test]
    fn anything_can_be_read(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        holds_its_blocks(&from_text("a.txt", text.clone()));
        holds_its_blocks(&from_markdown("a.md", text.clone()));
        _ = byline::authors(&text);
        _ = dates::parse(&text);
        _ = decode(bytes, "a.txt");
    }

    /// Bare paragraphs of several sentences are body, all of them.
    #[test]
    fn nothing_is_lost_of_bare_paragraphs(
        paragraphs in prop::collection::vec("([A-Z][a-z]{2,8}( [a-z]{4,9}){4,12}[.] ?){2,4}", 1..12),
        gap in prop_oneof![Just("\n"), Just("\n\n")],
    ) {
        let text = paragraphs.join(gap);
        let article = from_text("a.txt", text.clone());
        prop_assert_eq!(body(&article), squeeze(&text));
    }

    /// However a text is wrapped, its sentences stay whole and its words stay body.
    #[test]
    fn wrapping_changes_no_sentence(
        paragraphs in prop::collection::vec(prop::collection::vec("[A-Z][a-z]{2,8}( [a-z]{4,9}){8,20}[.]", 3..6), 2..6),
        width in 50_usize..100,
        double in any::<bool>(),
    ) {
        let whole: Vec<String> = paragraphs.iter().map(|sentences| sentences.join(" ")).collect();
        let wrapped: Vec<String> = whole.iter().map(|paragraph| wrap(paragraph, width)).collect();
        let text = if double { wrapped.join("\n").replace('\n', "\n\n") } else { wrapped.join("\n\n") };
        let article = from_text("a.txt", text);
        prop_assert_eq!(body(&article), squeeze(&whole.join("")));
        for paragraph in article.paragraphs() {
            let content = fold(paragraph.of(&article.text));
            prop_assert!(content.ends_with('.') && content.starts_with(char::is_uppercase), "{}", content);
        }
    }

    #[test]
    fn people_do_not_depend_on_order(
        names in prop::collection::vec("(James|John|J\\.|JAMES|Ann) (D\\. )?(Brown|Doe|Brôwn)", 1..8),
        seed in any::<u64>(),
    ) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|index| (*index as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let shuffled: Vec<&str> = order.iter().map(|index| names[*index]).collect();
        let (people, other) = (person::same_people(&names), person::same_people(&shuffled));
        for (a, from_a) in order.iter().enumerate() {
            for (b, from_b) in order.iter().enumerate() {
                prop_assert_eq!(people[*from_a] == people[*from_b], other[a] == other[b]);
            }
        }
    }
}

#[test]
fn odd_megabytes_are_read_in_linear_time() {
    let long_line = "word ".repeat(200_000);
    let short_lines = "a b\n".repeat(250_000);
    let names = "Jane Doe is a professor at Ostrev.\n".repeat(30_000);
    let numbers = "broken in the middle of\n12\n".repeat(40_000);
    let wrapped = "the quick brown fox jumps over the lazy dog and goes\n".repeat(20_000);
    let brackets = "[".repeat(1_000_000);
    let comments = "A sentence of the article here.\n3 Comments\n".repeat(20_000);
    let stops = "a.\u{c}".repeat(300_000);
    let dates = "1 May ".repeat(170_000);
    for text in [
        long_line,
        short_lines,
        names,
        numbers,
        wrapped,
        brackets,
        comments,
        stops,
        dates,
    ] {
        let start = Instant::now();
        let head: String = text.chars().take(20).collect();
        _ = from_text("a.txt", text);
        // Well under a second on a quiet machine; what is quadratic takes minutes.
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "{head}: {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn spans_of_a_file_with_a_byte_order_mark_are_offsets_in_the_file() {
    let bytes = "\u{feff}The talks failed. Nobody was surprised by that.\n"
        .as_bytes()
        .to_vec();
    let article = from_text("a.txt", decode(bytes, "a.txt").unwrap());
    assert_eq!(article.blocks[0].span, Span::new(3, 50));
    assert_eq!(article.blocks[0].kind, BlockKind::Paragraph);
}

#[test]
fn encodings() {
    let read = |bytes: &[u8]| decode(bytes.to_vec(), "a.txt").map_err(|error| error.to_string());
    let utf_16 =
        |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    assert_eq!(read("caf\u{e9}".as_bytes()).unwrap(), "café");
    assert_eq!(
        read(&utf_16("\u{feff}café", u16::to_le_bytes)).unwrap(),
        "\u{feff}café"
    );
    assert_eq!(
        read(&utf_16("\u{feff}café", u16::to_be_bytes)).unwrap(),
        "\u{feff}café"
    );
    assert_eq!(
        read(b"\x93Enough,\x94 he said \x96 at last").unwrap(),
        "“Enough,” he said – at last"
    );
    assert!(
        read(b"one\ntwo\0three")
            .unwrap_err()
            .starts_with("a.txt:2: this is binary data")
    );
    assert!(read("one – two\nthree \u{fffd} – ".as_bytes()).is_ok());
    let damaged = read(b"caf\xc3\xa9 \xe2\x80\x93 one\ntwo \xe9 three").unwrap_err();
    assert!(
        damaged.starts_with("a.txt:2: a byte here is not UTF-8"),
        "{damaged}"
    );
    let cut = read(b"one\ntwo \xe2\x80").unwrap_err();
    assert!(
        cut.starts_with("a.txt:2: the file ends in the middle of a character"),
        "{cut}"
    );
    let cyrillic = [
        0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, b' ', 0xEC, 0xE8, 0xF0, 0xEE, 0xEC,
    ];
    assert!(
        read(&cyrillic)
            .unwrap_err()
            .contains("save the document as UTF-8")
    );
}

#[test]
fn dates_as_printed() {
    let may = Some(date(2016, 5, 12));
    for text in [
        "12 May 2016",
        "May 12, 2016",
        "MAY 12TH, 2016",
        "12th of May, 2016",
        "Thursday, 12 May 2016",
        "Published: May 12, 2016 at 9:30 am",
        "2016-05-12",
        "2016-05-12T09:30:00+09:00",
        "2016/05/12",
        "12.05.2016",
        "12-May-2016",
        "Posted on Thu 12 May 2016 06.00 GMT",
        "Updated 3 June 2016; first published 12 May 2016",
        "12. May 2016",
        "2016 May 12",
    ] {
        assert_eq!(dates::parse(text), may, "{text}");
    }
    assert_eq!(dates::parse("13/05/2016"), Some(date(2016, 5, 13)));
    assert_eq!(dates::parse("05/13/2016"), Some(date(2016, 5, 13)));
    assert_eq!(dates::parse("Sept. 3, 2014"), Some(date(2014, 9, 3)));
    for text in [
        "12/05/2016",
        "May 2016",
        "31 February 2016",
        "in May he met 2016 people",
        "12 May",
        "",
        "1/2/3",
        "99999999999 May 2016",
    ] {
        assert_eq!(dates::parse(text), None, "{text}");
    }
}

#[test]
fn bylines() {
    let none: [&str; 0] = [];
    assert_eq!(
        byline::authors("By A. Doe and B. Roe"),
        ["A. Doe", "B. Roe"]
    );
    assert_eq!(byline::authors("By JANE DOE, Staff Writer"), ["JANE DOE"]);
    assert_eq!(
        byline::authors("Authors: Ann Roe, ANU and Ben Poe, University of Ostrev"),
        ["Ann Roe", "Ben Poe"]
    );
    assert_eq!(byline::authors("Ann Roe; Ben Poe"), ["Ann Roe", "Ben Poe"]);
    assert_eq!(
        byline::authors("Roe, Ann; Poe, Ben K."),
        ["Roe, Ann", "Poe, Ben K."]
    );
    assert_eq!(
        byline::authors("Written by Prof. Ann Roe in Ostrev"),
        ["Ann Roe"]
    );
    assert_eq!(
        byline::authors("Martin van der Berg, Jr. & Li-Ming O’Neill"),
        ["Martin van der Berg, Jr", "Li-Ming O’Neill"]
    );
    assert_eq!(
        byline::authors("The Editorial Board"),
        ["The Editorial Board"]
    );
    assert_eq!(byline::authors("jane doe"), ["jane doe"]);
    assert_eq!(byline::authors("Staff Writer"), none);
    assert_eq!(byline::authors("https://facebook.example/jane"), none);
    assert_eq!(byline::authors(""), none);
}

#[test]
fn people() {
    let same = |names: &[&str]| person::same_people(names);
    let brown = [
        "J. D. J. Brown",
        "J.D.J. Brown",
        "James D. J. Brown",
        "Brown, James D. J.",
        "JAMES D.J. BROWN",
        "Dr James Brown",
        "JDJ Brown",
        "Prof. James D. J. Brown, PhD",
    ];
    assert_eq!(same(&brown), [0; 8]);
    assert_eq!(
        same(&["José Ibáñez", "Jose Ibanez", "IBÁÑEZ, José"]),
        [0, 0, 0]
    );
    assert_eq!(same(&["James Brown", "Gordon Brown"]), [0, 1]);
    assert_eq!(
        same(&["James D. Brown", "James K. Brown", "James Brown"]),
        [0, 1, 2]
    );
    assert_eq!(same(&["J. Brown", "John Brown", "James Brown"]), [0, 1, 2]);
    assert_eq!(same(&["J. Brown", "John Brown"]), [0, 0]);
    assert_eq!(
        same(&[
            "J. D. J. Brown",
            "J.D.J. Brown",
            "James D. J. Brown",
            "Jane Brown"
        ]),
        [0, 0, 0, 1]
    );
    assert_eq!(
        same(&["J. D. Brown", "James D. Brown", "Jane D. Brown"]),
        [0, 1, 2]
    );
    assert_eq!(
        same(&["John Major", "John Minor", "Jan van der Berg", "Jan Berg"]),
        [0, 1, 2, 2]
    );
    assert_eq!(same(&["Reuters", "Reuters", "AFP"]), [0, 0, 1]);
    assert_eq!(same(&["", "", "?"]), [0, 0, 0]);
}
