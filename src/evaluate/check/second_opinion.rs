use crate::error::Result;
use crate::labels::Labelled;
use crate::tagger::{HeldOut, Progress, Settings, Tagger};

/// How much of a label is believed; the rest is what models made of the sentence.
const BELIEVED: f64 = 0.5;

/// Shares below this are left out, for every share costs training a row.
const SMALLEST_SHARE: f64 = 0.1;

/// What models make of rows whose groups they have not seen, when they have learned from labels that
/// other such models were asked about: each row teaches half of its label and half of what was
/// thought of it ("bootstrapping" of Reed et al., "Training deep neural networks on noisy labels
/// with bootstrapping", 2015, equation 6). Wrong labels, which models tend to doubt, teach less, and
/// the second opinion of them is clearer than the first.
///
/// - `labelled`: sorted.
/// - `first`: what [`Tagger::cross_validate`] makes of it.
///
/// # Errors
/// As for [`Tagger::train`].
pub fn second_opinion(
    labelled: &Labelled,
    first: &[HeldOut],
    settings: &Settings,
    progress: &mut Progress<'_>,
) -> Result<Vec<HeldOut>> {
    let mut doubted = labelled.clone();
    for (set, held_out) in first.iter().enumerate() {
        for (&row, probabilities) in held_out.rows.iter().zip(held_out.probabilities()) {
            let sentence = &mut doubted.sentences[row];
            let mut shares: Vec<f64> = probabilities.iter().map(|p| (1.0 - BELIEVED) * p).collect();
            for (label, share) in labelled.sentences[row].weighted_labels(set) {
                shares[label] += BELIEVED * f64::from(share);
            }
            shares
                .iter_mut()
                .filter(|s| **s < SMALLEST_SHARE)
                .for_each(|s| *s = 0.0);
            let sum: f64 = shares.iter().sum();
            if sum > 0.0 {
                sentence.shares.resize(first.len(), Vec::new());
                sentence.shares[set] = shares.iter().map(|share| (share / sum) as f32).collect();
            }
        }
    }
    Tagger::cross_validate(&doubted, settings, progress)
}
