"""Writes optima.json: small random problems and their optima by scikit-learn and SciPy.

Run in an environment with scikit-learn: python make.py
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight


def problem(rows, features, classes, seed):
    """Sparse rows, of which some columns are equal and one is empty; every label counts."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(rows, features)) * (random.random((rows, features)) < 0.3)
    x[:, 1] = x[:, 0]
    x[:, 2] = 0
    x[0] = 0
    y = random.integers(classes, size=rows)
    y[:classes] = np.arange(classes)
    x[np.arange(rows), 3 + y % (features - 3)] += 1.0
    weights = random.integers(0, 5, size=rows) / 2
    weights[:classes] += 1
    return x.round(2).astype(np.float32).astype(float), y, weights.astype(float)


def logistic(x, y, costs, classes):
    """The optimum by scikit-learn: objective, and probabilities of all rows."""
    fitted = LogisticRegression(C=1.0, tol=1e-12, max_iter=100_000, solver="newton-cg")
    fitted.fit(x, y, sample_weight=costs)
    scores = x @ fitted.coef_.T + fitted.intercept_
    if classes == 2:
        scores = np.hstack([np.zeros_like(scores), scores])
    losses = logsumexp(scores, axis=1) - scores[np.arange(len(y)), y]
    objective = 0.5 * (fitted.coef_**2).sum() + costs @ losses
    return objective, np.exp(scores - logsumexp(scores, axis=1, keepdims=True))


def support_vector(x, y, costs, classes):
    """The optimum by BFGS with a free bias: objective, and scores of all rows."""
    design = np.hstack([x, np.ones((len(x), 1))])
    ridge = np.append(np.ones(x.shape[1]), 0.0)
    total, columns = 0.0, []
    for label in range(classes) if classes > 2 else [1]:
        sign = np.where(y == label, 1.0, -1.0)

        def value(w):
            missed = np.maximum(0, 1 - sign * (design @ w))
            gradient = ridge * w - 2 * design.T @ (costs * sign * missed)
            return 0.5 * ridge @ w**2 + costs @ missed**2, gradient

        best = minimize(value, np.zeros(design.shape[1]), jac=True, method="BFGS",
                        options={"gtol": 1e-8, "maxiter": 100_000})
        total += best.fun
        columns.append(design @ best.x)
    scores = np.array(columns).T
    return total, np.hstack([-scores, scores]) / 2 if classes == 2 else scores


cases = []
for number, (rows, features, classes, c, balanced) in enumerate([
    (40, 8, 2, 1.0, False),
    (40, 8, 2, 30.0, True),
    (60, 10, 3, 1.0, False),
    (60, 10, 3, 0.01, True),
    (60, 10, 3, 100.0, False),
    (60, 12, 11, 2.0, False),
    (70, 12, 19, 2.0, True),
]):
    x, y, weights = problem(rows, features, classes, number)
    costs = c * weights
    if balanced:
        costs = costs * compute_sample_weight("balanced", y)
    objective, probabilities = logistic(x, y, costs, classes)
    margin_objective, scores = support_vector(x, y, costs, classes)
    cases.append({
        "cost": c,
        "balanced": balanced,
        "rows": [[[int(j), round(float(v), 2)] for j, v in enumerate(row) if v] for row in x],
        "columns": features,
        "labels": y.tolist(),
        "classes": classes,
        "weights": weights.tolist(),
        "logistic": {"objective": objective, "probabilities": probabilities.round(6).tolist()},
        "support_vector": {"objective": margin_objective, "scores": scores.round(6).tolist()},
    })

path = Path(__file__).with_name("optima.json")
path.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
