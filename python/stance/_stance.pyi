import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Literal, final

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import pyarrow as pa

from .typing import Articles, ArrowTable, ArrowTexts, Path

__all__ = [
    "Article",
    "Comparison",
    "Counting",
    "Model",
    "Table",
    "compare",
    "compare_counts",
    "evaluate_model",
    "evaluate_training",
    "extract_pdf",
    "read_articles",
    "set_threads",
    "train",
    "train_texts",
]

@final
class Table:
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    @property
    def num_rows(self) -> int: ...
    @property
    def column_names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def to_pyarrow(self) -> pa.Table: ...
    def to_pandas(self) -> pd.DataFrame: ...
    def to_polars(self) -> pl.DataFrame: ...

@final
class Article:
    def __new__(cls, text: str, *, source: str = "<text>") -> Article: ...
    @property
    def source(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def authors(self) -> list[str]: ...
    @property
    def date(self) -> datetime.date | None: ...
    @property
    def text(self) -> str: ...
    @property
    def paragraphs(self) -> list[str]: ...
    @property
    def fields(self) -> dict[str, str]: ...

@final
class Model:
    @classmethod
    def load(cls, path: Path | None = None, *, unsure_below: float | None = None) -> Model: ...
    @classmethod
    def from_bytes(cls, data: bytes, *, unsure_below: float | None = None) -> Model: ...
    def to_bytes(self) -> bytes: ...
    def save(self, path: Path) -> None: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def labels(self) -> dict[str, list[str]]: ...
    @property
    def about(self) -> dict[str, Any]: ...
    @property
    def scores(self) -> dict[str, dict[str, Any]]: ...
    def tag(
        self,
        texts: Iterable[object] | ArrowTexts,
        *,
        sequence: Iterable[object] | ArrowTexts | None = None,
        on_bad: Literal["raise", "null"] = "raise",
        max_bytes: int = 16777216,
    ) -> Table: ...
    def tag_table(
        self,
        table: ArrowTable,
        *,
        text: str | None = None,
        sequence: str | None = None,
        on_bad: Literal["raise", "null"] = "raise",
        max_bytes: int = 16777216,
    ) -> Table: ...
    def tag_batch(
        self,
        batch: ArrowTable,
        *,
        text: str | None = None,
        sequence: str | None = None,
        on_bad: Literal["raise", "null"] = "raise",
        max_bytes: int = 16777216,
    ) -> pa.RecordBatch: ...
    def tag_articles(
        self, articles: Articles, *, on_bad: Literal["raise", "warn"] = "raise"
    ) -> Table: ...
    def probabilities(
        self, texts: Iterable[object] | ArrowTexts, *, label: str | None = None
    ) -> npt.NDArray[np.float64]: ...
    def explain(
        self, text: str | Sequence[str], *, sentence: int | None = None, label: str | None = None
    ) -> dict[str, Any]: ...
    def explain_html(
        self, text: str | Sequence[str], *, sentence: int | None = None, label: str | None = None
    ) -> str: ...

@final
class Comparison:
    def to_dict(self) -> dict[str, Any]: ...
    @property
    def rows(self) -> Table: ...
    @property
    def pairs(self) -> Table: ...
    def html(self) -> str: ...
    def svg(self) -> str: ...

def read_articles(
    articles: Articles, *, on_bad: Literal["raise", "warn"] = "raise"
) -> list[Article]: ...
def compare(
    articles: Articles,
    *,
    model: Model | None = None,
    by: str = "author",
    voice: Literal["own", "all"] = "own",
    label: str | None = None,
    on_bad: Literal["raise", "warn"] = "raise",
) -> Comparison: ...
@final
class Counting:
    def __new__(cls, model: Model, label: str | None = None) -> Counting: ...
    @property
    def set(self) -> str: ...
    @property
    def labels(self) -> list[str]: ...
    @property
    def sure_from(self) -> list[float]: ...
    @property
    def own_voice(self) -> tuple[str, str] | None: ...

def compare_counts(
    counts: ArrowTable,
    *,
    model: Model | None = None,
    by: str = "author",
    label: str | None = None,
) -> Comparison: ...
def train(
    labels: Path | Sequence[Path] | ArrowTable,
    reading: dict[str, Any],
    learning: dict[str, Any],
    tune: bool,
) -> Model: ...
def train_texts(
    texts: list[str], labels: list[str], groups: list[str] | None, learning: dict[str, Any]
) -> Model: ...
def evaluate_model(
    labels: Path | Sequence[Path] | ArrowTable,
    model: Model,
    against: Model | None,
    unsure_below: float | None,
    reading: dict[str, Any],
) -> dict[str, Any]: ...
def evaluate_training(
    labels: Path | Sequence[Path] | ArrowTable,
    reading: dict[str, Any],
    learning: dict[str, Any],
    unsure_below: float | None,
    random_split: bool,
    learning_curve: bool,
) -> dict[str, Any]: ...
def extract_pdf(path: Path) -> str: ...
def set_threads(threads: int) -> None: ...
