//! Ready sentences, a row each, tagged in the company of their documents.

use crate::bad_rows::{OnBad, Reason};
use crate::error::OrRaise;
use crate::pool;
use crate::texts::Cell;
use pyo3::prelude::*;
use rayon::prelude::*;
use stance::error::Error;
use stance::tagger::{Sentence, Tagger, Tags};
use std::ops::Range;

/// So many rows are tagged at a time; then it is looked whether somebody wants it to stop.
const CHUNK: usize = 16_384;

/// The tags of a row, or why there are none.
pub type TaggedRow = Result<Tags, Reason>;

/// Ready sentences in order.
pub struct Rows<'a> {
    cells: Vec<Cell<'a>>,
    /// The paragraph of each; 0 for all where there is none.
    paragraphs: Vec<usize>,
    /// Which rows follow one another in a text.
    documents: Vec<Range<usize>>,
    on_bad: OnBad,
}

/// Which texts are taken, and what becomes of others.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub on_bad: OnBad,
    /// The most bytes of a text.
    pub max_bytes: usize,
}

impl Limits {
    /// As Python names them.
    pub fn new(on_bad: &str, max_bytes: usize) -> PyResult<Self> {
        let on_bad = OnBad::named(on_bad)?;
        Ok(Self { on_bad, max_bytes })
    }
}

impl<'a> Rows<'a> {
    /// Rows of which each stands alone, or follows the one before if it has the same key.
    pub fn new<K: PartialEq>(mut cells: Vec<Cell<'a>>, keys: Option<&[K]>, limits: Limits) -> Self {
        for cell in &mut cells {
            if cell.is_ok_and(|text| text.len() > limits.max_bytes) {
                *cell = Err(Reason::TooLong(limits.max_bytes));
            }
        }
        let mut documents: Vec<Range<usize>> = Vec::new();
        for row in 0..cells.len() {
            let follows = keys.is_some_and(|keys| row > 0 && keys[row] == keys[row - 1]);
            match documents.last_mut().filter(|_| follows) {
                Some(document) => document.end = row + 1,
                None => documents.push(row..row + 1),
            }
        }
        Self {
            cells,
            paragraphs: Vec::new(),
            documents,
            on_bad: limits.on_bad,
        }
    }

    /// The same, with the paragraph of each row.
    pub fn in_paragraphs(self, paragraphs: Vec<usize>) -> Self {
        Self { paragraphs, ..self }
    }

    /// Gives the tags of all rows to `each`, in order, many rows at a time.
    ///
    /// Between these the interpreter may handle signals: Ctrl-C ends it.
    pub fn tag(
        &self,
        py: Python<'_>,
        tagger: &Tagger,
        mut each: impl FnMut(Range<usize>, &[TaggedRow]) -> PyResult<()>,
    ) -> PyResult<()> {
        if self.on_bad == OnBad::Raise {
            self.refuse_bad_rows().or_raise(py)?;
        }
        let mut first = 0;
        while first < self.documents.len() {
            let begin = self.documents[first].start;
            let long_enough = |document: &Range<usize>| document.end - begin >= CHUNK;
            let last = self.documents[first..].iter().position(long_enough);
            let end = last.map_or(self.documents.len(), |last| first + last + 1);
            let documents = &self.documents[first..end];
            let tagged = pool::run(py, || {
                let tags = |document: &Range<usize>| self.tag_document(tagger, document.clone());
                let tags: Vec<Vec<TaggedRow>> = documents.par_iter().map(tags).collect();
                tags.into_iter().flatten().collect::<Vec<_>>()
            })?;
            py.check_signals()?;
            each(begin..begin + tagged.len(), &tagged)?;
            first = end;
        }
        Ok(())
    }

    /// A row that cannot be tagged is an empty sentence to its neighbours.
    fn tag_document(&self, tagger: &Tagger, rows: Range<usize>) -> Vec<TaggedRow> {
        let sentence = |row: usize| Sentence {
            text: self.cells[row].unwrap_or(""),
            paragraph: self.paragraphs.get(row).copied().unwrap_or(0),
        };
        let sentences: Vec<Sentence<'_>> = rows.clone().map(sentence).collect();
        let tags = tagger.tag(&sentences);
        let cells = self.cells[rows].iter().zip(tags);
        cells.map(|(cell, tags)| cell.map(|_| tags)).collect()
    }

    fn refuse_bad_rows(&self) -> stance::error::Result<()> {
        let bad = |(row, cell): (usize, &Cell<'_>)| Some((row, cell.err()?));
        match self.cells.iter().enumerate().find_map(bad) {
            Some((row, reason)) => Err(Error::input(format!("no text to tag: {reason}"))
                .at("<table>")
                .on_line(row as u64 + 1)
                .remedy("on_bad='null' gives such rows null tags and a reason")),
            None => Ok(()),
        }
    }
}
