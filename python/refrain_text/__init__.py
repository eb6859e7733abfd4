"""Finds what repeats in texts.

A `Detector` checks one article for near-duplicate paragraphs, paragraphs that add nothing new, what is said again in
other words, and passages that come back; it compares two texts; and it finds the near-duplicate pairs and clusters of a
corpus, and thins it. An `Index` on disk tells what was published before.

    >>> import refrain_text as refrain
    >>> text = "The ferry leaves at nine every morning. " * 3
    >>> report = refrain.Detector().check(text)
    >>> report.verdict
    'repetitive'

Similarities are exact: candidates are found with MinHash or an exact join, and every pair is verified on the sets of
shingles themselves.
"""

from ._refrain import Table, __version__
from .detector import Detector, Kind, Thinned
from .errors import Cancelled, IndexFileError, RefrainError, TimedOut, UndatedWarning, WrongTypeError
from .index import Alike, Index, Match, Published, Run, Stats, Stored
from .progress import Progress
from .report import (
    Cluster,
    Difference,
    Document,
    Finding,
    Level,
    Occurrence,
    Pair,
    Paragraph,
    Passage,
    Place,
    Report,
    Rule,
    Span,
    Stretch,
    Theme,
    Verdict,
)

__all__ = [
    "Alike",
    "Cancelled",
    "Cluster",
    "Detector",
    "Difference",
    "Document",
    "Finding",
    "Index",
    "IndexFileError",
    "Kind",
    "Level",
    "Match",
    "Occurrence",
    "Pair",
    "Paragraph",
    "Passage",
    "Place",
    "Progress",
    "Published",
    "RefrainError",
    "Report",
    "Rule",
    "Run",
    "Span",
    "Stats",
    "Stored",
    "Stretch",
    "Table",
    "Theme",
    "Thinned",
    "TimedOut",
    "UndatedWarning",
    "Verdict",
    "WrongTypeError",
    "__version__",
]
