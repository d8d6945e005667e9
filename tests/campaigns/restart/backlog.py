"""Updates that wait when the bot starts: of private chats and groups, mixed. Pure."""

from __future__ import annotations

import random
from typing import Any

from tests.standin.people import BOT, message, update

WORDS_TO_US = ("Who likes jam?", "What do bears eat with a spoon?", "Who reads newspapers?", "Hello")
NOT_FOR_US = "See you at the library tomorrow"
A_CHAT, A_GROUP = 40, 80
"""Updates of each private chat and of each group, on average; half of all are of groups."""


def backlog(count: int, seed: int) -> list[dict[str, Any]]:
    """``count`` updates in order; one in ten of a group is people talking among themselves."""
    chance = random.Random(seed)
    private = [_private(7_000 + number) for number in range(max(1, count // 2 // A_CHAT))]
    groups = [
        {"id": -1_001_000 - number, "type": "supergroup", "title": "Readers"}
        for number in range(max(1, count // 2 // A_GROUP))
    ]
    return [
        _in(chance.choice(private), number, chance.choice(WORDS_TO_US))
        if chance.random() < 0.5
        else _in(chance.choice(groups), number, _in_group(chance))
        for number in range(1, count + 1)
    ]


def is_for_us(waiting: dict[str, Any]) -> bool:
    """Whether an update of a backlog asks for an answer."""
    return bool(waiting["message"]["text"] != NOT_FOR_US)


def _in_group(chance: random.Random) -> str:
    text = chance.choice(WORDS_TO_US)
    return NOT_FOR_US if chance.random() < 0.1 else f"/ask@{BOT['username']} {text}"


def _in(chat: dict[str, Any], number: int, text: str) -> dict[str, Any]:
    person = {"id": abs(chat["id"]), "is_bot": False, "first_name": "Ann"}
    written = message(text, chat=chat, message_id=number, **{"from": person})
    return update(number=number, **written)


def _private(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private", "first_name": "Ann"}
