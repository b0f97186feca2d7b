//! The tail of an article: who wrote it, what the site adds below it, and readers' comments.

use std::ops::Range;

use super::biography::{Biography, Certainty, continues, is_office};
use super::furniture::Furniture;
use super::layout::Layout;
use super::unit::End;
use super::{BlockKind, byline, date, name, thread};

/// Sorts the comments whose header is the unit `header`, up to the end of the text. Below the
/// thread only lines about authors are told apart from what the site adds.
pub(super) fn sort_comments(layout: &mut Layout, header: usize) {
    let mut over = false;
    for index in header..layout.units.len() {
        over |= matches!(
            layout.furniture[index],
            Some(Furniture::Closing | Furniture::List | Furniture::AboutAuthor)
        ) || ends_thread(&layout.units[index].text);
        let about = over
            && Biography::read(&layout.units[index].text)
                .is_some_and(|biography| biography.certainty == Certainty::Certain);
        let heading = thread::header(&layout.units[index].text).is_some();
        layout.kinds[index].get_or_insert(match (heading, over) {
            (true, _) => BlockKind::Boilerplate,
            (_, true) if about => BlockKind::Biography,
            (_, true) => BlockKind::Boilerplate,
            _ => BlockKind::Comment,
        });
    }
}

/// An appeal or a notice of the site closes a thread; buttons (`Reply`, `Share`) are part of it.
fn ends_thread(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "support ",
        "subscribe",
        "sign up",
        "donate",
        "become a",
        "tags:",
        "filed under",
        "follow us",
    ]
    .iter()
    .any(|opening| lower.starts_with(opening))
        && text.split(' ').count() <= 12
}

/// Sorts the tail of `range`, and says where it begins.
pub(super) fn read(layout: &mut Layout, range: Range<usize>) -> usize {
    about_authors(layout, range.clone());
    let mut tail = Tail::new(layout, range.clone());
    for index in range.clone().rev() {
        if !tail.takes(layout, index) {
            break;
        }
    }
    let Tail {
        start,
        mut biographies,
        ..
    } = tail;
    biographies.reverse();
    if layout.authors.is_empty() {
        layout.authors = biographies.into_iter().flatten().collect();
        layout.authors.dedup();
    }
    if layout.authors.is_empty() {
        signature(layout, range.start..start);
    }
    start
}

/// What follows `About the author` is about the author, as far as it reads like it.
fn about_authors(layout: &mut Layout, range: Range<usize>) {
    let mut below = false;
    for index in range {
        let text = &layout.units[index].text;
        match layout.furniture[index] {
            Some(furniture) => {
                below =
                    furniture == Furniture::AboutAuthor || (below && furniture == Furniture::Plain)
            }
            None if !below || layout.kinds[index].is_some() => {}
            None if Biography::read(text).is_some() || continues(text) || name::is_name(text) => {
                layout.kinds[index] = Some(BlockKind::Biography);
            }
            None => below = false,
        }
    }
}

/// The tail, read from its end upwards.
struct Tail {
    /// Where it begins as far as is known.
    start: usize,
    /// The names of each biography, last first.
    biographies: Vec<Vec<String>>,
    /// Units that belong to the tail if a biography or a list of links stands above them.
    pending: Vec<usize>,
    /// How many of those are prose, and how many words they have.
    prose: usize,
    words: usize,
    /// Whether furniture stands above the last prose that is pending.
    barrier: bool,
    /// The text that a biography's name must not occur in.
    body: String,
    body_words: usize,
}

impl Tail {
    fn new(layout: &Layout, range: Range<usize>) -> Self {
        let prose: Vec<&str> = range
            .clone()
            .filter(|index| {
                layout.is_prose(*index) && Biography::read(&layout.units[*index].text).is_none()
            })
            .map(|index| layout.units[index].text.as_str())
            .collect();
        Self {
            start: range.end,
            biographies: Vec::new(),
            pending: Vec::new(),
            prose: 0,
            words: 0,
            barrier: false,
            body: prose.join("\n"),
            body_words: layout.prose_words(range),
        }
    }

    /// Sorts one unit, or finds that it belongs to the body.
    fn takes(&mut self, layout: &mut Layout, index: usize) -> bool {
        let unit = &layout.units[index];
        if let Some(furniture) = layout.furniture[index] {
            self.barrier = true;
            // `… is a fellow at Ostrev. The views expressed are his own.`
            if let Some(biography) = Biography::read(&unit.text).filter(|_| self.prose == 0) {
                return self.biography(layout, index, Some(biography));
            }
            if furniture != Furniture::Plain && self.prose == 0 {
                self.claim(layout, index);
            }
            return true;
        }
        match layout.kinds[index] {
            Some(BlockKind::Biography) => {
                return self.biography(layout, index, Biography::read(&unit.text));
            }
            Some(BlockKind::Paragraph) => return false,
            Some(_) => return true,
            None => {}
        }
        if let Some(biography) = Biography::read(&unit.text)
            && unit.words <= 200
            && biography.is_of_author(&layout.authors, &self.body)
        {
            return self.biography(layout, index, Some(biography));
        }
        if let Some(names) = byline::of_line(&unit.text, false).filter(|_| self.prose == 0) {
            layout.kinds[index] = Some(BlockKind::Byline);
            self.biographies.push(names);
            self.claim(layout, index);
            return true;
        }
        self.waits(layout, index)
    }

    /// A unit that may be of the tail, if what stands above it says so; too much prose is body.
    fn waits(&mut self, layout: &mut Layout, index: usize) -> bool {
        let unit = &layout.units[index];
        if date::is_dateline(&unit.text) {
            layout.date = layout.date.or_else(|| date::parse(&unit.text));
        } else if unit.is_prose() {
            self.barrier = false;
            self.prose += 1;
            self.words += unit.words;
            let much = self.words * 4 > self.body_words && !continues(&unit.text);
            if self.prose > 3 || much {
                return false;
            }
        }
        self.pending.push(index);
        true
    }

    /// A biography, with what goes on about the author below it. Other prose below it is of the
    /// tail too if the site has set it apart; otherwise it is body, and this no biography.
    fn biography(
        &mut self,
        layout: &mut Layout,
        index: usize,
        biography: Option<Biography>,
    ) -> bool {
        let goes_on = |(offset, pending): &(usize, &usize)| {
            **pending == index + 1 + offset && continues(&layout.units[**pending].text)
        };
        let about = self
            .pending
            .iter()
            .rev()
            .enumerate()
            .take_while(goes_on)
            .count();
        let about = self.pending.split_off(self.pending.len() - about);
        let is_prose = |index: &usize| layout.units[*index].is_prose();
        if self.prose > about.iter().filter(|index| is_prose(index)).count() && !self.barrier {
            return false;
        }
        for unit in about.into_iter().chain([index]) {
            layout.kinds[unit] = Some(BlockKind::Biography);
        }
        self.biographies
            .push(biography.map_or_else(Vec::new, |biography| biography.names));
        self.claim(layout, index);
        true
    }

    /// The tail begins at `index` at least; what was pending is the site's.
    fn claim(&mut self, layout: &mut Layout, index: usize) {
        for pending in self.pending.drain(..) {
            let dated = date::is_dateline(&layout.units[pending].text);
            layout.kinds[pending] = Some(if dated {
                BlockKind::Dateline
            } else {
                BlockKind::Boilerplate
            });
        }
        (self.prose, self.words) = (0, 0);
        self.start = index;
    }
}

/// A name under the last paragraph, as letters have it, with a place or an office below.
fn signature(layout: &mut Layout, range: Range<usize>) {
    let open: Vec<usize> = range
        .clone()
        .filter(|index| layout.kinds[*index].is_none())
        .collect();
    let Some(last_prose) = open
        .iter()
        .rposition(|index| layout.units[*index].is_prose())
    else {
        return;
    };
    let below = &open[last_prose + 1..];
    let Some(first) = below.first().filter(|_| below.len() <= 3) else {
        return;
    };
    let text = layout.units[*first]
        .text
        .trim_start_matches(['—', '–', '-', ' ']);
    let (who, place) = text.split_once(',').unwrap_or((text, ""));
    let fits = name::is_name(name::without_titles(who)) && place.split(' ').count() <= 8;
    let lines = below
        .iter()
        .all(|index| layout.units[*index].end != End::Stop && layout.units[*index].words <= 12);
    let authors = match byline::of_line(text, false) {
        Some(authors) => authors,
        None if fits => byline::authors(who),
        None => return,
    };
    if lines {
        layout.authors = authors;
        for index in below {
            let office = index != first && is_office(&layout.units[*index].text);
            layout.kinds[*index] = Some(if office {
                BlockKind::Biography
            } else {
                BlockKind::Byline
            });
        }
    }
}
