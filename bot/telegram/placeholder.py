"""Messages of ours that only say that an answer is coming: it takes their place, also after a restart."""

from __future__ import annotations

import logging

from telegram import Message
from telegram.error import TelegramError

from bot.store import inbox
from bot.telegram.delivery.sending import change
from bot.telegram.messages.rendered import Rendered
from bot.telegram.messages.replies import reply_to
from bot.telegram.services import Services

log = logging.getLogger(__name__)


class Placeholder:
    """What stands there for the update that is in work."""

    def __init__(self, services: Services, message: Message, messages: tuple[int, ...]) -> None:
        self.messages = messages
        self._services = services
        self._message = message
        self._update = inbox.current.get()

    @classmethod
    def of(cls, services: Services, message: Message, messages: tuple[int, ...] = ()) -> Placeholder:
        """Find what an earlier run has said to this update, else ``messages``, which stand there already."""
        update = inbox.current.get()
        left = services.inbox.placeholders(update) if update is not None else ()
        return cls(services, message, left or messages)

    def leave(self) -> None:
        """Let what stands there stay: it says something by now, and what comes next is another message."""
        self.messages = ()
        if self._update is not None:
            self._services.inbox.forget_placeholder(self._update)

    async def show(self, part: Rendered) -> None:
        """Say ``part`` where something stands already, else in a new message; tried once, and remembered."""
        try:
            if self.messages and await change(self._message, self.messages[0], part, patience_s=0.0):
                return
            sender = self._services.sender
            sent = await sender.send(reply_to(self._message, [part]), 0, sender.deadline(0.0))
        except TelegramError as error:
            log.debug("a message that an answer is coming could not be sent: %s", type(error).__name__)
            return
        self.messages = (sent,) if sent is not None else ()
        if self._update is not None and sent is not None:
            self._services.inbox.note_placeholder(self._update, sent)
