"""The classifier as scikit-learn has classifiers: needs ``pip install './python[sklearn]'``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted

from ._stance import Model, train_texts

__all__ = ["StanceClassifier"]


class StanceClassifier(ClassifierMixin, BaseEstimator):
    """A linear model of one label set over words, characters and more, with calibrated
    probabilities: what ``stance train`` learns, one sentence at a time.

    :param settings: settings of features and training, as ``Model.about["settings"]`` shows them;
        what is left out is as by default
    :param cost: the cost of errors against the size of weights: larger fits closer; ``None``
        chooses by the folds
    :param folds: folds for calibration, and for the held-out scores in ``scores_``

    :ivar classes_: the classes, sorted
    :ivar model_: the :class:`stance.Model` that was learned; ``model_.save(path)`` writes the file
        that the command line reads
    :ivar scores_: its held-out scores, whole groups held out where there are groups
    """

    def __init__(
        self,
        *,
        settings: dict[str, Any] | None = None,
        cost: float | None = None,
        folds: int = 5,
    ) -> None:
        self.settings = settings
        self.cost = cost
        self.folds = folds

    def fit(
        self,
        X: Iterable[str],  # noqa: N803
        y: Iterable[Any],
        groups: Iterable[Any] | None = None,
    ) -> StanceClassifier:
        """Learn from texts and their labels.

        :param X: texts: a list, a one-dimensional array, a column of pandas, polars or pyarrow
        :param y: the class of each text
        :param groups: texts of one group (an author, say) are held out together when probabilities
            are calibrated and scores are measured
        """
        texts = _texts(X)
        if y is None:
            raise ValueError("StanceClassifier requires y to be passed, but the target y is None")
        column = _column(y, "y", len(texts))
        check_classification_targets(column)
        classes, codes = np.unique(column, return_inverse=True)
        if len(classes) < 2:
            raise ValueError(f"texts of two classes or more are needed, not of one class: {classes[0]!r}")
        keys = None if groups is None else [str(g) for g in _column(groups, "groups", len(texts))]
        names = _names(classes)
        self.model_ = train_texts(
            texts,
            [names[code] for code in codes],
            keys,
            {"settings": self.settings, "dictionary": None, "cost": self.cost, "folds": self.folds},
        )
        self.classes_: npt.NDArray[Any] = classes
        learned = self.model_.labels["label"]
        self._order = [learned.index(name) for name in names]
        return self

    def predict_proba(self, X: Iterable[str]) -> npt.NDArray[np.float64]:  # noqa: N803
        """How likely each class is for each text: texts × ``classes_``; rows sum to one."""
        check_is_fitted(self)
        return self.model_.probabilities(_texts(X))[:, self._order]

    def predict(self, X: Iterable[str]) -> npt.NDArray[Any]:  # noqa: N803
        """The likeliest class of each text."""
        shares = self.predict_proba(X)
        predicted: npt.NDArray[Any] = self.classes_[shares.argmax(axis=1)]
        return predicted

    @property
    def scores_(self) -> dict[str, Any]:
        """Scores on texts held out in training, each with its 95% interval."""
        check_is_fitted(self)
        return self.model_.scores["label"]

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        return tags


def _texts(X: Iterable[str]) -> list[str]:  # noqa: N803
    """The texts, checked as scikit-learn's estimators check theirs."""
    if isinstance(X, (str, bytes)):
        raise ValueError("expected a list of texts, not one text")
    shape = getattr(X, "shape", (1,))
    if len(shape) != 1:
        raise ValueError(f"expected one dimension of texts, got shape {shape}")
    texts = list(X)
    if not texts:
        raise ValueError("found array with 0 sample(s) while a minimum of 1 is required")
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(f"expected text in row {row}, got {type(text).__name__}")
    return texts


def _column(values: Iterable[Any], name: str, rows: int) -> npt.NDArray[Any]:
    column = np.asarray(values if hasattr(values, "__array__") else list(values))
    if column.ndim == 2 and column.shape[1] == 1:
        column = column.ravel()
    if column.ndim != 1:
        raise ValueError(f"{name} should be a 1d array, got shape {column.shape}")
    if len(column) != rows:
        raise ValueError(f"{rows} texts, but {name} has {len(column)} values")
    return column


def _names(classes: npt.NDArray[Any]) -> list[str]:
    """What the model file calls the classes: as they print, or by number where that is ambiguous."""
    names = [str(label).strip() for label in classes.tolist()]
    usable = len(set(names)) == len(names) and all(names)
    return names if usable else [str(code) for code in range(len(names))]
