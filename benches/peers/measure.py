"""Seconds and peak memory of whole processes."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Command = list[str | Path]


@dataclass(frozen=True)
class Cost:
    """What one process took, and what it printed."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    printed: str


class Failed(Exception):
    """A command ended with an error; its last words."""


def run(command: Command, threads: int | None = None) -> Cost:
    """Runs a command to its end.

    Linux counts the memory of the process that starts another towards the other's peak, so
    nothing here may be large: the driver holds no data and imports nothing but the standard
    library, and no figure below its own 20 MB can be told from it.
    """
    environment = dict(os.environ)
    if threads is not None:
        for name in ("RAYON", "OMP", "OPENBLAS"):
            environment[f"{name}_NUM_THREADS"] = str(threads)
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=printed, stderr=said, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        said.seek(0)
        if process.returncode != 0:
            words = said.read().decode(errors="replace").split("\n")
            last = next((line for line in reversed(words) if line.strip()), "no word")
            raise Failed(f"ended with {process.returncode}: {last}")
        cpu = usage.ru_utime + usage.ru_stime
        return Cost(seconds, cpu, usage.ru_maxrss * 1024 / 1e6, printed.read().decode())


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure; what the last one printed."""
    return Cost(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.cpu_seconds for cost in costs),
        statistics.median(cost.peak_mb for cost in costs),
        costs[-1].printed,
    )
