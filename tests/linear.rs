//! What must hold for the linear model, whatever it is trained on.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde::Deserialize;
use stance::linear::{
    ClassWeights, Design, Examples, LinearModel, Matrix, Row, Settings, Training, softmax,
};
use std::sync::Arc;

/// A small problem and its optimum by scikit-learn; see `cases/linear/make.py`.
#[derive(Deserialize)]
struct Case {
    cost: f64,
    balanced: bool,
    rows: Vec<Vec<(u32, f32)>>,
    columns: usize,
    labels: Vec<usize>,
    classes: usize,
    weights: Vec<f32>,
    logistic: LogisticOptimum,
    support_vector: SupportVectorOptimum,
}

#[derive(Deserialize)]
struct LogisticOptimum {
    objective: f64,
    probabilities: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct SupportVectorOptimum {
    objective: f64,
    scores: Vec<Vec<f64>>,
}

impl Case {
    fn all() -> Vec<Self> {
        serde_json::from_str(include_str!("cases/linear/optima.json")).unwrap()
    }

    fn train(&self, settings: Settings) -> (Matrix, Training) {
        let class_weights = match self.balanced {
            true => ClassWeights::Balanced,
            false => ClassWeights::Uniform,
        };
        let matrix = matrix(self.columns, &self.rows);
        let examples = Examples::new(&matrix, &self.labels, self.classes).unwrap();
        let settings = settings.cost(self.cost).class_weights(class_weights);
        let training = settings
            .tolerance(1e-9)
            .train(&examples.weighted(&self.weights).unwrap())
            .unwrap();
        assert!(training.converged);
        (matrix, training)
    }
}

fn matrix(columns: usize, rows: &[Vec<(u32, f32)>]) -> Matrix {
    let rows: Vec<(Vec<u32>, Vec<f32>)> =
        rows.iter().map(|row| row.iter().copied().unzip()).collect();
    let rows = rows.iter().map(|(index, value)| Row { index, value });
    Matrix::from_rows(columns, rows).unwrap()
}

fn assert_close(a: f64, b: f64, tolerance: f64) {
    let scale = a.abs().max(b.abs()).max(1.0);
    assert!((a - b).abs() <= tolerance * scale, "{a} is not {b}");
}

#[test]
fn logistic_reaches_the_optimum_of_scikit_learn() {
    for case in Case::all() {
        let (matrix, training) = case.train(Settings::logistic());
        assert_close(training.objective, case.logistic.objective, 1e-9);
        for (row, expected) in matrix.iter().zip(&case.logistic.probabilities) {
            let mut probabilities = training.model.scores(row).to_vec();
            softmax(&mut probabilities);
            for (p, q) in probabilities.iter().zip(expected) {
                assert_close(*p, *q, 1e-5);
            }
        }
    }
}

#[test]
fn support_vector_reaches_the_optimum_of_bfgs() {
    for case in Case::all() {
        let (matrix, training) = case.train(Settings::support_vector());
        assert_close(training.objective, case.support_vector.objective, 1e-7);
        for (row, expected) in matrix.iter().zip(&case.support_vector.scores) {
            for (a, b) in training.model.scores(row).iter().zip(expected) {
                assert_close(*a, *b, 1e-3);
            }
        }
    }
}

#[test]
fn the_bits_do_not_depend_on_the_number_of_threads() {
    let (matrix, labels) = many_rows(20_000, 8000);
    same_at_any_number_of_threads(&Examples::new(&matrix, &labels, 3).unwrap());
}

/// With more columns than two bytes can number, and with more entries of a value than that.
#[test]
fn values_that_are_shared_lead_to_the_same_optimum_and_the_same_bits() {
    let (all, labels) = many_rows(20_000, 200_000);
    let mut rows: Vec<Vec<(u32, f32)>> = all
        .iter()
        .map(|row| {
            let row = row.iter();
            let shared = row.map(|(column, value)| (column as u32, 0.25 * (4.0 * value).ceil()));
            shared.collect()
        })
        .collect();
    rows[0] = (0..200_000).map(|column| (column, 0.01)).collect();
    let scales = vec![0.5; all.columns()];
    let design = Design::scaled(&scales, rows.len(), |row| rows[row].clone()).unwrap();
    let examples = Examples::of(Arc::new(design), &labels, 3).unwrap();
    same_at_any_number_of_threads(&examples);

    let half = |row: &Vec<(u32, f32)>| row.iter().map(|&(c, value)| (c, 0.5 * value)).collect();
    let matrix = matrix(all.columns(), &rows.iter().map(half).collect::<Vec<_>>());
    let settings = Settings::logistic().tolerance(1e-7);
    let (a, b) = (
        settings.train(&examples).unwrap(),
        settings
            .train(&Examples::new(&matrix, &labels, 3).unwrap())
            .unwrap(),
    );
    assert_close(a.objective, b.objective, 1e-7);
    assert_same_scores(&a.model, &b.model, 1e-4);
}

fn same_at_any_number_of_threads(examples: &Examples<'_>) {
    let train = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let settings = Settings::logistic().tolerance(0.01);
        let training = pool.build().unwrap().install(|| settings.train(examples));
        let training = training.unwrap();
        let objective = training.objective.to_bits();
        (bits(&training.model), objective, training.iterations)
    };
    let alone = train(1);
    for threads in [2, 3, 7] {
        assert_eq!(train(threads), alone, "{threads} threads");
    }
}

fn bits(model: &LinearModel) -> (Vec<u32>, Vec<u64>) {
    let weights = model.weights().iter().map(|weight| weight.to_bits());
    let bias = model.bias().iter().map(|bias| bias.to_bits());
    (weights.collect(), bias.collect())
}

/// Enough entries for several runs of rows and columns; no two rows are alike.
fn many_rows(rows: usize, columns: u32) -> (Matrix, Vec<usize>) {
    let mut state = 1_u64;
    let mut random = |below: u32| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        u32::try_from(state >> 40).unwrap() % below
    };
    let mut labels = Vec::new();
    let mut all = Vec::new();
    for number in 0..rows {
        let label = number % 3;
        let mut index: Vec<u32> = (0..8)
            .map(|_| random(columns) * random(columns) / columns)
            .collect();
        index.push(u32::try_from(label).unwrap() * random(2));
        index.sort_unstable();
        index.dedup();
        all.push(
            index
                .into_iter()
                .map(|column| (column, 0.1 + random(100) as f32 / 200.0))
                .collect(),
        );
        labels.push(label);
    }
    (matrix(columns as usize, &all), labels)
}

type Rows = Vec<(Vec<(u32, f32)>, usize)>;

/// Rows over six columns with one of `classes` labels each, every label at least once.
fn labelled(classes: usize) -> impl Strategy<Value = Rows> {
    let value = prop_oneof![Just(1.0_f32), -2.0_f32..2.0];
    let row = prop::collection::btree_map(0_u32..6, value, 0..5);
    let rows = prop::collection::vec((row, 0..classes), classes + 4..24);
    rows.prop_map(move |rows| {
        let rows = rows.into_iter().enumerate();
        rows.map(|(number, (row, label))| {
            let label = if number < classes { number } else { label };
            (row.into_iter().collect(), label)
        })
        .collect()
    })
}

fn train(settings: &Settings, rows: &Rows, classes: usize) -> Training {
    let (rows, labels): (Vec<_>, Vec<_>) = rows.iter().cloned().unzip();
    let matrix = matrix(6, &rows);
    let examples = Examples::new(&matrix, &labels, classes).unwrap();
    settings.train(&examples).unwrap()
}

fn assert_same_scores(a: &LinearModel, b: &LinearModel, tolerance: f64) {
    for (a, b) in a.weights().iter().zip(b.weights()) {
        assert_close(f64::from(*a), f64::from(*b), tolerance);
    }
    for (a, b) in a.bias().iter().zip(b.bias()) {
        assert_close(*a, *b, tolerance);
    }
}

fn exact(settings: Settings) -> Settings {
    settings.cost(2.0).tolerance(1e-9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_the_rows_does_not_move_the_optimum(rows in labelled(3), seed in any::<u64>()) {
        let mut turned = rows.clone();
        turned.rotate_left((seed % 7) as usize);
        turned.reverse();
        let settings = exact(Settings::logistic());
        let (a, b) = (train(&settings, &rows, 3), train(&settings, &turned, 3));
        assert_close(a.objective, b.objective, 1e-12);
        assert_same_scores(&a.model, &b.model, 1e-5);
    }

    #[test]
    fn renamed_labels_rename_the_weights(rows in labelled(3)) {
        let renamed: Rows = rows.iter().map(|(row, label)| (row.clone(), (label + 1) % 3)).collect();
        for settings in [exact(Settings::logistic()), exact(Settings::support_vector())] {
            let (a, b) = (train(&settings, &rows, 3), train(&settings, &renamed, 3));
            let back = LinearModel::new(
                b.model.weights().select(ndarray::Axis(1), &[1, 2, 0]),
                b.model.bias().select(ndarray::Axis(0), &[1, 2, 0]),
            );
            assert_same_scores(&a.model, &back.unwrap(), 1e-4);
        }
    }

    #[test]
    fn two_labels_are_mirror_images(rows in labelled(2)) {
        let swapped: Rows = rows.iter().map(|(row, label)| (row.clone(), 1 - label)).collect();
        let settings = exact(Settings::logistic());
        let (a, b) = (train(&settings, &rows, 2), train(&settings, &swapped, 2));
        assert_same_scores(&a.model, &LinearModel::new(-b.model.weights(), -b.model.bias()).unwrap(), 1e-5);
        for weights in a.model.weights().outer_iter() {
            prop_assert_eq!(weights[0], -weights[1]);
        }
    }

    #[test]
    fn a_double_cost_is_a_double_weight_is_every_row_twice(rows in labelled(3)) {
        let double_cost = train(&exact(Settings::logistic()).cost(4.0), &rows, 3);
        let twice: Rows = rows.iter().chain(&rows).cloned().collect();
        let twice = train(&exact(Settings::logistic()), &twice, 3);
        assert_same_scores(&double_cost.model, &twice.model, 1e-5);

        let (rows, labels): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let (matrix, weights) = (matrix(6, &rows), vec![2.0; rows.len()]);
        let examples = Examples::new(&matrix, &labels, 3).unwrap().weighted(&weights).unwrap();
        let double_weight = exact(Settings::logistic()).train(&examples).unwrap();
        prop_assert_eq!(bits(&double_cost.model), bits(&double_weight.model));
    }

    /// The last column is equal to the one before it but for its scale.
    #[test]
    fn scales_of_columns_scale_their_values(
        mut rows in labelled(3),
        scales in prop::collection::vec(prop_oneof![Just(1.0_f32), 0.1_f32..5.0], 6),
    ) {
        for (row, _) in &mut rows {
            row.retain(|&(column, _)| column < 5);
            if let Some(&(4, value)) = row.last() {
                row.push((5, value));
            }
        }
        let scale = |&(column, value): &(u32, f32)| (column, value * scales[column as usize]);
        let scaled: Rows = rows
            .iter()
            .map(|(row, label)| (row.iter().map(scale).collect(), *label))
            .collect();
        let labels: Vec<usize> = rows.iter().map(|(_, label)| *label).collect();
        let design = Design::scaled(&scales, rows.len(), |row| rows[row].0.clone()).unwrap();
        let design = Arc::new(design);
        for settings in [exact(Settings::logistic()), exact(Settings::support_vector())] {
            let examples = Examples::of(design.clone(), &labels, 3).unwrap();
            let (a, b) = (settings.train(&examples).unwrap(), train(&settings, &scaled, 3));
            assert_close(a.objective, b.objective, 1e-6);
            assert_same_scores(&a.model, &b.model, 1e-3);
        }
    }

    #[test]
    fn no_cost_and_no_scale_breaks_the_training(
        rows in labelled(3),
        cost in -12_i32..15,
        scale in -6_i32..6,
    ) {
        let scale = 10_f32.powi(scale);
        let scaled: Rows = rows.into_iter().map(|(row, label)| {
            (row.into_iter().map(|(column, value)| (column, value * scale)).collect(), label)
        }).collect();
        for settings in [Settings::logistic(), Settings::support_vector()] {
            let training = train(&settings.cost(10_f64.powi(cost)), &scaled, 3);
            prop_assert!(training.objective.is_finite());
            prop_assert!(training.gradient <= 1.0);
        }
    }

    #[test]
    fn probabilities_sum_to_one(mut scores in prop::collection::vec(-1e6..1e6_f64, 2..200)) {
        softmax(&mut scores);
        assert_close(scores.iter().sum(), 1.0, 1e-12);
        prop_assert!(scores.iter().all(|p| (0.0..=1.0).contains(p)));
    }
}

#[test]
fn without_features_the_bias_is_the_share_of_each_label() {
    let matrix = matrix(0, &vec![vec![]; 6]);
    let labels = [0, 1, 1, 2, 2, 2];
    let examples = Examples::new(&matrix, &labels, 3).unwrap();
    let training = Settings::logistic()
        .tolerance(1e-9)
        .train(&examples)
        .unwrap();
    let mut shares = training
        .model
        .scores(Row {
            index: &[7],
            value: &[1.0],
        })
        .to_vec();
    softmax(&mut shares);
    for (share, count) in shares.iter().zip([1.0, 2.0, 3.0]) {
        assert_close(*share, count / 6.0, 1e-8);
    }
}

#[test]
fn a_label_that_counts_for_nothing_is_never_predicted() {
    let rows: Rows = vec![
        (vec![(0, 1.0)], 0),
        (vec![(1, 1.0)], 1),
        (vec![(2, 1.0)], 2),
    ];
    let weights = ClassWeights::Given(vec![1.0, 1.0, 0.0]);
    let training = train(&Settings::logistic().class_weights(weights), &rows, 3);
    assert_ne!(
        training.model.predict(Row {
            index: &[2],
            value: &[1.0]
        }),
        2
    );
}

#[test]
fn what_cannot_be_learned_from_is_refused() {
    let matrix = matrix(1, &[vec![(0, 1.0)], vec![]]);
    let refusal =
        |labels: &[usize], classes| Examples::new(&matrix, labels, classes).unwrap_err().what;
    assert_eq!(
        refusal(&[0, 0], 1),
        "there is nothing to learn from one label"
    );
    assert_eq!(refusal(&[0, 1], 3), "no row has label 2");
    assert_eq!(refusal(&[0, 2], 2), "row 1 has label 2, and the last is 1");
    assert_eq!(refusal(&[0], 2), "2 rows but 1 labels");
    let examples = Examples::new(&matrix, &[0, 1], 2).unwrap();
    let refusal = |weights| examples.clone().weighted(weights).unwrap_err().what;
    assert_eq!(refusal(&[1.0]), "2 rows but 1 weights");
    assert_eq!(
        refusal(&[1.0, f32::NAN]),
        "the weight of row 1 is not 0 or more"
    );
    let settings = Settings::logistic();
    for settings in [
        settings.clone().cost(f64::NAN),
        settings.clone().tolerance(0.0),
        settings.clone().max_iterations(0),
        settings
            .clone()
            .class_weights(ClassWeights::Given(vec![1.0])),
        settings.class_weights(ClassWeights::Given(vec![1.0, -1.0])),
    ] {
        assert!(settings.train(&examples).is_err(), "{settings:?}");
    }
}

#[test]
fn what_is_no_matrix_is_refused() {
    for (start, index, value) in [
        (vec![], vec![], vec![]),
        (vec![0, 2], vec![0], vec![1.0]),
        (vec![0, 1], vec![0], vec![]),
        (vec![0, 2, 1, 2], vec![0, 1], vec![1.0; 2]),
        (vec![0, 9, 2], vec![0, 1], vec![1.0; 2]),
        (vec![0, 2], vec![1, 0], vec![1.0; 2]),
        (vec![0, 2], vec![1, 1], vec![1.0; 2]),
        (vec![0, 1], vec![2], vec![1.0]),
        (vec![0, 1], vec![0], vec![f32::INFINITY]),
    ] {
        assert!(Matrix::new(2, start, index, value).is_err());
    }
}
