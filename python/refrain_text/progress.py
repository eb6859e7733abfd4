"""Who is shown how far the work has come."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import Any, Literal, TypeAlias

from ._refrain import describe
from .errors import RefrainError, WrongTypeError

Progress: TypeAlias = Callable[[str, int, int], object] | Literal["tqdm"] | None
"""A function that is called with the stage, what is done and what there is to do, or ``"tqdm"`` for a bar.

It is called by the thread that called, some fifty times a second at most. If it returns ``False``, or raises an
exception, the work is cancelled.
"""


class _Bar:
    """A bar of tqdm for each stage."""

    def __init__(self) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError as error:
            raise RefrainError('progress="tqdm" needs the package tqdm; install it, or give a function') from error
        self._tqdm: Any = tqdm
        self._bar: Any = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.close()
            self._stage, self._bar = stage, self._tqdm(desc=stage, total=total or None, leave=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


class Limits:
    """The time limit of a call and its callback, as the compiled part takes them."""

    def __init__(self, timeout: float | None, progress: Progress) -> None:
        if isinstance(timeout, bool) or not isinstance(timeout, (Real, type(None))):
            raise WrongTypeError(f"timeout must be a number of seconds, got {describe(timeout)}")
        if progress == "tqdm":
            progress = _Bar()
        elif progress is not None and not callable(progress):
            raise WrongTypeError(f'progress must be a function or "tqdm", got {describe(progress)}')
        self._limits: tuple[float | None, Callable[[str, int, int], object] | None] = (timeout, progress)

    def __enter__(self) -> tuple[float | None, Callable[[str, int, int], object] | None]:
        return self._limits

    def __exit__(self, *_: object) -> None:
        if isinstance(self._limits[1], _Bar):
            self._limits[1].close()
