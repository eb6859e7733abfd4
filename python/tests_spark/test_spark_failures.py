"""A lost worker, a job that is resumed, and input that is wrong: the same result, or an error that says why."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cluster import Cluster, job_process, run_job, written
from corpora import records, write_lines
from pyspark.sql import SparkSession

from refrain_text.errors import RefrainError, WrongTypeError
from refrain_text.spark import JobError, clusters, dedup, pairs
from refrain_text.spark.__main__ import main

Command = Callable[..., bytes]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("corpus") / "corpus.jsonl", records(13_000, 21))


def test_a_worker_is_killed(command: Command, corpus: Path, tmp_path: Path) -> None:
    """Its shuffle files and its half-done tasks are lost; the other worker does them again."""
    command(
        "dedup",
        "--quiet",
        "-o",
        tmp_path / "kept.jsonl",
        "--removed",
        tmp_path / "removed.jsonl",
        corpus,
    )
    cluster = Cluster(tmp_path)
    try:
        kept, removed, work = (tmp_path / name for name in ("kept", "removed", "work"))
        job = job_process(
            cluster,
            "dedup",
            corpus,
            kept,
            "--removed",
            removed,
            "--work",
            work,
            "--few-pairs",
            "0",
        )
        end = time.monotonic() + 120
        while not (work / "groups" / "_SUCCESS").exists():
            assert job.poll() is None and time.monotonic() < end, job.communicate()[1].decode()
            time.sleep(0.05)
        cluster.kill_worker(0)
        says = job.communicate()[1].decode()
        assert job.returncode == 0, says
        assert written(kept) == (tmp_path / "kept.jsonl").read_bytes()
        assert written(removed) == (tmp_path / "removed.jsonl").read_bytes()
    finally:
        cluster.stop()


def test_a_job_goes_on_where_it_failed(
    command: Command,
    spark: SparkSession,
    cluster: Cluster,
    corpus: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command("dedup", "--quiet", "-o", tmp_path / "kept.jsonl", corpus)
    arguments = [
        "dedup",
        str(corpus),
        str(tmp_path / "kept"),
        "--work",
        str(tmp_path / "work"),
    ]
    assert main([*arguments, "--last-task-bytes", "1000"]) == 2
    assert "bytes of shingles are left for one task, which may hold 1000" in capsys.readouterr().err
    done = tmp_path / "work" / "paragraphs" / "_SUCCESS"
    before = done.stat().st_mtime_ns
    assert main([*arguments, "--threshold", "0.7"]) == 2
    assert "belongs to another job; it differs in: threshold" in capsys.readouterr().err
    # Another driver, with another number of executors.
    says = run_job(cluster, *arguments, **{"spark.cores.max": "1"})
    assert "settled" in says and "paragraphs" not in says.split("seconds a stage:")[1]
    assert done.stat().st_mtime_ns == before
    assert written(tmp_path / "kept") == (tmp_path / "kept.jsonl").read_bytes()
    # There is nothing left to do, and the output stays.
    capsys.readouterr()
    assert main(arguments) == 0
    assert "exact duplicates; all stages were kept from before\n" in capsys.readouterr().err


def test_lines_that_are_no_records(
    command: Command,
    spark: SparkSession,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    good = json.dumps(
        {
            "id": 1,
            "text": "The ferry to the island leaves at nine every morning, except on Sundays.",
        }
    )
    lines = {
        b'{"id": 2, "text": null}': "line 4, the field `text` is null, not a string",
        b'{"id": 2}': "line 4, ",
        b'{"id": 2, "text": "a \\ud800 b"}': "line 4, column ",
        b'{"id": 2, "text": "\xff"}': "line 4, column 20: invalid UTF-8",
        b"[]": "line 4, an array, not an object",
    }
    for number, (line, message) in enumerate(lines.items()):
        input = tmp_path / f"bad {number}.jsonl"
        input.write_bytes(good.encode() + b"\n\n" + good.encode() + b"\n" + line + b"\n" + good.encode())
        assert main(["dedup", str(input), str(tmp_path / "out")]) == 2
        assert message in capsys.readouterr().err, line
    kept = tmp_path / "kept"
    assert (
        main(
            [
                "dedup",
                str(input),
                str(kept),
                "--skip-bad",
                "--min-paragraph-tokens",
                "5",
            ]
        )
        == 0
    )
    assert written(kept).decode() == good + "\n"


def test_no_records(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "blank.jsonl").write_bytes(b"\n \n")
    for name in ("empty", "blank"):
        kept, removed = tmp_path / f"{name} kept", tmp_path / f"{name} removed"
        assert (
            main(
                [
                    "dedup",
                    str(tmp_path / f"{name}.jsonl"),
                    str(kept),
                    "--removed",
                    str(removed),
                ]
            )
            == 0
        )
        assert written(kept) == written(removed) == b""
    frame = spark.createDataFrame([], "id long, text string")
    thinned = dedup(frame)
    assert thinned.kept.count() == thinned.removed.count() == pairs(frame).count() == clusters(frame).count() == 0
    assert thinned.kept.columns == ["id", "text"]


def test_partitions_without_rows_and_ids_twice(spark: SparkSession) -> None:
    text = "The ferry to the island leaves at nine every morning, except on Sundays and on the days of the fair."
    rows = [("ü", text, 1), ("ü", text + "\n\nShare", 2), ("8", text, 3)]
    frame = spark.createDataFrame(rows, "id string, text string, place int").repartition(9, "id")
    with pytest.warns(
        UserWarning, match=r"^1 record repeats the id of an earlier record; the first such id is \"ü\"$"
    ) as warned:
        thinned = dedup(frame, order="place")
    assert [tuple(row) for row in thinned.kept.collect()] == [("ü", text, 1), ("ü", "Share", 2)]
    assert warned[0].filename == __file__
    removed = [(row.id, row.span, row.text, row.kept.id, row.resemblance) for row in thinned.removed.collect()]
    assert removed == [(row_id, [0, len(text)], text, "ü", 1.0) for row_id in ("ü", "8")]


def test_columns_of_other_types(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1, 2.5, "a text", None)], "id long, ratio double, text string, nothing string")
    with pytest.raises(
        RefrainError,
        match=r"there is no column `body` for the text; the columns are `id`, `ratio`",
    ):
        pairs(frame, column="body")
    with pytest.raises(WrongTypeError, match=r"the column `ratio` must hold strings, got double"):
        pairs(frame, column="ratio")
    with pytest.raises(
        WrongTypeError,
        match=r"the column `ratio` must hold strings or whole numbers, got double",
    ):
        pairs(frame, id="ratio")
    with pytest.raises(WrongTypeError, match=r"the column `text` must hold numbers, got string"):
        dedup(frame, keep="field:text", column="nothing")
    with pytest.raises(RefrainError, match=r"keep must be first, longest, last or field:NAME, got best"):
        dedup(frame, keep="best")
    with pytest.raises(RefrainError, match=r"threshold must be greater than 0 and at most 1, got 1.5"):
        pairs(frame, threshold=1.5)
    with pytest.raises(JobError, match=r"record 1: the text is null, not a string"):
        pairs(frame, column="nothing")
    with pytest.raises(
        JobError,
        match=r"record 1: the id in `nothing` is null, not a string or a number",
    ):
        pairs(frame, id="nothing")


def test_a_task_runs_out_of_memory(cluster: Cluster, tmp_path: Path) -> None:
    """One record is larger than what an executor has."""
    input = tmp_path / "large.jsonl"
    input.write_text(json.dumps({"id": 1, "text": "abcdefghij klmnopqrst uvwxyz " * 4_000_000}))
    says = run_job(cluster, "dedup", input, tmp_path / "kept", fails=True, **{"spark.task.maxFailures": "1"})
    assert "stage records: a task ran out of memory" in says
    assert not (tmp_path / "kept").exists()
