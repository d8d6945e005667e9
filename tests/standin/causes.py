"""Puts what happened in an order that is the same each time, however fast the bot was.

What people do in one go, without waiting for the bot, stands together; then comes what the bot did about it,
one cause after the other. What only shows that the bot takes its time is left out: drafts, and what a message
said before the bot finished it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.standin.events import (
    AskAnswered,
    Asked,
    Became,
    Changed,
    Deleted,
    Drafted,
    Event,
    Happened,
    Line,
    OfMessage,
    PressAnswered,
    Pressed,
    Reacted,
    Waited,
    Wrote,
)

Key = tuple[int, int]  # chat and number of a message


@dataclass(frozen=True)
class _Deed:
    """What a person did: the ``place``-th deed of all, in the ``go``-th go."""

    event: Event
    place: int
    go: int


def in_order(lines: Sequence[Line]) -> list[Event]:
    """What happened, without what the bot did for no reason that stands here."""
    causes = _Causes()
    gone = 0
    for line in lines:
        if isinstance(line, Waited):
            gone += 1
        elif line.is_bot:
            causes.bot_does(line)
        else:
            causes.person_does(line, gone)
    ordered: list[Event] = []
    for go in sorted({deed.go for deed in causes.deeds}):
        deeds = [deed for deed in causes.deeds if deed.go == go]
        ordered += [deed.event for deed in deeds]
        ordered += [event for deed in deeds for event in _finished(causes.effects[deed.place])]
    return ordered


class _Causes:
    """Finds for everything that the bot does the deed of a person that made it do so."""

    def __init__(self) -> None:
        self.deeds: list[_Deed] = []
        self.effects: list[list[Event]] = []  # of each deed
        self._about: dict[Key, _Deed] = {}  # the last deed about a message, but for presses
        self._presses: dict[Key, list[_Deed]] = {}
        self._answered: set[str] = set()  # queries
        self._changed: set[int] = set()  # places of presses that the bot changed a message for
        self._bots: dict[Key, _Deed] = {}  # why the bot wrote a message
        self._replies: dict[Key, Key] = {}
        self._unsaid: dict[int, _Deed] = {}  # the last deed in a chat that can be answered by no reply

    def person_does(self, event: Event, go: int) -> None:
        deed = _Deed(event, len(self.deeds), go)
        self.deeds.append(deed)
        self.effects.append([])
        if isinstance(event, Pressed):
            self._presses.setdefault(_key(event), []).append(deed)
        elif isinstance(event, OfMessage):
            self._about[_key(event)] = deed
        if isinstance(event, Became | Happened | Deleted) or event.place.chat not in self._unsaid:
            self._unsaid[event.place.chat] = deed

    def bot_does(self, event: Event) -> None:
        if isinstance(event, Drafted):
            return
        cause = self._cause(event)
        if cause is None:
            return
        self.effects[cause.place].append(event)
        if isinstance(event, Wrote):
            self._bots[_key(event)] = cause
            if event.reply_to is not None:
                self._replies[_key(event)] = (event.place.chat, event.reply_to)
        before = self._unsaid.get(event.place.chat, cause)
        self._unsaid[event.place.chat] = max(before, cause, key=lambda deed: deed.place)

    def _cause(self, event: Event) -> _Deed | None:
        match event:
            case PressAnswered(query=query) | AskAnswered(query=query):
                self._answered.add(query)
                asked = (deed for deed in self.deeds if _query(deed.event) == query)
                return next(asked, None)
            case Wrote(reply_to=int(replied)):
                return self._of_message((event.place.chat, replied))
            case Changed():
                return self._of_change(_key(event))
            case Deleted() | Reacted():
                return self._of_message(_key(event))
        return self._unsaid.get(event.place.chat) or (self.deeds[-1] if self.deeds else None)

    def _of_message(self, key: Key) -> _Deed | None:
        """The last deed about a message, or about that which it replies to."""
        if key in self._presses:
            return self._of_change(key)
        return self._about.get(key) or self._of_reply(key)

    def _of_reply(self, key: Key) -> _Deed | None:
        replied = self._replies.get(key)
        return (self._about.get(replied) if replied else None) or self._bots.get(key)

    def _of_change(self, key: Key) -> _Deed | None:
        """The press that the bot is at: it takes one after the other, with an answer and a change each."""
        presses = self._presses.get(key, [])
        answered = [deed for deed in presses if _query(deed.event) in self._answered]
        waiting = [deed for deed in presses if _query(deed.event) not in self._answered]
        under_way = [deed for deed in answered[-1:] if deed.place not in self._changed] + waiting
        if under_way:
            self._changed.add(under_way[0].place)
            return under_way[0]
        known = [deed for deed in (*answered[-1:], self._of_reply(key)) if deed is not None]
        return max(known, key=lambda deed: deed.place, default=None)


def _finished(effects: Sequence[Event]) -> list[Event]:
    """What the bot did for one cause, each message as it was in the end."""
    versions = [event for event in effects if isinstance(event, Wrote | Changed)]
    first = {_key(event): event for event in reversed(versions)}
    last = {_key(event): event for event in versions}
    written = {_key(event) for event in effects if isinstance(event, Wrote)}
    passing = written & {_key(event) for event in effects if isinstance(event, Deleted)}
    finished: list[Event] = []
    for event in effects:
        if isinstance(event, OfMessage) and _key(event) in passing:
            continue
        if not isinstance(event, Wrote | Changed):
            finished.append(event)
        elif event is first[_key(event)]:
            finished.append(replace(event, content=last[_key(event)].content))
    return finished


def _key(event: OfMessage) -> Key:
    return event.place.chat, event.number


def _query(event: Event) -> str | None:
    return event.query if isinstance(event, Pressed | Asked) else None
