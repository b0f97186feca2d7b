//! Settings, and what trains with them.

use super::design::Design;
use super::examples::Examples;
use super::loss::{CrossEntropy, RowLoss, SquaredHinge};
use super::model::LinearModel;
use super::newton::{Optimum, Problem};
use crate::error::{Error, Result};
use linfa::ParamGuard;
use ndarray::{Array1, Array2};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// What a row costs whose scores z miss its label y.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// ln Σₖ exp(zₖ) − z_y: logistic regression, with probabilities.
    CrossEntropy,
    /// Σₖ max(0, 1 ∓ zₖ)², one label against the rest: a linear support vector machine.
    SquaredHinge,
}

/// How much the rows of each label count.
#[derive(Debug, Clone, PartialEq)]
pub enum ClassWeights {
    /// All alike.
    Uniform,
    /// Rows / (labels · rows of the label): every label counts alike.
    Balanced,
    /// One weight for each label.
    Given(Vec<f64>),
}

/// Settings that have not been checked.
///
/// Minimised is ½‖W‖² + C·Σᵢ sᵢ·lossᵢ, where sᵢ is the weight of row i times that of its label;
/// the bias is free. Two labels share one vector w: the scores are ∓½(w·x + b) and the penalty is
/// ½‖w‖². That is the objective of scikit-learn's `LogisticRegression`, for two labels and for more,
/// and of LIBLINEAR's `-s 0` but for its bias.
///
/// ```
/// use linfa::ParamGuard;
/// use stance::linear::{ClassWeights, Settings};
/// let settings = Settings::logistic().cost(3.0).class_weights(ClassWeights::Balanced);
/// assert!(settings.check().is_ok());
/// let error = Settings::support_vector().cost(0.0).check().unwrap_err();
/// assert_eq!(error.what, "the cost is 0, not a number above 0");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Settings(Trainer);

/// Settings that have been checked; they can train.
#[derive(Debug, Clone, PartialEq)]
pub struct Trainer {
    loss: Loss,
    cost: f64,
    tolerance: f64,
    max_iterations: usize,
    class_weights: ClassWeights,
}

/// A model and how far it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// The model.
    pub model: LinearModel,
    /// What was minimised, at the model's weights before they were rounded to `f32`.
    pub objective: f64,
    /// Newton steps taken.
    pub iterations: usize,
    /// The norm of the gradient, relative to that at zero.
    pub gradient: f64,
    /// Whether that is within the tolerance, or at the limit of floating point.
    pub converged: bool,
}

/// From so many rows on the loops of a single problem keep all cores busy.
const MANY_ROWS: usize = 1 << 16;

impl Settings {
    /// Logistic regression with C = 1.
    #[must_use]
    pub fn logistic() -> Self {
        Self::new(Loss::CrossEntropy)
    }

    /// A support vector machine with C = 1.
    #[must_use]
    pub fn support_vector() -> Self {
        Self::new(Loss::SquaredHinge)
    }

    /// C = 1, a tolerance of 10⁻⁴, at most 1000 iterations, all labels alike.
    #[must_use]
    pub fn new(loss: Loss) -> Self {
        Self(Trainer {
            loss,
            cost: 1.0,
            tolerance: 1e-4,
            max_iterations: 1000,
            class_weights: ClassWeights::Uniform,
        })
    }

    /// C: what a miss costs against the weights. Above 0, at most 10¹⁵.
    #[must_use]
    pub fn cost(mut self, cost: f64) -> Self {
        self.0.cost = cost;
        self
    }

    /// Done when the Euclidean norm of the gradient is this share of the one at zero weights.
    ///
    /// On sentences at C = 1, 10⁻³ leaves the objective within 10⁻⁵ of the optimum, 10⁻⁴ within
    /// 10⁻⁷. Above 0.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// Newton steps at most; at least 1. A dozen is common.
    #[must_use]
    pub fn max_iterations(mut self, iterations: usize) -> Self {
        self.0.max_iterations = iterations;
        self
    }

    /// How much the rows of each label count; given weights are 0 or more.
    #[must_use]
    pub fn class_weights(mut self, weights: ClassWeights) -> Self {
        self.0.class_weights = weights;
        self
    }

    /// Checks the settings and trains.
    ///
    /// # Errors
    /// As [`ParamGuard::check`] and [`Trainer::train`].
    pub fn train(&self, examples: &Examples<'_>) -> Result<Training> {
        self.check_ref()?.train(examples)
    }
}

impl ParamGuard for Settings {
    type Checked = Trainer;
    type Error = Error;

    fn check_ref(&self) -> Result<&Trainer> {
        let Trainer {
            cost,
            tolerance,
            max_iterations,
            ref class_weights,
            ..
        } = self.0;
        if !(cost > 0.0 && cost.is_finite()) {
            return Err(Error::usage(format!(
                "the cost is {cost}, not a number above 0"
            )));
        }
        if cost > 1e15 {
            return Err(Error::usage(format!("a cost of {cost} is beyond all use"))
                .remedy("give a cost of at most 1e15"));
        }
        if !(tolerance > 0.0 && tolerance.is_finite()) {
            return Err(Error::usage(format!(
                "the tolerance is {tolerance}, not a number above 0"
            )));
        }
        if max_iterations == 0 {
            return Err(Error::usage("no iteration is allowed").remedy("allow at least 1"));
        }
        if let ClassWeights::Given(weights) = class_weights
            && let Some(weight) = weights.iter().find(|w| !(w.is_finite() && **w >= 0.0))
        {
            return Err(Error::usage(format!(
                "a class weight is {weight}, not 0 or more"
            )));
        }
        Ok(&self.0)
    }

    fn check(self) -> Result<Trainer> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl Trainer {
    /// The model of least objective for these examples.
    ///
    /// The same bits come out on every machine and with any number of threads; rows in another
    /// order give the same optimum within the tolerance.
    ///
    /// # Errors
    /// Where the class weights do not fit the labels, and where the weights outgrow their type.
    pub fn train(&self, examples: &Examples<'_>) -> Result<Training> {
        let design = examples.design();
        let costs = examples.costs(self.cost, &self.label_weights(examples.counts())?);
        let classes = examples.counts().len();
        let optima = match self.loss {
            Loss::SquaredHinge if classes > 2 => self.one_by_one(examples, &costs),
            Loss::SquaredHinge => vec![self.solve(examples, &costs, SquaredHinge)],
            Loss::CrossEntropy => vec![self.solve(examples, &costs, CrossEntropy)],
        };
        let objective = optima.iter().map(|optimum| optimum.objective).sum();
        Ok(Training {
            model: model(design, &optima, classes)?,
            objective,
            iterations: optima.iter().map(|o| o.iterations).max().unwrap_or(0),
            gradient: optima.iter().map(|o| o.gradient).fold(0.0, f64::max),
            converged: optima.iter().all(|optimum| optimum.converged),
        })
    }

    fn label_weights(&self, counts: &[usize]) -> Result<Vec<f64>> {
        let rows: usize = counts.iter().sum();
        match &self.class_weights {
            ClassWeights::Uniform => Ok(vec![1.0; counts.len()]),
            ClassWeights::Balanced => Ok(counts
                .iter()
                .map(|&count| rows as f64 / (counts.len() * count) as f64)
                .collect()),
            ClassWeights::Given(weights) if weights.len() == counts.len() => Ok(weights.clone()),
            ClassWeights::Given(weights) => Err(Error::usage(format!(
                "{} class weights for {} labels",
                weights.len(),
                counts.len()
            ))),
        }
    }

    fn solve(&self, examples: &Examples<'_>, costs: &[f64], loss: impl RowLoss) -> Optimum {
        let classes = examples.counts().len();
        let target = |&label: &usize| match classes {
            2 => label.checked_sub(1),
            _ => Some(label),
        };
        let targets: Vec<Option<usize>> = examples.labels().iter().map(target).collect();
        let problem = Problem {
            design: examples.design(),
            loss,
            targets: &targets,
            costs,
            width: if classes == 2 { 1 } else { classes },
        };
        problem.minimise(self.tolerance, self.max_iterations)
    }

    /// Each label against the rest is a problem of its own, and one that soon has few rows left:
    /// most are far from most labels. Of many rows one problem is solved after the other, so that
    /// the solver's own memory is needed once.
    fn one_by_one(&self, examples: &Examples<'_>, costs: &[f64]) -> Vec<Optimum> {
        let labels = 0..examples.counts().len();
        let solve = |label| {
            let target = |&this: &usize| (this == label).then_some(0);
            let targets: Vec<Option<usize>> = examples.labels().iter().map(target).collect();
            let problem = Problem {
                design: examples.design(),
                loss: SquaredHinge,
                targets: &targets,
                costs,
                width: 1,
            };
            problem.minimise(self.tolerance, self.max_iterations)
        };
        match examples.labels().len() {
            ..MANY_ROWS => labels.into_par_iter().map(solve).collect(),
            MANY_ROWS.. => labels.map(solve).collect(),
        }
    }
}

/// Gives every feature its weights back: an equal share of its column's.
fn model(design: &Design, optima: &[Optimum], classes: usize) -> Result<LinearModel> {
    let weight = |column: usize, class: usize| match (classes, optima) {
        (2, _) if class == 0 => -0.5 * optima[0].weights[column],
        (2, _) => 0.5 * optima[0].weights[column],
        (_, [joint]) => joint.weights[column * classes + class],
        _ => optima[class].weights[column],
    };
    let mut weights = Array2::zeros((design.place.len(), classes));
    for (mut row, place) in weights.outer_iter_mut().zip(&design.place) {
        if let Some(column) = place {
            let column = *column as usize;
            for (class, cell) in row.iter_mut().enumerate() {
                *cell = (design.share[column] * weight(column, class)) as f32;
            }
        }
    }
    let bias = Array1::from_iter((0..classes).map(|class| weight(0, class)));
    LinearModel::new(weights, bias)
        .map_err(|error| error.remedy("lower the cost, or scale the features to about 1"))
}
