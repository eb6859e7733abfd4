"""What a job does, checked before anything runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .._refrain import Steps, __version__
from ..errors import RefrainError, WrongTypeError

GROUPS = ("representatives", "components")
KEEP = "first, longest, last or field:NAME"


@dataclass(frozen=True)
class Options:
    """The settings of a job. All that shape its result are in :attr:`key`."""

    #: The settings of the library that are given, by their names.
    settings: dict[str, Any]
    #: Whether what is not given has the defaults of ``clusters`` and ``dedup``, and not of ``pairs``.
    careful: bool
    keep: str = "first"
    #: Whether a chain of matches is enough for paragraphs to be together: one of `GROUPS`.
    group: str = "representatives"
    #: The names of columns, or of fields of JSON Lines.
    id: str = "id"
    text: str = "text"
    #: Whether records are lines of JSON.
    lines: bool = False
    skip_bad: bool = False
    #: The column whose values are the order of the records; ``None`` for the order in which they come.
    order: str | None = None
    #: The most rounds; then one task settles what is left.
    rounds: int = 12
    #: Up to this number of pairs, one task settles them without another round.
    few_pairs: int = 1_000_000
    #: The bytes of shingles that one task may hold.
    last_task_bytes: int = 4 << 30

    def __post_init__(self) -> None:
        if not isinstance(self.keep, str):
            raise WrongTypeError(f"keep must be {KEEP}, got {self.keep!r}")
        if self.keep not in ("first", "longest", "last") and not (
            self.keep.startswith("field:") and self.keep[len("field:") :]
        ):
            raise RefrainError(f"keep must be {KEEP}, got {self.keep}")
        if self.group not in GROUPS:
            raise RefrainError(f"group must be {' or '.join(GROUPS)}, got {self.group}")
        for name, least in (("rounds", 0), ("few_pairs", 0), ("last_task_bytes", 1)):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < least:
                raise RefrainError(f"{name} must be a whole number of at least {least}, got {value!r}")
        if self.id == self.text:
            raise RefrainError(f"the id and the text are both in `{self.id}`")
        self.steps()

    @property
    def rank_field(self) -> str | None:
        """The field whose numbers say what is kept."""
        return self.keep[len("field:") :] if self.keep.startswith("field:") else None

    def steps(self) -> Steps:
        """The steps of a job with these settings. Each worker makes its own."""
        lines = (self.id, self.text, self.rank_field, self.skip_bad) if self.lines else None
        return Steps(self.settings, self.careful, lines)

    def library(self) -> dict[str, Any]:
        """All settings of the library, with their defaults."""
        settings: dict[str, Any] = json.loads(self.steps().settings())
        return settings

    def key(self) -> dict[str, Any]:
        """All that stages depend on, to tell whether a kept one belongs to this job."""
        # Rounds change no decision, but which task makes it.
        names = ("keep", "group", "id", "text", "lines", "skip_bad", "order", "rounds", "few_pairs")
        return {name: getattr(self, name) for name in names} | {"settings": self.library(), "version": __version__}
