"""The job decides as the command does, byte for byte, however the work is spread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cluster import written
from corpora import records, write_lines
from pyspark.sql import SparkSession

from refrain_text.spark.__main__ import main

Command = Callable[..., bytes]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So few paragraphs that the search is exact: all of them are crowded."""
    return write_lines(tmp_path_factory.mktemp("small") / "small.jsonl", records(2500, 7))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many paragraphs that the search is banded, with crowds."""
    return write_lines(tmp_path_factory.mktemp("large") / "large.jsonl", records(14_000, 8))


def dedup(input: Path, folder: Path, *options: str) -> tuple[bytes, bytes]:
    """The thinned corpus and the removals, by the job in the session of this process."""
    arguments = [
        "dedup",
        str(input),
        str(folder / "kept"),
        "--removed",
        str(folder / "removed"),
        *options,
    ]
    assert main(arguments) == 0
    return written(folder / "kept"), written(folder / "removed")


def expected(command: Command, input: Path, folder: Path, *options: str) -> tuple[bytes, bytes]:
    kept, removed = folder / "kept.jsonl", folder / "removed.jsonl"
    command("dedup", "--quiet", *options, "-o", kept, "--removed", removed, input)
    return kept.read_bytes(), removed.read_bytes()


OPTIONS = [
    (),
    ("--keep", "longest", "--threshold", "0.6"),
    ("--keep", "field:score", "--merge-numbers", "--min-paragraph-tokens", "20"),
    ("--keep", "last", "--shingle", "chars:5", "--paragraphs", "line"),
]


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: " ".join(options) or "defaults")
def test_options_mean_the_same(
    command: Command,
    spark: SparkSession,
    small: Path,
    tmp_path: Path,
    options: tuple[str, ...],
) -> None:
    kept, removed = expected(command, small, tmp_path, *options)
    assert len(removed.splitlines()) > 200
    assert dedup(small, tmp_path, *options) == (kept, removed)


@pytest.mark.parametrize(
    ("options", "spread", "partitions"),
    [
        ((), ("--few-pairs", "0"), 7),
        (("--keep", "last"), ("--few-pairs", "0", "--rounds", "1"), 1),
        (("--merge-numbers",), (), 3),
    ],
    ids=("rounds, 7 partitions", "one round, 1 partition", "one task, 3 partitions"),
)
def test_bands_rounds_and_partitions_change_nothing(
    command: Command,
    spark: SparkSession,
    large: Path,
    tmp_path: Path,
    options: tuple[str, ...],
    spread: tuple[str, ...],
    partitions: int,
) -> None:
    spark.conf.set("spark.sql.shuffle.partitions", partitions)
    spark.conf.set("spark.sql.files.maxPartitionBytes", 8_000_000 // partitions)
    try:
        kept, removed = expected(command, large, tmp_path, *options)
        assert len(removed.splitlines()) > 2000
        assert dedup(large, tmp_path, *options, *spread) == (kept, removed)
    finally:
        spark.conf.set("spark.sql.shuffle.partitions", 4)
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
