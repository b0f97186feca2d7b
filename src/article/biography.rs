//! Lines about an author: `Jane Doe is a professor of …`, `The author teaches at …`.

use super::name::{is_mentioned, leading_name};
use super::person::same_people;
use super::phrases::Phrases;

/// What a line about an author says.
#[derive(Debug)]
pub(super) struct Biography {
    /// The names it is about, as printed; none in `The author is …`.
    pub(super) names: Vec<String>,
    /// How surely an author is introduced.
    pub(super) certainty: Certainty,
}

/// How surely a line of this form introduces an author, and not a person in the news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// Persons in the news are spoken of like this too: `is the president of`.
    Open,
    /// It tells where an author works: `is director of the Institute for`. Enough where nobody
    /// has signed.
    Placed,
    /// Only authors are introduced like this: `is a professor at`.
    Certain,
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
                    certainty: Certainty::Certain,
                });
            }
        }
        let (mut names, rest) = subjects(text)?;
        let certainty = occupation(rest)?;
        names.extend(others(rest));
        Some(Self { names, certainty })
    }

    /// Whether it may be taken for one about an author of an article with this body. A sentence
    /// about somebody in the news stays body, even where it leaves the article without an author.
    pub(super) fn is_of_author(&self, bylines: &[String], body: &str) -> bool {
        let signed = |name: &String| bylines.iter().take(20).any(|byline| is_same(byline, name));
        let spoken_of = |name: &String| is_mentioned(name, body);
        let least = if bylines.is_empty() {
            Certainty::Placed
        } else {
            Certainty::Certain
        };
        self.names.iter().any(signed)
            || (self.certainty >= least && !self.names.iter().any(spoken_of))
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

/// How surely what follows a name tells an author's occupation, if it tells any.
fn occupation(rest: &str) -> Option<Certainty> {
    static VERBS: Phrases = Phrases::new(
        "is | are | was | were | has | have | currently | teaches | teach | taught | lectures | \
        writes | write | works | work | worked | serves | served | holds | heads | leads | \
        directs | covers | edits | chairs | specialises | specializes | researches | studies | \
        joined | recently | received | reports | reported | also | runs | contributed | blogs | \
        researched | earned | completed | focuses",
    );
    if let Some(rest) = rest.strip_prefix(',') {
        return beside_apposition(rest);
    }
    let words = words(rest);
    let (first, predicate) = words.split_first()?;
    if !VERBS.have(first) {
        return None;
    }
    let role = has_role(&predicate[..predicate.len().min(24)]);
    let craft = is_craft(first, predicate);
    let near = &predicate[..predicate.len().min(4)];
    let indefinite = near.iter().any(|word| matches!(*word, "a" | "an"));
    let current = *first == "currently" || predicate.first() == Some(&"currently");
    let plural = *first == "are" && role;
    let certainty = if is_character(predicate) {
        Certainty::Open
    } else if craft || current || plural || indefinite {
        Certainty::Certain
    } else if is_placed(predicate) {
        Certainty::Placed
    } else {
        Certainty::Open
    };
    (role || craft).then_some(certainty)
}

/// The first words of `text`.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || ",;()*_’'".contains(c))
        .filter(|word| !word.is_empty())
        .take(31)
        .collect()
}

/// `a former minister, teaches at …`: what is said after the aside counts; without a verb,
/// `professor of history at …` may be anybody.
fn beside_apposition(rest: &str) -> Option<Certainty> {
    let clauses = rest.match_indices(", ").take(4);
    let said = clauses
        .filter_map(|(at, comma)| occupation(&rest[at + comma.len()..]))
        .max();
    let words = words(rest);
    let near = &words[..words.len().min(6)];
    let apposed = || near.first().is_some_and(|first| *first != "who") && has_role(near);
    said.or_else(|| apposed().then_some(Certainty::Open))
}

/// Whether a verb alone tells an author's trade: `teaches …`, `writes on …`, `covers … for the …`.
fn is_craft(verb: &str, predicate: &[&str]) -> bool {
    let second = predicate.first().copied().unwrap_or_default();
    let for_whom = |pair: &[&str]| {
        pair[0] == "for" && (pair[1] == "the" || pair[1].starts_with(char::is_uppercase))
    };
    match verb {
        "teaches" | "teach" | "lectures" | "blogs" | "edits" | "specialises" | "specializes" => {
            true
        }
        "works" | "work" | "worked" | "serves" | "writes" | "write" | "taught" | "researches" => {
            matches!(second, "at" | "for" | "in" | "as" | "on" | "about" | "with")
        }
        "covers" | "reports" => predicate.windows(2).take(10).any(for_whom),
        _ => false,
    }
}

/// Whether somebody's character is told, not a post: `is a lawyer by training`.
fn is_character(predicate: &[&str]) -> bool {
    const TRAITS: [&str; 6] = [
        "training",
        "trade",
        "nature",
        "temperament",
        "heart",
        "instinct",
    ];
    let told = |pair: &[&str]| {
        matches!(pair[0], "by" | "at") && TRAITS.contains(&pair[1].trim_end_matches('.'))
    };
    predicate.windows(2).take(8).any(told)
}

/// Whether a post is told that statesmen seldom hold: in a house of learning, in the press.
fn is_placed(predicate: &[&str]) -> bool {
    let learned = |word: &&str| {
        matches!(
            word.trim_end_matches('.'),
            "University" | "Institute" | "Institution" | "College" | "School" | "Centre" | "Center"
        )
    };
    let posted = |pair: &[&str]| match pair[0] {
        "columnist" | "correspondent" | "ambassador" => true,
        "author" => pair[1] == "of" && predicate.iter().any(|word| word.starts_with(['“', '"'])),
        role => is_role(role) && pair[1] == "at",
    };
    predicate.iter().any(learned) || predicate.windows(2).any(posted)
}

/// Whether a role is among the words, and not denied: `not a historian`.
fn has_role(words: &[&str]) -> bool {
    let denied = |at: usize| {
        words[at.saturating_sub(2)..at]
            .iter()
            .any(|word| matches!(*word, "not" | "no" | "never" | "hardly"))
    };
    words
        .iter()
        .enumerate()
        .any(|(at, word)| is_role(word.trim_end_matches('.')) && !denied(at))
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
