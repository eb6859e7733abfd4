"""What the documentation shows runs as it stands."""

from __future__ import annotations

import doctest
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DATA, REPOSITORY

import refrain_text

README = REPOSITORY / "python" / "README.md"
MODULES = ["refrain_text", "refrain_text.detector", "refrain_text.index", "refrain_text.report"]


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_the_documentation_of(module):
    failed, tried = doctest.testmod(importlib.import_module(module))
    assert failed == 0
    assert tried > 0 or module == "refrain_text.report"


def test_every_public_thing_is_documented():
    missing = []
    for name in refrain_text.__all__:
        thing = getattr(refrain_text, name)
        if not isinstance(thing, type):
            continue
        attributes = [thing, *(value for key, value in vars(thing).items() if not key.startswith("_"))]
        documented = [value for value in attributes if callable(value) or isinstance(value, property)]
        missing += [f"{name}: {value}" for value in documented if not getattr(value, "__doc__", None)]
    assert missing == []


def code(name: str) -> list[tuple[str, str]]:
    """The programs of a page, each with what stands behind `python` in its first line, such as the packages it needs."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    return re.findall(r"^```python *(.*?)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


PROGRAMS = [
    pytest.param(needs, program, id=f"{name}-{place}")
    for name in ["python/README.md", "README.md"]
    for place, (needs, program) in enumerate(code(name))
]


@pytest.mark.parametrize(("needs", "program"), PROGRAMS)
def test_programs_of_the_pages_run_as_they_stand(needs, program, tmp_path):
    for package in needs.split():
        pytest.importorskip(package)
    for name in ["article.txt", "canal.txt", "canal_reworded.txt"]:
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    environment = {**os.environ, "PYTHONWARNINGS": "error::DeprecationWarning:__main__,always::ResourceWarning"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    # Such a warning cannot be made an error: it comes where no exception can be raised.
    assert "<string>" not in done.stderr or "ResourceWarning" not in done.stderr, done.stderr
    # What a line prints stands behind it, if it is said.
    said = re.findall(r"print\(.*?\)  # (.*)$", program, re.MULTILINE)
    for line in said:
        assert line in done.stdout, done.stdout


def test_the_pages_have_programs():
    assert len(code("python/README.md")) >= 4
    assert Path(README).is_file()
