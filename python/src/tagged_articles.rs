//! Articles and the tags of their sentences.

use crate::article::Inputs;
use crate::bad_rows::OnBad;
use crate::columns::arrow_failed;
use crate::interrupt::Caller;
use crate::rows::TaggedRow;
use crate::table::Table;
use crate::tag_columns::TagColumns;
use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, Schema};
use pyo3::prelude::*;
use rayon::prelude::*;
use stance::error::Result;
use stance::tagger::{TaggedArticle, TaggedSentence, Tagger, Tags};
use std::sync::Arc;

/// So many articles are tagged at a time; then it is asked whether somebody still waits.
const CHUNK: usize = 256;

/// The tagged articles, and why others could not be read.
pub fn tag(
    inputs: Inputs,
    tagger: &Tagger,
    skip_bad: bool,
    caller: &Caller,
) -> Result<(Vec<TaggedArticle>, Vec<String>)> {
    let mut read = inputs.read(skip_bad, caller)?;
    let mut tagged = Vec::with_capacity(read.articles.len());
    while !read.articles.is_empty() {
        caller.still_waits()?;
        let chunk: Vec<_> = read
            .articles
            .drain(..read.articles.len().min(CHUNK))
            .collect();
        let tag = |article| tagger.tag_article(article);
        tagged.par_extend(chunk.into_par_iter().map(tag));
    }
    Ok((tagged, read.warnings))
}

/// The sentences with the columns that `stance tag --format csv` writes, a batch an article.
pub fn table(articles: &[TaggedArticle], tagger: &Tagger) -> PyResult<Table> {
    let columns = TagColumns::new(tagger.codebook(), &[], OnBad::Raise);
    let mut fields = fields();
    fields.extend(columns.fields());
    let schema = Arc::new(Schema::new(fields));
    let batch = |tagged: &TaggedArticle| {
        let tags = |sentence: &TaggedSentence| {
            Ok(Tags {
                tags: sentence.tags.clone(),
                holder: sentence.holder.clone(),
            })
        };
        let tags: Vec<TaggedRow> = tagged.sentences.iter().map(tags).collect();
        let mut arrays = places(tagged)?;
        arrays.extend(columns.arrays(&tags));
        RecordBatch::try_new(schema.clone(), arrays).map_err(arrow_failed)
    };
    let batches = articles.iter().map(batch).collect::<PyResult<_>>()?;
    Ok(Table::new(batches, schema))
}

fn fields() -> Vec<Field> {
    let text = |name, nullable| Field::new(name, DataType::Utf8, nullable);
    let number = |name| Field::new(name, DataType::Int64, false);
    vec![
        text("article", false),
        text("title", true),
        text("authors", false),
        Field::new("date", DataType::Date32, true),
        number("paragraph"),
        number("sentence"),
        number("start"),
        number("end"),
        text("text", false),
    ]
}

/// The columns of [`fields`].
fn places(tagged: &TaggedArticle) -> PyResult<Vec<ArrayRef>> {
    let (article, sentences) = (&tagged.article, &tagged.sentences);
    let rows = sentences.len();
    let repeated = |text: Option<&str>| -> ArrayRef {
        Arc::new(std::iter::repeat_n(text, rows).collect::<StringArray>())
    };
    let numbers = |number: fn(&TaggedSentence) -> usize| -> ArrayRef {
        let numbers = sentences.iter().map(|sentence| number(sentence) as i64);
        Arc::new(numbers.collect::<Int64Array>())
    };
    let date = article.date.map(|date| date.to_string());
    let dates = cast(&repeated(date.as_deref()), &DataType::Date32).map_err(arrow_failed)?;
    let texts = sentences.iter().map(|sentence| Some(&*sentence.text));
    Ok(vec![
        repeated(Some(&article.source)),
        repeated(article.title.as_deref()),
        repeated(Some(&article.authors.join("; "))),
        dates,
        numbers(|sentence| sentence.paragraph),
        numbers(|sentence| sentence.number),
        numbers(|sentence| sentence.span.start),
        numbers(|sentence| sentence.span.end),
        Arc::new(texts.collect::<StringArray>()),
    ])
}
