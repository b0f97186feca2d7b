"""Tags more and more text and prints what it costs; with --train, learns from more and more rows.

usage: python3 benches/peers/scale.py [--gigabyte] [--train] [--million]

The text is made of data/labels.csv, recombined so that no sentence stands twice and new names keep
coming. Everything is written below target/scale. --gigabyte adds 1 GB to the 10 and 100 MB that
are tagged, --million adds 1,000,000 rows to the 30,000 and 100,000 that are learned from.
"""

import argparse
import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

from measure import Command, Cost, run
from programs import CORES, COST, ONE_FIT, RELEASE, ROOT
from sentences import at_least, perturbed, shipped, write_table
from tables import table

WORK = ROOT / "target" / "scale"
DOCUMENT = 40
"""Sentences of one article."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--gigabyte", action="store_true", help="tag 1 GB as well")
    parser.add_argument("--train", action="store_true", help="learn from 30,000 and 100,000 rows")
    parser.add_argument("--million", action="store_true", help="learn from 1,000,000 rows as well")
    parser.add_argument("--make", nargs=2, metavar=("rows|text", "SIZE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    if arguments.make:
        kind, size = arguments.make
        make_text(int(size)) if kind == "text" else make_rows(int(size))
        return
    build = ["cargo", "build", "--quiet", "--release", "--locked", "--example", "peers"]
    subprocess.run([*build, "--bin", "stance"], cwd=ROOT, check=True)
    print_tagging([10, 100] + [1000] * arguments.gigabyte)
    if arguments.train or arguments.million:
        print_training([30_000, 100_000] + [1_000_000] * arguments.million)


def text_file(megabytes: int) -> Path:
    return WORK / f"text-{megabytes}.jsonl"


def rows_file(rows: int) -> Path:
    return WORK / f"rows-{rows}.csv"


def make_text(megabytes: int) -> None:
    """Articles of some sentences, each sentence an object a line, numbered."""
    rows, _ = shipped(ROOT / "data" / "labels.csv")
    with text_file(megabytes).open("w") as lines:
        for number, row in enumerate(at_least(perturbed(rows), megabytes)):
            article = number // DOCUMENT
            lines.write(json.dumps({"id": number, "article": article, "text": row.text}) + "\n")


def make_rows(count: int) -> None:
    rows, _ = shipped(ROOT / "data" / "labels.csv")
    made = islice(perturbed(rows), count)
    write_table(rows_file(count), ["text", "label"], ([row.text, row.label] for row in made))


def made(kind: str, size: int, file: Path) -> Path:
    """Made by a process of its own, so that the one that measures stays small."""
    if not file.exists():
        subprocess.run([sys.executable, __file__, "--make", kind, str(size)], check=True)
    return file


def print_tagging(sizes: list[int]) -> None:
    print("\n".join(["# Tagging", "", f"`stance tag --sentences`, threads: {CORES}", ""]))
    rows = []
    for size in sizes:
        file, tagged = made("text", size, text_file(size)), WORK / "tagged.jsonl"
        stance: Command = [RELEASE / "stance", "--threads", str(CORES)]
        cost = run([*stance, "tag", "--sentences", file, "--output", tagged])
        order = "yes" if in_order(tagged) else "NO"
        tagged.unlink()
        rows.append([f"{size} MB of text", *figures(cost, size), order])
    print(table(["input", "s", "MB/s", "peak MB", "in order"], rows), flush=True)


def in_order(tagged: Path) -> bool:
    """Whether every row came out, in the order it went in."""
    expected = 0
    with tagged.open() as lines:
        for line in lines:
            expected += f'"id":"{expected}"' in line or f'"id":{expected}' in line
    with tagged.open() as lines:
        return expected == sum(1 for _ in lines)


def print_training(counts: list[int]) -> None:
    print("\n".join(["", "# Training", "", f"one fit, words and characters, threads: {CORES}", ""]))
    rows = []
    for count in counts:
        file = made("rows", count, rows_file(count))
        cost = run([ONE_FIT, "train", "ngrams", str(COST), file, WORK / "model"], CORES)
        learned = json.loads(cost.printed)
        steps = [f"{learned[step]:.1f}" for step in ("read", "count", "weigh", "solve", "write")]
        size = file.stat().st_size / 1e6
        rows.append([f"{count:,}", *figures(cost, size), f"{learned['terms']:,}", *steps])
    columns = ["rows", "s", "MB/s", "peak MB", "terms", "read", "count", "weigh", "solve", "write"]
    print(table(columns, rows), flush=True)
    print("\n".join(["", f"`stance train`, default features and folds, threads: {CORES}", ""]))
    rows = []
    for count in counts:
        file = rows_file(count)
        stance: Command = [RELEASE / "stance", "--threads", str(CORES)]
        cost = run([*stance, "train", file, "--output", WORK / "model"])
        rows.append([f"{count:,}", *figures(cost, file.stat().st_size / 1e6)])
    print(table(["rows", "s", "MB/s", "peak MB"], rows), flush=True)


def figures(cost: Cost, megabytes: float) -> list[str]:
    rate = megabytes / cost.seconds
    return [f"{cost.seconds:.1f}", f"{rate:.2f}", f"{cost.peak_mb:.0f}"]


if __name__ == "__main__":
    main()
