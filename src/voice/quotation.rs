//! Which stretches of a paragraph stand in quotation marks.
//!
//! A paragraph is read as a whole, its sentences in order. An opening mark counts only if a closing
//! one follows in the paragraph, so a stray apostrophe never swallows the rest.

use std::ops::Range;

/// The quoted stretches of one sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Quotes {
    /// Byte ranges between the marks, in order, never overlapping.
    pub spans: Vec<Range<usize>>,
    /// Whether the sentence begins inside a quotation opened before it.
    pub continues: bool,
}

/// The families of marks; while one is open, the other does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Single,
    Double,
}

/// A quotation mark and what it can do where it stands.
#[derive(Debug, Clone, Copy)]
struct Mark {
    sentence: usize,
    /// Byte ranges of the mark in its sentence: from, to.
    from: usize,
    to: usize,
    family: Family,
    opens: bool,
    closes: bool,
    /// A closing mark by its shape; where it comes first, the opening one was before the text.
    is_bare_end: bool,
    /// As much a plural possessive ("leaders’ ") as a closing mark.
    doubtful: bool,
}

/// What lies ahead of a mark in its paragraph, by family.
#[derive(Debug, Clone, Copy, Default)]
struct Ahead {
    any_close: bool,
    next_is_firm_close: bool,
}

/// How a paragraph is joined to its neighbours.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Joints {
    /// The paragraph before ended inside a quotation.
    pub carried: bool,
    /// The paragraph after begins with an opening mark.
    pub reopens: bool,
}

/// Whether a text begins with an opening mark.
pub(super) fn begins_quoted(text: &str) -> bool {
    marks_of(0, text)
        .first()
        .is_some_and(|mark| mark.opens && text[..mark.from].trim().is_empty())
}

/// The quoted stretches of every sentence of a paragraph, and whether it ends inside a quotation.
pub(super) fn quotes_of(sentences: &[&str], joints: Joints) -> (Vec<Quotes>, bool) {
    let marks: Vec<Mark> = sentences
        .iter()
        .enumerate()
        .flat_map(|(index, text)| marks_of(index, text))
        .collect();
    let ahead = look_ahead(&marks);
    let mut page = Page {
        sentences,
        quotes: vec![Quotes::default(); sentences.len()],
    };
    let mut open: Option<(usize, usize, Family)> = None;
    if let Some(first) = marks.first().filter(|mark| mark.is_bare_end) {
        // A closing mark without an opening one: the quotation began before this paragraph.
        open = Some((0, 0, first.family));
    }
    for (mark, ahead) in marks.iter().zip(&ahead) {
        match open {
            Some((sentence, from, family)) => {
                let closes = mark.closes && !(mark.doubtful && ahead.next_is_firm_close);
                if mark.family == family && closes {
                    page.fill((sentence, from), (mark.sentence, mark.from));
                    open = None;
                }
            }
            None if mark.opens && (ahead.any_close || joints.reopens) => {
                open = Some((mark.sentence, mark.to, mark.family));
            }
            None if mark.opens && mark.family == Family::Double => {
                // Never closed: a slip of the pen, which holds for its own sentence only.
                let end = sentences[mark.sentence].len();
                page.fill((mark.sentence, mark.to), (mark.sentence, end));
            }
            None => {}
        }
    }
    if let (Some((sentence, from, _)), Some(last)) = (open, sentences.last()) {
        page.fill((sentence, from), (sentences.len() - 1, last.len()));
    }
    let mut quotes = page.quotes;
    if let Some(first) = quotes.first_mut() {
        let at_start = first.spans.first().is_some_and(|span| span.start <= 4);
        first.continues = at_start && (joints.carried || first.spans[0].start == 0);
    }
    (quotes, open.is_some())
}

struct Page<'p, 't> {
    sentences: &'p [&'t str],
    quotes: Vec<Quotes>,
}

impl Page<'_, '_> {
    /// Marks everything between two places as quoted.
    fn fill(&mut self, (first, from): (usize, usize), (last, to): (usize, usize)) {
        for sentence in first..=last {
            let start = if sentence == first { from } else { 0 };
            let end = if sentence == last {
                to
            } else {
                self.sentences[sentence].len()
            };
            let quotes = &mut self.quotes[sentence];
            quotes.continues |= sentence > first && end > 0;
            // A mark that closes at once, or where the stretch is already filled, adds nothing.
            let after = quotes.spans.last().map_or(0, |span| span.end);
            if start.max(after) < end {
                quotes.spans.push(start.max(after)..end);
            }
        }
    }
}

/// For every mark, what follows it in its own family; one pass from the back.
fn look_ahead(marks: &[Mark]) -> Vec<Ahead> {
    let mut next = [Ahead::default(); 2];
    let mut ahead: Vec<Ahead> = marks
        .iter()
        .rev()
        .map(|mark| {
            let family = &mut next[mark.family as usize];
            let here = *family;
            family.any_close |= mark.closes;
            family.next_is_firm_close = mark.closes && !mark.doubtful;
            here
        })
        .collect();
    ahead.reverse();
    ahead
}

/// The quotation marks of a sentence; apostrophes are none.
fn marks_of(sentence: usize, text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = ' ';
    for (from, mark) in text.char_indices() {
        if matches!(
            mark,
            '"' | '\'' | '«' | '»' | '‘' | '’' | '‚' | '“' | '”' | '„'
        ) {
            let to = from + mark.len_utf8();
            let after = text[to..].chars().next().unwrap_or(' ');
            let (opens, closes) = abilities(mark, before, after, &text[to..]);
            if opens || closes {
                let single = matches!(mark, '\'' | '‘' | '’' | '‚');
                let family = if single {
                    Family::Single
                } else {
                    Family::Double
                };
                let doubtful = single && matches!(before, 's' | 'z' | 'x') && {
                    let mut following = text[to..].chars();
                    following.next() == Some(' ')
                        && following.next().is_some_and(char::is_alphabetic)
                };
                marks.push(Mark {
                    sentence,
                    from,
                    to,
                    family,
                    opens,
                    closes,
                    is_bare_end: !opens && matches!(mark, '”' | '»'),
                    doubtful,
                });
            }
        }
        before = mark;
    }
    marks
}

/// Whether a mark between two characters can open, and whether it can close.
fn abilities(mark: char, before: char, after: char, rest: &str) -> (bool, bool) {
    let clings_left = !before.is_whitespace();
    let clings_right = !after.is_whitespace();
    let in_front = !before.is_alphanumeric() && !matches!(before, '.' | ',' | '!' | '?');
    let behind = clings_left && !after.is_alphanumeric();
    match mark {
        '„' | '‚' => (true, false),
        '“' | '«' => (!behind || in_front, behind && !in_front),
        '”' | '»' => (
            !clings_left && after.is_alphanumeric(),
            clings_left || !after.is_alphanumeric(),
        ),
        '"' => (
            in_front && clings_right,
            behind && !(in_front && clings_right),
        ),
        '‘' => (in_front && clings_right && !is_elided(rest), false),
        '\'' if in_front && clings_right => (!is_elided(rest), false),
        // The apostrophe of "don’t" clings on both sides, that of "’90s" only to the right.
        _ => (false, behind),
    }
}

/// Whether what follows an apostrophe is a word without its beginning: "’90s", "’tis".
fn is_elided(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let word: &str = rest
        .split(|letter: char| !letter.is_alphanumeric())
        .next()
        .unwrap_or("");
    (digits == 2 && rest[2..].starts_with('s'))
        || ["tis", "twas", "em", "til", "cause", "n", "bout"].contains(&word)
}
