"""Tags the sentences of articles by their stance on a settlement, and compares authors honestly.

The same models, and the same tags to the bit, as the command line ``stance``:

>>> import stance
>>> model = stance.Model.load()
>>> table = model.tag(["A deal is closer than ever."])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._stance import (
    Article,
    Comparison,
    Counting,
    Model,
    Table,
    compare,
    compare_counts,
    read_articles,
    set_threads,
)
from .errors import FileError, InputError, StanceError, UsageError
from .learning import evaluate, train

if TYPE_CHECKING:
    from .classifier import StanceClassifier

__all__ = [
    "Article",
    "Comparison",
    "Counting",
    "FileError",
    "InputError",
    "Model",
    "StanceClassifier",
    "StanceError",
    "Table",
    "UsageError",
    "compare",
    "compare_counts",
    "evaluate",
    "read_articles",
    "set_threads",
    "train",
]


def __getattr__(name: str) -> Any:
    """The classifier, which needs scikit-learn, is imported when it is asked for."""
    if name == "StanceClassifier":
        from .classifier import StanceClassifier

        return StanceClassifier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
