"""The index on disk: was this published before?"""

from __future__ import annotations

import datetime
import json
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, TypeAlias

from . import frames
from . import metadata as kept
from ._refrain import IndexFile, Positions, describe
from .detector import Kind
from .errors import UndatedWarning, WrongTypeError
from .progress import Limits, Progress
from .report import Finding, Span, _Reader

Before: TypeAlias = str | int | float | datetime.date
"""What fields of metadata are compared with."""


@dataclass(frozen=True)
class Stored:
    """A stored document, without its text.

    Attributes:
        name: Its name.
        number: Those that were added later have greater ones.
        metadata: What was given with it.
        bytes: Its length in bytes.
        tokens: How many tokens it has.
        paragraphs: How many paragraphs it has.
    """

    name: str
    number: int
    metadata: Any
    bytes: int
    tokens: int
    paragraphs: int


@dataclass(frozen=True)
class Run:
    """A run of words that the text and a stored document have word for word.

    Attributes:
        words: How many.
        span: Where they stand in the text, in code points.
        byte_span: The same in bytes.
        stored_bytes: Where they stand first in the stored document, in bytes.
    """

    words: int
    span: Span
    byte_span: Span
    stored_bytes: Span


@dataclass(frozen=True)
class Alike:
    """A paragraph that is a near-duplicate of a stored one.

    Attributes:
        span: Where it stands in the text, in code points.
        byte_span: The same in bytes.
        stored_bytes: The stored paragraph, in bytes of its document.
        identical: Whether they have the same words.
        resemblance: Their resemblance, exact in an index with texts.
    """

    span: Span
    byte_span: Span
    stored_bytes: Span
    identical: bool
    resemblance: float


@dataclass(frozen=True)
class Match:
    """A stored document that has something of the text.

    Attributes:
        stored: The document.
        runs: The runs of words that both have.
        paragraphs: The paragraphs that are near-duplicates.
        findings: What of the text repeats the document, also edited and reworded; empty in an index without texts.
            Related places count bytes of the stored document in both of their spans.
    """

    stored: Stored
    runs: tuple[Run, ...]
    paragraphs: tuple[Alike, ...]
    findings: tuple[Finding, ...] = field(repr=False)


@dataclass(frozen=True)
class Published:
    """What of a text was stored before.

    Attributes:
        name: What the text is called.
        tokens: How many tokens it has.
        shared: The share of them that a stored document has, too, from 0 to 1.
        matches: The stored documents that have something of it, those that share most first.
        boilerplate: The stretches, in code points, that very many stored paragraphs have.
        more: How many more stored documents share something, all of which is in the matches already.
        undated: How many stored documents share something, and were left out because their metadata has no value that
            can be compared with that of ``before``.
        has_warnings: Whether any of that is worth a warning: a run of words of the guaranteed length, a finding of that
            level, or, in an index without texts, any match. A heading that a stored document has, too, is none.
    """

    name: str
    tokens: int
    shared: float
    matches: tuple[Match, ...]
    boilerplate: tuple[Span, ...]
    more: int
    undated: int
    has_warnings: bool
    _json: str = field(repr=False)

    def __bool__(self) -> bool:
        """Whether anything of it was stored before, a heading too; see ``has_warnings``."""
        return bool(self.matches)

    def to_json(self) -> str:
        """The JSON of ``refrain index check --format json``, without its line end."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The same as objects: spans in it count bytes."""
        data: dict[str, Any] = json.loads(self._json)
        return data


@dataclass(frozen=True)
class Stats:
    """An index in numbers.

    Attributes:
        documents: The stored documents.
        paragraphs: Their paragraphs.
        tokens: Their tokens.
        bytes: The bytes of their texts.
        postings: The entries by which they are found.
        runs: The sorted runs of these.
        file: The bytes of the file.
    """

    documents: int
    paragraphs: int
    tokens: int
    bytes: int
    postings: int
    runs: int
    file: int


def _stored(data: dict[str, Any]) -> Stored:
    return Stored(data["name"], data["number"], data.get("metadata"), data["bytes"], data["tokens"], data["paragraphs"])


class _BytesOfStored(_Reader):
    """Reads findings on a text; of the stored document only bytes are known."""

    def spans(self, document: int, span: list[int]) -> tuple[Span, Span]:
        if document == 0:
            return Span(*span), Span(*span)
        return super().spans(document, span)


def _published(checked: tuple[str, bool], text: str) -> Published:
    stored_json, has_warnings = checked
    data = json.loads(stored_json)
    positions = Positions(text)
    reader = _BytesOfStored(["", text])

    def spans(span: list[int]) -> tuple[Span, Span]:
        start, end = span
        return Span(positions.code_point(start), positions.code_point(end)), Span(start, end)

    def match(data: dict[str, Any]) -> Match:
        findings = (data.get("comparison") or {}).get("findings", ())
        return Match(
            stored=_stored(data["stored"]),
            runs=tuple(Run(run["words"], *spans(run["span"]), Span(*run["stored"])) for run in data["runs"]),
            paragraphs=tuple(
                Alike(*spans(alike["span"]), Span(*alike["stored"]), alike["identical"], alike["resemblance"])
                for alike in data["paragraphs"]
            ),
            findings=tuple(map(reader.finding, findings)),
        )

    return Published(
        name=data["name"],
        tokens=data["tokens"],
        shared=data["shared"],
        matches=tuple(map(match, data["matches"])),
        boilerplate=tuple(spans(stretch["span"])[0] for stretch in data["boilerplate"]),
        more=data["more"],
        undated=data["undated"],
        has_warnings=has_warnings,
        _json=stored_json,
    )


class Index:
    """An index of documents in a file, which tells what of a text was published before.

    Any run of 12 words or more (``guarantee``) that a stored document has is found for certain, near-duplicate
    paragraphs with a recall of 0.99 at the threshold. Every match is verified in the stored text. What was committed
    survives a kill. One process writes, others read meanwhile; many threads may use one index. After a fork, the child
    cannot use what its parent opened: it opens the index again.

    Open one with `create`, `open` or `open_read_only`, in a ``with`` statement or with `close` at the end.

    Example:
        >>> import tempfile, pathlib
        >>> import refrain_text as refrain
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "published.refrain"
        >>> old = "The ferry to the island leaves at nine every morning, except on Sundays and in thick fog."
        >>> with refrain.Index.create(path) as index:
        ...     index.add([old], id=["monday.txt"])
        ...     found = index.check("As ever, the ferry to the island leaves at nine every morning, except on Sundays.")
        ...     print(found.matches[0].stored.name, found.matches[0].runs[0].words)
        1
        monday.txt 13
    """

    def __init__(self, file: IndexFile, path: str) -> None:
        """Made by `create`, `open` and `open_read_only`."""
        self._file = file
        self._path = path

    @staticmethod
    def create(
        path: str | os.PathLike[str],
        *,
        guarantee: int = 12,
        texts: bool = True,
        threshold: float | None = None,
        recall: float | None = None,
        shingle: str | None = None,
        paragraphs: str | None = None,
        min_paragraph_tokens: int | None = None,
        min_passage_tokens: int | None = None,
        threads: int | None = None,
    ) -> Index:
        """Creates an index in a new file, and opens it for writing. Its settings never change.

        Args:
            path: The file, which must not exist.
            guarantee: Runs of this many words are found for certain, 4 to 64.
            texts: Whether texts are kept, compressed. Without them places are named, but not quoted, and shares are
                estimates.
            threshold: The least resemblance of near-duplicates. Default 0.5.
            recall: The share of those just at the threshold that is found. Default 0.99.
            shingle: Runs of words, such as ``words:3``.
            paragraphs: What separates the paragraphs of plain text; see `Detector`.
            min_paragraph_tokens: Paragraphs of fewer words are not compared. Default 5.
            min_passage_tokens: Passages of fewer words are not reported. Default 8.
            threads: How many threads work; see `Detector`.

        Raises:
            IndexFileError: If there is a file already, or none can be created there.
            RefrainError: If a setting is out of its range.
        """
        settings = {
            "threshold": threshold,
            "recall": recall,
            "shingle": shingle,
            "paragraphs": paragraphs,
            "min_paragraph_tokens": min_paragraph_tokens,
            "min_passage_tokens": min_passage_tokens,
        }
        given = {name: value for name, value in settings.items() if value is not None}
        path = os.fsdecode(path)
        return Index(IndexFile.create(path, guarantee, texts, given, threads), path)

    @staticmethod
    def open(path: str | os.PathLike[str], *, threads: int | None = None) -> Index:
        """Opens an index for writing. No other process may have it open so; others may read it.

        Raises:
            IndexFileError: If there is none, if it is damaged, or if another process has it open for writing.
        """
        path = os.fsdecode(path)
        return Index(IndexFile.open(path, False, threads), path)

    @staticmethod
    def open_read_only(path: str | os.PathLike[str], *, threads: int | None = None) -> Index:
        """Opens an index for reading. Each check sees what was committed last.

        Raises:
            IndexFileError: If there is none, or if it is damaged.
        """
        path = os.fsdecode(path)
        return Index(IndexFile.open(path, True, threads), path)

    def add(
        self,
        data: Any,
        column: str | None = None,
        *,
        id: Any,
        metadata: Any = None,
        metadata_fields: Sequence[str] | None = None,
        kind: Kind | None = None,
        replace: bool = False,
        timeout: float | None = None,
        progress: Progress = None,
    ) -> int:
        """Adds documents, and commits after some 10,000 paragraphs at a time, and at the end.

        Args:
            data: One text, with its name as ``id``; an iterable of texts; or a frame.
            column: The column of a frame that has the texts. Default ``text``.
            id: The name of the only text, the column that has the names, or the names.
            metadata: Any value that JSON has, which a check gives back. If several documents are added, that of all of
                them, or a list or tuple of as many values as there are documents. Whole numbers in it must fit in 64
                bits. Dates and timestamps in it become strings, as those of columns; scalars of numpy are plain values.
            metadata_fields: The names of columns of a frame whose values are kept with each document, as an object;
                ``"*"`` is all but those of the texts and the names. They may hold strings, whole and other numbers,
                booleans, dates, timestamps and nulls. A null or NaN is not there. Dates and timestamps become strings in
                ISO 8601, those with a time zone in UTC (``2024-05-06``, ``2024-05-06T09:30:00``,
                ``2024-05-06T07:30:00+00:00``). If there is ``metadata`` too, it must be a ``dict``, or a list of them;
                columns win.
            kind: How the texts are read; see `Detector.check`.
            replace: Whether they take the place of stored documents of the same names. Else such names are errors.
            timeout: See `Detector.check`.
            progress: See `Detector.check`.

        Returns:
            How many were added.

        Raises:
            IndexFileError: If a name is stored already. Batches that were committed before stay.
            WrongTypeError: If a column of ``metadata_fields`` has values of another type.
            RefrainError: As `Detector.pairs` does.
        """
        # Bytes and `None` are no text, but surely not several.
        if data is None or isinstance(data, (str, bytes, bytearray)):
            if not isinstance(id, str):
                raise WrongTypeError(f"the id of one text must be a str, got {describe(id)}")
            data, id, column = [data], [id], None
            metadata = None if metadata is None else [metadata]
        given = frames.given(data, column)
        if id is None:
            raise WrongTypeError("documents need names, by which they are reported and removed: give id")
        names, id_name = frames.ids(given, id)
        texts = given.texts()
        of_rows = None
        if metadata_fields is not None and (rows := kept.columns(given, metadata_fields, id)):
            of_rows = kept.of_rows(kept.beside(metadata, rows), len(rows))
        elif metadata is not None:
            of_rows = kept.of_rows(metadata, len(data) if hasattr(data, "__len__") else None)
        with Limits(timeout, progress) as limits:
            return self._file.add(texts, names, kind, of_rows, replace, limits, (given.text_name, id_name))

    def check(
        self,
        text: str,
        *,
        name: str | None = None,
        kind: Kind | None = None,
        without: str | None = None,
        before: tuple[str, Before] | None = None,
        max_matches: int = 16,
        frequent: int = 1000,
        timeout: float | None = None,
        progress: Progress = None,
    ) -> Published:
        """What of a text was stored before.

        Args:
            text: The text.
            name: What it is called. A stored document of this name is left out.
            kind: How it is read; see `Detector.check`.
            without: Another stored document to leave out, if there is no name.
            before: A field of the metadata and a value: only documents with a lesser value there are looked at, such as
                ``("date", "2024-05-01")``. The value is a string, a number, or a date or timestamp, which is a string as
                in `add`. Strings are compared by their bytes, so dates come before all timestamps of the same day.
                Documents without the field, or with a value of another type, are left out. If nothing else is found,
                an `UndatedWarning` says so.
            max_matches: The most stored documents to compare with, 1 or more.
            frequent: Words that more stored paragraphs have than this are boilerplate.
            timeout: See `Detector.check`.
            progress: See `Detector.check`.

        Raises:
            IndexFileError: If the index cannot be read or is damaged.
            WrongTypeError: If the text is no ``str``.
            RefrainError: If a number is out of its range.
        """
        field = _field(before)
        left_out = without if without is not None else name
        with Limits(timeout, progress) as limits:
            found = self._file.check(name, text, kind, left_out, field, max_matches, frequent, None, limits)
        return _warned(_published(found, text), before)

    def check_and_add(
        self,
        text: str,
        *,
        name: str,
        metadata: Any = None,
        kind: Kind | None = None,
        before: tuple[str, Before] | None = None,
        max_matches: int = 16,
        frequent: int = 1000,
    ) -> Published:
        """Checks a text and adds it, both in one transaction: of two that come at the same time, one finds the other.

        Args:
            text: See `check`.
            name: The name under which it is stored.
            metadata: See `add`.
            kind: See `check`.
            before: See `check`. The text is added before there is a warning.
            max_matches: See `check`.
            frequent: See `check`.

        Raises:
            IndexFileError: If the name is stored already. Then nothing is added.
        """
        field = _field(before)
        with Limits(None, None) as limits:
            found = self._file.check(
                name, text, kind, name, field, max_matches, frequent, kept.to_json(metadata), limits
            )
        return _warned(_published(found, text), before)

    def remove(self, *names: str) -> int:
        """Removes documents by their names, all in one commit. How many there were."""
        return self._file.remove(names)

    def get(self, name: str) -> Stored | None:
        """The stored document of this name."""
        found = self._file.get(name)
        return None if found is None else _stored(json.loads(found))

    def text(self, name: str) -> str | None:
        """The text of the stored document of this name; ``None`` if there is none, or texts are not kept."""
        return self._file.text(name)

    def names(self) -> list[str]:
        """The names of all stored documents, in the order in which they were added."""
        return self._file.names()

    def stats(self) -> Stats:
        """The index in numbers."""
        return Stats(**json.loads(self._file.stats()))

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that it was created with."""
        settings: dict[str, Any] = json.loads(self._file.settings())
        return settings

    def verify(self, *, timeout: float | None = None, progress: Progress = None) -> dict[str, Any]:
        """Proves the index against its texts, and returns what was looked at.

        Raises:
            IndexFileError: If anything does not fit.
        """
        with Limits(timeout, progress) as limits:
            verified: dict[str, Any] = json.loads(self._file.verify(limits))
        return verified

    def compact(self, *, timeout: float | None = None, progress: Progress = None) -> None:
        """Merges all that was added, which makes checks fastest, and makes the file small.

        Raises:
            IndexFileError: If a check goes on in another process.
        """
        with Limits(timeout, progress) as limits:
            self._file.compact(limits)

    def close(self) -> None:
        """Closes the file. What was committed is there. A child that was forked leaves the file to its parent."""
        self._file.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return self.stats().documents

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __repr__(self) -> str:
        state = self._file.state
        return f"<refrain_text.Index {self._path}{'' if state == 'open' else f', {state}'}>"


def _warned(found: Published, before: tuple[str, Before] | None) -> Published:
    """Warns of an answer that says that nothing was published, while what was published could not be compared."""
    if before is not None and found.undated and not found.matches:
        kind = "text" if isinstance(before[1], (str, datetime.date)) else "number"
        one = found.undated == 1
        documents = "1 stored document that shares" if one else f"{found.undated} stored documents that share"
        warnings.warn(
            f"nothing was found; the check left out {documents} something, but {'has' if one else 'have'} no {kind} "
            f"in the field `{before[0]}`",
            UndatedWarning,
            # Where the check was called.
            stacklevel=3,
        )
    return found


def _field(before: tuple[str, Before] | None) -> tuple[str, str] | None:
    if before is None:
        return None
    is_pair = isinstance(before, tuple) and len(before) == 2 and isinstance(before[0], str)
    if is_pair:
        before = before[0], kept.plain(before[1])
    # `True` is 1 for the interpreter, but nothing that comes before another value.
    if (
        not is_pair
        or isinstance(before[1], bool)
        or not (isinstance(before[1], (str, int, float)) or kept.is_date(before[1]))
    ):
        raise WrongTypeError(
            "before must be a field of the metadata and a value, a str, a number, a date or a datetime, such as "
            f'("date", "2024-05-01"), got {describe(before)}'
        )
    return before[0], kept.to_json(before[1], "the value of before")
