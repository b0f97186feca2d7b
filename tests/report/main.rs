//! What reports look like (golden files, renewed by `INSTA_UPDATE=always cargo test --test report`)
//! and what must hold whatever is reported.
#![allow(clippy::unwrap_used)]

mod cards;
mod charts;
mod checks;
mod evaluations;
mod everywhere;
mod hostile;
mod pages;
mod results;

use evaluations::{evaluation, everything, scores};
use everywhere::{everywhere, everywhere_with};
use hostile::{hostile, markup};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};
use results::{Cases, closeup, comparison, explanation, plain, sections};
use stance::codebook::Codebook;
use stance::report::article::{self, ArticleReport};
use stance::report::check;
use stance::report::evaluation as evaluating;
use stance::report::method::Method;
use stance::report::tags::{TagFormat, TagWriter};
use stance::report::{Style, comparison as comparing, explanation as explaining, inspect};
use stance::tagger::TaggedArticle;
use unicode_width::UnicodeWidthStr;

const TABLE: Style = Style {
    width: 80,
    colour: false,
};

/// Compares with a golden file, which spares its readers style sheets, scripts and packed data.
fn golden(name: &str, output: &str) {
    let output = pages::bare(output);
    insta::with_settings!({omit_expression => true, prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(name, output);
    });
}

fn tags(format: TagFormat, codebook: &Codebook, articles: &[TaggedArticle]) -> String {
    let mut bytes = Vec::new();
    let mut writer = TagWriter::new(&mut bytes, format, codebook);
    for article in articles {
        writer.article(article).unwrap();
    }
    writer.finish().unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn articles_look_as_they_did() {
    let cases = Cases::read();
    let (reports, codebook) = (cases.reports(), Codebook::shipped());
    golden("article.table", &article::table(&reports, &codebook, TABLE));
    let painted = Style {
        width: 60,
        colour: true,
    };
    golden(
        "article.colour",
        &article::table(&reports[..1], &codebook, painted),
    );
    golden("article.markdown", &article::markdown(&reports, &codebook));
    golden("article.json", &article::json(&reports, &codebook));
    let (scores, method) = (scores(), Method::default());
    golden("article.html", &article::html(&reports, &codebook, &method));
    let method = Method {
        title: "Prospects of a settlement",
        rows: 60,
        groups: 6,
        fingerprint: "5e5e5e5e5e5e5e5e",
        scores: vec![("stance", &scores)],
    };
    let alone = article::html(&reports[..1], &codebook, &method);
    golden("article-alone.html", &alone);
    golden(
        "article-alone.details",
        &pages::packed(&alone, "details.json"),
    );
}

#[test]
fn checks_look_as_they_did() {
    let found = checks::check();
    golden("check.table", &check::table(&found, TABLE));
    golden("check.markdown", &check::markdown(&found));
    golden("check.json", &check::json(&found));
    golden("check.csv", &check::csv(&found));
}

#[test]
fn a_set_without_order_is_reported_without_net() {
    let (codebook, tagged) = plain();
    let reports = [ArticleReport::new(&tagged)];
    golden("plain.table", &article::table(&reports, &codebook, TABLE));
    golden("plain.json", &article::json(&reports, &codebook));
    golden("plain.markdown", &article::markdown(&reports, &codebook));
    let page = article::html(&reports, &codebook, &Method::default());
    assert!(!pages::bare(&page).contains("class=\"net\""));
}

#[test]
fn tags_look_as_they_did() {
    let cases = Cases::read();
    let codebook = Codebook::shipped();
    golden(
        "tags.jsonl",
        &tags(TagFormat::Jsonl, &codebook, &cases.tagged),
    );
    golden("tags.csv", &tags(TagFormat::Csv, &codebook, &cases.tagged));
    golden(
        "tags.table",
        &tags(TagFormat::Table(TABLE), &codebook, &cases.tagged),
    );
}

#[test]
fn rows_of_a_table_keep_their_columns() {
    let (codebook, tagged) = plain();
    let row = |text: &str| {
        let cell = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        [cell("id", "7"), cell("topic", "=1+1"), cell("text", text)]
    };
    let write = |format| {
        let mut bytes = Vec::new();
        let mut writer = TagWriter::new(&mut bytes, format, &codebook);
        for sentence in &tagged.sentences {
            writer
                .row(&row(&sentence.text), &tagged.article, sentence)
                .unwrap();
        }
        writer.finish().unwrap();
        String::from_utf8(bytes).unwrap()
    };
    golden("rows.csv", &write(TagFormat::Csv));
    golden("rows.jsonl", &write(TagFormat::Jsonl));
}

#[test]
fn a_csv_refuses_rows_with_other_columns() {
    let (codebook, tagged) = plain();
    let sentence = &tagged.sentences[0];
    let row = |name: &str| [(name.to_owned(), String::new())];
    let mut writer = TagWriter::new(Vec::new(), TagFormat::Csv, &codebook);
    writer.row(&row("id"), &tagged.article, sentence).unwrap();
    assert!(writer.row(&row("key"), &tagged.article, sentence).is_err());
}

#[test]
fn the_fields_of_a_sentence_keep_to_the_contract() {
    let cases = Cases::read();
    let lines = tags(TagFormat::Jsonl, &Codebook::shipped(), &cases.tagged[..1]);
    let contract = [
        "article",
        "title",
        "authors",
        "date",
        "paragraph",
        "sentence",
        "start",
        "end",
        "text",
        "stance",
        "stance_probabilities",
        "role",
        "role_probabilities",
        "voice",
        "voice_probabilities",
        "holder",
        "unsure",
    ];
    let line = lines.lines().next().unwrap();
    let places = contract.map(|name| line.find(&format!("\"{name}\":")).unwrap());
    assert!(places.is_sorted(), "{line}");
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
    assert_eq!(object.len(), contract.len());
}

#[test]
fn comparisons_look_as_they_did() {
    let (codebook, comparison) = (Codebook::shipped(), comparison());
    let set = codebook.polar().unwrap();
    golden(
        "comparison.table",
        &comparing::table(&comparison, set, TABLE),
    );
    golden(
        "comparison.markdown",
        &comparing::markdown(&comparison, set),
    );
    golden("comparison.json", &comparing::json(&comparison));
    golden("comparison.csv", &comparing::csv(&comparison));
    let cases = Cases::read();
    let closeup = closeup(comparison, &cases.tagged);
    let scores = scores();
    let method = Method {
        title: "Prospects",
        rows: 600,
        groups: 12,
        fingerprint: "5eed",
        scores: vec![("stance", &scores)],
    };
    golden("comparison.html", &comparing::html(&closeup, set, &method));
}

#[test]
fn evaluations_look_as_they_did() {
    let stance = evaluation("stance", scores());
    let both = [stance.clone(), evaluation("role", scores())];
    let one = std::slice::from_ref(&stance);
    golden("evaluation.table", &evaluating::table(one, TABLE));
    golden("evaluation.markdown", &evaluating::markdown(&both));
    golden("evaluation.json", &evaluating::json(one));
    golden("evaluations.json", &evaluating::json(&both));
    golden(
        "scores.table",
        &evaluating::scores(&[("stance", &scores())], TABLE),
    );
}

#[test]
fn cards_look_as_they_did() {
    let parts = cards::parts("labels of *two* readers");
    golden(
        "card",
        &parts.markdown(true, "### Limits\n\n- **None** known.\n\n"),
    );
    golden("card-of-little", &parts.markdown(false, ""));
}

#[test]
fn comparisons_of_models_and_learning_curves_look_as_they_did() {
    let all = [everything(scores(), 4)];
    golden("everything.table", &evaluating::table(&all, TABLE));
    golden("everything.markdown", &evaluating::markdown(&all));
    golden("everything.json", &evaluating::json(&all));
    let few = evaluating::table(&[everything(scores(), 2)], TABLE);
    assert!(few.contains("cannot be told"), "{few}");
}

#[test]
fn a_gain_that_may_be_nothing_is_not_promised() {
    let mut unsure = everything(scores(), 4);
    let curve = unsure.learning_curve.as_mut().unwrap();
    curve.gain.low = Some(0.0);
    let table = evaluating::table(&[unsure], TABLE);
    assert!(
        table.replace('\n', " ").contains("may bring nothing"),
        "{table}"
    );
}

#[test]
fn many_labels_are_listed_where_they_do_not_fit_side_by_side() {
    let mut scores = scores();
    scores.label_names = (0..30).map(|at| format!("label {at}")).collect();
    scores.labels = vec![scores.labels[0].clone(); 30];
    scores.confusion = vec![vec![12_345; 30]; 30];
    let table = evaluating::table(&[evaluation("topic", scores)], TABLE);
    assert!(table.lines().all(|line| line.width() <= TABLE.width));
    assert!(table.contains("label 29: 12345"), "{table}");
}

/// What a reader adds up is what is printed.
#[test]
fn printed_contributions_add_up_to_the_printed_score() {
    let (sentence, explained) = explanation();
    let table = explaining::table(&sentence, &explained, TABLE);
    let hundredths = |line: &str| -> Option<i64> {
        let number = line.split_whitespace().next()?.replace('−', "-");
        let number: f64 = number.parse().ok()?;
        Some((number * 100.0).round() as i64)
    };
    let mut printed: Vec<i64> = table.lines().filter_map(hundredths).collect();
    let score = printed.pop().unwrap();
    assert_eq!(printed.iter().sum::<i64>(), score, "{table}");
}

#[test]
fn explanations_and_facts_look_as_they_did() {
    let (sentence, explained) = explanation();
    golden(
        "explanation.table",
        &explaining::table(&sentence, &explained, TABLE),
    );
    golden("explanation.json", &explaining::json(&sentence, &explained));
    golden(
        "explanation.markdown",
        &explaining::markdown(&sentence, &explained),
    );
    golden("explanation.html", &explaining::html(&sentence, &explained));
    golden("inspect.table", &inspect::table(&sections(), TABLE));
    golden("inspect.json", &inspect::json(&sections()));
}

#[test]
fn figures_beyond_reason_are_drawn_too() {
    for figure in [f64::MAX, f64::MIN, f64::INFINITY, f64::NAN] {
        let trouble = everywhere_with("x", figure);
        for table in trouble.tables(TABLE) {
            assert!(table.lines().all(|line| line.width() <= TABLE.width));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn text_adds_no_markup_to_a_page(text in hostile().prop_map(|text| format!("x{text}"))) {
        let harmless = everywhere("x");
        let trouble = everywhere(&text);
        prop_assert_eq!(markup(&trouble.article_html()), markup(&harmless.article_html()));
        prop_assert_eq!(markup(&trouble.comparison_html()), markup(&harmless.comparison_html()));
        prop_assert_eq!(markup(&trouble.explanation_html()), markup(&harmless.explanation_html()));
    }

    #[test]
    fn markdown_shows_text_as_it_is(text in hostile().prop_map(|text| format!("x{text}"))) {
        let trouble = everywhere(&text);
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
        let harmless = everywhere("x");
        let shape = |markdown: &str| -> Vec<String> {
            let events = Parser::new_ext(markdown, options);
            events.filter(|e| !matches!(e, Event::Text(_))).map(|e| format!("{e:?}")).collect()
        };
        prop_assert_eq!(shape(&trouble.article_markdown()), shape(&harmless.article_markdown()));
        prop_assert_eq!(shape(&trouble.comparison_markdown()), shape(&harmless.comparison_markdown()));
        prop_assert_eq!(shape(&trouble.evaluation_markdown()), shape(&harmless.evaluation_markdown()));
        prop_assert_eq!(shape(&trouble.explanation_markdown()), shape(&harmless.explanation_markdown()));
        let card = |text: &str| cards::parts(text).markdown(true, "*Notes*");
        prop_assert_eq!(shape(&card(&text)), shape(&card("x")));
        let shown: String = Parser::new_ext(&trouble.article_markdown(), options)
            .filter_map(|e| if let Event::Text(text) = e { Some(text.into_string()) } else { None })
            .collect();
        let seen = stance::report::visible(&text);
        prop_assert!(shown.contains(seen.trim_matches(|c: char| c.is_whitespace())), "{shown:?}");
    }

    #[test]
    fn json_parses_and_keeps_the_text(text in hostile(), figure in prop::num::f64::ANY) {
        let trouble = everywhere_with(&text, figure);
        let places = ["/0/sentences/0/text", "/rows/0/name", "/sets/x/confusion/labels/0", "/text",
            "/sections/0/title", "/text"];
        for (json, place) in trouble.jsons().iter().zip(places) {
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            prop_assert_eq!(value.pointer(place).unwrap(), &text);
        }
    }

    #[test]
    fn csv_reads_back_and_runs_no_formula(text in hostile()) {
        let trouble = everywhere(&text);
        for table in trouble.csvs() {
            let mut reader = csv::Reader::from_reader(table.as_bytes());
            let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            prop_assert!(!records.is_empty());
            for cell in records.iter().flatten() {
                let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                prop_assert!(!runs || cell.parse::<f64>().is_ok(), "{cell:?}");
            }
            let kept = |cell: &str| cell == text || cell.strip_prefix('\'') == Some(&text);
            prop_assert!(records.iter().flatten().any(kept));
        }
    }

    #[test]
    fn no_line_is_wider_than_the_terminal(text in hostile(), width in 0usize..130, figure in prop::num::f64::ANY) {
        let trouble = everywhere_with(&text, figure);
        for table in trouble.tables(Style { width, colour: false }) {
            for line in table.lines() {
                prop_assert!(line.width() <= width.max(40), "{} columns: {line:?}", line.width());
                prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            }
        }
    }

    #[test]
    fn colour_changes_nothing_but_colour(text in hostile(), width in 0usize..130) {
        let trouble = everywhere(&text);
        let painted = trouble.tables(Style { width, colour: true });
        for (painted, bare) in painted.iter().zip(trouble.tables(Style { width, colour: false })) {
            let stripped = anstream::adapter::strip_str(painted).to_string();
            prop_assert_eq!(stripped, bare);
        }
    }
}
