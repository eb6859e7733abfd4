"""The detector."""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from . import frames
from ._refrain import Engine, describe, documents
from .errors import RefrainError, WrongTypeError
from .progress import Limits, Progress
from .report import Report

Kind: TypeAlias = Literal["plain", "markdown", "html", "subtitles"]

_log = logging.getLogger("refrain_text")


class Thinned(NamedTuple):
    """A corpus without its near-duplicates.

    Attributes:
        kept: The rows that stay, as the kind of object that was given. A text of several paragraphs may have lost some.
            Types stay, too, but if a text is no category of its column in pandas any more, the column has the type of
            the categories.
        removed: A row for each paragraph that was removed, as a frame of the same library: its ``id``, its place
            (``start`` and ``end`` in code points, ``byte_start`` and ``byte_end``), its ``text``, the ``kept_id`` and
            place of the paragraph that stays instead, and their ``resemblance``.
        rows: How many rows there were.
        dropped_rows: How many rows are gone, because nothing of them stays.
        paragraphs: How many paragraphs there were.
        removed_paragraphs: How many of them are gone.
        short_paragraphs: How many were too short to be compared, so that they stay.
    """

    kept: Any
    removed: Any
    rows: int
    dropped_rows: int
    paragraphs: int
    removed_paragraphs: int
    short_paragraphs: int

    def __repr__(self) -> str:
        return (
            f"Thinned({self.removed_paragraphs} of {self.paragraphs} paragraphs removed, "
            f"{self.dropped_rows} of {self.rows} rows dropped, {self.short_paragraphs} paragraphs too short to compare)"
        )


class Detector:
    """Finds what repeats.

    A detector cannot be changed, and many threads may use it at once. All work is spread over threads, and the
    interpreter is free for others meanwhile. Results do not depend on the number of threads.

    Settings that are not given have the defaults of the commands, which differ: ``threshold`` is 0.5 in `check` and
    `pairs`, and 0.8 in `clusters` and `dedup`, where one paragraph stands for others; ``min_paragraph_tokens`` is 5 in
    `check`, 1 in `pairs`, and 15 in `clusters` and `dedup`; ``min_passage_tokens`` is 6 in `check`, and 8 in `compare`.

    Args:
        paragraphs: What separates the paragraphs of plain text: ``blank`` (lines), ``line`` (ends) or ``auto``.
        threshold: The least resemblance (exact Jaccard similarity of shingles) of near-duplicates, greater than 0 and
            at most 1.
        shingle: What is compared: runs of words (``words:3``) or of characters (``chars:5``).
        min_paragraph_tokens: Paragraphs of fewer words are not compared.
        min_warning_tokens: Copies of paragraphs of fewer words are notes, and no warnings. Default 15.
        min_passage_tokens: Passages of fewer words are not reported.
        search: ``exact``, ``banded`` (MinHash, verified) or ``auto``: banded above 10,000 different paragraphs.
        recall: The share of the pairs just at the threshold that a banded search finds. Default 0.99.
        lanes: The most hash functions of a signature (permutations, in other packages). Default 128.
        seed: The seed of these functions. Default 0.
        copies: Of more identical paragraphs than this, each is paired with the first only. Default 32.
        max_pairs: The most pairs of a paragraph with earlier ones. Default ``None``: 100 in `check`, all in `pairs`.
        merge_numbers: Whether paragraphs that differ in numbers or dates only are near-duplicates like others.
        coverage: Which earlier text a paragraph repeats: that of its ``document``, or of all ``documents`` before it.
        boilerplate: In how many documents something must be found to be boilerplate, such as ``5`` or ``"20%"``.
        profile: ``prose``, or ``reference`` for texts that repeat terms on purpose.
        verdict_redundancy: The redundancy from which a document is ``repetitive``. Default: that of the profile.
        verdict_padding: The figure from which it is ``padded``. Default: that of the profile.
        themes: How much of what is said again in other words is looked for: ``off``, ``strict``, ``middle`` or
            ``thorough``.
        background: The table of common words for themes: ``en/1``, ``none``, or the path of a file that ``refrain
            background`` made.
        threads: How many threads work. Default: ``RAYON_NUM_THREADS`` if it is set, else all cores.

    Raises:
        RefrainError: If a setting is out of its range.
        WrongTypeError: If it has the wrong type.

    Example:
        >>> import refrain_text as refrain
        >>> detector = refrain.Detector(threshold=0.8, shingle="words:3")
        >>> line = "The ferry to the island leaves at nine every morning, except on Sundays and in very thick fog."
        >>> for finding in detector.check(f"{line}\\n\\n{line}").findings:
        ...     print(finding.rule, finding.span, finding.message)
        repetitive Span(start=0, end=190) 50% of this document repeats what it said before, from line 3 on
        exact-duplicate Span(start=96, end=190) the same words as the paragraph at line 1
        repeated-passage Span(start=96, end=189) a passage of 18 words stands in 2 places
    """

    def __init__(
        self,
        *,
        paragraphs: Literal["auto", "blank", "line"] | None = None,
        threshold: float | None = None,
        shingle: str | None = None,
        min_paragraph_tokens: int | None = None,
        min_warning_tokens: int | None = None,
        min_passage_tokens: int | None = None,
        search: Literal["auto", "exact", "banded"] | None = None,
        recall: float | None = None,
        lanes: int | None = None,
        seed: int | None = None,
        copies: int | None = None,
        max_pairs: int | None = None,
        merge_numbers: bool | None = None,
        coverage: Literal["document", "documents"] | None = None,
        boilerplate: int | str | None = None,
        profile: Literal["prose", "reference"] | None = None,
        verdict_redundancy: float | None = None,
        verdict_padding: float | None = None,
        themes: Literal["off", "strict", "middle", "thorough"] | None = None,
        background: str | os.PathLike[str] | None = None,
        threads: int | None = None,
    ) -> None:
        named = dict(locals())
        del named["self"]
        self._given: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
        settings = {name: value for name, value in self._given.items() if name != "threads"}
        if background is not None and background not in ("en/1", "none"):
            settings["background"] = _table(background)
        self._engine = Engine(settings, threads)

    @property
    def settings(self) -> dict[str, Any]:
        """All settings of `check`, those that were not given with their defaults."""
        settings: dict[str, Any] = json.loads(self._engine.settings())
        return settings

    def check(
        self,
        text: str,
        *,
        name: str | None = None,
        kind: Kind | None = None,
        alt_text: bool = False,
        front_matter: bool = False,
        ignore_lines: bool = False,
        timeout: float | None = None,
        progress: Progress = None,
    ) -> Report:
        """Finds what repeats in one text.

        A text that is empty or holds no word gives a report without findings.

        Args:
            text: The text: plain, Markdown, HTML or subtitles.
            name: What findings call it, such as the name of its file.
            kind: How it is read. By default the ending of the name says it, or else the beginning of the text, as it
                does for the command.
            alt_text: Whether the texts that stand for pictures are read, too.
            front_matter: Whether the title and the description in front matter or a head are read, too.
            ignore_lines: Whether lines ``# refrain-ignore`` in plain text are comments to refrain.
            timeout: After how many seconds the work is cancelled.
            progress: A function that is called with a stage, what is done and what there is to do; or ``"tqdm"``.

        Raises:
            WrongTypeError: If the text is no ``str``.
            RefrainError: If it holds lone surrogates.
            TimedOut: If the time is over.
        """
        options = (alt_text, front_matter, ignore_lines)
        with Limits(timeout, progress) as limits:
            return Report(self._engine.check([(name, text, kind, options)], limits), False)

    def check_all(
        self,
        data: Any,
        column: str | None = None,
        *,
        id: Any = None,
        kind: Kind | None = None,
        timeout: float | None = None,
        progress: Progress = None,
    ) -> Report:
        """Finds what repeats in each of several texts and across them.

        Args:
            data: An iterable of texts, or of pairs of a name and a text; a mapping of names to texts; or a frame.
            column: The column of a frame that has the texts. Default ``text``.
            id: The column that has the names of the texts, or the names. Without, they are "document 1" and so on.
            kind: How they are read; see `check`.
            timeout: See `check`.
            progress: See `check`.

        Raises:
            RefrainError: As `check` and `pairs` do.
        """
        options = (False, False, False)
        if column is None and id is None and isinstance(data, dict):
            named = [(name, text, kind, options) for name, text in data.items()]
        elif column is None and id is None and _are_pairs(data := _listed(data)):
            named = [(name, text, kind, options) for name, text in data]
        else:
            given = frames.given(data, column)
            names, id_name = frames.ids(given, id)
            read = documents(given.texts(), names, (given.text_name, id_name))
            named = [(name, text, kind, options) for name, text in read]
        with Limits(timeout, progress) as limits:
            return Report(self._engine.check(named, limits), False)

    def compare(
        self,
        left: str,
        right: str,
        *,
        names: tuple[str, str] | None = None,
        kind: Kind | None = None,
        timeout: float | None = None,
        progress: Progress = None,
    ) -> Report:
        """Finds what two texts share: which passages stand in both, and how much of each stands in the other.

        Args:
            left: A text.
            right: Another one.
            names: What they are called. Default "document 1" and "document 2".
            kind: How they are read; see `check`.
            timeout: See `check`.
            progress: See `check`.

        Returns:
            A report with the passages and findings that concern both. How much of a text stands in the other is
            ``shared`` of its document.
        """
        if names is not None and not (isinstance(names, (tuple, list)) and len(names) == 2):
            raise WrongTypeError(f"names must be two names, that of each text, got {describe(names)}")
        left_name, right_name = names or (None, None)
        options = (False, False, False)
        with Limits(timeout, progress) as limits:
            documents = ((left_name, left, kind, options), (right_name, right, kind, options))
            return Report(self._engine.compare(*documents, limits), True)

    def pairs(
        self,
        data: Any,
        column: str | None = None,
        *,
        id: Any = None,
        timeout: float | None = None,
        progress: Progress = None,
    ) -> Any:
        """Finds all pairs of near-duplicate paragraphs of a corpus, each verified exactly.

        The paragraphs of a text count one by one. The pairs are those of the command ``refrain pairs``.

        Args:
            data: A frame of pandas, polars, pyarrow or datasets, or of any library that speaks Arrow; a column of one;
                or an iterable of texts.
            column: The column of a frame that has the texts. Default ``text``.
            id: The column that has the ids, or an id for each text: strings or whole numbers that all differ. Default:
                the numbers of the rows, counted from 0.
            timeout: See `check`.
            progress: See `check`.

        Returns:
            A row for each pair, as a frame of the same library, or as a `Table`: the ids ``a`` and ``b``, where the
            paragraphs stand in their texts (``a_start``, ``a_end``, ``b_start`` and ``b_end`` in code points, so that
            ``text[a_start:a_end]`` is the paragraph, and ``a_byte_start`` and so on in bytes), their ``resemblance``,
            the share ``a_in_b`` of a that is in b, and ``b_in_a``, and ``differs``, which is ``numbers`` if they differ
            in numbers or dates only.

        Raises:
            RefrainError: If there is no such column, a text is null, an id comes twice, or a text is no text.
        """
        given = frames.given(data, column)
        names, id_name = frames.ids(given, id)
        with Limits(timeout, progress) as limits:
            table, summary = self._engine.pairs(given.texts(), names, limits, (given.text_name, id_name))
        _tell(summary, f"{len(table)} pairs")
        if summary["crowds"] > 0:
            warnings.warn(
                f"{summary['crowds']} paragraphs occur more than {self.settings['copies']} times: the copies are "
                "paired only with the first occurrence (see the setting copies)",
                stacklevel=2,
            )
        if summary["limited"] > 0:
            warnings.warn(
                f"{summary['limited']} different paragraphs have more than {self.settings['max_pairs']} pairs with "
                "earlier, different paragraphs: the others are omitted",
                stacklevel=2,
            )
        return given.result(table)

    def clusters(
        self,
        data: Any,
        column: str | None = None,
        *,
        id: Any = None,
        timeout: float | None = None,
        progress: Progress = None,
    ) -> Any:
        """Groups the near-duplicate paragraphs of a corpus around representatives, without chains.

        Paragraphs are taken in their order. Each joins the most similar representative that it is a near-duplicate of,
        or becomes one. The clusters are those of the command ``refrain clusters``.

        Args:
            data: See `pairs`.
            column: See `pairs`.
            id: See `pairs`.
            timeout: See `check`.
            progress: See `check`.

        Returns:
            A row for each paragraph of a cluster of two or more, the representative first: the number of the
            ``cluster``, the ``id``, the place (``start`` and ``end`` in code points, ``byte_start`` and ``byte_end``),
            and the ``resemblance`` to the representative.

        Raises:
            RefrainError: As `pairs` does.
        """
        given = frames.given(data, column)
        names, id_name = frames.ids(given, id)
        with Limits(timeout, progress) as limits:
            table, summary = self._engine.clusters(given.texts(), names, limits, (given.text_name, id_name))
        _tell(summary, f"{len(table)} paragraphs in clusters")
        return given.result(table)

    def dedup(
        self,
        data: Any,
        column: str | None = None,
        *,
        keep: str = "first",
        id: Any = None,
        timeout: float | None = None,
        progress: Progress = None,
    ) -> Thinned:
        """Removes near-duplicate paragraphs from a corpus.

        A paragraph is removed if it is a near-duplicate of one that is kept, unless the two differ only in numbers or
        dates. Shorter paragraphs than ``min_paragraph_tokens`` stay. A row of which nothing stays is dropped. The rest is
        that of the command ``refrain dedup``.

        Args:
            data: See `pairs`.
            column: See `pairs`.
            keep: Which of several stays: ``first``, ``longest``, ``last``, or ``field:NAME``, the one whose row has the
                highest number in a column. Of equal ones the earlier stays.
            id: See `pairs`.
            timeout: See `check`.
            progress: See `check`.

        Returns:
            What stays, and what was removed and why.

        Raises:
            RefrainError: As `pairs` does.
        """
        if not isinstance(keep, str):
            raise WrongTypeError(f"keep must be first, longest, last or field:NAME, got {describe(keep)}")
        given = frames.given(data, column)
        names, id_name = frames.ids(given, id)
        _, _, field = keep.partition("field:")
        rank = given.column(field) if field and keep.startswith("field:") else None
        with Limits(timeout, progress) as limits:
            rows, texts, removed, summary = self._engine.dedup(
                given.texts(), names, keep, rank, given.needs_texts, limits, (given.text_name, id_name)
            )
        _tell(summary, f"{summary['removed_paragraphs']} paragraphs removed, {summary['dropped_rows']} rows dropped")
        return Thinned(
            kept=given.keep(rows, texts),
            removed=given.result(removed),
            rows=summary["rows"],
            dropped_rows=summary["dropped_rows"],
            paragraphs=summary["paragraphs"],
            removed_paragraphs=summary["removed_paragraphs"],
            short_paragraphs=summary["short_paragraphs"],
        )

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self._given.items())
        return f"Detector({given})"

    def __eq__(self, other: object) -> bool:
        return self._given == other._given if isinstance(other, Detector) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._given.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (self._given,)


def _unpickled(given: dict[str, Any]) -> Detector:
    return Detector(**given)


def _tell(summary: dict[str, int], result: str) -> None:
    _log.info(
        "%d rows, %d paragraphs (%d too short to compare), %d exact duplicates: %s",
        summary["rows"],
        summary["paragraphs"],
        summary["short_paragraphs"],
        summary["exact_duplicates"],
        result,
    )


def _table(background: str | os.PathLike[str]) -> str:
    try:
        return Path(background).read_text(encoding="utf-8")
    except TypeError:
        got = describe(background)
        raise WrongTypeError(f"background must be en/1, none or the path of a file, got {got}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RefrainError(f"background must be en/1, none or a file made by refrain background: {error}") from error


def _listed(data: Any) -> Any:
    """A list of what can be read only once, unless it speaks Arrow."""
    if isinstance(data, (str, bytes)) or hasattr(data, "__len__") or hasattr(data, "__arrow_c_stream__"):
        return data
    return list(data) if isinstance(data, Iterable) else data


def _are_pairs(data: Any) -> bool:
    return (
        isinstance(data, (list, tuple))
        and bool(data)
        and all(isinstance(item, tuple) and len(item) == 2 for item in data)
    )
