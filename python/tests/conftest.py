"""What several tests need: the command to compare with, texts, and a corpus."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from generator import Record, records

REPOSITORY = Path(__file__).parents[2]
DATA = REPOSITORY / "tests" / "data"


@pytest.fixture(scope="session")
def command() -> Callable[..., bytes]:
    """Runs the command `refrain` that cargo built, and returns what it prints on standard output."""
    path = os.environ.get("REFRAIN_COMMAND")
    if path is None:
        pytest.fail("REFRAIN_COMMAND must be the path of the command to compare with; `cargo xtask test` sets it")

    def run(*arguments: str | Path, cwd: Path = DATA, input: bytes | None = None) -> bytes:
        done = subprocess.run([path, *map(str, arguments)], cwd=cwd, input=input, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr.decode()
        return done.stdout

    return run


@pytest.fixture(scope="session")
def article() -> str:
    return (DATA / "article.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def corpus() -> list[Record]:
    """Records of one to three paragraphs, a third of them edited copies."""
    return records(1500, seed=1)


@pytest.fixture(scope="session")
def write_records(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Record]], Path]:
    """Writes records as JSON Lines."""

    def write(all_records: list[Record]) -> Path:
        path = tmp_path_factory.mktemp("records") / "records.jsonl"
        lines = (json.dumps(record, ensure_ascii=False) for record in all_records)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def json_line(value: Any) -> str:
    """A value as the command writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
