"""Whatever error of whatever class is raised, no chat reads what only the operator may read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.chat import texts
from bot.telegram import application
from index.errors import AppError, LibraryMissingError, OperatorError, PublicError
from retrieval import answerer
from tests.bot.faults.leaks import EMBEDDER, check_what_was_sent, leaks_in
from tests.bot.faults.stage import Stage
from tests.bot.faults.surfaces import IN_LIBRARIES, begin, cast_of

assert application
assert answerer  # with these two, every class that a chat may meet is loaded

FOR_ANYBODY = "There are 3 articles already, and no more fit in."
PLACE = "libraries/main.db"


def said_of_the_machine(folder: Path) -> str:
    """Make a sentence with all that nobody in a chat may read."""
    return (
        f"{folder}/{PLACE} was made with {EMBEDDER} (sqlite3.OperationalError: disk I/O error). Run "
        "`verbatim rebuild`."
    )


def loaded(kind: type[AppError] = AppError) -> Iterator[type[AppError]]:
    """Yield every class of errors that is loaded, but the branches."""
    for below in kind.__subclasses__():
        if below not in {PublicError, OperatorError}:
            yield below
        yield from loaded(below)


@dataclass(frozen=True)
class Injected:
    """An error, what a chat is told of it, and what the log has to say; ``is_hidden``: not its message."""

    name: str
    make: Callable[[str, str], Exception]  # of what nobody may read, and of the data folder
    sentence: str
    logged: str = "{machine}"
    is_hidden: bool = False


def injected(kind: type[AppError]) -> Injected:
    """Make an error of this class."""
    if not issubclass(kind, PublicError):
        return Injected(kind.__name__, lambda machine, _: kind(machine), texts.FAILED)
    sentence = texts.NO_ARTICLES if kind is LibraryMissingError else FOR_ANYBODY
    logged = "" if kind is LibraryMissingError else f"{kind.__name__} {{machine}}"
    return Injected(
        kind.__name__, lambda machine, _: kind(FOR_ANYBODY, for_operator=machine), sentence, logged
    )


UNEXPECTED = (
    Injected("ValueError", lambda machine, _: ValueError(machine), texts.FAILED, "ValueError\n", True),
    Injected("KeyError", lambda machine, _: KeyError(machine), texts.FAILED, "KeyError\n", True),
    Injected("MemoryError", lambda machine, _: MemoryError(machine), texts.FAILED, "MemoryError\n", True),
    Injected(
        "RecursionError", lambda machine, _: RecursionError(machine), texts.FAILED, "RecursionError\n", True
    ),
    Injected(
        "sqlite3.OperationalError",
        lambda machine, _: sqlite3.OperationalError(machine),
        texts.FAILED,
        "OperationalError: without a code\n",
        True,
    ),
    Injected(
        "OSError",
        lambda _, folder: OSError(28, "No space left on device", f"{folder}/{PLACE}"),
        texts.FAILED,
        "OSError: No space left on device: {folder}/libraries/main.db\n",
    ),
)
ERRORS = (*(injected(kind) for kind in dict.fromkeys(loaded())), *UNEXPECTED)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("faults")) as opened:
        yield opened


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.name)
def test_no_surface_tells_what_only_the_operator_may_read(
    error: Injected, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot")
    play = begin(cast_of(stage))
    folder, machine = str(stage.folder), said_of_the_machine(stage.folder)
    before = len(stage.telegram.calls)
    stage.error = lambda: error.make(machine, folder)
    try:
        sentences = {}
        for name, surface in IN_LIBRARIES.items():
            caplog.clear()
            sentences[name] = surface(play)
            assert error.logged.format(machine=machine, folder=folder) in caplog.text, name
            assert not error.is_hidden or machine not in caplog.text, name
    finally:
        stage.error = None
    quotes_gone = (
        {"a button under an answer": texts.QUOTES_GONE} if error.sentence == texts.NO_ARTICLES else {}
    )
    assert sentences == {**dict.fromkeys(IN_LIBRARIES, error.sentence), **quotes_gone}
    check_what_was_sent(stage.telegram.calls[before:], stage.folder)


def test_the_search_for_leaks_finds_what_nobody_may_read(tmp_path: Path) -> None:
    assert len(leaks_in(said_of_the_machine(tmp_path), tmp_path)) >= 5
    assert (
        leaks_in("There's nothing at https://example.org/data/a (404). Please check the address.", tmp_path)
        == []
    )
