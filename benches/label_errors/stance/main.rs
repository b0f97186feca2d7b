//! Plants wrong labels into labels that are good and ranks all by how likely they are wrong.
//!
//! ```text
//! cargo run --release --example label_errors -- FOLDER SEEDS SET LABELS.csv COLUMN [SET LABELS.csv COLUMN …]
//! ```
//!
//! Writes into FOLDER one table a set, kind of error, share of errors and seed: the rows with their
//! labels, folds and out-of-fold probabilities, whether the label was planted, and the place of the
//! row in `stance`'s list. `benches/label_errors/run.py` calls it, ranks the same rows with cleanlab,
//! and prints how many of the first 50 and 100 were planted.

#![allow(clippy::print_stderr)]

use stance::error::{Error, Result};
use stance::evaluate::label_errors;
use stance::labels::{Labelled, ReadLabels};
use stance::tagger::{HeldOut, Settings, Tagger};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How labels are made wrong.
#[derive(Clone, Copy)]
enum Kind {
    /// Any other label.
    Uniform,
    /// The label before or after it in the order of the set.
    Neighbouring,
}

const KINDS: [(Kind, &str); 2] = [
    (Kind::Uniform, "uniform"),
    (Kind::Neighbouring, "neighbouring"),
];
/// Percent of the labels that are made wrong.
const SHARES: [usize; 2] = [5, 10];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let usage = || Error::usage("name a folder, a number of seeds, and sets of three words each");
    let (folder, seeds) = arguments.first().zip(arguments.get(1)).ok_or_else(usage)?;
    let seeds: u64 = seeds.parse().map_err(|_| usage())?;
    for set in arguments[2..].chunks_exact(3) {
        let labels = ReadLabels {
            labels: vec![set[2].clone()],
            ..ReadLabels::default()
        };
        let clean = labels.read(&[PathBuf::from(&set[1])])?;
        for (kind, kind_name) in KINDS {
            for share in SHARES {
                for seed in 0..seeds {
                    let name = format!("{}.{kind_name}.{share}.{seed}", set[0]);
                    eprintln!("{name}");
                    let planted = Planted::new(&clean, kind, share, seed);
                    planted.rank(&Path::new(folder).join(format!("{name}.csv")))?;
                }
            }
        }
    }
    Ok(())
}

/// Labels of which some were made wrong.
struct Planted {
    labelled: Labelled,
    /// The lines of those.
    lines: BTreeSet<u64>,
}

impl Planted {
    fn new(clean: &Labelled, kind: Kind, share: usize, seed: u64) -> Self {
        let mut labelled = clean.clone();
        let mut random = Random(seed);
        let mut rows = labelled.with_label(0).0;
        let labels = labelled.sets[0].labels.len();
        let wrong = rows.len() * share / 100;
        let mut lines = BTreeSet::new();
        for drawn in 0..wrong {
            let left = rows.len() - drawn;
            rows.swap(drawn, drawn + random.below(left));
            let sentence = &mut labelled.sentences[rows[drawn]];
            let label = sentence.labels[0].unwrap_or_default();
            sentence.labels[0] = Some(random.other_label(kind, label, labels));
            lines.insert(sentence.line);
        }
        labelled.sort();
        Self { labelled, lines }
    }

    /// Asks models about groups they have not seen, and writes down what they and `stance` say.
    fn rank(&self, file: &Path) -> Result<()> {
        let settings = Settings::default();
        let held_out = Tagger::cross_validate(&self.labelled, &settings, &mut |_, _, _| Ok(()))?;
        self.write(file, &held_out[0])
            .map_err(|error| Error::input(format!("cannot write: {error}")).at(file))
    }

    fn write(&self, file: &Path, held_out: &HeldOut) -> Result<(), csv::Error> {
        let probabilities = held_out.probabilities();
        let mut place = vec![String::new(); held_out.rows.len()];
        let (errors, _) = label_errors(&held_out.truth, &probabilities);
        for (at, error) in (1..).zip(errors) {
            place[error.at] = usize::to_string(&at);
        }
        let mut table = csv::Writer::from_path(file)?;
        let fixed = ["text", "planted", "fold", "place", "given"].map(str::to_owned);
        let labels = (0..held_out.labels.len()).map(|label| format!("p{label}"));
        table.write_record(fixed.into_iter().chain(labels))?;
        for (at, probabilities) in probabilities.iter().enumerate() {
            let sentence = &self.labelled.sentences[held_out.rows[at]];
            let fixed = [
                sentence.text.clone(),
                u8::from(self.lines.contains(&sentence.line)).to_string(),
                held_out.fold[at].to_string(),
                place[at].clone(),
                held_out.truth[at].to_string(),
            ];
            let probabilities = probabilities.iter().map(f64::to_string);
            table.write_record(fixed.into_iter().chain(probabilities))?;
        }
        Ok(table.flush()?)
    }
}

/// SplitMix64, so that every machine plants the same errors.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        ((u128::from(bits) * end as u128) >> 64) as usize
    }

    fn other_label(&mut self, kind: Kind, label: usize, labels: usize) -> usize {
        match kind {
            Kind::Uniform => (label + 1 + self.below(labels - 1)) % labels,
            Kind::Neighbouring if label == 0 => 1,
            Kind::Neighbouring if label + 1 == labels => label - 1,
            Kind::Neighbouring => label - 1 + 2 * self.below(2),
        }
    }
}
