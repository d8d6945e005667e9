"""The chat of a message that was set aside hears of it, once, in the place of what stood there."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

import pytest

from bot.chat import texts
from bot.store import SetAside
from bot.store.inbox import TRIES
from bot.telegram.recovery import recover, word_to
from bot.telegram.set_aside import listed
from tests.bot.telegram.conftest import Telegram
from tests.standin.people import BEN, FORUM, in_group, in_topic, message, update
from tests.standin.process import run


async def deadly(telegram: Telegram, arriving: dict[str, Any], placeholders: list[int]) -> None:
    """Each time it is in work, the process dies."""
    telegram.services.inbox.take([arriving])
    for number in placeholders:
        telegram.services.inbox.note_placeholder(arriving["update_id"], number)
    for _ in range(TRIES):
        telegram.services.inbox.begin(arriving["update_id"])
        telegram.services.inbox.unfinished()


async def test_it_is_said_in_reply_and_once(telegram: Telegram) -> None:
    asked = in_topic("/ask who?", topic=40)
    await deadly(telegram, update(**asked), [])
    for _ in range(2):
        await recover(telegram.services)
    (sent,) = telegram.request.sent()
    assert sent["text"] == texts.SET_ASIDE
    assert (sent["chat_id"], sent["message_thread_id"]) == (FORUM["id"], 40)
    assert sent["reply_parameters"]["message_id"] == asked["message_id"]
    assert sent["disable_notification"] is True


@pytest.mark.parametrize(
    ("content", "is_quiet"), [(message("hi"), False), (in_group("/ask who?", message_thread_id=17), True)]
)
def test_in_private_it_is_heard_and_a_thread_of_replies_is_no_topic(
    content: dict[str, Any], is_quiet: bool
) -> None:
    word = word_to(SetAside(7, {"message": content}, (), 0.0))
    assert word is not None
    assert (word.is_quiet, word.thread) == (is_quiet, None)


async def test_a_chat_that_cannot_be_told_is_noted_and_keeps_no_other_from_being_told(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    refused = {"description": "Forbidden: bot was blocked by the user"}
    telegram.request.faults["sendMessage"] = deque([(403, refused)])
    await deadly(telegram, update(number=71, **message("who?")), [])
    await deadly(telegram, update(number=72, **in_group("/ask who?")), [])
    await recover(telegram.services)
    assert [sent["chat_id"] for sent in telegram.request.sent()][-1] == -100_123
    assert (
        "a chat could not be told that update 71 was set aside: Forbidden: bot was blocked by the user"
        in caplog.text
    )


async def test_it_takes_the_place_of_what_stood_there(telegram: Telegram) -> None:
    await deadly(telegram, update(**in_group("/ask who?")), [77])
    await recover(telegram.services)
    (changed,) = [fields for method, fields in telegram.request.calls if method == "editMessageText"]
    assert (changed["message_id"], changed["text"]) == (77, texts.SET_ASIDE)
    assert telegram.request.sent() == []


async def test_a_command_lists_it_without_a_word_of_it(telegram: Telegram, tmp_path: Path) -> None:
    await deadly(telegram, update(number=71, **in_group("/ask who likes jam?")), [])
    await deadly(telegram, {"update_id": 72}, [])
    (first, second) = listed(tmp_path / "bot.db")
    assert first.startswith("update 71  20")
    assert first.endswith(" UTC  message in chat -100123")
    assert second.endswith("can't be read")
    (tmp_path / "config.toml").write_text('data_dir = "."')
    done = run("bot", "set-aside", folder=tmp_path)
    assert done.stdout.splitlines() == [first, second]
    (tmp_path / "config.toml").write_text('data_dir = "elsewhere"')
    assert (
        run("bot", "set-aside", folder=tmp_path).stdout == "Nothing was set aside in the last seven days.\n"
    )


@pytest.mark.parametrize(
    ("content", "chat"),
    [
        ({"message": message("hi")}, 5),
        ({"edited_message": message("hi")}, 5),
        ({"callback_query": {"id": "q", "from": BEN, "message": message("hi")}}, 5),
        ({"callback_query": {"id": "q", "from": BEN}}, None),
        ({"chat_member": {"chat": FORUM}}, None),
        ({"message": {"chat": {"id": "5"}, "message_id": 3}}, None),
        ({"message": "hi"}, None),
        (None, None),
    ],
)
def test_who_hears_of_it(content: Any, chat: int | None) -> None:
    word = word_to(SetAside(7, content, (), 0.0))
    assert (word and word.chat_id) == chat
