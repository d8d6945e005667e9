"""Every way in which the bot says something: played once each, and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.chat import article_texts, texts
from tests.bot.faults.stage import Stage
from tests.fakes import make_article
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.said import Said

WHAT = "What do bears like?"
OTHER = "What do foxes read?"
OWLS = "---\ntitle: Owls\n---\nOwls sleep by day. They hunt at night."
JAM = "Bears like jam.\n— Bears · ¶ 1"

WITHIN_S = 30


@dataclass(frozen=True)
class Cast:
    """Who plays: Ann, who has an article of her own and a group, and Ben."""

    ann: Person
    ben: Person
    readers: Group


@dataclass(frozen=True)
class Play:
    """What was said before anything failed; each message has buttons to press, or was a question."""

    ann: Person
    readers: Group
    asked: Said
    edited: Said
    answer: Said
    listed: Said
    shown: Said
    to_remove: Said
    to_keep: Said
    set_here: Said


def cast_of(stage: Stage) -> Cast:
    """Bring people who are new to the bot, so that nobody has pressed too many buttons yet."""
    ann, ben = stage.telegram.person("Ann"), stage.telegram.person("Ben")
    stage.puts(ann.id, make_article("Owls sleep by day. They hunt at night.", "file owls.md", title="Owls"))
    return Cast(ann, ben, stage.telegram.group("Readers", ann, ben))


def begin(cast: Cast) -> Play:
    """Play up to where something may fail."""
    ann, ben, readers = cast.ann, cast.ben, cast.readers
    asked = ann.says(WHAT)
    listed, shown, to_remove = (ann.says("/articles").answer() for _ in range(3))
    for said in (shown, to_remove):
        press(ann, said, "2")  # her own, behind the one of all
    press(ann, to_remove, article_texts.REMOVE)
    return Play(
        ann=ann,
        readers=readers,
        asked=asked,
        edited=asked.answer(),
        answer=ann.says(WHAT).answer(),
        listed=listed,
        shown=shown,
        to_remove=to_remove,
        to_keep=ann.forwards(ben.says("Owls sleep by day, says my aunt.")).answer(),
        set_here=ann.says("/settings@verbatim_bot", to=readers).answer(),
    )


def sends(person: Person, text: str, name: str = "owls.md") -> Said:
    """Send a file; return the bot's answer, which says at first how far it is."""
    return person.sends_file(text.encode(), name, "text/markdown").answer()


def end_of(said: Said) -> str:
    """Wait until a message does not say how far it is; return what it says then."""

    def now() -> str | None:
        text = str((said.now() or {}).get("text", ""))
        return text if text and "░" not in text and "▓" not in text else None

    return said.telegram.wait_for(now, WITHIN_S)


def press(person: Person, said: Said, button: str) -> str:
    """Press a button that changes its message; return what that says then."""
    before = str((said.now() or {}).get("text", ""))
    person.presses(said, button)
    return changed(said, before)


def changed(said: Said, before: str) -> str:
    """Wait until a message does not say ``before``; return what it says then."""

    def now() -> str | None:
        text = str((said.now() or {}).get("text", ""))
        return text if text not in {"", before} else None

    return said.telegram.wait_for(now, WITHIN_S)


def _edits(play: Play) -> str:
    """Edit a question; return what is said to it in a new message, or else what its answer says then."""
    before = str(play.edited["text"])
    play.ann.edits(play.asked, OTHER)
    return _said_below(play.edited, before, play.asked.id)


def _shows_context(play: Play) -> str:
    """Press; return the alert, or else the reply to the answer, or else what the answer says then."""
    before, answer = str(play.answer["text"]), play.answer
    alert = play.ann.presses(answer, texts.CONTEXT).get("text")
    return str(alert) if alert else _said_below(answer, before, answer.id)


def _said_below(said: Said, before: str, to: int) -> str:
    """Wait for a later message that replies to the one numbered ``to``, or for another text of ``said``."""

    def now() -> str | None:
        sent = [message for message in said.telegram.sent(said.chat.id) if message["message_id"] > said.id]
        replies = [message for message in sent if message.get("reply_to_message", {}).get("message_id") == to]
        text = str((replies[-1] if replies else said.now() or {}).get("text", ""))
        return text if text not in {"", before} else None

    return said.telegram.wait_for(now, WITHIN_S)


def _keeps_words(play: Play) -> str:
    play.ann.presses(play.to_keep, article_texts.KEEP)
    changed(play.to_keep, article_texts.KEEP_WORDS)
    return end_of(play.to_keep)


Surface = Callable[[Play], str]

IN_LIBRARIES: Mapping[str, Surface] = {
    "a question in private": lambda play: str(play.ann.says(WHAT).answer()["text"]),
    "a question in a group": lambda play: str(
        play.ann.says(f"/ask@verbatim_bot {WHAT}", to=play.readers).answer()["text"]
    ),
    "a question that replies": lambda play: str(
        play.ann.says("And foxes?", reply_to=play.answer).answer()["text"]
    ),
    "an edited question": _edits,
    "/summary": lambda play: str(play.ann.says("/summary Bears").answer()["text"]),
    "/articles": lambda play: str(play.ann.says("/articles").answer()["text"]),
    "a button of /articles": lambda play: press(play.ann, play.listed, "2"),
    "the button that asks before it removes": lambda play: press(play.ann, play.shown, article_texts.REMOVE),
    "the button that removes": lambda play: press(play.ann, play.to_remove, article_texts.REMOVE_SURELY),
    "a button under an answer": _shows_context,
    "a file": lambda play: end_of(sends(play.ann, f"{OWLS} So do bats.", "bats.md")),
    "words that are kept": _keeps_words,
}
"""What asks the libraries or the models."""

IN_STATE: Mapping[str, Surface] = {
    "a question in private": IN_LIBRARIES["a question in private"],
    "a question in a group": IN_LIBRARIES["a question in a group"],
    "/summary": IN_LIBRARIES["/summary"],
    "the alert of a button under an answer": lambda play: str(
        play.ann.presses(play.answer, texts.CONTEXT)["text"]
    ),
    "/settings": lambda play: str(play.ann.says("/settings@verbatim_bot", to=play.readers).answer()["text"]),
    "the alert of a button of /settings": lambda play: str(play.ann.presses(play.set_here, "5")["text"]),
}
"""What asks bot.db."""
