"""Checks and comparisons of texts: equal to the command, and natural as objects."""

from __future__ import annotations

import copy
import json
import pickle
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import DATA

import refrain_text as refrain

TEXTS = ["article.txt", "canal.txt", "canal_reworded.txt", "bees.txt", "stored/lighthouse.txt"]

MARKDOWN = """\
# The ferry

The *ferry* to the island leaves at nine every morning, except on Sundays — and in thick fog, too.

- Bicycles travel free of charge on every crossing, and dogs pay half of the usual fare.

The ferry to the [island](https://example.org) leaves at nine every morning, except on Sundays — and in thick fog, too.
"""


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("options", "settings"),
    [
        ([], {}),
        (
            ["--threshold", "0.3", "--shingle", "chars:5", "--min-passage-tokens", "4", "--themes", "thorough"],
            {"threshold": 0.3, "shingle": "chars:5", "min_passage_tokens": 4, "themes": "thorough"},
        ),
        (
            ["--profile", "reference", "--paragraphs", "line", "--background", "none", "--merge-numbers"],
            {"profile": "reference", "paragraphs": "line", "background": "none", "merge_numbers": True},
        ),
    ],
)
def test_a_report_is_that_of_the_command(command, name, options, settings):
    text = (DATA / name).read_text(encoding="utf-8")
    report = refrain.Detector(**settings).check(text, name=name)
    run = ["check", "--no-config", *options, name]
    assert report.to_json() + "\n" == command(*run, "--format", "json").decode()
    assert report.to_html() == command(*run, "--format", "html").decode()
    assert str(report) + "\n" == command(*run, "--format", "lines").decode() or not report.shown


def test_kinds_are_those_of_the_command(command, tmp_path):
    html = "<!DOCTYPE html><p>" + "</p><p>".join(["The ferry leaves at nine every morning &amp; at noon."] * 2) + "</p>"
    for name, text in [("a.md", MARKDOWN), ("a.html", html), ("a", MARKDOWN), ("b", html), ("c.txt", MARKDOWN)]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        report = refrain.Detector().check(text, name=name)
        told = json.loads(report.to_json())["sources"][0]["input"]
        if name in ("a", "b"):
            # A file with another ending is plain for the command; it guesses what comes by standard input.
            assert told == {"a": "markdown", "b": "html"}[name]
            continue
        assert report.to_json() + "\n" == command("check", "--format", "json", name, cwd=tmp_path).decode()
    explicit = refrain.Detector().check(html, name="b", kind="plain")
    assert json.loads(explicit.to_json())["sources"][0]["input"] == "plain"
    assert refrain.Detector().check(html).to_dict() == json.loads(
        command("check", "--format", "json", cwd=tmp_path, input=html.encode()).decode().replace("<stdin>", "")
    )


def test_several_texts_are_checked_as_by_the_command(command):
    texts = {name: (DATA / name).read_text(encoding="utf-8") for name in TEXTS}
    detector = refrain.Detector(boilerplate="20%", coverage="documents")
    run = command("check", "--format", "json", "--boilerplate", "20%", "--coverage", "documents", *TEXTS).decode()
    for data in [texts, list(texts.items()), iter(texts.items())]:
        assert detector.check_all(data).to_json() + "\n" == run
    report = detector.check_all(list(texts.values()), id=list(texts), kind="plain")
    assert report.to_json() + "\n" == run
    assert [document.name for document in report.documents] == TEXTS
    assert [document.name for document in detector.check_all(["A.", "B."]).documents] == ["document 1", "document 2"]


def test_a_comparison_is_that_of_the_command(command):
    left, right = (DATA / name for name in ("canal.txt", "canal_reworded.txt"))
    names = (left.name, right.name)
    report = refrain.Detector().compare(left.read_text("utf-8"), right.read_text("utf-8"), names=names)
    assert report.to_json() + "\n" == command("compare", "--format", "json", *names).decode()
    assert report.to_html() == command("compare", "--format", "html", *names).decode()
    assert report.is_comparison
    assert repr(report) == "<refrain_text.Report: 1 shared passage, shared 84%, 80%>"
    assert pickle.loads(pickle.dumps(report)) == report


def test_spans_count_code_points_and_bytes():
    text = "🙂 Über die Brücke führt ein schmaler Weg zum höchsten Punkt der Insel, ça va.\n\n日本 " + MARKDOWN
    report = refrain.Detector(threshold=0.3, min_passage_tokens=3).check(text, kind="markdown")
    data = report.to_dict()
    assert report.findings and report.passages and report.pairs
    encoded = text.encode()
    for finding, stored in zip(report.findings, data["findings"], strict=True):
        assert list(finding.byte_span) == stored["span"]
        assert finding.span.of(text).encode() == encoded[slice(*finding.byte_span)]
        for place in finding.related:
            assert place.span.of(text).encode() == encoded[slice(*place.byte_span)]
    for passage in report.passages:
        for occurrence in passage.occurrences:
            assert occurrence.span.of(text).encode() == encoded[slice(*occurrence.byte_span)]
    for paragraph in report.paragraphs:
        assert paragraph.span.of(text).encode() == encoded[slice(*paragraph.byte_span)]
    pair = report.pairs[0]
    assert pair.resemblance == 1.0
    assert report.paragraphs[pair.left].span.of(text).startswith("The *ferry*")
    start, end = report.findings[0].span
    assert text[start:end] == report.findings[0].span.of(text)


def test_what_differs_is_in_the_texts():
    left = "Die Fähre zur Insel fährt jeden Morgen um neun ab, außer an Sonntagen und bei dichtem Nebel über dem Fluß."
    right = left.replace("neun", "zehn").replace("Fluß", "Meer")
    report = refrain.Detector().check_all([left, right])
    differences = report.pairs[0].differences
    assert differences is not None
    words = [(difference.left.of(left), difference.right.of(right)) for difference in differences]
    assert words == [("neun", "zehn"), ("Fluß", "Meer")]
    first = differences[0]
    assert left.encode()[slice(*first.left_bytes)] == b"neun" and right.encode()[slice(*first.right_bytes)] == b"zehn"


def test_a_report_is_the_same_through_pickle_json_and_copy(article):
    report = refrain.Detector(threshold=0.1 + 0.2).check(article, name="article.txt")
    for other in [
        pickle.loads(pickle.dumps(report)),
        copy.deepcopy(report),
        refrain.Report.from_json(report.to_json(), article),
    ]:
        assert other == report and hash(other) == hash(report)
        assert other.to_json() == report.to_json()
        assert other.findings == report.findings and other.texts == (article,)
        assert other.to_html() == report.to_html()
    assert report != refrain.Detector().check(article)
    for finding in pickle.loads(pickle.dumps(report.findings)):
        assert finding in report.findings
    assert json.loads(report.to_json()) == report.to_dict()


def test_another_text_is_not_that_of_a_stored_report(article):
    stored = refrain.Detector().check(article).to_json()
    # Of the last one only a letter differs, in a place of which no finding tells.
    for texts in [article + ".", [], [article, article], article[:-2] + "#" + article[-1]]:
        with pytest.raises(refrain.RefrainError, match="the texts are not those of the report"):
            refrain.Report.from_json(stored, texts)
    other = (DATA / "canal.txt").read_text(encoding="utf-8")
    compared = refrain.Detector().compare(article, article + other).to_json()
    assert refrain.Report.from_json(compared, [article, article + other], is_comparison=True).is_comparison
    with pytest.raises(refrain.RefrainError, match=r"texts\[0\] has the same length, but has changed since"):
        refrain.Report.from_json(compared, ["x" * len(article.encode()), article + other], is_comparison=True)
    with pytest.raises(refrain.WrongTypeError, match=r"texts\[0\] must be a str, got None"):
        refrain.Report.from_json(stored, [None])
    for bad in ["", "[]", "{}", '{"documents": []}', '{"documents": [], "sources": [5]}']:
        with pytest.raises(refrain.RefrainError, match="not a stored report"):
            refrain.Report.from_json(bad, [])


def test_a_stored_report_of_an_earlier_version_is_read():
    text = (DATA / "stored/lighthouse.txt").read_text(encoding="utf-8")
    report = refrain.Report.from_json((DATA / "stored/lighthouse.json").read_text(encoding="utf-8"), text)
    assert report.findings[0].rule == "near-duplicate"
    assert report.passages[0].occurrences[0].span.of(text).startswith("The keeper of the lighthouse")
    assert "<!DOCTYPE html>" in report.to_html()


def test_objects_show_themselves(article, tmp_path):
    detector = refrain.Detector(threshold=0.8, shingle="words:3")
    assert repr(detector) == "Detector(threshold=0.8, shingle='words:3')"
    report = refrain.Detector().check(article, name="article.txt")
    warning = report.warnings[0]
    assert str(warning).startswith("article.txt:11:1: warning: 61% of this paragraph was said before")
    assert repr(report).startswith("<refrain_text.Report: verdict repetitive, 1 warning, ")
    assert repr(report.documents[0]).startswith("Document(name='article.txt', verdict='repetitive'")
    page = report.to_html()
    shown = report._repr_html_()
    assert page.startswith("<!DOCTYPE html>")
    # Nothing of the page ends the attribute that it is in, or the frame.
    frames: list[dict[str, str | None]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: frames.append({"tag": tag, **dict(attributes)})
    parser.feed(shown)
    assert [(frame["tag"], frame["srcdoc"], frame["sandbox"]) for frame in frames] == [
        ("iframe", page, "allow-scripts")
    ]
    report.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes().decode() == page
    assert refrain.Detector().check("").verdict == "ok"


def test_an_empty_text_is_a_sound_report():
    for text in ["", " \n\n ", "…"]:
        report = refrain.Detector().check(text)
        assert report.findings == () and report.verdict == "ok"
        assert report.documents[0].bytes == len(text.encode())
    assert refrain.Detector().check_all([]).documents == ()
    assert refrain.Detector().compare("", "").passages == ()


def test_settings_are_those_of_the_command(command, tmp_path):
    shown = refrain.Detector(threshold=0.6, boilerplate=5, max_pairs=7, verdict_redundancy=0.2).settings
    (tmp_path / "refrain.toml").write_text(
        "threshold = 0.6\nboilerplate = 5\nmax-pairs = 7\nverdict.redundancy = 0.2\n", encoding="utf-8"
    )
    (tmp_path / "a.txt").write_text("A text.", encoding="utf-8")
    assert shown == json.loads(command("check", "--format", "json", "a.txt", cwd=tmp_path))["settings"]
    detector = refrain.Detector(threshold=0.6)
    assert pickle.loads(pickle.dumps(detector)) == detector
    assert pickle.loads(pickle.dumps(detector)).settings == detector.settings
    assert detector != refrain.Detector()


def test_a_table_of_common_words_is_read(command, tmp_path, article):
    (tmp_path / "corpus.jsonl").write_text(
        "".join(json.dumps({"id": place, "text": article}) + "\n" for place in range(30)), encoding="utf-8"
    )
    table = tmp_path / "table.txt"
    command("background", "corpus.jsonl", "-o", table, cwd=tmp_path)
    report = refrain.Detector(background=table).check(article, name="article.txt")
    run = command("check", "--format", "json", "--background", table, "article.txt").decode()
    assert report.to_json() + "\n" == run
    assert report.settings["background"].startswith("custom/")
    with pytest.raises(refrain.RefrainError, match="background must be en/1, none or a file"):
        refrain.Detector(background=tmp_path / "missing.txt")


def test_documents_of_a_frame_are_named_by_their_ids(article):
    import pyarrow

    table = pyarrow.table({"url": ["a", "b"], "body": [article, article]})
    report = refrain.Detector().check_all(table, "body", id="url")
    assert [document.name for document in report.documents] == ["a", "b"]
    assert report == refrain.Detector().check_all({"a": article, "b": article})
    assert Path(report.documents[0].name) == Path("a")
