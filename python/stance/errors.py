"""What can go wrong, with file, line and remedy."""

from __future__ import annotations

__all__ = ["FileError", "InputError", "StanceError", "UsageError"]


class StanceError(Exception):
    """A failure that names its place and a remedy.

    :ivar what: what went wrong, without place and remedy
    :ivar file: the file it happened in, or ``None``; ``<table>`` is a table that was handed over
    :ivar line: the line of the file or row of the table, from 1, or ``None``
    :ivar column: the column of the line, from 1, or ``None``
    :ivar remedy: what to do about it, or ``None``
    """

    def __init__(
        self,
        what: str,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(what, file, line, column, remedy)
        self.what = what
        self.file = file
        self.line = line
        self.column = column
        self.remedy = remedy

    def __str__(self) -> str:
        place = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        message = f"{':'.join(place)}: {self.what}" if place else self.what
        return f"{message}\n  try: {self.remedy}" if self.remedy else message


class InputError(StanceError, ValueError):
    """An input does not hold what it should."""


class UsageError(StanceError, ValueError):
    """What is asked for makes no sense."""


class FileError(StanceError):
    """The operating system refused to read or write."""
