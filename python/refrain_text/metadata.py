"""What is kept with a document of an index, as JSON: a value that is given, or columns of a frame."""

from __future__ import annotations

import datetime
import json
import math
import re
from typing import Any

from . import frames
from ._refrain import describe, json_values
from .errors import RefrainError, WrongTypeError

ALL = "*"
"""The name that stands for all columns but those with the texts and the ids, as in the command."""


_LONG = re.compile("[0-9]{19}")
"""What every number has that does not fit in 64 bits."""


def to_json(value: Any, name: str = "metadata") -> str:
    """A value as JSON; dates and timestamps in it are strings, and scalars of numpy numbers or booleans.

    Raises:
        RefrainError: If it is no value that JSON has, or if a whole number in it does not fit in 64 bits.
    """
    try:
        found = json.dumps(value, ensure_ascii=False, allow_nan=False, default=_other)
        # Lone surrogates are no text.
        found.encode()
        if _LONG.search(found):
            # Another number than was given would be stored.
            json.loads(found, parse_int=_require_fit)
        return found
    except (TypeError, ValueError) as error:
        raise RefrainError(f"{name} must be a value that JSON has: {error}") from error


def _other(value: Any) -> Any:
    """What `json` does not know."""
    known = plain(value)
    return _date(value) if known is value else known


def plain(value: Any) -> Any:
    """A scalar of numpy as an object of Python, and any other value as it is."""
    is_scalar = type(value).__module__ == "numpy" and getattr(value, "shape", None) == ()
    return value.item() if is_scalar and value.dtype.kind in "biuf" else value


def _fits(value: int) -> bool:
    return -(2**63) <= value < 2**64


def _require_fit(digits: str) -> None:
    if not _fits(int(digits)):
        raise ValueError("it holds a number that does not fit in 64 bits; give it as a string")


def of_rows(value: Any, number: int | None) -> list[str]:
    """A value as JSON for each of several documents: one for all of them, or a list or tuple of as many as there are.

    Raises:
        RefrainError: If there are more or fewer values, or if it is not known how many are needed.
    """
    if number is None and not isinstance(value, (list, tuple)):
        raise RefrainError("metadata needs to know how many documents there are; give a list of texts")
    if isinstance(value, (list, tuple)):
        if number is not None and len(value) != number:
            raise RefrainError(f"metadata must be one for each of the {number} documents, got {len(value)}")
        return [to_json(of_row) for of_row in value]
    assert number is not None
    return [to_json(value)] * number


def columns(given: frames.Given, wanted: Any, id: Any) -> list[dict[str, Any]]:
    """The values of columns for each row, by the names of the columns. As in the command, what is null is not there.

    Args:
        given: A frame.
        wanted: The names of the columns.
        id: The column of the ids, or the ids.

    Raises:
        WrongTypeError: If a column has values of another type.
        RefrainError: If there is no such column, or if a value is out of range.
    """
    if not isinstance(wanted, (list, tuple)) or not all(isinstance(name, str) for name in wanted):
        raise WrongTypeError(
            'metadata_fields must be a list of the names of columns, such as ["url", "date"], or ["*"], '
            f"got {describe(wanted)}"
        )
    if ALL in wanted:
        used = {given.text_column, id if isinstance(id, str) else None}
        wanted = [name for name in given.names() if name not in used]
    values = {name: _values(given.column(name), f"the column `{name}`") for name in wanted}
    names = list(values)
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in zip(*values.values(), strict=True)
    ]


def beside(value: Any, rows: list[dict[str, Any]]) -> list[Any]:
    """Merges the values of columns into values that are given with them, which must be objects. Columns win.

    Raises:
        RefrainError: If there are more or fewer values than rows.
        WrongTypeError: If one of them is no object.
    """
    values = value if isinstance(value, (list, tuple)) else [value] * len(rows)
    if len(values) != len(rows):
        raise RefrainError(f"metadata must be one for each of the {len(rows)} documents, got {len(values)}")
    merged = []
    for base, row in zip(values, rows, strict=True):
        if row and not (base is None or isinstance(base, dict)):
            raise WrongTypeError(
                'metadata must be a dict if columns are kept beside it, such as {"source": "archive"}, '
                f"got {describe(base)}"
            )
        merged.append({**(base or {}), **row} if row else base)
    return merged


def _date(value: Any) -> str:
    """A date or a timestamp in ISO 8601, so that the order of the strings is that of the times.

    What has a time zone is written in UTC.
    """
    if isinstance(value, datetime.datetime) and not _is_missing(value):
        aware = value.tzinfo is not None and value.utcoffset() is not None
        return (value.astimezone(datetime.timezone.utc) if aware else value).isoformat()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(f"got {describe(value)}")


def is_date(value: Any) -> bool:
    """Whether a value is a date or a timestamp."""
    return isinstance(value, datetime.date) and not _is_missing(value)


def _values(column: Any, name: str) -> list[Any]:
    """The values of a column as JSON has them."""
    found = json_values(column, name)
    return [_value(value, name, row) for row, value in enumerate(column)] if found is None else found


def _is_missing(value: Any) -> bool:
    # Those of pandas: comparing one of them is an error, and the other is a timestamp.
    return value is None or type(value).__name__ in ("NAType", "NaTType")


def _value(value: Any, name: str, row: int) -> Any:
    value = plain(value)
    if _is_missing(value) or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and math.isinf(value):
        raise RefrainError(f"{name} holds in row {row}, counted from 0, {value}, which is no number in JSON")
    if isinstance(value, int) and not _fits(value):
        raise RefrainError(f"{name} holds in row {row}, counted from 0, a number that does not fit in 64 bits")
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise RefrainError(
                f"{name}[{row}] holds a lone surrogate at character {error.start}, which is no text; decode it with "
                'errors="replace"'
            ) from None
        return str(value)
    if isinstance(value, (bool, int, float)):
        return value
    try:
        return _date(value)
    except TypeError:
        raise WrongTypeError(
            f"{name}[{row}] must be a string, a number, a boolean, a date, a timestamp or null to be metadata, "
            f"got {describe(value)}"
        ) from None
