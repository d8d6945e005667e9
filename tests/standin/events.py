"""What happens at Telegram, as a reader of the chats would see it; made by ``tests.standin.transcript``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A chat or a topic of it; ``name`` is a group's title, or the person's of a private chat."""

    chat: int
    name: str
    is_private: bool = False
    topic: int | None = None
    topic_name: str = ""


NOWHERE = Place(0, "")
"""Of what happens in no chat, or in any."""


@dataclass(frozen=True)
class Mark:
    """An entity: ``text[start:end]`` is a link, is bold …; it counts code points."""

    type: str
    start: int
    end: int
    url: str = ""


@dataclass(frozen=True)
class Content:
    """What stands in a message; ``attached`` is what it has beside the text, in words."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    buttons: tuple[tuple[str, ...], ...] = ()
    attached: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """``who`` did something in ``place``: the bot, or a person."""

    who: str
    place: Place
    is_bot: bool = False


@dataclass(frozen=True, kw_only=True)
class OfMessage(Event):
    """Something about the message ``number`` of its chat."""

    number: int


@dataclass(frozen=True, kw_only=True)
class Wrote(OfMessage):
    """A new message; ``reply_to`` is another's number, ``quote`` the part of it that was selected."""

    content: Content
    reply_to: int | None = None
    quote: str = ""
    is_silent: bool = False
    forwarded_from: str = ""


@dataclass(frozen=True, kw_only=True)
class Changed(OfMessage):
    """A message says something else from now on, or has other buttons."""

    content: Content


@dataclass(frozen=True, kw_only=True)
class Deleted(OfMessage):
    """A message is gone."""


@dataclass(frozen=True, kw_only=True)
class Reacted(OfMessage):
    """An emoji under a message; without one, it is taken back."""

    emoji: str


@dataclass(frozen=True, kw_only=True)
class Pressed(OfMessage):
    """A button was pressed: what stands on it, nothing where it is forged."""

    button: str
    query: str


@dataclass(frozen=True, kw_only=True)
class PressAnswered(Event):
    """What who pressed gets to see: for a moment, or in a window that has to be closed."""

    query: str
    text: str
    is_alert: bool


@dataclass(frozen=True, kw_only=True)
class Asked(Event):
    """A question without a message to the bot: typed behind its name, or sent where it is a guest."""

    query: str
    text: str
    is_guest: bool


@dataclass(frozen=True, kw_only=True)
class AskAnswered(Event):
    """The results that are offered, or a guest's only one: each a title and what would be sent."""

    query: str
    results: tuple[tuple[str, Content], ...]


@dataclass(frozen=True, kw_only=True)
class Became(Event):
    """``whom`` got another status from ``who``."""

    whom: str
    is_whom_bot: bool
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    """Anything else, in words that continue ``who``."""

    words: str


@dataclass(frozen=True, kw_only=True)
class Drafted(Event):
    """A message of the bot's that was still being written."""

    content: Content


@dataclass(frozen=True)
class Waited:
    """The play waited for the bot: people did what stands before in one go."""


Line = Event | Waited
