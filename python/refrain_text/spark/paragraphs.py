"""Paragraphs and their fingerprints, and groups of identical ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import to_arrow_type

from . import executor, records

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from .options import Options
    from .stages import Stages

#: A record has fewer than 2^26 paragraphs, which the workers make sure of.
_NUMBER_BITS = 26


def fingerprints(stages: Stages, rows: DataFrame, options: Options) -> DataFrame:
    """Stage `paragraphs`: all paragraphs; `place` is their order in the input, `rank` that in which they are taken.

    Those that are too short to take part have no `low`, and no shingles.
    """
    texts = records.texts(rows, options)
    id_type = pa.binary() if options.lines else to_arrow_type(texts.schema["id"].dataType)
    spark_id = "binary" if options.lines else texts.schema["id"].dataType.simpleString()

    def make() -> DataFrame:
        made = texts.mapInArrow(
            executor.paragraphs(options, id_type),
            executor.PARAGRAPHS.spark(id=spark_id),
        )
        return made.withColumn("place", F.shiftleft("record", _NUMBER_BITS) + F.col("number"))

    if options.keep in ("first", "last"):
        kept = stages.keep("paragraphs", make)
        return kept.withColumn("rank", F.col("place") if options.keep == "first" else -F.col("place"))
    unranked = stages.keep("unranked", make)
    length = F.col("end") - F.col("start")
    preference = length.desc() if options.keep == "longest" else F.col("rank").desc()

    def order() -> DataFrame:
        taking_part = unranked.where("low IS NOT NULL").orderBy(preference, "place").select("place")
        place = F.monotonically_increasing_id()
        return taking_part.select("place", F.lit("").alias("path"), place.alias("id")).withColumn(
            "start", F.shiftrightunsigned("id", records.PARTITION)
        )

    ranks = records.with_offsets(stages, stages.keep("order", order), "rank")
    return stages.keep("paragraphs", lambda: unranked.drop("rank").join(ranks, "place", "left"))


def groups(stages: Stages, paragraphs: DataFrame) -> DataFrame:
    """Stage `groups`: the different paragraphs, each known by the rank of its first copy, `gid`."""

    def make() -> DataFrame:
        taking_part = paragraphs.where("low IS NOT NULL")
        size = ((F.octet_length("shingles") - 16) / 8).cast("long")
        first = F.struct("family", "keys", size.alias("size"))
        return (
            taking_part.groupBy("high", "low")
            .agg(
                F.min("rank").alias("gid"),
                F.count("*").alias("copies"),
                F.min_by(first, "rank").alias("first"),
            )
            .select("gid", "high", "low", "copies", "first.*")
        )

    return stages.keep("groups", make)


def members(stages: Stages, paragraphs: DataFrame, groups: DataFrame) -> DataFrame:
    """Stage `copies`: `rank` and `gid` of all paragraphs that are there more than once."""

    def make() -> DataFrame:
        repeated = groups.where("copies > 1").select("high", "low", "gid")
        return (
            paragraphs.where("low IS NOT NULL")
            .select("high", "low", "rank")
            .join(repeated, ["high", "low"])
            .select("rank", "gid")
        )

    return stages.keep("copies", make)
