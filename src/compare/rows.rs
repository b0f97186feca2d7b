//! Who is compared: the rows, and which sentences count for each.

use super::counts::{Count, CountedArticle};
use super::{By, Question, Settings};
use crate::article::person::same_people;
use crate::prevalence::Tally;
use crate::tagger::TaggedSentence;
use crate::voice::same_holders;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One row before its shares are known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    /// As printed in the newest article that names it.
    pub name: String,
    /// Positions of its articles, in order.
    pub articles: BTreeSet<usize>,
    /// The names under which it speaks; empty unless rows are quoted people.
    holders: BTreeSet<String>,
}

/// A name as one article gives it, and the row it belongs to.
struct Mention {
    key: String,
    name: String,
    article: usize,
}

impl Mention {
    fn new(key: impl Into<String>, name: impl Into<String>, article: usize) -> Self {
        Self {
            key: key.into(),
            name: name.into(),
            article,
        }
    }
}

impl Member {
    /// The same, in one of its articles alone.
    pub fn in_article(&self, article: usize) -> Self {
        Self {
            articles: BTreeSet::from([article]),
            ..self.clone()
        }
    }

    /// Whether a sentence of one of its articles counts for the member.
    pub fn counts(
        &self,
        sentence: &TaggedSentence,
        question: &Question<'_>,
        settings: &Settings,
    ) -> bool {
        match &sentence.holder {
            Some(holder) if !self.holders.is_empty() => self.holders.contains(holder),
            _ if !self.holders.is_empty() => false,
            _ => question.counts(sentence, settings),
        }
    }

    /// The member's sentences, article by article.
    pub fn tally(&self, articles: &[&CountedArticle<'_>], outcomes: usize) -> Tally {
        let mut tally = Tally::default();
        for &article in &self.articles {
            let counted = articles[article];
            let mut sum = Count::none(outcomes);
            if self.holders.is_empty() {
                sum.add(&counted.count);
            }
            let held = |holder: &String| counted.holders.get(holder.as_str());
            self.holders
                .iter()
                .filter_map(held)
                .for_each(|count| sum.add(count));
            tally.unsure += sum.unsure;
            tally.articles.push(sum.outcomes);
        }
        tally
    }
}

/// The rows, in the order of their keys.
pub(super) fn members(articles: &[&CountedArticle<'_>], by: &By) -> Vec<Member> {
    let mut rows: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    for mention in mentions(articles, by) {
        rows.entry(mention.key.clone()).or_default().push(mention);
    }
    let member = |mentions: Vec<Mention>| {
        let age = |mention: &&Mention| {
            let date = articles[mention.article].article.date;
            let length = mention.name.chars().count();
            (date, length, Reverse(mention.name.clone()))
        };
        let newest = mentions.iter().max_by_key(age);
        let holders = match by {
            By::Holder => mentions.iter().map(|m| m.name.clone()).collect(),
            _ => BTreeSet::new(),
        };
        Member {
            name: newest.map(|m| m.name.clone()).unwrap_or_default(),
            articles: mentions.iter().map(|m| m.article).collect(),
            holders,
        }
    };
    rows.into_values().map(member).collect()
}

fn mentions(articles: &[&CountedArticle<'_>], by: &By) -> Vec<Mention> {
    let each = |mention: &dyn Fn(usize, &CountedArticle<'_>) -> Mention| {
        let numbered = articles.iter().enumerate();
        numbered
            .map(|(index, counted)| mention(index, counted))
            .collect()
    };
    match by {
        By::Author => authors(articles),
        By::Byline => bylines(articles),
        By::Holder => holders(articles),
        By::Article => each(&file),
        By::Month => each(&|index, counted| {
            let month = counted.article.date.map_or("undated".to_owned(), |date| {
                format!("{:04}-{:02}", date.year(), date.month())
            });
            Mention::new(month.clone(), month, index)
        }),
        By::Field(field) => each(&|index, counted| match counted.article.fields.get(field) {
            Some(value) if !value.trim().is_empty() => {
                Mention::new(value.trim(), value.trim(), index)
            }
            _ => Mention::new("", format!("no {field}"), index),
        }),
    }
}

/// An article by itself.
fn file(index: usize, counted: &CountedArticle<'_>) -> Mention {
    let article = &counted.article;
    Mention::new(format!("file {}", article.source), article.name(), index)
}

/// Every author of every article; an article without one stands for itself.
fn authors(articles: &[&CountedArticle<'_>]) -> Vec<Mention> {
    let printed = printed_authors(articles);
    let names: Vec<&str> = printed.iter().map(|(_, name)| *name).collect();
    let people = same_people(&names);
    let signed = printed.iter().zip(people);
    let signed =
        signed.map(|((index, name), person)| Mention::new(person_key(person), *name, *index));
    signed.chain(unsigned(articles)).collect()
}

/// The authors of an article as one row: whoever writes together stands together.
fn bylines(articles: &[&CountedArticle<'_>]) -> Vec<Mention> {
    let printed = printed_authors(articles);
    let names: Vec<&str> = printed.iter().map(|(_, name)| *name).collect();
    let mut people: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for ((index, _), person) in printed.iter().zip(same_people(&names)) {
        people.entry(*index).or_default().insert(person_key(person));
    }
    let signed = people.into_iter().map(|(index, people)| {
        let key = people.into_iter().collect::<Vec<_>>().join(" ");
        Mention::new(key, in_words(&articles[index].article.authors), index)
    });
    signed.chain(unsigned(articles)).collect()
}

/// Whoever is quoted, in every article that quotes them.
fn holders(articles: &[&CountedArticle<'_>]) -> Vec<Mention> {
    let mut printed: BTreeSet<(usize, &str)> = BTreeSet::new();
    for (index, counted) in articles.iter().enumerate() {
        printed.extend(counted.holders.keys().map(|name| (index, &**name)));
    }
    let names: Vec<&str> = printed.iter().map(|(_, name)| *name).collect();
    let people = same_holders(&names);
    let quoted = printed.iter().zip(people);
    quoted
        .map(|((index, name), person)| Mention::new(person_key(person), *name, *index))
        .collect()
}

fn printed_authors<'a>(articles: &'a [&CountedArticle<'_>]) -> Vec<(usize, &'a str)> {
    let numbered = articles.iter().enumerate();
    numbered
        .flat_map(|(index, counted)| {
            counted
                .article
                .authors
                .iter()
                .map(move |a| (index, a.as_str()))
        })
        .collect()
}

fn unsigned(articles: &[&CountedArticle<'_>]) -> impl Iterator<Item = Mention> {
    let numbered = articles.iter().enumerate();
    numbered
        .filter(|(_, counted)| counted.article.authors.is_empty())
        .map(|(index, counted)| file(index, counted))
}

fn person_key(person: usize) -> String {
    format!("person {person:08}")
}

/// `A`, `A and B`, `A, B and C`.
fn in_words(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
