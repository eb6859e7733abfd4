"""Pairs, clusters and thinning: equal to what the commands write about the same records."""

from __future__ import annotations

import json
import os

import pytest
from conftest import REPOSITORY, json_line
from generator import Record, records

import refrain_text as refrain

SETTINGS = [
    ([], {}),
    (["--threshold", "0.6", "--min-paragraph-tokens", "5"], {"threshold": 0.6, "min_paragraph_tokens": 5}),
    (["--threshold", "0.7", "--shingle", "chars:5"], {"threshold": 0.7, "shingle": "chars:5"}),
    (["--paragraphs", "line", "--threshold", "0.9"], {"paragraphs": "line", "threshold": 0.9}),
]


def rows(table: refrain.Table) -> list[dict[str, object]]:
    assert list(table) == table.to_pylist()
    assert {name: [row[name] for row in table] for name in table.column_names} == table.to_pydict()
    return table.to_pylist()


def pair_lines(table: refrain.Table) -> str:
    """Pairs as the command writes them."""
    lines = []
    for row in rows(table):
        line = {
            "a": row["a"],
            "a_span": [row["a_byte_start"], row["a_byte_end"]],
            "b": row["b"],
            "b_span": [row["b_byte_start"], row["b_byte_end"]],
            "resemblance": row["resemblance"],
            "containment": [row["a_in_b"], row["b_in_a"]],
        }
        lines.append(json_line(line if row["differs"] is None else {**line, "differs": row["differs"]}))
    return "".join(f"{line}\n" for line in lines)


def cluster_lines(table: refrain.Table) -> str:
    clusters: dict[object, list[dict[str, object]]] = {}
    for row in rows(table):
        clusters.setdefault(row["cluster"], []).append(row)
    assert list(clusters) == list(range(len(clusters)))
    lines = []
    for members in clusters.values():
        places = [{"id": row["id"], "span": [row["byte_start"], row["byte_end"]]} for row in members]
        of_members = [{**place, "resemblance": row["resemblance"]} for place, row in zip(places, members, strict=True)]
        lines.append(json_line({"representative": places[0], "members": of_members}))
    return "".join(f"{line}\n" for line in lines)


def removed_lines(table: refrain.Table) -> str:
    lines = [
        {
            "id": row["id"],
            "span": [row["byte_start"], row["byte_end"]],
            "text": row["text"],
            "kept": {"id": row["kept_id"], "span": [row["kept_byte_start"], row["kept_byte_end"]]},
            "resemblance": row["resemblance"],
        }
        for row in rows(table)
    ]
    return "".join(f"{json_line(line)}\n" for line in lines)


def columns(corpus: list[Record]) -> tuple[list[str], list[str]]:
    return [record["text"] for record in corpus], [record["id"] for record in corpus]


@pytest.mark.parametrize(("options", "settings"), SETTINGS)
def test_pairs_are_those_of_the_command(command, corpus, write_records, options, settings):
    texts, ids = columns(corpus)
    found = refrain.Detector(**settings).pairs(texts, id=ids)
    assert len(found) > 100
    assert pair_lines(found) == command("pairs", "--quiet", *options, write_records(corpus)).decode()


@pytest.mark.parametrize(("options", "settings"), SETTINGS)
def test_clusters_are_those_of_the_command(command, corpus, write_records, options, settings):
    texts, ids = columns(corpus)
    found = refrain.Detector(**settings).clusters(texts, id=ids)
    assert len(found) > 50
    assert cluster_lines(found) == command("clusters", "--quiet", *options, write_records(corpus)).decode()


@pytest.mark.parametrize("keep", ["first", "longest", "last", "field:score"])
@pytest.mark.parametrize(("options", "settings"), [*SETTINGS, (["--merge-numbers"], {"merge_numbers": True})])
def test_thinning_is_that_of_the_command(command, corpus, write_records, tmp_path, keep, options, settings):
    import pyarrow

    frame = pyarrow.Table.from_pylist(corpus)
    thinned = refrain.Detector(**settings).dedup(frame, id="id", keep=keep)
    removed = tmp_path / "removed.jsonl"
    kept = command("dedup", "--quiet", "--keep", keep, "--removed", removed, *options, write_records(corpus)).decode()
    assert [json.loads(line) for line in kept.splitlines()] == thinned.kept.to_pylist()
    assert removed_lines(refrain.Table.from_arrow(thinned.removed)) == removed.read_text(encoding="utf-8")
    assert thinned.dropped_rows == len(corpus) - thinned.kept.num_rows > 0
    assert thinned.removed_paragraphs == thinned.removed.num_rows > thinned.dropped_rows
    assert thinned.rows == len(corpus)


def test_rows_are_the_ids_by_default(corpus):
    texts, ids = columns(corpus)
    detector = refrain.Detector()
    by_row = detector.pairs(texts)
    by_id = detector.pairs(texts, id=ids)
    assert [ids[row] for row in by_row["a"]] == by_id["a"]
    assert [ids[row] for row in by_row["b"]] == by_id["b"]


def test_spans_count_code_points(corpus):
    texts, _ = columns(corpus)
    assert any(not text.isascii() for text in texts)
    for row in rows(refrain.Detector().pairs(texts)):
        for side in "ab":
            text = texts[row[side]]
            part = text[row[f"{side}_start"] : row[f"{side}_end"]]
            assert part.encode() == text.encode()[row[f"{side}_byte_start"] : row[f"{side}_byte_end"]]
            assert part.strip() == part != ""


def test_banded_searches_are_those_of_the_command_on_100_000_paragraphs(command, write_records):
    """Above 10,000 different paragraphs pairs are searched through bands."""
    number = int(os.environ.get("REFRAIN_RECORDS", "62500"))
    corpus = records(number, seed=2)
    texts, ids = columns(corpus)
    path = write_records(corpus)
    detector = refrain.Detector(threshold=0.8, min_paragraph_tokens=5)
    options = ["--quiet", "--threshold", "0.8", "--min-paragraph-tokens", "5"]
    found = detector.pairs(texts, id=ids)
    assert len(found) > number // 10
    assert pair_lines(found) == command("pairs", *options, path).decode()
    assert cluster_lines(detector.clusters(texts, id=ids)) == command("clusters", *options, path).decode()
    thinned = detector.dedup(texts, id=ids)
    removed = path.with_name("removed.jsonl")
    kept = command("dedup", *options, "--removed", removed, path).decode()
    assert [json.loads(line)["text"] for line in kept.splitlines()] == thinned.kept
    assert removed_lines(thinned.removed) == removed.read_text(encoding="utf-8")
    assert thinned.paragraphs > 1.5 * number


def test_licences_are_thinned_as_by_the_command(command, tmp_path):
    path = REPOSITORY.parent / "shared" / "data" / "licences" / "docs.jsonl"
    if not path.is_file():
        pytest.skip("there is no ../shared/data/licences")
    with path.open(encoding="utf-8") as lines:
        corpus: list[Record] = [json.loads(line) for line in lines]
    column, ids = columns(corpus)
    detector = refrain.Detector()
    assert pair_lines(detector.pairs(column, id=ids)) == command("pairs", "--quiet", path).decode()
    removed = tmp_path / "removed.jsonl"
    kept = command("dedup", "--quiet", "--removed", removed, path).decode()
    thinned = detector.dedup(column, id=ids)
    assert [json.loads(line)["text"] for line in kept.splitlines()] == thinned.kept
    assert thinned.removed_paragraphs > 0
    for row, line in zip(rows(thinned.removed), removed.read_text(encoding="utf-8").splitlines(), strict=True):
        told = json.loads(line)
        assert (told["id"], told["kept"]["id"], told["resemblance"]) == (row["id"], row["kept_id"], row["resemblance"])
        assert told["span"] == [row["byte_start"], row["byte_end"]] and told["text"] == row["text"]


def test_the_number_of_threads_changes_nothing(corpus):
    texts, _ = columns(corpus)
    one, many = refrain.Detector(threads=1), refrain.Detector(threads=3)
    assert one.pairs(texts).to_pydict() == many.pairs(texts).to_pydict()
    assert one.dedup(texts).kept == many.dedup(texts).kept


def test_crowds_and_limits_are_told():
    copies = ["The ferry to the island leaves at nine every morning."] * 5
    with pytest.warns(UserWarning, match="1 paragraphs occur more than 3 times"):
        assert len(refrain.Detector(copies=3).pairs(copies)) == 4
    edited = [
        f"The ferry to the island of {word} leaves at nine every morning, as it always did."
        for word in ["gulls", "seals", "terns", "crabs"]
    ]
    with pytest.warns(UserWarning, match="different paragraphs have more than 1 pairs"):
        refrain.Detector(max_pairs=1).pairs(edited)


def test_what_was_read_is_logged(caplog):
    with caplog.at_level("INFO", logger="refrain_text"):
        refrain.Detector().dedup(["Share", "Share"])
    assert caplog.messages == [
        "2 rows, 2 paragraphs (2 too short to compare), 0 exact duplicates: 0 paragraphs removed, 0 rows dropped"
    ]


def test_numbers_rank_as_numbers():
    text = "The ferry to the island leaves at nine every morning, except on Sundays and in very thick fog."
    import pyarrow

    for scores, kept in [
        (pyarrow.array([2**53, 2**53 + 1, None], pyarrow.int64()), 1),
        (pyarrow.array([1, 2**64 - 1, 2**64 - 2], pyarrow.uint64()), 1),
        (pyarrow.array([0.5, float("nan"), 0.75], pyarrow.float32()), 2),
        (pyarrow.array([None, None, None], pyarrow.null()), 0),
        (pyarrow.array([-3, -2, -1], pyarrow.int8()), 2),
    ]:
        frame = pyarrow.table({"text": [text] * 3, "row": [0, 1, 2], "score": scores})
        assert refrain.Detector().dedup(frame, keep="field:score").kept["row"].to_pylist() == [kept]
