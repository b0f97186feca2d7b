use super::super::object::Object;
use super::super::spreadsheet::guard;
use crate::article::Article;
use crate::codebook::{Codebook, LabelSet};
use crate::tagger::TaggedSentence;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// The names of the fields, made once.
pub(in super::super) struct Fields<'c> {
    pub(super) sets: Vec<Field<'c>>,
}

/// What is told of a label set.
pub(super) struct Field<'c> {
    pub(super) set: &'c LabelSet,
    probabilities: String,
    pub(super) tells_voices: bool,
}

/// The columns that say which article a sentence is from, where in it it stands, and what it says.
pub(super) const ARTICLE: [&str; 9] = [
    "article",
    "title",
    "authors",
    "date",
    "paragraph",
    "sentence",
    "start",
    "end",
    "text",
];

impl<'c> Fields<'c> {
    pub(in super::super) fn new(codebook: &'c Codebook) -> Self {
        let voice = codebook.voice().map(|set| &set.name);
        let field = |set: &'c LabelSet| Field {
            set,
            probabilities: format!("{}_probabilities", set.name),
            tells_voices: Some(&set.name) == voice,
        };
        Self {
            sets: codebook.sets.iter().map(field).collect(),
        }
    }

    /// The header of a CSV of articles, or of a table with these columns.
    pub(super) fn header(&self, row: Option<&Vec<String>>) -> Vec<String> {
        let mut header = row
            .cloned()
            .unwrap_or_else(|| ARTICLE.map(str::to_owned).to_vec());
        let taken = row.map_or(&[][..], Vec::as_slice);
        let predicted = self.predicted(taken);
        header.extend(predicted.iter().map(|name| guard(name).into_owned()));
        header
    }

    /// The columns of tags beside columns of these names.
    pub(super) fn predicted(&self, taken: &[String]) -> Vec<String> {
        let mut predicted = Vec::new();
        for field in &self.sets {
            predicted.push(field.set.name.clone());
            let labels = field.set.names();
            predicted.extend(labels.map(|label| format!("{}.{label}", field.probabilities)));
            predicted.extend(field.tells_voices.then(|| "holder".to_owned()));
        }
        predicted.push("unsure".to_owned());
        let free = |name| free_name(name, taken);
        predicted.into_iter().map(free).collect()
    }
}

/// The columns that tags add to a table with columns of these names: for each label set `NAME` and
/// one `NAME_probabilities.LABEL` a label, after those of the set that tells voices `holder`, and at
/// the end `unsure`. A name that is taken gets the prefix `predicted_`.
///
/// ```
/// use stance::codebook::Codebook;
/// use stance::report::tags::predicted_columns;
///
/// let columns = predicted_columns(&Codebook::shipped(), &["text".into(), "role".into()]);
/// assert_eq!(columns[..2], ["stance", "stance_probabilities.sceptical"]);
/// assert!(columns.contains(&"predicted_role".into()));
/// ```
#[must_use]
pub fn predicted_columns(codebook: &Codebook, taken: &[String]) -> Vec<String> {
    Fields::new(codebook).predicted(taken)
}

/// The name, with the prefix `predicted_` as often as it is taken.
#[must_use]
pub fn free_name(mut name: String, taken: &[String]) -> String {
    while taken.contains(&name) {
        name.insert_str(0, "predicted_");
    }
    name
}

/// One sentence as it is written.
pub(in super::super) struct Record<'a> {
    pub(in super::super) fields: &'a Fields<'a>,
    /// The article, where the sentence has to say which it is from.
    pub(in super::super) article: Option<&'a Article>,
    pub(in super::super) sentence: &'a TaggedSentence,
    /// The columns it came with.
    pub(in super::super) row: Option<&'a [(String, String)]>,
}

impl Record<'_> {
    /// The fields with their labels and probabilities; nothing for a tag that is not there.
    pub(super) fn tags(&self) -> impl Iterator<Item = (&Field<'_>, Option<&str>, &[f64])> {
        self.fields.sets.iter().enumerate().map(|(at, field)| {
            let tag = self.sentence.tags.get(at);
            let label = tag.and_then(|tag| field.set.labels.get(tag.label));
            let label = label.map(|label| label.name.as_str());
            (field, label, tag.map_or(&[][..], |tag| &tag.probabilities))
        })
    }

    /// The names of the sets whose tag is unsure.
    pub(super) fn unsure(&self) -> impl Iterator<Item = &str> {
        let tags = self.fields.sets.iter().zip(&self.sentence.tags);
        tags.filter(|(_, tag)| tag.unsure)
            .map(|(field, _)| field.set.name.as_str())
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let sentence = self.sentence;
        let mut map = serializer.serialize_map(None)?;
        if let Some(article) = self.article {
            map.serialize_entry("article", &article.source)?;
            map.serialize_entry("title", &article.title)?;
            map.serialize_entry("authors", &article.authors)?;
            map.serialize_entry("date", &article.date)?;
        }
        map.serialize_entry("paragraph", &sentence.paragraph)?;
        map.serialize_entry("sentence", &sentence.number)?;
        map.serialize_entry("start", &sentence.span.start)?;
        map.serialize_entry("end", &sentence.span.end)?;
        map.serialize_entry("text", &sentence.text)?;
        for (field, label, probabilities) in self.tags() {
            map.serialize_entry(&field.set.name, &label)?;
            let named = Named(field.set, probabilities);
            map.serialize_entry(&field.probabilities, &named)?;
            if field.tells_voices {
                map.serialize_entry("holder", &sentence.holder)?;
            }
        }
        map.serialize_entry("unsure", &self.unsure().collect::<Vec<_>>())?;
        if let Some(row) = self.row {
            let row = row.iter().map(|(name, value)| (name.as_str(), value));
            map.serialize_entry("row", &Object(row.collect()))?;
        }
        map.end()
    }
}

/// Probabilities by label.
struct Named<'a>(&'a LabelSet, &'a [f64]);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.names().zip(self.1))
    }
}

/// The record as a row of CSV.
pub(super) struct Cells<'a>(pub(super) Record<'a>);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let sentence = self.0.sentence;
        let mut cells = serializer.serialize_seq(None)?;
        if let Some(row) = self.0.row {
            row.iter()
                .try_for_each(|(_, value)| cells.serialize_element(value))?;
        } else if let Some(article) = self.0.article {
            cells.serialize_element(&guard(&article.source))?;
            cells.serialize_element(&guard(article.title.as_deref().unwrap_or("")))?;
            cells.serialize_element(&guard(&article.authors.join("; ")))?;
            cells.serialize_element(&article.date)?;
            cells.serialize_element(&sentence.paragraph)?;
            cells.serialize_element(&sentence.number)?;
            cells.serialize_element(&sentence.span.start)?;
            cells.serialize_element(&sentence.span.end)?;
            cells.serialize_element(&guard(&sentence.text))?;
        }
        for (field, label, probabilities) in self.0.tags() {
            cells.serialize_element(&label.map(guard))?;
            for at in 0..field.set.labels.len() {
                cells.serialize_element(&probabilities.get(at))?;
            }
            if field.tells_voices {
                cells.serialize_element(&sentence.holder.as_deref().map(guard))?;
            }
        }
        cells.serialize_element(&self.0.unsure().collect::<Vec<_>>().join("; "))?;
        cells.end()
    }
}
