//! The model card, after Mitchell et al. (2019), "Model Cards for Model Reporting": what a model
//! was made from and how, how good it is, and what its maker says of its limits.

use super::grid::{Align, Cell, Grid};
use super::markdown::{escape, heading};
use super::number::{count, percent};
use super::{agreement, evaluation, visible};
use crate::codebook::LabelSet;
use crate::evaluate::{Evaluation, PassRate, PassRates, SetAgreement};
use crate::labels::Readings;
use crate::tagger::About;

/// What there is to say of a model. What was not measured is `None`, and the card says so.
#[derive(Debug, Clone, Copy)]
pub struct Card<'a> {
    /// What the model was made from.
    pub about: &'a About,
    /// The program and its version.
    pub program: &'a str,
    /// The words of the command that trained it.
    pub command: &'a [String],
    /// The names of the files of labels.
    pub files: &'a [String],
    /// How many terms it knows.
    pub terms: usize,
    /// Whether the settings were searched for by the folds that give the scores.
    pub tuned: bool,
    /// What was learned of each label set.
    pub learned: &'a [Learned<'a>],
    /// How far readers agree on the label sets.
    pub agreement: Option<(&'a Readings, &'a [SetAgreement])>,
    /// How the model does on sentences made to trip it.
    pub behaviour: Option<&'a PassRates>,
    /// What its maker says of it, in Markdown.
    pub notes: Option<&'a str>,
}

/// What was learned of a label set.
#[derive(Debug, Clone, Copy)]
pub struct Learned<'a> {
    /// The labels.
    pub set: &'a LabelSet,
    /// The cost that was chosen.
    pub cost: f64,
    /// The held-out predictions of the training that made the model, measured.
    pub evaluation: &'a Evaluation,
}

/// The card in Markdown. The notes stand at its end as they are; all else is escaped.
#[must_use]
pub fn markdown(card: &Card<'_>) -> String {
    [
        title(card),
        label_sets(card),
        data(card),
        training(card),
        scores(card),
        readers(card),
        behaviour(card),
        notes(card),
    ]
    .join("\n")
}

fn title(card: &Card<'_>) -> String {
    let title = heading(1, &format!("Model card: {}", card.about.title));
    let program = escape(card.program);
    format!(
        "{title}\n{program} wrote this card when it trained the model. How far to believe the model, and what \
         it is not for, stands under [Notes](#notes).\n"
    )
}

fn label_sets(card: &Card<'_>) -> String {
    let mut out = heading(2, "Label sets");
    for Learned { set, .. } in card.learned {
        out += &format!("\n{}\n", heading(3, &set.name));
        if !set.question.is_empty() {
            out += &format!("Asked of every sentence: {}\n\n", escape(&set.question));
        }
        let mut grid = Grid::new([("label", Align::Left), ("meaning", Align::Left)]);
        for label in &set.labels {
            grid.row([&label.name, &label.meaning].map(Cell::from));
        }
        out += &grid.markdown();
    }
    out
}

fn data(card: &Card<'_>) -> String {
    let about = card.about;
    let groups = match &about.columns.group {
        Some(column) => format!("{}, by column {column}", about.groups),
        None => "none: single rows are held out, which flatters the scores".to_owned(),
    };
    let mut facts = Grid::new([("", Align::Left), ("", Align::Left)]);
    facts.row(["files".into(), card.files.join(", ").into()]);
    facts.row(["rows".into(), about.rows.to_string().into()]);
    facts.row(["groups".into(), groups.into()]);
    if let Some(merged) = &about.merged {
        facts.row(["labels of".into(), merged.to_string().into()]);
    }
    facts.row([Cell::from("fingerprint"), (&about.fingerprint).into()]);
    let mut labels = Grid::new([
        ("label set", Align::Left),
        ("label", Align::Left),
        ("rows", Align::Right),
        ("share", Align::Right),
    ]);
    for Learned {
        set, evaluation, ..
    } in card.learned
    {
        let scores = &evaluation.scores;
        for (name, label) in scores.label_names.iter().zip(&scores.labels) {
            let share = label.support as f64 / scores.rows as f64;
            let [rows, share] = [label.support.to_string(), percent(share)];
            labels.row([&set.name, name, &rows, &share].map(Cell::from));
        }
    }
    let (facts, labels) = (facts.markdown(), labels.markdown());
    format!("{}\n{facts}\n{labels}", heading(2, "Data"))
}

fn training(card: &Card<'_>) -> String {
    let settings = &card.about.settings;
    let mut costs = Grid::new([("label set", Align::Left), ("cost chosen", Align::Right)]);
    for Learned { set, cost, .. } in card.learned {
        costs.row([Cell::from(&set.name), cost.to_string().into()]);
    }
    let tuned = match card.tuned {
        true => {
            " The settings are the best of many by the folds that give the scores, which flatters \
             these a little."
        }
        false => "",
    };
    format!(
        "{}\nOne linear model for each label set, over {}. Settings: {}; tags less likely than {} are \
         unsure.{tuned}\n\n{}\n```sh\n{}\n```\n",
        heading(2, "Training"),
        count(card.terms, "term"),
        escape(&settings.to_string()),
        settings.unsure_below,
        costs.markdown(),
        command(card.command),
    )
}

/// Columns of a line of the command.
const COLUMNS: usize = 96;

/// The words of a command as a shell reads them, an option and its value never on two lines.
fn command(words: &[String]) -> String {
    let mut lines = vec![String::new()];
    for option in words.chunk_by(|_, next| !next.starts_with('-')) {
        let option: Vec<String> = option.iter().map(|word| quoted(word)).collect();
        let option = option.join(" ");
        match lines.last_mut() {
            Some(line) if line.is_empty() => *line = option,
            Some(line) if line.len() + option.len() < COLUMNS => *line += &format!(" {option}"),
            _ => lines.push(format!("    {option}")),
        }
    }
    lines.join(" \\\n")
}

/// A word as a shell reads it, in quotes where it needs them.
fn quoted(word: &str) -> String {
    let word = visible(word);
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    match word.is_empty() || !word.chars().all(plain) {
        true => format!("'{}'", word.replace('\'', r"'\''")),
        false => word,
    }
}

fn scores(card: &Card<'_>) -> String {
    let mut out = heading(2, "Held-out scores");
    for Learned { evaluation, .. } in card.learned {
        out += "\n";
        out += &evaluation::set_in_markdown(evaluation, 3);
    }
    out
}

fn readers(card: &Card<'_>) -> String {
    let figures = match card.agreement {
        Some((readings, sets)) => agreement::markdown_in_short(readings, sets, 3),
        None => not_measured("`--readings`"),
    };
    format!("{}\n{figures}", heading(2, "Agreement of readers"))
}

fn behaviour(card: &Card<'_>) -> String {
    let figures = match card.behaviour {
        Some(rates) => {
            let about =
                "Sentences made to trip the model, and how many of each kind it gets right.";
            format!("{about}\n\n{}", behaviour_table(rates))
        }
        None => not_measured("`--cases`"),
    };
    format!("{}\n{figures}", heading(2, "Behaviour"))
}

fn not_measured(option: &str) -> String {
    format!("Not measured ({option}).\n")
}

/// The pass rates of each kind of case, and of all, as the card has them.
#[must_use]
pub fn behaviour_table(rates: &PassRates) -> String {
    let all = rates.all();
    let sets: Vec<usize> = (0..all.len()).filter(|&set| all[set].checked > 0).collect();
    let names = sets.iter().map(|&set| (&*rates.sets[set], Align::Right));
    let mut grid = Grid::new([("kind", Align::Left)].into_iter().chain(names));
    let kinds = rates.kinds.iter().map(|(kind, rates)| (&**kind, rates));
    for (kind, rates) in kinds.chain([("all", &all)]) {
        let cells = sets.iter().map(|&set| pass_rate(rates[set]).into());
        grid.row([Cell::from(kind)].into_iter().chain(cells));
    }
    grid.markdown()
}

/// `85% (17 of 20)`.
fn pass_rate(rate: PassRate) -> String {
    let PassRate { passed, checked } = rate;
    match checked {
        0 => String::new(),
        _ => format!(
            "{} ({passed} of {checked})",
            percent(passed as f64 / checked as f64)
        ),
    }
}

fn notes(card: &Card<'_>) -> String {
    let notes = card.notes.map_or(NO_NOTES, str::trim_end);
    format!("{}\n{notes}\n", heading(2, "Notes"))
}

const NO_NOTES: &str = "None were given (`--notes`). Which language and register the model reads, and what it must \
                        not be used for, is for its maker to say.";
