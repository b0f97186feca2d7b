use crate::tagger::likeliest;

/// A label that is likely wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelError {
    /// The place of the row among those asked about.
    pub at: usize,
    /// Its label.
    pub given: usize,
    /// The label that models would give it.
    pub suggested: usize,
    /// How likely they find the label it has.
    pub probability_given: f64,
    /// How likely they find the one they would give.
    pub probability_suggested: f64,
    /// How doubtful the label is, above 0 and at most 1: by how much the other is likelier, each
    /// probability to the power of three quarters.
    pub doubt: f64,
}

/// Between 1, where the difference of the probabilities decides, and 0, where their ratio does. The
/// difference finds labels confused with any other, the ratio those confused with their neighbour;
/// on the mean of both (`benches/label_errors`) three quarters find more than either.
const POWER: f64 = 0.75;

/// The labels that are likely wrong, the most doubtful first, and how many are by estimate.
///
/// Both are of confident learning (Northcutt, Jiang and Chuang, "Confident learning: estimating
/// uncertainty in dataset labels", JAIR 2021). A row is counted for the likeliest of the labels that
/// are as likely for it as for the mean row that has that label (section 3.1); those counted for
/// another than their own, scaled up to the rows of their label, are the estimate. Listed are all
/// rows whose likeliest label is another than their own, in the order of their doubt.
///
/// - `truth`: one label a row.
/// - `probabilities`: rows × labels, from models that had not seen the row's group.
///
/// ```
/// use stance::evaluate::label_errors;
///
/// let probabilities = [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.1, 0.9], [0.95, 0.05]];
/// let (errors, _) = label_errors(&[0, 0, 1, 1, 1], &probabilities);
/// assert_eq!((errors.len(), errors[0].at, errors[0].suggested), (1, 4, 0));
/// ```
#[must_use]
pub fn label_errors<R: AsRef<[f64]>>(
    truth: &[usize],
    probabilities: &[R],
) -> (Vec<LabelError>, f64) {
    let rows = truth.iter().zip(probabilities).enumerate();
    let doubted = rows.filter_map(|(at, (&given, row))| {
        let row = row.as_ref();
        let suggested = likeliest(row);
        (row[suggested] > row[given]).then(|| LabelError {
            at,
            given,
            suggested,
            probability_given: row[given],
            probability_suggested: row[suggested],
            doubt: libm::pow(row[suggested], POWER) - libm::pow(row[given], POWER),
        })
    });
    let mut errors: Vec<LabelError> = doubted.collect();
    errors.sort_by(|a, b| b.doubt.total_cmp(&a.doubt));
    (errors, wrong(truth, probabilities))
}

/// How many labels are wrong, by the confident joint.
fn wrong<R: AsRef<[f64]>>(truth: &[usize], probabilities: &[R]) -> f64 {
    let labels = probabilities.first().map_or(0, |row| row.as_ref().len());
    let mut rows_of = vec![0.0; labels];
    let mut threshold = vec![0.0; labels];
    for (&given, row) in truth.iter().zip(probabilities) {
        rows_of[given] += 1.0;
        threshold[given] += row.as_ref()[given];
    }
    for (threshold, rows) in threshold.iter_mut().zip(&rows_of) {
        *threshold /= f64::max(*rows, 1.0);
    }
    let mut joint = vec![vec![0.0; labels]; labels];
    for (&given, row) in truth.iter().zip(probabilities) {
        let row = row.as_ref();
        let confident = (0..labels).filter(|&l| rows_of[l] > 0.0 && row[l] >= threshold[l]);
        if let Some(label) = confident.max_by(|&a, &b| row[a].total_cmp(&row[b])) {
            joint[given][label] += 1.0;
        }
    }
    let of_label = |given: usize| {
        let counted: f64 = joint[given].iter().sum();
        let wrong = counted - joint[given][given];
        if counted > 0.0 {
            rows_of[given] * wrong / counted
        } else {
            0.0
        }
    };
    (0..labels).map(of_label).sum()
}
