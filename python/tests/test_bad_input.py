"""Wrong input: errors that say what was wrong, where, and what would be accepted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas
import polars
import pyarrow
import pytest

import refrain_text as refrain

DETECTOR = refrain.Detector()


def message(call: Callable[[], object], kind: type[Exception] = refrain.RefrainError) -> str:
    with pytest.raises(kind) as caught:
        call()
    assert isinstance(caught.value, refrain.RefrainError) and isinstance(caught.value, ValueError)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "the text must be a str, got None"),
        (7, "the text must be a str, got int 7"),
        (1.5, "the text must be a str, got float 1.5"),
        (b"abc", "the text must be a str, got bytes b'abc'; decode the bytes first"),
        (["a"], "the text must be a str, got list ['a']"),
    ],
)
def test_what_is_no_text(text, expected):
    assert message(lambda: DETECTOR.check(text), refrain.WrongTypeError) == expected
    assert message(lambda: DETECTOR.compare("a", text), TypeError) == expected.replace("the text", "text 1")
    assert message(lambda: DETECTOR.check_all({"a.txt": text}), TypeError) == expected.replace(
        "the text", "the text `a.txt`"
    )
    expected = expected.replace("the text", "texts[1]")
    for call in [DETECTOR.pairs, DETECTOR.clusters, DETECTOR.dedup]:
        assert message(lambda: call(["ok", text]), TypeError) == expected
    assert message(lambda: DETECTOR.check_all(["ok", text]), TypeError) == expected


def test_lone_surrogates():
    expected = 'the text holds a lone surrogate at character 2, which is no text; decode it with errors="replace"'
    assert message(lambda: DETECTOR.check("é \ud800.")).startswith(expected)
    assert message(lambda: DETECTOR.pairs(["a", "b \udfff"])).startswith(
        "texts[1] holds a lone surrogate at character 2"
    )
    frame = pandas.DataFrame({"text": ["a", "\ud800"]}, dtype=object)
    assert "[1] holds a lone surrogate at character 0" in message(lambda: DETECTOR.dedup(frame))
    assert message(lambda: DETECTOR.check("a", name="\ud800")).startswith("the name of a text holds a lone surrogate")


def test_data_that_holds_no_texts():
    for data, got in [("abc", "str 'abc'"), (b"abc", "bytes b'abc'"), (None, "None"), (5, "int 5"), (int, "type")]:
        told = message(lambda data=data: DETECTOR.pairs(data), refrain.WrongTypeError)
        assert told.startswith(f"texts must be a column of strings or an iterable of str, got {got}")
    told = message(lambda: DETECTOR.pairs(["a"], "text"), refrain.WrongTypeError)
    assert told == "column='text' names a column of a frame, got list ['a']; leave the column out"
    told = message(lambda: DETECTOR.pairs(["a"], id="url"), refrain.WrongTypeError)
    assert told == "`url` names a column of a frame, got list ['a']; give the values instead"
    told = message(lambda: DETECTOR.pairs(["a"], ["x" * 1000]), refrain.WrongTypeError)
    assert told == "column must be the name of a column, got list"


def test_sets_have_no_order():
    """Results depend on the order of the texts, which in a set is another one in each run."""
    for data, kind in [({"a", "b"}, "set"), (frozenset(["a"]), "frozenset"), (set(), "set")]:
        expected = f"texts must have an order, which a {kind} has not; give a list, or sorted(...)"
        for call in [DETECTOR.pairs, DETECTOR.clusters, DETECTOR.dedup, DETECTOR.check_all]:
            assert message(lambda call=call, data=data: call(data), TypeError) == expected
        told = message(lambda data=data: DETECTOR.pairs(["a", "b"], id=data), TypeError)
        assert told == expected.replace("texts", "the ids")
    assert len(DETECTOR.dedup({"a": 1, "b": 2}.keys()).kept) == 2
    assert len(DETECTOR.dedup({1: "a", 2: "b"}.values()).kept) == 2


FRAMES = [pyarrow.table, pandas.DataFrame, polars.DataFrame]


@pytest.mark.parametrize("frame", FRAMES)
def test_columns_that_are_not_there(frame):
    data = frame({"id": [1], "txt": ["a"]})
    expected = "there is no column `text`; there are `id`, `txt`; is it `txt`?"
    for call in [DETECTOR.pairs, DETECTOR.clusters, DETECTOR.dedup, DETECTOR.check_all]:
        assert message(lambda: call(data)) == expected
    told = message(lambda: DETECTOR.pairs(data, "txt", id="url"))
    assert told == "there is no column `url`; there are `id`, `txt`"
    told = message(lambda: DETECTOR.dedup(data, "txt", keep="field:scor"))
    assert told == "there is no column `scor`; there are `id`, `txt`"
    assert message(lambda: DETECTOR.pairs(frame({}))) == "there is no column `text`; there are none"
    told = message(lambda: DETECTOR.pairs(data, 5), refrain.WrongTypeError)
    assert told == "column must be the name of a column, got int 5"


def test_columns_of_one_name():
    frame = pandas.DataFrame([["a", "b"]], columns=["text", "text"])
    assert message(lambda: DETECTOR.pairs(frame)) == "there are 2 columns `text`; give them different names"
    table = pyarrow.table([["a"], ["b"]], names=["text", "text"])
    assert message(lambda: DETECTOR.pairs(table)) == "there are 2 columns `text`; give them different names"


@pytest.mark.parametrize("frame", FRAMES)
def test_columns_of_other_types(frame):
    data = frame({"text": [1, 2]})
    told = message(lambda: DETECTOR.pairs(data), refrain.WrongTypeError)
    if frame is pandas.DataFrame:
        assert told == "the column `text`[0] must be a str, got int 1"
    else:
        assert told == "the column `text` must hold strings, got Arrow Int64"
    data = frame({"text": ["a", "b"], "id": [0.5, 1.5]})
    told = message(lambda: DETECTOR.pairs(data, id="id"), refrain.WrongTypeError)
    assert re.match(r"the ids in the column `id`(\[0\])? must be", told)


@pytest.mark.parametrize("strings", [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view()])
def test_nulls(strings):
    texts = pyarrow.chunked_array([pyarrow.array(["a", "b"], strings), pyarrow.array(["c", None, None], strings)])
    expected = (
        "the column `text` is null in row 3 (2 rows are null, counted from 0); give a text for each row, such as an "
        "empty one, or leave these rows out"
    )
    assert message(lambda: DETECTOR.pairs(pyarrow.table({"text": texts}))) == expected
    data = pyarrow.table({"text": ["a", "b"], "id": pyarrow.array(["x", None], strings)})
    told = message(lambda: DETECTOR.dedup(data, id="id"))
    assert told.startswith("the ids in the column `id` must not be null, got null in row 1, counted from 0")
    frame = pandas.DataFrame({"text": ["a", None]})
    told = message(lambda: DETECTOR.pairs(frame))
    assert "[1] must be a str, got" in told or "is null in row 1" in told
    assert "null in row 1 (1 row is null" in message(lambda: DETECTOR.pairs(polars.DataFrame({"text": ["a", None]})))


def test_columns_in_which_nothing_tells_the_type():
    """pyarrow and polars have a type for these, which is no string."""
    data = pyarrow.table({"text": pyarrow.nulls(2)})
    told = "the column `text` is null in row 0 (2 rows are null, counted from 0)"
    assert message(lambda: DETECTOR.pairs(data)).startswith(told)
    data = polars.DataFrame({"text": [None, None]})
    assert message(lambda: DETECTOR.pairs(data)) == "the column `text`[0] must be a str, got None"
    for frame in FRAMES:
        data = frame({"text": [], "id": []})
        assert len(DETECTOR.pairs(data, id="id")) == len(DETECTOR.dedup(data, id="id").removed) == 0
    for empty in [pyarrow.table({"text": pyarrow.nulls(0)}), polars.DataFrame({"text": []}), polars.Series([])]:
        assert len(DETECTOR.pairs(empty)) == 0
        assert len(DETECTOR.dedup(empty).kept) == 0
    data = polars.DataFrame({"text": ["a", "b"], "score": [None, None]})
    assert len(DETECTOR.dedup(data, keep="field:score").kept) == 2


def test_ids_that_come_twice():
    texts = ["a", "b", "c", "d"]
    for ids, told in [(["x", "y", "z", "y"], '"y"'), ([4, 5, 6, 5], "5")]:
        expected = f"must differ, but {told} is that of rows 1 and 3, counted from 0; give each row an id of its own"
        assert message(lambda ids=ids: DETECTOR.pairs(texts, id=ids)) == f"the ids {expected}"
        data = pyarrow.table({"text": texts, "id": ids})
        assert message(lambda: DETECTOR.dedup(data, id="id")) == f"the ids in the column `id` {expected}"
        split = pyarrow.concat_tables([data.slice(0, 2), data.slice(2, 2)])
        assert message(lambda: DETECTOR.dedup(split, id="id")) == f"the ids in the column `id` {expected}"
    assert message(lambda: DETECTOR.pairs(texts, id=["x"])) == "the ids must be one for each of the 4 texts, got 1"
    for ids in [[1, "x", 3, 4], [True, 2, 3, 4], [2**70, 1, 2, 3], 5]:
        assert "got" in message(lambda ids=ids: DETECTOR.pairs(texts, id=ids), refrain.WrongTypeError)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"threshold": 1.5}, "threshold must be greater than 0 and at most 1, got 1.5"),
        ({"threshold": "high"}, "threshold must be a number, got str 'high'"),
        ({"threshold": True}, "threshold must be a number, got bool True"),
        ({"threshold": float("nan")}, "threshold must be greater than 0 and at most 1, got NaN"),
        (
            {"shingle": "words"},
            "shingle must be words:N or chars:N with N at least 1, such as words:3 or chars:5, got words",
        ),
        ({"shingle": 3}, "shingle must be a str, got int 3"),
        ({"min_passage_tokens": 0}, "min_passage_tokens must be at least 1, got 0"),
        ({"min_passage_tokens": -1}, "min_passage_tokens must be a whole number of at least 0, got int -1"),
        ({"min_paragraph_tokens": 1.5}, "min_paragraph_tokens must be a whole number of at least 0, got float 1.5"),
        ({"copies": 0}, "copies must be at least 1, got 0"),
        ({"lanes": 2**64}, "lanes must be less than 2**64, got int 18446744073709551616"),
        ({"shingle": "words:3\ud800"}, "shingle holds a lone surrogate at character 7"),
        ({"boilerplate": 1.5}, 'boilerplate must be a number of documents or a share such as "20%", got float 1.5'),
        ({"merge_numbers": "yes"}, "merge_numbers must be True or False, got str 'yes'"),
        ({"search": "fast"}, "search must be auto, exact or banded, got fast"),
        ({"coverage": "all"}, "coverage must be document or documents, got all"),
        ({"paragraphs": "tab"}, "paragraphs must be auto, blank or line, got tab"),
        ({"themes": "loose"}, "themes must be off, strict, middle or thorough, got loose"),
        ({"profile": "essay"}, "profile must be prose or reference, got essay"),
        (
            {"boilerplate": 1},
            "boilerplate must be a number of documents from 2 on, such as 5, or a share of them up to 100%, such as "
            "20%, got 1",
        ),
        ({"verdict_padding": 0}, "verdict.padding must be greater than 0, got 0"),
        ({"threads": 0}, "threads must be at least 1 and at most 1024, got 0"),
        ({"threads": 1.5}, "threads must be a whole number, got float 1.5"),
        ({"threads": -1}, "threads must be at least 1 and at most 1024, got -1"),
        ({"threads": True}, "threads must be a whole number, got bool True"),
        ({"background": 5}, "background must be en/1, none or the path of a file, got int"),
        ({"recall": 0.9999999, "lanes": 1, "search": "banded"}, "1 lanes cannot reach a recall of 0.9999999"),
    ],
)
def test_settings(settings, expected):
    assert message(lambda: refrain.Detector(**settings)).startswith(expected)


def test_unknown_settings_are_refused():
    with pytest.raises(TypeError, match="unexpected keyword argument 'num_perm'"):
        refrain.Detector(num_perm=128)
    with pytest.raises(TypeError, match="takes 1 positional argument"):
        refrain.Detector(0.8)


def test_other_arguments():
    assert message(lambda: DETECTOR.check("a", kind="docx")) == (
        "kind must be plain, markdown, html or subtitles, got docx"
    )
    for keep in ["shortest", "field:", ""]:
        told = message(lambda keep=keep: DETECTOR.dedup(["a"], keep=keep))
        assert told == f"keep must be first, longest, last or field:NAME, got {keep}"
    assert message(lambda: DETECTOR.dedup(["a"], keep=5)).endswith("got int 5")
    for seconds in [0, -1, float("nan"), float("inf")]:
        told = message(lambda seconds=seconds: DETECTOR.check("a", timeout=seconds))
        assert told.startswith("timeout must be a number of seconds greater than 0, got")
    assert message(lambda: DETECTOR.check("a", timeout="1")) == "timeout must be a number of seconds, got str '1'"
    assert message(lambda: DETECTOR.check("a", progress=1)) == 'progress must be a function or "tqdm", got int 1'
    data = pyarrow.table({"text": ["a"], "score": ["high"]})
    assert message(lambda: DETECTOR.dedup(data, keep="field:score")) == (
        "the column `score` must hold numbers, got Arrow Utf8"
    )
    assert message(lambda: DETECTOR.check("a", timeout="1" * 1000)) == "timeout must be a number of seconds, got str"
    assert message(lambda: DETECTOR.check("a", kind=5), refrain.WrongTypeError) == "kind must be a str, got int 5"
    for names in ["ab", ("a",)]:
        told = message(lambda names=names: DETECTOR.compare("a", "b", names=names), refrain.WrongTypeError)
        assert told.startswith("names must be two names, that of each text, got")
    assert message(lambda: DETECTOR.check_all({5: "a"})) == "the name of a text must be a str, got int 5"


class Broken:
    """Says that it speaks Arrow, and does not."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def test_objects_that_speak_no_arrow():
    told = message(lambda: DETECTOR.pairs(Broken("a"), "text"))
    assert told == "an object that says it speaks Arrow must return a capsule `arrow_array_stream`"
    schema = pyarrow.schema([("text", pyarrow.string())]).__arrow_c_schema__()
    assert message(lambda: DETECTOR.pairs(Broken(schema), "text")) == told
    with pytest.raises(RuntimeError, match="the file is gone"):
        DETECTOR.pairs(Broken(RuntimeError("the file is gone")), "text")
    used = pyarrow.table({"text": ["a"]}).__arrow_c_stream__()
    refrain.Table.from_arrow(Broken(used))
    assert "released" in message(lambda: DETECTOR.pairs(Broken(used), "text"))

    def batches():
        yield pyarrow.record_batch({"text": ["a"]})
        raise OSError("the disk is gone")

    reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema([("text", pyarrow.string())]), batches())
    assert "the disk is gone" in message(lambda: DETECTOR.pairs(reader))


def test_an_iterator_that_fails_is_not_swallowed():
    def texts():
        yield "a"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        DETECTOR.pairs(texts())
