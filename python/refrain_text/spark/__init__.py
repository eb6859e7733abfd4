"""Near-duplicates in a corpus of any size, on Spark.

:func:`pairs`, :func:`clusters` and :func:`dedup` take a data frame and decide as the commands ``refrain pairs``,
``refrain clusters`` and ``refrain dedup`` do on the same records in the same order, whatever the number of partitions
and executors. ``python -m refrain_text.spark`` does the same with files.

Every worker needs this package and pyarrow. Spark must be classic, not Connect.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import RefrainError, WrongTypeError
from . import records, results
from .options import Options
from .stages import JobError, Stages

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["JobError", "Thinned", "clusters", "dedup", "pairs"]


class Thinned(NamedTuple):
    """What :func:`dedup` returns."""

    #: The rows without the paragraphs that do not stay, in their order; rows of which nothing stays are left out.
    kept: DataFrame
    #: A row for each such paragraph: ``id``, ``span``, ``text``, ``kept`` (``id`` and ``span`` of what stays instead)
    #: and ``resemblance``, which is null if only a chain of pairs joins the two (``group="components"``).
    removed: DataFrame


def pairs(
    frame: DataFrame,
    column: str = "text",
    id: str = "id",
    order: str | None = None,
    work: str | None = None,
    **options: Any,
) -> DataFrame:
    """All pairs of near-duplicate paragraphs.

    Args:
        frame: Rows with a text each.
        column: The column with the texts, as strings. Each paragraph of a text is compared on its own.
        id: The column with the ids, strings or whole numbers; ``line`` takes the numbers of the rows, from 1. If a row
            has the id of an earlier one, there is a warning, as in the command.
        order: The column whose values are the order of the rows. A value that is there twice, or null, is an error,
            found when the rows are numbered. Without it, rows are taken in the order of the partitions; that of the
            files, if the frame was read from files and not shuffled since.
        work: A folder that all workers can write to. Stages are kept there, and a job that is started again with the
            same settings and the same rows goes on after the last that was finished. To tell whether they are the same,
            each start takes one pass over the rows: it compares the schema, the number of rows and the sum of their
            hashes (of all columns but maps and variants). A job with other rows is refused; their order is not
            compared. Without a folder there is no such pass: stages are put into the checkpoint folder of the
            session, else its warehouse folder, and removed when the session ends.
        options: ``threshold`` (0.5; 0.8 for clusters and dedup), ``shingle`` (``words:3``), ``min_paragraph_tokens``
            (1; 15 for clusters and dedup), ``paragraphs`` (``auto``, ``blank``, ``line``), ``search``, ``recall``,
            ``lanes``, ``seed`` and ``merge_numbers``, and for pairs alone ``copies`` and ``max_pairs``, mean what they
            mean for :class:`refrain_text.Detector`. An option without effect is refused. ``rounds`` (12),
            ``few_pairs`` (1,000,000) and ``last_task_bytes`` (4 GiB) change no result: after that number of rounds, or
            with at most that number of pairs left, one task settles what is left, and may hold that number of bytes of
            shingles. Components take as many rounds as they need.

    Returns:
        The columns ``a``, ``a_span``, ``b``, ``b_span``, ``resemblance``, ``containment`` and ``differs``, sorted.
        Spans are bytes of the text in UTF-8.

    Raises:
        RefrainError: If a setting or a column is not what it must be.
        WrongTypeError: If the frame is no data frame of classic Spark, or a column or an argument has a wrong type.
        JobError: If Spark did not finish; it names the stage and says why.
    """
    stages, found, job = _search("pairs", frame, column, id, order, work, options)
    return results.pairs(stages, found, job)


def clusters(
    frame: DataFrame,
    column: str = "text",
    id: str = "id",
    order: str | None = None,
    work: str | None = None,
    group: str = "representatives",
    **options: Any,
) -> DataFrame:
    """Near-duplicates in clusters; :func:`pairs` describes the other arguments.

    Args:
        group: ``representatives``: each paragraph joins a representative that it was verified against, as in the
            command. ``components``: paragraphs are together if a chain of pairs joins them, so the ends of a long
            chain may share nothing. Pairs in numbers only are no links of a chain, unless ``merge_numbers`` is
            given. The first paragraph is the representative.

    Returns:
        The columns ``representative`` (``id`` and ``span``) and ``members`` (of each ``id``, ``span`` and
        ``resemblance`` to the representative, the representative first), sorted. In components, the resemblance is
        null if the member and the representative are no pair themselves, or one in numbers only.

    Raises:
        RefrainError: If a setting or a column is not what it must be.
        JobError: If Spark did not finish.
    """
    stages, found, job = _search("clusters", frame, column, id, order, work, options, group=group)
    return results.clusters(stages, found, job)


def dedup(
    frame: DataFrame,
    column: str = "text",
    id: str = "id",
    order: str | None = None,
    work: str | None = None,
    keep: str = "first",
    group: str = "representatives",
    **options: Any,
) -> Thinned:
    """The rows without near-duplicate paragraphs; :func:`pairs` describes the other arguments.

    Args:
        keep: Which of several stays: ``first``, ``longest``, ``last``, or ``field:NAME``, the one whose row has the
            highest number in that column.
        group: ``representatives``: what does not stay was verified against what stays instead. ``components``: of
            all that a chain of pairs joins, as :func:`clusters` describes it, one stays. Then a removal whose
            ``resemblance`` is null was not verified against what stays, and may say something else.

    Raises:
        RefrainError: If a setting or a column is not what it must be.
        JobError: If Spark did not finish.
    """
    stages, found, job = _search("dedup", frame, column, id, order, work, options, keep=keep, group=group)
    removed = results.removals(stages, found, job)
    return Thinned(
        results.thinned(stages, found, removed, job),
        results.described(found, removed, job),
    )


_OWN = ("rounds", "few_pairs", "last_task_bytes")
#: The functions that an option has an effect on.
_ONLY = {"copies": "pairs", "max_pairs": "pairs", "group": "clusters and dedup", "keep": "dedup"}


def _search(
    task: str,
    frame: DataFrame,
    column: str,
    id: str,
    order: str | None,
    work: str | None,
    given: dict[str, Any],
    **decisions: Any,
) -> tuple[Stages, results.Found, Options]:
    records.check_frame(frame)
    for name, value in (("column", column), ("id", id), ("order", order), ("work", work), *decisions.items()):
        if not (isinstance(value, str) or (value is None and name in ("order", "work"))):
            raise WrongTypeError(f"{name} must be a string, got {value!r}")
    for name in sorted(_ONLY.keys() & given.keys()):
        raise RefrainError(f"{name} has no effect on {task}; it is for {_ONLY[name]}")
    own = {name: given[name] for name in _OWN if name in given}
    settings = {name: value for name, value in given.items() if name not in _OWN}
    job = Options(settings=settings, careful=task != "pairs", id=id, text=column, order=order, **own, **decisions)
    records.check_columns(frame, job)
    spark: SparkSession = frame.sparkSession
    rows = records.ordered(frame, order)
    # Without a folder, there is nothing from before that could be of other rows.
    digest = {} if work is None else {"frame": records.digest(frame)}
    stages = Stages(spark, work, job.key() | digest)
    found = results.search(stages, rows, job)
    if repeats := results.repeated_ids(stages, found, job):
        warnings.warn(repeats, stacklevel=3)
    return stages, found, job
