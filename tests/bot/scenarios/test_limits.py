"""Who asks too much is told so once, and others are answered meanwhile.

Here a person may ask two questions at once, a group three, then both six a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import texts
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.bot.inside import Inside
from tests.bot.scenarios.watching import is_all_that_was_said, text_now
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.telegram import Telegram

WHO_JAM = "Who likes jam?"
BEARS = "Bears like jam.\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"
TOO_MANY = "That was a lot of questions. Please wait 10 seconds before the next one."


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    """A server of this scenario's own."""
    with Telegram() as server:
        yield server
        assert server.refused == []


@pytest.fixture
def bot(telegram: Telegram, tmp_path: Path) -> Iterator[Inside]:
    """A bot that takes two questions of a person at once, and three of a group."""
    limits: dict[str, Any] = {
        "person_at_once": 2,
        "person_a_minute": 6,
        "chat_at_once": 3,
        "chat_a_minute": 6,
    }
    with Inside(telegram, tmp_path, FakeAnswerer, FakeLibraries(article()), **limits) as running:
        yield running


def test_who_asks_too_much_is_told_so_once(ann: Person, ben: Person) -> None:
    first, second = (ann.says(WHO_JAM).answer() for _ in range(2))
    assert (first["text"], second["text"]) == (BEARS, BEARS)
    told = ann.says(WHO_JAM).answer()
    assert told["text"] == TOO_MANY
    ann.says(WHO_JAM)
    ann.says("/summary jam")
    assert ben.says(WHO_JAM).answer()["text"] == BEARS
    last = ann.says("/help").answer()
    assert is_all_that_was_said(first, second, told, last)


def test_in_a_group_one_who_asks_too_much_stops_nobody_else(ann: Person, ben: Person, readers: Group) -> None:
    for _ in range(2):
        assert ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()["text"] == BEARS
    assert ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()["text"] == TOO_MANY
    assert ben.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()["text"] == BEARS


def test_a_group_that_asks_too_much_is_told_so_once(ann: Person, ben: Person, readers: Group) -> None:
    asked = [person.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers) for person in (ann, ben, ann)]
    assert [one.answer()["text"] for one in asked] == [BEARS] * 3
    assert ben.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()["text"] == TOO_MANY
    assert ben.says(WHO_JAM).answer()["text"] == BEARS  # in private he may


def test_greetings_and_commands_are_not_counted(ann: Person) -> None:
    for _ in range(3):
        assert ann.says("hello").answer()["text"].startswith("Hello!")
        assert ann.says("/articles").answer()["text"].startswith(texts.ARTICLES)
    assert ann.says(WHO_JAM).answer()["text"] == BEARS
    assert ann.says("/summary jam").answer()["text"].startswith("Jam in the woods")
    assert ann.says("/summary jam").answer()["text"] == TOO_MANY


def test_an_edited_question_counts_as_one_more(telegram: Telegram, ann: Person) -> None:
    asked = ann.says("Who likes honey?")
    answer = asked.answer()
    ann.edits(asked, WHO_JAM)
    assert telegram.wait_for(lambda: text_now(answer) == BEARS)
    assert ann.says(WHO_JAM).answer()["text"] == TOO_MANY


def test_who_presses_buttons_too_fast_is_told_to_wait(ann: Person) -> None:
    answer = ann.says(WHO_JAM).answer()
    assert answer.buttons == ["Context"]
    data = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    pressed = [ann.presses(answer, data=data)]
    while "text" not in pressed[-1]:
        assert len(pressed) <= 20
        pressed.append(ann.presses(answer, data=data))
    assert pressed[-1]["text"] == "That was a lot at once. Please wait 2 seconds."
    assert pressed[-1]["show_alert"]
