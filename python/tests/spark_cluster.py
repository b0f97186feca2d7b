"""A cluster of two executors on this machine, and how to lose one of them."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyspark.sql import SparkSession

#: Two executors with one core and a GiB each.
MASTER = "local-cluster[2,1,1024]"


@contextmanager
def cluster(master: str = MASTER, **settings: str) -> Iterator[SparkSession]:
    """A session whose workers run this Python."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(master).appName("stance")
    given = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "1g",
        "spark.sql.shuffle.partitions": "2",
        **settings,
    }
    for name, value in given.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    try:
        yield spark
    finally:
        spark.stop()


def executors(spark: SparkSession) -> list[int]:
    """The processes of the executors: Java, and children of the driver's."""
    driver = spark.sparkContext._gateway.proc.pid
    running = processes().items()
    return [pid for pid, process in running if process.parent == driver and process.executes]


@dataclass(frozen=True)
class Process:
    parent: int
    executes: bool
    cpu_seconds: float


def processes() -> dict[int, Process]:
    """All that run, by their number (`man 5 proc`)."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            executes = "CoarseGrainedExecutorBackend" in (folder / "cmdline").read_text()
        except OSError:
            continue
        ticks = sum(map(int, fields[11:15]))
        cpu_seconds = ticks / os.sysconf("SC_CLK_TCK")
        found[int(folder.name)] = Process(int(fields[1]), executes, cpu_seconds)
    return found


def cpu_seconds(spark: SparkSession) -> float:
    """What the executors that are still there and their workers have computed so far."""
    running = processes()
    family, grown = set(executors(spark)), 0
    while len(family) > grown:
        grown = len(family)
        family |= {pid for pid, process in running.items() if process.parent in family}
    return sum(running[pid].cpu_seconds for pid in family if pid in running)


@contextmanager
def losing_an_executor(spark: SparkSession, after_tasks: int) -> Iterator[list[int]]:
    """Kills an executor as soon as a stage has completed so many tasks; gives whom it killed."""
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        tracker = spark.sparkContext.statusTracker()
        while not over.is_set():
            stages = map(tracker.getStageInfo, tracker.getActiveStageIds())
            if any(stage and stage.numCompletedTasks >= after_tasks for stage in stages):
                victim = executors(spark)[0]
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)
                return
            time.sleep(0.05)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        over.set()
        killer.join()
