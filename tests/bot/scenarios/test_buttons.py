"""The buttons under an answer show more quotes, fewer quotes, or the text around them."""

from __future__ import annotations

from bot.chat import answer_texts
from tests.bot.scenarios.osterwick import (
    COST,
    ODA_LIND,
    OLD_MILL,
    WHAT_COST,
    WHAT_TICKET,
    WHERE_TO,
    WHO_WON,
    WHO_WORLD_CUP,
)
from tests.bot.scenarios.watching import buttons_now, is_all_that_was_said, says_soon, text_now
from tests.standin.groups import Group
from tests.standin.persons import Person

BEFORE_THAT = "it will cost 3.1 million crowns instead of 2.4 million."


def test_more_quotes_and_fewer_again(ann: Person) -> None:
    answer = ann.says(WHAT_COST).answer()
    assert answer["text"] == COST
    assert answer.buttons == ["More quotes", "Context", "Open"]
    ann.presses(answer, "More quotes")
    assert says_soon(answer, BEFORE_THAT).startswith(f"{COST}\n\n")
    assert buttons_now(answer) == ["Fewer quotes", "Context", "Open"]
    ann.presses(answer, "Fewer quotes")
    assert ann.telegram.wait_for(lambda: text_now(answer) == COST)
    assert buttons_now(answer) == ["More quotes", "Context", "Open"]


def test_context_is_what_stands_around_the_quote(ann: Person) -> None:
    answer = ann.says(WHO_WON).answer()
    assert answer["text"] == ODA_LIND
    ann.presses(answer, "Context")
    around = says_soon(answer, "9,000 visitors", "every year on the last weekend of August.")
    assert ODA_LIND.partition("\n")[0] in around
    assert buttons_now(answer) == ["Quotes only", "Open"]
    ann.presses(answer, "Quotes only")
    assert ann.telegram.wait_for(lambda: text_now(answer) == ODA_LIND)


def test_more_quotes_and_context_go_together(ann: Person) -> None:
    answer = ann.says(WHAT_COST).answer()
    ann.presses(answer, "More quotes")
    says_soon(answer, BEFORE_THAT)
    ann.presses(answer, "Context")
    says_soon(answer, BEFORE_THAT, "The town paid 2.1 million crowns of that.", "soft clay")
    assert buttons_now(answer) == ["Fewer quotes", "Quotes only", "Open"]


def test_open_leads_to_the_words_in_the_article(ann: Person) -> None:
    answer = ann.says(WHO_WON).answer()
    ((_, open_it),) = answer["reply_markup"]["inline_keyboard"]
    assert open_it["text"] == "Open"
    assert open_it["url"].startswith("https://valley.example/news/honey-festival#:~:text=")
    assert ann.says(WHERE_TO).answer().buttons == ["Context"]  # that article has no address


def test_under_a_refusal_the_closest_passage_can_be_shown(ann: Person) -> None:
    answer = ann.says(WHAT_TICKET).answer()
    assert (answer["text"], answer.buttons) == (answer_texts.CLOSE, ["Show closest"])
    ann.presses(answer, "Show closest")
    nearest = says_soon(answer, "Honey festival draws beekeepers from three countries")
    assert nearest.startswith(
        "I found an article on this, but it doesn't answer your question. Try rephrasing "
        "it.\n\nClosest passage (not an answer):\n\n"
    )
    assert buttons_now(answer) == ["Hide", "Context", "Open"]
    ann.presses(answer, "Hide")
    assert ann.telegram.wait_for(lambda: text_now(answer) == answer_texts.CLOSE)
    assert buttons_now(answer) == ["Show closest"]


def test_where_there_is_no_more_there_is_no_button(ann: Person, ben: Person) -> None:
    assert ann.says(WHO_WORLD_CUP).answer().buttons == []
    assert ann.says("Who wrote the article about the library?").answer().buttons == []
    assert ben.says("/summary honey").answer().buttons == []
    assert ben.says("thanks").answer().buttons == []


def test_everyone_in_a_group_can_press_the_buttons(ann: Person, ben: Person, readers: Group) -> None:
    answer = ann.says(f"/ask@verbatim_bot {WHAT_COST}", to=readers).answer()
    assert "text" not in ben.presses(answer, "More quotes")
    says_soon(answer, COST, BEFORE_THAT)
    assert is_all_that_was_said(answer)


def test_an_old_answer_has_working_buttons(ann: Person, ben: Person, readers: Group) -> None:
    old = ann.says(f"/ask@verbatim_bot {WHAT_COST}", to=readers).answer()
    last = ben.says(f"/ask@verbatim_bot {WHO_WON}", to=readers).answer()
    further = ben.says(WHERE_TO, reply_to=last).answer()
    ann.presses(old, "More quotes")
    says_soon(old, COST, BEFORE_THAT)
    assert (text_now(last), text_now(further)) == (ODA_LIND, OLD_MILL)


def test_a_follow_up_to_further_quotes_goes_on_with_the_answer(ann: Person) -> None:
    answer = ann.says(WHAT_COST).answer()
    ann.presses(answer, "More quotes")
    says_soon(answer, BEFORE_THAT)
    followed = ann.says("Who wrote it?", reply_to=answer).answer()
    assert followed["text"].endswith(
        "It was written by Mara Feld and published in The Osterwick Courier on 15 June 2026."
    )


def test_a_forged_button_shows_nothing(ann: Person, ben: Person, readers: Group) -> None:
    answer = ann.says(f"/ask@verbatim_bot {WHAT_COST}", to=readers).answer()
    before = text_now(answer)
    for data in ("a:AAAAAAAAAAAAAAAA:f", "a:short:f", "a::", "p:x", "anything"):
        said = ben.presses(answer, data=data)
        assert (said["text"], said["show_alert"]) == (
            "This button no longer works. Please send your question or command again.",
            True,
        )
    assert text_now(answer) == before


def test_the_button_of_one_chat_shows_nothing_in_another(ann: Person, ben: Person, readers: Group) -> None:
    secret = ann.says(WHAT_COST).answer()
    ((more, *_),) = secret["reply_markup"]["inline_keyboard"]
    other = ben.says(f"/ask@verbatim_bot {WHO_WON}", to=readers).answer()
    said = ben.presses(other, data=more["callback_data"])
    assert (said["text"], said["show_alert"]) == (
        "This button no longer works. Please send your question or command again.",
        True,
    )
    assert text_now(other) == ODA_LIND
