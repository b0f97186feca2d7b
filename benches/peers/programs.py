"""Who trains and tags, and by which commands."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from measure import Command

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WORK = ROOT / "target" / "peers"
PYTHON = WORK / "venv" / "bin" / "python"
RELEASE = ROOT / "target" / "release"
ONE_FIT = RELEASE / "examples" / "peers"

CORES = len(os.sched_getaffinity(0))
COST = 4
"""C of every logistic regression."""
NAMES = {"words": "words", "ngrams": "words and characters", "default": "default features"}


@dataclass(frozen=True)
class Program:
    """Commands for one set; `tag` takes the name of a part and writes to PART.out."""

    name: str
    needs: str
    model: Path
    train: Command
    tag: Callable[[str], Command]
    threads: int = 1
    tags_much: bool = True


def programs(folder: Path) -> list[Program]:
    """All that stand in a set's main table; the first is the one the others are divided by."""
    return [
        one_fit(folder, "ngrams", CORES),
        one_fit(folder, "ngrams", 1),
        command(folder, CORES),
        scikit_learn(folder, "exact"),
        scikit_learn(folder, "near"),
        fasttext(folder, "as it comes", 0.1, 5),
        fasttext(folder, "as in its tutorial", 1.0, 25),
        vowpal_wabbit(folder),
    ]


def on_one_core(folder: Path) -> list[Program]:
    """stance with more and more features."""
    return [
        one_fit(folder, "words", 1),
        one_fit(folder, "ngrams", 1),
        one_fit(folder, "default", 1),
        command(folder, 1),
    ]


def one_fit(folder: Path, features: str, threads: int) -> Program:
    """stance with one fit, as the peers have it."""
    model = folder / f"stance-{features}.model"
    return Program(
        name=f"stance, one fit, {NAMES[features]}, threads: {threads}",
        needs="",
        model=model,
        train=[ONE_FIT, "train", features, str(COST), folder / "train.csv", model],
        tag=lambda part: [ONE_FIT, "tag", model, folder / f"{part}.txt", folder / f"{part}.out"],
        threads=threads,
    )


def command(folder: Path, threads: int) -> Program:
    """stance as its users run it: six fits, all features, probabilities written."""
    model = folder / "command.model"
    stance: Command = [RELEASE / "stance", "--threads", str(threads)]
    learn: Command = ["train", folder / "train.csv", "--label", "label", "--output", model]
    return Program(
        name=f"`stance train`, `stance tag`, threads: {threads}",
        needs="",
        model=model,
        train=stance + learn,
        tag=lambda part: [
            *(*stance, "tag", "--sentences", folder / f"{part}.csv", "--model", model),
            *("--format", "csv", "--output", folder / f"{part}.out"),
        ],
        threads=threads,
    )


def scikit_learn(folder: Path, features: str) -> Program:
    """`exact`: the features and the objective of stance; `near`: whatever is fastest."""
    script: Command = [PYTHON, HERE / "peer_scikit_learn.py"]
    model = folder / f"scikit-learn-{features}.model"
    return Program(
        name=f"scikit-learn, {features}",
        needs="scikit-learn",
        model=model,
        train=[*script, "train", features, str(COST), folder / "train.csv", model],
        tag=lambda part: [*script, "tag", model, folder / f"{part}.txt", folder / f"{part}.out"],
        threads=CORES,
        tags_much=features == "near",
    )


def fasttext(folder: Path, how: str, rate: float, epochs: int) -> Program:
    script: Command = [PYTHON, HERE / "peer_fasttext.py"]
    model = folder / f"fasttext-{epochs}.model"
    learn: Command = ["train", str(CORES), str(rate), str(epochs), folder / "train.ft", model]
    return Program(
        name=f"fastText, bigrams, {how}",
        needs="fasttext",
        model=model,
        train=script + learn,
        tag=lambda part: [*script, "tag", model, folder / f"{part}.ft", folder / f"{part}.out"],
        threads=CORES,
    )


def vowpal_wabbit(folder: Path) -> Program:
    """One label against all, bigrams, ten passes, no rows held back."""
    script: Command = [PYTHON, "-m", "vowpalwabbit", "--quiet"]
    model, cache = folder / "vowpal-wabbit.model", folder / "vowpal-wabbit.cache"
    rows = folder / "train.vw"
    labels = {line.split(" ", 1)[0] for line in rows.read_text().splitlines()}
    learn: Command = ["--oaa", str(len(labels)), "--loss_function", "logistic", "--ngram", "2"]
    learn += ["-b", "24", "--passes", "10", "--holdout_off", "-k", "--cache_file", cache]
    return Program(
        name="Vowpal Wabbit, bigrams, 10 passes",
        needs="vowpalwabbit",
        model=model,
        train=[*script, *learn, "-d", rows, "-f", model],
        tag=lambda part: [
            *(*script, "-t", "-i", model, "-d", folder / f"{part}.vw", "-p", folder / f"{part}.out")
        ],
    )
