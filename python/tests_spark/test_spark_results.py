"""Pairs and clusters, files of Parquet and data frames, real texts and many paragraphs: as the command does it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cluster import Cluster, written
from corpora import paragraphs, records, write_lines
from pyspark.sql import Row, SparkSession

from refrain_text.spark import clusters, dedup, pairs
from refrain_text.spark.__main__ import main

Command = Callable[..., bytes]


def lines(output: bytes) -> list[Any]:
    return [json.loads(line) for line in output.splitlines()]


def plain(value: Any) -> Any:
    """A row as JSON has it, without fields that are null."""
    if isinstance(value, Row):
        return {name: plain(value[name]) for name in value.__fields__ if value[name] is not None}
    return [plain(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("count", "options"),
    [
        (1500, ("--copies", "3")),
        (1500, ("--threshold", "0.7", "--max-pairs-per-paragraph", "2")),
        (14_000, ("--threshold", "0.8", "--max-pairs-per-paragraph", "5")),
    ],
    ids=("few copies", "few pairs", "bands"),
)
def test_pairs(
    command: Command,
    spark: SparkSession,
    tmp_path: Path,
    count: int,
    options: tuple[str, ...],
) -> None:
    input = write_lines(tmp_path / "corpus.jsonl", records(count, 31))
    expected = command("pairs", "--quiet", *options, input)
    assert len(expected.splitlines()) > 500
    assert main(["pairs", str(input), str(tmp_path / "pairs"), *options]) == 0
    assert written(tmp_path / "pairs") == expected


def test_clusters(command: Command, spark: SparkSession, tmp_path: Path) -> None:
    input = write_lines(tmp_path / "corpus.jsonl", records(2000, 32))
    expected = command("clusters", "--quiet", "--threshold", "0.6", "--id-field", "line", input)
    assert len(expected.splitlines()) > 30
    options = ["--threshold", "0.6", "--id-field", "line"]
    assert main(["clusters", str(input), str(tmp_path / "clusters"), *options]) == 0
    assert written(tmp_path / "clusters") == expected


def test_parquet_and_data_frames(command: Command, spark: SparkSession, tmp_path: Path) -> None:
    rows = [{"id": number, "text": row["text"], "score": number % 17} for number, row in enumerate(records(2000, 33))]
    input = tmp_path / "corpus.jsonl"
    input.write_text("".join(json.dumps(row) + "\n" for row in rows))
    options = ("--quiet", "--keep", "field:score")
    kept, removed = tmp_path / "kept.jsonl", tmp_path / "removed.jsonl"
    command("dedup", *options, "-o", kept, "--removed", removed, input)
    schema = "id long, text string, score int"
    frame = spark.createDataFrame([tuple(row.values()) for row in rows], schema)
    # As files, whose rows have an order, and shuffled, with a column for the order.
    frame.coalesce(1).write.parquet(str(tmp_path / "corpus.parquet"))
    arguments = [
        "dedup",
        str(tmp_path / "corpus.parquet"),
        str(tmp_path / "kept"),
        "--removed",
        str(tmp_path / "removed"),
    ]
    assert main([*arguments, *options]) == 0
    by_file = spark.read.parquet(str(tmp_path / "kept")).orderBy("id").collect()
    assert [plain(row) for row in by_file] == lines(kept.read_bytes())
    by_file = spark.read.parquet(str(tmp_path / "removed")).orderBy("id", "span").collect()
    assert [plain(row) for row in by_file] == lines(removed.read_bytes())
    random.Random(1).shuffle(rows)
    shuffled = spark.createDataFrame([tuple(row.values()) for row in rows], schema)
    thinned = dedup(shuffled, order="id", keep="field:score")
    assert [plain(row) for row in thinned.kept.collect()] == lines(kept.read_bytes())
    assert [plain(row) for row in thinned.removed.collect()] == lines(removed.read_bytes())
    assert thinned.kept.schema.simpleString() == shuffled.schema.simpleString()
    for task, function in (("pairs", pairs), ("clusters", clusters)):
        found = function(shuffled, order="id", threshold=0.7)
        expected = lines(command(task, "--quiet", "--threshold", "0.7", input))
        assert len(expected) > 20
        assert [plain(row) for row in found.collect()] == expected


def test_licences(command: Command, spark: SparkSession, tmp_path: Path) -> None:
    """Versions of licences, with very many near-duplicates."""
    input = Path(__file__).parents[3] / "shared" / "data" / "licences" / "docs.jsonl"
    if not input.exists():
        pytest.skip("the licences in ../shared/data are missing")
    options = ("--min-paragraph-tokens", "5", "--threshold", "0.6")
    kept, removed = tmp_path / "kept.jsonl", tmp_path / "removed.jsonl"
    command("dedup", "--quiet", *options, "-o", kept, "--removed", removed, input)
    assert len(removed.read_bytes().splitlines()) > 100
    arguments = [
        "dedup",
        str(input),
        str(tmp_path / "kept"),
        "--removed",
        str(tmp_path / "removed"),
    ]
    assert main([*arguments, *options]) == 0
    assert written(tmp_path / "kept") == kept.read_bytes()
    assert written(tmp_path / "removed") == removed.read_bytes()


def test_100_000_paragraphs(command: Command, spark: SparkSession, tmp_path: Path) -> None:
    input = tmp_path / "corpus.jsonl"
    with input.open("w", encoding="utf-8") as output:
        for number, text in enumerate(paragraphs(100_000, 34)):
            output.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
    kept, removed = tmp_path / "kept.jsonl", tmp_path / "removed.jsonl"
    command("dedup", "--quiet", "-o", kept, "--removed", removed, input)
    assert len(removed.read_bytes().splitlines()) > 10_000
    arguments = [
        "dedup",
        str(input),
        str(tmp_path / "kept"),
        "--removed",
        str(tmp_path / "removed"),
    ]
    assert main([*arguments, "--few-pairs", "0"]) == 0
    assert written(tmp_path / "kept") == kept.read_bytes()
    assert written(tmp_path / "removed") == removed.read_bytes()


def test_the_program_in_the_readme_runs_as_it_stands(cluster: Cluster, tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    program = text.partition("```python pyspark\n")[2].partition("```")[0]
    environment = {**cluster.environment(), "PYTHONWARNINGS": "ignore"}
    (tmp_path / "program.py").write_text(program)
    done = subprocess.run(
        [sys.executable, "program.py"],
        cwd=tmp_path,
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().splitlines() == [program.partition(")  # ")[2].strip()]
    # The folder with the stages is gone.
    assert [path.name for path in tmp_path.glob("spark-warehouse/*")] == []
