"""python -m index: what is in a library, and how it gets in and out."""

from __future__ import annotations

import signal
import sys

from index.cli import run
from index.commands import adding, browsing, keeping, moving, weights
from index.commands.app import app

__all__ = [
    "adding",
    "app",
    "browsing",
    "keeping",
    "moving",
    "weights",
]  # each module of commands adds its own to app

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # what is half written goes
    run(app, "python -m index")
