"""What a check finds, as objects.

Places in a text are given twice. A ``span`` counts code points, as ``str`` does: ``text[span.start:span.end]`` is what
stands there. A ``byte_span`` counts bytes of UTF-8, as the command and its JSON do. In a text of ASCII both are equal.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from ._refrain import CheckedTexts, Positions
from .errors import RefrainError

Rule: TypeAlias = Literal[
    "exact-duplicate",
    "near-duplicate",
    "contained",
    "repetitive",
    "differs-in-numbers",
    "boilerplate",
    "said-again",
    "repeated-passage",
]
Level: TypeAlias = Literal["warning", "note"]
Verdict: TypeAlias = Literal["ok", "repetitive", "padded"]


class Span(NamedTuple):
    """A stretch of a text: from ``start`` to before ``end``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there, if the span counts code points."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Place:
    """A place in one of the documents.

    Attributes:
        document: The number of the document, counted from 0.
        paragraph: The number of the paragraph among those of all documents.
        span: Where it stands, in code points.
        byte_span: The same in bytes.
        line: The line on which it begins, counted from 1.
        column: The column at which it begins, in code points, counted from 1.
        name: The name of the document.
        excerpt: Its text, or the first 200 code points.
    """

    document: int
    paragraph: int
    span: Span
    byte_span: Span
    line: int
    column: int
    name: str
    excerpt: str = field(repr=False)


@dataclass(frozen=True)
class Stretch:
    """Words of a paragraph that were said before.

    Attributes:
        span: From the first to the last of them, in code points of the document of the finding.
        byte_span: The same in bytes.
        line: The line on which they begin, counted from 1.
        column: The column at which they begin, in code points, counted from 1.
        source: Where they stood first.
    """

    span: Span
    byte_span: Span
    line: int
    column: int
    source: Place


@dataclass(frozen=True)
class Finding:
    """Something that repeats, with the evidence.

    Attributes:
        rule: Which rule found it, such as ``near-duplicate``.
        level: ``warning`` or ``note``.
        message: What was found, in a sentence.
        name: The name of the document.
        document: Its number, counted from 0.
        paragraph: The number of the paragraph among those of all documents; ``None`` for a whole document.
        span: What repeats, in code points of the document.
        byte_span: The same in bytes.
        line: The line on which it begins, counted from 1.
        column: The column at which it begins, in code points, counted from 1.
        measure: What the rule compared, such as a resemblance, from 0 to 1; ``None`` for a passage.
        counts: The two counts whose quotient the measure is.
        excerpt: The text of the span, or the first 200 code points.
        related: Where else it stands.
        stretches: Which words were said before and where, for a repetitive or contained paragraph.
        shown: Whether it is worth showing to a reader.
        hidden: Why it is not, such as ``too-short``.
    """

    rule: Rule
    level: Level
    message: str
    name: str
    document: int
    paragraph: int | None
    span: Span
    byte_span: Span
    line: int
    column: int
    measure: float | None
    counts: tuple[int, int] | None
    excerpt: str = field(repr=False)
    related: tuple[Place, ...] = field(repr=False)
    stretches: tuple[Stretch, ...] = field(repr=False)
    shown: bool
    hidden: str | None

    def __str__(self) -> str:
        """One line, as compilers write it: ``article.txt:11:1: warning: … [repetitive]``."""
        name = f"{self.name}:" if self.name else ""
        return f"{name}{self.line}:{self.column}: {self.level}: {self.message} [{self.rule}]"


@dataclass(frozen=True)
class Document:
    """A document in numbers.

    Attributes:
        name: What it is called.
        verdict: ``ok``, ``repetitive`` (much of it stands in it before) or ``padded`` (it says the same again in other
            words, or ends as it began).
        redundancy: The share of its tokens that could be cut, from 0 to 1.
        repetition: How far it is from ``ok``; from 1 on it is not.
        said_again: The share of its sentences that say something again.
        opening_closing: How alike its beginning and its end are, from 0 to 1.
        shared: The share of its tokens that another document has in the passages of the report.
        bytes: Its length in bytes.
        tokens: How many tokens it has.
        paragraphs: How many paragraphs it has.
        short_paragraphs: How many of them are too short to be compared.
        details: All numbers, by their names in the JSON.
    """

    name: str
    verdict: Verdict
    redundancy: float
    repetition: float
    said_again: float
    opening_closing: float
    shared: float
    bytes: int
    tokens: int
    paragraphs: int
    short_paragraphs: int
    details: dict[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in numbers.

    Attributes:
        id: Its number among the paragraphs of all documents.
        document: The number of its document.
        span: Where it stands, in code points.
        byte_span: The same in bytes.
        line: The line on which it begins, counted from 1.
        role: What it is in the layout, such as ``text`` or ``heading``.
        tokens: How many tokens it has.
        coverage: The share of its shingles that stand in earlier paragraphs, from 0 to 1.
        boilerplate: Whether it is boilerplate of the documents.
    """

    id: int
    document: int
    span: Span
    byte_span: Span
    line: int
    role: str
    tokens: int
    coverage: float
    boilerplate: bool


@dataclass(frozen=True)
class Difference:
    """Words of one paragraph of a pair that stand where the other has other words, or none.

    Attributes:
        left: In code points of the document of the left paragraph.
        right: In code points of the document of the right one.
        left_bytes: The same as ``left`` in bytes.
        right_bytes: The same as ``right`` in bytes.
    """

    left: Span
    right: Span
    left_bytes: Span
    right_bytes: Span


@dataclass(frozen=True)
class Pair:
    """Two near-duplicate paragraphs, compared exactly.

    Attributes:
        left: The number of the earlier paragraph.
        right: The number of the later one.
        resemblance: Shared shingles of all shingles of the two (Jaccard), from the threshold to 1.
        containment: The share of the left one that the right one has, and the reverse.
        differs: ``numbers`` if they differ in numbers or dates only.
        differences: What differs, in order; ``None`` if that was not looked for.
    """

    left: int
    right: int
    resemblance: float
    containment: tuple[float, float]
    differs: str | None
    differences: tuple[Difference, ...] | None = field(repr=False)


@dataclass(frozen=True)
class Cluster:
    """A representative and the paragraphs that are near-duplicates of it.

    Attributes:
        representative: The number of the first of the members.
        members: The numbers of all, ascending.
    """

    representative: int
    members: tuple[int, ...]


@dataclass(frozen=True)
class Occurrence:
    """One place where a passage or a theme stands.

    Attributes:
        document: The number of the document.
        paragraph: The number of the paragraph that it begins in.
        span: From its first to its last matching token, in code points.
        byte_span: The same in bytes.
        line: The line on which it begins, counted from 1.
        column: The column at which it begins, in code points, counted from 1.
        text: The words there.
    """

    document: int
    paragraph: int
    span: Span
    byte_span: Span
    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Passage:
    """A stretch of words that comes back.

    Attributes:
        kind: ``verbatim``, ``edited`` or ``reworded``.
        score: How informative the repetition is.
        tokens: The least number of tokens that an occurrence matches.
        occurrences: Where it stands, two places or more.
    """

    kind: str
    score: float
    tokens: int
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True)
class Theme:
    """What a document says in several places, in whatever words.

    Attributes:
        score: How much is said again.
        paragraphs: In how many paragraphs it is said.
        occurrences: Where, two places or more.
    """

    score: float
    paragraphs: int
    occurrences: tuple[Occurrence, ...]


class _Reader:
    """Makes objects of JSON, with spans in code points."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._positions: dict[int, Positions] = {}

    def spans(self, document: int, span: list[int]) -> tuple[Span, Span]:
        """A span of bytes, in code points and as it is."""
        positions = self._positions.get(document)
        if positions is None:
            positions = self._positions[document] = Positions(self._texts[document])
        start, end = span
        return Span(positions.code_point(start), positions.code_point(end)), Span(start, end)

    def place(self, data: dict[str, Any]) -> Place:
        span, byte_span = self.spans(data["document"], data["span"])
        return Place(
            document=data["document"],
            paragraph=data["paragraph"],
            span=span,
            byte_span=byte_span,
            line=data["line"],
            column=data["column"],
            name=data.get("name", ""),
            excerpt=data.get("excerpt", ""),
        )

    def stretch(self, document: int, data: dict[str, Any]) -> Stretch:
        span, byte_span = self.spans(document, data["span"])
        return Stretch(span, byte_span, data["line"], data["column"], self.place(data["source"]))

    def finding(self, data: dict[str, Any]) -> Finding:
        document = data["document"]
        span, byte_span = self.spans(document, data["span"])
        counts = data.get("counts")
        return Finding(
            rule=data["rule"],
            level=data["level"],
            message=data["message"],
            name=data["name"],
            document=document,
            paragraph=data["paragraph"],
            span=span,
            byte_span=byte_span,
            line=data["line"],
            column=data["column"],
            measure=data.get("measure"),
            counts=None if counts is None else (counts[0], counts[1]),
            excerpt=data.get("excerpt", ""),
            related=tuple(self.place(place) for place in data["related"]),
            stretches=tuple(self.stretch(document, stretch) for stretch in data.get("stretches", ())),
            shown=data.get("shown", True),
            hidden=data.get("hidden"),
        )

    def paragraph(self, data: dict[str, Any]) -> Paragraph:
        span, byte_span = self.spans(data["document"], data["span"])
        return Paragraph(
            id=data["id"],
            document=data["document"],
            span=span,
            byte_span=byte_span,
            line=data["line"],
            role=data.get("role", "text"),
            tokens=data["tokens"],
            coverage=data["coverage"],
            boilerplate=data.get("boilerplate", False),
        )

    def occurrence(self, data: dict[str, Any]) -> Occurrence:
        span, byte_span = self.spans(data["document"], data["span"])
        return Occurrence(
            data["document"],
            data["paragraph"],
            span,
            byte_span,
            data.get("line", 0),
            data.get("column", 0),
            data["text"],
        )

    def pair(self, data: dict[str, Any], documents: list[int]) -> Pair:
        def difference(found: dict[str, list[int]]) -> Difference:
            left, left_bytes = self.spans(documents[data["left"]], found["left"])
            right, right_bytes = self.spans(documents[data["right"]], found["right"])
            return Difference(left, right, left_bytes, right_bytes)

        differences = data.get("differences")
        return Pair(
            left=data["left"],
            right=data["right"],
            resemblance=data["resemblance"],
            containment=(data["containment"][0], data["containment"][1]),
            differs=data.get("differs"),
            differences=None if differences is None else tuple(map(difference, differences)),
        )


def _document(data: dict[str, Any]) -> Document:
    return Document(
        name=data["name"],
        verdict=data.get("verdict", "ok"),
        redundancy=data["redundancy"],
        repetition=data.get("repetition", 0.0),
        said_again=data.get("said_again", 0.0),
        opening_closing=data.get("opening_closing", 0.0),
        shared=data.get("shared", 0.0),
        bytes=data["bytes"],
        tokens=data["tokens"],
        paragraphs=data["paragraphs"],
        short_paragraphs=data["short_paragraphs"],
        details=data,
    )


class Report:
    """All that a check or a comparison found.

    In a notebook it shows itself as a page. It can be pickled, and stored as JSON in the format of the command.
    """

    def __init__(self, checked: CheckedTexts, is_comparison: bool, stored: str | None = None) -> None:
        """Made by `Detector` and `from_json`."""
        self._checked = checked
        self._is_comparison = is_comparison
        self._stored = stored

    @cached_property
    def _json(self) -> str:
        return self._checked.json() if self._stored is None else self._stored

    @cached_property
    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self._json)
        return data

    @cached_property
    def _reader(self) -> _Reader:
        return _Reader(list(self.texts))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts that were checked. All places are in these."""
        return tuple(text for _, text, _, _ in self._checked.sources())

    @property
    def is_comparison(self) -> bool:
        """Whether it is the report of `Detector.compare`."""
        return self._is_comparison

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The settings that shaped the result."""
        settings: dict[str, Any] = self._data["settings"]
        return settings

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents in numbers, in their order."""
        return tuple(map(_document, self._data["documents"]))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of all documents; the one with the number ``i`` is at index ``i``."""
        return tuple(map(self._reader.paragraph, self._data["paragraphs"]))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, those that are worth showing first, of them warnings before notes."""
        return tuple(map(self._reader.finding, self._data["findings"]))

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that are worth showing."""
        return tuple(finding for finding in self.findings if finding.shown)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings of the level ``warning`` that are worth showing."""
        return tuple(finding for finding in self.shown if finding.level == "warning")

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs of near-duplicate paragraphs, ascending."""
        documents = [paragraph["document"] for paragraph in self._data["paragraphs"]]
        return tuple(self._reader.pair(pair, documents) for pair in self._data["pairs"])

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        """The clusters of near-duplicate paragraphs, in the order of their representatives."""
        return tuple(
            Cluster(cluster["representative"], tuple(cluster["members"])) for cluster in self._data["clusters"]
        )

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages that come back, the most informative first."""
        return tuple(
            Passage(
                passage.get("kind", "verbatim"),
                passage.get("score", 0.0),
                passage["tokens"],
                tuple(map(self._reader.occurrence, passage["occurrences"])),
            )
            for passage in self._data["passages"]
        )

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """What each document says again, in whatever words."""
        return tuple(
            Theme(theme["score"], theme["paragraphs"], tuple(map(self._reader.occurrence, theme["occurrences"])))
            for theme in self._data.get("themes", ())
        )

    @property
    def verdict(self) -> Verdict:
        """The verdict on the document; of several, the first that is not ``ok``."""
        verdicts = [document.verdict for document in self.documents]
        return next((verdict for verdict in verdicts if verdict != "ok"), "ok")

    def to_json(self) -> str:
        """The JSON of ``refrain check --format json`` or ``refrain compare --format json``, without its line end."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The same as objects: spans in it count bytes."""
        data: dict[str, Any] = json.loads(self._json)
        return data

    @staticmethod
    def from_json(stored: str, texts: list[str] | str, *, is_comparison: bool = False) -> Report:
        """A report that was stored with `to_json` or by the command.

        The texts are compared with the hashes that a report has. That of a comparison has none: there only their
        lengths and the beginnings of what was found are compared.

        Args:
            stored: The JSON.
            texts: The texts that it is about, in their order, or the only one.
            is_comparison: Whether it is that of a comparison.

        Raises:
            RefrainError: If it is no report, or if the texts are others.
        """
        texts = [texts] if isinstance(texts, str) else list(texts)
        try:
            data = json.loads(stored)
            names = [document["name"] for document in data["documents"]]
            facts = data.get("sources") or [{"input": "plain"}] * len(names)
            kinds = [fact["input"] for fact in facts]
            options = [fact.get("options", {}) for fact in facts]
            flags = [
                (bool(of.get("alt_text")), bool(of.get("front_matter")), bool(of.get("ignore_lines"))) for of in options
            ]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RefrainError(f"not a stored report: {error}") from error
        if len(texts) != len(names):
            raise RefrainError(f"the texts are not those of the report: it is about {len(names)}, got {len(texts)}")
        sources = list(zip(names, texts, kinds, flags, strict=False))
        return Report(CheckedTexts.from_json(stored, sources, is_comparison), is_comparison, stored)

    def to_html(self) -> str:
        """A page for a browser, in one file: the texts with what repeats marked."""
        return self._checked.html()

    def save(self, path: str | Path) -> None:
        """Writes the page of `to_html` to a file."""
        Path(path).write_text(self.to_html(), encoding="utf-8", newline="\n")

    def _repr_html_(self) -> str:
        # In a frame, so that the page and the notebook do not see each other's styles and scripts.
        page = html.escape(self.to_html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" sandbox="allow-scripts" title="refrain" '
            'style="width: 100%; height: 40em; border: 1px solid #ccc"></iframe>'
        )

    def __repr__(self) -> str:
        if self._is_comparison:
            # As the command, it never says more than there is.
            shared = ", ".join(
                f"{100 * document.details.get('shared_tokens', 0) // max(document.tokens, 1)}%"
                for document in self.documents
            )
            number = len(self.passages)
            return f"<refrain_text.Report: {number} shared passage{'' if number == 1 else 's'}, shared {shared}>"
        shown = self.shown
        warnings = sum(finding.level == "warning" for finding in shown)
        notes = len(shown) - warnings
        documents = len(self.documents)
        what = f"verdict {self.verdict}" if documents == 1 else f"{documents} documents"
        return (
            f"<refrain_text.Report: {what}, {warnings} warning{'' if warnings == 1 else 's'}, "
            f"{notes} note{'' if notes == 1 else 's'}>"
        )

    def __str__(self) -> str:
        """A line for each finding that is worth showing."""
        return "\n".join(map(str, self.shown))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Report):
            return NotImplemented
        return (self._json, self.texts) == (other._json, other.texts)

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (self._json, self._checked.sources(), self._is_comparison)


def _unpickled(stored: str, sources: list[Any], is_comparison: bool) -> Report:
    return Report(CheckedTexts.from_json(stored, sources, is_comparison), is_comparison, stored)
