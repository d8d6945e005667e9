"""Plays the cells of the matrix, each once, and knows which handlers they reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar
from unittest.mock import patch

from telegram import Update
from telegram.ext import BaseHandler

from bot.store import ChatSettings, Database
from bot.telegram.application import Bot, build
from tests.bot import inside
from tests.bot.fakes import FakeAnswerer, FakeLibraries
from tests.bot.inside import Inside
from tests.bot.matrix.acts import Prepared
from tests.bot.matrix.happening import HAPPENING
from tests.bot.matrix.outcomes import ARTICLES, Outcome
from tests.bot.matrix.pressing import PRESSES_AT_ONCE, PRESSING
from tests.bot.matrix.roles import ROLES
from tests.bot.matrix.rows import Row
from tests.bot.matrix.stage import ADD_PROBE, PROBE, PROBE_DATA, Stage
from tests.bot.matrix.writing import WRITING
from tests.standin.telegram import Telegram

ROWS = (*WRITING, *PRESSING, *HAPPENING)


T = TypeVar("T")
Cell = tuple[str, str]
"""The names of its row and its role."""


class Recorder:
    """Which handlers of a bot run; those that only a probe reaches do not count."""

    def __init__(self) -> None:
        self.handlers: list[str] = []  # the names of all
        self._ran: list[str] = []

    def listen(self, application: Bot) -> None:
        """To every handler that it has."""
        for group in application.handlers.values():
            for handler in group:
                name = name_of(handler)
                self.handlers.append(name)
                handler.callback = partial(self._run, name, handler.callback)

    def take(self) -> list[str]:
        """The names of those that ran since the last time."""
        ran, self._ran = self._ran, []
        return ran

    async def _run(self, name: str, callback: Any, update: Update, context: Any) -> None:
        query, message = update.callback_query, update.effective_message
        done = query.data if query else message.text if message else None
        if done not in {PROBE, ADD_PROBE, PROBE_DATA}:
            self._ran.append(name)
        await callback(update, context)


class Matrix:
    """A running bot at the stand-in, with a cast of its own for every cell."""

    def __init__(
        self,
        telegram: Telegram,
        database: Database,
        libraries: FakeLibraries,
        stages: dict[Cell, Stage],
        recorder: Recorder,
        start: Callable[[], Inside],
    ) -> None:
        self.telegram = telegram
        self.recorder = recorder
        self._start = start
        self._bot = ExitStack()
        self._database = database
        self._libraries = libraries
        self._stages = stages
        self._played: dict[Cell, Outcome] = {}
        self._reached: set[str] = set()

    def __enter__(self) -> Self:
        """Start the bot."""
        self._bot.enter_context(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._bot.close()

    def outcome(self, row: Row, role: str) -> Outcome:
        """What happens there."""
        cell = row.name, role
        if cell not in self._played:
            try:
                self._played[cell] = self._play(row, self._stages[cell])
            except Exception as error:
                error.add_note(f"for {role}, in the row {row.name!r}")
                raise
        return self._played[cell]

    def play(self) -> set[str]:
        """The names of the handlers that any cell reaches, once all are played."""
        for row in ROWS:
            for role, _ in row.outcomes():
                self.outcome(row, role)
        return self._reached

    def outcomes(self, row: Row, roles: Sequence[str], *, restarts: bool) -> list[Outcome]:
        """What happens in these cells of a row, in this order, where all stages are set before the first act.

        ``restarts``: the bot is ended and started again in between.
        """
        stages = [self._stages[row.name, role] for role in roles]
        acts = [row.act.prepare(stage) for stage in stages]
        if restarts:
            self._bot.close()
            self._bot.enter_context(self._start())
        return [self._done(act, stage) for act, stage in zip(acts, stages, strict=True)]

    def _play(self, row: Row, stage: Stage) -> Outcome:
        return self._done(row.act.prepare(stage), stage)

    def _done(self, act: Prepared, stage: Stage) -> Outcome:
        settings, articles = _set(self._database), self._titles()
        self.recorder.take()
        stage.begin()
        seen = act()
        self._reached.update(self.recorder.take())
        changed = _changed(settings, _set(self._database), ChatSettings())
        added = _changed(articles, self._titles(), ())
        here = stage.chat.id
        elsewhere = {*seen.elsewhere, *changed, *added} - {here}
        return replace(
            seen,
            settings=changed.get(here),
            articles=added.get(here),
            elsewhere=tuple(sorted(elsewhere)),
        )

    def _titles(self) -> dict[int, tuple[str, ...]]:
        """Of the articles in the chats' own libraries."""
        return {
            chat: tuple(article.title for article in own) for chat, own in list(self._libraries.own.items())
        }


@contextmanager
def matrix(folder: Path | None = None, **group: Any) -> Iterator[Matrix]:
    """The matrix, ready to be played; ``group`` says what the groups are where a row does not.

    What the bot keeps is in ``folder``, or in memory, which no disk slows down and no restart survives.
    """
    database = Database(folder / "bot.db" if folder else Path(":memory:"))
    recorder = Recorder()
    libraries = FakeLibraries(*ARTICLES)

    def build_and_listen(*args: Any, **fields: Any) -> Bot:
        application = build(*args, **fields)
        recorder.listen(application)
        return application

    with (
        Telegram() as telegram,
        patch.object(inside, "build", build_and_listen),
        patch.object(inside, "Database", Database if folder else lambda _: database),
        closing(database),
    ):
        stages = {
            (row.name, role): Stage(telegram, ROLES[role], **(group | {**row.act.group}))
            for row in ROWS
            for role, _ in row.outcomes()
        }
        cast = list(stages.values())
        operators = [stage.person.id for stage in cast if stage.role.is_operator]
        start = partial(
            Inside,
            telegram,
            folder or Path(),
            FakeAnswerer,
            libraries,
            users=[stage.person.id for stage in cast if stage.role.is_user],
            chats=[chat for stage in cast for chat in stage.listed_chats],
            operators=[*operators, *(stage.host.id for stage in cast)],
            person_commands_at_once=PRESSES_AT_ONCE,
            person_commands_a_minute=6,
        )
        with Matrix(telegram, database, libraries, stages, recorder, start) as playing:
            yield playing


def name_of(handler: BaseHandler[Any, Any, Any]) -> str:
    """What it calls, and which updates it takes."""
    callback = getattr(handler.callback, "func", handler.callback)
    name = getattr(callback, "__qualname__", type(callback).__qualname__)
    takes = [getattr(handler, what, None) for what in ("filters", "pattern", "chat_member_types")]
    pattern = getattr(takes[1], "pattern", None)
    return f"{callback.__module__}.{name} of {takes[0] or pattern or takes[2] or 'any'}"


def _set(database: Database) -> dict[int, ChatSettings]:
    """How every chat is set that the bot has heard of."""
    free = database.all("SELECT chat, topic FROM free_topics")
    return {
        chat: ChatSettings(quotes, keepers, frozenset(topic for where, topic in free if where == chat))
        for chat, quotes, keepers in database.all("SELECT id, quotes, keepers FROM chats")
    }


def _changed(before: Mapping[int, T], after: Mapping[int, T], none: T) -> dict[int, T]:
    """What is after, where it is another than before; ``none`` is what was where there is nothing."""
    return {chat: value for chat, value in after.items() if value != before.get(chat, none)}
