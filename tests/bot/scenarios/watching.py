"""What can be seen in a chat while a scenario goes on."""

from __future__ import annotations

from tests.standin.said import Said


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


def is_all_that_was_said(*answers: Said) -> bool:
    """Whether the bot has written nothing else in their chat so far."""
    sent = answers[0].telegram.sent(answers[0].chat.id)
    return [one["message_id"] for one in sent] == [answer.id for answer in answers]
