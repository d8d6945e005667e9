"""Whom the bot answers: everyone, or only those its operator has approved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.chat import texts
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.bot.inside import Inside
from tests.bot.scenarios.watching import is_all_that_was_said, says_soon
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.telegram import Telegram

WHO_JAM = "Who likes jam?"
BEARS = "Bears like jam.\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    """A server of this scenario's own."""
    with Telegram() as server:
        yield server
        assert server.refused == []


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    """The operator has listed her, or not."""
    return telegram.person("Ann")


@contextmanager
def bot(telegram: Telegram, folder: Path, **settings: Any) -> Iterator[None]:
    """A bot with these lists in its settings."""
    with Inside(telegram, folder, FakeAnswerer, FakeLibraries(article()), **settings):
        yield


def test_someone_who_is_not_approved_is_told_how_to_get_access(
    telegram: Telegram, tmp_path: Path, ann: Person, ben: Person
) -> None:
    with bot(telegram, tmp_path, users=[ann.id]):
        assert ben.says(WHO_JAM).answer()["text"] == (
            f"I'm limited to approved users. To get access, send the operator your ID: {ben.id}."
        )
        assert ann.says(WHO_JAM).answer()["text"] == BEARS


def test_in_a_group_everyone_is_answered_approved_or_not(
    telegram: Telegram, tmp_path: Path, ann: Person, ben: Person, readers: Group
) -> None:
    with bot(telegram, tmp_path, users=[ann.id]):
        answer = ben.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()
        assert answer["text"] == BEARS


def test_the_bot_leaves_a_group_that_is_not_approved(telegram: Telegram, tmp_path: Path, ann: Person) -> None:
    listed = telegram.group("Listed", ann, bot="left")
    other = telegram.group("Other", ann, bot="left")
    with bot(telegram, tmp_path, chats=[listed.id]):
        other.sets("bot", "member", by=ann)
        sent = telegram.wait_for(lambda: telegram.sent(other.id))
        assert [message["text"] for message in sent] == [
            "I'm limited to approved groups. To get access, send the operator this group's ID: "
            f"{other.id}. Then add me again. Goodbye!"
        ]
        telegram.wait_for(lambda: any(call.method == "leaveChat" for call in telegram.calls))
        listed.sets("bot", "member", by=ann)
        greeting = texts.greeting_of_group("verbatim_bot")
        telegram.wait_for(lambda: [message["text"] for message in telegram.sent(listed.id)] == [greeting])
        assert ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=listed).answer()["text"] == BEARS


def test_a_group_that_is_no_longer_approved_is_not_answered(
    telegram: Telegram, tmp_path: Path, ann: Person, ben: Person, readers: Group
) -> None:
    with bot(telegram, tmp_path):
        answer = ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()
        assert answer["text"] == BEARS
    with bot(telegram, tmp_path, chats=[readers.id - 1]):
        ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers)
        said = ben.presses(answer, "Context")
        assert said["text"] == "I'm limited to approved users and groups. Please ask the operator for access."
        assert ben.says(WHO_JAM).answer()["text"] == BEARS
        assert is_all_that_was_said(answer)


def test_an_operator_is_answered_everywhere_and_sets_every_group(
    telegram: Telegram, tmp_path: Path, ann: Person, ben: Person, readers: Group
) -> None:
    with bot(telegram, tmp_path, users=[ann.id], chats=[readers.id - 1], operators=[ben.id]):
        assert ben.says(WHO_JAM).answer()["text"] == BEARS
        assert ben.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()["text"] == BEARS
        settings = ben.says("/settings@verbatim_bot", to=readers).answer()
        assert ben.presses(settings, "5")["text"] == "Saved."


def test_without_articles_it_says_so(telegram: Telegram, tmp_path: Path, ann: Person) -> None:
    with Inside(telegram, tmp_path, FakeAnswerer, FakeLibraries()):
        nothing = texts.NO_ARTICLES
        for said in (WHO_JAM, "/articles", "/summary"):
            answer = ann.says(said).answer()
            assert (answer["text"], answer.buttons) == (nothing, [])


def test_someone_who_was_just_approved_is_answered_and_can_press_buttons(
    telegram: Telegram, tmp_path: Path, ann: Person, ben: Person
) -> None:
    with bot(telegram, tmp_path, users=[ann.id]):
        assert ben.says(WHO_JAM).answer()["text"] == texts.not_admitted_person(ben.id)
    with bot(telegram, tmp_path, users=[ann.id, ben.id]):
        answer = ben.says(WHO_JAM).answer()
        assert answer["text"] == BEARS
        ben.presses(answer, "Context")
        says_soon(answer, "They eat it with a spoon.")
