use super::token::{Token, tokens};
use super::trie::{Trie, Unit};
use crate::article::source::{self, ReadOptions};
use crate::article::table::{Row, Value};
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Words and expressions by category, as research on a subject collects them: what a model learns
/// of a category holds for all its terms, those too that stood in no sentence it learned from.
///
/// A term is up to eight words and marks; `*` at the end of a word stands for any ending. Where
/// terms overlap the longest is taken, a word as it is written before a stem, a longer stem before
/// a shorter one. Upper and lower case are the same, as are ’ and '.
///
/// ```
/// use stance::features::Dictionary;
/// let json = r#"{"move": ["agree*", "step forward"], "block": ["stall*"], "turn": ["no"]}"#;
/// let dictionary: Dictionary = serde_json::from_str(json)?;
/// assert_eq!(dictionary.find("No step forward, the talks stalled."), ["turn", "move", "block"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "Terms", into = "Terms")]
pub struct Dictionary(Arc<Compiled>);

/// Terms by category.
type Terms = BTreeMap<String, Vec<String>>;

#[derive(Debug)]
struct Compiled {
    terms: Terms,
    trie: Trie,
}

/// The most words and marks of a term.
const LONGEST: usize = 8;

impl Dictionary {
    /// Reads a table with the columns `term` and `category`.
    ///
    /// # Errors
    /// If the file cannot be read, has no terms, lacks a column, or has a term that is none or is
    /// in two categories.
    pub fn read(path: &Path) -> Result<Self> {
        let mut draft = Draft::default();
        for row in source::open_rows(path, &ReadOptions::default())? {
            let row = row?;
            let cell = |name| cell(&row, name).map_err(|error| error.at(path));
            draft
                .add(cell("category")?, cell("term")?)
                .map_err(|error| error.at(path).on_line(row.line))?;
        }
        draft.finish().map_err(|error| error.at(path))
    }

    /// The categories of the terms that stand in a text, in order.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<&str> {
        let words: Vec<String> = tokens(text).map(Token::normal).collect();
        let names: Vec<&str> = self.categories().collect();
        let mut found = Vec::new();
        self.trie().find(
            words.len(),
            |at| self.trie().starts(&words[at]),
            |at| &words[at],
            |category| found.push(names[category as usize]),
        );
        found
    }

    /// The categories, in alphabetic order.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        self.0.terms.keys().map(String::as_str)
    }

    /// How many terms there are.
    #[must_use]
    pub fn terms(&self) -> usize {
        self.0.terms.values().map(Vec::len).sum()
    }

    pub(super) fn trie(&self) -> &Trie {
        &self.0.trie
    }
}

/// Terms on their way into a dictionary.
#[derive(Default)]
struct Draft {
    terms: Terms,
    categories: FxHashMap<Vec<Unit>, String>,
}

impl Draft {
    fn add(&mut self, category: &str, term: &str) -> Result<()> {
        check_name(category)?;
        let units = units(term)?;
        match self.categories.get(&units) {
            Some(known) if known == category => return Ok(()),
            Some(known) => {
                return Err(Error::input(format!(
                    "`{term}` is in two categories, `{known}` and `{category}`"
                ))
                .remedy("keep the one it belongs to"));
            }
            None => {}
        }
        self.categories.insert(units, category.to_owned());
        let terms = self.terms.entry(category.to_owned()).or_default();
        terms.push(term.to_owned());
        Ok(())
    }

    fn finish(self) -> Result<Dictionary> {
        let Self { terms, categories } = self;
        if terms.is_empty() {
            return Err(Error::input("no term in the dictionary")
                .remedy("give a table with the columns `term` and `category`, a term a row"));
        }
        let numbers: FxHashMap<&str, u32> = terms.keys().map(String::as_str).zip(0..).collect();
        let mut trie = Trie::default();
        for (term, category) in &categories {
            trie.add(term, numbers[category.as_str()]);
        }
        Ok(Dictionary(Arc::new(Compiled { terms, trie })))
    }
}

/// What a row has in a column.
fn cell<'r>(row: &'r Row, name: &str) -> Result<&'r str> {
    let value = row.get(name).map(Value::as_str);
    value.map(str::trim).ok_or_else(|| {
        Error::input(format!("no column `{name}`"))
            .on_line(1)
            .remedy("give a table with the columns `term` and `category`, a term a row")
    })
}

/// A category is one word, so that explanations can name several in a row.
fn check_name(category: &str) -> Result<()> {
    let speaks = category.chars().any(char::is_alphanumeric);
    if speaks && !category.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Ok(())
    } else {
        Err(
            Error::input(format!("`{category}` cannot name a category of terms"))
                .remedy("use one word, such as `conflict`"),
        )
    }
}

/// The words and marks of a term.
fn units(term: &str) -> Result<Vec<Unit>> {
    let mut units: Vec<Unit> = Vec::new();
    for part in term.split_whitespace() {
        let (word, open) = match part.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (part, false),
        };
        let whole = |token: Token<'_>| Unit {
            word: token.normal(),
            open: false,
        };
        units.extend(tokens(word).map(whole));
        match units.last_mut() {
            Some(last) if word.ends_with(char::is_alphanumeric) => last.open = open,
            _ if open => return Err(no_term(term, "a star stands behind letters")),
            _ => {}
        }
    }
    if units.iter().any(|unit| unit.word == "*") {
        return Err(no_term(term, "a star stands at the end of a word"));
    }
    match units.len() {
        0 => Err(no_term(term, "it is empty")),
        1..=LONGEST => Ok(units),
        _ => Err(no_term(term, "it is longer than eight words and marks")),
    }
}

fn no_term(term: &str, why: &str) -> Error {
    Error::input(format!("`{term}` is no term: {why}"))
        .remedy("write one to eight words, such as `break* down`, a star for any ending")
}

impl TryFrom<Terms> for Dictionary {
    type Error = Error;

    fn try_from(terms: Terms) -> Result<Self> {
        let mut draft = Draft::default();
        for (category, terms) in &terms {
            for term in terms {
                draft.add(category, term)?;
            }
        }
        draft.finish()
    }
}

impl From<Dictionary> for Terms {
    fn from(dictionary: Dictionary) -> Self {
        dictionary.0.terms.clone()
    }
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        self.0.terms == other.0.terms
    }
}
