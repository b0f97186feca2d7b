//! From named inputs to tagged articles, in order, on all cores, some at a time.

use super::args::ModelArgs;
use super::progress::{Progress, say};
use crate::article::Article;
use crate::article::pdf::{PdfSettings, PdfWorker};
use crate::article::source::{ReadOptions, open};
use crate::error::{Error, Result};
use crate::tagger::{TaggedArticle, Tagger};
use rayon::prelude::*;
use std::path::PathBuf;

/// Articles of so many bytes in all are tagged at a time: enough for all cores, little to hold.
const BATCH_BYTES: usize = 4 << 20;

/// What is read and by which model it is tagged.
#[derive(Debug, clap::Args)]
pub(super) struct TaggingArgs {
    /// Files, folders or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub model: ModelArgs,
}

/// How inputs are read: PDFs in a process of their own.
pub(super) fn read_options() -> ReadOptions {
    let worker = std::env::current_exe().ok().map(|program| PdfWorker {
        program,
        args: vec!["extract-pdf".into()],
    });
    ReadOptions {
        pdf: PdfSettings {
            worker,
            ..PdfSettings::default()
        },
        ..ReadOptions::default()
    }
}

impl TaggingArgs {
    /// All files and folders that are read.
    pub fn reads(&self) -> impl Iterator<Item = &PathBuf> {
        self.inputs.iter().chain(&self.model.model)
    }

    /// Gives every tagged article to `each`, in order, as the articles are read.
    ///
    /// An article that cannot be read costs no other: the rest is done, and the failure is the
    /// command's at the end.
    pub fn for_each(
        &self,
        tagger: &Tagger,
        options: &ReadOptions,
        mut each: impl FnMut(TaggedArticle) -> Result<()>,
    ) -> Result<()> {
        let progress = Progress::counting("articles");
        let mut failures = Vec::new();
        let mut batch = Vec::new();
        let mut bytes = 0;
        let mut read = 0;
        let mut tag = |batch: &mut Vec<Article>| {
            let articles = std::mem::take(batch);
            progress.add(articles.len());
            let tagged: Vec<TaggedArticle> = articles
                .into_par_iter()
                .map(|article| tagger.tag_article(article))
                .collect();
            for article in tagged.iter().filter(|tagged| tagged.sentences.is_empty()) {
                say(&format!(
                    "{}: no running text in it",
                    article.article.source
                ));
            }
            tagged.into_iter().try_for_each(&mut each)
        };
        for article in open(&self.inputs, options) {
            match article {
                Ok(article) => {
                    read += 1;
                    bytes += article.text.len();
                    batch.push(article);
                }
                Err(error) => failures.push(error),
            }
            if bytes >= BATCH_BYTES {
                tag(&mut batch)?;
                bytes = 0;
            }
        }
        tag(&mut batch)?;
        drop(progress);
        if read == 0 && failures.is_empty() {
            failures.push(
                Error::input("no article in it")
                    .at(&self.inputs[0])
                    .remedy("name a file or folder that holds articles"),
            );
        }
        conclude(failures, read)
    }

    /// All tagged articles. An article that cannot be read is said and left out, and the failure
    /// comes with the articles, so that what could be read is not lost.
    pub fn collect(
        &self,
        tagger: &Tagger,
        options: &ReadOptions,
    ) -> (Vec<TaggedArticle>, Result<()>) {
        let mut tagged = Vec::new();
        let outcome = self.for_each(tagger, options, |article| {
            tagged.push(article);
            Ok(())
        });
        (tagged, outcome)
    }
}

/// Nothing failed: good. One thing failed: its error. Several: all are said, and the last is
/// the command's.
fn conclude(mut failures: Vec<Error>, read: usize) -> Result<()> {
    let Some(last) = failures.pop() else {
        return Ok(());
    };
    for failure in &failures {
        say(&format!("error: {failure}"));
    }
    if read > 0 || !failures.is_empty() {
        say(&format!(
            "{} could not be read, {read} could",
            failures.len() + 1
        ));
    }
    Err(last)
}
