//! Who is compared: the rows, and which sentences count for each.

use super::{By, Question, Settings};
use crate::article::person::same_people;
use crate::prevalence::Tally;
use crate::tagger::{TaggedArticle, TaggedSentence};
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
            _ => !settings.own_voice_only || sentence.is_own(question.own_voice),
        }
    }

    /// Counts the member's sentences, article by article.
    pub fn tally(
        &self,
        articles: &[&TaggedArticle],
        question: &Question<'_>,
        settings: &Settings,
    ) -> Tally {
        let counts = |sentence: &&TaggedSentence| self.counts(sentence, question, settings);
        let mut tally = Tally::default();
        for &article in &self.articles {
            let mut outcomes = vec![0; question.outcomes()];
            for sentence in articles[article].sentences.iter().filter(counts) {
                let tag = sentence.tags.get(question.tag);
                let known = tag.and_then(|tag| Some((tag, question.outcome(tag)?)));
                if let Some((tag, outcome)) = known {
                    outcomes[outcome] += 1;
                    tally.unsure += usize::from(tag.unsure);
                }
            }
            tally.articles.push(outcomes);
        }
        tally
    }
}

/// The rows, in the order of their keys.
pub(super) fn members(articles: &[&TaggedArticle], by: &By) -> Vec<Member> {
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

fn mentions(articles: &[&TaggedArticle], by: &By) -> Vec<Mention> {
    let each = |mention: &dyn Fn(usize, &TaggedArticle) -> Mention| {
        let numbered = articles.iter().enumerate();
        numbered
            .map(|(index, tagged)| mention(index, tagged))
            .collect()
    };
    match by {
        By::Author => authors(articles),
        By::Byline => bylines(articles),
        By::Holder => holders(articles),
        By::Article => each(&file),
        By::Month => each(&|index, tagged| {
            let month = tagged.article.date.map_or("undated".to_owned(), |date| {
                format!("{:04}-{:02}", date.year(), date.month())
            });
            Mention::new(month.clone(), month, index)
        }),
        By::Field(field) => each(&|index, tagged| match tagged.article.fields.get(field) {
            Some(value) if !value.trim().is_empty() => {
                Mention::new(value.trim(), value.trim(), index)
            }
            _ => Mention::new("", format!("no {field}"), index),
        }),
    }
}

/// An article by itself.
fn file(index: usize, tagged: &TaggedArticle) -> Mention {
    let article = &tagged.article;
    Mention::new(format!("file {}", article.source), article.name(), index)
}

/// Every author of every article; an article without one stands for itself.
fn authors(articles: &[&TaggedArticle]) -> Vec<Mention> {
    let printed = printed_authors(articles);
    let names: Vec<&str> = printed.iter().map(|(_, name)| *name).collect();
    let people = same_people(&names);
    let signed = printed.iter().zip(people);
    let signed =
        signed.map(|((index, name), person)| Mention::new(person_key(person), *name, *index));
    signed.chain(unsigned(articles)).collect()
}

/// The authors of an article as one row: whoever writes together stands together.
fn bylines(articles: &[&TaggedArticle]) -> Vec<Mention> {
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
fn holders(articles: &[&TaggedArticle]) -> Vec<Mention> {
    let mut printed: BTreeSet<(usize, &str)> = BTreeSet::new();
    for (index, tagged) in articles.iter().enumerate() {
        let names = tagged.sentences.iter().filter_map(|s| s.holder.as_deref());
        printed.extend(names.map(|name| (index, name)));
    }
    let names: Vec<&str> = printed.iter().map(|(_, name)| *name).collect();
    let people = same_holders(&names);
    let quoted = printed.iter().zip(people);
    quoted
        .map(|((index, name), person)| Mention::new(person_key(person), *name, *index))
        .collect()
}

fn printed_authors<'a>(articles: &[&'a TaggedArticle]) -> Vec<(usize, &'a str)> {
    let numbered = articles.iter().enumerate();
    numbered
        .flat_map(|(index, tagged)| {
            tagged
                .article
                .authors
                .iter()
                .map(move |a| (index, a.as_str()))
        })
        .collect()
}

fn unsigned(articles: &[&TaggedArticle]) -> impl Iterator<Item = Mention> {
    let numbered = articles.iter().enumerate();
    numbered
        .filter(|(_, tagged)| tagged.article.authors.is_empty())
        .map(|(index, tagged)| file(index, tagged))
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
