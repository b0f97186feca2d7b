//! Rows, pairs and verdicts.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use stance::article::{Article, Span};
use stance::codebook::{Codebook, argument};
use stance::compare::{
    ALL_OTHERS, By, Closeup, Comparison, CountedArticle, Question, Settings, Verdict, compare,
    compare_closely, compare_counts,
};
use stance::prevalence::{ErrorModel, Prior};
use stance::tagger::{Tag, TaggedArticle, TaggedSentence};

const OWN: usize = 0;
const REPORTED: usize = 1;

fn sentence(stance: usize, voice: usize) -> TaggedSentence {
    let tag = |label| Tag {
        label,
        probabilities: vec![1.0 / 3.0; 3],
        unsure: false,
    };
    TaggedSentence {
        paragraph: 1,
        number: 1,
        span: Span::new(0, 0),
        text: String::new(),
        tags: vec![tag(stance), tag(0), tag(voice)],
        holder: None,
    }
}

/// An article with that many sceptical, neutral and optimistic sentences.
fn article(source: &str, authors: &[&str], counts: [usize; 3]) -> TaggedArticle {
    let sentences = counts.iter().enumerate();
    TaggedArticle {
        article: Article {
            source: format!("texts/{source}.txt"),
            authors: authors.iter().map(|&author| author.to_owned()).collect(),
            ..Article::default()
        },
        sentences: sentences
            .flat_map(|(label, &count)| vec![sentence(label, OWN); count])
            .collect(),
    }
}

/// Thirty authors; the classifier is right nine times in ten.
fn errors() -> ErrorModel {
    let author = |s: u32, o: u32| vec![vec![9 * s, s, 0], vec![2, 36, 2], vec![0, o, 9 * o]];
    ErrorModel {
        groups: (0..30).map(|n| author(n % 5 + 1, 5 - n % 5)).collect(),
        ..ErrorModel::default()
    }
}

fn by(articles: &[TaggedArticle], by: &By, errors: Option<&ErrorModel>) -> Comparison {
    let codebook = Codebook::shipped();
    let question = Question::new(&codebook, "stance", errors).unwrap();
    compare(articles, &question, by, &quick(true))
}

/// Settings that draw less than usual.
fn quick(own_voice_only: bool) -> Settings {
    Settings {
        own_voice_only,
        prior: Prior {
            candidates: 3_000,
            draws: 1_000,
            ..Prior::default()
        },
        ..Settings::default()
    }
}

fn names(comparison: &Comparison) -> Vec<&str> {
    comparison
        .rows
        .iter()
        .map(|row| row.name.as_str())
        .collect()
}

/// Two authors of four articles each, far apart, and one of two sentences.
fn three_authors() -> Vec<TaggedArticle> {
    let mut articles = vec![article("short", &["Cy Short"], [1, 0, 1])];
    for n in 0..4 {
        articles.push(article(&format!("a{n}"), &["Ada Bright"], [2, 12, 20 + n]));
        articles.push(article(&format!("b{n}"), &["Bo Grim"], [20 + n, 12, 2]));
    }
    articles
}

#[test]
fn authors_far_apart_are_told_apart_and_short_ones_are_not_judged() {
    let found = by(&three_authors(), &By::Author, Some(&errors()));
    assert_eq!(names(&found), ["Ada Bright", "Cy Short", "Bo Grim"]);
    assert_eq!(found.pairs.len(), 3);
    let pair = found
        .pairs
        .iter()
        .find(|p| p.b == "Bo Grim" && p.a == "Ada Bright")
        .unwrap();
    assert_eq!(pair.verdict, Verdict::Leans("more optimistic".into()));
    assert!(
        pair.low.unwrap() > 0.0 && pair.p_value.unwrap() < 0.05,
        "{pair:?}"
    );
    assert_eq!(pair.note, "p-value by permutation of whole articles");
    assert_eq!(pair.shares.len(), 3);
    assert!(pair.shares[2].low.unwrap() > 0.0 && pair.shares[0].high.unwrap() < 0.0);
    for pair in found
        .pairs
        .iter()
        .filter(|p| p.a == "Cy Short" || p.b == "Cy Short")
    {
        assert_eq!(
            (&pair.verdict, pair.p_value),
            (&Verdict::TooLittleText, None)
        );
        assert!(pair.difference.is_some());
    }
}

#[test]
fn alike_authors_are_not_distinguishable() {
    let articles: Vec<_> = (0..8)
        .map(|n| {
            article(
                &format!("{n}"),
                &[["Ada Bright", "Bo Grim"][n % 2]],
                [8 + n / 4, 12, 8],
            )
        })
        .collect();
    let found = by(&articles, &By::Author, Some(&errors()));
    assert_eq!(found.pairs[0].verdict, Verdict::NotDistinguishable);
    // Equal counts, yet not equal: their intervals have a width.
    assert!(found.pairs[0].low.unwrap() < -0.1 && found.pairs[0].high.unwrap() > 0.1);
}

#[test]
fn with_one_article_each_the_p_value_comes_from_the_draws() {
    let articles = [
        article("a", &[], [2, 40, 60]),
        article("b", &[], [60, 40, 2]),
    ];
    let found = by(&articles, &By::Article, Some(&errors()));
    assert_eq!(names(&found), ["a", "b"]);
    assert_eq!(
        found.pairs[0].note,
        "p-value from the uncertainty of the shares"
    );
    assert_eq!(
        found.pairs[0].verdict,
        Verdict::Leans("more optimistic".into())
    );
}

#[test]
fn without_an_error_model_nothing_is_judged() {
    let found = by(&three_authors(), &By::Author, None);
    assert_eq!(names(&found)[0], "Ada Bright");
    let pair = found
        .pairs
        .iter()
        .find(|p| p.b == "Bo Grim" && p.a == "Ada Bright")
        .unwrap();
    assert_eq!((pair.difference, pair.p_value), (None, None));
    assert_eq!(pair.verdict, Verdict::NotDistinguishable);
    assert!(pair.note.contains("errors are unknown"));
}

#[test]
fn a_joint_article_counts_for_each_author_and_an_unsigned_one_for_its_file() {
    let articles = [
        article("joint", &["Ada Bright", "Bo Grim"], [0, 5, 5]),
        article("own", &["Ada Bright"], [0, 5, 0]),
        article("unsigned", &[], [5, 0, 0]),
    ];
    let found = by(&articles, &By::Author, Some(&errors()));
    let row = |name| found.rows.iter().find(|row| row.name == name).unwrap();
    assert_eq!(
        (
            row("Ada Bright").articles,
            row("Ada Bright").prevalence.counted
        ),
        (2, 15)
    );
    assert_eq!(
        (row("Bo Grim").articles, row("Bo Grim").prevalence.counted),
        (1, 10)
    );
    assert_eq!(row("unsigned").sentences, 5);
    let found = by(&articles, &By::Byline, Some(&errors()));
    let mut rows = names(&found);
    rows.sort_unstable();
    assert_eq!(rows, ["Ada Bright", "Ada Bright and Bo Grim", "unsigned"]);
}

#[test]
fn files_of_the_same_name_are_two_rows_with_draws_of_their_own() {
    let mut articles = [article("x", &[], [9, 9, 9]), article("x", &[], [9, 9, 9])];
    articles[1].article.source = "more/x.txt".into();
    let found = by(&articles, &By::Author, Some(&errors()));
    assert_eq!(names(&found), ["x", "x"]);
    assert!(found.pairs[0].high.unwrap() - found.pairs[0].low.unwrap() > 0.2);
}

#[test]
fn only_the_own_voice_counts_and_quoted_people_have_rows_of_their_own() {
    let mut tagged = article("a", &["Ada Bright"], [3, 0, 0]);
    for _ in 0..4 {
        tagged.sentences.push(TaggedSentence {
            holder: Some("the envoy".into()),
            ..sentence(2, REPORTED)
        });
    }
    let articles = [tagged];
    let own = by(&articles, &By::Author, Some(&errors()));
    assert_eq!(
        (own.rows[0].sentences, own.rows[0].prevalence.counted),
        (7, 3)
    );
    assert_eq!(own.rows[0].prevalence.shares[0].raw, Some(1.0));
    let quoted = by(&articles, &By::Holder, Some(&errors()));
    assert_eq!(names(&quoted), ["the envoy"]);
    assert_eq!(quoted.rows[0].prevalence.counted, 4);
    assert_eq!(quoted.rows[0].prevalence.shares[2].raw, Some(1.0));
}

#[test]
fn months_and_fields_make_rows() {
    let mut articles = vec![article("a", &[], [0, 9, 9]), article("b", &[], [9, 9, 0])];
    articles[0].article.date = Some(jiff::civil::date(2031, 3, 9));
    articles[0]
        .article
        .fields
        .insert("outlet".into(), "The Quay".into());
    assert_eq!(
        names(&by(&articles, &By::Month, Some(&errors()))),
        ["2031-03", "undated"]
    );
    let outlets = by(&articles, &By::Field("outlet".into()), Some(&errors()));
    assert_eq!(names(&outlets), ["The Quay", "no outlet"]);
    assert_eq!(outlets.by, "outlet");
}

#[test]
fn rows_without_sentences_come_last_and_stay_undefined() {
    let articles = [
        article("empty", &["Di Void"], [0; 3]),
        article("a", &["Bo Grim"], [20, 5, 0]),
    ];
    let found = by(&articles, &By::Author, Some(&errors()));
    assert_eq!(names(&found), ["Bo Grim", "Di Void"]);
    assert_eq!(found.rows[1].prevalence.net.unwrap().raw, None);
    let pair = &found.pairs[0];
    assert_eq!(
        (pair.difference, &pair.verdict),
        (None, &Verdict::TooLittleText)
    );
}

#[test]
fn a_set_without_order_is_shown_but_not_judged() {
    let codebook = Codebook::shipped();
    let role_errors = errors();
    let question = Question::new(&codebook, "role", Some(&role_errors)).unwrap();
    let found = compare(
        &three_authors(),
        &question,
        &By::Author,
        &Settings::default(),
    );
    assert!(found.rows.iter().all(|row| row.prevalence.net.is_none()));
    assert!(
        found
            .pairs
            .iter()
            .all(|p| p.difference.is_none() && p.shares[0].value.is_some())
    );
    assert!(
        found
            .pairs
            .iter()
            .any(|p| p.note == "the labels have no order")
    );
}

#[test]
fn many_rows_are_compared_with_all_others() {
    let articles: Vec<_> = (0..120)
        .map(|n| {
            let counts = if n == 7 {
                [0, 10, 60]
            } else {
                [20 + n % 3, 30, 20]
            };
            article(&format!("{n:03}"), &[], counts)
        })
        .collect();
    let found = by(&articles, &By::Article, Some(&errors()));
    assert_eq!(found.pairs.len(), 120);
    assert!(found.pairs.iter().all(|pair| pair.b == ALL_OTHERS));
    let leaning: Vec<&str> = found
        .pairs
        .iter()
        .filter(|pair| pair.verdict == Verdict::Leans("more optimistic".into()))
        .map(|pair| pair.a.as_str())
        .collect();
    assert_eq!(leaning, ["007"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_of_articles_does_not_matter(
        counts in prop::collection::vec(prop::array::uniform3(0usize..12), 1..8).prop_shuffle(),
    ) {
        let articles: Vec<_> = counts.iter().enumerate()
            .map(|(n, counts)| article(&format!("{n}"), &[["Ada Bright", "Bo Grim", "Cy Short"][n % 3]], *counts))
            .collect();
        let reversed: Vec<_> = articles.iter().rev().cloned().collect();
        let there = by(&articles, &By::Author, Some(&errors()));
        prop_assert_eq!(&there, &by(&reversed, &By::Author, Some(&errors())));
        for pair in &there.pairs {
            prop_assert!(pair.low <= pair.difference && pair.difference <= pair.high);
            prop_assert!(pair.p_value.is_none_or(|p| (0.0..=1.0).contains(&p)));
            prop_assert!(pair.difference.is_none_or(|d| d >= 0.0), "rows are sorted by net");
            let leans = matches!(pair.verdict, Verdict::Leans(_));
            prop_assert!(!leans || (pair.p_value.unwrap() < 0.05 && pair.low.unwrap() > 0.0));
        }
    }
}

/// Articles of three authors with own sentences, sure and unsure, and quoted ones.
fn quoting() -> impl Strategy<Value = Vec<TaggedArticle>> {
    let sentence = (0usize..3, 0usize..3, 0.3f64..1.0).prop_map(|(label, voice, sure)| {
        let mut tagged = sentence(label, voice.min(REPORTED));
        tagged.holder = [None, Some("the envoy"), Some("Envoy Ott")][voice].map(str::to_owned);
        tagged.tags[0].probabilities[label] = sure;
        tagged.tags[0].unsure = sure < 0.5;
        tagged
    });
    let sentences = prop::collection::vec(sentence, 0..30);
    let articles = (0usize..4, 0i8..3, "[ab]{0,2}", sentences);
    let articles = articles.prop_map(|(author, month, text, sentences)| {
        let authors: [&[&str]; 4] = [
            &["Ada Bright"],
            &["Bo Grim"],
            &["Bo Grim", "A. Bright"],
            &[],
        ];
        let mut tagged = article(&format!("{text}{author}"), authors[author], [0; 3]);
        tagged.article.date = (month > 0).then(|| jiff::civil::date(2031, month, 1));
        tagged.article.fields.insert("outlet".into(), text.clone());
        tagged.article.text = text;
        TaggedArticle {
            sentences,
            ..tagged
        }
    });
    prop::collection::vec(articles, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn counts_that_travelled_as_json_compare_like_the_articles(
        articles in quoting(),
        by in prop::sample::select(vec![
            By::Author, By::Byline, By::Article, By::Holder, By::Month, By::Field("outlet".into()),
        ]),
        own_voice_only: bool,
        with_errors: bool,
    ) {
        let codebook = Codebook::shipped();
        let mut errors = errors();
        errors.sure_from = vec![0.6; 3];
        for row in errors.groups.iter_mut().flatten() {
            *row = row.iter().flat_map(|&n| [n, 2 * n]).collect();
        }
        let errors = with_errors.then_some(&errors);
        let question = Question::new(&codebook, "stance", errors).unwrap();
        let settings = quick(own_voice_only);
        let count = |tagged| CountedArticle::new(tagged, &question, &settings);
        let counts: Vec<_> = articles.iter().map(count).collect();
        let json = serde_json::to_string(&counts).unwrap();
        let travelled: Vec<CountedArticle<'_>> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(
            compare_counts(&travelled, &question, &by, &settings).unwrap(),
            compare(&articles, &question, &by, &settings)
        );
    }
}

#[test]
fn counts_that_do_not_fit_are_refused_by_name() {
    let codebook = Codebook::shipped();
    let question = Question::new(&codebook, "stance", None).unwrap();
    let tagged = article("x", &[], [1, 2, 3]);
    let refused = |change: &dyn Fn(&mut CountedArticle<'_>)| {
        let mut counted = CountedArticle::new(&tagged, &question, &Settings::default());
        change(&mut counted);
        let counts = [counted];
        let found = compare_counts(&counts, &question, &By::Author, &Settings::default());
        found.unwrap_err().to_string()
    };
    let message = refused(&|counted| counted.count.outcomes.truncate(2));
    assert!(
        message.contains("x.txt") && message.contains("2 outcomes"),
        "{message}"
    );
    let message = refused(&|counted| counted.count.outcomes[1] = u32::MAX);
    assert!(message.contains("more than 4294967295"), "{message}");
}

const CLAIM: usize = 0;
const EVIDENCE: usize = 1;

/// An article of one author: stance, role and voice of each sentence, and how sure its tags are.
fn argued(author: &str, sentences: &[(usize, usize, usize, f64)]) -> TaggedArticle {
    let sentence = |(at, &(stance, role, voice, sure)): (usize, &(usize, usize, usize, f64))| {
        let mut tagged = sentence(stance, voice);
        tagged.number = at + 1;
        tagged.tags[1].label = role;
        for tag in &mut tagged.tags[..2] {
            tag.probabilities = vec![(1.0 - sure) / 2.0; 3];
            tag.probabilities[tag.label] = sure;
            tag.unsure = sure < 0.5;
        }
        tagged
    };
    TaggedArticle {
        sentences: sentences.iter().enumerate().map(sentence).collect(),
        ..article(author, &[author], [0; 3])
    }
}

fn closely(articles: &[TaggedArticle]) -> Closeup<'_> {
    let codebook = Codebook::shipped();
    let question = Question::new(&codebook, "stance", None).unwrap();
    let settings = Settings::default();
    let argument = argument(&codebook.sets);
    compare_closely(articles, &question, argument, &By::Author, &settings)
}

#[test]
fn the_surest_claims_of_each_end_stand_beside_their_nearest_evidence() {
    let mut sentences = vec![
        (0, EVIDENCE, OWN, 0.9),
        (2, EVIDENCE, REPORTED, 0.9),
        (2, CLAIM, OWN, 0.8),
        (2, EVIDENCE, OWN, 0.9),
        (2, EVIDENCE, OWN, 0.4),
        (2, CLAIM, REPORTED, 0.9),
        (2, CLAIM, OWN, 0.9),
        (2, CLAIM, OWN, 0.4),
    ];
    sentences.extend([(1, CLAIM, OWN, 0.9); 6]);
    sentences.push((2, EVIDENCE, OWN, 0.9));
    let articles = [argued("Ada Bright", &sentences)];
    let found = closely(&articles);
    let portrait = &found.portraits[0];
    let numbers: Vec<usize> = portrait.positive.iter().map(|s| s.claim.number).collect();
    assert_eq!(numbers, [7, 3], "own, sure, of that end, the surest first");
    assert!((portrait.positive[0].strength - 0.81).abs() < 1e-12);
    let beside = |at: usize| -> Vec<usize> {
        portrait.positive[at]
            .evidence
            .iter()
            .map(|s| s.number)
            .collect()
    };
    assert_eq!(
        beside(0),
        [4, 2],
        "of the same end, sure, nearest first, not six sentences off"
    );
    assert_eq!(beside(1), [2, 4], "of two equally near the earlier");
    assert!(portrait.negative.is_empty());
}

#[test]
fn a_set_that_names_no_claims_has_none() {
    let articles = [argued("Ada Bright", &[(2, CLAIM, OWN, 0.9)])];
    let codebook = Codebook::shipped();
    let question = Question::new(&codebook, "stance", None).unwrap();
    let found = compare_closely(
        &articles,
        &question,
        None,
        &By::Author,
        &Settings::default(),
    );
    assert!(found.portraits[0].positive.is_empty());
}

#[test]
fn closeups_hold_the_same_rows_and_every_article_of_each() {
    let mut articles = three_authors();
    articles[0].sentences[0].holder = Some("the envoy".into());
    articles[0].sentences[0].tags[2].label = REPORTED;
    articles[1].article.date = jiff::civil::Date::new(2024, 5, 1).ok();
    articles[3].article.date = jiff::civil::Date::new(2023, 5, 1).ok();
    let codebook = Codebook::shipped();
    let errors = errors();
    let question = Question::new(&codebook, "stance", Some(&errors)).unwrap();
    let settings = Settings::default();
    let found = compare_closely(&articles, &question, None, &By::Author, &settings);
    assert_eq!(
        found.comparison,
        compare(&articles, &question, &By::Author, &settings)
    );
    for (row, portrait) in found.rows() {
        assert_eq!(row.articles, portrait.pieces.len());
        let counted = portrait.pieces.iter().map(|piece| piece.prevalence.counted);
        assert_eq!(row.prevalence.counted, counted.sum::<usize>());
    }
    let dates = found.portraits[0]
        .pieces
        .iter()
        .map(|piece| piece.tagged.article.date);
    let years: Vec<_> = dates.map(|date| date.map(|date| date.year())).collect();
    assert_eq!(years, [Some(2023), Some(2024), None, None]);
    assert_eq!(found.quoted.len(), 1);
    assert_eq!(
        (&*found.quoted[0].name, found.quoted[0].prevalence.counted),
        ("the envoy", 1)
    );
    let reversed: Vec<_> = articles.iter().rev().cloned().collect();
    let turned = compare_closely(&reversed, &question, None, &By::Author, &settings);
    assert_eq!(turned, found, "whatever the order of the articles");
}
