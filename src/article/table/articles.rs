//! Rows as articles.

use std::collections::BTreeMap;

use super::super::{Article, Block, BlockKind, Span, byline, date};
use super::{Row, Rows, Value};
use crate::error::{Error, Result};

/// Which columns hold what. A column that is not named here is looked for under its usual names,
/// upper or lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The text; usually `text` or `body`.
    pub text: Option<String>,
    /// The headline; usually `title`.
    pub title: Option<String>,
    /// The authors; usually `author` or `authors`.
    pub authors: Option<String>,
    /// The date of publication; usually `date`.
    pub date: Option<String>,
    /// Whether nothing else is needed: [`Article::fields`] then stays empty, and of a Parquet file
    /// no other column is decoded.
    pub only_these: bool,
}

/// The articles of a table: one a row, in order.
///
/// All columns that are neither text, title, authors nor date go to [`Article::fields`]. Every
/// line of the text that is not blank is a paragraph.
///
/// ```
/// use stance::article::table::{Articles, Columns, Rows, TableFormat, TableSettings};
///
/// let file = &br#"{"body": "Talks resumed.\n\nNobody left.", "author": "Mira Solen", "outlet": "Herald"}"#[..];
/// let rows = Rows::new("news.jsonl", file, TableFormat::Jsonl, TableSettings::default());
/// for article in Articles::new(rows, Columns::default()) {
///     let article = article?;
///     assert_eq!(article.source, "news.jsonl:1");
///     assert_eq!(article.authors, ["Mira Solen"]);
///     assert_eq!(article.paragraphs().count(), 2);
///     assert_eq!(article.fields["outlet"], "Herald");
/// }
/// # Ok::<(), stance::error::Error>(())
/// ```
pub struct Articles {
    rows: Rows,
    columns: Columns,
    begun: bool,
    finished: bool,
}

impl Articles {
    /// The articles of `rows`.
    #[must_use]
    pub fn new(rows: Rows, columns: Columns) -> Self {
        Self {
            rows,
            columns,
            begun: false,
            finished: false,
        }
    }

    /// Settles what is read of a table whose columns are known before its rows.
    fn begin(&mut self) -> Result<()> {
        let Some(header) = self.rows.header() else {
            return Ok(());
        };
        let columns = &self.columns;
        let text = columns.text_of(&header);
        let text = text.ok_or_else(|| columns.no_text(&header).at(self.rows.source()))?;
        self.rows.demand_text(text)?;
        if columns.only_these {
            self.rows.read_only(&columns.names_in(&header));
        }
        Ok(())
    }
}

impl Iterator for Articles {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.finished {
            return None;
        }
        if !std::mem::replace(&mut self.begun, true)
            && let Err(error) = self.begin()
        {
            self.finished = true;
            return Some(Err(error));
        }
        let row = match self.rows.next()? {
            Ok(row) => row,
            Err(error) => return Some(Err(error)),
        };
        // Without a text column every row of a file with a header would fail alike: say it once.
        let missing = self.rows.has_header_line() && self.columns.text_of(&row).is_none();
        self.finished = missing;
        // … and on the header's line.
        let line = if missing { 1 } else { row.line };
        let source = self.rows.source();
        let article = self.columns.article(row, source);
        Some(article.map_err(|error| error.at(source).on_line(line)))
    }
}

impl Columns {
    /// Whether a line is the header of a table of articles: several columns, one of them the text.
    pub(in super::super) fn are_in_header(&self, line: &[u8]) -> bool {
        let line = String::from_utf8_lossy(line);
        let names = line
            .split([',', ';', '\t'])
            .map(|name| name.trim().trim_matches('"'));
        let fields: Vec<_> = names
            .map(|name| (name.to_owned(), Value::Text(String::new())))
            .collect();
        fields.len() > 1 && self.text_of(&Row { line: 1, fields }).is_some()
    }

    /// The name of the text column of `row`, as the row spells it.
    fn text_of<'r>(&self, row: &'r Row) -> Option<&'r str> {
        let place = place(row, self.text.as_deref(), &TEXT)?;
        Some(&row.fields[place].0)
    }

    /// The names of all columns of `row` that hold what is known here.
    fn names_in<'r>(&self, row: &'r Row) -> Vec<&'r str> {
        let sought = [
            (&self.text, &TEXT[..]),
            (&self.title, &TITLE),
            (&self.authors, &AUTHORS),
            (&self.date, &DATE),
        ];
        let places = sought
            .into_iter()
            .filter_map(|(named, usual)| place(row, named.as_deref(), usual));
        places.map(|place| &*row.fields[place].0).collect()
    }

    fn article(&self, mut row: Row, source: &str) -> Result<Article> {
        let text = take(&mut row, self.text.as_deref(), &TEXT).ok_or_else(|| self.no_text(&row))?;
        let title = take(&mut row, self.title.as_deref(), &TITLE);
        let authors = take(&mut row, self.authors.as_deref(), &AUTHORS);
        let printed_date = take(&mut row, self.date.as_deref(), &DATE);
        if self.only_these {
            row.fields.clear();
        }
        let mut fields: BTreeMap<String, String> = row
            .fields
            .into_iter()
            .map(|(name, value)| (name, value.into_string()))
            .collect();
        let text = text_value(text)?.unwrap_or_default();
        let mut article = Article {
            source: format!("{source}:{}", row.line),
            title: optional(title)?,
            authors: authors.map_or(Ok(Vec::new()), authors_in)?,
            blocks: paragraphs(&text),
            text,
            ..Article::default()
        };
        if let Some((name, value)) = printed_date
            && let Some(printed) = optional(Some((name.clone(), value)))?
        {
            article.date = date::parse(&printed);
            if article.date.is_none() {
                fields.insert(name, printed);
            }
        }
        article.fields = fields;
        Ok(article)
    }

    fn no_text(&self, row: &Row) -> Error {
        let wanted = match &self.text {
            Some(name) => format!("`{name}`"),
            None => "`text` or `body`".to_owned(),
        };
        let names = row.fields.iter().map(|(name, _)| name.as_str());
        let names: Vec<&str> = names.take(MAX_NAMES).collect();
        let found = if names.is_empty() {
            "none at all".to_owned()
        } else {
            names.join(", ")
        };
        Error::input(format!("no column {wanted}; there is {found}")).remedy(
            "name the column of the text `text` or `body`, or tag ready sentences with \
                 `stance tag --sentences --text COL`",
        )
    }
}

const TEXT: [&str; 2] = ["text", "body"];
const TITLE: [&str; 1] = ["title"];
const AUTHORS: [&str; 2] = ["author", "authors"];
const DATE: [&str; 1] = ["date"];

/// The most columns that an error lists.
const MAX_NAMES: usize = 20;

type Cell = (String, Value);

/// Takes a column out of the row: the one the user named, else the first of its usual names.
fn take(row: &mut Row, named: Option<&str>, usual: &[&str]) -> Option<Cell> {
    place(row, named, usual).map(|place| row.fields.remove(place))
}

fn place(row: &Row, named: Option<&str>, usual: &[&str]) -> Option<usize> {
    let find = |wanted: &&str| {
        row.fields
            .iter()
            .position(|(name, _)| name.eq_ignore_ascii_case(wanted))
    };
    match named {
        Some(name) => find(&name),
        None => usual.iter().find_map(find),
    }
}

/// The text of a cell; `None` for `null`.
fn text_value((name, value): Cell) -> Result<Option<String>> {
    match value {
        Value::Text(text) => Ok(Some(text)),
        Value::Json(json) if json == "null" => Ok(None),
        Value::Json(json) => Err(wrong_type(&name, &json, "a text in double quotes")),
    }
}

/// The text of a cell that may be missing or empty.
fn optional(cell: Option<Cell>) -> Result<Option<String>> {
    let text = cell.map_or(Ok(None), text_value)?;
    let text = text.map(|text| text.trim().to_owned());
    Ok(text.filter(|text| !text.is_empty()))
}

/// The names in an author's cell: a JSON array of names, or a text with semicolons between them.
fn authors_in((name, value): Cell) -> Result<Vec<String>> {
    if let Value::Json(json) = &value
        && json.starts_with('[')
    {
        return serde_json::from_str(json)
            .map_err(|_| wrong_type(&name, json, "a text or an array of texts"));
    }
    Ok(author_names(
        &text_value((name, value))?.unwrap_or_default(),
    ))
}

/// The names in a text that is known to name authors, with semicolons between them.
///
/// ```
/// use stance::article::table::author_names;
/// assert_eq!(author_names("By Ada Bright and Bo Grim; Cy Short"), ["Ada Bright", "Bo Grim", "Cy Short"]);
/// ```
#[must_use]
pub fn author_names(text: &str) -> Vec<String> {
    let names = text.split(';').map(str::trim);
    let names = names.filter(|name| !name.is_empty());
    names.flat_map(names_of).collect()
}

/// The names in a text that is known to name authors: the whole of it, if no byline is recognised.
fn names_of(text: &str) -> Vec<String> {
    let names = byline::authors(text);
    if names.is_empty() {
        vec![text.to_owned()]
    } else {
        names
    }
}

fn wrong_type(name: &str, json: &str, wanted: &str) -> Error {
    let found = match json.as_bytes().first() {
        Some(b'[') => "an array",
        Some(b'{') => "an object",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        _ => "a number",
    };
    Error::input(format!("`{name}` holds {found}")).remedy(format!("write {wanted}"))
}

fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let prose = line.trim();
        if !prose.is_empty() {
            let indent = line.len() - line.trim_start().len();
            let span = Span::new(start + indent, start + indent + prose.len());
            let kind = BlockKind::Paragraph;
            blocks.push(Block { kind, span });
        }
        start += line.len();
    }
    blocks
}
