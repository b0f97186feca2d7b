//! Two textbook estimates of shares, to measure [`Correction`](super::Correction) against.

/// Adjusted counting: the shares whose expected counts come nearest to the shares counted.
///
/// Minimises `Σ_p (raw_p − Σ_t π_t · rates[t][p])²` over the simplex (Forman 2008, "Quantifying
/// counts and costs via classification", for two labels; Hopkins & King 2010, §3.2, for many).
/// `raw` are shares by predicted label, `rates` is P(predicted | truth).
///
/// ```
/// let rates = [vec![0.8, 0.2], vec![0.3, 0.7]];
/// let shares = stance::prevalence::adjusted_count(&[0.5, 0.5], &rates);
/// assert!((shares[0] - 0.4).abs() < 1e-9);
/// ```
#[must_use]
pub fn adjusted_count(raw: &[f64], rates: &[Vec<f64>]) -> Vec<f64> {
    let labels = rates.len();
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let mut shares = vec![1.0 / labels as f64; labels];
    let mut residual: Vec<f64> = (0..raw.len())
        .map(|p| rates.iter().map(|row| row[p]).sum::<f64>() / labels as f64 - raw[p])
        .collect();
    // Moves share from the label that most deserves to lose to the one that most deserves to gain
    // until none does: the pairwise descent of sequential minimal optimisation (Platt 1998).
    for _ in 0..10_000 {
        let slope: Vec<f64> = rates.iter().map(|row| product(row, &residual)).collect();
        let steeper = |a: &usize, b: &usize| slope[*a].total_cmp(&slope[*b]);
        let held = (0..labels).filter(|&t| shares[t] > 0.0);
        let (Some(from), Some(to)) = (held.max_by(steeper), (0..labels).min_by(steeper)) else {
            break;
        };
        let change: Vec<f64> = (rates[to].iter().zip(&rates[from]))
            .map(|(to, from)| to - from)
            .collect();
        let (gain, curvature) = (slope[from] - slope[to], product(&change, &change));
        if gain < 1e-14 || curvature == 0.0 {
            break;
        }
        let step = (gain / curvature).min(shares[from]);
        shares[from] -= step;
        shares[to] += step;
        for (residual, change) in residual.iter_mut().zip(&change) {
            *residual += step * change;
        }
    }
    shares
}

/// The shares under which calibrated probabilities agree with themselves, by expectation
/// maximisation over the priors (Saerens, Latinne & Decaestecker 2002, "Adjusting the outputs of a
/// classifier to new a priori probabilities", eq. 9).
///
/// `probabilities` has a row for each sentence, `training` are the shares of the labels in the data
/// that the probabilities were calibrated on. `None` without sentences.
#[must_use]
pub fn expectation_maximisation(probabilities: &[Vec<f64>], training: &[f64]) -> Option<Vec<f64>> {
    if probabilities.is_empty() {
        return None;
    }
    let mut shares = training.to_vec();
    for _ in 0..1000 {
        let mut next = vec![0.0; shares.len()];
        for row in probabilities {
            let odds = |t: usize| row[t] * shares[t] / training[t].max(1e-12);
            let total = (0..shares.len()).map(odds).sum::<f64>().max(1e-300);
            for (t, next) in next.iter_mut().enumerate() {
                *next += odds(t) / total / probabilities.len() as f64;
            }
        }
        let moved: f64 = shares.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        shares = next;
        if moved < 1e-9 {
            break;
        }
    }
    Some(shares)
}
