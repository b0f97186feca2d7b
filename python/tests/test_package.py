"""The package itself: its manual, its types, what it brings and what it needs."""

from __future__ import annotations

import doctest
import importlib.metadata
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import stance

FOLDER = Path(__file__).resolve().parents[1]


def test_the_manual_is_true(root, tmp_path, monkeypatch):
    (tmp_path / "data").symlink_to(root / "data")
    monkeypatch.chdir(tmp_path)
    text = (root / "docs" / "python.md").read_text()
    blocks = re.findall(r"^```pycon\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert text.count("```") // 2 == len(blocks) + 1, "blocks that are not tried"
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    manual = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "python.md", None, 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=flags).run(manual, out=said.append)
    assert not said, "".join(said)


@pytest.mark.parametrize("tool", ["mypy", "mypy.stubtest"])
def test_types_are_those_of_the_code(tool, tmp_path):
    settings = FOLDER / "pyproject.toml"
    call = {
        "mypy": ["--config-file", settings, "--cache-dir", tmp_path, "-p", "stance"],
        "mypy.stubtest": ["stance._stance", "--mypy-config-file", settings],
    }
    command = [sys.executable, "-m", tool, *call[tool]]
    checked = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_everything_public_is_described():
    for name in stance.__all__:
        thing = getattr(stance, name)
        assert inspect.getdoc(thing), name
        if not inspect.isclass(thing) or issubclass(thing, Exception):
            continue
        for method, value in vars(thing).items():
            if not method.startswith("_") and callable(getattr(thing, method)):
                assert inspect.getdoc(value), f"{name}.{method}"


def test_it_requires_nothing_and_carries_its_licences():
    meta = importlib.metadata.metadata("stance")
    required = importlib.metadata.requires("stance") or []
    assert all("extra ==" in requirement for requirement in required)
    assert meta["License-Expression"] == "MIT OR Apache-2.0"
    files = {file.name for file in importlib.metadata.files("stance") or ()}
    assert {"LICENSE-APACHE", "LICENSE-MIT", "py.typed", "_stance.pyi"} <= files
    assert any(name.startswith("_stance.abi3") for name in files)
