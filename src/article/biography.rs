//! Lines about an author: `Jane Doe is a professor of …`, `The author teaches at …`.

use super::name::{is_mentioned, leading_name};
use super::person::same_people;
use super::phrases::Phrases;

/// What a line about an author says.
#[derive(Debug)]
pub(super) struct Biography {
    /// The names it is about, as printed; none in `The author is …`.
    pub(super) names: Vec<String>,
    /// Whether only authors are introduced like this (`is a professor at`), unlike persons in
    /// the news (`is the president of`).
    pub(super) certain: bool,
}

impl Biography {
    /// Reads a unit as a biography, by its form alone.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let text = LABELS
            .iter()
            .find_map(|label| strip_prefix(text, label))
            .unwrap_or(text)
            .trim_start();
        for subject in [
            "the author",
            "the authors",
            "the writer",
            "the writers",
            "this author",
        ] {
            if let Some(rest) = strip_prefix(text, subject) {
                return occupation(rest).map(|_| Self {
                    names: Vec::new(),
                    certain: true,
                });
            }
        }
        let (mut names, rest) = subjects(text)?;
        let certain = occupation(rest)?;
        names.extend(others(rest));
        Some(Self { names, certain })
    }

    /// Whether it may be taken for one about an author of an article with this body.
    pub(super) fn is_of_author(&self, bylines: &[String], body: &str) -> bool {
        let signed = |name: &String| bylines.iter().take(20).any(|byline| is_same(byline, name));
        let spoken_of = |name: &String| is_mentioned(name, body);
        self.names.iter().any(signed)
            || (!self.names.iter().any(spoken_of) && (self.certain || bylines.is_empty()))
    }
}

/// Whether two names can be one person.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    same_people(&[a, b]) == [0, 0]
}

/// What may stand before the name.
const LABELS: [&str; 5] = [
    "about the authors:",
    "about the author:",
    "about the author",
    "author bio:",
    "contributor:",
];

/// Whether a unit goes on about somebody just introduced.
pub(super) fn continues(text: &str) -> bool {
    static OPENINGS: Phrases = Phrases::new(
        "he  | she  | they  | his  | her  | their  | follow him | follow her | follow them | \
        follow the author | email  | e-mail | twitter | @ | you can follow | contact",
    );
    let lower = text
        .trim_start_matches(['*', '_', ' '])
        .chars()
        .take(20)
        .collect::<String>()
        .to_lowercase();
    OPENINGS.open(&lower)
}

/// Whether a short line names an office: `Professor of History, University of Ostrev`.
pub(super) fn is_office(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphanumeric());
    words().count() <= 20
        && (words().any(is_role)
            || words().any(|word| matches!(word, "University" | "Institute" | "College")))
}

/// The names before the verb, and the rest.
fn subjects(text: &str) -> Option<(Vec<String>, &str)> {
    let (name, mut rest) = leading_name(text)?;
    let mut names = vec![name.to_string()];
    loop {
        rest = without_aside(rest);
        let next = ["and ", ", and ", ", ", "& "]
            .iter()
            .find_map(|link| rest.trim_start_matches(' ').strip_prefix(link));
        match next.and_then(leading_name) {
            Some((name, after)) => {
                names.push(name.to_string());
                rest = after;
            }
            None => return Some((names, rest)),
        }
    }
}

/// The names of further authors: `… of Kirune. Dr John Roe teaches there`.
fn others(rest: &str) -> Vec<String> {
    const LINKS: [&str; 4] = [". ", " and ", "; ", ", while "];
    let starts = LINKS
        .iter()
        .flat_map(|link| rest.match_indices(link).map(|(at, link)| at + link.len()));
    let mut starts: Vec<usize> = starts.collect();
    starts.sort_unstable();
    let introduced = starts
        .into_iter()
        .take(20)
        .filter_map(|start| subjects(&rest[start..]));
    introduced
        .filter(|(_, rest)| !rest.starts_with(',') && occupation(rest).is_some())
        .flat_map(|(names, _)| names)
        .collect()
}

/// `text` without the bracket it begins with: `(jane@example.org) is …`.
fn without_aside(text: &str) -> &str {
    let text = text.trim_start_matches(['*', '_']);
    match text
        .trim_start()
        .strip_prefix('(')
        .and_then(|inside| inside.split_once(')'))
    {
        Some((aside, rest)) if aside.len() < 80 => rest.trim_start_matches(['*', '_']),
        _ => text,
    }
}

/// Whether what follows a name tells an occupation; the inner value is [`Biography::certain`].
fn occupation(rest: &str) -> Option<bool> {
    static VERBS: Phrases = Phrases::new(
        "is | are | was | were | has | have | currently | teaches | teach | taught | lectures | \
        writes | write | works | work | worked | serves | served | holds | heads | leads | \
        directs | covers | edits | chairs | specialises | specializes | researches | studies | \
        joined | recently | received | reports | reported | also | runs | contributed | blogs | \
        researched | earned | completed | focuses",
    );
    let mut words = rest
        .split(|c: char| c.is_whitespace() || ",;()*_’'".contains(c))
        .filter(|word| !word.is_empty());
    let first = words.next()?;
    let rest_of_sentence: Vec<&str> = words.take(30).collect();
    let role = rest_of_sentence
        .iter()
        .take(24)
        .any(|word| is_role(word.trim_end_matches('.')));
    if rest.starts_with(',') {
        // No verb at once: `Jane Doe, professor of history at …, is …`.
        let mut near = std::iter::once(&first).chain(rest_of_sentence.iter().take(5));
        return (!first.starts_with("who") && near.any(|word| is_role(word))).then_some(false);
    }
    if !VERBS.have(first) {
        return None;
    }
    let second = rest_of_sentence.first().copied().unwrap_or_default();
    let placed = matches!(second, "at" | "for" | "in" | "as" | "on" | "about" | "with");
    let craft =
        match first {
            "teaches" | "teach" | "lectures" | "blogs" | "edits" | "specialises"
            | "specializes" => true,
            "works" | "work" | "worked" | "serves" | "writes" | "write" | "taught"
            | "researches" => placed,
            _ => false,
        };
    let indefinite = rest_of_sentence
        .iter()
        .take(4)
        .any(|word| matches!(*word, "a" | "an"));
    let current = first == "currently" || rest_of_sentence.first() == Some(&"currently");
    let plural = first == "are" && role;
    (role || craft).then_some(craft || current || plural || indefinite)
}

/// Words for what authors do.
fn is_role(word: &str) -> bool {
    static ROLES: Phrases = Phrases::new(
        "professor | professors | lecturer | reader | fellow | fellows | researcher | researchers \
        | analyst | analysts | journalist | journalists | correspondent | editor | editors | \
        author | writer | writers | columnist | director | consultant | student | students | \
        candidate | scholar | scholars | associate | ambassador | diplomat | adviser | advisor | \
        partner | reporter | founder | cofounder | co-founder | expert | specialist | historian \
        | economist | commentator | contributor | intern | graduate | instructor | postdoctoral \
        | phd | ph.d | chair | head | president | faculty | scientist | freelance | university | \
        institute | teacher | novelist | translator | blogger | lawyer | broadcaster",
    );
    ROLES.have(&word.to_lowercase())
}

/// `text` after `prefix`, whatever its capitals, if a word ends there.
fn strip_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    let rest = &text[prefix.len()..];
    (head.eq_ignore_ascii_case(prefix) && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
}
