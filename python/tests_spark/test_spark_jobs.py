"""What a job refuses, warns of and keeps: other rows, folders that exist, an order with ties, options without effect."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cluster import written
from pyspark.sql import SparkSession

from refrain_text.errors import RefrainError
from refrain_text.spark import pairs
from refrain_text.spark.__main__ import main

TEXT = "The ferry to the island leaves at nine every morning, except on Sundays and on the days of the fair."


def write(path: Path, *texts: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts)))
    return path


def test_work_of_other_rows_is_refused(spark: SparkSession, tmp_path: Path) -> None:
    work = str(tmp_path / "work")
    schema = "id long, text string, note string, tags map<string, int>"
    rows = [(1, TEXT, "a", {"x": 1}), (2, TEXT, None, None), (3, "Bicycles travel free.", "b", None)]
    frame = spark.createDataFrame(rows, schema)
    assert pairs(frame, work=work, threshold=0.9).count() == 1
    # The same rows in other partitions.
    same = spark.createDataFrame(rows, schema).repartition(3)
    assert pairs(same, work=work, threshold=0.9).count() == 1
    other = "belongs to another job; it differs in: "
    for changed, differs in (
        ([rows[0], rows[1], (3, "Bicycles travel free!", "b", None)], "rows;"),
        ([rows[0], rows[1], (3, "Bicycles travel free.", "c", None)], "rows;"),
        ([rows[0], rows[1], (4, "Bicycles travel free.", "b", None)], "rows;"),
        (rows[:2], "number of rows, rows;"),
    ):
        with pytest.raises(RefrainError, match=other + differs):
            pairs(spark.createDataFrame(changed, schema), work=work, threshold=0.9)
    with pytest.raises(RefrainError, match=other + "schema"):
        pairs(frame.drop("tags"), work=work, threshold=0.9)


def test_work_of_other_files_is_refused(
    spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    input = write(tmp_path / "in put" / "a 1%.jsonl", TEXT, TEXT)
    arguments = ["pairs", str(input.parent), "--work", str(tmp_path / "work"), "--threshold", "0.9"]
    assert main([*arguments, str(tmp_path / "one")]) == 0
    assert main([*arguments, str(tmp_path / "two")]) == 0
    capsys.readouterr()
    before = input.stat()
    write(input, TEXT, TEXT.upper())
    os.utime(input, ns=(before.st_atime_ns, before.st_mtime_ns + 10**10))
    assert main([*arguments, str(tmp_path / "three")]) == 2
    assert "another job; it differs in: names and times of files;" in capsys.readouterr().err
    write(input, TEXT, TEXT)
    os.utime(input, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert main([*arguments, str(tmp_path / "three")]) == 0
    write(input.parent / "b.jsonl", TEXT)
    assert main([*arguments, str(tmp_path / "four")]) == 2
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


def test_a_job_replaces_only_what_it_began(
    spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    input = write(tmp_path / "in" / "a.jsonl", TEXT, TEXT, "Bicycles travel free.")
    out, removed, work = (tmp_path / name for name in ("out", "removed", "work"))
    arguments = ["dedup", str(input), str(out), "--removed", str(removed), "--work", str(work)]
    assert main(arguments) == 0
    expected = written(out), written(removed)
    assert all(expected)
    assert "seconds a stage: records " in capsys.readouterr().err
    # As if it had ended while it wrote OUT.
    noted = json.loads((work / "outputs.json").read_text())
    # Hadoop refuses files that do not fit their sums.
    (work / ".outputs.json.crc").unlink()
    (work / "outputs.json").write_text(json.dumps({place: noted[place] for place in noted if "removed" in place}))
    (out / "_SUCCESS").unlink()
    assert main(arguments) == 2
    assert f"OUT {out} exists already" in capsys.readouterr().err
    (work / "outputs.json").write_text(json.dumps(noted | {place: None for place in noted if place.endswith("/out")}))
    (out / "part-of-before").write_text("lines of a task that was not finished\n")
    before = (removed / "_SUCCESS").stat().st_mtime_ns
    assert main(arguments) == 0
    assert (written(out), written(removed)) == expected
    assert (removed / "_SUCCESS").stat().st_mtime_ns == before
    assert "all stages were kept from before\n" in capsys.readouterr().err
    # All is done.
    assert main(arguments) == 0
    # Another job has written there since.
    os.utime(out / "_SUCCESS", ns=(before, before + 10**12))
    assert main(arguments) == 2
    assert f"OUT {out} exists already" in capsys.readouterr().err
