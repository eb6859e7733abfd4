"""Columns out of frames of any library, and frames of the same library as results.

No library is imported unless one of its objects is given: an object is known by the name of its module. What is not
known is taken for Arrow, if it speaks it, else for an iterable of ``str``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from ._refrain import Column, Table, describe
from .errors import RefrainError, WrongTypeError


class Given(Protocol):
    """What a call was given: a frame with columns, or texts alone."""

    @property
    def text_name(self) -> str:
        """What messages call the texts."""

    @property
    def text_column(self) -> str | None:
        """The column of the texts, if there are columns."""

    @property
    def needs_texts(self) -> bool:
        """Whether `keep` needs all texts that stay, also if none has changed."""

    def texts(self) -> Any:
        """The texts as the compiled part takes them: a column of Arrow, or an iterable of ``str``."""

    def names(self) -> list[str]:
        """The names of all columns."""

    def column(self, name: str) -> Any:
        """Another column."""

    def result(self, table: Table) -> Any:
        """A result as a frame of the same library."""

    def keep(self, rows: Column, texts: Column | None) -> Any:
        """The rows that stay, with these texts if any of them has changed."""


def given(data: Any, column: str | None) -> Given:
    """What a call was given, and the column of texts in it, which is called ``text`` unless another one is named.

    Raises:
        RefrainError: If it is neither a frame nor a column nor an iterable of ``str``, or if it is a set.
    """
    if column is not None and not isinstance(column, str):
        raise WrongTypeError(f"column must be the name of a column, got {describe(column)}")
    _require_order(data, "texts")
    kinds = _kinds(data)
    if ("pandas", "DataFrame") in kinds:
        return _Pandas(data, column or "text")
    if ("polars", "DataFrame") in kinds:
        return _Polars(data, column or "text")
    if ("datasets", "Dataset") in kinds:
        return _Dataset(data, column or "text")
    if kinds & {("pyarrow", "Table"), ("pyarrow", "RecordBatch"), ("pyarrow", "RecordBatchReader")}:
        return _Arrow(data, column or "text", is_pyarrow=True)
    if isinstance(data, Table):
        return _Arrow(data, column or "text", is_pyarrow=False)
    for library, kind in sorted(kinds & _HINTS.keys()):
        raise WrongTypeError(f"a {library} {kind} holds no rows yet; {_HINTS[library, kind]}")
    if column is None:
        return _Texts(data, _module(data))
    if getattr(data, "__arrow_c_stream__", None) is not None:
        return _Arrow(data, column, is_pyarrow=False)
    raise WrongTypeError(f"column={column!r} names a column of a frame, got {describe(data)}; leave the column out")


_HINTS = {
    ("polars", "LazyFrame"): "collect() it first",
    ("datasets", "DatasetDict"): 'choose a split, such as data["train"]',
    ("datasets", "IterableDatasetDict"): 'choose a split, such as data["train"], and load it without streaming',
    ("datasets", "IterableDataset"): "load it without streaming, or give an iterable of its texts",
}


def ids(data: Given, wanted: Any) -> tuple[Any, str]:
    """The ids of the rows, and what messages call them.

    Args:
        data: What the call was given.
        wanted: The name of a column, an id for each row, or ``None`` for the numbers of the rows.
    """
    if isinstance(wanted, str):
        return data.column(wanted), f"the ids in the column `{wanted}`"
    _require_order(wanted, "the ids")
    return _plain_series(wanted), "the ids"


def _require_order(data: Any, name: str) -> None:
    """Refuses sets: rows are known by their places, and those of a set are others in each run of a program."""
    if isinstance(data, (set, frozenset)):
        kind = type(data).__name__
        raise WrongTypeError(f"{name} must have an order, which a {kind} has not; give a list, or sorted(...)")


def _module(data: Any) -> str:
    return type(data).__module__.partition(".")[0]


def _kinds(data: Any) -> set[tuple[str, str]]:
    """The classes of an object, each with the library that it is from: a frame may be of a class of somebody's own."""
    return {(kind.__module__.partition(".")[0], kind.__name__) for kind in type(data).__mro__}


def _plain_series(series: Any) -> Any:
    """A column that speaks Arrow or is a list of plain objects."""
    if _module(series) == "pandas":
        # Of strings that are kept in Arrow; other columns have objects.
        to_arrow = getattr(series.array, "__arrow_array__", None)
        return series.tolist() if to_arrow is None or series.dtype.kind != "O" else to_arrow()
    if _module(series) == "numpy":
        return series.tolist()
    if _module(series) == "polars" and str(getattr(series, "dtype", None)) == "Null":
        # Of no rows, or of nulls only. As Arrow it has a buffer too many.
        return series.to_list()
    return series


def to_pandas(table: Table) -> Any:
    """A table as a frame of pandas."""
    import pandas

    return pandas.DataFrame(table.to_pydict(), columns=table.column_names)


def to_polars(table: Table) -> Any:
    """A table as a frame of polars."""
    import polars

    return polars.DataFrame(table)


def to_arrow(table: Table) -> Any:
    """A table as one of pyarrow."""
    import pyarrow

    return pyarrow.table(table)


def _find(names: Iterable[Any], name: str) -> None:
    names = [str(other) for other in names]
    if name not in names:
        raise RefrainError(Table.unknown_column(names, name))
    if names.count(name) > 1:
        raise RefrainError(f"there are {names.count(name)} columns `{name}`; give them different names")


class _Texts:
    """Texts alone: a list, another iterable, a series or an array."""

    def __init__(self, data: Any, library: str) -> None:
        self._data, self._library = data, library
        self.text_name, self.text_column, self.needs_texts = "texts", None, True

    def texts(self) -> Any:
        return _plain_series(self._data)

    def names(self) -> list[str]:
        raise WrongTypeError(f"`*` stands for the columns of a frame, got {describe(self._data)}")

    def column(self, name: str) -> Any:
        got = describe(self._data)
        raise WrongTypeError(f"`{name}` names a column of a frame, got {got}; give the values instead")

    def result(self, table: Table) -> Any:
        convert = {"pandas": to_pandas, "polars": to_polars, "pyarrow": to_arrow}.get(self._library)
        return table if convert is None else convert(table)

    def keep(self, rows: Column, texts: Column | None) -> Any:
        assert texts is not None, "of texts alone all are asked for"
        if self._library == "pandas":
            return _with_texts(self._data[_mask(rows)], texts)
        if self._library == "polars":
            import polars

            return polars.Series(texts).alias(self._data.name)
        if self._library == "pyarrow":
            import pyarrow

            return pyarrow.chunked_array([pyarrow.array(texts)])
        return texts.to_pylist()


class _Frame:
    """A frame with a column of texts; the classes below know their libraries."""

    needs_texts = False

    def __init__(self, data: Any, column: str) -> None:
        self._data, self._column = data, column
        self.text_name, self.text_column = f"the column `{column}`", column

    def texts(self) -> Any:
        return self.column(self._column)

    def names(self) -> list[str]:
        raise NotImplementedError

    def column(self, name: str) -> Any:
        raise NotImplementedError


def _mask(rows: Column) -> Any:
    """Which rows of a frame of pandas stay. An empty list would choose columns."""
    import numpy

    return numpy.array(rows.to_pylist(), dtype=bool)


def _with_texts(series: Any, texts: Column) -> Any:
    """A series or an index of pandas with other texts, of the same type.

    A text that is no category has the type of the categories.
    """
    import pandas

    values, dtype = texts.to_pylist(), series.dtype
    # pandas would make it a missing value.
    if isinstance(dtype, pandas.CategoricalDtype) and not set(values) <= set(dtype.categories):
        dtype = dtype.categories.dtype
    if isinstance(series, pandas.Index):
        return pandas.Index(values, name=series.name, dtype=dtype)
    return pandas.Series(values, index=series.index, name=series.name, dtype=dtype)


class _Pandas(_Frame):
    """A frame of pandas. Its index and its types stay."""

    def names(self) -> list[str]:
        return [str(label) for label in self._data.columns]

    def column(self, name: str) -> Any:
        return _plain_series(self._data[self._label(name)])

    def _label(self, name: str) -> Any:
        """A column may be called 5, and be asked for as "5"."""
        _find(self._data.columns, name)
        return next(label for label in self._data.columns if str(label) == name)

    def result(self, table: Table) -> Any:
        return to_pandas(table)

    def keep(self, rows: Column, texts: Column | None) -> Any:
        kept = self._data.loc[_mask(rows)]
        if texts is not None:
            kept, label = kept.copy(), self._label(self._column)
            kept[label] = _with_texts(kept[label], texts)
        return kept


class _Polars(_Frame):
    """A frame of polars."""

    def names(self) -> list[str]:
        return list(self._data.columns)

    def column(self, name: str) -> Any:
        _find(self._data.columns, name)
        return _plain_series(self._data.get_column(name))

    def result(self, table: Table) -> Any:
        return to_polars(table)

    def keep(self, rows: Column, texts: Column | None) -> Any:
        import polars

        kept = self._data.filter(polars.Series(rows))
        return kept if texts is None else kept.with_columns(polars.Series(texts).alias(self._column))


class _Dataset(_Frame):
    """A dataset of Hugging Face, whose rows may be a selection of those of its table."""

    def names(self) -> list[str]:
        return list(self._data.column_names)

    def _table(self, data: Any) -> Table:
        return Table.from_arrow(data.data.table if data._indices is None else data.with_format("arrow")[:])

    def column(self, name: str) -> Any:
        _find(self._data.column_names, name)
        return self._table(self._data.select_columns([name])).column(name)

    def result(self, table: Table) -> Any:
        return to_arrow(table)

    def keep(self, rows: Column, texts: Column | None) -> Any:
        kept = to_arrow(self._table(self._data).keep(rows, texts, self._column))
        return type(self._data)(kept, info=self._data.info.copy(), split=self._data.split)


class _Arrow(_Frame):
    """A table of pyarrow, or of any library that speaks Arrow. The types and the metadata of its columns stay."""

    def __init__(self, data: Any, column: str, *, is_pyarrow: bool) -> None:
        # A stream can be read once only.
        super().__init__(data if isinstance(data, Table) else Table.from_arrow(data), column)
        self._is_pyarrow = is_pyarrow

    def names(self) -> list[str]:
        names: list[str] = self._data.column_names
        return names

    def column(self, name: str) -> Any:
        return self._data.column(name)

    def result(self, table: Table) -> Any:
        return to_arrow(table) if self._is_pyarrow else table

    def keep(self, rows: Column, texts: Column | None) -> Any:
        return self.result(self._data.keep(rows, texts, self._column))
