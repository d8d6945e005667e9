"""The services that handlers depend on: one of each, made where the bot is put together."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat import Answering, Capacity, IngestService, Rate, RateLimits
from bot.settings import BotSettings
from bot.store import Additions, Database, Exchanges, Inbox, State
from bot.telegram.delivery.outbox import Outbox
from bot.telegram.delivery.pacing import Pacer
from bot.telegram.delivery.sending import Sender
from bot.telegram.messages.addressing import Addressed, address
from bot.telegram.messages.commands import Commands
from bot.telegram.messages.topics import topic_of
from bot.telegram.polling import PatientBot
from bot.telegram.presence import Presence
from bot.telegram.rights import Rights
from index.documents.web.fetcher import Fetcher

HOUR_S = 3600.0


@dataclass(frozen=True)
class Services:
    """What a handler needs beside the message."""

    settings: BotSettings
    answering: Answering
    database: Database
    state: State
    exchanges: Exchanges
    inbox: Inbox
    outbox: Outbox
    sender: Sender
    rights: Rights
    questions: RateLimits  # all four by the clock that the calls name
    commands: RateLimits
    presses: RateLimits
    additions: RateLimits
    ingest: IngestService
    presence: Presence
    clock: Callable[[], float]  # seconds that only go forward
    now: Callable[[], float]  # seconds since 1970, by Telegram's clock
    fetcher: Fetcher
    pacer: Pacer
    known_commands: Commands
    quotes: int  # the most in an answer, where a chat is not set otherwise

    @classmethod
    def set_up(
        cls,
        settings: BotSettings,
        answering: Answering,
        database: Database,
        bot: PatientBot,
        pacer: Pacer,
        fetcher: Fetcher,
        now: Callable[[], float],
        known_commands: Commands,
        *,
        quotes: int,
    ) -> Services:
        """Make all services as ``settings`` say."""
        person = Rate(settings.person_a_minute, settings.person_at_once)
        chat = Rate(settings.chat_a_minute, settings.chat_at_once)
        sender, state = Sender(bot), State(database)
        commands_of_person = Rate(settings.person_commands_a_minute, settings.person_commands_at_once)
        commands_in_chat = Rate(settings.chat_commands_a_minute, settings.chat_commands_at_once)
        by_person, in_chat = settings.person_additions_an_hour, settings.chat_additions_an_hour
        counted = RateLimits(Rate(by_person / 60, by_person), Rate(in_chat / 60, in_chat))
        additions = Additions(database)
        _count_recent(additions, counted)
        return cls(
            settings,
            answering,
            database,
            state,
            Exchanges(database),
            Inbox(database),
            Outbox(database, sender),
            sender,
            Rights(bot.get_chat_administrators, bot.get_chat_member, settings.operators, time.monotonic),
            RateLimits(person, chat),
            RateLimits(commands_of_person, commands_in_chat),
            RateLimits(commands_of_person, commands_in_chat),
            counted,
            IngestService(answering, Capacity(answering.libraries, additions, settings)),
            Presence(database, state, now),
            time.monotonic,
            now,
            fetcher,
            pacer,
            known_commands,
            quotes,
        )

    def asks_too_much(self, message: Message) -> bool:
        """Return whether who wrote ``message``, or its chat, has asked too much within the last minute."""
        at = message.date.timestamp()
        return self.questions.is_over(at, person=asker_of(message), chat=message.chat.id)

    def addressed(self, message: Message) -> Addressed | None:
        """Say what ``message`` wants of us; None when it is not for us."""
        topic = topic_of(message)
        is_free = topic is not None and self.state.is_free(message.chat.id, topic)
        to_us = address(message, message.get_bot().bot, self.known_commands, is_free=is_free)
        return to_us if isinstance(to_us, Addressed) else None

    def admits(self, message: Message) -> bool:
        """Tell whether the writer of ``message`` may ask where it stands."""
        return self.admits_in(message.chat.id, asker_of(message))

    def admits_press(self, query: CallbackQuery) -> bool:
        """Tell whether the person who presses a button may ask where it stands."""
        return query.message is not None and self.admits_in(query.message.chat.id, query.from_user.id)

    def admits_in(self, chat_id: int, user_id: int) -> bool:
        """Tell whether ``user_id`` may ask in a chat; a supergroup may be listed by its former id."""
        known_as = (chat_id, self.state.former(chat_id))
        return any(self.settings.admits(user_id, chat) for chat in known_as if chat is not None)


def _count_recent(additions: Additions, counted: RateLimits) -> None:
    """Count what was added within the last hour of an earlier run: a restart gives nobody a new hour."""
    now = time.time()
    for addition in additions.since(now - HOUR_S):
        age_s = min(HOUR_S, max(0.0, now - addition.at))  # the clock may have jumped meanwhile
        counted.take(time.monotonic() - age_s, person=addition.person)
        counted.take(time.monotonic() - age_s, chat=addition.chat_id)


def asker_of(message: Message) -> int:
    """Return the id of the person who asks, or of the chat or channel in whose name they speak."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat.id
