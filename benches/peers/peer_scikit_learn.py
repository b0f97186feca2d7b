"""scikit-learn with the n-grams of stance: trains, tags, and compares objectives.

usage: peer_scikit_learn.py train   exact|near COST LABELS.csv MODEL
       peer_scikit_learn.py tag     MODEL LINES.txt OUTPUT
       peer_scikit_learn.py compare COST LABELS.csv MODEL STANCE_MODEL
"""

import json
import pickle
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import logsumexp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from sentences import read, tokens

BATCH = 8000


def words_only(text: str) -> str:
    """The words of stance with white space between them, for scikit-learn's own fast cutter."""
    return " ".join(token for token in tokens(text) if token[-1].isalnum() or token[-1] == "_")


def pipeline(exact: bool, cost: float) -> Pipeline:
    """Exactly the features of stance, trained until the objective is the same to a thousandth;
    or the nearest features that need no Python function, and the usual tolerance."""
    shared = {"sublinear_tf": True, "min_df": 2}
    if exact:
        words = TfidfVectorizer(
            tokenizer=tokens, token_pattern=None, lowercase=False, ngram_range=(1, 3), **shared
        )
        characters = TfidfVectorizer(
            analyzer="char_wb", preprocessor=words_only, ngram_range=(2, 5), **shared
        )
    else:
        words = TfidfVectorizer(token_pattern=r"\w+|[^\w\s]", ngram_range=(1, 3), **shared)
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **shared)
    features = FeatureUnion([("words", words), ("characters", characters)])
    model = LogisticRegression(C=cost, tol=1e-5 if exact else 1e-4, max_iter=1000)
    return Pipeline([("features", features), ("model", model)])


def train(exact: bool, cost: float, labels: Path, model: Path) -> None:
    rows = read(labels)
    learned = pipeline(exact, cost).fit([row.text for row in rows], [row.label for row in rows])
    with model.open("wb") as file:
        pickle.dump(learned, file, protocol=5)


def tag(model: Path, lines: Path, output: Path) -> None:
    with model.open("rb") as file:
        learned = pickle.load(file)
    with lines.open() as texts, output.open("w") as labels:
        while batch := [line.rstrip("\n") for line in islice(texts, BATCH)]:
            labels.writelines(f"{label}\n" for label in learned.predict(batch))


def compare(cost: float, labels: Path, model: Path, stance_model: Path) -> None:
    """Both solutions' objectives on scikit-learn's matrix."""
    rows = read(labels)
    with model.open("rb") as file:
        learned = pickle.load(file)
    features, regression = learned.named_steps["features"], learned.named_steps["model"]
    matrix = features.transform([row.text for row in rows])
    truth = np.searchsorted(regression.classes_, [row.label for row in rows])
    terms = [(0, term) for term in features.transformer_list[0][1].get_feature_names_out()]
    terms += [(1, term) for term in features.transformer_list[1][1].get_feature_names_out()]
    stance = read_stance(stance_model)
    place = {term: number for number, term in enumerate(stance["terms"])}
    order = [stance["labels"].index(label) for label in regression.classes_]
    weights = np.zeros((len(terms), len(order)))
    known = [number for number, term in enumerate(terms) if term in place]
    weights[known] = stance["weights"][[place[terms[number]] for number in known]][:, order]
    bias = stance["bias"][order]
    if len(order) == 2:
        weights, bias = weights[:, 1:] - weights[:, :1], bias[1:] - bias[:1]
    theirs = objective(matrix, truth, regression.coef_.T, regression.intercept_, cost)
    ours = objective(matrix, truth, weights, bias, cost)
    print(
        json.dumps(
            {
                "terms": len(terms),
                "terms_of_one_only": len(terms) + len(place) - 2 * len(known),
                "scikit_learn": theirs,
                "stance": ours,
                "iterations": int(max(regression.n_iter_)),
            }
        )
    )


def objective(matrix: Any, truth: Any, weights: Any, bias: Any, cost: float) -> float:
    """½‖W‖² + C·Σ loss, the bias free; two labels share one vector of weights."""
    scores = matrix @ weights + bias
    if scores.shape[1] == 1:
        scores = np.hstack([np.zeros_like(scores), scores])
    loss = logsumexp(scores, axis=1) - scores[np.arange(len(truth)), truth]
    return float(0.5 * np.sum(np.square(weights)) + cost * np.sum(loss))


def read_stance(file: Path) -> dict[str, Any]:
    """A safetensors file: the length of the header, the header in JSON, the numbers."""
    stored = file.read_bytes()
    start = 8 + int.from_bytes(stored[:8], "little")
    header = json.loads(stored[8:start])
    kinds = {"U8": np.uint8, "U32": np.uint32, "F32": np.float32, "F64": np.float64}

    def tensor(name: str) -> Any:
        about = header[name]
        begin, end = (start + offset for offset in about["data_offsets"])
        return np.frombuffer(stored[begin:end], kinds[about["dtype"]]).reshape(about["shape"])

    spelled = tensor("terms").tobytes().decode().split("\n")
    ends = tensor("families")
    return {
        "labels": json.loads(header["__metadata__"]["stance"])["labels"],
        "terms": [(int(number >= ends[0]), term) for number, term in enumerate(spelled)],
        "weights": tensor("weights").astype(float),
        "bias": tensor("bias"),
    }


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["train", features, cost, labels, model]:
            train(features == "exact", float(cost), Path(labels), Path(model))
        case ["tag", model, lines, output]:
            tag(Path(model), Path(lines), Path(output))
        case ["compare", cost, labels, model, stance_model]:
            compare(float(cost), Path(labels), Path(model), Path(stance_model))
        case _:
            sys.exit(__doc__)
