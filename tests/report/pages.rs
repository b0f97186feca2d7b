//! What a page carries besides its text: its script and the data to save.

use crate::everywhere::everywhere;
use crate::hostile::hostile;
use crate::results::{Cases, closeup, comparison};
use crate::tags;
use base64::prelude::{BASE64_STANDARD, Engine};
use flate2::read::GzDecoder;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use stance::codebook::Codebook;
use stance::report::explanation::Reasons;
use stance::report::method::Method;
use stance::report::tags::TagFormat;
use stance::report::{article, comparison as comparing};
use stance::tagger::{Contribution, Explanation};
use std::io::Read;

/// The page without what is the same on every page, or not for eyes.
pub fn bare(page: &str) -> String {
    let styles = [
        include_str!("../../templates/report/style.css"),
        include_str!("../../templates/report/articles.css"),
        include_str!("../../templates/report/comparison/comparison.css"),
    ];
    let mut bare = page.to_owned();
    for style in styles {
        bare = bare.replace(style.trim_end(), "…");
    }
    bare = cut(&bare, "script-src '", "'");
    bare = cut(&bare, "<script type=\"module\">", "</script>");
    cut(&bare, "<script type=\"application/gzip\" ", "</script>")
}

/// The text without what stands between each `begin` and the next `end`.
fn cut(text: &str, begin: &str, end: &str) -> String {
    let mut pieces = text.split(begin);
    let mut rest = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let after = piece.split_once(end).map_or("", |(_, after)| after);
        rest += &format!("{begin}…{end}{after}");
    }
    rest
}

fn between<'p>(page: &'p str, begin: &str, end: &str) -> Option<&'p str> {
    let content = page.split_once(begin)?.1;
    Some(content.split_once(end)?.0)
}

/// The file of that name that the page carries.
pub fn packed(page: &str, name: &str) -> String {
    let begin = format!("data-file=\"{name}\">");
    let packed = between(page, &begin, "<").unwrap();
    let bytes = BASE64_STANDARD.decode(packed).unwrap();
    let mut content = String::new();
    GzDecoder::new(&bytes[..])
        .read_to_string(&mut content)
        .unwrap();
    content
}

#[test]
fn only_the_script_of_the_page_may_run() {
    let pages = everywhere("x");
    for page in [pages.article_html(), pages.comparison_html()] {
        let script = between(&page, "<script type=\"module\">", "</script>").unwrap();
        let hash = BASE64_STANDARD.encode(Sha256::digest(script));
        let policy =
            format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'");
        assert!(page.contains(&policy));
    }
    let explanation = everywhere("x").explanation_html();
    assert!(!explanation.contains("script"), "{explanation}");
}

#[test]
fn a_page_carries_what_json_and_csv_write() {
    let (cases, codebook) = (Cases::read(), Codebook::shipped());
    let reports = cases.reports();
    let page = article::html(&reports, &codebook, &Method::default());
    let json = article::json(&reports, &codebook);
    assert_eq!(packed(&page, "stance-report.json"), json);
    let csv = tags(TagFormat::Csv, &codebook, &cases.tagged);
    assert_eq!(packed(&page, "stance-sentences.csv"), csv);
}

#[test]
fn a_comparison_carries_what_json_and_csv_write() {
    let codebook = Codebook::shipped();
    let closeup = closeup(comparison(), &[]);
    let page = comparing::html(&closeup, codebook.polar().unwrap(), &Method::default());
    let found = &closeup.comparison;
    assert_eq!(
        packed(&page, "stance-comparison.json"),
        comparing::json(found)
    );
    assert_eq!(
        packed(&page, "stance-comparison.csv"),
        comparing::csv(found)
    );
}

/// What a reader adds up in an opened sentence is what stands below it.
#[test]
fn the_reasons_on_a_page_add_up_to_the_printed_score() {
    let (cases, codebook) = (Cases::read(), Codebook::shipped());
    let page = article::html(&cases.reports(), &codebook, &Method::default());
    let details: serde_json::Value = serde_json::from_str(&packed(&page, "details.json")).unwrap();
    let hundredths = |text: &serde_json::Value| -> i64 {
        let number: f64 = text.as_str().unwrap().replace('−', "-").parse().unwrap();
        (number * 100.0).round() as i64
    };
    let sentences = details["sentences"].as_array().unwrap().iter();
    let known = sentences.filter(|sentence| !sentence["why"].is_null());
    let sums = known.map(|sentence| {
        let why = &sentence["why"];
        let parts = why["parts"].as_array().unwrap().iter();
        let sum: i64 = parts.map(|part| hundredths(&part[1])).sum();
        (sum, hundredths(&why["score"]))
    });
    let sums: Vec<(i64, i64)> = sums.collect();
    assert!(!sums.is_empty());
    assert!(sums.iter().all(|(sum, score)| sum == score), "{sums:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_page_carries_any_text(text in hostile()) {
        let trouble = everywhere(&text);
        let [json, ..] = trouble.jsons();
        prop_assert_eq!(packed(&trouble.article_html(), "stance-report.json"), json);
    }

    #[test]
    fn nothing_is_lost_between_the_strongest_and_the_others(
        values in prop::collection::vec(-3.0f64..3.0, 0..40),
        shown in 0usize..50,
    ) {
        let contributions = values.iter().enumerate().map(|(at, &value)| Contribution {
            term: at.to_string(),
            value,
        });
        let explanation = Explanation {
            label: "x".into(),
            bias: 0.5,
            score: values.iter().fold(0.5, |sum, value| sum + value),
            contributions: contributions.collect(),
        };
        let kept = Reasons::new(&explanation, shown);
        prop_assert_eq!(kept.strongest.len(), shown.min(values.len()));
        prop_assert_eq!(kept.others.terms, values.len() - kept.strongest.len());
        let sum: f64 = kept.strongest.iter().map(|part| part.value).sum();
        prop_assert!((sum + kept.others.value + kept.bias - kept.score).abs() < 1e-9);
    }
}
