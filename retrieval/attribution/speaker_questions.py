"""Questions that ask for somebody's words: whose, and which quotes come first for them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from retrieval.attribution.name_matching import plain_words, same_name
from retrieval.language_data import pattern_file, word_list
from retrieval.types import Quote


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _AskingForWords(_Table):
    patterns: tuple[str, ...]


class _AskingForSpeaker(_Table):
    pattern: str


class _SpeakerQuestions(_Table):
    asking_for_words: _AskingForWords
    asking_for_speaker: _AskingForSpeaker


_FILE = pattern_file(Path(__file__).with_suffix(".toml"), _SpeakerQuestions)
_FOR_WORDS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _FILE.asking_for_words.patterns)
_FOR_SPEAKER = re.compile(_FILE.asking_for_speaker.pattern, re.IGNORECASE)
_QUESTIONS = Path(__file__).parent / "words" / "speaker_questions.txt"
_NOBODY = word_list(_QUESTIONS, "nobody")
_LEFT_OUT = word_list(_QUESTIONS, "left out")


@dataclass(frozen=True, slots=True)
class AskedSpeaker:
    """Whose words are asked for; ``name`` is None where the question is who said something."""

    name: str | None


def asked_speaker(question: str) -> AskedSpeaker | None:
    """Return whose words ``question`` asks for, as ``what did Blinken say?`` does; None without any."""
    plain = " ".join(question.split())
    if _FOR_SPEAKER.search(plain):
        return AskedSpeaker(None)
    for asking in _FOR_WORDS:
        found = asking.search(plain)
        if found:
            words = found["name"].split()
            while words and words[0].casefold() in ("the", "a", "an"):
                words = words[1:]
            if words and words[0].casefold() not in _NOBODY and words[-1].casefold() not in _NOBODY:
                return AskedSpeaker(" ".join(words))
    return None


def said_by(quote: Quote, asked: AskedSpeaker) -> bool:
    """Return whether the quote's speaker is the one asked for; for ``who said``, whether it has one."""
    if quote.speaker is None:
        return False
    return asked.name is None or same_name(quote.speaker.name, asked.name)


def prefer(quotes: Sequence[Quote], others: Sequence[Quote], asked: AskedSpeaker) -> list[Quote]:
    """Return the quotes with the asked speaker's words first, then what is told about them, then the rest.

    Of ``others``, which come behind the quotes, only that speaker's words are taken. Otherwise the order
    stays.
    """
    own = [quote for quote in others if asked.name is not None and said_by(quote, asked)]
    return sorted([*quotes, *own], key=lambda quote: (not said_by(quote, asked), not _tells_of(quote, asked)))


def _tells_of(quote: Quote, asked: AskedSpeaker) -> bool:
    """Return whether the quote is the narrator's, about the person asked for."""
    if quote.speaker is not None or asked.name is None:
        return False
    words = [word for word in plain_words(asked.name) if word not in _LEFT_OUT]
    quoted_words = set(plain_words(quote.text))
    return bool(words) and (words[-1] in quoted_words or f"{words[-1]}'s" in quoted_words)
