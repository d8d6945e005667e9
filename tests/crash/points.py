"""Places where the bot is killed: just before or behind what decides whether something is lost.

    CRASH_AT="planned:3" python -m tests.crash.bot --config config.toml

kills the process the third time it comes there.
"""

from __future__ import annotations

import functools
import inspect
import os
import signal
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Literal, NoReturn

VARIABLE = "CRASH_AT"

POINTS: Mapping[str, tuple[str, str, Literal["before", "behind"]]] = MappingProxyType(
    {
        "updates taken": ("bot.store.inbox", "Inbox.take", "behind"),
        "in work": ("bot.store.inbox", "Inbox.begin", "behind"),
        "reading": ("retrieval.answerer", "Answerer.ask", "before"),
        "read": ("retrieval.answerer", "Answerer.ask", "behind"),
        "placeholder shown": ("bot.telegram.delivery.sending", "Sender.send", "behind"),
        "placeholder noted": ("bot.store.inbox", "Inbox.note_placeholder", "behind"),
        "file extracted": ("bot.chat.ingest.article_factory", "make_article", "behind"),
        "passages embedded": ("bot.chat.ingest.ingest_service", "embed_passages", "behind"),
        "article written, not committed": ("index.store.rows", "insert_passages", "behind"),
        "article committed": ("index.store.sqlite_library", "SqliteLibrary.replace", "behind"),
        "about to plan": ("bot.telegram.delivery.outbox", "_plan", "before"),
        "planned, not committed": ("bot.telegram.delivery.outbox", "_plan", "behind"),
        "planned": ("bot.telegram.delivery.outbox", "Outbox._deliver", "before"),
        "sending": ("bot.telegram.delivery.sending", "Sender.send", "before"),
        "confirmed": ("bot.store.message_notes", "MessageNotes.add", "behind"),
        "done, not committed": ("bot.telegram.delivery.outbox", "_finish", "behind"),
        "done": ("bot.store.message_notes", "MessageNotes.forget", "before"),
        "pressed": ("bot.telegram.delivery.sending", "Sender.change", "behind"),
        "closing": ("bot.store.inbox", "Inbox.close", "before"),
        "left read": ("bot.store.inbox", "Inbox.unfinished", "behind"),
        "resuming": ("bot.telegram.delivery.outbox", "Outbox.resume", "before"),
    }
)

REMOVAL: Mapping[str, tuple[str, str, Literal["before", "behind"]]] = MappingProxyType(
    {
        "left chat found": ("index.search.sqlite_libraries", "SqliteLibraries.forget", "before"),
        "library of a left chat gone": ("index.search.sqlite_libraries", "SqliteLibraries.forget", "behind"),
        "left chat forgotten, not committed": ("bot.store.state", "_forget", "behind"),
        "left chat forgotten": ("bot.store.state", "State.forget", "behind"),
    }
)
"""Reached only at the start, where a chat was left long ago: not under load."""


def arm(order: str) -> None:
    """Kill this process with SIGKILL when it comes to a point: ``order`` names it, and how often it may."""
    name, _, count = order.rpartition(":")
    module_name, path, side = {**POINTS, **REMOVAL}[name]
    owner: Any = import_module(module_name)
    *folders, attribute = path.split(".")
    for folder in folders:
        owner = getattr(owner, folder)
    left = [int(count)]

    def pass_by() -> None:
        left[0] -= 1
        if not left[0]:
            _die()

    setattr(owner, attribute, _watched(getattr(owner, attribute), pass_by, side))


def _watched(
    work: Callable[..., Any], pass_by: Callable[[], None], side: Literal["before", "behind"]
) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(work):

        @functools.wraps(work)
        async def watched_async(*args: Any, **fields: Any) -> Any:
            if side == "before":
                pass_by()
            result = await work(*args, **fields)
            if side == "behind":
                pass_by()
            return result

        return watched_async

    @functools.wraps(work)
    def watched(*args: Any, **fields: Any) -> Any:
        if side == "before":
            pass_by()
        result = work(*args, **fields)
        if side == "behind":
            pass_by()
        return result

    return watched


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody outlives SIGKILL")
