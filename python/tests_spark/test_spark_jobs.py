"""What a job refuses and warns of: other rows, folders that exist, orders with ties, options without effect."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cluster import written
from pyspark.sql import SparkSession

from refrain_text.errors import RefrainError, WrongTypeError
from refrain_text.spark import clusters, dedup, pairs
from refrain_text.spark.__main__ import main
from refrain_text.spark.stages import Stages

TEXT = "The ferry to the island leaves at nine every morning, except on Sundays and on the days of the fair."


def write(path: Path, *texts: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts)))
    return path


def test_work_of_other_rows_is_refused(spark: SparkSession, tmp_path: Path) -> None:
    """A job that fails when it numbers the rows has claimed the folder, and takes little time."""
    work = str(tmp_path / "work")
    schema = "id long, text string, note string, tags map<string, int>"
    rows = [(1, TEXT, "a", {"x": 1}), (2, TEXT, None, None), (3, "Bicycles travel free.", "b", None)]
    # The same rows in other partitions are the same job.
    for partitions in (1, 3):
        frame = spark.createDataFrame(rows, schema).repartition(partitions)
        with pytest.raises(RefrainError, match=r"the column `note` for the order is null in 1 row; give each row"):
            pairs(frame, work=work, order="note")
    other = "belongs to another job; it differs in: "
    for changed, differs in (
        ([rows[0], rows[1], (3, "Bicycles travel free!", "b", None)], "rows;"),
        ([rows[0], rows[1], (3, "Bicycles travel free.", "c", None)], "rows;"),
        ([rows[0], rows[1], (4, "Bicycles travel free.", "b", None)], "rows;"),
        (rows[:2], "number of rows, rows;"),
    ):
        with pytest.raises(RefrainError, match=other + differs):
            pairs(spark.createDataFrame(changed, schema), work=work, order="note")
    with pytest.raises(RefrainError, match=other + "schema"):
        pairs(frame.drop("tags"), work=work, order="note")


def test_work_of_other_files_is_refused(
    spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    input = write(tmp_path / "in put" / "a 1%.jsonl", TEXT, "")
    # Each run ends at a line that is no record, if it is let begin.
    input.write_text(input.read_text() + "[]\n")
    arguments = ["pairs", str(input.parent), str(tmp_path / "out"), "--work", str(tmp_path / "work")]
    assert main(arguments) == 2
    assert "an array, not an object" in capsys.readouterr().err
    before = input.stat()
    good = input.read_bytes()
    input.write_bytes(good.replace(b"ferry", b"barge"))
    os.utime(input, ns=(before.st_atime_ns, before.st_mtime_ns + 10**10))
    assert main(arguments) == 2
    assert "another job; it differs in: names and times of files;" in capsys.readouterr().err
    input.write_bytes(good)
    os.utime(input, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert main(arguments) == 2
    assert "an array, not an object" in capsys.readouterr().err
    write(input.parent / "b.jsonl", TEXT)
    assert main(arguments) == 2
    assert "differs in: bytes of files, names and times of files, number of files;" in capsys.readouterr().err


def test_folders_that_exist(spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    input = write(tmp_path / "in" / "a.jsonl", TEXT, TEXT)
    out, removed, work = (tmp_path / name for name in ("out", "removed", "work"))
    for exists, what in ((out, "OUT"), (removed, "--removed")):
        exists.mkdir()
        for kept in ([], ["--work", str(work)]):
            assert main(["dedup", str(input), str(out), "--removed", str(removed), *kept]) == 2
            message = f"error: {what} {exists} exists already; give another folder, or remove it\n"
            assert message in capsys.readouterr().err
        # No stage was made.
        assert not (work / "records").exists()
        exists.rmdir()
    for same in (str(out), f"{out}/"):
        assert main(["dedup", str(input), str(out), "--removed", same]) == 2
        assert "OUT and --removed are the same folder" in capsys.readouterr().err


def test_a_job_replaces_only_what_it_began(spark: SparkSession, tmp_path: Path) -> None:
    frame = spark.range(3).selectExpr("CAST(id AS STRING) AS value")
    out = tmp_path / "out"
    stages = Stages(spark, str(tmp_path / "work"), {})

    def write(mode: str) -> None:
        frame.write.mode(mode).text(str(out))

    def fail(mode: str) -> None:
        # As a job that is ended while it writes.
        write(mode)
        (out / "_SUCCESS").unlink()
        raise KeyboardInterrupt

    out.mkdir()
    with pytest.raises(RefrainError, match=rf"^OUT {out} exists already; give another folder, or remove it$"):
        stages.outputs({str(out): "OUT"})
    out.rmdir()
    assert stages.outputs({str(out): "OUT"}) == set()
    with pytest.raises(KeyboardInterrupt):
        stages.write(str(out), fail)
    stages = Stages(spark, str(tmp_path / "work"), {})
    assert stages.outputs({str(out): "OUT"}) == set()
    stages.write(str(out), write)
    assert written(out).split() == [b"0", b"1", b"2"]
    stages = Stages(spark, str(tmp_path / "work"), {})
    assert stages.outputs({f"{out}/": "OUT"}) == {f"{out}/"}
    # Another job has written there since.
    at = (out / "_SUCCESS").stat().st_mtime_ns + 10**10
    os.utime(out / "_SUCCESS", ns=(at, at))
    with pytest.raises(RefrainError, match=r"exists already"):
        stages.outputs({str(out): "OUT"})


def test_an_order_has_each_value_once(spark: SparkSession) -> None:
    frame = spark.createDataFrame(
        [(number, TEXT, number % 38 // 2 * 2) for number in range(40)], "id int, text string, at int"
    )
    message = r"the column `at` for the order must have each value once, but 21 rows repeat .* value is 0$"
    with pytest.raises(RefrainError, match=message):
        pairs(frame.repartition(3), order="at")


def test_equal_ids(spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = ["é", "b", 1, "b", "1", "é", "b"]
    input = tmp_path / "in.jsonl"
    input.write_text("".join(json.dumps({"id": id, "text": TEXT}, ensure_ascii=False) + "\n" for id in ids))
    assert main(["pairs", str(input), str(tmp_path / "out"), "--quiet"]) == 0
    message = '3 records repeat the id of an earlier record; the first such id is "b"'
    says = f"warning: {input}: {message}\n"
    assert says in capsys.readouterr().err
    done = subprocess.run([os.environ["REFRAIN_COMMAND"], "pairs", "-q", input], capture_output=True, check=True)
    assert done.stderr.decode() == says


def test_options_without_effect(spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = spark.createDataFrame([(1, TEXT)], "id long, text string")
    calls: list[tuple[Any, str, Any, str]] = [
        (pairs, "keep", "longest", "keep has no effect on pairs; it is for dedup"),
        (pairs, "group", "components", "group has no effect on pairs; it is for clusters and dedup"),
        (clusters, "keep", "last", "keep has no effect on clusters; it is for dedup"),
        (clusters, "copies", 3, "copies has no effect on clusters; it is for pairs"),
        (dedup, "copies", 3, "copies has no effect on dedup; it is for pairs"),
        (dedup, "max_pairs", 3, "max_pairs has no effect on dedup; it is for pairs"),
    ]
    for function, option, value, message in calls:
        with pytest.raises(RefrainError, match=f"^{message}$"):
            function(frame, **{option: value})
    for arguments, message in (
        (["pairs", "--keep", "first"], "--keep is for dedup"),
        (["clusters", "--keep", "first"], "--keep is for dedup"),
        (["dedup", "--copies", "3"], "--copies is for pairs"),
        (["clusters", "--max-pairs-per-paragraph", "3"], "--max-pairs-per-paragraph is for pairs"),
    ):
        assert main([arguments[0], "in.jsonl", str(tmp_path / "out"), *arguments[1:]]) == 2
        assert capsys.readouterr().err == f"error: {message}\n"
    wrong: dict[str, Any] = {"keep": 3, "group": None, "order": 1, "column": None, "work": tmp_path}
    for name, value in wrong.items():
        with pytest.raises(WrongTypeError, match=f"^{name} must be a string, got "):
            dedup(frame, **{name: value})
    other: Any
    for other, name in (([TEXT], "list"), (None, "NoneType"), (frame.toPandas(), r"pandas\.\S+")):
        message = rf"the frame must be a pyspark\.sql\.DataFrame of classic Spark, got {name};"
        with pytest.raises(WrongTypeError, match=message):
            pairs(other)
