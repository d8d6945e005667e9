"""What only the operator may read, found in what everybody reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.standin.methods import Call

ROOT = Path(__file__).parents[3]

EMBEDDER, OTHER_EMBEDDER, READER = "secret-embedder", "other-embedder", "secret-reader"
"""The names of the models, here."""

_PLACE = re.compile(
    r"""
    (?<![\w/.:])/(?:home|root|tmp|var|usr|etc|opt|work|mnt|data|proc)/  # a path of this machine
    | \.(?:db|py|onnx|toml|json)\b
    """,
    re.VERBOSE,
)
_INSIDE = re.compile(
    r"""
    python\ -m | Traceback | config\.toml
    | sqlite | SQLITE | disk\ image | no\ such\ table | database
    | Errno | No\ space\ left
    | \b[A-Z]\w*(?:Error|Exception|Warning)\b  # the name of a class
    """,
    re.VERBOSE,
)


def leaks_in(text: str, folder: Path) -> list[str]:
    """Find what ``text`` says of the machine, whose data folder is ``folder``."""
    named = [str(folder), str(ROOT), str(Path.home()), EMBEDDER, OTHER_EMBEDDER, READER]
    found = [*_PLACE.findall(text), *_INSIDE.findall(text)]
    return [name for name in named if name in text] + found


@dataclass
class Tally:
    """What was read so far; shown at the end of a run."""

    faults: int = 0
    texts: int = 0
    leaks: int = 0


TALLY = Tally()


def check_what_was_sent(calls: Iterable[Call], folder: Path) -> None:
    """Read every text of what the bot called behind one fault, and fail where it says too much."""
    read = texts_in(calls)
    leaks = [leak for text in read for leak in leaks_in(text, folder)]
    TALLY.faults += 1
    TALLY.texts += len(read)
    TALLY.leaks += len(leaks)
    assert read
    assert leaks == []


def texts_in(calls: Iterable[Call]) -> list[str]:
    """List every text of every call that a chat may see: messages, edits, alerts, drafts, buttons."""
    values = (call.values for call in calls if call.method not in {"getUpdates", "setMyCommands"})
    return [text for value in values for text in _texts(value)]


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    if isinstance(value, str) and value.startswith(("{", "[")):  # JSON within a form
        try:
            return _texts(json.loads(value))
        except ValueError:
            return [value]
    return [value] if isinstance(value, str) else []
