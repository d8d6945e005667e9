"""What must never be found, whatever was played: a chat's words where they do not belong."""

from __future__ import annotations

from pathlib import Path

from tests.bot.isolation.play import Play
from tests.bot.isolation.shown import leaks, words_in
from tests.campaigns.logged import Log


def spilled(play: Play, folder: Path, log: Log) -> list[str]:
    """Name each place where a secret word stands that it must not stand in, and each fault.

    A word is its own chats' alone: it stands in no other chat, no alert, no line of the log, no name of a
    file.
    """
    rooms = play.rooms.values()
    chat_ids = {room.place.word: room.chat_ids for room in rooms if room.place.word}
    return [
        *(f"shown: {line}" for line in leaks(play.telegram.calls, chat_ids, play.said())),
        *(f"refused by Telegram: {line}" for line in play.telegram.refused),
        *(f"in the log: {line}" for line in log.lines if words_in(line) or "Traceback" in line),
        *(f"the name of a file: {path}" for path in folder.rglob("*") if words_in(path.name)),
    ]
