"""What is said in a private chat, and in a group of a bot of this name."""

from __future__ import annotations

from bot.chat import answer_texts, texts
from retrieval.answers import Refusal, SmallTalk

NOTHING = answer_texts.refusal(Refusal("?", "nothing"), texts.directions(None))


def greeting(username: str | None) -> str:
    """What is said to "Hello!"."""
    return answer_texts.small_talk(SmallTalk("Hello!", "greeting"), texts.directions(username))
