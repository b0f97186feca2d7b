"""Every set in the forms that the programs read: data.py FOLDER SET..., run by run.py.

The forms of fastText and Vowpal Wabbit are cut into the tokens of stance beforehand, as their
manuals advise, and nobody is charged for that.
"""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from sentences import Row, at_least, perturbed, read, shipped, tokens, write_table

ROOT = Path(__file__).parents[2]
MEGABYTES = 20


def rows_of(name: str) -> tuple[list[Row], list[Row]] | None:
    """Training and test rows, unless the set is not there."""
    if name == "shipped":
        return shipped(ROOT / "data" / "labels.csv")
    folder = Path(os.environ.get("STANCE_DATASETS", ROOT.parent / "shared" / "datasets")) / name
    parts = (folder / "train.csv", folder / "test.csv")
    return (read(parts[0]), read(parts[1])) if all(part.is_file() for part in parts) else None


def prepare(folder: Path, train: list[Row], test: list[Row]) -> None:
    """Writes a set's files.

    Labels become numbers from 1, as Vowpal Wabbit wants them, and the training rows are
    shuffled, which those who read them one by one need.
    """
    folder.mkdir(parents=True, exist_ok=True)
    number = {label: str(at) for at, label in enumerate(sorted({row.label for row in train}), 1)}
    train = [Row(row.text, number[row.label]) for row in train]
    test = [Row(row.text, number[row.label]) for row in test if row.label in number]
    Random(1).shuffle(train)
    labelled = ([row.text, row.label] for row in train)
    write_table(folder / "train.csv", ["text", "label"], labelled)
    write_lines(folder / "train.ft", train, lambda row: f"__label__{row.label} {spaced(row)}")
    write_lines(folder / "train.vw", train, lambda row: f"{row.label} | {escaped(row)}")
    many = list(at_least(perturbed(test), MEGABYTES))
    for part, rows in (("test", test), ("one", test[:1]), ("lines", many)):
        write_table(folder / f"{part}.csv", ["text"], ([row.text] for row in rows))
        write_lines(folder / f"{part}.txt", rows, lambda row: row.text)
        write_lines(folder / f"{part}.ft", rows, spaced)
        write_lines(folder / f"{part}.vw", rows, lambda row: f"| {escaped(row)}")
    write_lines(folder / "truth", test, lambda row: row.label)


def write_lines(file: Path, rows: Iterable[Row], form: Callable[[Row], str]) -> None:
    with file.open("w") as lines:
        lines.writelines(f"{form(row)}\n" for row in rows)


def spaced(row: Row) -> str:
    return " ".join(tokens(row.text))


def escaped(row: Row) -> str:
    """Colon and bar have a meaning in the format of Vowpal Wabbit."""
    return spaced(row).replace(":", "COLON").replace("|", "BAR")


if __name__ == "__main__":
    for name in sys.argv[2:]:
        if rows := rows_of(name):
            prepare(Path(sys.argv[1]) / name, *rows)
            print(name)
