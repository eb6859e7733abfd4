"""Frames of other libraries: in as they are, out as the same."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import datasets
import pandas
import polars
import pyarrow
import pytest

import refrain_text as refrain

FERRY = "The ferry to the island leaves at nine every morning, except on Sundays and in very thick fog — señor."
BRIDGE = "The bridge over the narrow sound is closed to all traffic while divers inspect its oldest pillars."
TEXTS = [FERRY, "Share", f"{BRIDGE}\n\n{FERRY}", FERRY.upper(), BRIDGE]
COLUMNS = {"body": TEXTS, "url": list("abcde"), "score": [1.0, 2.0, 3.0, 4.0, 5.0]}
"""The third text loses its second paragraph, the last two go."""
KEPT = {"body": [FERRY, "Share", BRIDGE], "url": ["a", "b", "c"], "score": [1.0, 2.0, 3.0]}

DETECTOR = refrain.Detector()


def check_removed(removed: dict[str, list]) -> None:
    assert removed["id"] == ["c", "d", "e"]
    assert removed["kept_id"] == ["a", "a", "c"]
    assert removed["text"] == [FERRY, FERRY.upper(), BRIDGE]
    assert removed["start"] == [len(BRIDGE) + 2, 0, 0]
    assert removed["resemblance"] == [1.0, 1.0, 1.0]
    assert removed["byte_end"][0] - removed["byte_start"][0] == len(FERRY.encode())


STRINGS = [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view()]


@pytest.mark.parametrize("strings", [*STRINGS, pyarrow.dictionary(pyarrow.int32(), pyarrow.string())])
@pytest.mark.parametrize("ids", [*STRINGS])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_pyarrow(strings, ids, is_chunked):
    table = pyarrow.table(
        {**COLUMNS, "body": pyarrow.array(TEXTS).cast(strings), "url": pyarrow.array(list("abcde"), ids)}
    )
    table = table.replace_schema_metadata({"made by": "a test"})
    if is_chunked:
        table = pyarrow.concat_tables([table.slice(0, 2), table.slice(2, 0), table.slice(2, 3)])
    thinned = DETECTOR.dedup(table, "body", id="url")
    assert isinstance(thinned.kept, pyarrow.Table) and isinstance(thinned.removed, pyarrow.Table)
    assert thinned.kept.to_pydict() == KEPT
    thinned.kept.validate(full=True)
    assert thinned.kept.schema.metadata == table.schema.metadata
    expected = strings if not pyarrow.types.is_dictionary(strings) else pyarrow.string()
    assert thinned.kept.schema == table.schema.set(0, pyarrow.field("body", expected))
    assert thinned.removed.schema.field("id").type == ids
    check_removed(thinned.removed.to_pydict())
    pairs = DETECTOR.pairs(table, "body", id="url")
    assert isinstance(pairs, pyarrow.Table) and pairs["a"].to_pylist() == ["a", "a", "c", "c"]
    clusters = DETECTOR.clusters(table, "body", id="url")
    assert clusters["id"].to_pylist() == ["a", "c", "d", "c", "e"]


def test_other_objects_of_pyarrow():
    table = pyarrow.table(COLUMNS)
    batch = table.to_batches()[0]
    for data in [batch, pyarrow.RecordBatchReader.from_batches(batch.schema, [batch])]:
        assert DETECTOR.dedup(data, "body").kept.to_pydict() == KEPT
    for column in [table["body"], batch["body"], table["body"].chunk(0)]:
        thinned = DETECTOR.dedup(column)
        assert thinned.kept.to_pylist() == KEPT["body"]
        assert thinned.removed["id"].to_pylist() == [2, 3, 4]


def test_types_that_refrain_does_not_know_stay():
    table = pyarrow.table(
        {
            "text": TEXTS,
            "list": [[1], None, [2, 3], [], [4]],
            "struct": [{"a": place} for place in range(5)],
            "time": pyarrow.array(range(5), pyarrow.timestamp("us", "UTC")),
            "decimal": pyarrow.array(range(5)).cast(pyarrow.decimal128(30, 2)),
            "binary": [bytes([place]) for place in range(5)],
        }
    )
    kept = DETECTOR.dedup(table).kept
    assert kept.schema == table.schema
    assert kept.drop_columns("text") == table.slice(0, 3).drop_columns("text")


@pytest.mark.parametrize("dtype", ["str", "object", "string", "category", pandas.ArrowDtype(pyarrow.large_string())])
def test_pandas(dtype):
    frame = pandas.DataFrame(COLUMNS, index=[10, 20, 30, 40, 50]).astype({"body": dtype})
    before = frame.copy()
    thinned = DETECTOR.dedup(frame, "body", id="url")
    assert isinstance(thinned.kept, pandas.DataFrame) and isinstance(thinned.removed, pandas.DataFrame)
    assert thinned.kept.to_dict("list") == KEPT
    assert thinned.kept.index.tolist() == [10, 20, 30]
    assert thinned.kept.dtypes.tolist() == frame.dtypes.tolist()
    check_removed(thinned.removed.to_dict("list"))
    pandas.testing.assert_frame_equal(frame, before)
    pairs = DETECTOR.pairs(frame, column="body", id=frame.index)
    assert pairs["a"].tolist() == [10, 10, 30, 30] and pairs["b"].tolist() == [30, 40, 50, 40]

    class Own(pandas.DataFrame):
        """A frame of somebody's own."""

    assert DETECTOR.dedup(Own(frame), "body").kept["url"].tolist() == KEPT["url"]
    series = DETECTOR.dedup(frame["body"])
    assert isinstance(series.kept, pandas.Series)
    assert series.kept.tolist() == KEPT["body"] and series.kept.index.tolist() == [10, 20, 30]
    assert series.kept.dtype == frame["body"].dtype and series.kept.name == "body"
    unchanged = frame["body"].iloc[[0, 1, 3]]
    assert DETECTOR.dedup(unchanged).kept.dtype == unchanged.dtype
    no_rows = DETECTOR.dedup(frame[:0], "body").kept
    assert no_rows.dtypes.equals(frame.dtypes) and no_rows.index.dtype == frame.index.dtype
    assert DETECTOR.dedup(frame["body"][:0]).kept.dtype == frame["body"].dtype


def test_an_index_of_pandas_is_thinned():
    long = "The ferry to the island leaves at nine every morning, except on Sundays and in thick fog, as it always did."
    kept = DETECTOR.dedup(pandas.Index([long, long, "Own"], name="t")).kept
    assert isinstance(kept, pandas.Index) and kept.name == "t" and list(kept) == [long, "Own"]


@pytest.mark.parametrize("dtype", ["object", "string", pandas.ArrowDtype(pyarrow.large_string())])
def test_a_changed_text_that_is_no_category_stays(dtype):
    # What stays of the third text is none of the texts.
    rest = "Divers inspect the oldest pillars of the bridge, and all its traffic waits on both shores of the sound."
    texts = pandas.Series([FERRY, "Share", f"{rest}\n\n{FERRY}"], dtype=dtype, name="body")
    for kept in [
        DETECTOR.dedup(texts.astype("category")).kept,
        DETECTOR.dedup(pandas.DataFrame({"body": texts.astype("category")}), "body").kept["body"],
    ]:
        assert kept.tolist() == [FERRY, "Share", rest]
        assert kept.dtype == texts.astype("category").cat.categories.dtype


def test_polars():
    frame = polars.DataFrame(COLUMNS, schema_overrides={"url": polars.Enum(list("abcde"))})
    thinned = DETECTOR.dedup(frame, "body")
    assert isinstance(thinned.kept, polars.DataFrame) and isinstance(thinned.removed, polars.DataFrame)
    assert thinned.kept.schema == frame.schema
    assert thinned.kept.to_dict(as_series=False) == KEPT
    check_removed(DETECTOR.dedup(frame.cast({"url": polars.String}), "body", id="url").removed.to_dict(as_series=False))
    two = polars.concat([frame.head(2), frame.tail(3)], rechunk=False)
    assert DETECTOR.dedup(two, "body").kept.to_dict(as_series=False) == KEPT
    assert DETECTOR.pairs(frame, "body", id="url")["a"].to_list() == ["a", "a", "c", "c"]
    series = DETECTOR.dedup(frame["body"])
    assert isinstance(series.kept, polars.Series) and series.kept.to_list() == KEPT["body"]
    with pytest.raises(refrain.WrongTypeError, match=r"a polars LazyFrame holds no rows yet; collect\(\) it first"):
        DETECTOR.dedup(frame.lazy(), "body")


def test_datasets():
    data = datasets.Dataset.from_dict(COLUMNS)
    thinned = DETECTOR.dedup(data, "body", id="url")
    assert isinstance(thinned.kept, datasets.Dataset)
    assert thinned.kept.features == data.features and thinned.kept.to_dict() == KEPT
    check_removed(thinned.removed.to_pydict())
    # A selection has other rows than its table.
    selected = datasets.Dataset.from_dict({key: [*reversed(values)] for key, values in COLUMNS.items()}).select(
        [4, 3, 2, 1, 0]
    )
    assert DETECTOR.dedup(selected, "body", id="url").kept.to_dict() == KEPT
    assert DETECTOR.pairs(selected, "body", id="url")["a"].to_pylist() == ["a", "a", "c", "c"]
    with pytest.raises(refrain.WrongTypeError, match='choose a split, such as data\\["train"\\]'):
        DETECTOR.pairs(datasets.DatasetDict({"train": data}), "body")


def test_results_have_one_schema_whatever_they_hold():
    # A pair with a difference in numbers, one without, and none.
    other = FERRY.replace("nine", "9"), FERRY.replace("nine", "10")
    found = [DETECTOR.pairs(pyarrow.table({"text": texts})) for texts in [other, [FERRY, FERRY], [FERRY], []]]
    assert [len(pairs) for pairs in found] == [1, 1, 0, 0]
    assert found[0]["differs"].to_pylist() == ["numbers"] and found[1]["differs"].to_pylist() == [None]
    for pairs in found:
        assert pairs.schema == found[0].schema
        assert [field.name for field in pairs.schema if field.nullable] == ["differs"]
    for call in [DETECTOR.clusters, lambda table: DETECTOR.dedup(table).removed]:
        some, none = (call(pyarrow.table({"text": texts})) for texts in [[FERRY, FERRY], [FERRY]])
        assert len(some) > 0 and len(none) == 0 and some.schema == none.schema
        assert not any(field.nullable for field in some.schema)


def test_iterables_of_texts():
    for data in [TEXTS, tuple(TEXTS), iter(TEXTS), (text for text in TEXTS), dict.fromkeys(TEXTS).keys()]:
        thinned = DETECTOR.dedup(data)
        assert thinned.kept == KEPT["body"]
        assert isinstance(thinned.removed, refrain.Table) and thinned.removed["id"] == [2, 3, 4]
    numpy = pytest.importorskip("numpy")
    assert DETECTOR.dedup(numpy.array(TEXTS)).kept == KEPT["body"]
    assert refrain.Detector(threads=numpy.int64(1)).check("a", timeout=numpy.float32(60)).verdict == "ok"


def test_columns_of_pandas_whose_names_are_numbers():
    frame = pandas.DataFrame({5: [f"{TEXTS[0]}\n\n{TEXTS[0]}"], 6: ["x"]})
    kept = DETECTOR.dedup(frame, "5").kept
    assert kept.columns.tolist() == [5, 6]
    assert kept[5].tolist() == DETECTOR.dedup(frame[5]).kept.tolist() != frame[5].tolist()


class Stream:
    """A table of a library that is not known."""

    def __init__(self, table: object) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


class Array(Stream):
    """The same as one array."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> object:
        return self._table.__arrow_c_array__(requested_schema)

    __arrow_c_stream__ = None


def test_any_library_that_speaks_arrow():
    table = pyarrow.table(COLUMNS)
    thinned = DETECTOR.dedup(Stream(table), "body", id="url")
    assert isinstance(thinned.kept, refrain.Table)
    assert thinned.kept.to_pydict() == KEPT and len(thinned.kept) == 3
    assert thinned.kept.column_names == ["body", "url", "score"]
    check_removed(thinned.removed.to_pydict())
    assert DETECTOR.dedup(Stream(table["body"])).kept == KEPT["body"]
    assert DETECTOR.pairs(Array(table["body"].chunk(0)))["a"] == [0, 0, 2, 2]
    for read in [pyarrow.table, polars.DataFrame, refrain.Table.from_arrow]:
        assert len(read(thinned.kept)) == 3
    assert (
        repr(refrain.Table.from_arrow(table)) == "<refrain_text.Table of 5 rows: body: Utf8, url: Utf8, score: Float64>"
    )
    assert repr(refrain.Table.from_arrow(table.slice(0, 1))).startswith("<refrain_text.Table of 1 row: ")
    # A table can be given on.
    assert len(DETECTOR.pairs(refrain.Table.from_arrow(pyarrow.table({"text": TEXTS})))) == 4
    assert DETECTOR.dedup(thinned.kept, "body").kept.to_pydict() == KEPT


def test_tables_can_be_pickled():
    found = [DETECTOR.pairs(TEXTS), DETECTOR.clusters(TEXTS), DETECTOR.dedup(TEXTS).removed, DETECTOR.pairs([])]
    names = DETECTOR.pairs(TEXTS, id=["é", "b", "c", "d", "e"])
    for table in [*found, names]:
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            same = pickle.loads(pickle.dumps(table, protocol))
            assert isinstance(same, refrain.Table) and repr(same) == repr(table)
            assert same.to_pydict() == table.to_pydict()
            assert pyarrow.table(same).equals(pyarrow.table(table), check_metadata=True)
        assert copy.deepcopy(table).to_pydict() == table.to_pydict()
    assert any(value is None for value in found[0]["differs"]), "a column with nulls is among them"
    thinned = pickle.loads(pickle.dumps(DETECTOR.dedup(TEXTS)))
    assert isinstance(thinned, refrain.Thinned) and thinned.kept == KEPT["body"]


def test_tables_of_any_types_can_be_pickled():
    columns = {
        "large": pyarrow.array(TEXTS, pyarrow.large_string()),
        "view": pyarrow.array(TEXTS, pyarrow.string_view()),
        "flag": pyarrow.array([True, None, False, True, None]),
        "time": pyarrow.array([1, 2, None, 4, 5], pyarrow.timestamp("us", "Europe/Berlin")),
        "decimal": pyarrow.array(range(5)).cast(pyarrow.decimal128(30, 2)),
        "binary": [b"a", b"", None, b"\0", b"b"],
        "null": pyarrow.nulls(5),
    }
    field = pyarrow.field("number", pyarrow.int16(), nullable=False, metadata={"unit": "s"})
    table = pyarrow.table(columns).append_column(field, [pyarrow.array(range(5), field.type)])
    table = table.replace_schema_metadata({"made by": "a test"})
    for part in [table, pyarrow.concat_tables([table.slice(1, 3), table.slice(4)]), table.slice(2, 0)]:
        part.validate(full=True)
        same = pyarrow.table(pickle.loads(pickle.dumps(refrain.Table.from_arrow(part))))
        same.validate(full=True)
        assert same.equals(part, check_metadata=True)
    # A part of a large table is stored without the rest.
    large = pyarrow.table({"text": ["a long text"] * 100_000})
    assert len(pickle.dumps(refrain.Table.from_arrow(large.slice(50_000, 3)))) < 1000


def test_what_cannot_be_pickled_says_so():
    nested = pyarrow.table({"a": [{"b c": 1}]})
    nested = nested.cast(
        pyarrow.schema([("a", pyarrow.struct([pyarrow.field("b c", pyarrow.int64(), metadata={"k": "v"})]))])
    )
    with pytest.raises(TypeError, match=r"cannot be pickled; make it one of a library that can, such as pyarrow"):
        pickle.dumps(refrain.Table.from_arrow(nested))
    function, (order, *rest) = DETECTOR.pairs(TEXTS).__reduce__()
    other = {"little": "big", "big": "little"}[order]
    with pytest.raises(refrain.RefrainError, match=f"its order of bytes is {other}, here it is {order}"):
        function(other, *rest)
    with pytest.raises(refrain.RefrainError, match="the pickled table cannot be read"):
        function(order, {}, [("a", "Utf8", False, {})], [(1, [("Utf8", 1, None, [b"\1" * 8, b"a"], [])])])
    with pytest.raises(refrain.RefrainError, match="the pickled table cannot be read"):
        function(order, {}, [("a", "Spam", False, {})], [])


def test_frames_without_rows():
    empty = {"body": pyarrow.array([], pyarrow.string()), "url": pyarrow.array([], pyarrow.int64())}
    for frame in [
        pyarrow.table(empty),
        pyarrow.table(empty).to_pandas(),
        polars.DataFrame(pyarrow.table(empty)),
        datasets.Dataset(pyarrow.table(empty)),
        Stream(pyarrow.Table.from_batches([], pyarrow.table(empty).schema)),
    ]:
        thinned = DETECTOR.dedup(frame, "body", id="url")
        assert len(thinned.kept) == len(thinned.removed) == thinned.rows == 0
        assert type(thinned.kept) is type(frame) or isinstance(thinned.kept, refrain.Table)
        names = list(getattr(thinned.kept, "column_names", getattr(thinned.kept, "columns", None)))
        assert names == ["body", "url"]
        assert len(DETECTOR.pairs(frame, "body")) == len(DETECTOR.clusters(frame, "body")) == 0
    assert DETECTOR.dedup([]).kept == []
    assert DETECTOR.check_all(pyarrow.table(empty), "body").documents == ()


def test_nothing_is_imported_that_was_not_given():
    program = (
        "import sys, refrain_text as r\n"
        "r.Detector().dedup(['a', 'b']); r.Detector().check('a')\n"
        "print([name for name in ('pyarrow', 'pandas', 'polars', 'numpy', 'tqdm') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parent
    )
    assert done.stdout == "[]\n"
