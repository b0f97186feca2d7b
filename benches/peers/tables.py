"""Results as Markdown."""

import os
import platform
import subprocess
from collections.abc import Iterable
from pathlib import Path

from measured import Agreement, Measured, Results, Solved
from programs import CORES, COST, PYTHON, ROOT


def heading(runs: int, notes: Iterable[str]) -> str:
    """The machine, the versions, and what was left out."""
    freeze = (PYTHON, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check")
    peers = ("scikit-learn", "numpy", "fasttext", "vowpalwabbit", "liblinear")
    versions = [line for line in said(*freeze).split() if line.startswith(peers)]
    facts = [
        f"{CORES} cores, {processor()}, {platform.system()} {platform.machine()}; "
        f"load before the start {os.getloadavg()[0]:.1f}",
        f"stance {said('git', 'describe', '--always', '--dirty').strip()}, "
        f"{said('rustc', '--version').strip()}, Python {platform.python_version()}, "
        f"{', '.join(versions)}",
        f"C = {COST}; medians of {runs} runs, the programs taking turns; whole processes",
        *notes,
    ]
    return "\n".join(["# stance and its peers", "", *(f"- {fact}" for fact in facts)])


def said(*command: str | Path) -> str:
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    return ended.stdout


def processor() -> str:
    with open("/proc/cpuinfo") as lines:
        names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
        return next(names, "unknown processor")


def of_set(results: Results) -> str:
    parts = [f"\n## {results.set}\n", main_table(results), "\nOn one core:\n", core_table(results)]
    if results.agreement:
        parts.append("\n" + agreement_line(results.agreement))
    if results.solvers:
        parts += ["\nThe trainers alone, on the same vectors:\n", solver_table(results.solvers)]
    return "\n".join(parts)


def main_table(results: Results) -> str:
    """Each figure, and in brackets how many times better stance's one fit is."""
    columns = ["program", "train s", "CPU s", "train MB", "accuracy"]
    columns += ["tag MB/s", "without start", "tag MB", "model MB"]
    base = results.programs[0]
    return table(columns, (row(one, base, results) for one in results.programs))


def core_table(results: Results) -> str:
    columns = ["program", "tag MB/s", "without start", "start s", "tag MB"]
    rows = []
    for one in results.on_one_core:
        rate, start, lines = one.rate(results.text()), one.cost("start"), one.cost("lines")
        if rate is None or start is None or lines is None:
            rows.append([one.program.name, one.failure or "–"])
            continue
        figures = [f"{rate[0]:.1f}", f"{rate[1]:.1f}", f"{start.seconds:.2f}"]
        rows.append([one.program.name, *figures, f"{lines.peak_mb:.0f}"])
    return table(columns, rows)


def row(one: Measured, base: Measured, results: Results) -> list[str]:
    train, base_train = one.cost("train"), base.cost("train")
    if one.failure or train is None or base_train is None:
        return [one.program.name, one.failure or "–"]
    cells = [
        one.program.name,
        times(train.seconds, base_train.seconds, "{:.2f}"),
        f"{train.cpu_seconds:.2f}",
        times(train.peak_mb, base_train.peak_mb),
        f"{one.accuracy:.4f}",
    ]
    rate, base_rate = one.rate(results.text()), base.rate(results.text())
    lines, base_lines = one.cost("lines"), base.cost("lines")
    if rate and base_rate and lines and base_lines:
        cells += [times(a, b, "{:.2f}", more=True) for a, b in zip(rate, base_rate, strict=True)]
        cells.append(times(lines.peak_mb, base_lines.peak_mb))
    else:
        cells += ["–"] * 3
    return [*cells, times(one.model_mb(), base.model_mb(), "{:.1f}")]


def times(figure: float, base: float, form: str = "{:.0f}", more: bool = False) -> str:
    """A figure and how many times better the base is; `more` where a high figure is good."""
    ratio = base / figure if more else figure / base
    return f"{form.format(figure)} ({ratio:.2g}×)"


def agreement_line(agreement: Agreement) -> str:
    return (
        f"Terms: {agreement.terms}, of which {agreement.terms_of_one_only} only one of the two "
        f"has. Objective on scikit-learn's matrix: stance {agreement.stance:.4f}, scikit-learn "
        f"{agreement.scikit_learn:.4f} after {agreement.iterations} iterations: "
        f"{agreement.difference():+.1e}."
    )


def solver_table(solvers: list[Solved]) -> str:
    base = solvers[0]
    rows = [
        [
            one.name,
            times(one.seconds, base.seconds, "{:.3f}"),
            f"{one.objective:.4f} ({(one.objective - base.objective) / base.objective:+.1e})",
        ]
        for one in solvers
    ]
    return table(["trainer", "s", "objective"], rows)


def table(columns: list[str], rows: Iterable[list[str]]) -> str:
    """Short rows are filled up."""
    filled = [row + [""] * (len(columns) - len(row)) for row in rows]
    rule = ["---"] + ["---:"] * (len(columns) - 1)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [columns, rule, *filled])
