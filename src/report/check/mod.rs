//! What is likely wrong with labels, in words: one entry a finding, the worst first.

mod csv;
mod json;

pub use csv::csv;
pub use json::json;

use super::markdown::{escape, heading};
use super::number::{count, percent};
use super::{BOLD, DIM, PLAIN, Style};
use crate::evaluate::{Check, Finding, Kind};
use crate::tagger::likeliest;

/// Likely label errors that are printed; CSV and JSON have them all.
const SHOWN_ERRORS: usize = 20;
/// The same of every other kind.
const SHOWN: usize = 10;
/// Rows printed of a finding.
const SHOWN_ROWS: usize = 4;

/// The findings for a terminal, kind by kind.
#[must_use]
pub fn table(check: &Check, style: Style) -> String {
    let mut out = style.lines(&amount(check), BOLD, 0);
    for line in in_short(check) {
        out += &style.lines(&line, PLAIN, 0);
    }
    for section in sections(check) {
        out += &format!("\n{}", style.lines(&section.title, BOLD, 0));
        out += &style.lines(section.about, DIM, 0);
        for (place, finding) in (1..).zip(section.shown()) {
            out += &style.lines(&format!("{place}. {}", words(check, finding)), PLAIN, 0);
            for &row in finding.rows.iter().take(SHOWN_ROWS) {
                out += &style.lines(&stands(check, row), DIM, 3);
                out += &style.lines(&check.labelled.sentences[row].text, PLAIN, 3);
                out += &dim(style, &said(check, finding, row), 3);
            }
            out += &dim(style, &more_rows(finding), 3);
        }
        out += &dim(style, &section.more(), 0);
    }
    out
}

/// A line in the background, if there is anything to say.
fn dim(style: Style, words: &str, indent: usize) -> String {
    match words {
        "" => String::new(),
        words => style.lines(words, DIM, indent),
    }
}

/// The findings in Markdown, kind by kind.
#[must_use]
pub fn markdown(check: &Check) -> String {
    let mut out = heading(1, &amount(check));
    out.push('\n');
    for line in in_short(check) {
        out += &format!("- {}\n", escape(&line));
    }
    for section in sections(check) {
        out += &format!("\n{}\n", heading(2, &section.title));
        out += &format!("{}\n\n", escape(section.about));
        for (place, finding) in (1..).zip(section.shown()) {
            out += &format!("{place}. {}\n", escape(&words(check, finding)));
            for &row in finding.rows.iter().take(SHOWN_ROWS) {
                let text = escape(&check.labelled.sentences[row].text);
                out += &format!("   - {}: {text}", escape(&stands(check, row)));
                out += &match said(check, finding, row).as_str() {
                    "" => "\n".to_owned(),
                    said => format!(" — {}\n", escape(said)),
                };
            }
            if !more_rows(finding).is_empty() {
                out += &format!("   - {}\n", more_rows(finding));
            }
        }
        if !section.more().is_empty() {
            out += &format!("\n{}\n", escape(&section.more()));
        }
    }
    out
}

/// Findings of one kind.
struct Section<'c> {
    title: String,
    about: &'static str,
    findings: Vec<&'c Finding>,
    most: usize,
}

impl Section<'_> {
    fn shown(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().copied().take(self.most)
    }

    /// How many are left out; empty if none is.
    fn more(&self) -> String {
        match self.findings.len().checked_sub(self.most) {
            None | Some(0) => String::new(),
            Some(more) => format!("and {more} more, which --format csv lists"),
        }
    }
}

/// The kinds that something was found of.
fn sections(check: &Check) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut last = "";
    for finding in &check.findings {
        let name = name(&finding.kind);
        if name != last {
            let (title, about) = title(&finding.kind);
            let most = match finding.kind {
                Kind::LabelError(_) => SHOWN_ERRORS,
                _ => SHOWN,
            };
            sections.push(Section {
                title: title.to_owned(),
                about,
                findings: Vec::new(),
                most,
            });
            last = name;
        }
        if let Some(section) = sections.last_mut() {
            section.findings.push(finding);
        }
    }
    for section in &mut sections {
        section.title += &format!(": {}", section.findings.len());
    }
    sections
}

/// The name of a kind, as CSV and JSON have it.
fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::LabelError(_) => "label error",
        Kind::Conflict { .. } => "contradiction",
        Kind::Stray => "not in its article",
        Kind::NoArticle => "article missing",
        Kind::Leak { .. } => "leak",
        Kind::Duplicate { .. } => "duplicate",
        Kind::SmallLabel { .. } => "small label",
    }
}

/// A title for findings of a kind, and what they mean.
fn title(kind: &Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::LabelError(_) => (
            "Likely label errors",
            "Models that had not seen the group would give another label; the most doubtful first.",
        ),
        Kind::Conflict { .. } => (
            "Contradictions",
            "The same sentence, or nearly, with different labels; those with the same neighbours first.",
        ),
        Kind::Stray => (
            "Sentences that do not stand in their article",
            "The article is there and the sentence is not, white space aside.",
        ),
        Kind::NoArticle => (
            "Articles that are missing",
            "Rows name them, and they are not among the articles given.",
        ),
        Kind::Leak { .. } => (
            "Leaks between groups",
            "The same sentence, or nearly, in groups that are held out apart: a model is tested on what it has learned, which flatters its scores.",
        ),
        Kind::Duplicate { .. } => (
            "Duplicates",
            "The same sentence, or nearly, twice in one group: it counts twice.",
        ),
        Kind::SmallLabel { .. } => (
            "Labels too small to learn",
            "Fewer than 20 rows cannot show whether a label is learned, and fewer groups than folds leave folds without it.",
        ),
    }
}

fn amount(check: &Check) -> String {
    let rows = count(check.labelled.sentences.len(), "row");
    let findings = count(check.findings.len(), "finding");
    match &check.labelled.columns.group {
        Some(column) => format!("{rows} grouped by column {column}: {findings}"),
        None => format!("{rows} without groups: {findings}"),
    }
}

/// What is said of each label set, and whose labels they are.
fn in_short(check: &Check) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(merged) = &check.labelled.merged {
        lines.push(format!("labels of {merged}"));
    }
    if let Some(why) = &check.unlearned {
        lines.push(format!("no model was asked for label errors: {why}"));
    }
    for (set, wrong) in check.labelled.sets.iter().zip(&check.wrong) {
        if let Some(wrong) = wrong {
            let labels = "labels wrong by the estimate of confident learning";
            lines.push(format!("{}: about {wrong:.0} {labels}", set.name));
        }
    }
    lines
}

/// What is wrong, in words.
fn words(check: &Check, finding: &Finding) -> String {
    let set = finding.set.map_or("", |set| &check.labelled.sets[set].name);
    let label = |label: usize| match finding.set {
        Some(set) => &*check.labelled.sets[set].labels[label].name,
        None => "",
    };
    let alike = |similarity: &f64| match *similarity < 1.0 {
        true => format!("{} alike", percent(*similarity)),
        false => "the same words".to_owned(),
    };
    match &finding.kind {
        Kind::LabelError(error) => format!(
            "{set}: labelled {} ({}), the model would say {} ({})",
            label(error.given),
            percent(error.probability_given),
            label(error.suggested),
            percent(error.probability_suggested)
        ),
        Kind::Conflict {
            similarity,
            same_context,
        } => {
            let context = match same_context {
                true => "in the same context",
                false => "in different contexts, which may be why",
            };
            format!(
                "{set}: {} {context}, and different labels",
                alike(similarity)
            )
        }
        Kind::Stray => "the sentence does not stand in its article".to_owned(),
        Kind::NoArticle => format!(
            "no such article, named by {}",
            count(finding.rows.len(), "row")
        ),
        Kind::Leak { similarity } => format!("{}, in different groups", alike(similarity)),
        Kind::Duplicate { similarity } => alike(similarity),
        Kind::SmallLabel {
            label: small,
            rows,
            groups,
            found,
        } => {
            let found = match found {
                Some(found) if *rows > 0 => format!("; models found {found} of them"),
                _ => String::new(),
            };
            format!(
                "{set}: {} has {} in {}{found}",
                label(*small),
                count(*rows, "row"),
                count(*groups, "group")
            )
        }
    }
}

/// Where a row was read, and where its sentence stands.
fn stands(check: &Check, row: usize) -> String {
    let sentence = &check.labelled.sentences[row];
    let mut place = format!("{}:{}", sentence.file, sentence.line);
    if let Some(document) = &sentence.document {
        place += &format!(" · {document}");
    }
    if let Some(number) = sentence.number {
        place += &format!(" · sentence {number}");
    }
    let columns = &check.labelled.columns;
    if columns.group.is_some() && columns.group != columns.document {
        place += &format!(" · {}", sentence.group);
    }
    place
}

/// The label of a row in a contradiction, and what models would give it.
fn said(check: &Check, finding: &Finding, row: usize) -> String {
    let (Kind::Conflict { .. }, Some(set)) = (&finding.kind, finding.set) else {
        return String::new();
    };
    let name = |label: usize| &check.labelled.sets[set].labels[label].name;
    let mut said = match check.labelled.sentences[row].labels[set] {
        Some(label) => format!("labelled {}", name(label)),
        None => return String::new(),
    };
    if let Some(opinion) = check.opinion(set, row) {
        let label = likeliest(opinion);
        let probability = percent(opinion[label]);
        said += &format!("; the model would say {} ({probability})", name(label));
    }
    said
}

fn more_rows(finding: &Finding) -> String {
    match finding.rows.len().checked_sub(SHOWN_ROWS) {
        None | Some(0) => String::new(),
        Some(more) => format!("and {}", count(more, "more row")),
    }
}
