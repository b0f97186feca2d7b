//! Tables of ready sentences: one row is one sentence.

use super::{Corpus, CorpusArticle};
use crate::article::source::{ReadOptions, open_rows};
use crate::article::table::{Row, Value};
use crate::error::{Error, Result};
use crate::sentence;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

const ARTICLE: [&str; 2] = ["article", "document"];
const TEXT: [&str; 2] = ["text", "sentence"];

/// Sentences of one article, as they are met in tables.
#[derive(Default)]
struct Gathered {
    about: CorpusArticle,
    sentences: Vec<(usize, usize, String)>,
    seen: HashSet<(usize, String)>,
}

impl Corpus {
    /// Adds the sentences of tables. Rows with the same `article` are one article, in the order of
    /// the column `sentence` where there is one; a row that says the same as one before it (another
    /// annotator's, say) is left out. Rows that name no article are of `unnamed`, or else of the
    /// article that their file is.
    ///
    /// # Errors
    /// If a table cannot be read or has no column of sentences.
    pub fn add_tables(
        &mut self,
        paths: &[PathBuf],
        unnamed: Option<&str>,
        options: &ReadOptions,
    ) -> Result<()> {
        let mut order: Vec<Gathered> = Vec::new();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for path in paths {
            for row in open_rows(path, options)? {
                let row = row?;
                let text = text_of(&row).ok_or_else(|| no_text(&row, path))?;
                let text = sentence::fold(text).into_owned();
                let name = article_of(&row).map_or_else(|| name_of(unnamed, path), str::to_owned);
                let at = *by_name.entry(name).or_insert_with_key(|name| {
                    order.push(Gathered::new(name, &row, path));
                    order.len() - 1
                });
                order[at].add(&row, text);
            }
        }
        for mut gathered in order {
            gathered.sentences.sort_by_key(|(_, number, _)| *number);
            self.add(gathered.about, gathered.sentences);
        }
        Ok(())
    }
}

impl Gathered {
    fn new(name: &str, row: &Row, path: &Path) -> Self {
        let authors = cell(row, &["author", "authors"]).unwrap_or_default();
        let known = |name: &str| Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        Self {
            about: CorpusArticle {
                name: name.to_owned(),
                title: cell(row, &["title"]).and_then(known),
                authors: authors.split(';').filter_map(known).collect(),
                date: cell(row, &["date"]).and_then(known),
                source: path.display().to_string(),
                sentences: 0..0,
            },
            ..Self::default()
        }
    }

    fn add(&mut self, row: &Row, text: String) {
        let given = number_of(row, "sentence");
        if self.seen.insert((given.unwrap_or(0), text.clone())) {
            let next = self.sentences.last().map_or(1, |last| last.1 + 1);
            let paragraph = number_of(row, "paragraph").unwrap_or(0);
            self.sentences
                .push((paragraph, given.unwrap_or(next), text));
        }
    }
}

/// The article a row names.
pub(super) fn article_of(row: &Row) -> Option<&str> {
    let named = cell(row, &ARTICLE).map(str::trim);
    named.filter(|name| !name.is_empty())
}

/// What the labels file calls the article of rows that name none.
pub(super) fn name_of(unnamed: Option<&str>, path: &Path) -> String {
    let stem = || path.file_stem().unwrap_or_default().to_string_lossy();
    unnamed.map_or_else(|| stem().into_owned(), str::to_owned)
}

/// The sentence of a row; a column `sentence` may number the sentences instead.
pub(super) fn text_of(row: &Row) -> Option<&str> {
    let is_number = |text: &&str| text.trim().parse::<usize>().is_ok();
    let text = cell(row, &TEXT);
    text.filter(|text| row.get(TEXT[0]).is_some() || !is_number(text))
}

pub(super) fn number_of(row: &Row, name: &str) -> Option<usize> {
    cell(row, &[name])?.trim().parse().ok()
}

pub(super) fn cell<'r>(row: &'r Row, names: &[&str]) -> Option<&'r str> {
    let found = names.iter().find_map(|name| row.get(name));
    found.map(Value::as_str)
}

fn no_text(row: &Row, path: &Path) -> Error {
    let names: Vec<&str> = row.fields.iter().map(|(name, _)| &**name).collect();
    Error::input(format!(
        "no column `text`; the columns are {}",
        names.join(", ")
    ))
    .at(path)
    .on_line(row.line)
    .remedy("call the column of the sentences `text`")
}
