"""What was measured: the figures that tables and bars are made of."""

from dataclasses import dataclass, field
from pathlib import Path

from measure import Command, Cost, Failed, median, run
from programs import Program

TOO_LONG = 20.0
"""Seconds; a command that takes longer is not run again."""


@dataclass
class Measured:
    """What a program took on one set; what it did not do is None."""

    program: Program
    accuracy: float | None = None
    failure: str | None = None
    runs: dict[str, list[Cost]] = field(default_factory=dict)

    def once_more(self, what: str, command: Command) -> None:
        """Runs a command, unless the program has failed or this command took too long."""
        before = self.runs.setdefault(what, [])
        if self.failure or (before and before[0].seconds > TOO_LONG):
            return
        try:
            before.append(run(command, self.program.threads))
        except Failed as failure:
            self.failure = str(failure)

    def cost(self, what: str) -> Cost | None:
        return median(self.runs[what]) if self.runs.get(what) else None

    def rate(self, text: Path) -> tuple[float, float] | None:
        """Megabytes of text a second, the start of the program counted and not counted."""
        start, lines = self.cost("start"), self.cost("lines")
        if start is None or lines is None:
            return None
        megabytes = text.stat().st_size / 1e6
        return megabytes / lines.seconds, megabytes / (lines.seconds - start.seconds)

    def model_mb(self) -> float:
        return self.program.model.stat().st_size / 1e6


@dataclass(frozen=True)
class Agreement:
    """The objectives at both solutions, on scikit-learn's own matrix."""

    terms: int
    terms_of_one_only: int
    scikit_learn: float
    stance: float
    iterations: int

    def difference(self) -> float:
        return (self.stance - self.scikit_learn) / self.scikit_learn


@dataclass(frozen=True)
class Solved:
    """Seconds of a trainer alone, on vectors that are there, and the objective it reached."""

    name: str
    seconds: float
    objective: float


@dataclass(frozen=True)
class Results:
    """All that was measured on one set."""

    set: str
    folder: Path
    programs: list[Measured]
    on_one_core: list[Measured]
    agreement: Agreement | None
    solvers: list[Solved]

    def text(self) -> Path:
        return self.folder / "lines.txt"
