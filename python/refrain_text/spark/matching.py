"""Candidates from the bands, verified one by one, and paragraphs that are crowded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from . import executor
from .stages import explained

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from .options import Options
    from .stages import Stages


def candidates(stages: Stages, groups: DataFrame, options: Options) -> tuple[DataFrame, DataFrame]:
    """Stage `candidates`. Returns pairs of different paragraphs, and the crowded ones.

    A bucket is all that shares the key of a band. The members of a small one are paired. Those of a large one are
    crowded, and no pairs are made of them. If there are few different paragraphs, all are crowded.
    """
    with explained("counting"):
        different = groups.count()
    if not options.steps().is_banded(different):
        none = groups.select(F.col("gid").alias("left"), F.col("gid").alias("right")).where("false")
        return none, groups.select("gid")

    def make() -> DataFrame:
        members = groups.select("gid", "keys").mapInArrow(executor.members, executor.MEMBERS.spark())
        buckets = members.repartition(F.col("bucket")).sortWithinPartitions("bucket", "gid")
        return buckets.mapInArrow(executor.candidates, executor.CANDIDATES.spark()).distinct()

    found = stages.keep("candidates", make)
    return found.where("right IS NOT NULL"), found.where("right IS NULL").select(F.col("left").alias("gid"))


def sets(paragraphs: DataFrame) -> DataFrame:
    """The shingles of paragraphs by rank; for a different paragraph, that is its `gid`."""
    taking_part = paragraphs.where("low IS NOT NULL")
    return taking_part.select(F.col("rank").alias("gid"), "high", "low", "family", "shingles")


def matches(stages: Stages, candidates: DataFrame, paragraphs: DataFrame, options: Options) -> DataFrame:
    """Stage `matches`: the candidates whose exact resemblance reaches the threshold."""
    return stages.keep("matches", lambda: verified(candidates, paragraphs, options))


def verified(candidates: DataFrame, paragraphs: DataFrame, options: Options) -> DataFrame:
    """Those of some candidates that are matches."""

    def side(name: str) -> DataFrame:
        names = ("low", "family", "shingles")
        return sets(paragraphs).select(F.col("gid").alias(name), *[F.col(of).alias(f"{name}_{of}") for of in names])

    both = candidates.join(side("right"), "right").join(side("left"), "left")
    return both.mapInArrow(executor.verify(options), executor.MATCHES.spark())
