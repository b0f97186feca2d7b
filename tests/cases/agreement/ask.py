"""What krippendorff, NLTK and scikit-learn answer: JSON cases on standard input, answers on standard output.

    pip install -r requirements.txt
    python ask.py < cases.json > answers.json

The PyPI package `krippendorff` is the project fast-krippendorff, which is not on PyPI by that name.
NLTK has an alpha of its own, nominal and interval.
"""

import itertools
import json
import sys
import warnings

import krippendorff
import numpy as np
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, interval_distance
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


def alpha_of_nltk(units, distance):
    """NLTK says 1 where only one label was given; it is undefined."""
    shared = [[given for given in unit if given is not None] for unit in units]
    if len({given for unit in shared if len(unit) > 1 for given in unit}) < 2:
        return None
    triples = [
        (f"reader {reader}", f"unit {at}", given)
        for at, unit in enumerate(units)
        for reader, given in enumerate(unit)
        if given is not None]
    return float(AnnotationTask(data=triples, distance=distance).alpha())


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
        "nltk": {
            "nominal": alpha_of_nltk(units, binary_distance),
            "interval": alpha_of_nltk(numbers, interval_distance),
        },
        "labels": [alpha(is_label(units, label), None, "nominal") for label in labels],
        "pairs": pairs,
    }


if __name__ == "__main__":
    answers = [json.dumps(answer(case)) for case in json.load(sys.stdin)]
    print("[\n" + ",\n".join(answers) + "\n]")
