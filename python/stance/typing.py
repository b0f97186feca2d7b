"""What functions of the package take."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from ._stance import Article

__all__ = ["Articles", "ArrowTable", "ArrowTexts", "Path"]

Path: TypeAlias = "str | os.PathLike[str]"


class _Stream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class _Array(Protocol):
    def __arrow_c_array__(
        self, requested_schema: object | None = None
    ) -> tuple[object, object]: ...


ArrowTable: TypeAlias = "_Stream | _Array"
"""A table of pandas, polars, pyarrow or anything else that speaks Arrow."""

ArrowTexts: TypeAlias = "_Stream | _Array"
"""A column of texts of the same."""

Articles: TypeAlias = "Path | Sequence[Path] | Article | Sequence[Article] | ArrowTable"
"""Files and folders, articles that were read, or a table with an article a row."""
