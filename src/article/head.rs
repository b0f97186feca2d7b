//! The head of an article: what stands before its first paragraph.

use super::biography::{Biography, is_office, is_same};
use super::layout::Layout;
use super::phrases::Phrases;
use super::unit::{End, Unit, is_turn, starts_item, starts_lower};
use super::{BlockKind, byline, caption, date, name};

/// Sorts the head, and says at which unit the body begins (`end` at the latest).
pub(super) fn read(layout: &mut Layout, end: usize) -> usize {
    let mut head = Head::default();
    let mut index = 0;
    while index < end && !head.ends_at(layout, index, end) {
        index += 1;
    }
    head.name_author(layout, index);
    head.choose_title(layout, index);
    index
}

#[derive(Default)]
struct Head {
    /// The units that may be the title.
    candidates: Vec<usize>,
    /// Where the first byline or date stands.
    signed: Option<usize>,
    /// Where the first byline stands, and the last date above it.
    byline: Option<usize>,
    masthead: Option<usize>,
    has_deck: bool,
}

impl Head {
    /// Sorts one unit, or finds that the body begins with it.
    fn ends_at(&mut self, layout: &mut Layout, index: usize, end: usize) -> bool {
        let unit = &layout.units[index];
        if layout.kinds[index] == Some(BlockKind::Title) {
            self.candidates.push(index);
        }
        if let Some(kind) = layout.kinds[index] {
            return kind == BlockKind::Paragraph;
        }
        let previous_is_by = index > 0 && layout.units[index - 1].text.eq_ignore_ascii_case("by");
        let kind = if unit.text.eq_ignore_ascii_case("by") {
            BlockKind::Byline
        } else if let Some(names) = byline::of_line(&unit.text, !self.candidates.is_empty()) {
            layout.authors.extend(names);
            layout.date = layout.date.or_else(|| date::parse(&unit.text));
            BlockKind::Byline
        } else if previous_is_by && name::is_name(&unit.text) {
            layout.authors.push(unit.text.clone());
            BlockKind::Byline
        } else if is_dateline(&unit.text) {
            layout.date = layout.date.or_else(|| date::parse(&unit.text));
            BlockKind::Dateline
        } else if self.is_about_author(layout, index) {
            BlockKind::Biography
        } else if layout.plain && self.is_candidate(unit) {
            self.candidates.push(index);
            return false;
        } else if layout.plain && self.is_deck(layout, index, end) {
            self.has_deck = true;
            BlockKind::Deck
        } else {
            return true;
        };
        self.note(kind, index);
        layout.kinds[index] = Some(kind);
        false
    }

    /// Remembers where bylines and dates stand.
    fn note(&mut self, kind: BlockKind, index: usize) {
        match kind {
            BlockKind::Byline => _ = self.byline.get_or_insert(index),
            BlockKind::Dateline if self.byline.is_none() => self.masthead = Some(index),
            BlockKind::Dateline => {}
            _ => return,
        }
        self.signed.get_or_insert(index);
    }

    /// A line that may be a headline: short, not ended by a full stop, not the middle of a
    /// sentence. Below a byline a question belongs to the body.
    fn is_candidate(&self, unit: &Unit) -> bool {
        let open = match unit.end {
            End::Stop => unit.text.ends_with(['!', '…']),
            End::Question => self.candidates.is_empty() || self.signed.is_none(),
            End::Dangling => false,
            _ => true,
        };
        open && unit.words <= 25
            && (unit.is_one_sentence() || unit.end.is_open())
            && !starts_lower(&unit.text)
            && !starts_item(&unit.text)
            && !is_turn(&unit.text)
    }

    /// An office under a byline, or a biography of who signed.
    fn is_about_author(&self, layout: &Layout, index: usize) -> bool {
        let text = &layout.units[index].text;
        let below_byline = index > 0 && layout.kinds[index - 1] == Some(BlockKind::Byline);
        let office = below_byline && !layout.units[index].is_prose() && is_office(text);
        let signed = |biography: Biography| {
            let is_author = |name: &String| {
                layout
                    .authors
                    .iter()
                    .take(20)
                    .any(|author| is_same(author, name))
            };
            biography.names.iter().any(is_author)
        };
        office || (layout.units[index].words <= 150 && Biography::read(text).is_some_and(signed))
    }

    /// Prose above the byline, above the title once more or above the label of a summary; a
    /// single sentence above the date or a picture.
    fn is_deck(&self, layout: &Layout, index: usize, end: usize) -> bool {
        let unit = &layout.units[index];
        if self.candidates.is_empty() || self.has_deck || self.byline.is_some() || unit.words > 60 {
            return false;
        }
        let one_sentence = unit.is_one_sentence() && self.signed.is_none();
        let candidates = self.candidates.iter().take(20);
        let titles: Vec<&str> = candidates
            .map(|candidate| layout.units[*candidate].text.as_str())
            .collect();
        for below in (index + 1..end).take(5) {
            let text = &layout.units[below].text;
            let is_title = titles.iter().any(|title| same(title, text));
            if is_title
                || text.eq_ignore_ascii_case("in brief")
                || byline::of_line(text, true).is_some()
            {
                return true;
            }
            let near = caption::is_credit(text) || below <= index + 2;
            let picture = layout.kinds[below] == Some(BlockKind::Caption) && near;
            if one_sentence && (picture || is_dateline(text)) {
                return true;
            }
            if layout.is_prose(below) {
                return false;
            }
        }
        false
    }

    /// A bare name beside the date, above an office or above the body is a byline.
    fn name_author(&mut self, layout: &mut Layout, body: usize) {
        if !layout.authors.is_empty() {
            return;
        }
        let is_signed = |index: &usize| {
            let text = &layout.units[*index].text;
            let beside = [index.checked_sub(1), Some(index + 1)];
            let dated = |index: usize| layout.kinds.get(index) == Some(&Some(BlockKind::Dateline));
            let placed = layout
                .units
                .get(index + 1)
                .is_some_and(|unit| !unit.is_prose() && is_office(&unit.text));
            let below_title = self.candidates.first().is_some_and(|first| first < index);
            (is_placed_name(text, below_title)
                && self.candidates.len() > 1
                && (placed || beside.into_iter().flatten().any(dated)))
                || (index + 1 == body && is_lone_name(layout, *index))
        };
        if let Some(position) = self.candidates.iter().position(is_signed) {
            let index = self.candidates.remove(position);
            let (who, _place) = name_and_place(&layout.units[index].text);
            layout.authors = byline::authors(who);
            layout.kinds[index] = Some(BlockKind::Byline);
        }
    }

    /// Chooses the title, and sorts what else might have been it.
    fn choose_title(&self, layout: &mut Layout, body: usize) {
        let Some(title) = self.title(layout) else {
            return;
        };
        let text = layout.units[title].text.clone();
        let headline = without_outlet(&text);
        let label = text
            .get(..6)
            .filter(|label| label.eq_ignore_ascii_case("title:"));
        layout.title = Some(headline[label.map_or(0, str::len)..].trim().to_string());
        for candidate in &self.candidates {
            let unit = &layout.units[*candidate];
            let kind = if *candidate == title {
                BlockKind::Title
            } else if body == layout.units.len() {
                BlockKind::Heading
            } else if *candidate < title || same(&unit.text, &text) {
                BlockKind::Boilerplate
            } else if candidate + 1 == body && unit.words <= 7 && unit.end != End::Stop {
                BlockKind::Heading
            } else if unit.words > 3 {
                BlockKind::Deck
            } else {
                BlockKind::Boilerplate
            };
            layout.kinds[*candidate].get_or_insert(kind);
        }
    }

    /// The unit most like a title: quoted above the comments, labelled, printed more than once;
    /// otherwise the first that is no section or motto of the site.
    fn title(&self, layout: &Layout) -> Option<usize> {
        let text = |index: usize| layout.units[index].text.as_str();
        let marked = |index: usize| layout.kinds[index] == Some(BlockKind::Title);
        let quoted = |index: usize| {
            layout
                .title
                .as_deref()
                .is_some_and(|title| same(title, text(index)))
        };
        let labelled = |index: usize| text(index).to_lowercase().starts_with("title:");
        let repeated = |index: usize| {
            let mut again = layout.units.iter().skip(index + 1).take(60);
            layout.units[index].words > 3 && again.any(|unit| same(&unit.text, text(index)))
        };
        let proper = |index: usize| {
            layout.units[index].words > 2 && !is_motto(text(index)) && !is_outlet(text(index))
        };
        let unsigned = |index: usize| self.signed.is_none_or(|signed| index < signed);
        // Between the date of a masthead and the byline stands nothing but the title.
        let above_byline = |index: usize| self.byline.is_some_and(|byline| index < byline);
        let below_masthead = |index: usize| self.masthead.is_some_and(|masthead| masthead < index);
        // The title comes last where a menu is above it.
        let likely: Vec<usize> = self
            .candidates
            .iter()
            .copied()
            .filter(|index| proper(*index) && unsigned(*index))
            .collect();
        let below_menu = |index: usize| likely.len() > 3 && likely.last() == Some(&index);
        let signs: [&dyn Fn(usize) -> bool; 10] = [
            &marked,
            &quoted,
            &labelled,
            &repeated,
            &|index| proper(index) && above_byline(index) && below_masthead(index),
            &below_menu,
            &|index| likely.first() == Some(&index),
            &unsigned,
            &proper,
            &|_| true,
        ];
        signs
            .iter()
            .find_map(|sign| self.candidates.iter().copied().find(|index| sign(*index)))
    }
}

/// What stands before and behind the first comma.
fn name_and_place(text: &str) -> (&str, &str) {
    text.split_once(',').unwrap_or((text, ""))
}

/// A name, and below the title perhaps where its bearer is: `Ann Roe, Port Halve`.
fn is_placed_name(text: &str, below_title: bool) -> bool {
    let (who, place) = name_and_place(text);
    name::is_name(who) && (place.is_empty() || (below_title && place.split(' ').count() <= 6))
}

/// A name that the body does not speak of, in a plain text where no other line looks like a
/// heading: `Ann Roe`, but not `Carrow Bank` nor `Small Steps`.
fn is_lone_name(layout: &Layout, index: usize) -> bool {
    let name = &layout.units[index].text;
    if !layout.plain || !name::is_name(name) {
        return false;
    }
    let mut below = (index + 1..layout.units.len()).filter(|below| layout.kinds[*below].is_none());
    let words: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
    let spoken_of = |text: &str| {
        let lower = text.to_lowercase();
        words
            .iter()
            .any(|word| lower.contains(word.as_str()) && word.len() > 2)
    };
    let mut prose = false;
    below.all(|below| {
        prose |= layout.is_prose(below);
        prose && (!layout.is_prose(below) || !spoken_of(&layout.units[below].text))
    })
}

/// Whether two lines are one title: letters and digits count, nothing else.
pub(super) fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<Vec<_>>()
    };
    a.len() < 400 && b.len() < 400 && letters(a) == letters(b)
}

/// A date alone, or at the end of a masthead: `Honolulu, Hawaii, May 26, 2016`.
fn is_dateline(text: &str) -> bool {
    let labelled = text
        .get(..5)
        .is_some_and(|label| label.eq_ignore_ascii_case("date:"));
    let at_the_edge = || {
        let short = text.len() <= 100 && !End::of(text).is_sentence();
        let edge = |(_, span): (_, super::Span)| span.end == text.len() || span.start == 0;
        short && date::find(text).into_iter().any(edge) && text.split(' ').count() <= 10
    };
    date::is_dateline(text) || labelled || at_the_edge()
}

/// A headline without the name of the site behind it: `Talks resume - Ostrev News`.
fn without_outlet(title: &str) -> &str {
    let split = [" - ", " – ", " — ", " | "]
        .iter()
        .filter_map(|bar| title.rsplit_once(bar))
        .max_by_key(|(headline, _)| headline.len());
    match split {
        Some((headline, site)) if is_outlet(site) && headline.contains(' ') => headline.trim_end(),
        _ => title,
    }
}

/// Whether a line is the name of a newspaper or a site: `The Ostrev Mail`, `BBC News`.
fn is_outlet(text: &str) -> bool {
    static NAMES: Phrases = Phrases::new(
        "mail | times | post | review | journal | herald | guardian | tribune | gazette | observer \
        | chronicle | diplomat | economist | news | telegraph | independent | standard | star | \
        monitor | bulletin | magazine | daily | press | bbc | cnn | reuters | bloomberg",
    );
    let mut words = text.split(' ');
    let capitalised = |word: &str| word.starts_with(char::is_uppercase) || word == "of";
    words.clone().count() <= 4
        && words.clone().all(capitalised)
        && words
            .next_back()
            .is_some_and(|last| NAMES.have(&last.to_lowercase()))
}

/// What sites say of themselves: `Independent analysis from leading experts since 1992`.
fn is_motto(text: &str) -> bool {
    static WORDS: Phrases = Phrases::new(
        "analysis | expert | experts | expertise | news | magazine | journal | forum | review | \
        since | independent | leading | insight | insights | ideas | commentary | reviewed | \
        trusted | world | global | quarterly | weekly | daily | institute | affairs | policy | \
        homepage | edition | memo | brief | briefing | paper | bulletin | newsletter | working",
    );
    let lower = text.to_lowercase();
    let hits = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| WORDS.have(word))
        .count();
    hits >= 3 || (hits >= 2 && hits * 4 >= text.split(' ').count())
}
