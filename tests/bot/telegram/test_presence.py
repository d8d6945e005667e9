"""Who writes in a chat shows that the bot is in it, but does not take the news of it away."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.store import Database, State
from bot.telegram.presence import Presence

CHAT = -100_123


async def settled(presence: Presence) -> None:
    await asyncio.gather(*presence._writing)


async def test_a_message_waits_for_the_news_that_the_bot_is_back() -> None:
    database = Database(Path(":memory:"))
    state = State(database)
    presence = Presence(database, state, lambda: 1_790_000_000.0)
    state.come(CHAT)
    state.leave(CHAT, 1_790_000_000.0)
    presence.expects_news(CHAT)  # thrown out,
    presence.expects_news(CHAT)  # and let in again
    presence.has_news(CHAT)
    presence.heard(CHAT)
    await settled(presence)
    assert state.has_left(CHAT)
    presence.has_news(CHAT)
    assert state.come(CHAT)  # so that the bot greets
    database.close()


async def test_a_message_shows_that_the_bot_is_in_where_no_news_came() -> None:
    database = Database(Path(":memory:"))
    state = State(database)
    presence = Presence(database, state, lambda: 1_790_000_000.0)
    state.come(CHAT)
    state.leave(CHAT, 1_790_000_000.0)
    presence.heard(CHAT)
    await settled(presence)
    assert not state.has_left(CHAT)
    database.close()
