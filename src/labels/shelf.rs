//! The articles that labelled sentences were taken from.

use crate::article::Article;
use crate::sentence::fold;
use std::collections::HashMap;
use std::path::Path;

/// Articles by the names that labels files use for them.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    /// Their texts, white space folded.
    texts: Vec<String>,
    /// Which texts go by a name.
    named: HashMap<String, Vec<usize>>,
}

/// Whether a sentence stands in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does, white space aside.
    There,
    /// It does not.
    NotThere,
    /// There is no article of that name.
    NoArticle,
}

impl Shelf {
    /// Takes in an article. It goes by its source, by the name of its file, and by that without the
    /// ending; articles with one name are one article in several parts.
    pub fn add(&mut self, article: &Article) {
        let source = Path::new(&article.source);
        let parts = [source.file_name(), source.file_stem()];
        let parts = parts
            .into_iter()
            .flatten()
            .map(|part| part.to_string_lossy());
        let mut names: Vec<String> = parts.map(|part| part.into_owned()).collect();
        names.push(article.source.clone());
        names.sort();
        names.dedup();
        for name in names {
            self.named.entry(name).or_default().push(self.texts.len());
        }
        self.texts.push(fold(&article.text).into_owned());
    }

    /// Whether a sentence stands in the article of that name: as a path, as the path of a file
    /// elsewhere, or as the name of a file.
    ///
    /// ```
    /// use stance::article::from_text;
    /// use stance::labels::{Shelf, Standing};
    ///
    /// let mut shelf = Shelf::default();
    /// shelf.add(&from_text("strait.txt", "Talks on the\nstrait resumed.".to_owned()));
    /// assert_eq!(shelf.look_up("strait", "Talks on the strait  resumed."), Standing::There);
    /// assert_eq!(shelf.look_up("strait", "Talks broke down."), Standing::NotThere);
    /// assert_eq!(shelf.look_up("islands", "Talks broke down."), Standing::NoArticle);
    /// ```
    #[must_use]
    pub fn look_up(&self, article: &str, sentence: &str) -> Standing {
        let file = Path::new(article)
            .file_name()
            .map(|name| name.to_string_lossy());
        let articles = self
            .named
            .get(article)
            .or_else(|| self.named.get(file.as_deref()?));
        let sentence = fold(sentence);
        match articles {
            None => Standing::NoArticle,
            Some(articles)
                if articles
                    .iter()
                    .any(|&at| self.texts[at].contains(&*sentence)) =>
            {
                Standing::There
            }
            Some(_) => Standing::NotThere,
        }
    }
}
