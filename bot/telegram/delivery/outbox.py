"""What the bot says, on disk before it is sent: planned, sent part by part, done.

A reply is planned in the transaction that closes the update it answers and keeps the exchange it belongs to.
So an update is either still in the inbox, or what is said to it is here; a stop or a crash loses neither, and
what was planned and not sent is sent at the next start.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from telegram.error import ChatMigrated, InvalidToken, TelegramError

from bot.errors import StateError
from bot.store import Database, Exchange, exchanges, inbox, outbox_rows
from bot.store.message_notes import MessageNotes
from bot.store.sealed import unseal
from bot.telegram.delivery.sending import Sender, UnsentError
from bot.telegram.messages.replies import Reply, as_json, from_json

log = logging.getLogger(__name__)

SMALLEST_GROUP = -1_000_000_000_000  # what is below it is no group but a supergroup

MOVES = 3
"""A group becomes a supergroup once; what sends a reply from chat to chat more often is no Telegram."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A reply that is not sent yet, or not all of it."""

    number: int
    reply: Reply
    exchange: str | None  # the key of the exchange whose messages these are


class Outbox:
    """The replies of a database. ``now`` gives seconds since 1970."""

    def __init__(self, database: Database, sender: Sender, now: Callable[[], float] | None = None) -> None:
        self._database = database
        self._sender = sender
        self._now = now or time.time
        self._confirmed = MessageNotes(database.sibling("bot.sent"))
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._hands: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def post(self, reply: Reply, *, keep: Exchange | None = None, set_aside: int | None = None) -> None:
        """Say ``reply``: to the update that is in work here, which is closed with it.

        ``keep`` is the exchange that it belongs to; ``set_aside`` is the number of an update that was set
        aside, whose chat hears of it now. Returns when all is sent. Raises UnsentError when Telegram cannot
        be reached for long, and then it stays here until there is something else to say in that chat, or a
        restart; raises TelegramError when Telegram refuses it for good.
        """
        if not reply.parts and keep is None:
            return
        try:
            number = await self._database.write(
                _plan, reply, keep, set_aside, inbox.current.get(), self._now()
            )
        except StateError as error:  # it cannot be written down, on a full disk: better said than nothing
            log.error("%s", error)
            async with self._turn(reply.chat_id):
                await self._send(Planned(0, reply, None))
            return
        chat_id: int | None = reply.chat_id
        while chat_id is not None and not await self._say_up_to(number, chat_id):
            chat_id = await self._database.do(self._chat_of, number)  # its group may have moved meanwhile

    def close(self) -> None:
        """Let go of what lies beside the database."""
        self._confirmed.close()

    async def resume(self) -> None:
        """Send what an earlier run has planned and not sent: in order within a chat, chats side by side."""
        try:
            chats = self._database.all(
                "SELECT chat, max(number) FROM outbox GROUP BY chat ORDER BY min(number)"
            )
        except StateError as error:
            log.error("%s", error)
            return
        await asyncio.gather(*(self._resume(chat, number) for chat, number in chats))

    def forget_before(self, at: float) -> None:
        """Delete replies that nobody could be told since ``at``, in seconds since 1970."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM outbox WHERE at < ?", (at,))

    async def _say_up_to(self, number: int, chat_id: int) -> bool:
        """Send what is due in a chat up to ``number``; return whether that was among it.

        Raises what keeps all of it here, and what Telegram says to that of ``number``.
        """
        async with self._turn(chat_id):
            due = await self._database.do(self._due, chat_id, number)
            for planned in due:
                if planned.number == number:
                    await self._deliver(planned)
                else:
                    await self._deliver_earlier(planned)
        return any(planned.number == number for planned in due)

    def _chat_of(self, number: int) -> int | None:
        """Return where a reply is to be said; None where it is said, or dropped."""
        row = self._database.one("SELECT chat FROM outbox WHERE number = ?", number)
        return row[0] if row else None

    async def _resume(self, chat_id: int, number: int) -> None:
        async with self._turn(chat_id):
            try:
                for planned in await self._database.do(self._due, chat_id, number):
                    await self._deliver_earlier(planned)
            except UnsentError as error:
                log.warning("an answer could not be sent and is kept for later: %s", error)
            except InvalidToken:
                pass  # the polling hears the same, and says so
            except StateError as error:
                log.error("%s", error)

    def _due(self, chat_id: int, number: int) -> list[Planned]:
        """Read what is to be said in a chat up to ``number``, in order; drop what cannot be read."""
        rows = self._database.all(
            "SELECT number, body, exchange FROM outbox WHERE chat = ? AND number <= ? ORDER BY number",
            chat_id,
            number,
        )
        found = []
        for row, body, exchange in rows:
            try:
                found.append(Planned(row, from_json(chat_id, unseal(body, chat_id, exchange)), exchange))
            except ValueError:
                log.error("reply %d is damaged and cannot be sent", row)
                with self._database.writing() as connection:
                    outbox_rows.drop_in(connection, row)
        return found

    async def _deliver_earlier(self, planned: Planned) -> None:
        """Deliver what something else was to say; that Telegram refuses it for good is only logged."""
        try:
            await self._deliver(planned)
        except (UnsentError, InvalidToken):
            raise
        except TelegramError as error:
            log.warning("Telegram refused an answer, so it is dropped: %s: %s", type(error).__name__, error)

    async def _deliver(self, planned: Planned) -> None:
        """Send a reply, unless it is being sent already for the chat that its group was before."""
        hand = self._hands.setdefault(planned.number, asyncio.Lock())
        is_in_another = hand.locked()
        async with hand:
            if not is_in_another or await self._database.do(self._chat_of, planned.number) is not None:
                await self._send_planned(planned)

    async def _send_planned(self, planned: Planned) -> None:
        try:
            chat_id, sent = await self._send(planned)
        except (UnsentError, InvalidToken):
            raise
        except TelegramError:
            await self._database.write(outbox_rows.drop_in, planned.number)
            self._confirmed.forget(planned.number)
            raise
        await self._database.write(_finish, planned, chat_id, sent)
        self._confirmed.forget(planned.number)

    async def _send(self, planned: Planned) -> tuple[int, list[int]]:
        """Send the parts that are not sent yet; return where all of them are: the chat, and their ids."""
        reply, sent = planned.reply, [*self._confirmed.messages(planned.number)]
        until = self._sender.deadline()
        moves = 0
        while len(sent) < len(reply.parts):
            try:
                sent.append(await self._part(reply, len(sent), until))
            except ChatMigrated as error:
                moves += 1
                if moves > MOVES:
                    raise
                reply = reply.moved(error.new_chat_id)
                sent = [0] * len(sent)  # under their numbers other messages stand there
                continue
            if planned.number:
                self._confirmed.add(planned.number, sent[-1])
        for message in reply.placeholders[len(reply.parts) :]:
            await self._sender.delete(reply.chat_id, message)
        return reply.chat_id, sent

    async def _part(self, reply: Reply, place: int, until: float) -> int:
        if place < len(reply.placeholders) and await self._sender.edit(reply, place, until):
            return reply.placeholders[place]
        return await self._sender.send(reply, place, until) or 0

    def _turn(self, chat_id: int) -> asyncio.Lock:
        turn = self._turns.get(chat_id)
        if turn is None:  # held by what waits for it, forgotten with the last of them
            turn = self._turns[chat_id] = asyncio.Lock()
        return turn


def _plan(
    connection: sqlite3.Connection,
    reply: Reply,
    keep: Exchange | None,
    set_aside: int | None,
    update: int | None,
    at: float,
) -> int:
    """Write the reply down with what goes with it; return its number, 0 where there is nothing to send."""
    if update is not None:
        at = max(at, inbox.taken_at(connection, update))
        inbox.close_in(connection, update)
    if set_aside is not None:
        inbox.told_in(connection, set_aside)
    new = _moved_to(connection, reply.chat_id)
    if new is not None:
        reply = reply.moved(new)
        keep = replace(keep, chat_id=new, question_id=0) if keep else None
    if keep is not None:
        exchanges.keep_in(connection, keep)
    if not reply.parts:
        return 0
    exchange = keep.key if keep else None
    return outbox_rows.add_in(connection, reply.chat_id, as_json(reply), exchange, at)


def _moved_to(connection: sqlite3.Connection, chat_id: int) -> int | None:
    """Return which supergroup a group has become, whose messages were asked and answered before."""
    if not SMALLEST_GROUP < chat_id < 0:
        return None
    row = connection.execute("SELECT id FROM chats WHERE former = ?", (chat_id,)).fetchone()
    return row[0] if row else None


def _finish(connection: sqlite3.Connection, planned: Planned, chat_id: int, sent: Iterable[int]) -> None:
    outbox_rows.drop_in(connection, planned.number)
    if planned.exchange is not None:
        exchanges.say_in(connection, planned.exchange, chat_id, [message for message in sent if message])
