"""What QuaPy makes of the samples that the example `prevalence` has written; prints tables.

usage: quapy_measure.py FOLDER BOOTSTRAP_SAMPLES PAIRS
"""

import csv
import json
import sys
from pathlib import Path

import joblib
import numpy as np
from quapy.method.aggregative import ACC, EMQ, PACC
from quapy.method.confidence import AggregativeBootstrap
from sklearn.base import BaseEstimator

METHODS = {"ACC": ACC, "PACC": PACC, "EMQ": EMQ}

# Probabilities calibrated with weighed rows speak of other shares than those of the training rows.
OPTIONS = {"EMQ": {"exact_train_prev": False}}


class Given(BaseEstimator):
    """A classifier whose answers were given before: QuaPy asks one for its labels."""

    def __init__(self, labels: int = 3):
        self.classes_ = np.arange(labels)

    def fit(self, rows, truth):
        return self

    def predict_proba(self, rows):
        return rows

    def predict(self, rows):
        return rows.argmax(axis=1)


class Predictions:
    """The rows of a set, whose probabilities come from models that had not seen their group."""

    def __init__(self, table: Path, balanced: bool):
        with table.open() as lines:
            rows = [row for row in csv.reader(lines) if (row[0] == "true") == balanced]
        self.place = {int(row[1]): place for place, row in enumerate(rows)}
        self.group = np.array([row[2] for row in rows])
        self.truth = np.array([int(row[3]) for row in rows])
        probabilities = np.array([[float(p) for p in row[4].split()] for row in rows])
        self.probabilities = probabilities / probabilities.sum(axis=1, keepdims=True)

    def of(self, rows: list[int]) -> np.ndarray:
        return self.probabilities[[self.place[row] for row in rows]]

    def fitted(self, method: str, held_out: list[str], bootstrap: int) -> AggregativeBootstrap:
        others = ~np.isin(self.group, held_out)
        known, truth = self.probabilities[others], self.truth[others]
        labels = self.probabilities.shape[1]
        quantifier = METHODS[method](
            Given(labels), fit_classifier=False, val_split=None, **OPTIONS.get(method, {})
        )
        if method == "ACC":
            known = known.argmax(axis=1)
        quantifier.aggregation_fit(known, truth)
        found = AggregativeBootstrap(quantifier, n_test_samples=bootstrap, random_state=1)
        found.quantifiers = [quantifier]
        return found


def answers(method: str, probabilities: np.ndarray) -> np.ndarray:
    return probabilities.argmax(axis=1) if method == "ACC" else probabilities


def line_of(method: str, predictions: Predictions, samples: list, bootstrap: int) -> dict:
    """Error, and coverage and width of QuaPy's intervals."""
    errors, covered, widths, net_covered, net_widths = [], [], [], [], []
    held_out = found = None
    for sample in samples:
        if sample["held_out"] != held_out:
            held_out = sample["held_out"]
            found = predictions.fitted(method, held_out, bootstrap)
        given = answers(method, predictions.of(sample["rows"]))
        truth = np.array(sample["truth"])
        errors.append(np.abs(found.quantifiers[0].aggregate(given) - truth))
        draws = found.aggregate_conf(given)[1].samples
        low, high = np.percentile(draws, [2.5, 97.5], axis=0)
        covered.append((low <= truth + 1e-9) & (truth - 1e-9 <= high))
        widths.append(high - low)
        low, high = np.percentile(draws[:, -1] - draws[:, 0], [2.5, 97.5])
        net_covered.append(low <= truth[-1] - truth[0] <= high)
        net_widths.append(high - low)
    named = {"error": errors, "coverage": covered, "width": widths}
    named |= {"net_coverage": net_covered, "net_width": net_widths}
    return {"method": f"QuaPy {method}"} | {name: np.mean(values) for name, values in named.items()}


def verdicts_of(method: str, predictions: Predictions, pairs: list, bootstrap: int) -> dict:
    """Told apart: the interval of the difference of bootstrapped nets leaves zero out."""
    told: dict[str, list[bool]] = {"dealt": [], "below_2": [], "from_2_to_4": [], "above_4": []}
    wrong = 0
    for pair in pairs:
        found = predictions.fitted(method, pair["held_out"], bootstrap)
        nets = []
        for side in "ab":
            given = answers(method, predictions.of(pair[side]))
            draws = found.aggregate_conf(given)[1].samples
            nets.append(draws[:, -1] - draws[:, 0])
        # Draws of the two sides know nothing of each other.
        difference = nets[0] - np.random.default_rng(1).permutation(nets[1])
        low, high = np.percentile(difference, [2.5, 97.5])
        apart = bool(low > 0 or high < 0)
        size = abs(pair["difference"])
        kind = "below_2" if size < 0.2 else "from_2_to_4" if size < 0.4 else "above_4"
        told["dealt" if pair["dealt"] else kind].append(apart)
        wrong += apart and not pair["dealt"] and difference.mean() * pair["difference"] < 0
    shares = {kind: float(np.mean(found)) if found else None for kind, found in told.items()}
    return {"method": f"QuaPy {method}"} | shares | {"wrong_way_round": wrong}


def row(name: str, line: dict, columns: list[str]) -> str:
    def cell(value) -> str:
        if value is None or value != value:
            return "–"
        return f"{value:.3f}" if isinstance(value, float) else str(value)

    return f"| {name} | {line['method']} | " + " | ".join(cell(line[c]) for c in columns) + " |"


def main() -> None:
    folder, bootstrap, pairs = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    shares = ["error", "coverage", "width", "net_coverage", "net_width"]
    verdicts = ["dealt", "below_2", "from_2_to_4", "above_4", "wrong_way_round"]
    share_rows, verdict_rows = [], []
    for path in sorted(folder.glob("*.json")):
        report = json.loads(path.read_text())
        table = path.with_suffix(".csv")
        for test, lines in report["tests"]:
            name = f"{report['set']}: {test['name']}"
            predictions = Predictions(table, "equal" in test["name"])
            found = [line_of(m, predictions, test["samples"], bootstrap) for m in METHODS]
            share_rows += [row(name, line, shares) for line in lines + found]
        predictions = Predictions(table, False)
        some = report["pairs"][: 2 * pairs]
        found = [verdicts_of(m, predictions, some, bootstrap) for m in METHODS]
        verdict_rows += [row(report["set"], line, verdicts) for line in [report["verdicts"], *found]]
    print("| test | method | mean error | coverage | width | coverage of net | width of net |")
    print("|---|---|---:|---:|---:|---:|---:|", *share_rows, sep="\n")
    print("\nTold apart: articles dealt at random; true nets apart by less than .2, .2 to .4, more")
    print("\n| set | method | dealt | below .2 | .2 to .4 | above .4 | wrong way round |")
    print("|---|---|---:|---:|---:|---:|---:|", *verdict_rows, sep="\n")


if __name__ == "__main__":
    with joblib.parallel_config(backend="sequential"):
        main()
