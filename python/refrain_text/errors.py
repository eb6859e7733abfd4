"""What can fail, and what is warned of."""

from __future__ import annotations


class RefrainError(ValueError):
    """A setting or a text that refrain cannot work with.

    The message names what was wrong, where, and what would be accepted. All exceptions of this package are of this
    class.
    """


class WrongTypeError(RefrainError, TypeError):
    """An object of a type that is not accepted there, such as ``None`` for a text."""


class Cancelled(RefrainError):
    """The work was cancelled, because the callback for progress returned ``False``."""


class TimedOut(Cancelled, TimeoutError):
    """The work was not done within ``timeout`` seconds, and was cancelled."""


class UndatedWarning(RuntimeWarning):
    """A check with ``before`` found nothing, but left out documents that have no value there to compare with.

    The field may be misspelled, or of another type in the metadata.
    """


class IndexFileError(RefrainError):
    """An index that cannot be opened, read or written.

    Attributes:
        kind: Which case it is: ``not-found``, ``exists``, ``not-an-index``, ``other-version``, ``damaged``, ``locked``,
            ``needs-repair``, ``read-only``, ``disk-full``, ``io``, ``setting``, ``limit``, ``closed``, or ``forked``: it
            was opened in the process from which this one was forked.
    """

    kind: str

    def __init__(self, message: str, kind: str = "io") -> None:
        super().__init__(message)
        self.kind = kind

    def __reduce__(self) -> tuple[type[IndexFileError], tuple[str, str]]:
        return type(self), (str(self), self.kind)
