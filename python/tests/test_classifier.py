"""The classifier keeps scikit-learn's conventions."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sklearn.base import clone, is_classifier
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import get_tags
from sklearn.utils.estimator_checks import check_estimator
from sklearn.utils.validation import check_is_fitted, validate_data

import stance
from stance import StanceClassifier

TOPICS = [
    ("The home side won game {} late.", "sport"),
    ("The house passed bill {} today.", "politics"),
    ("The band played song {} twice.", "music"),
]
X = [text.format(n) for n in range(24) for text, _ in TOPICS]
Y = [topic for _ in range(24) for _, topic in TOPICS]
GROUPS = [f"author {n % 8}" for n in range(24) for _ in TOPICS]


@pytest.fixture(scope="module")
def fitted():
    return StanceClassifier(folds=3).fit(X, Y, groups=GROUPS)


class OfNumbers(StanceClassifier):
    """The classifier where rows of numbers stand for texts: a word for each number.

    Of an estimator of texts ``check_estimator`` tries little, for it has no texts. So it gets its
    numbers, and tries everything.
    """

    def fit(self, X, y, groups=None):
        X, y = validate_data(self, X, y, dtype="numeric")
        return super().fit(_in_words(X), y, groups)

    def predict_proba(self, X):
        check_is_fitted(self)
        return super().predict_proba(_in_words(validate_data(self, X, reset=False)))

    def predict(self, X):
        shares = self.predict_proba(X)
        return self.classes_[shares.argmax(axis=1)]

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array = False
        tags.input_tags.two_d_array = True
        tags.input_tags.string = False
        return tags


def _in_words(numbers):
    def word(column, x):
        return f"{chr(ord('a') + column)}{'minus' if x < 0 else 'plus'}{abs(round(x))}"

    return [" ".join(word(*cell) for cell in enumerate(row)) for row in numbers]


def test_it_passes_the_estimator_checks():
    of_text = check_estimator(StanceClassifier(), on_fail=None, on_skip=None)
    assert {result["status"] for result in of_text} == {"passed"}
    results = check_estimator(OfNumbers(folds=2), on_fail=None, on_skip=None)
    failed = {r["check_name"]: r["exception"] for r in results if r["status"] == "failed"}
    assert not failed, failed
    # Of no use here: arrays on other devices.
    others = {r["check_name"] for r in results if r["status"] != "passed"}
    assert others <= {"check_array_api_input"}
    assert len(results) > 50


def test_it_learns_and_predicts(fitted):
    assert list(fitted.classes_) == ["music", "politics", "sport"]
    assert list(fitted.predict(X)) == Y
    shares = fitted.predict_proba(X)
    assert shares.shape == (len(X), 3)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    assert (fitted.classes_[shares.argmax(axis=1)] == fitted.predict(X)).all()
    assert fitted.score(X, Y) == 1.0
    assert fitted.scores_["accuracy"]["value"] > 0.9
    unseen = fitted.predict(["A late win for the home side."])
    assert unseen.tolist() == ["sport"]


def test_it_is_the_model_of_the_command_line(fitted, command, tmp_path):
    path, written = tmp_path / "topics.csv", tmp_path / "model.safetensors"
    pd.DataFrame({"text": X, "label": Y, "group": GROUPS}).to_csv(path, index=False)
    command("train", path, "--folds", 3, "--output", written)
    assert fitted.model_.to_bytes() == written.read_bytes()


@pytest.mark.parametrize(
    "kind", [list, tuple, np.array, pd.Series, pl.Series, pa.array], ids=lambda kind: kind.__name__
)
def test_texts_labels_and_groups_come_in_all_kinds(fitted, kind):
    if kind is pa.array:
        texts, labels, groups = (pa.array(values).to_pylist() for values in (X, Y, GROUPS))
    else:
        texts, labels, groups = kind(X), kind(Y), kind(GROUPS)
    again = StanceClassifier(folds=3).fit(texts, labels, groups)
    assert again.model_.to_bytes() == fitted.model_.to_bytes()
    assert (again.predict_proba(texts) == fitted.predict_proba(X)).all()


@pytest.mark.parametrize(
    "classes",
    [[2, 10, -1], [True, False, True], [" a", "a", ""], ["1", "10", "2"], [0.5, 1.5, 2.5]],
    ids=str,
)
def test_classes_may_be_anything_that_sorts(classes):
    codes = {"sport": 0, "politics": 1, "music": 2}
    labels = np.array([classes[codes[topic]] for topic in Y])
    fitted = StanceClassifier(folds=2).fit(X, labels) if labels.dtype.kind != "f" else None
    if fitted is None:
        with pytest.raises(ValueError, match="Unknown label type: continuous"):
            StanceClassifier(folds=2).fit(X, labels)
        return
    assert fitted.classes_.tolist() == sorted(set(labels.tolist()))
    assert (fitted.predict(X) == labels).all()
    assert fitted.predict(X).dtype == labels.dtype


def test_it_can_be_cloned_copied_and_searched(fitted):
    given = StanceClassifier(cost=0.5, folds=2, settings={"balance": "full"})
    assert clone(given).get_params() == given.get_params()
    assert given.set_params(cost=1.0).cost == 1.0
    assert repr(given) == "StanceClassifier(cost=1.0, folds=2, settings={'balance': 'full'})"
    assert not hasattr(clone(fitted), "model_")
    again = pickle.loads(pickle.dumps(fitted))
    assert (again.predict_proba(X) == fitted.predict_proba(X)).all()
    search = GridSearchCV(StanceClassifier(folds=2), {"cost": [0.1, 1.0]}, cv=GroupKFold(2))
    assert search.fit(X, Y, groups=GROUPS).best_score_ > 0.9


def test_groups_are_held_out_and_pipelines_work():
    small = FunctionTransformer(lambda texts: [text.lower() for text in texts])
    model = make_pipeline(small, StanceClassifier(folds=2))
    assert cross_val_score(model, X, Y, groups=GROUPS, cv=GroupKFold(3)).min() > 0.9
    shares = cross_val_predict(
        StanceClassifier(folds=2), X, Y, groups=GROUPS, cv=GroupKFold(3), method="predict_proba"
    )
    assert shares.shape == (len(X), 3)
    fitted = model.fit(X, Y, stanceclassifier__groups=GROUPS)
    assert fitted[-1].model_.about["groups"] == 8


def test_it_says_what_it_is():
    tags = get_tags(StanceClassifier())
    assert tags.input_tags.string and tags.input_tags.one_d_array
    assert not tags.input_tags.two_d_array and not tags.input_tags.sparse
    assert tags.target_tags.required and is_classifier(StanceClassifier())


def test_wrong_input_is_said(fitted):
    with pytest.raises(NotFittedError):
        StanceClassifier().predict(X)
    with pytest.raises(ValueError, match="not one text"):
        fitted.predict("It will not.")
    with pytest.raises(ValueError, match="one dimension of texts, got shape"):
        fitted.predict(np.array([X]))
    with pytest.raises(ValueError, match="expected text in row 1, got int"):
        fitted.predict(["It will not.", 7])
    with pytest.raises(ValueError, match="0 sample"):
        StanceClassifier().fit([], [])
    with pytest.raises(ValueError, match="72 texts, but y has 71 values"):
        StanceClassifier().fit(X, Y[1:])
    with pytest.raises(ValueError, match="72 texts, but groups has 1 values"):
        StanceClassifier().fit(X, Y, groups=["a"])
    with pytest.raises(ValueError, match="one class"):
        StanceClassifier().fit(X, ["a"] * len(X))
    with pytest.raises(ValueError, match="1d array"):
        StanceClassifier().fit(X, np.array([Y, Y]).T)
    with pytest.raises(stance.UsageError, match="unknown field"):
        StanceClassifier(settings={"colour": 1}).fit(X, Y)
