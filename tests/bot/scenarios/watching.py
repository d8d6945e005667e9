"""What can be seen in a chat while a scenario goes on."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.patience import PATIENT_S
from tests.standin.process import BotProcess
from tests.standin.said import Said

GIVEN_UP = "could not be answered: "
"""What the log says of an update whose answer Telegram refused for good."""


def text_now(said: Said) -> str:
    """What a message says now; empty where it was deleted."""
    now = said.now()
    return str(now["text"]) if now else ""


def buttons_now(said: Said) -> list[str]:
    """What stands on the buttons under it now."""
    now = said.now()
    return Said(said.telegram, said.chat, now).buttons if now else []


def says_soon(said: Said, *words: str) -> str:
    """What a message says once it holds all these ``words``; raises TimeoutError."""

    def found() -> str:
        text = text_now(said)
        return text if all(word in text for word in words) else ""

    return said.telegram.wait_for(found)


def gives_up(bot: BotProcess, ask: Callable[[], object]) -> None:
    """Ask something whose answer Telegram does not take, and wait until the bot knows that."""
    before = bot.output.count(GIVEN_UP)
    ask()
    until = time.monotonic() + PATIENT_S
    while bot.output.count(GIVEN_UP) == before:
        if time.monotonic() > until:
            raise TimeoutError(f"nothing was given up in:\n{bot.output}")
        bot.wait_for_line(GIVEN_UP, PATIENT_S)
        time.sleep(0.02)


def is_all_that_was_said(*answers: Said) -> bool:
    """Whether the bot has written nothing else in their chat so far."""
    sent = answers[0].telegram.sent(answers[0].chat.id)
    return [message["message_id"] for message in sent] == [answer.id for answer in answers]
