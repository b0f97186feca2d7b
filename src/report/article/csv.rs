//! The sentences of the articles as a table.

use super::super::tags::{TagFormat, TagWriter};
use super::ArticleReport;
use crate::codebook::Codebook;

/// One row a sentence, as `stance tag --format csv` writes them; see [`crate::report::tags`].
#[must_use]
pub fn csv(reports: &[ArticleReport<'_>], codebook: &Codebook) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = TagWriter::new(&mut bytes, TagFormat::Csv, codebook);
    let mut articles = reports.iter();
    articles
        .try_for_each(|report| writer.article(report.tagged))
        .and_then(|()| writer.finish())
        .expect("memory takes everything");
    bytes
}
