"""Every mood once: nothing is lost, nothing said twice without need, and nothing left that says it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.logged import Log
from tests.campaigns.moods.campaign import try_mood
from tests.campaigns.moods.moods import MOODS
from tests.campaigns.moods.play import Asked, Play
from tests.standin.telegram import Telegram

SEED = 1


@pytest.mark.parametrize(("number", "name"), [*enumerate(MOODS)])
def test_a_mood(number: int, name: str, tmp_path: Path) -> None:
    outcome = try_mood(SEED, number, name, tmp_path)
    assert outcome["findings"] == []
    assert outcome["asked"] > 0


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    with Telegram() as telegram:
        play = Play(telegram, tmp_path, Log())
        with play.running() as bot:
            play.crowd(1)
            play.drain(bot)
        assert play.findings() == []
        (asked,) = play.asked
        play.asked.append(Asked(asked.chat_id, " eats nothing."))
        chat = telegram.world.chats[asked.chat_id]
        ours = next(message for message in chat.messages.values() if asked.words in message.get("text", ""))
        chat.messages[98] = {**ours, "message_id": 98}
        chat.messages[99] = {**ours, "message_id": 99, "text": "Reading …"}
        play.log.lines.append("canarybird asks")
        found = play.findings()
        assert [line.partition(" ")[0] for line in found] == ["no", "1", "in"]
