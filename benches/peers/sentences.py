"""Labelled sentences, and as much text made of them as is wanted."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

TOKEN = re.compile(r"\w+(?:['’](?!s(?!\w))\w+)*|(?<=\w)['’]s(?!\w)|[^\w\s]")


@dataclass(frozen=True)
class Row:
    """A sentence on one line, and its label."""

    text: str
    label: str


def read(file: Path) -> list[Row]:
    """A table with the columns `text` and `label`."""
    with file.open(newline="") as lines:
        return [Row(fold(row["text"]), row["label"]) for row in csv.DictReader(lines)]


def fold(text: str) -> str:
    return " ".join(text.split())


def shipped(file: Path) -> tuple[list[Row], list[Row]]:
    """The shipped labels for training and test, every fifth author for the test."""
    with file.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    held_out = set(sorted({row["author"] for row in rows})[::5])
    parts: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        parts[row["author"] in held_out].append(Row(fold(row["text"]), row["stance"]))
    return parts


def write_table(file: Path, names: list[str], rows: Iterable[list[str]]) -> None:
    with file.open("w", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(names)
        table.writerows(rows)


def perturbed(rows: list[Row], seed: int = 1) -> Iterator[Row]:
    """Endless new sentences: the beginning of one, the end of another of the same label, and in
    every eighth a name that stands nowhere else, so that the vocabulary grows as it does in news.
    """
    random = Random(seed)
    words = [row.text.split(" ") for row in rows]
    alike: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        alike.setdefault(row.label, []).append(number)
    count = 0
    while True:
        count += 1
        number = int(random.random() * len(rows))
        kin = alike[rows[number].label]
        one, other = words[number], words[kin[int(random.random() * len(kin))]]
        cut = random.random()
        mixed = one[: int(cut * len(one))] + other[int(cut * len(other)) :]
        if count % 8 == 0:
            mixed.insert(len(mixed) // 2, name(count // 8))
        yield Row(" ".join(mixed), rows[number].label)


def name(number: int) -> str:
    """A different name for every number."""
    syllables = ("ka", "lo", "mer", "tis", "von", "ru", "sha", "bel", "dri", "eno")
    return "".join(syllables[int(digit)] for digit in str(number)).capitalize()


def at_least(rows: Iterator[Row], megabytes: float) -> Iterator[Row]:
    """So many of the rows that their text fills so many megabytes."""
    left = megabytes * 1e6
    while left > 0:
        row = next(rows)
        left -= len(row.text.encode()) + 1
        yield row


def tokens(text: str) -> list[str]:
    """The tokens of stance, lower case: words with their apostrophes, possessives, marks."""
    return TOKEN.findall(text.lower().replace("’", "'"))
