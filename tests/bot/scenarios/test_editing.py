"""When a question is edited, its answer is, too."""

from __future__ import annotations

from bot.chat import answer_texts
from tests.bot.scenarios.osterwick import (
    BOOKS,
    COST,
    HOW_MANY_BOOKS,
    ODA_LIND,
    OLD_MILL,
    WHAT_COST,
    WHAT_TICKET,
    WHERE_TO,
    WHO_WON,
)
from tests.bot.scenarios.watching import buttons_now, is_all_that_was_said, says_soon, text_now
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.telegram import Telegram


def test_an_edited_question_edits_its_answer(ann: Person) -> None:
    asked = ann.says(WHO_WON)
    answer = asked.answer()
    ann.edits(asked, WHAT_COST)
    assert says_soon(answer, "3.3 million") == COST
    assert buttons_now(answer) == ["More quotes", "Context", "Open"]
    assert is_all_that_was_said(answer)


def test_in_a_group_too(ann: Person, readers: Group) -> None:
    asked = ann.says(f"/ask@verbatim_bot {WHO_WON}", to=readers)
    answer = asked.answer()
    ann.edits(asked, f"/ask@verbatim_bot {WHERE_TO}")
    assert says_soon(answer, "old mill") == OLD_MILL
    assert is_all_that_was_said(answer)


def test_an_edit_that_changes_nothing_is_ignored(telegram: Telegram, ann: Person) -> None:
    asked = ann.says(WHO_WON)
    answer = asked.answer()
    ann.edits(asked, WHO_WON)
    ann.edits(asked, f"/ask {WHO_WON}")
    last = ann.says(WHERE_TO).answer()
    assert last["text"] == OLD_MILL
    edits = [call for call in telegram.calls if call.method == "editMessageText"]
    assert all(call.values["chat_id"] != ann.id for call in edits)
    assert text_now(answer) == ODA_LIND


def test_a_command_with_a_typo_is_answered_once_it_is_corrected(ann: Person, readers: Group) -> None:
    readers.sets("bot", "administrator", by=ann)
    asked = ann.says(f"/aks {WHO_WON}", to=readers)
    ann.edits(asked, f"/ask {WHO_WON}")
    answer = asked.answer()
    assert answer["text"] == ODA_LIND
    assert is_all_that_was_said(answer)


def test_a_mention_can_be_added(ann: Person, readers: Group) -> None:
    asked = ann.says(WHERE_TO, to=readers)
    ann.edits(asked, f"{WHERE_TO} @verbatim_bot")
    assert asked.answer()["text"] == OLD_MILL


def test_a_refused_question_can_be_rephrased(ann: Person) -> None:
    asked = ann.says(WHAT_TICKET)
    answer = asked.answer()
    assert (answer["text"], answer.buttons) == (answer_texts.CLOSE, ["Show closest"])
    ann.edits(asked, WHO_WON)
    assert says_soon(answer, "Oda Lind") == ODA_LIND
    assert buttons_now(answer) == ["Context", "Open"]


def test_a_question_edited_into_thanks_is_answered_as_thanks(ann: Person) -> None:
    asked = ann.says(WHO_WON)
    answer = asked.answer()
    ann.edits(asked, "Thanks!")
    assert says_soon(answer, "welcome") == "You're welcome!"
    assert buttons_now(answer) == []


def test_after_ten_minutes_an_answer_stays(telegram: Telegram, ann: Person) -> None:
    asked = ann.says(WHO_WON)
    answer = asked.answer()

    def pass_time() -> None:
        telegram.world.now += 601

    telegram.do(pass_time)
    ann.edits(asked, WHAT_COST)
    assert ann.says(WHERE_TO).answer()["text"] == OLD_MILL
    assert text_now(answer) == ODA_LIND


def test_an_edited_question_gets_a_new_answer_if_the_old_one_is_gone(ann: Person, readers: Group) -> None:
    asked = ann.says(f"/ask@verbatim_bot {WHO_WON}", to=readers)
    answer = asked.answer()
    ann.deletes(answer)
    ann.edits(asked, f"/ask@verbatim_bot {WHERE_TO}")
    _, again = asked.answers(2)
    assert again["text"] == OLD_MILL


def test_a_follow_up_goes_on_with_the_question_as_it_was_edited(ann: Person) -> None:
    asked = ann.says(WHO_WON)
    answer = asked.answer()
    ann.edits(asked, WHERE_TO)
    assert says_soon(answer, "old mill") == OLD_MILL
    followed = ann.says("How many books will it have room for?").answer()
    assert followed["text"] == f"{HOW_MANY_BOOKS}\n\n{BOOKS}"


def test_an_edited_follow_up_keeps_what_it_goes_on_with(ann: Person) -> None:
    ann.says(WHERE_TO).answer()
    asked = ann.says("Who moves there?")
    answer = asked.answer()
    ann.edits(asked, "How many books will it have room for?")
    assert says_soon(answer, "60,000") == f"{HOW_MANY_BOOKS}\n\n{BOOKS}"
