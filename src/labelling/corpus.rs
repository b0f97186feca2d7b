use super::Place;
use crate::article::Article;
use crate::sentence;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The sentences that are to be labelled, article by article. A sentence is known by its place in
/// reading order, from 0.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The articles, in order.
    pub articles: Vec<CorpusArticle>,
    /// The sentences of all articles, in order.
    pub sentences: Vec<CorpusSentence>,
    by_name: FxHashMap<String, usize>,
    by_text: FxHashMap<(usize, String), usize>,
}

/// An article and which sentences are its own.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct CorpusArticle {
    /// What the labels file calls it.
    pub name: String,
    /// The headline.
    pub title: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The date of publication, as printed in tables.
    pub date: Option<String>,
    /// What it was read from.
    pub source: String,
    /// Its sentences.
    pub sentences: Range<usize>,
}

/// A sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusSentence {
    /// The article's place in [`Corpus::articles`].
    pub article: usize,
    /// The paragraph of the article, from 1; 0 where a table does not say.
    pub paragraph: usize,
    /// The number within the article, from 1.
    pub number: usize,
    /// Its text, white space folded.
    pub text: String,
}

/// A longer text is tagged in pieces of so many sentences, so that one piece never takes long.
const PIECE: usize = 2_000;

impl Corpus {
    /// Splits an article into its sentences and adds them.
    pub fn add_article(&mut self, article: &Article) {
        self.add_articles(std::slice::from_ref(article));
    }

    /// Splits articles into their sentences, on all cores, and adds them in order.
    pub fn add_articles(&mut self, articles: &[Article]) {
        let split: Vec<_> = articles.par_iter().map(sentences_of).collect();
        for (article, sentences) in articles.iter().zip(split) {
            let about = CorpusArticle {
                name: article.name().to_owned(),
                title: article.title.clone(),
                authors: article.authors.clone(),
                date: article.date.map(|date| date.to_string()),
                source: article.source.clone(),
                sentences: 0..0,
            };
            self.add(about, sentences);
        }
    }

    /// Adds an article of ready sentences: paragraph, number and text of each. An article of a
    /// name that is taken goes by what it was read from.
    pub(super) fn add(&mut self, mut about: CorpusArticle, sentences: Vec<(usize, usize, String)>) {
        if self.by_name.contains_key(&about.name) {
            about.name.clone_from(&about.source);
        }
        let article = self.articles.len();
        let first = self.sentences.len();
        for (paragraph, number, text) in sentences {
            let at = self.sentences.len();
            self.by_text.entry((article, text.clone())).or_insert(at);
            self.sentences.push(CorpusSentence {
                article,
                paragraph,
                number,
                text,
            });
        }
        about.sentences = first..self.sentences.len();
        self.by_name.insert(about.name.clone(), article);
        self.articles.push(about);
    }

    /// Which sentence a place means: the one with its number if the text is the same, else one of
    /// the same article with the same text, so that a corrected article keeps its labels.
    #[must_use]
    pub fn find(&self, place: &Place) -> Option<usize> {
        let article = *self.by_name.get(&place.article)?;
        let range = self.articles[article].sentences.clone();
        let own = &self.sentences[range.clone()];
        let at = own.partition_point(|sentence| sentence.number < place.sentence);
        match own.get(at) {
            Some(found) if found.number == place.sentence && found.text == place.text => {
                Some(range.start + at)
            }
            _ => self.by_text.get(&(article, place.text.clone())).copied(),
        }
    }

    /// Where a sentence stands.
    #[must_use]
    pub fn place(&self, at: usize) -> Place {
        let sentence = &self.sentences[at];
        let article = &self.articles[sentence.article];
        Place {
            article: article.name.clone(),
            paragraph: sentence.paragraph,
            sentence: sentence.number,
            text: sentence.text.clone(),
            author: article.authors.join("; "),
        }
    }

    /// The article a sentence stands in, as far as a tagger looks at it: a very long one in pieces.
    #[must_use]
    pub fn surroundings(&self, at: usize) -> Range<usize> {
        let article = &self.articles[self.sentences[at].article].sentences;
        let start = article.start + (at - article.start) / PIECE * PIECE;
        start..article.end.min(start + PIECE)
    }

    /// The stretches that are tagged together; see [`Corpus::surroundings`].
    pub(super) fn pieces(&self) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < self.sentences.len() {
            pieces.push(self.surroundings(at));
            at = pieces.last().map_or(at + 1, |piece| piece.end);
        }
        pieces
    }
}

/// Paragraph, number and text of the sentences of an article.
fn sentences_of(article: &Article) -> Vec<(usize, usize, String)> {
    let sentences = article.paragraphs().enumerate().flat_map(|(at, span)| {
        let paragraph = span.of(&article.text);
        let sentences = sentence::split(paragraph).into_iter();
        sentences.map(move |span| (at + 1, sentence::fold(span.of(paragraph)).into_owned()))
    });
    let numbered = sentences.zip(1..);
    numbered
        .map(|((paragraph, text), number)| (paragraph, number, text))
        .collect()
}
