"""What happens to somebody: the values in the cells of the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot import texts
from bot.types import ChatSettings
from index.types import Article
from tests.bot.fakes import article

ID = 4711
"""Stands for the number of the chat, in what is said of it."""


@dataclass(frozen=True)
class Outcome:
    """Everything that follows, where it was done; all of it empty: silence, and nothing has changed."""

    said: tuple[str, ...] = ()
    shown: str | None = None  # what stands now in a message of the bot's
    alert: str | None = None  # has to be closed by who pressed
    toast: str | None = None  # passes by
    settings: ChatSettings | None = None  # of the chat, where they changed
    has_left: bool = False  # the bot, the group
    elsewhere: tuple[int, ...] = ()  # other chats that anything was said or set in: never, in no cell


SILENCE = Outcome()


def says(text: str, **more: Any) -> Outcome:
    """One message."""
    return Outcome(said=(text,), **more)


def shows(text: str) -> Outcome:
    """A message of the bot's changes to this."""
    return Outcome(shown=text)


def alert(text: str) -> Outcome:
    """A press is refused."""
    return Outcome(alert=text)


def saved(**settings: Any) -> Outcome:
    """A press sets these; all the rest is as it is without having been set."""
    return Outcome(toast=texts.SAVED, settings=ChatSettings(**settings))


WOODS = article("Bears like jam. Wolves like jam. Foxes like jam. Owls like jam.\n\nBadgers read newspapers.")
_FROM = "— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"
_TALES = [
    article("Nobody knows.", id=f"t{n}", title=f"Tale {n}", published=date(2021, 1, 31 - n))
    for n in range(1, 11)
]
ARTICLES: list[Article] = [WOODS, *_TALES]

_QUOTES = [f"{animal} like jam.\n{_FROM}" for animal in ("Bears", "Wolves", "Foxes", "Owls")]
JAM = "\n\n".join(_QUOTES[:3])
MORE_JAM = "\n\n".join(_QUOTES)
BADGERS = f"Badgers read newspapers.\n{_FROM.replace('¶ 1', '¶ 2')}"
AROUND_BADGERS = f"{WOODS.text}\n{_FROM.replace('¶ 1', '¶ 2')}"
NEAREST = f"{texts.CLOSE}\n\n{texts.ABOVE_NEAREST}\n\n{_QUOTES[0]}"
AROUND_NEAREST = f"{texts.CLOSE}\n\n{texts.ABOVE_NEAREST}\n\n{WOODS.text}\n{_FROM}"
SUMMARY = "Jam in the woods, The Forest, 18 March 2022\n\nBears like jam.\n— ¶ 1\n\nPlaces: Woods."
PAGE_1 = "\n".join(
    [
        "You can ask about these (1 to 10 of 11):",
        "• Jam in the woods, The Forest, 18 March 2022",
        *(f"• Tale {n}, The Forest, {31 - n} January 2021" for n in range(1, 10)),
    ]
)
PAGE_2 = "You can ask about these (11 to 11 of 11):\n• Tale 10, The Forest, 21 January 2021"
