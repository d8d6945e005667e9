"""Many chats at a stand-in for Telegram's server, and when it got what the bot said to them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.load.figures import Waits, Write, waits_of
from bot.chat import answer_texts
from tests.standin.groups import Group
from tests.standin.methods import Call
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram
from tests.standin.world import BOT

WRITES = frozenset({"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup"})
LOST_S = 90.0  # nothing was said for so long: what is not answered now never will be
LOOK_S = 0.05
# A quote has its source on a line of its own; everything else that the bot says in earnest is one of these.
SOURCE = "\n— "
SAID = (answer_texts.NOTHING, answer_texts.CLOSE, "Hello!")


@dataclass(frozen=True)
class Place:
    """A private chat, or a group that somebody asks in."""

    person: Person
    group: Group | None = None

    def ask(self, text: str) -> Said:
        """Send a question, addressed to the bot as it has to be there."""
        if self.group is None:
            return self.person.says(text)
        return self.person.says(f"/ask@{BOT['username']} {text}", to=self.group)


@dataclass
class Wave:
    """Questions asked without waiting for answers; ``asked`` has when, by chat and message, in order."""

    asked: dict[tuple[int, int], float] = field(default_factory=dict)
    answered: dict[tuple[int, int], float] = field(default_factory=dict)
    else_said: list[str] = field(default_factory=list)  # neither a placeholder that became an answer, nor one

    def waits(self, of: Callable[[int], bool] = lambda _: True) -> Waits:
        """Return the waits of all questions, or of those of the chats whose ids ``of`` takes."""
        some = [key for key in self.asked if of(key[0])]
        return waits_of([self.asked[key] for key in some], [self.answered.get(key) for key in some])


class Crowd:
    """All people who ask."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    def places(self, count: int) -> list[Place]:
        """Make ``count`` new chats: private ones and groups in turn."""
        return [self.group() if number % 2 else self.private() for number in range(count)]

    def private(self) -> Place:
        """Make a new private chat."""
        return Place(self._telegram.person("Ann"))

    def group(self) -> Place:
        """Make a new group."""
        ann = self._telegram.person("Ann")
        return Place(ann, self._telegram.group("Readers", ann))

    def ask(self, questions: Sequence[tuple[Place, str]]) -> Wave:
        """Ask all of ``questions`` at once; return when all are answered, or the bot says no more."""
        wave, seen = Wave(), len(self._telegram.methods.calls)
        for place, text in questions:
            at = time.monotonic()
            said = place.ask(text)
            wave.asked[said.chat.id, said.id] = at
        replies: dict[tuple[int, int], tuple[int, int]] = {}  # a message of the bot's: what it replies to
        last = time.monotonic()
        while len(wave.answered) < len(wave.asked) and time.monotonic() - last < LOST_S:
            time.sleep(LOOK_S)
            new = self._telegram.methods.calls[seen:]
            seen += len(new)
            for call in new:
                if call.method in WRITES:
                    last = call.at
                    _note(wave, replies, call)
        return wave


def _note(wave: Wave, replies: dict[tuple[int, int], tuple[int, int]], call: Call) -> None:
    """Note in ``wave`` what a call answers. A placeholder is no answer yet; what it is edited into is."""
    chat_id, text = call.values["chat_id"], call.values.get("text", "")
    if call.method == "sendMessage":
        replied = call.result.get("reply_to_message")
        message = (chat_id, call.result["message_id"])
        if replied is not None:
            replies[message] = (chat_id, replied["message_id"])
    else:
        message = (chat_id, call.values.get("message_id", 0))
    question = replies.get(message)
    if question is None or question not in wave.asked:
        return
    if SOURCE in text or text.startswith(SAID):
        wave.answered.setdefault(question, call.at)
    else:
        wave.else_said.append(text)


def writes(calls: Sequence[Call]) -> list[Write]:
    """Return what was written: messages and edits."""
    return [Write(call.values["chat_id"], call.at) for call in calls if call.method in WRITES]


def times_of(calls: Sequence[Call], *methods: str) -> list[float]:
    """Return when these methods were called; all methods, if none is named."""
    return [call.at for call in calls if not methods or call.method in methods]
