"""The answers of krippendorff and scikit-learn: JSON cases on standard input, answers on standard output.

    python ask.py < cases.json > answers.json       (krippendorff 0.9, scikit-learn 1.9)

The PyPI package `krippendorff` is the project fast-krippendorff.
"""

import itertools
import json
import sys
import warnings

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score

warnings.simplefilter("ignore")


def defined(value):
    return None if np.isnan(value) else float(value)


def alpha(units, domain, level):
    """One line of `units` a unit, one column a reader; None is no label."""
    data = np.array(units, dtype=float).T
    if domain is None:
        domain = [0, 1]
    try:
        return defined(krippendorff.alpha(
            reliability_data=data, value_domain=domain, level_of_measurement=level))
    except ValueError:
        return None


def kappa(first, second, labels):
    try:
        return defined(cohen_kappa_score(first, second, labels=labels))
    except ValueError:
        return None


def is_label(units, label):
    return [[None if given is None else int(given == label) for given in unit] for unit in units]


def answer(case):
    units, values = case["units"], case["values"]
    labels = list(range(len(values)))
    numbers = [[None if given is None else values[given] for given in unit] for unit in units]
    pairs = []
    for a, b in itertools.combinations(range(len(units[0])), 2):
        shared = [(u[a], u[b]) for u in units if u[a] is not None and u[b] is not None]
        if shared:
            first, second = zip(*shared)
            of_labels = [
                kappa([x == label for x in first], [x == label for x in second], [False, True])
                for label in labels]
            pairs.append({"a": a, "b": b, "kappa": kappa(first, second, labels), "labels": of_labels})
    return {
        "nominal": alpha(units, labels, "nominal"),
        "ordinal": alpha(units, labels, "ordinal"),
        "interval": alpha(numbers, values, "interval"),
        "labels": [alpha(is_label(units, label), None, "nominal") for label in labels],
        "pairs": pairs,
    }


if __name__ == "__main__":
    answers = [json.dumps(answer(case)) for case in json.load(sys.stdin)]
    print("[\n" + ",\n".join(answers) + "\n]")
