"""What several tests need: the command line, and files to tag."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import stance

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def command():
    """The program, as a function of its arguments that gives standard output."""
    built = (ROOT / "target" / profile / "stance" for profile in ("release", "debug"))
    named = os.environ.get("STANCE_PROGRAM")
    program = Path(named) if named else next((path for path in built if path.exists()), None)
    if program is None:
        pytest.skip("skipped: no command line to compare with (cargo build --release)")

    def run(*arguments: object) -> str:
        ran = subprocess.run(
            [program, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return run


@pytest.fixture(scope="session")
def model() -> stance.Model:
    """The model that comes with the package."""
    return stance.Model.load()
