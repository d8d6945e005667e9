"""What somebody does: the left column of the matrix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal, Protocol

from tests.bot.matrix.outcomes import Outcome
from tests.bot.matrix.roles import PRESSERS, WRITERS
from tests.bot.matrix.stage import ADD_PROBE, Stage, key_of
from tests.standin.said import Said
from tests.standin.world import Json

Prepared = Callable[[], Outcome]
"""Does it, and says what came of it, but for the settings."""


class Act(Protocol):
    """``prepare`` sets the stage. ``roles`` can do it; ``group`` says what group it takes."""

    @property
    def roles(self) -> str:
        """Names, with spaces between."""

    @property
    def group(self) -> Json:
        """What group it takes, as arguments of ``Telegram.group``."""

    def prepare(self, stage: Stage) -> Prepared:
        """What comes before it is done."""


@dataclass(frozen=True)
class Writes:
    """A message. ``in_reply_to`` one of ours, or one of somebody else; ``fields`` are of a Message."""

    text: str | None
    in_reply_to: Literal["us", "them"] | None = None
    fields: Json = field(default_factory=dict)
    roles: str = WRITERS
    in_free_topic: bool = False

    @property
    def group(self) -> Json:
        """One with topics, where it takes them."""
        return {"is_forum": self.in_free_topic}

    def prepare(self, stage: Stage) -> Prepared:
        """The message that is replied to; a topic is set free."""
        if self.text is not None and self.text.startswith("/add"):
            stage.probe = ADD_PROBE
        if self.in_free_topic:
            stage.pressed_before(stage.opened("/settings"), f"s:t:{stage.topic}:1")
        reply_to = self._replied(stage)

        def write() -> Outcome:
            stage.says(self.text, reply_to, **self.fields)
            return stage.outcome(stage.settle())

        return write

    def _replied(self, stage: Stage) -> Said | None:
        if self.in_reply_to == "us":
            return stage.under(stage.opened("/help"))
        if self.in_reply_to == "them":
            by = stage.host if stage.place else stage.person
            said = by.says("Nice weather.", to=stage.place)
            stage.settle()
            return said
        return None


@dataclass(frozen=True)
class Adds:
    """A file, or somebody's words: ``/add`` in reply to it, else it is sent, the words forwarded."""

    file: bytes | None = None
    words: str | None = None
    by_reply: bool = False
    everybody_keeps: bool = False
    roles: str = WRITERS

    @property
    def group(self) -> Json:
        """Any."""
        return {}

    def prepare(self, stage: Stage) -> Prepared:
        """What is replied to; everybody may."""
        if self.everybody_keeps:
            stage.pressed_before(stage.opened("/settings"), "s:k:1")
        stage.probe = ADD_PROBE  # which waits for additions, and for nothing else
        if self.by_reply:
            write = partial(stage.says, "/add", self._replied(stage))
        elif self.file is not None:
            write = partial(stage.says, None, **stage.file(self.file, "owls.md"))
        else:
            origin = {"type": "hidden_user", "date": 1_790_000_000, "sender_user_name": "Ben"}
            write = partial(stage.says, self.words, forward_origin=origin)

        def add() -> Outcome:
            write()
            return stage.outcome(stage.settle())

        return add

    def _replied(self, stage: Stage) -> Said:
        if self.file is not None:
            return stage.file_of_host(self.file, "owls.md")
        return stage.host.says(self.words, to=stage.group)


@dataclass(frozen=True)
class Edits:
    """A message of theirs, ``before``, says ``after`` now; so many seconds later."""

    before: str
    after: str
    after_s: int = 5
    roles: str = WRITERS

    @property
    def group(self) -> Json:
        """Any."""
        return {}

    def prepare(self, stage: Stage) -> Prepared:
        """What stood there, and has been answered if it is."""
        said = stage.says(self.before)
        stage.settle()

        def edit() -> Outcome:
            stage.edits(said, self.after, after_s=self.after_s)
            return stage.outcome(stage.settle())

        return edit


@dataclass(frozen=True)
class Presses:
    """A button under what is said to ``opener``, by its data; those of ``earlier`` were pressed before.

    Where ``words`` are given, the bot was asked to keep them; ``file`` was added before. ``{key}`` and
    ``{topic}`` stand for those of the message. Who has no such message forges the data.
    """

    opener: str
    data: str
    earlier: tuple[str, ...] = ()
    words: str | None = None
    file: bytes | None = None
    in_topic: bool = False
    everybody_keeps: bool = False
    often: int = 0  # they have pressed it that many times before
    roles: str = PRESSERS

    @property
    def group(self) -> Json:
        """One with topics, where it takes them."""
        return {"is_forum": self.in_topic}

    def prepare(self, stage: Stage) -> Prepared:
        """The message with the button; everybody may."""
        if self.everybody_keeps:
            stage.pressed_before(stage.opened("/settings"), "s:k:1")
        if self.file is not None:
            stage.has_added(self.file, "owls.md")
        opened = stage.opened(self.opener) if self.words is None else stage.asked_to_keep(self.words)
        for data in self.earlier:
            stage.pressed_before(opened, self._of(opened, stage, data))
        under = stage.under(opened)
        stage.presses_often(under, self._of(opened, stage, self.data), self.often)

        def press() -> Outcome:
            return stage.pressed(stage.presses(under, self._of(opened, stage, self.data)), under)

        return press

    def _of(self, opened: Said, stage: Stage, data: str) -> str:
        return data.format(key=key_of(opened), topic=stage.topic or 4)


@dataclass(frozen=True)
class Happens:
    """Something that Telegram tells of: ``do`` to the stage, after ``before``."""

    do: Callable[[Stage], None]
    roles: str
    before: Callable[[Stage], None] = lambda _: None
    group: Json = field(default_factory=dict)
    then_presses: str | None = None  # data of a button of /settings, and what comes of it

    def prepare(self, stage: Stage) -> Prepared:
        """What was before."""
        opened = stage.opened("/settings") if self.then_presses else None
        self.before(stage)

        def happen() -> Outcome:
            self.do(stage)
            seen = stage.outcome(stage.settle())
            if opened is None or self.then_presses is None:
                return seen
            pressed = stage.pressed(stage.presses(opened, self.then_presses), opened)
            return replace(pressed, said=seen.said)

        return happen
