"""What happens to somebody: the values in the cells of the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.chat import answer_texts, article_texts, texts
from bot.chat.ingest.article_factory import article_of_file
from bot.store import ChatSettings
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
    articles: tuple[str, ...] | None = None  # titles of the chat's own, where they changed
    has_left: bool = False  # the bot, the group
    elsewhere: tuple[int, ...] = ()  # other chats where anything was said, set or added: never, in no cell


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
NEAREST = f"{answer_texts.CLOSE}\n\n{texts.above_nearest(1)}\n\n{_QUOTES[0]}"
AROUND_NEAREST = f"{answer_texts.CLOSE}\n\n{texts.above_nearest(1)}\n\n{WOODS.text}\n{_FROM}"
SUMMARY = "Jam in the woods, The Forest, 18 March 2022\n\nBears like jam.\n— ¶ 1\n\nPlaces: Woods."
PAGE_1 = "\n".join(
    [
        "You can ask about these (1–10 of 11):",
        "1. Jam in the woods, The Forest, 18 March 2022",
        *(f"{n + 1}. Tale {n}, The Forest, {31 - n} January 2021" for n in range(1, 10)),
    ]
)
PAGE_2 = "You can ask about these (11–11 of 11):\n11. Tale 10, The Forest, 21 January 2021"
ABOUT_JAM = "Jam in the woods, The Forest, 18 March 2022\nAdded on 18 March 2022."

OWLS_FILE = b"---\ntitle: Owls\n---\nOwls sleep by day. They hunt at night."
OWLS = article_of_file(OWLS_FILE, "owls.md")
ADDED_OWLS = article_texts.added("added", "Owls", 8, ["Owls?", "They?"])
WORDS = "Hens sleep by night."
ADDED_WORDS = article_texts.added("added", WORDS, 4, ["Hens?"])


def adds(title: str, shown: str) -> Outcome:
    """An article comes into the chat's own library; one message says so, after how far it was."""
    return Outcome(said=(article_texts.progress_of("read", 0.0),), shown=shown, articles=(title,))
