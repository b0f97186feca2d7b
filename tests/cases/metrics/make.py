"""Writes the cases beside this file: scikit-learn's and scipy's answers to invented data.

    python make.py        (scikit-learn 1.9, scipy 1.17, numpy 2.4)
"""

import itertools
import json
import pathlib

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax
from sklearn.metrics import (
    accuracy_score, brier_score_loss, confusion_matrix, f1_score, log_loss,
    precision_recall_fscore_support,
)
from sklearn.model_selection import StratifiedGroupKFold

HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(7)


def save(name, cases):
    lines = ",\n".join(json.dumps(case) for case in cases)
    (HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n")


def defined(values):
    return [None if np.isnan(value) else float(value) for value in values]


def scored(name, k, truth, predicted):
    labels = list(range(k))
    precision, recall, f1, support = precision_recall_fscore_support(
        truth, predicted, labels=labels, zero_division=np.nan)
    return {
        "name": name, "k": k, "truth": list(map(int, truth)),
        "predicted": list(map(int, predicted)),
        "accuracy": accuracy_score(truth, predicted),
        "macro_f1": f1_score(truth, predicted, average="macro"),
        "weighted_f1": f1_score(truth, predicted, average="weighted"),
        "precision": defined(precision), "recall": defined(recall), "f1": defined(f1),
        "support": list(map(int, support)),
        "confusion": confusion_matrix(truth, predicted, labels=labels).tolist(),
    }


def noisy(truth, k, right):
    other = random.integers(0, k, len(truth))
    return np.where(random.random(len(truth)) < right, truth, other)


def scores():
    three = random.integers(0, 3, 60)
    many = random.integers(0, 150, 500)
    return [
        scored("three labels", 3, three, noisy(three, 3, 0.6)),
        scored("perfect", 3, three, three),
        scored("a label never predicted", 3, three, noisy(three, 3, 0.6) % 2),
        scored("a label never true", 3, three % 2, noisy(three, 3, 0.6)),
        scored("a label neither true nor predicted", 4, three, noisy(three, 3, 0.6)),
        scored("one label only", 1, [0, 0, 0], [0, 0, 0]),
        scored("all wrong", 2, [0, 1, 0, 1], [1, 0, 1, 0]),
        scored("as many of each", 2, [0, 1, 0, 1], [0, 0, 1, 1]),
        scored("150 labels", 150, many, noisy(many, 150, 0.5)),
    ]


def calibration_error(rows, truth, bins=15):
    top, right = rows.max(axis=1), rows.argmax(axis=1) == truth
    which = np.clip(np.ceil(top * bins).astype(int) - 1, 0, bins - 1)
    return sum(abs(top[which == b].sum() - right[which == b].sum())
               for b in range(bins)) / len(truth)


def rated(name, rows, truth):
    rows, labels = np.asarray(rows, float), list(range(len(rows[0])))
    return {
        "name": name, "probabilities": rows.tolist(), "truth": list(map(int, truth)),
        "log_loss": log_loss(truth, rows, labels=labels),
        "brier": brier_score_loss(truth, rows, labels=labels, scale_by_half=False),
        "calibration_error": float(calibration_error(rows, np.asarray(truth))),
    }


def probabilities():
    drawn = softmax(random.normal(0, 1.5, (80, 3)), axis=1)
    return [
        rated("drawn", drawn, random.integers(0, 3, 80)),
        rated("certain and wrong", [[1, 0, 0], [0, 1, 0]], [0, 2]),
        rated("ties", [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0.5, 0.5]], [0, 1, 2]),
        rated("two labels", [[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]], [0, 1, 1]),
    ]


def calibrated(name, rows, truth):
    count, k = rows.shape
    hits = (np.arange(count), truth)

    def loss(scaled):
        return -log_softmax(scaled, axis=1)[hits].sum()

    def temperature(beta):
        return loss(beta[0] * rows) + (beta[0] - 1) ** 2 / 2

    def vector(at):
        scale, shift = at[:k], at[k:]
        return loss(scale * rows + shift) + (((scale - 1) ** 2).sum() + shift @ shift) / 2

    tight = {"gtol": 1e-8}
    beta = minimize(temperature, [1.0], options=tight)
    both = minimize(vector, [1.0] * k + [0.0] * k, options=tight)
    kind = "vector" if name.startswith("vector") else "temperature"
    return {"name": name, "kind": kind, "scores": rows.tolist(), "truth": truth.tolist(),
            "groups": (np.arange(count) % 12).tolist(), "temperature": 1 / beta.x[0],
            "scale": both.x[:k].tolist(), "shift": both.x[k:].tolist()}


def drawn_labels(logits):
    return np.array([random.choice(len(row), p=row) for row in softmax(logits, axis=1)])


def calibration():
    logits = np.round(random.normal(0, 1.5, (150, 3)), 3)
    sure = logits * np.array([3.0, 0.5, 1.0]) + np.array([0.0, 2.0, -1.5])
    sure = np.round(sure, 3)
    return [
        calibrated("temperature: scores four times too sure", 4 * logits, drawn_labels(logits)),
        calibrated("temperature: too timid", logits / 4, drawn_labels(logits)),
        calibrated("vector: labels differ", sure, drawn_labels(logits)),
    ]


def spread(counts):
    """Mean over the labels of the standard deviation of their shares over the folds."""
    return float((counts / counts.sum(axis=0)).std(axis=0).mean())


def folded(name, sizes, folds, tendency):
    groups = np.repeat(np.arange(len(sizes)), sizes)
    k = tendency.shape[1]
    labels = np.array([random.choice(k, p=tendency[group]) for group in groups])
    counts = np.zeros((folds, k))
    split = StratifiedGroupKFold(folds).split(np.zeros((len(labels), 1)), labels, groups)
    for fold, (_, held_out) in enumerate(split):
        counts[fold] = np.bincount(labels[held_out], minlength=k)
    return {"name": name, "groups": groups.tolist(), "labels": labels.tolist(), "k": k,
            "folds": folds, "spread": spread(counts)}


def folds():
    def tendency(groups, k, concentration):
        return random.dirichlet([concentration] * k, groups)

    return [
        folded("even groups", [20] * 25, 5, tendency(25, 3, 20)),
        folded("groups that lean", [20] * 25, 5, tendency(25, 3, 1)),
        folded("sizes that differ", random.geometric(0.05, 40), 5, tendency(40, 3, 2)),
        folded("ten folds, seven labels", random.geometric(0.05, 60), 10, tendency(60, 7, 1)),
        folded("a row a group", [1] * 200, 5, tendency(200, 4, 1)),
    ]


def swapped(name, groups, rows, better):
    group = np.repeat(np.arange(groups), rows)
    truth = random.integers(0, 3, len(group))
    a, b = noisy(truth, 3, 0.5 + better), noisy(truth, 3, 0.5)
    figures = {"accuracy": accuracy_score,
               "macro_f1": lambda y, p: f1_score(y, p, average="macro")}
    case = {"name": name, "groups": group.tolist(), "truth": truth.tolist(), "k": 3,
            "a": a.tolist(), "b": b.tolist()}
    for figure, score in figures.items():
        observed = score(truth, a) - score(truth, b)
        sizes = []
        for way in itertools.product([False, True], repeat=groups):
            swap = np.array(way)[group]
            sizes.append(abs(score(truth, np.where(swap, b, a))
                             - score(truth, np.where(swap, a, b))))
        case[figure] = {"difference": observed,
                        "p_value": float(np.mean(np.array(sizes) >= abs(observed) - 1e-12))}
    return case


def paired():
    return [
        swapped("two groups", 2, 10, 0.3),
        swapped("eight groups, alike", 8, 6, 0.0),
        swapped("eight groups, a better", 8, 12, 0.4),
    ]


for cases in (scores, probabilities, calibration, folds, paired):
    save(cases.__name__, cases())
