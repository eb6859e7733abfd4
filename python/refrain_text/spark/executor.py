"""What runs in the workers of Python: batches of rows in, batches of rows out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .._refrain import Buckets, Rest, Steps
from ..errors import RefrainError

if TYPE_CHECKING:
    from .options import Options

Batches = Iterator[pa.RecordBatch]
Mapped = Callable[[Batches], Batches]

LONG, INT, BYTES, FLAG, FLOAT = (
    pa.int64(),
    pa.int32(),
    pa.binary(),
    pa.bool_(),
    pa.float64(),
)
_NAMES = {LONG: "bigint", INT: "int", BYTES: "binary", FLAG: "boolean", FLOAT: "double"}


class Schema:
    """Names and types of columns, for Arrow and for Spark."""

    def __init__(self, **columns: pa.DataType) -> None:
        self.arrow = pa.schema(list(columns.items()))

    def spark(self, **others: str) -> str:
        """The columns as Spark writes them, some with types of its own."""
        columns = {field.name: _NAMES.get(field.type) for field in self.arrow} | others
        return ", ".join(f"`{name}` {type_name}" for name, type_name in columns.items())


PARAGRAPHS = Schema(
    record=LONG,
    number=INT,
    id=BYTES,
    start=LONG,
    end=LONG,
    high=LONG,
    low=LONG,
    family=LONG,
    keys=BYTES,
    shingles=BYTES,
    rank=BYTES,
)
MEMBERS = Schema(bucket=LONG, gid=LONG)
CANDIDATES = Schema(left=LONG, right=LONG)
MATCHES = Schema(left=LONG, right=LONG, shared=LONG, left_size=LONG, right_size=LONG, differs=FLAG)
EDGES = Schema(left=LONG, right=LONG)
COMPONENTS = Schema(gid=LONG, component=LONG)
REPRESENTATIVES = Schema(rank=LONG, kept=LONG, resemblance=FLOAT)
THINNED = Schema(record=LONG, thinned=BYTES)
GOOD = Schema(record=LONG)
PAIR_LINES = Schema(a=LONG, b=LONG, line=BYTES)
MEMBER_LINES = Schema(rank=LONG, kept=LONG, line=BYTES, place=BYTES)
REMOVAL_LINES = Schema(record=LONG, number=INT, line=BYTES)


def _rows(table: Any, schema: pa.Schema) -> Batches:
    """The batches of a table of the compiled module, with the types that Spark expects."""
    for batch in pa.RecordBatchReader.from_stream(table):
        yield pa.RecordBatch.from_arrays(
            [batch.column(field.name).cast(field.type) for field in schema],
            schema=schema,
        )


def paragraphs(options: Options, id_type: pa.DataType) -> Mapped:
    """The paragraphs of records; ``id_type`` is the type of their ids."""
    fields = [field.with_type(id_type) if field.name == "id" else field for field in PARAGRAPHS.arrow]
    schema = pa.schema(fields)

    def run(batches: Batches) -> Batches:
        steps = options.steps()
        for batch in batches:
            records = steps.records(batch) if options.lines else _with_ids(batch, options)
            table = steps.paragraphs(records)
            if "rank" in table.column_names:
                yield from _rows(table, schema)
                continue
            for cut in pa.RecordBatchReader.from_stream(table):
                columns = [
                    pa.nulls(len(cut), field.type) if field.name == "rank" else cut.column(field.name).cast(field.type)
                    for field in schema
                ]
                yield pa.RecordBatch.from_arrays(columns, schema=schema)

    return run


def _with_ids(batch: pa.RecordBatch, options: Options) -> pa.RecordBatch:
    """Refuses records without an id."""
    ids = batch.column("id")
    if ids.null_count:
        record = batch.column("record")[ids.is_null().index(True).as_py()].as_py()
        raise RefrainError(f"record {record + 1}: the id in `{options.id}` is null, not a string or a number")
    return batch


def members(batches: Batches) -> Batches:
    """The buckets of different paragraphs."""
    for batch in batches:
        yield from _rows(Buckets.members(batch), MEMBERS.arrow)


def candidates(batches: Batches) -> Batches:
    """The candidates in buckets that come one after the other."""
    buckets = Buckets()
    for batch in batches:
        yield from _rows(buckets.push(batch), CANDIDATES.arrow)
    yield from _rows(buckets.finish(), CANDIDATES.arrow)


def _by_batch(options: Options, schema: Schema, step: Callable[[Steps, pa.RecordBatch], Any]) -> Mapped:
    """A step that each batch takes alone."""

    def run(batches: Batches) -> Batches:
        steps = options.steps()
        for batch in batches:
            yield from _rows(step(steps, batch), schema.arrow)

    return run


def _all_at_once(options: Options, schema: Schema, step: Callable[[Rest], Any]) -> Mapped:
    """A step for which all batches are gathered first."""

    def run(batches: Batches) -> Batches:
        rest = Rest(options.steps())
        for batch in batches:
            rest.push(batch)
        yield from _rows(step(rest), schema.arrow)

    return run


def verify(options: Options) -> Mapped:
    """The matches among candidates."""
    return _by_batch(options, MATCHES, lambda steps, batch: steps.verify(batch))


def representatives(options: Options) -> Mapped:
    """What one task settles."""
    return _all_at_once(options, REPRESENTATIVES, lambda rest: rest.representatives())


def crowded_matches(options: Options) -> Mapped:
    """All matches among crowded paragraphs, in one task."""
    return _all_at_once(options, MATCHES, lambda rest: rest.matches())


def crowded_forest(options: Options) -> Mapped:
    """As few matches among crowded paragraphs as connect what all of them connect, in one task."""
    return _all_at_once(options, MATCHES, lambda rest: rest.forest())


def components(batches: Batches) -> Batches:
    """The first of all that are connected to each end of an edge, in one task."""
    above: dict[int, int] = {}

    def first(gid: int) -> int:
        while (next_up := above.setdefault(gid, gid)) != gid:
            above[gid] = gid = above[next_up]
        return gid

    for batch in batches:
        for left, right in zip(batch.column("left").to_pylist(), batch.column("right").to_pylist(), strict=True):
            low, high = sorted((first(left), first(right)))
            above[high] = low
    gids = sorted(above)
    table = pa.table([gids, [first(gid) for gid in gids]], schema=COMPONENTS.arrow)
    yield from table.to_batches(max_chunksize=1 << 16)


def thin(options: Options) -> Mapped:
    """What stays of records; null where nothing does."""

    def run(batches: Batches) -> Batches:
        steps = options.steps()
        for batch in batches:
            texts = pa.table(steps.thin(batch)).column("text").combine_chunks().cast(BYTES)
            yield pa.RecordBatch.from_arrays([batch.column("record"), texts], schema=THINNED.arrow)

    return run


def good_lines(options: Options) -> Mapped:
    """The lines that are records."""
    return _by_batch(options, GOOD, lambda steps, batch: steps.records(batch))


def removal_lines(options: Options) -> Mapped:
    """The lines of ``--removed``."""

    def run(batches: Batches) -> Batches:
        steps = options.steps()
        for batch in batches:
            lines = pa.table(steps.removal_lines(batch)).column("line").combine_chunks().cast(BYTES)
            yield pa.RecordBatch.from_arrays(
                [batch.column("record"), batch.column("number"), lines],
                schema=REMOVAL_LINES.arrow,
            )

    return run


def pair_lines(batches: Batches) -> Batches:
    """The lines of `refrain pairs`."""
    for batch in batches:
        lines = pa.table(Steps.pair_lines(batch)).column("line").combine_chunks().cast(BYTES)
        yield pa.RecordBatch.from_arrays([batch.column("a"), batch.column("b"), lines], schema=PAIR_LINES.arrow)


def member_lines(batches: Batches) -> Batches:
    """The members of clusters as JSON."""
    for batch in batches:
        made = pa.table(Steps.member_lines(batch))
        lines, places = (made.column(name).combine_chunks().cast(BYTES) for name in ("line", "place"))
        ranks = [batch.column(name) for name in ("rank", "kept")]
        yield pa.RecordBatch.from_arrays([*ranks, lines, places], schema=MEMBER_LINES.arrow)
