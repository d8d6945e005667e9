"""Following up: a question can refer to the one before it, and the answer shows how it was understood."""

from __future__ import annotations

from tests.bot.scenarios.osterwick import (
    BOOKS,
    COST,
    HONEY,
    IN_1987,
    MILL,
    ODA_LIND,
    OLD_MILL,
    WHAT_COST,
    WHAT_TICKET,
    WHERE_TO,
    WHO_WON,
    WHO_WORLD_CUP,
)
from tests.standin.groups import Group
from tests.standin.persons import Person

TAKEN_AS_BEES = "Where does Oda Lind keep Oda Lind's bees?\n\n"
TAKEN_AS_BOOKS = "How many books will the library have room for?\n\n"


def test_in_private_a_question_goes_on_with_the_last_one(ann: Person) -> None:
    assert ann.says(WHERE_TO).answer()["text"] == OLD_MILL
    answer = ann.says("How many books will it have room for?").answer()
    assert answer["text"] == TAKEN_AS_BOOKS + BOOKS
    (italic,) = [entity for entity in answer["entities"] if entity["type"] == "italic"]
    assert (italic["offset"], italic["length"]) == (0, len(TAKEN_AS_BOOKS.strip()))


def test_a_whole_question_is_taken_as_it_stands(ann: Person) -> None:
    ann.says(WHERE_TO).answer()
    assert ann.says(WHO_WON).answer()["text"] == ODA_LIND


def test_in_a_group_a_reply_to_an_answer_goes_on_with_it(ann: Person, ben: Person, readers: Group) -> None:
    answer = ann.says(f"/ask@verbatim_bot {WHO_WON}", to=readers).answer()
    further = ben.says("Where does she keep her bees?", reply_to=answer).answer()
    assert further["text"].startswith(f"{TAKEN_AS_BEES}The prize for the best honey went to Oda Lind")


def test_in_a_group_a_question_without_a_reply_begins_anew(ann: Person, readers: Group) -> None:
    ann.says(f"/ask@verbatim_bot {WHERE_TO}", to=readers).answer()
    answer = ann.says("/ask@verbatim_bot why?", to=readers).answer()
    assert answer["text"] == "I can't tell what “Why?” refers to. Please ask a full question."


def test_two_discussions_do_not_mix(ann: Person, ben: Person, readers: Group) -> None:
    of_ann = ann.says(f"/ask@verbatim_bot {WHERE_TO}", to=readers).answer()
    of_ben = ben.says(f"/ask@verbatim_bot {WHO_WON}", to=readers).answer()
    assert (
        ann.says("How many books will it have room for?", reply_to=of_ann).answer()["text"]
        == TAKEN_AS_BOOKS + BOOKS
    )
    assert (
        ben.says("Where does she keep her bees?", reply_to=of_ben)
        .answer()["text"]
        .startswith(f"{TAKEN_AS_BEES}The prize for the best honey went to Oda Lind")
    )


def test_in_a_topic_a_question_goes_on_with_the_last_one_there(
    ann: Person, ben: Person, forum: Group
) -> None:
    news, chat = forum.opens_topic("News", by=ann), forum.opens_topic("Chat", by=ann)
    ann.says(f"/ask@verbatim_bot {WHERE_TO}", to=forum, topic=news).answer()
    ben.says(f"/ask@verbatim_bot {WHO_WON}", to=forum, topic=chat).answer()
    follow_up = "/ask@verbatim_bot How many books will it have room for?"
    assert ann.says(follow_up, to=forum, topic=news).answer()["text"] == TAKEN_AS_BOOKS + BOOKS


def test_a_follow_up_to_an_older_answer_is_a_reply_to_it(ann: Person) -> None:
    answer = ann.says(WHERE_TO).answer()
    ann.says(WHO_WON).answer()
    again = ann.says("How many books will it have room for?", reply_to=answer).answer()
    assert again["text"] == TAKEN_AS_BOOKS + BOOKS


def test_a_selected_part_of_an_answer_is_what_is_asked_about(ann: Person) -> None:
    answer = ann.says("What did Tom Aske say?").answer()
    selected = "He starts as a gardener at the botanical garden in July."
    further = ann.says("Where does he start as a gardener?", reply_to=answer, quote=selected).answer()
    understood, _, quote = further["text"].partition("\n\n")
    assert understood == "Where does Tom Aske start as a gardener?"
    assert selected in quote


def test_a_refusal_may_be_followed_by_a_better_question(ann: Person) -> None:
    ann.says(WHAT_TICKET).answer()
    answer = ann.says("and how many visitors were there?").answer()
    understood, _, quote = answer["text"].partition("\n\n")
    assert understood == f"And how many visitors were there? ({WHAT_TICKET})"
    assert quote.startswith("The honey festival in Osterwick had 9,000 visitors this weekend")


def test_a_refusal_does_not_change_how_the_next_full_question_is_understood(ann: Person) -> None:
    ann.says(WHO_WORLD_CUP).answer()
    assert ann.says(WHO_WON).answer()["text"] == ODA_LIND


def test_after_a_summary_its_article_is_meant(ann: Person) -> None:
    summary = ann.says("/summary honey").answer()
    assert summary["text"].startswith(f"{HONEY}, Linne Valley News, 25 August 2025\n\n")
    assert ann.says("When was it founded?").answer()["text"].endswith(IN_1987)


def test_you_can_ask_who_wrote_the_article_of_a_quote(ann: Person) -> None:
    ann.says(WHERE_TO).answer()
    assert ann.says("Who wrote it?").answer()["text"] == (
        f"{MILL}, Linne Valley News, 10 November 2025\n\n"
        "It was written by Jonas Reth and published in Linne Valley News on 10 November 2025."
    )


def test_what_an_article_does_not_say_about_itself_is_said(ann: Person) -> None:
    ann.says(WHO_WON).answer()
    assert ann.says("Who wrote it?").answer()["text"] == (
        f"{HONEY}, Linne Valley News, 25 August 2025\n\nThe article doesn't say who wrote it."
    )


def test_thanks_in_between_do_not_break_the_thread(ann: Person) -> None:
    assert ann.says(WHERE_TO).answer()["text"] == OLD_MILL
    assert ann.says("Thanks!").answer()["text"] == "You're welcome!"
    answer = ann.says("How many books will it have room for?").answer()
    assert answer["text"] == TAKEN_AS_BOOKS + BOOKS


def test_a_conversation_may_have_many_turns(ann: Person, ben: Person, readers: Group) -> None:
    first = ann.says(f"@verbatim_bot {WHERE_TO}", to=readers).answer()
    second = ben.says("How many books will it have room for?", reply_to=first).answer()
    assert second["text"] == TAKEN_AS_BOOKS + BOOKS
    third = ann.says(WHAT_COST, reply_to=second).answer()
    assert third["text"] == COST
    fourth = ben.says("Who wrote it?", reply_to=third).answer()
    assert fourth["text"].endswith(
        "It was written by Mara Feld and published in The Osterwick Courier on 15 June 2026."
    )
