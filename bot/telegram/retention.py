"""What is kept for chats that the bot is not in any more: for ``left_days``, and then nothing of it.

A chat's own library goes first, then all that ``data/bot.db`` holds of the chat, with the note that it was
left: so a removal that was interrupted is found again, and goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import StateError
from bot.store import Database, LeftChat, State
from bot.telegram.services import Services
from index.errors import LibraryError
from index.library_name import LibraryName
from index.protocols import Store
from index.types import Stats

log = logging.getLogger(__name__)

DAY_S = 86_400.0


async def remove_left(services: Services) -> None:
    """Remove what is kept for the chats that were left long enough ago; log how many there were."""
    days = services.settings.left_days
    before = services.now() - days * DAY_S
    removed = 0
    for left in await services.database.do(services.state.left_chats):
        if left.at < before:
            removed += await _removed(services, left, before)
    if removed:
        log.info(
            "%d chats that removed the bot over %d days ago have been deleted, with their articles",
            removed,
            days,
        )


async def _removed(services: Services, left: LeftChat, before: float) -> bool:
    """Remove what is kept for one chat; return whether all of it is gone."""

    def forget_library() -> None:
        for chat_id in left.ids:
            services.answering.libraries.forget(LibraryName.of_chat(chat_id))

    try:
        await services.answering.in_libraries(forget_library)
        return await services.database.do(services.state.forget, left.chat_id, before)
    except (LibraryError, StateError) as error:
        log.error("a chat that removed the bot could not be deleted; trying again tomorrow: %s", error)
        return False


def listed(data_dir: Path, days: int, store: Store) -> list[str]:
    """Make a line of each chat that was left: when, what it has, and when that is removed; the next first.

    Raises StateError.
    """
    path = data_dir / "bot.db"
    if not path.exists():
        return []
    with closing(Database(path)) as database:
        return [_line(left, days, store) for left in State(database).left_chats()]


def _line(left: LeftChat, days: int, store: Store) -> str:
    at, until = _day_of(left.at), _day_of(left.at + days * DAY_S)
    return f"chat {left.chat_id}  left on {at}, to be deleted on {until}  {_articles_of(left.ids, store)}"


def _day_of(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


def _articles_of(chat_ids: Iterable[int], store: Store) -> str:
    try:
        found = [_stats_of(store, name) for name in map(LibraryName.of_chat, chat_ids) if store.holds(name)]
    except LibraryError:
        return "a library that can't be read"
    if not found:
        return "no articles of its own"
    count, size = sum(stats.articles for stats in found), sum(stats.bytes for stats in found)
    return f"{count:,} {'article' if count == 1 else 'articles'}, {size:,} bytes"


def _stats_of(store: Store, name: LibraryName) -> Stats:
    with store.library(name) as library:
        return library.stats()
