"""The command ``refrain`` in this process: ``python -m refrain_text check article.txt``."""

from __future__ import annotations

import signal
import sys

from ._refrain import run_command


def main() -> int:
    """Runs the command with the arguments of the process, and returns its exit status."""
    # Ctrl-C ends the process, as it ends the command: no code of Python runs meanwhile that could see it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_command(["refrain", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
