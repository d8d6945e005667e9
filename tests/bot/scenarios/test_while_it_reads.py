"""While the bot looks for an answer, it shows its progress, which the answer then replaces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat import texts
from bot.telegram import progress_message
from index.errors import AppError
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.bot.inside import Inside
from tests.bot.scenarios.watching import is_all_that_was_said, says_soon, text_now
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.telegram import Telegram

WHO_JAM = "Who likes jam?"
BEARS = "Bears like jam.\n— Jam in the woods, The Forest, 18 March 2022 · ¶ 1"


@pytest.fixture(autouse=True)
def slow_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show how far it is as soon as that changes."""
    for name in ("DRAFT_AFTER_S", "MESSAGE_AFTER_S", "LOOK_S", "EDIT_S"):
        monkeypatch.setattr(progress_message, name, 0.05)


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    """A server of this scenario's own."""
    with Telegram() as server:
        yield server
        assert server.refused == []


@pytest.fixture
def reader() -> Iterator[FakeAnswerer]:
    """Reads for as long as a scenario wants it to."""
    slow = FakeAnswerer()
    yield slow
    slow.may_answer.set()


@pytest.fixture
def bot(telegram: Telegram, tmp_path: Path, reader: FakeAnswerer) -> Iterator[Inside]:
    """A bot with this reader."""
    with Inside(telegram, tmp_path, lambda: reader, FakeLibraries(article())) as running:
        yield running


def test_in_a_group_a_message_becomes_the_answer(reader: FakeAnswerer, ann: Person, readers: Group) -> None:
    reader.may_answer.clear()
    (placeholder,) = ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answers()
    assert placeholder["text"] == "Reading …"
    reader.may_answer.set()
    assert says_soon(placeholder, "Bears") == BEARS
    assert is_all_that_was_said(placeholder)


def test_it_says_how_many_questions_of_others_come_before(
    reader: FakeAnswerer, ann: Person, ben: Person, readers: Group, forum: Group
) -> None:
    reader.may_answer.clear()
    first = ann.says(WHO_JAM)
    ann.telegram.wait_for(lambda: bool(reader.asked))
    (second,) = ben.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answers()
    (third,) = ben.says(f"/ask@verbatim_bot {WHO_JAM}", to=forum).answers()
    assert says_soon(second, "ahead") == "1 question ahead of yours …"
    assert says_soon(third, "ahead") == "2 questions ahead of yours …"
    reader.may_answer.set()
    assert first.answer()["text"] == BEARS
    assert (says_soon(second, "Bears"), says_soon(third, "Bears")) == (BEARS, BEARS)


def test_in_private_a_draft_is_shown(telegram: Telegram, reader: FakeAnswerer, ann: Person) -> None:
    reader.may_answer.clear()
    asked = ann.says(WHO_JAM)
    drafts = telegram.wait_for(lambda: telegram.do(lambda: list(telegram.methods.messages.drafts)))
    assert [draft["text"] for draft in drafts] == ["Reading …"]
    reader.may_answer.set()
    answer = asked.answer()
    assert answer["text"] == BEARS
    assert is_all_that_was_said(answer)


def test_the_first_of_several_answers_is_shown_meanwhile(
    reader: FakeAnswerer, ann: Person, readers: Group
) -> None:
    reader.may_answer.clear()
    (placeholder,) = ann.says("/ask@verbatim_bot Who likes jam? Who likes newspapers?", to=readers).answers()
    assert says_soon(placeholder, "Bears") == f"{BEARS}\n\nReading …"
    reader.may_answer.set()
    assert ann.telegram.wait_for(lambda: not text_now(placeholder).endswith("Reading …"))
    assert text_now(placeholder).startswith(BEARS)
    assert is_all_that_was_said(placeholder)


def test_a_progress_message_that_is_deleted_holds_no_answer_up(
    reader: FakeAnswerer, ann: Person, readers: Group
) -> None:
    reader.may_answer.clear()
    asked = ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers)
    (placeholder,) = asked.answers()
    ann.deletes(placeholder)
    reader.may_answer.set()
    _, answer = asked.answers(2)
    assert answer["text"] == BEARS


def test_what_fails_is_said_and_the_next_question_is_answered(reader: FakeAnswerer, ann: Person) -> None:
    reader.error = AppError("the disk is full")
    assert ann.says(WHO_JAM).answer()["text"] == texts.FAILED
    reader.error = None
    assert ann.says(WHO_JAM).answer()["text"] == BEARS


def test_an_answer_stays_when_the_edited_question_fails(reader: FakeAnswerer, ann: Person) -> None:
    asked = ann.says(WHO_JAM)
    answer = asked.answer()
    reader.error = AppError("the disk is full")
    ann.edits(asked, "Who reads newspapers?")
    _, failure = asked.answers(2)
    assert (text_now(answer), failure["text"]) == (BEARS, texts.FAILED)
    reader.error = None
    ann.edits(asked, "Who reads newspapers, then?")
    assert says_soon(answer, "Foxes").splitlines()[0] == "Foxes read newspapers."


def test_a_press_is_answered_while_others_are_read(
    reader: FakeAnswerer, ann: Person, ben: Person, readers: Group
) -> None:
    answer = ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers).answer()
    reader.may_answer.clear()
    asked = ben.says(WHO_JAM)
    assert "text" not in ann.presses(answer, "Context")  # at once; the message changes when it is its turn
    reader.may_answer.set()
    assert asked.answer()["text"] == BEARS
    says_soon(answer, "They eat it with a spoon.")


def test_rights_that_are_taken_away_are_gone_while_a_question_is_read(
    telegram: Telegram, reader: FakeAnswerer, ann: Person, ben: Person, readers: Group
) -> None:
    readers.sets("bot", "administrator", by=ann)
    readers.sets(ben, "administrator", by=ann)
    settings = ann.says("/settings@verbatim_bot", to=readers).answer()
    assert ben.presses(settings, data="s:q:1")["text"] == texts.SAVED
    reader.may_answer.clear()
    asked = ann.says(f"/ask@verbatim_bot {WHO_JAM}", to=readers)
    telegram.wait_for(lambda: bool(reader.asked))
    readers.sets(ben, "member", by=ann)
    assert ben.presses(settings, data="s:q:2")["text"] == texts.ADMINS_ONLY
    reader.may_answer.set()
    assert asked.answer()["text"] == BEARS
