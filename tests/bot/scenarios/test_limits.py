"""Someone who asks too much is told so once, and others are answered meanwhile.

Here a person may ask two questions at once, a group three, then both six a minute; and send four commands,
a group six, then both six a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat import article_texts, texts
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.bot.inside import Inside
from tests.bot.scenarios.watching import is_all_that_was_said, text_now
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.telegram import Telegram

WHO_JAM = "Who likes jam?"
BEARS = "Bears like jam.\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"
TOO_MANY = "That's a lot of questions at once. Please wait 10 seconds before the next one."
TOO_MUCH = "That's a lot at once. Please wait 10 seconds and try again."


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    """A server of this scenario's own."""
    with Telegram() as server:
        server.world.next_time = lambda now: now  # time passes only where a scenario says so
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
        "person_commands_at_once": 4,
        "person_commands_a_minute": 6,
        "chat_commands_at_once": 6,
        "chat_commands_a_minute": 6,
        "person_additions_an_hour": 2,
    }
    with Inside(telegram, tmp_path, FakeAnswerer, FakeLibraries(article()), **limits) as running:
        yield running


def test_someone_who_asks_too_much_is_told_so_once(ann: Person, ben: Person) -> None:
    first, second = (ann.says(WHO_JAM).answer() for _ in range(2))
    assert (first["text"], second["text"]) == (BEARS, BEARS)
    refusal = ann.says(WHO_JAM).answer()
    assert refusal["text"] == TOO_MANY
    ann.says(WHO_JAM)
    ann.says("/summary jam")
    assert ben.says(WHO_JAM).answer()["text"] == BEARS
    last = ann.says("/help").answer()
    assert is_all_that_was_said(first, second, refusal, last)


def test_after_waiting_they_are_answered_again(telegram: Telegram, ann: Person) -> None:
    for _ in range(2):
        assert ann.says(WHO_JAM).answer()["text"] == BEARS
    assert ann.says(WHO_JAM).answer()["text"] == TOO_MANY
    telegram.passes(10)
    assert ann.says(WHO_JAM).answer()["text"] == BEARS


def test_what_was_asked_over_hours_while_the_bot_was_away_is_answered(
    telegram: Telegram, tmp_path: Path, ann: Person
) -> None:
    asked = []
    with Inside(telegram, tmp_path / "first", FakeAnswerer, FakeLibraries(article())):
        assert ann.says("hello").answer()["text"].startswith("Hello!")
    for _ in range(5):
        telegram.passes(600)
        asked.append(ann.says(WHO_JAM))
    limits: dict[str, Any] = {"person_at_once": 2, "person_a_minute": 6}
    with Inside(telegram, tmp_path / "second", FakeAnswerer, FakeLibraries(article()), **limits):
        assert [question.answer()["text"] for question in asked] == [BEARS] * 5


def test_in_a_group_someone_who_asks_too_much_holds_nobody_up(
    ann: Person, ben: Person, readers: Group
) -> None:
    for _ in range(2):
        assert ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()["text"] == BEARS
    assert ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()["text"] == TOO_MANY
    assert ben.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()["text"] == BEARS


def test_a_group_that_asks_too_much_is_told_so_once(ann: Person, ben: Person, readers: Group) -> None:
    asked = [person.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers) for person in (ann, ben, ann)]
    assert [question.answer()["text"] for question in asked] == [BEARS] * 3
    assert ben.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()["text"] == TOO_MANY
    assert ben.says(WHO_JAM).answer()["text"] == BEARS  # in private he may


def test_greetings_and_commands_have_a_limit_of_their_own(ann: Person, ben: Person) -> None:
    said = [ann.says(text).answer() for text in ("hello", "/articles", "/help", "/start")]
    refusal = ann.says("/settings").answer()
    assert refusal["text"] == TOO_MUCH
    for text in ("hello", "/articles", "/nonsense"):
        ann.says(text)
    assert ben.says("hello").answer()["text"].startswith("Hello!")
    last = ann.says(WHO_JAM).answer()
    assert last["text"] == BEARS
    assert is_all_that_was_said(*said, refusal, last)


def test_commands_in_a_group_count_towards_the_limit_of_the_group(
    ann: Person, ben: Person, readers: Group
) -> None:
    said = [person.says("/help@verbatim_bot", to=readers).answer() for person in [ann, ben] * 3]
    assert {answer["text"] for answer in said} == {texts.help_text("verbatim_bot")}
    assert ben.says("/help@verbatim_bot", to=readers).answer()["text"] == TOO_MUCH
    assert ann.says("/help").answer()["text"] == texts.help_text(None)


def test_an_edited_question_counts_as_one_more(telegram: Telegram, ann: Person) -> None:
    asked = ann.says("Who likes honey?")
    answer = asked.answer()
    ann.edits(asked, WHO_JAM)
    assert telegram.wait_for(lambda: text_now(answer) == BEARS)
    assert ann.says(WHO_JAM).answer()["text"] == TOO_MANY


def test_an_edit_that_is_one_too_many_leaves_the_answer_as_it_is(ann: Person) -> None:
    first = ann.says(WHO_JAM)
    answers = [first.answer(), ann.says(WHO_JAM).answer()]
    ann.edits(first, "Who likes honey?")
    last = ann.says("/help").answer()
    assert text_now(answers[0]) == BEARS
    assert is_all_that_was_said(*answers, last)


def test_someone_who_adds_too_much_is_told_so_once(telegram: Telegram, ann: Person) -> None:
    files = [
        ann.sends_file(f"# Owls {n}\n\nOwls sleep by day.".encode(), f"{n}.md", "text/markdown")
        for n in range(5)
    ]
    for file in files[:2]:
        answer = file.answer()
        telegram.wait_for(lambda answer=answer: (text_now(answer) or "").startswith("Added: "))  # type: ignore[misc]
    assert files[2].answer()["text"] == article_texts.too_many_additions(1800)
    last = ann.says("/help").answer()
    assert is_all_that_was_said(*(file.answer() for file in files[:3]), last)


def test_someone_who_presses_buttons_too_fast_is_told_so_once(ann: Person) -> None:
    answer = ann.says(WHO_JAM).answer()
    assert answer.buttons == ["Context"]
    data = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    pressed = [ann.presses(answer, data=data) for _ in range(6)]
    assert [press.get("text") for press in pressed] == [None, None, None, None, TOO_MUCH, None]
    assert pressed[4]["show_alert"]
    assert not pressed[5].get("show_alert")
