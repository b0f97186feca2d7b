"""Puts QuaPy's figures beside those of stance: shares, intervals and verdicts on the same samples.

usage: python3 examples/prevalence/quapy_beside.py [--bootstrap N] [--pairs N] [ARGUMENT ...]

Installs QuaPy (https://github.com/HLT-ISTI/QuaPy) from the package index into target/quapy, runs
the example `prevalence` with the other arguments, and gives QuaPy the held-out probabilities that
stance was given: its quantifiers are fitted on the rows that stance takes its error rates from,
and its intervals are those of its own bootstrap of the test sentences.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "prevalence"
PYTHON = ROOT / "target" / "quapy" / "bin" / "python"
QUAPY = "quapy==0.2.3"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--bootstrap", type=int, default=100, help="bootstrap samples [100]")
    parser.add_argument("--pairs", type=int, default=60, help="pairs of authors for QuaPy [60]")
    arguments, rest = parser.parse_known_args()
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", PYTHON.parents[1]], check=True)
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", QUAPY]
        subprocess.run(pip, check=True)
    build = ["cargo", "run", "--quiet", "--release", "--locked", "--example", "prevalence", "--"]
    subprocess.run([*build, "--write", WORK, *rest], cwd=ROOT, check=True, stdout=sys.stderr)
    measure = [PYTHON, Path(__file__).with_name("quapy_measure.py"), WORK]
    subprocess.run([*measure, str(arguments.bootstrap), str(arguments.pairs)], check=True)


if __name__ == "__main__":
    main()
