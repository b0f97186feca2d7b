"""Training and evaluation from labelled sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from . import _stance
from ._stance import Model

if TYPE_CHECKING:
    from .typing import ArrowTable, Path

__all__ = ["evaluate", "train"]


def train(
    labels: Path | Sequence[Path] | ArrowTable,
    *,
    text: str | None = None,
    label: str | Sequence[str] | None = None,
    group: str | None = None,
    sequence: str | None = None,
    in_order: bool = False,
    annotator: str | None = None,
    merge: Literal["majority", "soft"] | None = None,
    codebook: Path | None = None,
    settings: dict[str, Any] | Path | None = None,
    dictionary: Path | None = None,
    cost: float | None = None,
    folds: int | None = None,
    tune: bool = False,
) -> Model:
    """Learn a model from labelled sentences, as ``stance train`` does: the same rows give the same
    bytes, whatever their order and the number of threads.

    :param labels: files (CSV, TSV or JSONL), or a table that speaks Arrow; a sentence a row
    :param text: the column of the sentences (found: ``text``, ``sentence``)
    :param label: the column or columns of the labels (found: the codebook's sets, ``label``)
    :param group: rows with the same value here are held out together (found: ``group``, ``author``,
        ``article``); without groups the scores flatter, and a warning says so
    :param sequence: rows with the same value here are one text in order, so that neighbours become
        features (found: ``article``, ``document``)
    :param in_order: take each file for one text whose sentences stand in order
    :param annotator: the column that names who labelled the row (found: ``reader``, ``annotator``,
        ``coder``)
    :param merge: what becomes of several annotators' labels of one sentence; without it the way
        with the lower held-out log-loss
    :param codebook: a TOML file with the label sets, their order and meaning
    :param settings: settings of features and training, as ``Model.about["settings"]`` shows them
    :param dictionary: a table of words and expressions by category
    :param cost: the cost of errors against the size of weights, instead of what the folds choose
    :param folds: folds for held-out scores, calibration and error rates (5)
    :param tune: search for better settings first
    :raises StanceError: with file and line, if a file cannot be read, a column is missing, or a
        label is not in its set
    """
    if tune and cost is not None:
        raise ValueError("tune searches for the cost: leave cost out")
    reading = _reading(text, label, group, sequence, in_order, annotator, merge, codebook)
    learning = _learning(settings, dictionary, cost, folds)
    return _stance.train(labels, reading, learning, tune)


def evaluate(
    labels: Path | Sequence[Path] | ArrowTable,
    *,
    model: Model | None = None,
    against: Model | None = None,
    unsure_below: float | None = None,
    random_split: bool = False,
    learning_curve: bool = False,
    text: str | None = None,
    label: str | Sequence[str] | None = None,
    group: str | None = None,
    sequence: str | None = None,
    in_order: bool = False,
    annotator: str | None = None,
    merge: Literal["majority", "soft"] | None = None,
    codebook: Path | None = None,
    settings: dict[str, Any] | Path | None = None,
    dictionary: Path | None = None,
    cost: float | None = None,
    folds: int | None = None,
) -> dict[str, Any]:
    """Measure a model on labelled sentences, or without one training on them by held-out folds.

    Gives the document of ``stance evaluate --format json``: ``rows``, ``accuracy``, ``macro_f1``,
    ``labels``, ``confusion`` and more, each score with ``low`` and ``high`` of its 95% interval.

    :param model: the model to measure; its label sets and columns are expected
    :param against: another model, compared with the first on the same sentences
    :param unsure_below: call labels unsure that are less likely than this
    :param random_split: score a random split of the sentences too, and say by how much it flatters
    :param learning_curve: learn from parts of the labels too, and say what more would bring

    The other parameters are those of :func:`train`.
    """
    reading = _reading(text, label, group, sequence, in_order, annotator, merge, codebook)
    if model is None:
        if against is not None:
            raise ValueError("against needs a model to compare with")
        learning = _learning(settings, dictionary, cost, folds)
        return _stance.evaluate_training(
            labels, reading, learning, unsure_below, random_split, learning_curve
        )
    trained = (settings, dictionary, cost, folds)
    if random_split or learning_curve or any(given is not None for given in trained):
        raise ValueError("a model is measured as it is: leave out what training would need")
    return _stance.evaluate_model(labels, model, against, unsure_below, reading)


def _reading(
    text: str | None,
    label: str | Sequence[str] | None,
    group: str | None,
    sequence: str | None,
    in_order: bool,
    annotator: str | None,
    merge: str | None,
    codebook: Path | None,
) -> dict[str, Any]:
    if in_order and sequence is not None:
        raise ValueError("in_order makes each file one text: leave sequence out")
    return {
        "text": text,
        "label": [label] if isinstance(label, str) else list(label or ()),
        "group": group,
        "sequence": sequence,
        "in_order": in_order,
        "annotator": annotator,
        "merge": merge,
        "codebook": codebook,
    }


def _learning(
    settings: dict[str, Any] | Path | None,
    dictionary: Path | None,
    cost: float | None,
    folds: int | None,
) -> dict[str, Any]:
    return {"settings": settings, "dictionary": dictionary, "cost": cost, "folds": folds}
