//! Tables of ready sentences: one row is one sentence.

use super::{Corpus, CorpusArticle};
use crate::article::source::{ReadOptions, open_rows};
use crate::article::table::{Row, Value};
use crate::error::{Error, Result};
use crate::sentence;
use std::collections::{HashMap, HashSet};
use std::path::Path;

const ARTICLE: [&str; 2] = ["article", "document"];
const TEXT: [&str; 2] = ["text", "sentence"];

/// Sentences of one article, as they are met in a table.
#[derive(Default)]
struct Gathered {
    about: CorpusArticle,
    sentences: Vec<(usize, usize, String)>,
    seen: HashSet<(usize, String)>,
}

impl Corpus {
    /// Adds the sentences of a table. Rows with the same `article` are one article, and a row that
    /// says the same as one before it (another annotator's, say) is left out.
    ///
    /// # Errors
    /// If the table cannot be read or has no column of sentences.
    pub fn add_table(&mut self, path: &Path, options: &ReadOptions) -> Result<()> {
        let mut order: Vec<Gathered> = Vec::new();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for row in open_rows(path, options)? {
            let row = row?;
            let text = text_of(&row).ok_or_else(|| no_text(&row, path))?;
            let text = sentence::fold(text).into_owned();
            let name = article_of(&row, path);
            let at = *by_name.entry(name).or_insert_with_key(|name| {
                order.push(Gathered::new(name, &row, path));
                order.len() - 1
            });
            order[at].add(&row, text);
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
        let number = |name| cell(row, &[name])?.trim().parse::<usize>().ok();
        let given = number("sentence");
        if given.is_none_or(|number| self.seen.insert((number, text.clone()))) {
            let next = self.sentences.last().map_or(1, |last| last.1 + 1);
            let paragraph = number("paragraph").unwrap_or(0);
            self.sentences
                .push((paragraph, given.unwrap_or(next), text));
        }
    }
}

/// What the labels file calls the article of a row: without a column that says, the file's name.
pub(super) fn article_of(row: &Row, path: &Path) -> String {
    let named = cell(row, &ARTICLE).map(str::trim);
    let stem = || path.file_stem().unwrap_or_default().to_string_lossy();
    match named.filter(|name| !name.is_empty()) {
        Some(name) => name.to_owned(),
        None => stem().into_owned(),
    }
}

/// The sentence of a row.
pub(super) fn text_of(row: &Row) -> Option<&str> {
    cell(row, &TEXT)
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
