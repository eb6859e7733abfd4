"""Which paragraphs stay, without chains: rounds over the matches, then one task for what is left.

In order, each different paragraph joins a match that stays, or stays itself if there is none. So it is undecided until
each match before it is decided. A round finds those that no undecided match comes before: they stay, and what matches
them does not. A crowded paragraph may match others that no pair tells of, so rounds never say that it stays.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from . import executor, matching
from .stages import JobError, explained

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from .options import Options
    from .stages import Stages


def representatives(
    stages: Stages,
    paragraphs: DataFrame,
    groups: DataFrame,
    copies: DataFrame,
    matches: DataFrame,
    crowded: DataFrame,
    options: Options,
) -> DataFrame:
    """Stage `removed`: the paragraphs that do not stay, the one that stands for each, and their resemblance."""
    if not options.library()["merge_numbers"]:
        matches = matches.where("NOT differs")
    edges = matches.select("left", "right")
    rejected, undecided = _rounds(stages, edges, crowded, options)
    rest = _Rest(stages, paragraphs, groups, copies, edges, crowded, rejected, undecided)
    settled = rest.settle(options)

    def make() -> DataFrame:
        members = copies.union(groups.where("copies = 1").select(F.col("gid").alias("rank"), "gid"))
        settled_groups = settled.select(F.col("rank").alias("gid")).join(groups.select("gid"), "gid", "left_semi")
        all_rejected = rejected.union(settled_groups).distinct()
        # What rounds have rejected joins the most similar of its matches that stay, of those before the copy.
        both = matches.select("left", "right", "shared", "left_size", "right_size")
        swapped = both.select(
            F.col("right").alias("left"),
            F.col("left").alias("right"),
            "shared",
            "left_size",
            "right_size",
        )
        near = both.union(swapped).withColumnsRenamed({"left": "gid", "right": "kept"})
        near = near.join(rejected, "gid", "left_semi").join(rest.core, "gid", "left_anti")
        near = near.join(all_rejected.select(F.col("gid").alias("kept")), "kept", "left_anti")
        resemblance = F.col("shared") / (F.col("left_size") + F.col("right_size") - F.col("shared"))
        near = near.join(members, "gid").where("rank > kept").withColumn("resemblance", resemblance)
        # Of equally similar ones the first; ranks may be negative, but never the least number.
        best = F.max_by("kept", F.struct("resemblance", -F.col("kept"))).alias("kept")
        joined = near.groupBy("rank").agg(best, F.max("resemblance").alias("resemblance"))
        # Copies of what stays.
        identical = (
            copies.where("rank <> gid").join(all_rejected, "gid", "left_anti").join(rest.core, "gid", "left_anti")
        )
        identical = identical.select("rank", F.col("gid").alias("kept"), F.lit(1.0).alias("resemblance"))
        return settled.unionByName(joined).unionByName(identical)

    return stages.keep("removed", make)


def _rounds(stages: Stages, edges: DataFrame, crowded: DataFrame, options: Options) -> tuple[DataFrame, DataFrame]:
    """The different paragraphs that do not stay, as far as rounds can tell, and the pairs of undecided ones."""
    active = edges
    rejected = edges.select(F.col("left").alias("gid")).where("false")
    for number in range(1, options.rounds + 1):
        with explained("counting"):
            left = active.count()
        if left <= options.few_pairs:
            break
        later = active.select(F.col("right").alias("left")).union(crowded.select(F.col("gid").alias("left")))

        def reject(active: DataFrame = active, later: DataFrame = later) -> DataFrame:
            stays = active.join(later, "left", "left_anti")
            return stays.select(F.col("right").alias("gid")).distinct()

        found = stages.keep(f"round-{number}", reject)
        rejected = rejected.union(found)
        active = active.join(found.withColumnRenamed("gid", "right"), "right", "left_anti")
        active = active.join(found.withColumnRenamed("gid", "left"), "left", "left_anti").select("left", "right")
        rest = stages.keep(f"undecided-{number}", partial(_same, active))
        with explained("counting"):
            stalled = found.isEmpty()
        active = rest
        if stalled:
            break
    return rejected, active


class _Rest:
    """What rounds have not decided, and all that is crowded: the core, which one task settles."""

    def __init__(
        self,
        stages: Stages,
        paragraphs: DataFrame,
        groups: DataFrame,
        copies: DataFrame,
        edges: DataFrame,
        crowded: DataFrame,
        rejected: DataFrame,
        undecided: DataFrame,
    ) -> None:
        self.stages = stages
        self.paragraphs = paragraphs
        self.groups = groups
        self.copies = copies
        self.edges = edges
        self.rejected = rejected
        marked = crowded.withColumn("crowded", F.lit(True)).union(_ends(undecided).withColumn("crowded", F.lit(False)))
        core = marked.groupBy("gid").agg(F.max("crowded").alias("crowded"))
        self._marked = stages.keep("core", lambda: core)
        self.core = self._marked.select("gid")

    def rows(self, options: Options) -> DataFrame:
        """The paragraphs of the core with those matches that may stay, as the worker reads them."""
        core = self.core
        decided = self.rejected.join(core, "gid", "left_anti")
        in_core = core.withColumn("in_core", F.lit(True))
        edges = self.edges
        for side in ("left", "right"):
            renamed = in_core.withColumnsRenamed({"gid": side, "in_core": f"{side}_in_core"})
            edges = edges.join(renamed, side, "left").join(decided.withColumnRenamed("gid", side), side, "left_anti")
        edges = self.stages.keep(
            "edges",
            lambda: edges.where("left_in_core OR right_in_core").select("left", "right"),
        )
        beside = _ends(edges).join(core, "gid", "left_anti").withColumn("crowded", F.lit(False))
        nodes = self._marked.union(beside)
        check_size(nodes.join(self.groups.select("gid", "size"), "gid"), options)
        sets = matching.sets(self.paragraphs).join(nodes, "gid")
        # Of what is not in the core, only the first copy: the others join it whatever happens here.
        members = self.copies.join(core, "gid", "left_semi").select("rank", "gid")
        alone = self.groups.where("copies = 1").select("gid").join(core, "gid", "left_semi").union(beside.select("gid"))
        members = members.union(alone.select(F.col("gid").alias("rank"), "gid"))
        return rest_rows(sets).union(_row(1, edges, "left", "right")).union(_row(2, members, "rank", "gid"))

    def settle(self, options: Options) -> DataFrame:
        """Stage `settled`: the paragraphs of the core that do not stay."""
        schema = executor.REPRESENTATIVES.spark()
        with explained("counting"):
            if self.core.isEmpty():
                return self.stages.spark.createDataFrame([], schema)

        def make() -> DataFrame:
            one = self.rows(options).repartition(1).sortWithinPartitions("kind", "a", "b")
            return one.mapInArrow(executor.representatives(options), schema)

        return self.stages.keep("settled", make)


_SETS = {
    "high": "long",
    "low": "long",
    "family": "long",
    "shingles": "binary",
    "crowded": "boolean",
}


def _row(kind: int, frame: DataFrame, a: str, b: str) -> DataFrame:
    none = [F.lit(None).cast(type_name).alias(name) for name, type_name in _SETS.items()]
    return frame.select(F.lit(kind).alias("kind"), F.col(a).alias("a"), F.col(b).alias("b"), *none)


def rest_rows(sets: DataFrame) -> DataFrame:
    """Different paragraphs, with whether they are `crowded`, as the worker that settles reads them."""
    none = F.lit(None).cast("long").alias("b")
    return sets.select(F.lit(0).alias("kind"), F.col("gid").alias("a"), none, *_SETS)


def crowd_rows(paragraphs: DataFrame, groups: DataFrame, crowded: DataFrame, options: Options) -> DataFrame:
    """All crowded paragraphs, for one task."""
    check_size(groups.join(crowded, "gid"), options)
    sets = matching.sets(paragraphs).join(crowded, "gid").withColumn("crowded", F.lit(True))
    return rest_rows(sets).repartition(1).sortWithinPartitions("a")


def _same(frame: DataFrame) -> DataFrame:
    return frame


def _ends(edges: DataFrame) -> DataFrame:
    return edges.select(F.col("left").alias("gid")).union(edges.select(F.col("right").alias("gid"))).distinct()


def check_size(sized: DataFrame, options: Options) -> None:
    """Refuses work that one task cannot hold: `size` is the number of shingles of each paragraph."""
    with explained("counting"):
        found = sized.agg(F.count("*").alias("paragraphs"), (8 * F.sum("size")).alias("bytes")).first()
    if found is None or (found["bytes"] or 0) <= options.last_task_bytes:
        return
    raise JobError(
        f"{found['paragraphs']} different paragraphs with {found['bytes']} bytes of shingles are left for one task, "
        f"which may hold {options.last_task_bytes}; give an executor some six times as much memory and raise "
        "last_task_bytes, or allow more rounds, or raise the threshold",
        "settled",
    )
