"""Damages of one file, and what becomes of each.

A sentence, or no harm: never silence, a traceback, words that nobody wrote, or a new file over the old one.
"""

from __future__ import annotations

import logging
import random
import re
import shutil
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bot.store import Database, Exchanges, State
from index.errors import AppError
from index.library_name import LibraryName, library_names
from index.search import SqliteLibraries
from index.store import SqliteLibrary
from tests.bot.on_disk import answerer, config_of
from tests.campaigns.disks.data_folder import (
    CANARIES,
    CHAT,
    JAM,
    SHARED,
    UsedFolder,
    ask,
    question_about,
    state_of,
)
from tests.campaigns.journal import Outcome
from tests.fakes import make_article, put_article

PAGE = 4096
_WAY_OUT = re.compile("Restore a backup of it|[Rr]un `verbatim rebuild( --chat -5)?`")
KINDS = ("cut", "flip", "flip", "flip", "zeros", "zeros", "noise", "longer", "tiny")


def damaged(data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Say what was done to ``data``, and return it so."""
    kind = chance.choice(KINDS)
    at = chance.randrange(len(data))
    page = at // PAGE * PAGE
    if kind == "cut":
        return f"cut at {at}", data[:at]
    if kind == "flip":
        bit = chance.randrange(8)
        return f"bit {bit} of {at} flipped", data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
    if kind == "zeros":
        return f"page at {page} zeroed", data[:page] + bytes(PAGE) + data[page + PAGE :]
    if kind == "noise":
        return f"100 bytes of noise at {at}", data[:at] + chance.randbytes(100) + data[at + 100 :]
    if kind == "longer":
        return "a page of noise behind it", data + chance.randbytes(PAGE)
    size = chance.choice([0, 1])
    return f"only {size} bytes of it", data[:size]


class Damages:
    """Trials on copies of one data folder."""

    def __init__(self, used: UsedFolder, scratch: Path, seed: int) -> None:
        self._used, self._scratch, self._seed = used, scratch, seed
        scratch.mkdir()
        self._reading = answerer()
        self._answers = self._ask_all(used.folder)[0]
        self._state = state_of(_copy(used.state, scratch / "whole.db"), used.chats)

    def of_library(self, number: int) -> Outcome:
        """Damage the library of a chat, ask all that it answers, then add to it and check it."""
        folder = self._scratch / "library"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._used.folder, folder)
        path = folder / self._used.library.relative_to(self._used.folder)
        what, data = damaged(path.read_bytes(), random.Random(f"{self._seed} library {number}"))
        path.write_bytes(data)
        with logged() as lines:
            outcome = tried(lambda: self._library_outcome(folder, path, data, lines))
        return {"what": what, **outcome}

    def of_state(self, number: int) -> Outcome:
        """Damage bot.db, read all of it, then write to it."""
        shutil.rmtree(self._scratch / "state", ignore_errors=True)
        path = self._scratch / "state" / "bot.db"
        path.parent.mkdir()
        what, data = damaged(self._used.state.read_bytes(), random.Random(f"{self._seed} bot.db {number}"))
        path.write_bytes(data)
        with logged() as lines:
            outcome = tried(lambda: self._state_outcome(path, data, lines))
        return {"what": what, **outcome}

    def _library_outcome(self, folder: Path, path: Path, data: bytes, lines: list[str]) -> Outcome:
        answers, unread = self._ask_all(folder)
        if JAM not in answers[SHARED]["quotes"]:
            return {"is": "FAILED", "said": "the shared library does not answer any more"}
        if unread and not (len(lines) == 1 and str(path) in lines[0] and _WAY_OUT.search(lines[0])):
            return {"is": "FAILED", "said": f"not named once: {lines}"}
        others = [answers[question] for question in answers if answers[question] != self._answers[question]]
        wrong = [
            words for answer in others for words in answer["quotes"] if not self._is_of_an_article(words)
        ]
        if wrong:
            return {"is": "FAILED", "said": f"words that nobody wrote: {wrong}"}
        verified, file = _faults(path), path.stat().st_ino
        if path.read_bytes() != data:
            return {"is": "FAILED", "said": "written over"}
        added = _add(folder)
        if path.stat().st_ino != file or (added != "put" and path.read_bytes() != data):
            return {"is": "FAILED", "said": f"made anew: {added}"}
        if unread:
            kind = "named"
        elif others:
            kind = "ranked otherwise" if all(answer["quotes"] for answer in others) else "LOST"
        else:
            kind = "unharmed"
        return {"is": kind, "said": f"{lines} {others[:1]}", "verified": verified, "added": added}

    def _ask_all(self, folder: Path) -> tuple[dict[str, Any], list[str]]:
        with closing(SqliteLibraries(config_of(folder))) as libraries:
            names = library_names(["main"], CHAT)
            questions = (SHARED, *map(question_about, CANARIES))
            answers = {
                question: libraries.asked(names, partial(ask, question, self._reading))
                for question in questions
            }
            libraries.articles(names)
            return answers, [name.text for name in libraries.unread(names)]

    def _is_of_an_article(self, words: str) -> bool:
        return any(words in text for text in self._used.texts)

    def _state_outcome(self, path: Path, data: bytes, lines: list[str]) -> Outcome:
        try:
            Database(path).close()
        except AppError as error:
            if path.read_bytes() != data:
                return {"is": "FAILED", "said": "written over"}
            return _named(error, path)
        try:
            found = state_of(path, self._used.chats)
        except AppError as error:
            return _named(error, path)
        written = _write(path)
        if lines:
            return {"is": "named", "said": lines[0], "written": written}
        if found == self._state:
            return {"is": "unharmed", "said": "", "written": written}
        return {"is": "UNSEEN", "said": _difference(found, self._state), "written": written}


def tried(trial: Callable[[], Outcome]) -> Outcome:
    """The outcome of ``trial``; FAILED where it ends with an error that is none of ours."""
    try:
        return trial()
    except AppError as error:
        return {"is": "FAILED", "said": f"raised: {error}"}
    except Exception:
        return {"is": "FAILED", "said": traceback.format_exc()[-1500:]}


@contextmanager
def logged() -> Iterator[list[str]]:
    """What the log says of errors meanwhile."""
    lines: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    listening, root = Listening(logging.WARNING), logging.getLogger()
    root.addHandler(listening)
    try:
        yield lines
    finally:
        root.removeHandler(listening)


def _named(error: AppError, path: Path) -> Outcome:
    text = str(error)
    if str(path) not in text or "\n" in text or not text.endswith("."):
        return {"is": "FAILED", "said": f"no sentence: {text!r}"}
    return {"is": "named", "said": text}


def _copy(path: Path, to: Path) -> Path:
    shutil.copyfile(path, to)
    return to


def _faults(path: Path) -> str:
    """What `verbatim verify` would say."""
    try:
        with SqliteLibrary(path) as library:
            return "; ".join(library.verify())[:200]
    except AppError as error:
        return str(error)[:200]


def _add(folder: Path) -> str:
    """Put another article in: it is there, or there is a sentence."""
    config = config_of(folder)
    article = make_article("Hens lay eggs.", "hens.md")
    with closing(SqliteLibraries(config)) as libraries:
        try:
            with libraries.library(LibraryName.of_chat(CHAT), create=True) as library:
                library.check_configuration(libraries.configuration)
                put_article(library, article)
        except AppError as error:
            return str(error)[:200]
    return "put"


def _write(path: Path) -> str:
    try:
        with closing(Database(path)) as database:
            State(database).set_quotes(CHAT, 3)
            Exchanges(database).forget_before(0.0)
    except AppError as error:
        return str(error)[:200]
    return "written"


def _difference(found: Any, wanted: Any) -> str:
    if isinstance(found, dict) and isinstance(wanted, dict):
        return next(
            (f"{k}: {_difference(found.get(k), wanted[k])}" for k in wanted if found.get(k) != wanted[k]), "?"
        )
    if isinstance(found, list | tuple) and isinstance(wanted, list | tuple) and len(found) == len(wanted):
        pairs = zip(found, wanted, strict=True)
        return next((_difference(value, expected) for value, expected in pairs if value != expected), "?")
    return f"{str(found)[:200]} instead of {str(wanted)[:200]}"
