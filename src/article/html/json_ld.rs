//! What a page says of its article in JSON-LD (schema.org).

use serde_json::{Map, Value};

/// The article object of a page's JSON-LD.
pub(super) struct ArticleObject<'v> {
    object: &'v Map<String, Value>,
    all: Vec<&'v Map<String, Value>>,
}

impl<'v> ArticleObject<'v> {
    /// The first object of an article's type, at the top or in a `@graph`.
    pub(super) fn find(document: &'v Value) -> Option<Self> {
        let mut all = Vec::new();
        collect(document, &mut all);
        let object = all.iter().copied().find(|object| is_article(object))?;
        Some(Self { object, all })
    }

    /// The headline.
    pub(super) fn title(&self) -> Option<&'v str> {
        text(self.object, "headline").or_else(|| text(self.object, "name"))
    }

    /// The date of publication, as written.
    pub(super) fn date(&self) -> Option<&'v str> {
        text(self.object, "datePublished").or_else(|| text(self.object, "dateCreated"))
    }

    /// The names of the authors, whether written as texts, objects, references or lists of these.
    pub(super) fn authors(&self) -> Vec<&'v str> {
        self.names("author")
    }

    /// The names of who publishes it.
    pub(super) fn publishers(&self) -> Vec<&'v str> {
        self.names("publisher")
    }

    fn names(&self, key: &str) -> Vec<&'v str> {
        match self.object.get(key) {
            Some(Value::Array(list)) => list.iter().filter_map(|item| self.name(item)).collect(),
            Some(one) => self.name(one).into_iter().collect(),
            None => Vec::new(),
        }
    }

    fn name(&self, value: &'v Value) -> Option<&'v str> {
        let object = match value {
            Value::String(name) => return Some(name),
            Value::Object(object) => object,
            _ => return None,
        };
        text(object, "name").or_else(|| {
            let id = text(object, "@id")?;
            let mut same = self
                .all
                .iter()
                .filter(|other| text(other, "@id") == Some(id));
            same.find_map(|other| text(other, "name"))
        })
    }
}

fn collect<'v>(value: &'v Value, all: &mut Vec<&'v Map<String, Value>>) {
    match value {
        Value::Array(list) => list.iter().for_each(|item| collect(item, all)),
        Value::Object(object) => {
            all.push(object);
            if let Some(graph) = object.get("@graph") {
                collect(graph, all);
            }
        }
        _ => {}
    }
}

/// `NewsArticle`, `OpinionNewsArticle`, `BlogPosting`, …
fn is_article(object: &Map<String, Value>) -> bool {
    let names_article = |name: &Value| {
        let name = name.as_str().unwrap_or_default();
        name.ends_with("Article") || name.ends_with("Posting") || name == "Report"
    };
    match object.get("@type") {
        Some(Value::Array(names)) => names.iter().any(names_article),
        Some(name) => names_article(name),
        None => false,
    }
}

fn text<'v>(object: &'v Map<String, Value>, key: &str) -> Option<&'v str> {
    let text = object.get(key)?.as_str()?.trim();
    (!text.is_empty()).then_some(text)
}
