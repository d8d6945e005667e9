"""The scenarios as a page to read: docs/conversations.md, written by ``python -m tests.bot.scenarios``."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from inspect import cleandoc
from itertools import groupby
from pathlib import Path

import pytest

from tests.standin.causes import in_order
from tests.standin.events import NOWHERE, Event, Line, Waited
from tests.standin.process import ROOT
from tests.standin.telegram import Telegram
from tests.standin.transcript_text import to_text

FOLDER = Path(__file__).parent
CHECK = FOLDER / "test_page.py"
PAGE = ROOT / "docs" / "conversations.md"
COMMAND = "python -m tests.bot.scenarios"

ABOVE = f"""\
# Conversations

What people and Verbatim, the bot, say to each other. Each conversation is a scenario in
`tests/bot/scenarios`, played by the real bot with the real models. `{COMMAND}`
writes this page, and the tests fail if the bot says anything else.

How to read them:

- Ann owns the groups, and Ben is a member of them.
- `Ann, in “Readers”` begins a message from Ann in the group of that name. The place is given only when it
  changes. `Verbatim, to Ben` begins a reply to the message from Ben just above.
- The bar marks the message. `▎` marks words from an article, `**…**` bold and `_…_` italic text. The target
  of a link is in parentheses, and `[buttons]` are in brackets.
- Messages sent *silently* make no sound on anyone's phone.
- If nothing from Verbatim follows, it says nothing.

The conversations by subject, with their number:
"""

SCENES = pytest.StashKey[list["Scene"]]()
PASSED = pytest.StashKey[bool]()
DESELECTED = pytest.StashKey[bool]()


@dataclass(frozen=True)
class Scene:
    """A scenario that passed; ``part`` is the heading it stands under, ``about`` what its docstring says."""

    part: str
    title: str
    about: str
    text: str


@pytest.fixture(autouse=True)
def on_the_page(request: pytest.FixtureRequest, telegram: Telegram) -> Iterator[None]:
    """Keep what happens in a scenario that passes for the page, unless its module says IS_SHOWN = False."""
    bot = request.getfixturevalue("bot") if "bot" in request.fixturenames else None
    begin, chats = len(telegram.world.transcript.lines), set(telegram.world.chats)
    yield
    if not request.node.stash.get(PASSED, False) or not getattr(request.module, "IS_SHOWN", True):
        return
    if bot is not None and bot.is_running:
        telegram.wait_until_done(_places(telegram.world.transcript.lines[begin:]))
    lines = _of_one_play(telegram.world.transcript.lines[begin:], chats)
    if text := to_text(in_order(lines)):
        about = cleandoc(request.function.__doc__ or "")
        scene = Scene(_first_line(request.module.__doc__), _heading(request.node, lines), about, text)
        request.config.stash.setdefault(SCENES, []).append(scene)


def page(scenes: Sequence[Scene]) -> str:
    """The page: a part a test module, with a list of them above."""
    parts = [(title, list(same)) for title, same in groupby(scenes, key=lambda scene: scene.part)]
    contents = [f"- [{title}](#{_anchor(title)}) ({len(same)})" for title, same in parts]
    shown = [_part(title, same) for title, same in parts]
    return "\n".join([ABOVE, *contents, "", *shown])


def left_out(session: pytest.Session) -> str:
    """Why the scenes of a session do not make the page: what was not run, or did not pass; else nothing."""
    played = scenarios(session.items)
    files = {path for path in FOLDER.glob("test_*.py") if path != CHECK}
    if session.config.stash.get(DESELECTED, False) or any("::" in name for name in session.config.args):
        return "only some of the scenarios were chosen"
    if missing := sorted(path.name for path in files - {item.path for item in played}):
        return f"not run: {', '.join(missing)}"
    if failed := [item.name for item in played if not item.stash.get(PASSED, False)]:
        return f"did not pass: {', '.join(failed)}"
    return ""


def scenarios(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Those of ``items`` that are scenarios."""
    return [item for item in items if item.path.parent == FOLDER and item.path != CHECK]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The page is looked at when the last scenario has been played."""
    checks = [item for item in items if item.path == CHECK]
    played = scenarios(items)
    if checks and played:
        items[:] = [item for item in items if item not in checks]
        last = items.index(played[-1])
        items[last + 1 : last + 1] = checks


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Remember that not all is run."""
    for item in scenarios(items):
        item.config.stash[DESELECTED] = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember what passed."""
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report


def _part(title: str, scenes: Sequence[Scene]) -> str:
    shown = [f"## {title}\n"]
    for scene in scenes:
        fence = "`" * max([3, *(len(ticks) + 1 for ticks in re.findall("`{3,}", scene.text))])
        about = f"{scene.about}\n\n" if scene.about else ""
        shown.append(f"### {scene.title}\n\n{about}{fence}\n{scene.text}{fence}\n")
    return "\n".join(shown)


def _of_one_play(lines: Sequence[Line], chats_before: set[int]) -> list[Line]:
    """Without what the bot still does in chats of an earlier scenario."""
    acted = {line.place.chat for line in lines if isinstance(line, Event) and not line.is_bot}
    earlier = chats_before - acted
    return [line for line in lines if isinstance(line, Waited) or line.place.chat not in earlier]


def _places(lines: Sequence[Line]) -> set[tuple[int, int | None]]:
    """The chats and topics in which something happened."""
    places = {line.place for line in lines if isinstance(line, Event)} - {NOWHERE}
    return {(place.chat, place.topic) for place in places}


def _heading(item: pytest.Item, lines: Sequence[Line]) -> str:
    """The name of a test as a sentence, with the names of who plays."""
    name, _, variant = item.name.removeprefix("test_").partition("[")
    players = {line.who for line in lines if isinstance(line, Event)}
    words = [word.capitalize() if word.capitalize() in players else word for word in name.split("_")]
    words[0] = words[0][:1].upper() + words[0][1:]
    return " ".join(words) + (f" ({variant.rstrip(']')})" if variant else "")


def _anchor(title: str) -> str:
    """What a link to a heading is called."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0].removesuffix(".")
