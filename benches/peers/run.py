"""Trains and tags the same data with stance and its peers, and prints what each takes.

usage: python3 benches/peers/run.py [--runs N] [SET ...]

The sets are `shipped` (data/labels.csv) and, where $STANCE_DATASETS or ../shared/datasets holds
them, subj, manifesto_uk and clinc150. Peers come from the package index into a virtual
environment; one that cannot be installed is left out by name. All files go below target/peers.
"""

import argparse
import csv
import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import bars
import tables
from measure import Command, run
from measured import Agreement, Measured, Results, Solved
from programs import CORES, COST, HERE, ONE_FIT, PYTHON, ROOT, WORK, Program, on_one_core, programs

SETS = ("subj", "manifesto_uk", "clinc150", "shipped")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each command [3]")
    parser.add_argument("sets", nargs="*", default=SETS, metavar="SET", help=", ".join(SETS))
    arguments = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    installed, notes = install()
    build = ["cargo", "build", "--quiet", "--release", "--locked", "--example", "peers"]
    subprocess.run([*build, "--bin", "stance"], cwd=ROOT, check=True)
    prepare: Command = [sys.executable, HERE / "data.py", WORK, *arguments.sets]
    prepared = subprocess.run(prepare, check=True, stdout=subprocess.PIPE, text=True)
    there = prepared.stdout.split()
    notes += [f"{name}: skipped, not there" for name in arguments.sets if name not in there]
    print(tables.heading(arguments.runs, notes), flush=True)
    found = []
    for name in there:
        results = measure(name, installed, arguments.runs)
        print(tables.of_set(results), flush=True)
        found += bars.bars(results)
    print(bars.table_of(found))


def install() -> tuple[set[str], list[str]]:
    """The peers that could be installed, and a note on each that could not."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", PYTHON.parents[1]], check=True)
    installed, notes = {""}, []
    pip: Command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for requirement in (HERE / "requirements.txt").read_text().split():
        if subprocess.run([*pip, requirement], capture_output=True).returncode == 0:
            installed.add(requirement.split("==")[0])
        else:
            notes.append(f"{requirement}: left out, pip could not install it")
    return installed, notes


def measure(name: str, installed: set[str], runs: int) -> Results:
    folder = WORK / name
    found = [program for program in programs(folder) if program.needs in installed]
    return Results(
        set=name,
        folder=folder,
        programs=in_turns(found, folder, runs),
        on_one_core=in_turns(on_one_core(folder), folder, runs),
        agreement=agreement(folder) if "scikit-learn" in installed else None,
        solvers=solvers(folder, runs) if "liblinear-official" in installed else [],
    )


def in_turns(programs: list[Program], folder: Path, runs: int) -> list[Measured]:
    """Every command as often as wanted, the programs taking turns."""
    measured = [Measured(program) for program in programs]
    for _ in range(runs):
        for one in measured:
            one.once_more("train", one.program.train)
    for one in measured:
        one.once_more("test", one.program.tag("test"))
        if not one.failure:
            one.accuracy = accuracy(folder)
    for _ in range(runs):
        for one in measured:
            if one.program.tags_much:
                one.once_more("start", one.program.tag("one"))
                one.once_more("lines", one.program.tag("lines"))
    return measured


def accuracy(folder: Path) -> float:
    """The share of right labels in test.out: one a line, or a table with a column `label`."""
    lines = (folder / "test.out").read_text().splitlines()
    if "," in lines[0]:
        lines = [row["label"] for row in csv.DictReader(lines)]
    truth = (folder / "truth").read_text().splitlines()
    return sum(a == b for a, b in zip(lines, truth, strict=True)) / len(truth)


def agreement(folder: Path) -> Agreement:
    models = (folder / "scikit-learn-exact.model", folder / "stance-ngrams.model")
    script: Command = [PYTHON, HERE / "peer_scikit_learn.py", "compare", str(COST)]
    return Agreement(**json.loads(run([*script, folder / "train.csv", *models]).printed))


def solvers(folder: Path, runs: int) -> list[Solved]:
    """The trainers alone, one label against the others: LIBLINEAR knows no softmax."""
    vectors = folder / "vectors.svm"
    run([ONE_FIT, "vectors", "ngrams", folder / "train.csv", vectors])
    stance: Command = [ONE_FIT, "solve", str(COST), vectors]
    peer: Command = [PYTHON, HERE / "peer_liblinear.py", str(COST), vectors]
    trainers: list[tuple[str, Command, int]] = [
        (f"stance, threads: {CORES}", stance, CORES),
        ("stance, threads: 1", stance, 1),
        ("LIBLINEAR, `-s 0`", [*peer, "0.01"], 1),
        ("LIBLINEAR, `-s 0 -e 0.001`", [*peer, "0.001"], 1),
    ]
    found: dict[str, list[dict[str, float]]] = {name: [] for name, _, _ in trainers}
    for _ in range(runs):
        for name, command, threads in trainers:
            found[name].append(json.loads(run(command, threads).printed))
    return [
        Solved(name, median(run["seconds"] for run in runs), runs[-1]["objective"])
        for name, runs in found.items()
    ]


if __name__ == "__main__":
    main()
