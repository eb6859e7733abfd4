"""The types that the package declares."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def run(*arguments: str) -> str:
    """Runs a module of Python and returns what it prints."""
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=HERE, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_what_users_write_has_the_types_that_are_declared(tmp_path):
    strict = ["mypy", "--strict", "--python-version", "3.10", f"--cache-dir={tmp_path}"]
    assert run(*strict, "typed.py") == "Success: no issues found in 1 source file\n"
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "import refrain_text as refrain\n"
        "refrain.Detector(threshold='high')\n"
        "refrain.Detector(profile='essay')\n"
        "refrain.Detector().check(b'abc')\n"
        "refrain.Detector().check('a').findings[0].spam\n",
        encoding="utf-8",
    )
    told = run(*strict, str(wrong))
    assert [line.split(":")[1] for line in told.splitlines()[:-1]] == ["2", "3", "4", "5"], told


def test_the_package_itself_has_no_errors_of_types(tmp_path):
    arguments = ["--strict", "--ignore-missing-imports", f"--cache-dir={tmp_path}", "-p", "refrain_text"]
    assert run("mypy", *arguments).startswith("Success"), run("mypy", *arguments)


def test_the_stub_is_that_of_the_compiled_part():
    assert run("mypy.stubtest", "refrain_text._refrain").startswith("Success"), run(
        "mypy.stubtest", "refrain_text._refrain"
    )
