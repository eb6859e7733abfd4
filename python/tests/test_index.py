"""The index on disk."""

from __future__ import annotations

import json
import os
import threading

import pyarrow
import pytest
from conftest import DATA

import refrain_text as refrain

OLD = "Die Fähre zur Insel fährt jeden Morgen um neun Uhr ab, außer an Sonntagen und bei dichtem Nebel über dem Sund."
NEW = f"🙂 Wie immer: {OLD} Der Kapitän geht im Mai in den Ruhestand, nach dreißig Jahren."


def test_what_was_published_is_found(tmp_path):
    path = tmp_path / "published.refrain"
    with refrain.Index.create(path) as index:
        assert index.add(OLD, id="old.txt", metadata={"date": "2024-05-06"}) == 1
        found = index.check(NEW)
        assert found and found.matches[0].stored.name == "old.txt"
        assert found.matches[0].stored.metadata == {"date": "2024-05-06"}
        run = found.matches[0].runs[0]
        assert run.span.of(NEW) == OLD.removesuffix(".")
        assert NEW.encode()[slice(*run.byte_span)] == run.span.of(NEW).encode()
        assert OLD.removesuffix(".") in [finding.span.of(NEW) for finding in found.matches[0].findings]
        assert not index.check("Nothing of this was said before, by nobody and nowhere.")
        assert not index.check(NEW, before=("date", "2024-05-06"))
        assert index.check(NEW, before=("date", "2024-05-07"))
        assert not index.check(NEW, before=("year", 2024)) and index.check(NEW, before=("year", 2024)).undated == 1
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
