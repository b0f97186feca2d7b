use crate::error::{Error, Result};
use crate::labels::Labelled;
use crate::metrics::Scores;
use crate::tagger::{HeldOut, Progress, Sentence, Settings, Tagger, likeliest};
use rayon::prelude::*;

/// Predictions of one label set for rows whose labels are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictions {
    /// The name of the label set.
    pub set: String,
    /// How the predictions were made, in a line for readers.
    pub method: String,
    /// The names of the labels.
    pub labels: Vec<String>,
    /// True labels.
    pub truth: Vec<usize>,
    /// Calibrated probabilities: rows × labels.
    pub probabilities: Vec<Vec<f64>>,
    /// The group of each row.
    pub groups: Vec<String>,
}

impl Predictions {
    /// Predictions of each label set by models that had not seen the row's group.
    ///
    /// # Errors
    /// As for [`Tagger::train`].
    pub fn held_out(
        labelled: &Labelled,
        settings: &Settings,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Self>> {
        let held_out = Tagger::cross_validate(labelled, settings, progress)?;
        Ok(Self::of_training(held_out, labelled, settings))
    }

    /// The held-out predictions that [`Tagger::train_and_hold_out`] made of these labels, which are
    /// those of [`Predictions::held_out`].
    #[must_use]
    pub fn of_training(
        held_out: Vec<HeldOut>,
        labelled: &Labelled,
        settings: &Settings,
    ) -> Vec<Self> {
        let mut method = format!(
            "{} folds, whole groups held out, each fold calibrated by the others",
            settings.folds
        );
        if let Some(merged) = &labelled.merged {
            method += &format!("; labels of {merged}");
        }
        held_out
            .into_iter()
            .zip(&labelled.sets)
            .map(|(held_out, set)| Self::from_folds(&set.name, &method, held_out))
            .collect()
    }

    /// Predictions by models that may have seen other rows of the row's group: rows are dealt out
    /// at random. They flatter, and say by how much only beside those of [`Predictions::held_out`].
    ///
    /// # Errors
    /// As for [`Tagger::train`].
    pub fn random_split(
        labelled: &Labelled,
        settings: &Settings,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Self>> {
        let mut rows = labelled.clone();
        rows.sort();
        let groups: Vec<String> = rows.sentences.iter().map(|s| s.group.clone()).collect();
        // Named by its place, a row stays in it when the rows are sorted again.
        for (at, sentence) in rows.sentences.iter_mut().enumerate() {
            sentence.group = format!("{at:09}");
        }
        let held_out = Tagger::cross_validate(&rows, settings, progress)?;
        let method = format!("{} folds of single rows", settings.folds);
        let sets = held_out.into_iter().zip(&labelled.sets);
        let predictions = sets.map(|(mut held_out, set)| {
            held_out.groups = held_out
                .rows
                .iter()
                .map(|&row| groups[row].clone())
                .collect();
            Self::from_folds(&set.name, &method, held_out)
        });
        Ok(predictions.collect())
    }

    fn from_folds(set: &str, method: &str, held_out: HeldOut) -> Self {
        Self {
            set: set.to_owned(),
            method: method.to_owned(),
            probabilities: held_out.probabilities(),
            labels: held_out.labels,
            truth: held_out.truth,
            groups: held_out.groups,
        }
    }

    /// Predictions of a given tagger, for each label set that both know.
    ///
    /// # Errors
    /// If they have no label set in common, or the rows use a label the tagger does not know.
    pub fn of_model(tagger: &Tagger, labelled: &Labelled) -> Result<Vec<Self>> {
        let tags = tag_documents(tagger, labelled);
        let method = match trained_on(tagger, labelled) {
            true => "a model trained on these very rows: not held out",
            false => "a given model",
        };
        let mut predictions = Vec::new();
        for (head_at, head) in tagger.heads().iter().enumerate() {
            let Some(set) = labelled
                .sets
                .iter()
                .position(|set| set.name == head.set.name)
            else {
                continue;
            };
            let (rows, truth) = labelled.with_label(set);
            let known: Vec<Option<usize>> = labelled.sets[set]
                .names()
                .map(|name| head.set.index(name))
                .collect();
            let truth = rows
                .iter()
                .zip(truth)
                .map(|(&row, label)| known[label].ok_or_else(|| unknown(labelled, row, set, label)))
                .collect::<Result<_>>()?;
            predictions.push(Self {
                set: head.set.name.clone(),
                method: method.to_owned(),
                labels: head.set.names().map(str::to_owned).collect(),
                truth,
                probabilities: rows.iter().map(|&row| tags[row][head_at].clone()).collect(),
                groups: rows
                    .iter()
                    .map(|&row| labelled.sentences[row].group.clone())
                    .collect(),
            });
        }
        if predictions.is_empty() {
            let asked: Vec<&str> = labelled.sets.iter().map(|set| &*set.name).collect();
            let known: Vec<String> = tagger.codebook().sets.into_iter().map(|s| s.name).collect();
            return Err(Error::input(format!(
                "the model predicts {}, the labels are {}",
                known.join(", "),
                asked.join(", ")
            ))
            .remedy(
                "name the column that holds the model's labels with --label, or another --model",
            ));
        }
        Ok(predictions)
    }

    /// The likeliest labels.
    #[must_use]
    pub fn predicted(&self) -> Vec<usize> {
        self.probabilities.iter().map(|p| likeliest(p)).collect()
    }

    /// Accuracy, F1, per-label scores and confusion of the likeliest labels.
    #[must_use]
    pub fn scores(&self) -> Scores {
        Scores::new(&self.truth, &self.predicted(), &self.groups, &self.labels)
    }
}

/// Whether a tagger was trained on exactly these rows, as far as its fingerprint can tell.
#[must_use]
pub fn trained_on(tagger: &Tagger, labelled: &Labelled) -> bool {
    let mut sorted = labelled.clone();
    sorted.sort();
    sorted.fingerprint() == tagger.about().fingerprint
}

/// The probabilities of every row and head, each row seen in its document.
fn tag_documents(tagger: &Tagger, labelled: &Labelled) -> Vec<Vec<Vec<f64>>> {
    let documents: Vec<Vec<Vec<Vec<f64>>>> = labelled
        .documents
        .par_iter()
        .map(|document| {
            let sentences: Vec<Sentence<'_>> = labelled.sentences[document.clone()]
                .iter()
                .map(|sentence| Sentence {
                    text: &sentence.text,
                    paragraph: sentence.paragraph,
                })
                .collect();
            let tags = tagger.tag(&sentences).into_iter();
            tags.map(|tags| tags.tags.into_iter().map(|tag| tag.probabilities).collect())
                .collect()
        })
        .collect();
    documents.into_iter().flatten().collect()
}

fn unknown(labelled: &Labelled, row: usize, set: usize, label: usize) -> Error {
    let sentence = &labelled.sentences[row];
    let set = &labelled.sets[set];
    Error::input(format!(
        "the model does not know the label `{}` of column `{}`",
        set.labels[label].name, set.name
    ))
    .at(&sentence.file)
    .on_line(sentence.line)
    .remedy("evaluate with a model trained on these labels, or leave --model out to use folds")
}
