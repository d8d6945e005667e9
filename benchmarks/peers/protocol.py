"""What a peer's process and ours say to each other: JSON lines on its standard input and output.

A peer is run twice, as ``python -m benchmarks.peers.NAME ingest|ask MODEL FOLDER``: once to put articles into
FOLDER, once more to answer from there. It says what it is when it is ready, then answers line by line:

    {"versions": {"txtai": "9.14.0"}}                      <- when its model is loaded
    [{"id": "…", "title": "…", "text": "…"}, …]           -> ingest: every article, in one line
    "Who wrote it?"                                        -> ask: a question a line
    {"shown": [{"article": "…", "text": "…"}], "seconds": 0.1, "peak_mb": 700.0}   <- for each line

``shown`` is best first, and empty where nothing is answered. This file runs in the peers' environment: it
knows nothing but the standard library.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Text:
    """An article as a peer gets it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of text that a peer shows, and the article it is from."""

    article: str
    text: str


Ingest = Callable[[Sequence[Text]], None]
Ask = Callable[[str], Sequence[Shown]]


def serve(
    to_ingest: Callable[[str, Path], Ingest], to_ask: Callable[[str, Path], Ask], packages: Sequence[str]
) -> None:
    """Answer the lines of standard input as a peer until it ends.

    ``to_ingest`` and ``to_ask`` load the model of that name for the folder; ``packages`` are named with their
    versions.
    """
    doing, model, folder = sys.argv[1:4]
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand among the answers

    def say(value: object) -> None:
        out.write(json.dumps(value) + "\n")
        out.flush()

    if doing == "ingest":
        ingest = to_ingest(model, Path(folder))
    else:
        ask = to_ask(model, Path(folder))
    say({"versions": {name: version(name) for name in packages}})
    for line in sys.stdin:
        asked = json.loads(line)
        shown: Sequence[Shown] = ()
        start = time.perf_counter()
        if doing == "ingest":
            ingest([Text(**article) for article in asked])
        else:
            shown = ask(asked)
        seconds = time.perf_counter() - start
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        say({"shown": [asdict(passage) for passage in shown], "seconds": seconds, "peak_mb": peak_mb})
