"""Pairs, clusters and the thinned corpus, as data frames."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F
from pyspark.sql.types import BinaryType

from . import components, executor, matching, paragraphs, records, settling
from .stages import explained

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from .options import Options
    from .stages import Stages


@dataclass(frozen=True)
class Found:
    """The stages that all results need."""

    rows: DataFrame
    paragraphs: DataFrame
    groups: DataFrame
    copies: DataFrame
    matches: DataFrame
    crowded: DataFrame


def search(stages: Stages, source: DataFrame, options: Options) -> Found:
    """Reads the records and finds all matches but those among crowded paragraphs."""
    rows = records.numbered(stages, source, options.order)
    cut = paragraphs.fingerprints(stages, rows, options)
    groups = paragraphs.groups(stages, cut)
    copies = paragraphs.members(stages, cut, groups)
    candidates, crowded = matching.candidates(stages, groups, options)
    matches = matching.matches(stages, candidates, cut, options)
    return Found(rows, cut, groups, copies, matches, crowded)


def repeated_ids(stages: Stages, found: Found, options: Options) -> str | None:
    """What to warn of if records have the id of an earlier one, in the words of the command; stage `repeats`.

    Of lines, those without any paragraph are not looked at.
    """
    if options.id == "line":
        return None
    if options.lines:
        ids = found.paragraphs.where("number = 0").select("record", "id")
    else:
        ids = found.rows.select("record", records.id_column(options))

    def make() -> DataFrame:
        counted = ids.groupBy("id").agg(F.min("record").alias("first"), F.count("*").alias("copies"))
        return counted.where("copies > 1")

    repeats = stages.keep("repeats", make)
    with explained("repeats"):
        again: Any = repeats.agg(F.sum(F.col("copies") - 1)).collect()[0][0]
        if again is None:
            return None
        others = ids.join(repeats.select("id", "first"), "id").where("record > first")
        first = others.agg(F.min_by("id", "record")).collect()[0][0]
    if options.lines:
        name = bytes(first).decode()
    else:
        name = json.dumps(first, ensure_ascii=False) if isinstance(first, str) else str(first)
    repeat = "repeats" if again == 1 else "repeat"
    return f"{records.counted(again, 'record')} {repeat} the id of an earlier record; the first such id is {name}"


def _removed(stages: Stages, found: Found, options: Options) -> DataFrame:
    settle = components.removed if options.group == "components" else settling.representatives
    return settle(
        stages,
        found.paragraphs,
        found.groups,
        found.copies,
        found.matches,
        found.crowded,
        options,
    )


def removals(stages: Stages, found: Found, options: Options) -> DataFrame:
    """Stage `removals`: each paragraph that does not stay, and the one that is kept instead, with their places."""
    removed = _removed(stages, found, options)

    def make() -> DataFrame:
        place = found.paragraphs.where("low IS NOT NULL").select("rank", "record", "number", "id", "start", "end")
        names = {
            "rank": "kept",
            "record": "kept_record",
            "number": "kept_number",
            "id": "kept_id",
        }
        kept = place.withColumnsRenamed(names | {"start": "kept_start", "end": "kept_end"})
        return removed.join(place, "rank").join(kept, "kept").drop("rank", "kept")

    return stages.keep("removals", make)


def thinned(stages: Stages, found: Found, removals: DataFrame, options: Options) -> DataFrame:
    """The records without the paragraphs that do not stay, in the order of the input."""
    numbers = removals.groupBy("record").agg(F.collect_list("number").alias("removed"))
    text = "row.line" if options.lines else f"row.`{options.text}`"
    changed = found.rows.join(numbers, "record").select(
        "record", F.col(text).cast(BinaryType()).alias("text"), "removed"
    )
    new = changed.mapInArrow(executor.thin(options), executor.THINNED.spark())
    rows = found.rows
    if options.lines:
        # Blank lines are no records.
        rows = rows.where(r"CAST(row.line AS STRING) RLIKE '\\S'")
        if options.skip_bad:
            lines = records.texts(found.rows, options)
            good = lines.mapInArrow(executor.good_lines(options), executor.GOOD.spark())
            rows = rows.join(good, "record", "left_semi")
    new = new.withColumn("changed", F.lit(True))
    joined = rows.join(new, "record", "left").where("changed IS NULL OR thinned IS NOT NULL").orderBy("record")
    if options.lines:
        return joined.select(F.coalesce("thinned", "row.line").cast("string").alias("value"))
    fields = found.rows.select("row.*").columns
    columns = []
    for name in fields:
        column = F.col(f"row.`{name}`")
        columns.append(
            (F.coalesce(F.col("thinned").cast("string"), column) if name == options.text else column).alias(name)
        )
    return joined.select(*columns)


def described(found: Found, removals: DataFrame, options: Options) -> DataFrame:
    """A row for each removal, with the fields of `refrain dedup --removed`; for JSON Lines, its line."""
    joined = removals.join(found.rows, "record")
    if options.lines:
        line = F.col("row.line").alias("text")
        lines = joined.select(
            "record", "number", line, "id", "start", "end", "kept_id", "kept_start", "kept_end", "resemblance"
        )
        made = lines.mapInArrow(executor.removal_lines(options), executor.REMOVAL_LINES.spark())
        return made.orderBy("record", "number").select(F.col("line").cast("string").alias("value"))
    whole = F.col(f"row.`{options.text}`").cast(BinaryType())
    text = F.substring(
        whole,
        F.col("start").cast("int") + 1,
        (F.col("end") - F.col("start")).cast("int"),
    )
    return joined.orderBy("record", "number").select(
        "id",
        F.array("start", "end").alias("span"),
        text.cast("string").alias("text"),
        F.struct(
            F.col("kept_id").alias("id"),
            F.array("kept_start", "kept_end").alias("span"),
        ).alias("kept"),
        "resemblance",
    )


def pairs(stages: Stages, found: Found, options: Options) -> DataFrame:
    """Stage `pairs`: all pairs of near-duplicates, sorted, as `refrain pairs` writes them."""
    settings = options.library()

    def crowd() -> DataFrame:
        one = settling.crowd_rows(found.paragraphs, found.groups, found.crowded, options)
        return one.mapInArrow(executor.crowded_matches(options), executor.MATCHES.spark())

    matches = found.matches
    with explained("counting"):
        is_crowded = not found.crowded.isEmpty()
    if is_crowded:
        matches = matches.union(stages.keep("crowd", crowd)).dropDuplicates(["left", "right"])
    if settings["max_pairs"] is not None:
        from pyspark.sql import Window

        earliest = F.row_number().over(Window.partitionBy("right").orderBy("left"))
        matches = matches.withColumn("nth", earliest).where(F.col("nth") <= settings["max_pairs"]).drop("nth")

    def make() -> DataFrame:
        groups = found.groups.select("gid", "copies", "size")
        crowds = found.groups.where(F.col("copies") > settings["copies"]).select("gid")
        few = found.copies.join(crowds, "gid", "left_anti")
        alone = found.groups.where("copies = 1").select(F.col("gid").alias("rank"), "gid")
        # The copies that are paired with others: all, or of too many the first.
        paired = few.select("rank", "gid").union(alone).union(crowds.select(F.col("gid").alias("rank"), "gid"))
        left, right = (paired.withColumnsRenamed({"rank": f"{side}_rank", "gid": side}) for side in ("left", "right"))
        near = matches.join(left, "left").join(right, "right")
        swap = F.col("left_rank") > F.col("right_rank")
        near = near.select(
            F.least("left_rank", "right_rank").alias("a"),
            F.greatest("left_rank", "right_rank").alias("b"),
            "shared",
            F.when(swap, F.col("right_size")).otherwise(F.col("left_size")).alias("a_size"),
            F.when(swap, F.col("left_size")).otherwise(F.col("right_size")).alias("b_size"),
            F.when(F.col("differs"), F.lit("numbers")).alias("differs"),
        )
        first = few.union(crowds.select(F.col("gid").alias("rank"), "gid"))
        identical = (
            first.withColumnRenamed("rank", "a")
            .join(found.copies.withColumnRenamed("rank", "b"), "gid")
            .where("a < b")
            .join(groups, "gid")
            .select(
                "a",
                "b",
                F.col("size").alias("shared"),
                F.col("size").alias("a_size"),
                F.col("size").alias("b_size"),
                F.lit(None).cast("string").alias("differs"),
            )
        )
        place = found.paragraphs.where("low IS NOT NULL").select("rank", "id", "start", "end")
        both = near.unionByName(identical)
        for side in ("a", "b"):
            names = {
                "rank": side,
                "id": f"{side}_id",
                "start": f"{side}_start",
                "end": f"{side}_end",
            }
            both = both.join(place.withColumnsRenamed(names), side)
        shared: Column = F.col("shared")
        resemblance = shared / (F.col("a_size") + F.col("b_size") - shared)
        return both.select(
            *[f"{side}{name}" for side in ("a", "b") for name in ("", "_id", "_start", "_end")],
            resemblance.alias("resemblance"),
            (shared / F.col("a_size")).alias("a_containment"),
            (shared / F.col("b_size")).alias("b_containment"),
            "differs",
        )

    kept = stages.keep("pairs", make)
    if options.lines:
        lines = kept.mapInArrow(executor.pair_lines, executor.PAIR_LINES.spark())
        return lines.orderBy("a", "b").select(F.col("line").cast("string").alias("value"))
    return kept.orderBy("a", "b").select(
        F.col("a_id").alias("a"),
        F.array("a_start", "a_end").alias("a_span"),
        F.col("b_id").alias("b"),
        F.array("b_start", "b_end").alias("b_span"),
        "resemblance",
        F.array("a_containment", "b_containment").alias("containment"),
        "differs",
    )


def clusters(stages: Stages, found: Found, options: Options) -> DataFrame:
    """Stage `clusters`: near-duplicates, the representative first, sorted, as `refrain clusters` writes them."""
    removed = _removed(stages, found, options)

    def make() -> DataFrame:
        place = found.paragraphs.where("low IS NOT NULL").select("rank", "id", "start", "end")
        kept = removed.select("kept").distinct()
        representatives = kept.select(F.col("kept").alias("rank"), "kept", F.lit(1.0).alias("resemblance"))
        return removed.unionByName(representatives).join(place, "rank")

    members = stages.keep("clusters", make)
    if options.lines:
        members = members.mapInArrow(executor.member_lines, executor.MEMBER_LINES.spark())
        member = F.struct(
            "rank",
            F.col("line").cast("string").alias("line"),
            F.col("place").cast("string").alias("place"),
        )
    else:
        member = F.struct("rank", "id", F.array("start", "end").alias("span"), "resemblance")
    # Paragraphs are taken in the order of the input, so the representative is the first.
    gathered = members.groupBy("kept").agg(F.array_sort(F.collect_list(member)).alias("members")).orderBy("kept")
    first = F.col("members")[0]
    if options.lines:
        joined = F.concat_ws(",", F.transform("members", lambda one: one["line"]))
        opening, middle, end = (F.lit(part) for part in ('{"representative":{', '},"members":[', "]}"))
        return gathered.select(F.concat(opening, first["place"], middle, joined, end).alias("value"))
    names = ("id", "span", "resemblance")
    listed = F.transform("members", lambda one: F.struct(*[one[name].alias(name) for name in names]))
    representative = F.struct(first["id"].alias("id"), first["span"].alias("span"))
    return gathered.select(representative.alias("representative"), listed.alias("members"))
