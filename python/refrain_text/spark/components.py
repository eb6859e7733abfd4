"""Which paragraphs stay if chains of matches count: the first of each connected component.

A round is a large star and a small star (Kiveris, Lattanzi, Mirrokni, Rastogi, Vassilvitskii 2014, Connected Components
in MapReduce and Beyond): first each paragraph puts its later neighbours below its earliest one, then each puts itself
and its other earlier neighbours there. Rounds keep components as they are, and end with a star around the first
paragraph of each.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pyspark.sql import Window
from pyspark.sql import functions as F

from . import executor, matching, settling
from .stages import explained

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from .options import Options
    from .stages import Stages


def removed(
    stages: Stages,
    paragraphs: DataFrame,
    groups: DataFrame,
    copies: DataFrame,
    matches: DataFrame,
    crowded: DataFrame,
    options: Options,
) -> DataFrame:
    """Stage `removed`: the paragraphs that do not stay, and the first of the component of each.

    Their resemblance is null if they are no match.
    """
    edges = _joining(matches, options).select("left", "right")
    with explained("counting"):
        is_crowded = not crowded.isEmpty()
    if is_crowded:
        # All matches of a crowd are too many, and a limit on them could cut what they connect.
        def forest() -> DataFrame:
            one = settling.crowd_rows(paragraphs, groups, crowded, options)
            return one.mapInArrow(executor.crowded_forest(options), executor.MATCHES.spark())

        edges = edges.union(stages.keep("forest", forest).select("left", "right"))
    found = components(stages, edges, options.few_pairs)

    def make() -> DataFrame:
        members = copies.union(groups.where("copies = 1").select(F.col("gid").alias("rank"), "gid"))
        pairs = found.select(F.col("component").alias("left"), F.col("gid").alias("right"))
        near = _joining(matching.verified(pairs, paragraphs, options), options)
        resemblance = F.col("shared") / (F.col("left_size") + F.col("right_size") - F.col("shared"))
        near = near.select(F.col("right").alias("gid"), resemblance.alias("resemblance"))
        joined = members.join(found.join(near, "gid", "left"), "gid")
        joined = joined.select("rank", F.col("component").alias("kept"), "resemblance")
        identical = copies.where("rank <> gid").join(found, "gid", "left_anti")
        identical = identical.select("rank", F.col("gid").alias("kept"), F.lit(1.0).alias("resemblance"))
        return joined.unionByName(identical)

    return stages.keep("removed", make)


def _joining(matches: DataFrame, options: Options) -> DataFrame:
    return matches if options.library()["merge_numbers"] else matches.where("NOT differs")


def components(stages: Stages, edges: DataFrame, few_pairs: int) -> DataFrame:
    """Stage `components`: `gid` and `component`, of all paragraphs with edges but the first of each component.

    Edges are pairs of `left` and a greater `right`. Stages `star-N` hold what they have become.
    """
    for number in count(1):
        with explained("counting"):
            left = _inner(edges, "left_semi").count()
        if left <= few_pairs:
            break
        edges = stages.keep(f"star-{number}", lambda edges=edges: _stars(edges))  # type: ignore[misc]

    def make() -> DataFrame:
        one = _inner(edges, "left_semi").repartition(1)
        return one.mapInArrow(executor.components, executor.COMPONENTS.spark())

    settled = stages.keep("inner", make)
    above = settled.withColumnRenamed("gid", "left")
    outer = _inner(edges, "left_anti").join(above, "left", "left")
    outer = outer.select(F.col("right").alias("gid"), F.coalesce("component", "left").alias("component"))
    return stages.keep("components", lambda: settled.where("gid <> component").union(outer))


def _inner(edges: DataFrame, how: str) -> DataFrame:
    """The edges whose later end has other edges, or with `left_anti` all others. Those are settled with their left."""
    ends = edges.select("right").union(edges.select(F.col("left").alias("right")))
    return edges.join(ends.groupBy("right").count().where("count > 1"), "right", how).select("left", "right")


def _stars(edges: DataFrame) -> DataFrame:
    """A large star, then a small one."""
    earliest = edges.groupBy(F.col("right").alias("left")).agg(F.min("left").alias("earliest"))
    large = edges.join(earliest, "left", "left").select(F.coalesce("earliest", "left").alias("left"), "right")
    small = large.withColumn("earliest", F.min("left").over(Window.partitionBy("right")))
    below = F.explode(F.array("left", "right")).alias("right")
    return small.select(F.col("earliest").alias("left"), below).where("left < right").distinct()
