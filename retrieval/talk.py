"""Greetings and thanks: what people say to a bot that is no question."""

from __future__ import annotations

import re
from typing import Literal


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in listed.split("|"))


_GREETINGS = _phrases(
    """hello|hi|hey|hiya|howdy|yo|greetings|good morning|good afternoon|good evening|good day|hello there|
    hi there|hey there|hallo|hola|bonjour|salut|ciao|привет|здравствуйте|hello bot|hi bot|hi all|
    hello everyone|hi everyone|hello all"""
)
_THANKS = _phrases(
    """thanks|thank you|thank you very much|thank you so much|thanks a lot|many thanks|thx|ty|cheers|
    thanks bot|thank you bot|ok thanks|okay thanks|great thanks|thanks again|merci|danke|gracias|спасибо"""
)
_NO_WORD = re.compile(r"[^\w\s]+")


def talk_of(text: str) -> Literal["greeting", "thanks"] | None:
    """What ``text`` is, when all of it is a greeting or thanks; None for everything else."""
    plain = " ".join(_NO_WORD.sub(" ", text.casefold()).split())
    if plain in _GREETINGS:
        return "greeting"
    return "thanks" if plain in _THANKS else None
