"""Records with their numbers in the order of the input."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import BinaryType, IntegralType, NumericType, StringType

from ..errors import RefrainError, WrongTypeError
from .stages import explained

if TYPE_CHECKING:
    from pyspark.sql import Column, SparkSession

    from .options import Options
    from .stages import Stages

#: The numbers of partitions in what `monotonically_increasing_id` makes.
PARTITION = 33


def read(spark: SparkSession, path: str, file_format: str) -> DataFrame:
    """The records of files; columns `path` and `start` say where each comes from.

    Files are taken in the order of their names, and lines and rows in the order of the file.
    """
    with explained("input"):
        if file_format == "json":
            # Bytes, so that what is not UTF-8 can be named. The carriage return before a line feed stays.
            lines = spark.read.option("lineSep", "\n").text(path)
            place = ("_metadata.file_path", "_metadata.file_block_start")
            rows = lines.select(
                F.struct(F.col("value").cast("binary").alias("line")).alias("row"),
                *place,
            )
        else:
            table = spark.read.parquet(path)
            rows = table.select(
                F.struct(*[F.col(f"`{name}`") for name in table.columns]).alias("row"),
                "_metadata.file_path",
                "_metadata.file_block_start",
            )
    return rows.withColumnsRenamed({"file_path": "path", "file_block_start": "start"})


def ordered(frame: DataFrame, order: str | None) -> DataFrame:
    """The rows of a data frame, in their order or in that of a column."""
    if order is not None:
        _require(frame, order, "the order")
        frame = frame.orderBy(F.col(f"`{order}`").asc_nulls_first())
    row = F.struct(*[F.col(f"`{name}`") for name in frame.columns]).alias("row")
    return frame.select(row, F.lit("").alias("path"), F.lit(None).cast("long").alias("start"))


def check_frame(frame: Any) -> None:
    """Refuses what is no data frame of classic Spark."""
    kind = type(frame)
    name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    if not isinstance(frame, DataFrame) or ".connect." in name:
        raise WrongTypeError(
            f"the frame must be a pyspark.sql.DataFrame of classic Spark, got {name}; for frames of other libraries, "
            "see refrain_text.Detector"
        )


def digest(frame: DataFrame) -> dict[str, Any]:
    """What tells the rows of a data frame from others, whatever their order; one pass over them."""
    # Spark has no hash of these types.
    types = ((name, kind.simpleString()) for name, kind in ((field.name, field.dataType) for field in frame.schema))
    columns = [F.col(f"`{name}`") for name, kind in types if "map<" not in kind and "variant" not in kind]
    # So wide that no number of rows makes the sum overflow.
    hashes = F.xxhash64(*columns).cast("decimal(28,0)")
    with explained("digest"):
        counted = frame.agg(F.count("*").alias("rows"), F.sum(hashes).alias("hashes")).collect()[0]
    return {
        "schema": frame.schema.simpleString(),
        "number of rows": counted["rows"],
        "rows": str(counted["hashes"]),
    }


def files_digest(source: DataFrame) -> dict[str, Any]:
    """What tells the files that were read from others: their names, sizes and times of modification."""
    spark = source.sparkSession
    jvm: Any = spark._jvm
    with explained("input"):
        # The names are those of URIs.
        wanted: dict[str, set[str]] = {}
        for uri in source.inputFiles():
            folder, _, name = unquote(uri).rpartition("/")
            wanted.setdefault(folder, set()).add(name)
        found = []
        for folder, names in wanted.items():
            path = jvm.org.apache.hadoop.fs.Path(f"{folder}/")
            # One listing of a folder takes less time than to ask for each of its files.
            for status in path.getFileSystem(spark._jsc.hadoopConfiguration()).listStatus(path):
                if (name := status.getPath().getName()) in names:
                    found.append((folder, name, status.getLen(), status.getModificationTime()))
    found.sort()
    return {
        "number of files": len(found),
        "bytes of files": sum(size for _, _, size, _ in found),
        "names and times of files": hashlib.sha256(repr(found).encode()).hexdigest(),
    }


def numbered(stages: Stages, rows: DataFrame, order: str | None) -> DataFrame:
    """Stage `records`: `record`, the number of the row in the whole input, and `row`."""

    def make() -> DataFrame:
        place = F.monotonically_increasing_id()
        return rows.withColumn("id", place).withColumn(
            "start", F.coalesce("start", F.shiftrightunsigned("id", PARTITION))
        )

    kept = stages.keep("records", make)
    return with_offsets(stages, kept, "record", order)


def with_offsets(stages: Stages, kept: DataFrame, name: str, order: str | None = None) -> DataFrame:
    """Numbers rows from 0, in the order of `path`, `start` and `id`. Those of one start have ids without gaps.

    If rows were sorted by the column `order`, each of its values must be there once.
    """
    by = F.lit(0) if order is None else F.col(f"row.`{order}`")
    # Equal values were sorted into one partition, so what each start repeats is all that is repeated.
    values = [] if order is None else [F.count(by).alias("given"), F.count_distinct(by).alias("values")]
    with explained("numbering"):
        counts = F.min("id").alias("first"), F.count("*").alias("rows")
        parts = kept.groupBy("path", "start").agg(*counts, *values).collect()
        if order is not None:
            missing = sum(part["rows"] - part["given"] for part in parts)
            if missing:
                raise RefrainError(
                    f"the column `{order}` for the order is null in {counted(missing, 'row')}; give each row a value "
                    "of its own"
                )
            if again := sum(part["given"] - part["values"] for part in parts):
                value = kept.groupBy(by.alias("value")).count().where("count > 1").agg(F.min("value")).collect()[0][0]
                repeat = "repeats" if again == 1 else "repeat"
                raise RefrainError(
                    f"the column `{order}` for the order must have each value once, but {counted(again, 'row')} "
                    f"{repeat} the value of another; the first such value is {value!r}"
                )
    parts.sort(key=lambda part: (part["path"], part["start"]))
    before = 0
    offsets = []
    for part in parts:
        offsets.append((part["path"], part["start"], before - part["first"]))
        before += part["rows"]
    schema = "path string, start long, offset long"
    offset = stages.spark.createDataFrame(offsets, schema)
    numbers = kept.join(F.broadcast(offset), ["path", "start"])
    return numbers.select((F.col("id") + F.col("offset")).alias(name), *_others(kept))


def counted(number: int, noun: str) -> str:
    """A number of things."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _others(frame: DataFrame) -> list[str]:
    return [name for name in frame.columns if name not in ("path", "start", "id")]


def _require(frame: DataFrame, column: str, what: str) -> None:
    if column not in frame.columns:
        names = ", ".join(f"`{name}`" for name in frame.columns) or "none"
        raise RefrainError(f"there is no column `{column}` for {what}; the columns are {names}")


def check_columns(frame: DataFrame, options: Options) -> None:
    """Refuses a data frame without the columns of the job, or with columns of other types."""
    _require(frame, options.text, "the text")
    text = frame.schema[options.text].dataType
    if not isinstance(text, StringType):
        raise WrongTypeError(f"the column `{options.text}` must hold strings, got {text.simpleString()}")
    if options.id != "line":
        _require(frame, options.id, "the id")
        id_type = frame.schema[options.id].dataType
        if not isinstance(id_type, (StringType, IntegralType)):
            got = id_type.simpleString()
            raise WrongTypeError(f"the column `{options.id}` must hold strings or whole numbers, got {got}")
    if options.rank_field is not None:
        _require(frame, options.rank_field, "keep")
        rank = frame.schema[options.rank_field].dataType
        if not isinstance(rank, NumericType):
            got = rank.simpleString()
            raise WrongTypeError(f"the column `{options.rank_field}` must hold numbers, got {got}")


def id_column(options: Options) -> Column:
    """The id of a row of a data frame."""
    if options.id == "line":
        return (F.col("record") + 1).alias("id")
    return F.col(f"row.`{options.id}`").alias("id")


def texts(records: DataFrame, options: Options) -> DataFrame:
    """The columns that workers make paragraphs of."""
    if options.lines:
        return records.select("record", F.col("row.line").alias("line"))
    columns = [
        F.col("record"),
        id_column(options),
        F.col(f"row.`{options.text}`").cast(BinaryType()).alias("text"),
    ]
    if options.rank_field is not None:
        # As text, so that 64-bit numbers and floats compare as in JSON.
        rank = F.col(f"row.`{options.rank_field}`").cast("string").cast(BinaryType())
        columns.append(F.coalesce(rank, F.lit(b"")).alias("number_text"))
    return records.select(*columns)
