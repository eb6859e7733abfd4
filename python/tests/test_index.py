"""The index on disk."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import textwrap
import threading
import time
from decimal import Decimal

import datasets
import numpy
import pandas
import polars
import pyarrow
import pytest
from conftest import DATA
from generator import records

import refrain_text as refrain

OLD = "Die Fähre zur Insel fährt jeden Morgen um neun Uhr ab, außer an Sonntagen und bei dichtem Nebel über dem Sund."
NEW = f"🙂 Wie immer: {OLD} Der Kapitän geht im Mai in den Ruhestand, nach dreißig Jahren."


def test_what_was_published_is_found(tmp_path):
    path = tmp_path / "published.refrain"
    with refrain.Index.create(path) as index:
        assert index.add(OLD, id="old.txt", metadata={"date": "2024-05-06"}) == 1
        found = index.check(NEW)
        assert found and found.has_warnings and found.matches[0].stored.name == "old.txt"
        assert found.matches[0].stored.metadata == {"date": "2024-05-06"}
        run = found.matches[0].runs[0]
        assert run.span.of(NEW) == OLD.removesuffix(".")
        assert NEW.encode()[slice(*run.byte_span)] == run.span.of(NEW).encode()
        assert OLD.removesuffix(".") in [finding.span.of(NEW) for finding in found.matches[0].findings]
        assert not index.check("Nothing of this was said before, by nobody and nowhere.")
        assert not index.check(NEW, before=("date", "2024-05-06"))
        assert index.check(NEW, before=("date", "2024-05-07"))
        told = "left out 1 stored document that shares something, but has no number in the field `year`"
        with pytest.warns(refrain.UndatedWarning, match=told) as caught:
            undated = index.check(NEW, before=("year", 2024))
        assert not undated and undated.undated == 1 and "undated=1" in repr(undated)
        assert caught[0].filename == __file__
        with pytest.warns(refrain.UndatedWarning, match="has no text in the field `Date`"):
            assert not index.check_and_add(NEW, name="late.txt", before=("Date", "2024-05-07"))
        assert index.remove("late.txt") == 1
        assert not index.check("Nothing of this was said before.", before=("Date", "2024-05-07")), (
            "nor is there a warning"
        )
        assert not index.check(NEW, name="old.txt") and not index.check(NEW, without="old.txt")
        assert len(index) == 1 and "old.txt" in index and "new.txt" not in index
    assert repr(index) == f"<refrain_text.Index {path}, closed>"
    with pytest.raises(refrain.IndexFileError, match="the index is closed; open it again"):
        index.check(NEW)
    with refrain.Index.open_read_only(path) as index:
        assert index.text("old.txt") == OLD and index.names() == ["old.txt"]
        assert index.get("missing") is None and index.text("missing") is None


def test_it_is_the_index_of_the_command(command, tmp_path):
    path = tmp_path / "a.index"
    names = ["article.txt", "canal.txt", "bees.txt"]
    command("index", "create", path, "--guarantee", "8", "--threshold", "0.6")
    command("index", "add", path, *names)
    (tmp_path / "draft.txt").write_text(NEW + (DATA / "canal.txt").read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / "draft.txt").read_text(encoding="utf-8")
    with refrain.Index.create(tmp_path / "b.index", guarantee=8, threshold=0.6) as index:
        texts = [(DATA / name).read_text(encoding="utf-8") for name in names]
        index.add(pyarrow.table({"name": names, "body": texts}), "body", id="name")
        stats = json.loads(command("index", "stats", "--format", "json", path))
        assert index.settings == stats["settings"]
        ours = index.stats()
        assert (ours.documents, ours.paragraphs, ours.postings) == tuple(
            stats["stats"][key] for key in ("documents", "paragraphs", "postings")
        )
        found = index.check(text, name="draft.txt")
    told = command("index", "check", path, "--format", "json", "draft.txt", cwd=tmp_path).decode()
    assert found.to_json() + "\n" == told
    assert found.to_dict()["matches"][0]["stored"]["name"] == "canal.txt"
    with refrain.Index.open(path) as index:
        assert index.check(text, name="draft.txt").to_json() == found.to_json()


def test_documents_are_replaced_and_removed(tmp_path):
    with refrain.Index.create(tmp_path / "a.index") as index:
        index.add(["One text.", "Another text."], id=["a", "b"], metadata=[1, {"n": 2}])
        assert index.get("a").metadata == 1 and index.get("b").metadata == {"n": 2}
        with pytest.raises(refrain.IndexFileError, match="a document named a is stored already") as caught:
            index.add("Again.", id="a")
        assert caught.value.kind == "exists"
        index.add("Again.", id="a", replace=True)
        assert index.text("a") == "Again."
        assert index.remove("a", "missing") == 1 and index.names() == ["b"]
        assert index.verify()["documents"] == 1
        index.compact()
        assert len(index) == 1


def test_a_check_can_add(tmp_path):
    with refrain.Index.create(tmp_path / "a.index") as index:
        assert not index.check_and_add(OLD, name="first", metadata="x")
        found = index.check_and_add(NEW, name="second")
        assert [match.stored.name for match in found.matches] == ["first"]
        assert found.matches[0].stored.metadata == "x"
        assert index.names() == ["first", "second"]


def test_metadata_of_one_text_is_any_value(tmp_path):
    with refrain.Index.create(tmp_path / "a.index") as index:
        index.add("One text.", id="a", metadata=["x"])
        index.check_and_add("Another text.", name="b", metadata=["x"])
        assert index.get("a").metadata == index.get("b").metadata == ["x"]


def test_metadata_of_several_texts(tmp_path):
    of_rows = [{"n": 1}, {"n": 2}]
    with refrain.Index.create(tmp_path / "a.index") as index:
        for number, metadata in enumerate([of_rows, tuple(of_rows)]):
            names = [f"{number}a", f"{number}b", f"{number}c", f"{number}d"]
            index.add(["One text.", "Another text."], id=names[:2], metadata=metadata)
            frame = pandas.DataFrame({"text": ["x", "y"], "k": ["0", "1"]})
            index.add(frame, id=names[2:], metadata=metadata, metadata_fields=["k"])
            kept = [index.get(name).metadata for name in names]
            assert kept == [*of_rows, {"n": 1, "k": "0"}, {"n": 2, "k": "1"}]
        with pytest.raises(refrain.RefrainError, match="metadata must be one for each of the 2 documents, got 3"):
            index.add(["x", "y"], id=["x", "y"], metadata=(1, 2, 3))


def test_numbers_in_metadata(tmp_path):
    with refrain.Index.create(tmp_path / "a.index") as index:
        ends = {"least": -(2**63), "most": 2**64 - 1, "text": "1" * 30, "share": 1e30}
        index.add(OLD, id="a", metadata=ends)
        assert index.get("a").metadata == ends
        for number in [-(2**63) - 1, 2**64, 10**40]:
            for metadata in [number, {"a": [number]}]:
                with pytest.raises(
                    refrain.RefrainError, match="^metadata must be .* number that does not fit in 64 bits"
                ):
                    index.add(OLD, id="b", metadata=metadata)
            with pytest.raises(refrain.RefrainError, match="^the value of before must be .* does not fit in 64 bits"):
                index.check(OLD, before=("most", number))
        scalars = {
            "year": numpy.int64(2024),
            "share": numpy.float32(0.5),
            "free": numpy.bool_(True),
            "n": numpy.uint8(7),
        }
        index.add(OLD, id="b", metadata=scalars, replace=True)
        assert json.dumps(index.get("b").metadata) == '{"free": true, "n": 7, "share": 0.5, "year": 2024}'
        for before, names in [(numpy.int32(2025), ["b"]), (numpy.int64(2024), []), (numpy.float32(2024.5), ["b"])]:
            found = index.check(OLD, before=("year", before), without="a")
            assert [match.stored.name for match in found.matches] == names
        with pytest.raises(refrain.WrongTypeError, match="before must be a field"):
            index.check(OLD, before=("year", numpy.bool_(True)))
        for bad in [numpy.array([1, 2]), numpy.float64("nan"), numpy.float32("inf")]:
            with pytest.raises(refrain.RefrainError, match="metadata must be a value that JSON has"):
                index.add(OLD, id="c", metadata=bad)
        assert index.names() == ["a", "b"]


BERLIN = datetime.timezone(datetime.timedelta(hours=2))
DATED = {
    "text": [OLD, f"{OLD} Nachtrag.", f"{OLD} Zweiter Nachtrag, nach einer Woche."],
    "url": ["/a", "/b", "/c"],
    "date": [datetime.date(2024, 5, 6), datetime.date(2024, 5, 7), None],
    "time": [
        datetime.datetime(2024, 5, 6, 9, 30, tzinfo=BERLIN),
        datetime.datetime(2024, 5, 7, 9, 30, 0, 500000, tzinfo=BERLIN),
        datetime.datetime(2024, 5, 8, 1, 0, tzinfo=BERLIN),
    ],
    "local": [datetime.datetime(2024, 5, day, 9, 30) for day in (6, 7, 8)],
    "year": [2024, 2024, 2025],
    "share": [0.5, float("nan"), 2.0],
    "free": [True, False, True],
}
KEPT = [
    {
        "date": "2024-05-06",
        "time": "2024-05-06T07:30:00+00:00",
        "local": "2024-05-06T09:30:00",
        "year": 2024,
        "share": 0.5,
        "free": True,
    },
    {
        "date": "2024-05-07",
        "time": "2024-05-07T07:30:00.500000+00:00",
        "local": "2024-05-07T09:30:00",
        "year": 2024,
        "free": False,
    },
    {"time": "2024-05-07T23:00:00+00:00", "local": "2024-05-08T09:30:00", "year": 2025, "share": 2.0, "free": True},
]


class Stream:
    """A table of a library that is not known."""

    def __init__(self, table: object) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def objects(columns: dict[str, list]) -> pandas.DataFrame:
    """A frame of plain objects."""
    return pandas.DataFrame({name: pandas.Series(values, dtype=object) for name, values in columns.items()})


@pytest.mark.parametrize(
    "frame",
    [
        pandas.DataFrame,
        objects,
        lambda columns: pandas.DataFrame(columns).convert_dtypes(dtype_backend="pyarrow"),
        polars.DataFrame,
        pyarrow.table,
        datasets.Dataset.from_dict,
        lambda columns: Stream(pyarrow.table(columns)),
        lambda columns: refrain.Table.from_arrow(pyarrow.table(columns)),
        lambda columns: pyarrow.table(columns).to_reader(2),
    ],
)
def test_columns_are_metadata(tmp_path, frame):
    with refrain.Index.create(tmp_path / "a.index") as index:
        index.add(frame(DATED), column="text", id="url", metadata_fields=["*"])
        assert [index.get(url).metadata for url in DATED["url"]] == KEPT
        for before, names in [
            (("date", datetime.date(2024, 5, 7)), ["/a"]),
            (("date", "2024-05-07"), ["/a"]),
            (("time", DATED["time"][2]), ["/a", "/b"]),
            (("time", DATED["time"][1]), ["/a"]),
            (("local", datetime.datetime(2024, 5, 8)), ["/a", "/b"]),
            (("local", datetime.date(2024, 5, 7)), ["/a"]),
            (("year", 2025), ["/a", "/b"]),
            (("share", 1), ["/a"]),
        ]:
            found = index.check(NEW, before=before)
            assert sorted(match.stored.name for match in found.matches) == names, before
        assert index.check(NEW, before=("date", datetime.date(2025, 1, 1))).undated == 1
    with refrain.Index.create(tmp_path / "b.index") as index:
        index.add(frame(DATED), "text", id="url", metadata_fields=("year", "date"), metadata={"year": 1, "by": "us"})
        assert [index.get(url).metadata for url in DATED["url"]] == [
            {"by": "us", "date": "2024-05-06", "year": 2024},
            {"by": "us", "date": "2024-05-07", "year": 2024},
            {"by": "us", "year": 2025},
        ]


def test_columns_are_kept_as_by_the_command(command, tmp_path):
    columns = {
        "id": ["a", "b", "c"],
        "text": [OLD, "Zwei.", "Drei."],
        "date": ["2024-05-06", None, None],
        "number": [2**63, 0, None],
        "share": [0.1, 1e300, None],
        "is_free": [True, False, None],
        "word": ['é\n"', "", None],
    }
    table = pyarrow.table({**columns, "number": pyarrow.array(columns["number"], pyarrow.uint64())})
    lines = tmp_path / "in.jsonl"
    lines.write_text("".join(f"{json.dumps(row)}\n" for row in table.to_pylist()), encoding="utf-8")
    ids = [f"in.jsonl#{id}" for id in columns["id"]]
    for number, (fields, given) in enumerate(
        [("date,share", None), ("*", None), ("word,number", {"word": 1, "by": 2})]
    ):
        path = tmp_path / f"{number}.index"
        more = [] if given is None else ["--metadata", json.dumps(given)]
        command("index", "create", path)
        command("index", "add", path, "in.jsonl", "--metadata-fields", fields, *more, cwd=tmp_path)
        listed = command("index", "list", "--format", "json", path).splitlines()
        with refrain.Index.create(tmp_path / f"{number}.ours") as index:
            frame = table.set_column(0, "id", [ids])
            index.add(frame, id="id", metadata_fields=fields.split(","), metadata=given)
            assert [index.get(id).metadata for id in ids] == [json.loads(line).get("metadata") for line in listed]


def test_timestamps_of_all_units(tmp_path):
    for unit, expected in [
        ("s", "2024-05-06T07:30:05"),
        ("ms", "2024-05-06T07:30:05.120000"),
        ("us", "2024-05-06T07:30:05.120034"),
        ("ns", "2024-05-06T07:30:05.120034056"),
    ]:
        time = pyarrow.array([1714980605120034056], pyarrow.timestamp("ns")).cast(pyarrow.timestamp(unit), safe=False)
        zoned = time.cast(pyarrow.timestamp(unit, "Europe/Berlin"))
        table = pyarrow.table({"text": ["a"], "time": time, "zoned": zoned})
        kept = {"time": expected, "zoned": f"{expected}+00:00"}
        for number, frame in enumerate([table, table.to_pandas(), table.to_pandas(types_mapper=pandas.ArrowDtype)]):
            with refrain.Index.create(tmp_path / f"{unit}{number}.index") as index:
                index.add(frame, id=["a"], metadata_fields=["time", "zoned"])
                assert index.get("a").metadata == kept
    days = pyarrow.table({"text": ["a"], "day": pyarrow.array([19849 * 86_400_000], pyarrow.date64())})
    with refrain.Index.create(tmp_path / "days.index") as index:
        index.add(days, id=["a"], metadata_fields=["day"])
        assert index.get("a").metadata == {"day": "2024-05-06"}


def test_dates_in_metadata_that_is_given(tmp_path):
    with refrain.Index.create(tmp_path / "a.index") as index:
        index.add(
            OLD, id="a", metadata={"at": [datetime.date(2024, 5, 6), datetime.datetime(2024, 5, 6, 9, tzinfo=BERLIN)]}
        )
        assert index.get("a").metadata == {"at": ["2024-05-06", "2024-05-06T07:00:00+00:00"]}
        index.check_and_add(OLD, name="b", metadata={"date": datetime.date(2024, 5, 6)})
        index.add(pandas.DataFrame({"text": ["x"]}), id=["c"], metadata=[{"n": 1}], metadata_fields=[])
        assert index.get("b").metadata == {"date": "2024-05-06"} and index.get("c").metadata == {"n": 1}


WANTED = "must be a string, a number, a boolean, a date, a timestamp or null to be metadata, got"
WANTED_OF_ARROW = "must hold strings, numbers, booleans, dates, timestamps or nulls to be metadata, got Arrow"
FRAME = {"text": ["a", "b"], "date": ["1", "2"]}


@pytest.mark.parametrize(
    ("frame", "fields", "told"),
    [
        (pandas.DataFrame(FRAME), ["dates"], "there is no column `dates`; there are `text`, `date`; is it `date`?"),
        (polars.DataFrame(FRAME), ["dates"], "there is no column `dates`; there are `text`, `date`; is it `date`?"),
        (pyarrow.table(FRAME), ["dates"], "there is no column `dates`; there are `text`, `date`; is it `date`?"),
        (datasets.Dataset.from_dict(FRAME), ["dates"], "there is no column `dates`; there are `text`, `date`"),
        (pandas.DataFrame(FRAME), "date", 'metadata_fields must be a list of the names of columns, such as ["url"'),
        (pandas.DataFrame(FRAME), [5], "metadata_fields must be a list of the names of columns"),
        (["a", "b"], ["date"], "`date` names a column of a frame, got list ['a', 'b']; give the values instead"),
        (["a", "b"], ["*"], "`*` stands for the columns of a frame, got list ['a', 'b']"),
        (pyarrow.table({**FRAME, "x": [[1], [2]]}), ["*"], f"the column `x` {WANTED_OF_ARROW} List(Int64)"),
        (pyarrow.table({**FRAME, "x": [b"a", b"b"]}), ["x"], f"the column `x` {WANTED_OF_ARROW} Binary"),
        (polars.DataFrame({**FRAME, "x": [datetime.time(9), None]}), ["x"], f"the column `x` {WANTED_OF_ARROW} Time64"),
        (polars.DataFrame({**FRAME, "x": [datetime.timedelta(9), None]}), ["x"], f"the column `x` {WANTED_OF_ARROW}"),
        (pyarrow.table({**FRAME, "x": [Decimal("1.5"), None]}), ["x"], f"the column `x` {WANTED_OF_ARROW} Decimal128"),
        (pandas.DataFrame({**FRAME, "x": ["a", {"b": 1}]}), ["x"], f"the column `x`[1] {WANTED} dict {{'b': 1}}"),
        (pandas.DataFrame({**FRAME, "x": [datetime.time(9), None]}), ["x"], f"the column `x`[0] {WANTED} time"),
        (
            pandas.DataFrame({**FRAME, "x": pandas.to_timedelta([1, 2], unit="s")}),
            ["x"],
            f"the column `x`[0] {WANTED} Timedelta",
        ),
        (
            pandas.DataFrame({**FRAME, "x": [1.0, float("inf")]}),
            ["x"],
            "the column `x` holds in row 1, counted from 0, inf",
        ),
        (
            pyarrow.table({**FRAME, "x": [1.0, float("-inf")]}),
            ["x"],
            "the column `x` holds in row 1, counted from 0, -inf",
        ),
        (objects({**FRAME, "x": [1, 2**64]}), ["x"], "the column `x` holds in row 1, counted from 0, a number that"),
        (objects({**FRAME, "x": ["a", "\ud800"]}), ["x"], "the column `x`[1] holds a lone surrogate at character 0"),
        (
            pyarrow.table({**FRAME, "x": pyarrow.array([0, 5_000_000], pyarrow.date32())}),
            ["x"],
            "the column `x` holds in row 1, counted from 0, a time of a year before 0 or after 9999",
        ),
        (
            pyarrow.table({**FRAME, "x": pyarrow.array([0, 2**62], pyarrow.timestamp("s"))}),
            ["x"],
            "the column `x` holds in row 1, counted from 0, a time of a year before 0 or after 9999",
        ),
    ],
)
def test_columns_that_cannot_be_metadata(tmp_path, frame, fields, told):
    with refrain.Index.create(tmp_path / "a.index") as index:
        with pytest.raises(refrain.RefrainError) as caught:
            index.add(frame, id=["a", "b"], metadata_fields=fields)
        assert str(caught.value).startswith(told)
        assert len(index) == 0


def test_metadata_beside_columns_is_an_object(tmp_path):
    frame = pandas.DataFrame(FRAME)
    with refrain.Index.create(tmp_path / "a.index") as index:
        for metadata, told in [
            ("x", "metadata must be a dict if columns are kept beside it, such as .*, got str 'x'"),
            ([{}], "metadata must be one for each of the 2 documents, got 1"),
            ([{}, 5], "metadata must be a dict if columns are kept beside it, such as .*, got int 5"),
        ]:
            with pytest.raises(refrain.RefrainError, match=told):
                index.add(frame, id=["a", "b"], metadata=metadata, metadata_fields=["date"])
        index.add(frame, id=["a", "b"], metadata=[{"n": 1}, None], metadata_fields=["date"])
        assert [index.get(id).metadata for id in "ab"] == [{"date": "1", "n": 1}, {"date": "2"}]
        with pytest.raises(refrain.WrongTypeError, match="`date` names a column of a frame"):
            index.add("text", id="c", metadata_fields=["date"])


def test_paths_without_a_file(tmp_path):
    told = "^the path of the index is empty; give that of a file, such as published.index$"
    for call in [refrain.Index.create, refrain.Index.open, refrain.Index.open_read_only]:
        with pytest.raises(refrain.IndexFileError, match=told) as caught:
            call("")
        assert caught.value.kind == "setting"
    with pytest.raises(refrain.IndexFileError, match="it is a folder; an index is a file, so give the path of a new"):
        refrain.Index.create(tmp_path)
    for call in [refrain.Index.open, refrain.Index.open_read_only]:
        with pytest.raises(refrain.IndexFileError, match="it is a folder; an index is a file"):
            call(tmp_path)
    for name, told in [("missing/a.index", "there is no such folder"), ("folder/", "give the path of a new file")]:
        with pytest.raises(refrain.IndexFileError, match=told):
            refrain.Index.create(f"{tmp_path}/{name}")


def test_many_threads_check_at_once(tmp_path):
    with refrain.Index.create(tmp_path / "a.index", threads=2) as index:
        index.add(OLD, id="old")
        expected = index.check(NEW).to_json()
        found: list[str] = []
        threads = [threading.Thread(target=lambda: found.append(index.check(NEW).to_json())) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [expected] * 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_that_was_forked_leaves_the_index_alone(tmp_path):
    path = tmp_path / "a.index"
    # In a process of its own, which has no other threads at the fork, and whose child ends as any program does.
    program = textwrap.dedent(
        """
        import gc, os, sys
        import refrain_text as refrain

        def still_locked():
            try:
                refrain.Index.open(path)
            except refrain.IndexFileError as error:
                assert error.kind == "locked"
            else:
                raise AssertionError("the child let go of the lock of its parent")

        path, old = sys.argv[1:]
        index = refrain.Index.create(path)
        index.add(old, id="before")
        child = os.fork()
        if child == 0:
            assert repr(index) == f"<refrain_text.Index {path}, of another process>"
            for call in [
                lambda: index.add("x", id="x"),
                lambda: index.check(old),
                lambda: index.check_and_add(old, name="x"),
                lambda: index.remove("before"),
                lambda: index.get("before"),
                lambda: index.text("before"),
                lambda: index.names(),
                lambda: index.stats(),
                lambda: index.settings,
                lambda: index.verify(),
                lambda: index.compact(),
            ]:
                try:
                    call()
                except refrain.IndexFileError as error:
                    assert error.kind == "forked" and "open it again in this one" in str(error)
                else:
                    raise AssertionError("an index of another process was used")
            index.close()
            assert repr(index) == f"<refrain_text.Index {path}, of another process>"
            still_locked()
            del index
            gc.collect()
            still_locked()
            sys.exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        index.add(old, id="after")
        index.close()
        """
    )
    run = [sys.executable, "-c", program, str(path), OLD]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=os.path.dirname(__file__), timeout=300)
    assert done.returncode == 0, done.stderr
    with refrain.Index.open(path) as index:
        assert index.names() == ["before", "after"] and index.verify()["documents"] == 2


def test_other_threads_run_while_an_index_that_is_compacted_is_shown(tmp_path):
    ticks, is_done = 0, threading.Event()

    def tick():
        nonlocal ticks
        while not is_done.wait(0.001):
            ticks += 1

    texts = [record["text"] for record in records(4000, seed=1)]
    with refrain.Index.create(tmp_path / "a.index") as index:
        index.add(texts, id=[str(place) for place in range(len(texts))])
        compacting, ticking = threading.Thread(target=index.compact), threading.Thread(target=tick, daemon=True)
        ticking.start()
        compacting.start()
        waits = []
        while compacting.is_alive():
            before, start = ticks, time.monotonic()
            assert repr(index) == f"<refrain_text.Index {tmp_path / 'a.index'}>"
            waits.append((time.monotonic() - start, ticks - before))
        is_done.set()
        ticking.join()
        compacting.join()
        # It waits for the end of the compaction. What is short says nothing.
        assert all(ticked > 1 for seconds, ticked in waits if seconds > 0.1), waits[-3:]


def test_progress_and_cancelling(tmp_path):
    seen = []
    with refrain.Index.create(tmp_path / "a.index") as index:
        texts = [f"{OLD} {place}" for place in range(50)]
        index.add(texts, id=[str(place) for place in range(50)], progress=lambda *state: seen.append(state[0]))
        assert "adding" in seen
        with pytest.raises(refrain.Cancelled):
            index.verify(progress=lambda *_: False)
        index.verify()


def test_an_index_without_texts(tmp_path):
    with refrain.Index.create(tmp_path / "a.index", texts=False) as index:
        index.add(OLD, id="old")
        assert index.text("old") is None
        assert index.check(NEW).matches[0].findings == ()
        assert index.check(NEW).has_warnings


def test_a_shared_heading_is_no_warning(tmp_path):
    heading = "What visitors often ask us"
    with refrain.Index.create(tmp_path / "a.index") as index:
        index.add(f"{heading}\n\n{OLD}", id="old")
        found = index.check(f"{heading}\n\nNothing of this was said before, by nobody and nowhere.")
        assert found and not found.has_warnings


def test_wrong_use(tmp_path):
    path = tmp_path / "a.index"
    with pytest.raises(refrain.IndexFileError, match="create an index first") as caught:
        refrain.Index.open(path)
    assert caught.value.kind == "not-found"
    path.write_bytes(b"no index")
    with pytest.raises(refrain.IndexFileError) as caught:
        refrain.Index.open(path)
    assert caught.value.kind == "not-an-index"
    with pytest.raises(refrain.IndexFileError):
        refrain.Index.create(path)
    with pytest.raises(refrain.RefrainError, match="guarantee must be 4 to 64 words, got 3"):
        refrain.Index.create(tmp_path / "b.index", guarantee=3)
    with pytest.raises(refrain.RefrainError, match="threshold must be greater than 0"):
        refrain.Index.create(tmp_path / "b.index", threshold=2)
    for settings, told in [
        ({"guarantee": -1}, "guarantee must be a whole number of at least 0, got int -1"),
        ({"texts": "no"}, "texts must be True or False, got str 'no'"),
        ({"threads": 0}, "threads must be at least 1 and at most 1024, got 0"),
    ]:
        with pytest.raises(refrain.RefrainError, match=told):
            refrain.Index.create(tmp_path / "b.index", **settings)
    assert not (tmp_path / "b.index").exists()
    with refrain.Index.create(tmp_path / "d.index") as index:
        for call in [index.check, index.check_and_add]:
            with pytest.raises(refrain.RefrainError, match="^max_matches must be 1 or more, got 0$"):
                call("text", name="a", max_matches=0)
            with pytest.raises(refrain.RefrainError, match="^frequent must be 1 or more, got 0$"):
                call("text", name="a", frequent=0)
        assert len(index) == 0
    with refrain.Index.create(os.fsencode(tmp_path / "c.index")) as index:
        with pytest.raises(refrain.IndexFileError) as caught:
            refrain.Index.open(tmp_path / "c.index")
        assert caught.value.kind == "locked"
        for call in [
            lambda: index.add("text", id=None),
            lambda: index.add(["text"], id=None),
            lambda: index.add(["text", None], id=["a", "b"]),
            lambda: index.check(None),
            lambda: index.check(b"abc"),
            lambda: index.add(b"abc", id="a"),
            lambda: index.add(None, id="a"),
            lambda: index.check("a", name=5),
            lambda: index.check("a", without=5),
            lambda: index.check("a", before="date"),
            lambda: index.check("a", before=("date",)),
            lambda: index.check("a", before=("date", None)),
            lambda: index.check("a", before=("date", pandas.NaT)),
            lambda: index.check("a", before=("date", datetime.time(9))),
            lambda: index.add({"text"}, id=["a"]),
            lambda: index.add(["text"], id={"a"}),
            lambda: index.check("a", before=(5, 5)),
            lambda: index.check("a", max_matches=-1),
            lambda: index.check("a", kind=5),
            lambda: index.get(None),
            lambda: index.text(5),
            lambda: index.remove(["a"]),
        ]:
            with pytest.raises(refrain.WrongTypeError):
                call()
        for call in [
            lambda: index.add(["text", "text"], id=["a", "a"]),
            lambda: index.add(["text"], id=["a"], metadata=object()),
            lambda: index.add(["text"], id=["a"], metadata=[1, 2]),
            lambda: index.add(["text"], id=["a"], metadata=float("nan")),
            lambda: index.add(["text"], id=["a"], metadata="\ud800"),
            lambda: index.add("text", id="a", kind="docx"),
            lambda: index.get("\ud800"),
        ]:
            with pytest.raises(refrain.RefrainError):
                call()
        assert len(index) == 0, "nothing of what was refused is stored"
