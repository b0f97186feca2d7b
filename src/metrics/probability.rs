//! How good probabilities are.

use serde::{Deserialize, Serialize};

/// Probabilities below this are taken for it, so that one wrong certainty costs 36 and not
/// infinity; scikit-learn's `log_loss` does the same.
const SMALLEST: f64 = f64::EPSILON;

/// Mean −ln of the probability given to the true label, in nats; `None` without rows.
///
/// - `probabilities`: one row of `k` each, summing to one.
/// - `truth`: one label a row, below `k`.
#[must_use]
pub fn log_loss<R: AsRef<[f64]>>(probabilities: &[R], truth: &[usize]) -> Option<f64> {
    let loss = |row: &[f64], truth: usize| -libm::log(row[truth].clamp(SMALLEST, 1.0));
    mean(probabilities, truth, loss)
}

/// Mean squared distance between the probabilities and the truth (1 for the true label, 0 for the
/// others), summed over the labels: from 0 to 2 (Brier, "Verification of forecasts expressed in
/// terms of probability", 1950); `None` without rows. Arguments as for [`log_loss`].
#[must_use]
pub fn brier<R: AsRef<[f64]>>(probabilities: &[R], truth: &[usize]) -> Option<f64> {
    mean(probabilities, truth, |row, truth| {
        let error = |(label, p): (usize, &f64)| p - f64::from(u8::from(label == truth));
        row.iter().enumerate().map(error).map(|e| e * e).sum()
    })
}

fn mean<R: AsRef<[f64]>>(
    probabilities: &[R],
    truth: &[usize],
    figure: impl Fn(&[f64], usize) -> f64,
) -> Option<f64> {
    let figures = usable(probabilities, truth).map(|(row, truth)| figure(row, truth));
    let (sum, rows) = figures.fold((0.0, 0_u64), |(sum, rows), figure| (sum + figure, rows + 1));
    (rows > 0).then(|| sum / rows as f64)
}

/// The rows that have a true label among their own and no probability that is not a number.
fn usable<'r, R: AsRef<[f64]>>(
    probabilities: &'r [R],
    truth: &'r [usize],
) -> impl Iterator<Item = (&'r [f64], usize)> {
    let rows = probabilities.iter().map(AsRef::as_ref);
    rows.zip(truth.iter().copied())
        .filter(|(row, truth)| *truth < row.len() && row.iter().all(|p| p.is_finite()))
}

/// The rows whose likeliest label has a probability above `low` and up to `high`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// The lower bound, itself outside (0 is inside the first bin).
    pub low: f64,
    /// The upper bound, itself inside.
    pub high: f64,
    /// Rows in the bin.
    pub count: u64,
    /// Mean probability of the likeliest label; `None` in an empty bin.
    pub mean_confidence: Option<f64>,
    /// Share of the rows whose likeliest label is the true one; `None` in an empty bin.
    pub accuracy: Option<f64>,
}

/// The reliability diagram of the likeliest label (the first among equals) in `bins` bins of
/// equal width (Guo et al., "On calibration of modern neural networks", ICML 2017, section 2).
/// Arguments as for [`log_loss`].
#[must_use]
pub fn reliability<R: AsRef<[f64]>>(probabilities: &[R], truth: &[usize], bins: usize) -> Vec<Bin> {
    let mut sums = vec![(0_u64, 0.0, 0_u64); bins];
    for (row, truth) in usable(probabilities, truth) {
        let (label, confidence) = likeliest(row);
        // A probability of 1 may be rounded up, out of the last bin.
        let bin = ((confidence * bins as f64).ceil() as usize).clamp(1, bins.max(1)) - 1;
        if let Some((count, sum, right)) = sums.get_mut(bin) {
            *count += 1;
            *sum += confidence;
            *right += u64::from(label == truth);
        }
    }
    let bin = |(i, (count, sum, right)): (usize, (u64, f64, u64))| Bin {
        low: i as f64 / bins as f64,
        high: (i + 1) as f64 / bins as f64,
        count,
        mean_confidence: (count > 0).then(|| sum / count as f64),
        accuracy: (count > 0).then(|| right as f64 / count as f64),
    };
    sums.into_iter().enumerate().map(bin).collect()
}

/// The first of the largest probabilities and its label.
fn likeliest(row: &[f64]) -> (usize, f64) {
    let mut best = (0, 0.0);
    for (label, &probability) in row.iter().enumerate() {
        if probability > best.1 {
            best = (label, probability);
        }
    }
    best
}

/// Mean distance between confidence and accuracy over the bins of a [`reliability`] diagram,
/// weighted by their rows (Guo et al. 2017, equation 3; 15 bins are usual); `None` without rows.
#[must_use]
pub fn expected_calibration_error(bins: &[Bin]) -> Option<f64> {
    let rows: u64 = bins.iter().map(|bin| bin.count).sum();
    let gap = |bin: &Bin| Some(bin.count as f64 * (bin.mean_confidence? - bin.accuracy?).abs());
    (rows > 0).then(|| bins.iter().filter_map(gap).sum::<f64>() / rows as f64)
}
