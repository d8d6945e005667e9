"""Starts the command line: ``python -m bot.cli``, or ``verbatim`` where the program is installed."""

from __future__ import annotations

import signal
import sys

from bot.cli.app import app
from index.command_line import run
from index.program import NAME, program


def main() -> None:
    """Run the command that was given; a stop by SIGTERM lets it clear away what is half written."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    run(app, program(), errors_as=NAME)


if __name__ == "__main__":
    main()
