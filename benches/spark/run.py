"""Tags a million sentences with Spark and with the command line, and compares every row.

The sentences are those of ``data/labels.csv``, over and over, each time with other words dropped,
moved and put in, so that no two copies are alike. Every run tags all of them; ``--documents``
tags each in the company of its article. The runs by Spark have executors of one core each, on
this machine; in the last one an executor is killed in the middle.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "python/tests"))

from pyspark.sql import Observation

import stance.spark
from spark_cluster import cluster, cpu_seconds, losing_an_executor

#: Files, and so tasks: enough that the loss of one is small.
PARTS = 32
SETTINGS = {
    "spark.sql.files.minPartitionNum": str(PARTS),
    "spark.sql.files.openCostInBytes": "0",
    "spark.sql.shuffle.partitions": str(PARTS),
    "spark.sql.adaptive.coalescePartitions.enabled": "false",
}
#: What a sentence count is projected to.
ARCHIVE = 1_000_000_000


@dataclass
class Run:
    """How long it took to tag all rows, and whether they were the command line's."""

    name: str
    seconds: float
    cpu: float
    rows: int
    differing: str

    def line(self) -> str:
        speed, each = self.rows / self.seconds, self.rows / self.cpu
        figures = f"{self.seconds:.0f} | {speed:,.0f} | {self.cpu:.0f} | {each:,.0f}"
        return f"| {self.name} | {figures} | {self.differing} |"


HEAD = """
| run | seconds | rows a second | seconds of CPU | rows a second of CPU | rows that differ |
|---|---|---|---|---|---|"""


def main() -> None:
    options = arguments()
    options.folder.mkdir(parents=True, exist_ok=True)
    key = "article" if options.documents else "document"
    rows = make(options.folder, options.sentences, key)
    print(
        f"{rows:,} sentences; load of the machine {os.getloadavg()[0]:.1f}; {os.cpu_count()} cores"
    )
    print(HEAD, flush=True)
    tagged = options.folder / "by_command.csv"
    runs = []
    for threads in (1, 2):
        runs.append(by_command(options, threads, tagged, rows))
        print(runs[-1].line(), flush=True)
    expected = read_tags(tagged)
    for executors, killed in ((1, False), (2, False), (2, True)):
        runs.append(by_spark(options, executors, killed, expected, key))
        print(runs[-1].line(), flush=True)
    one, two = runs[2], runs[3]
    start = max(two.cpu - one.cpu, 0)
    least, most = (cpu / two.rows * ARCHIVE / 3600 for cpu in (one.cpu - start, two.cpu))
    print(
        f"\nAn executor's start takes {start:.0f} s of CPU; {ARCHIVE:,} sentences take"
        f" {least:,.0f} core hours beside that, {most:,.0f} at most"
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--documents", action="store_true")
    parser.add_argument("--program", type=Path, default=ROOT / "target/release/stance")
    parser.add_argument("--folder", type=Path, default=ROOT / "target/spark")
    return parser.parse_args()


def make(folder: Path, sentences: int, key: str) -> int:
    """Writes the sentences as one CSV and as Parquet in parts."""
    with (ROOT / "data/labels.csv").open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    words = [word for label in labels[:2000] for word in label["text"].split()]
    copies = -(-sentences // len(labels))
    chance = random.Random(1)
    columns: dict[str, list] = {name: [] for name in ("row", key, "paragraph", "sentence", "text")}
    for copy in range(copies):
        for label in labels:
            columns["row"].append(len(columns["row"]))
            columns[key].append(f"{label['article']}-{copy}")
            columns["paragraph"].append(int(label["paragraph"]))
            columns["sentence"].append(int(label["sentence"]))
            text = label["text"]
            columns["text"].append(perturbed(text, words, chance) if copy else text)
    table = pa.table(columns)
    pyarrow.csv.write_csv(table, folder / "sentences.csv")
    parts = folder / "sentences"
    parts.mkdir(exist_ok=True)
    size = -(-table.num_rows // PARTS)
    for part in range(PARTS):
        pq.write_table(table.slice(part * size, size), parts / f"{part:03}.parquet")
    return table.num_rows


def perturbed(text: str, words: list[str], chance: random.Random) -> str:
    """The sentence with a word less, two words exchanged, and a word of another sentence."""
    tokens = text.split()
    if len(tokens) > 3:
        del tokens[chance.randrange(1, len(tokens) - 1)]
        at = chance.randrange(1, len(tokens) - 1)
        tokens[at], tokens[at - 1] = tokens[at - 1], tokens[at]
        tokens.insert(at, chance.choice(words))
    return " ".join(tokens)


def by_command(options: argparse.Namespace, threads: int, tagged: Path, rows: int) -> Run:
    command = [options.program, "tag", "--sentences", options.folder / "sentences.csv"]
    command += ["--format", "csv", "--output", tagged, "--threads", str(threads)]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True)
    seconds = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(f"command line, {threads} thread{'s' * (threads > 1)}", seconds, cpu, rows, "")


def by_spark(
    options: argparse.Namespace, executors: int, killed: bool, expected: pa.Table, key: str
) -> Run:
    out = str(options.folder / "by_spark")
    with cluster(f"local-cluster[{executors},1,1536]", **SETTINGS) as spark:
        frame = spark.read.parquet(str(options.folder / "sentences"))
        order = {"sequence": key, "order": "row"} if options.documents else {}
        counters = Observation()
        tagged = stance.spark.tag(frame, observation=counters, **order)
        writer = tagged.write.mode("overwrite")
        # The executors are up before the clock runs, as on a cluster.
        spark.range(100, numPartitions=8).foreach(lambda _: None)
        start = time.monotonic()
        if killed:
            with losing_an_executor(spark, after_tasks=PARTS // 3) as victims:
                writer.parquet(out)
            assert victims, "nobody was killed"
        else:
            writer.parquet(out)
        seconds = time.monotonic() - start
        cpu = cpu_seconds(spark)
        rows = counters.get["rows"]
    name = f"Spark, {executors} executor{'s' * (executors > 1)}{', one killed' * killed}"
    differing = differences(pq.read_table(out), expected)
    assert rows == expected.num_rows, "the counters count each row once"
    return Run(name, seconds, cpu, rows, str(differing))


def read_tags(path: Path) -> pa.Table:
    """The columns of tags that the command line wrote, in the order of the rows."""
    return pyarrow.csv.read_csv(path).sort_by("row")


def differences(found: pa.Table, expected: pa.Table) -> int:
    """How many rows have a cell that is not the same to the bit."""
    found = found.sort_by("row")
    differing = {at for at in range(abs(found.num_rows - expected.num_rows))}
    for name in expected.column_names:
        cells = zip(found.column(name).to_pylist(), expected.column(name).to_pylist())
        differing.update(at for at, (a, b) in enumerate(cells) if cell(a) != cell(b))
    return len(differing)


def cell(value: object) -> object:
    """A cell as a CSV has it, where nothing is empty."""
    return "" if value is None else value


if __name__ == "__main__":
    main()
