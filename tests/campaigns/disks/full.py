"""A disk that is full but for some pages, under a running bot: nothing is lost, and then it goes on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.store import Database
from index.store import SqliteLibrary
from index.store.paths import chat_library_path
from tests.bot.on_disk import on_disk
from tests.bot.scenarios.watching import text_now
from tests.campaigns.disks.damages import logged, tried
from tests.campaigns.journal import Outcome
from tests.small_disk import SmallDisk
from tests.standin.persons import Person
from tests.standin.said import Said, says_how_far_it_is
from tests.standin.telegram import Telegram

SIZE = 1 << 20
PAGE = 4096
JAM = b"# Jam\n\nBears like jam. Wolves like jam too. Bears eat jam in winter.\n"
TEA = b"# Tea\n\nOwls like tea. Owls drink tea at night and sleep by day.\n"
LIKES_JAM = "Bears like jam."
PATIENCE_S = 120.0
"""Where a write fails, Telegram is asked again after up to half a minute."""


def outcome_of(disk: SmallDisk, pages: int) -> Outcome:
    """Let a bot work with ``pages`` left on its disk, then with room again."""
    disk.empty()
    return tried(lambda: _outcome(disk, disk.folder / f"with {pages}", pages))


def _outcome(disk: SmallDisk, folder: Path, pages: int) -> Outcome:
    with Telegram() as telegram, logged() as lines:
        ann = telegram.person("Ann")
        with on_disk(telegram, folder) as bot:
            _settled(ann.sends_file(JAM, "jam.md", "text/markdown"))
            disk.fill(pages * PAGE)
            asked, sent = ann.says("Who likes jam?"), ann.sends_file(TEA, "tea.md", "text/markdown")
            telegram.wait_for(lambda: bool(lines) or _are_settled(asked, sent), within_s=PATIENCE_S)
            if not bot.is_running:
                return {"is": "FAILED", "said": "the bot has ended"}
            disk.empty()
            replies = [_settled(asked), _settled(sent), _settled(ann.says("And who likes jam?"))]
        outcome = _checked(folder, ann, replies, lines)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    return outcome


def _checked(folder: Path, ann: Person, replies: list[str], lines: list[str]) -> Outcome:
    with closing(Database(folder / "data" / "bot.db")) as database:
        waiting = database.one("SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM outbox)")
    with SqliteLibrary(chat_library_path(folder / "data", ann.id)) as library:
        faults, titles = library.verify(), {info.title for info in library.articles()}
    first, added, again = replies
    is_right = first.startswith(LIKES_JAM) and again.startswith(LIKES_JAM) and not faults and waiting == (0,)
    if not is_right or titles != ({"Jam", "Tea"} if added.startswith("Added") else {"Jam"}):
        return {"is": "FAILED", "said": f"{waiting} waiting, {faults}, {titles}, told {replies}"}
    named = [line for line in lines if "disk is full" in line]
    if lines and not named:
        return {"is": "FAILED", "said": f"not called full: {lines}"}
    return {"is": "named" if named else "recovered", "said": (named or [""])[0], "told": added}


def _are_settled(*asked: Said) -> bool:
    return all(question.telegram.sent(question.chat.id) and _last_reply(question) for question in asked)


def _last_reply(asked: Said) -> str:
    """What the bot says to a message now; empty while it only says how far it is."""
    sent = asked.telegram.sent(asked.chat.id)
    replies = [
        message for message in sent if message.get("reply_to_message", {}).get("message_id") == asked.id
    ]
    text = text_now(Said(asked.telegram, asked.chat, replies[-1])) if replies else ""
    return "" if says_how_far_it_is(text.partition("\n")[0]) else text


def _settled(asked: Said) -> str:
    return asked.telegram.wait_for(lambda: _last_reply(asked), within_s=PATIENCE_S)
