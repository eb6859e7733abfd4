"""The job as a command: ``python -m refrain_text.spark dedup IN OUT``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from ..errors import RefrainError
from . import records, results
from .options import Options
from .stages import Stages, explained

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame, SparkSession

_SETTINGS = (
    "threshold",
    "shingle",
    "min_paragraph_tokens",
    "paragraphs",
    "merge_numbers",
    "copies",
    "max_pairs",
    "search",
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m refrain_text.spark",
        description="Finds near-duplicate paragraphs in a corpus of any size, and decides as the command refrain does.",
        allow_abbrev=False,
    )
    parser.add_argument("task", choices=("dedup", "pairs", "clusters"))
    parser.add_argument(
        "input",
        metavar="IN",
        help="a file, a folder or a glob: JSON Lines, also in gzip, or Parquet",
    )
    parser.add_argument(
        "output",
        metavar="OUT",
        help="a folder that does not exist yet, unless the same job with --work began it; it has files of the same "
        "format",
    )
    parser.add_argument(
        "--format",
        choices=("json", "parquet"),
        help="default: parquet if IN says so, else json",
    )
    parser.add_argument(
        "--removed",
        metavar="FOLDER",
        help="dedup: write each removed paragraph, with what is kept instead; a folder as OUT",
    )
    parser.add_argument(
        "--work",
        metavar="FOLDER",
        help="keep the stages here, and go on from those that are there",
    )
    parser.add_argument(
        "--id-field",
        default="id",
        metavar="NAME",
        help="`line` takes the numbers of the lines as ids",
    )
    parser.add_argument("--text-field", default="text", metavar="NAME")
    parser.add_argument(
        "--order",
        metavar="COLUMN",
        help="Parquet: the column whose values are the order of the rows",
    )
    parser.add_argument(
        "--keep",
        metavar="WHICH",
        help="dedup: first (default), longest, last or field:NAME",
    )
    parser.add_argument(
        "--group",
        metavar="HOW",
        help="dedup, clusters: representatives (default), or components, where a chain of pairs is enough",
    )
    parser.add_argument("--threshold", type=float, metavar="T", help="default: 0.8, for pairs 0.5")
    parser.add_argument("--shingle", metavar="UNIT:N", help="default: words:3")
    parser.add_argument("--min-paragraph-tokens", type=int, metavar="N", help="default: 15, for pairs 1")
    parser.add_argument("--paragraphs", metavar="BREAKS", help="blank, line or auto (default)")
    parser.add_argument("--search", metavar="HOW", help="auto (default), exact or banded")
    parser.add_argument(
        "--merge-numbers",
        action="store_true",
        default=None,
        help="paragraphs may differ in numbers only",
    )
    parser.add_argument("--copies", type=int, metavar="N", help="pairs: default 32")
    parser.add_argument(
        "--max-pairs-per-paragraph",
        type=int,
        metavar="N",
        dest="max_pairs",
        help="pairs: default no limit",
    )
    parser.add_argument(
        "--skip-bad",
        action="store_true",
        help="JSON Lines: skip lines that are not records",
    )
    parser.add_argument(
        "--rounds",
        type=int,
        metavar="N",
        help="before one task settles what is left; default 12",
    )
    parser.add_argument(
        "--few-pairs",
        type=int,
        metavar="N",
        help="one task settles so few; default 1000000",
    )
    parser.add_argument(
        "--last-task-bytes",
        type=int,
        metavar="N",
        help="of shingles in one task; default 4 GiB",
    )
    parser.add_argument(
        "--master",
        metavar="URL",
        help="where Spark runs; default: as configured, else local[*]",
    )
    parser.add_argument(
        "--conf",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting of Spark",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print no summary")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit status: 0 when it is done, 2 if it could not do it."""
    given = _parser().parse_args(arguments)
    try:
        _run(given)
    except RefrainError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _session(given: argparse.Namespace) -> SparkSession:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName(f"refrain {given.task}")
    if given.master:
        builder = builder.master(given.master)
    for setting in given.conf:
        name, equals, value = setting.partition("=")
        if not equals:
            raise RefrainError(f"--conf must be NAME=VALUE, got {setting}")
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _run(given: argparse.Namespace) -> None:
    file_format = given.format or ("parquet" if "parquet" in given.input.lower() else "json")
    lines = file_format == "json"
    if given.removed and given.task != "dedup":
        raise RefrainError("--removed is for dedup")
    if given.group and given.task == "pairs":
        raise RefrainError("--group is for dedup and clusters")
    if given.keep is not None and given.task != "dedup":
        raise RefrainError("--keep is for dedup")
    for option, value in (("--copies", given.copies), ("--max-pairs-per-paragraph", given.max_pairs)):
        if value is not None and given.task != "pairs":
            raise RefrainError(f"{option} is for pairs")
    if given.order and lines:
        raise RefrainError("--order is for Parquet; lines have the order of their files")
    settings = {name: value for name in _SETTINGS if (value := getattr(given, name)) is not None}
    own = {
        name: value
        for name in ("keep", "group", "rounds", "few_pairs", "last_task_bytes")
        if (value := getattr(given, name)) is not None
    }
    options = Options(
        settings=settings,
        careful=given.task != "pairs",
        id=given.id_field,
        text=given.text_field,
        lines=lines,
        skip_bad=given.skip_bad,
        order=given.order,
        **own,
    )
    spark = _session(given)
    source = records.read(spark, given.input, file_format)
    # Without a folder, there is nothing from before that could be of other files.
    files = {"files": records.files_digest(source)} if given.work else {}
    if not lines:
        records.check_columns(source.select("row.*"), options)
        if given.order:
            source = records.ordered(source.select("row.*"), given.order)
    stages = Stages(spark, given.work, options.key() | {"task": given.task, "input": given.input} | files)
    try:
        folders = {given.output: "OUT"} | ({given.removed: "--removed"} if given.removed else {})
        if given.removed == given.output:
            raise RefrainError("OUT and --removed are the same folder; give each a folder of its own")
        with explained("output"):
            finished = stages.outputs(folders)

        def write(make: Callable[[], DataFrame], path: str) -> None:
            if path not in finished:
                _write(stages, make(), path, lines)

        found = results.search(stages, source, options)
        if repeats := results.repeated_ids(stages, found, options):
            print(f"warning: {given.input}: {repeats}", file=sys.stderr)
        if given.task == "pairs":
            write(lambda: results.pairs(stages, found, options), given.output)
        elif given.task == "clusters":
            write(lambda: results.clusters(stages, found, options), given.output)
        else:
            removed = results.removals(stages, found, options)
            if given.removed:
                write(lambda: results.described(found, removed, options), given.removed)
            write(lambda: results.thinned(stages, found, removed, options), given.output)
        if not given.quiet:
            _summary(stages, found)
    finally:
        stages.release()


def _write(stages: Stages, frame: DataFrame, path: str, lines: bool) -> None:
    def write(mode: str) -> None:
        if lines:
            frame.write.mode(mode).option("lineSep", "\n").text(path)
        else:
            frame.write.mode(mode).parquet(path)

    with explained("output"):
        stages.write(path, write)


def _summary(stages: Stages, found: results.Found) -> None:
    from pyspark.sql import functions as F

    with explained("summary"):
        counted = found.paragraphs.agg(
            F.count("*").alias("paragraphs"),
            F.count_if(F.expr("low IS NULL")).alias("short"),
        ).first()
        repeats = found.groups.agg(F.sum(F.col("copies") - 1)).first()
    values: Any = counted
    took = ", ".join(f"{name} {seconds:.1f}" for name, seconds in stages.seconds.items())
    stages_say = f"seconds a stage: {took}" if took else "all stages were kept from before"
    print(
        f"{values['paragraphs']} paragraphs ({values['short']} too short to compare), "
        f"{(repeats[0] if repeats else 0) or 0} exact duplicates; {stages_say}",
        file=sys.stderr,
    )


if __name__ == "__main__":
    sys.exit(main())
