"""Shows what happened at Telegram as text, to be read as a chat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tests.standin.events import (
    NOWHERE,
    AskAnswered,
    Asked,
    Became,
    Changed,
    Content,
    Deleted,
    Event,
    Happened,
    OfMessage,
    Place,
    PressAnswered,
    Pressed,
    Reacted,
    Wrote,
)
from tests.standin.marked import BAR, lines_of, one_line, visible, wrapped
from tests.standin.world import BOT

OF_ONE_LINE = (Became, Deleted, Happened, Pressed, Reacted)
SMALLEST_ID = 1_000_000  # below, a number in a text may be another
FIRST_WORDS = 36  # characters of a message that stand for it
MEMBERS: dict[tuple[str, str] | str, str] = {
    ("administrator", "member"): "takes the rights of an admin from {whom}",
    ("restricted", "member"): "lets {whom} write again",
    ("kicked", "left"): "bans {whom} no more",
    "creator": "makes {whom} the owner",
    "administrator": "makes {whom} an admin",
    "restricted": "forbids {whom} to write",
    "member": "adds {whom}",
    "left": "removes {whom}",
    "kicked": "bans {whom}",
}


def to_text(events: Sequence[Event]) -> str:
    """Write what happened, what the bot did right below the deed that made it act."""
    writer = _Writer(events)
    shown = [(event, lines) for event in events if (lines := writer.write(event))]
    text = ""
    before: Event | None = None
    for lines, same in groupby(shown, key=lambda pair: pair[1]):
        event, *others = (event for event, _ in same)
        goes_on = event.is_bot or (isinstance(event, OF_ONE_LINE) and isinstance(before, OF_ONE_LINE))
        begin = "\n" if before and (not goes_on or (before.is_bot and not event.is_bot)) else ""
        times = [f"    and again, {len(others) + 1} times in all"] if others else []
        text += begin + "".join(f"{line}\n" for line in [*lines, *times])
        before = event
    return _without_numbers(text, [event.place for event in events])


@dataclass(frozen=True)
class _Message:
    """A message as it stands there now."""

    who: str
    place: Place
    content: Content


class _Writer:
    """Knows what stands where, and what was shown last."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._answers = {event.query: event for event in events if isinstance(event, PressAnswered)}
        self._messages: dict[tuple[int, int], _Message] = {}
        self._place: Place | None = None
        self._last: dict[Place, int] = {}  # the last message of a place
        self._last_of_bot: dict[Place, int] = {}
        self._pressed: tuple[int, int] | None = None

    def write(self, event: Event) -> list[str]:
        match event:
            case Wrote():
                return self._wrote(event)
            case Changed():
                return self._changed(event)
            case Deleted():
                return self._sentence(event, f"deletes {self._words_of(event)}")
            case Reacted(emoji=emoji):
                reacts = f"puts {emoji} under" if emoji else "takes back the reaction to"
                return self._sentence(event, f"{reacts} {self._words_of(event)}")
            case Pressed():
                return self._press(event)
            case Asked():
                return self._asked(event)
            case AskAnswered(results=results):
                return _offered(event.who, results)
            case Became():
                return self._sentence(event, _becomes(event))
            case Happened(words=words):
                return self._sentence(event, words)
        return []

    def _wrote(self, event: Wrote) -> list[str]:
        said = [event.who]
        if event.forwarded_from:
            said.append(f"forwarding {event.forwarded_from}")
        if event.reply_to is not None and (replied := self._messages.get((event.place.chat, event.reply_to))):
            said.append(self._to(event, replied))
        where = self._where(event)
        said += [where] if where else []
        said += ["silently"] if event.is_silent else []
        self._messages[event.place.chat, event.number] = _Message(event.who, event.place, event.content)
        self._last[event.place] = event.number
        if event.is_bot:
            self._last_of_bot[event.place] = event.number
        self._pressed = None
        return [*_sentence_of(", ".join(said)), *lines_of(event.content)]

    def _to(self, event: Wrote, replied: _Message) -> str:
        if event.quote:
            return f"to {replied.who}’s words “{one_line(event.quote, FIRST_WORDS)}”"
        if self._last.get(event.place) == event.reply_to:
            return f"to {replied.who}"
        return f"to {replied.who}’s {_first_words(replied.content)}"

    def _changed(self, event: Changed) -> list[str]:
        key = (event.place.chat, event.number)
        before = self._messages.get(key)
        is_same_text = before is not None and before.content.text == event.content.text
        if event.is_bot:
            what = "the buttons" if is_same_text else "the message"
            which = "" if self._pressed == key else self._under(event)
        else:
            what, which = (_first_words(before.content) if before else "a message"), ""
        self._messages[key] = _Message(event.who, event.place, event.content)
        shown = Content(buttons=event.content.buttons) if is_same_text and event.is_bot else event.content
        gone = [] if shown.text or shown.buttons or shown.attached else [f"{BAR} (none)"]
        return [*self._sentence(event, f"changes {what}{which}"), *lines_of(shown), *gone]

    def _press(self, event: Pressed) -> list[str]:
        button = f"[{event.button}]" if event.button else "a button that is not there"
        answer = self._answers.get(event.query)
        seen = ""
        if answer is not None and answer.text:
            how = "gets a window" if answer.is_alert else "sees for a moment"
            seen = f" and {how}: “{answer.text}”"
        which = self._under(event)
        self._pressed = (event.place.chat, event.number)
        return self._sentence(event, f"presses {button}{which}", seen)

    def _asked(self, event: Asked) -> list[str]:
        if not event.is_guest:
            said = f"{event.who}, typing in some chat"
        else:
            said = f"{event.who}, {self._where(event)}, where {BOT['first_name']} is no member"
        shown = event.text if event.is_guest else f"@{BOT['username']} {event.text}"
        return [*_sentence_of(said), *lines_of(Content(shown))]

    def _under(self, event: OfMessage) -> str:
        """Which message, where it is not the last of the bot's."""
        message = self._messages.get((event.place.chat, event.number))
        if message is None or self._last_of_bot.get(message.place) == event.number:
            return ""
        return f" under {_first_words(message.content)}"

    def _words_of(self, event: OfMessage) -> str:
        message = self._messages.get((event.place.chat, event.number))
        if message is None:
            return "a message"
        whose = "" if message.who == event.who else f"{message.who}’s "
        return whose + _first_words(message.content)

    def _sentence(self, event: Event, words: str, then: str = "") -> list[str]:
        if not event.who:
            return _sentence_of(f"({words})")
        where = self._where(event)
        there = f", {where}{',' if then else ''}" if where else ""
        return _sentence_of(f"{event.who} {words}{there}{then}")

    def _where(self, event: Event) -> str:
        """The place, where it is another than that of the event before."""
        place = event.place
        if isinstance(event, OfMessage) and (message := self._messages.get((place.chat, event.number))):
            place = message.place
        if place in (self._place, NOWHERE):
            return ""
        self._place = place
        if place.is_private:
            return f"in private with {place.name}" if event.is_bot else "in private"
        return f"in “{place.name}”{f' › “{place.topic_name}”' if place.topic_name else ''}"


def _becomes(event: Became) -> str:
    if event.place.is_private:
        return f"{'blocks' if event.after == 'kicked' else 'unblocks'} {event.whom}"
    if event.who == event.whom and event.after in {"member", "left"}:
        return "joins" if event.after == "member" else "leaves"
    words = MEMBERS.get((event.before, event.after)) or MEMBERS[event.after]
    return words.format(whom=event.whom)


def _offered(who: str, results: Sequence[tuple[str, Content]]) -> list[str]:
    lines = [f"{who} offers" if results else f"{who} offers nothing"]
    for title, content in results:
        lines += [*wrapped(visible(title), f"{BAR} • ", f"{BAR}   "), *lines_of(content)]
    return lines


def _first_words(content: Content) -> str:
    return f"“{one_line(content.text, FIRST_WORDS)}”" if content.text else content.attached or "a message"


def _sentence_of(words: str) -> list[str]:
    return wrapped(visible(words), later="    ")


def _without_numbers(text: str, places: Iterable[Place]) -> str:
    """Ids of people and groups differ from play to play: they are told by name."""
    for place in places:
        if abs(place.chat) > SMALLEST_ID:
            named = f"‹id of {place.name}›"
            text = text.replace(str(place.chat), named)
    return text
