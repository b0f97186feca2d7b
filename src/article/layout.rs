//! What the units of an article are: by their own words first, then by where they stand.
//!
//! The order of an article is the order of the files here: a head (title, deck, byline, date), a
//! body, a tail (lines about the authors, what the site adds), a thread of comments. Where the
//! signs are weak a unit stays body: a stray line costs less than a lost paragraph.

use jiff::civil::Date;

use super::caption::{is_caption, is_credit};
use super::furniture::{Furniture, furniture};
use super::thread::Header;
use super::unit::Unit;
use super::{BlockKind, body, date, head, tail, thread};

/// What is known of the units so far.
pub(super) struct Layout<'u> {
    pub(super) units: &'u [Unit],
    /// The kind of every unit, where it is decided.
    pub(super) kinds: Vec<Option<BlockKind>>,
    /// What kind of furniture every unit is, if it is any.
    pub(super) furniture: Vec<Option<Furniture>>,
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<Date>,
    /// Whether headings look like paragraphs (they do not in Markdown).
    pub(super) plain: bool,
}

/// Sorts the units of an article.
pub(super) fn sort(units: &[Unit], plain: bool) -> Layout<'_> {
    let mut layout = Layout::by_words(units, plain);
    let comments = layout.thread();
    let body = head::read(&mut layout, comments);
    let end = tail::read(&mut layout, body..comments);
    body::read(&mut layout, body..end);
    layout.settle();
    layout
}

impl<'u> Layout<'u> {
    /// Every unit judged by its own words.
    fn by_words(units: &'u [Unit], plain: bool) -> Self {
        let furniture: Vec<_> = units
            .iter()
            .map(|unit| match unit.kind {
                None => furniture(&unit.text),
                Some(_) => None,
            })
            .collect();
        let mut kinds: Vec<_> = units.iter().map(|unit| unit.kind).collect();
        for (index, unit) in units
            .iter()
            .enumerate()
            .filter(|(_, unit)| unit.kind.is_none())
        {
            if furniture[index].is_some() {
                kinds[index] = Some(BlockKind::Boilerplate);
            } else if is_caption(&unit.text) {
                kinds[index] = Some(BlockKind::Caption);
                describe_picture(units, &mut kinds, index);
            }
        }
        Self {
            units,
            kinds,
            furniture,
            title: None,
            authors: Vec::new(),
            date: None,
            plain,
        }
    }

    /// Finds the thread of comments, sorts it, and says where it begins.
    fn thread(&mut self) -> usize {
        let all = self.prose_words(0..self.units.len());
        let mut before = 0;
        let mut paragraphs = 0;
        for (index, unit) in self.units.iter().enumerate() {
            match thread::header(&unit.text).filter(|_| unit.kind.is_none()) {
                // Above the article it is a link to the comments.
                Some(_) if paragraphs == 0 => self.kinds[index] = Some(BlockKind::Boilerplate),
                Some(header) if self.begins_thread(&header, index, before, all) => {
                    if let Header::Responses(title) = header {
                        self.title = title.map(str::to_string);
                    }
                    tail::sort_comments(self, index);
                    return index;
                }
                _ => {}
            }
            if self.is_prose(index) {
                before += unit.words;
                paragraphs += usize::from(unit.words > 15);
            }
        }
        self.units.len()
    }

    /// Whether comments follow a header, with `before` of `all` words of prose above it.
    fn begins_thread(&self, header: &Header, index: usize, before: usize, all: usize) -> bool {
        let below = &self.units[index + 1..];
        let cues = || {
            below
                .iter()
                .take(12)
                .any(|unit| thread::is_cue(&unit.text) || date::is_dateline(&unit.text))
        };
        match header {
            Header::Responses(_) => true,
            Header::Count => before * 4 >= all || cues(),
            Header::Invitation => (all - before) * 4 <= all || cues(),
        }
    }

    /// Whether a unit is prose that nothing else has claimed.
    pub(super) fn is_prose(&self, index: usize) -> bool {
        match self.kinds[index] {
            None => self.units[index].is_prose(),
            Some(kind) => kind == BlockKind::Paragraph,
        }
    }

    /// How many words of unclaimed prose `range` has.
    pub(super) fn prose_words(&self, range: std::ops::Range<usize>) -> usize {
        range
            .filter(|index| self.is_prose(*index))
            .map(|index| self.units[index].words)
            .sum()
    }

    /// The next unit after `index` that is no furniture and no caption.
    pub(super) fn next(&self, index: usize) -> Option<usize> {
        (index + 1..self.units.len()).find(|index| !self.is_passed_over(*index))
    }

    /// Whether a unit is furniture or a caption, between which an article goes on.
    pub(super) fn is_passed_over(&self, index: usize) -> bool {
        matches!(
            self.kinds[index],
            Some(BlockKind::Boilerplate | BlockKind::Caption)
        )
    }

    /// Whatever nothing has claimed is body.
    fn settle(&mut self) {
        for kind in &mut self.kinds {
            kind.get_or_insert(BlockKind::Paragraph);
        }
    }
}

/// The line straight above a credit describes the picture, where paragraphs stand further apart.
fn describe_picture(units: &[Unit], kinds: &mut [Option<BlockKind>], credit: usize) {
    if credit == 0 || units[credit].gap > 0 || !is_credit(&units[credit].text) {
        return;
    }
    let above = credit - 1;
    let apart = units.iter().filter(|unit| unit.gap > 0).count() * 2 > units.len();
    let alone = above == 0 || units[above].gap > 0;
    if kinds[above].is_none() && apart && alone && units[above].words <= 50 {
        kinds[above] = Some(BlockKind::Caption);
    }
}
