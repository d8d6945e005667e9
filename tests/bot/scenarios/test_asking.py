"""Asking in private: every message is a question, and the answer is a quote with its source."""

from __future__ import annotations

from typing import Any

from bot.chat import answer_texts, texts
from tests.bot.scenarios.osterwick import (
    BOOKS,
    COST,
    DELAYED,
    HONEY,
    HOW_MANY_BOOKS,
    IN_1987,
    MILL,
    ODA_LIND,
    OF_HONEY,
    OF_PLANS,
    OLD_MILL,
    OPENED,
    PLANS,
    WHAT_TICKET,
    WHEN_FOUNDED,
    WHERE_TO,
    WHO_WON,
    WHO_WORLD_CUP,
)
from tests.bot.scenarios.watching import says_soon
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram


def test_the_answer_is_a_quote_with_its_source(ann: Person) -> None:
    answer = ann.says(WHO_WON).answer()
    assert answer["text"] == ODA_LIND
    assert answer.buttons == ["Context", "Open"]


def test_the_source_opens_at_the_words(ann: Person, ben: Person) -> None:
    answer = ann.says(HOW_MANY_BOOKS).answer()
    assert answer["text"] == BOOKS
    assert marked(answer, "text_link") == []  # this article has no address
    answer = ben.says(WHO_WON).answer()
    ((title, link),) = marked(answer, "text_link")
    assert title == HONEY
    assert link is not None
    assert link.startswith("https://valley.example/news/honey-festival#:~:text=")
    assert marked(answer, "blockquote") == [(ODA_LIND.partition("\n")[0], None)]


def test_who_said_it_stands_before_the_title(ann: Person) -> None:
    answer = ann.says("Who said that the bridge will be the end of the ferry?").answer()
    assert answer["text"] == (
        "“The bridge will be the end of the ferry, and nobody has asked the people who work on it,” "
        "said ferryman Tom Aske.\n"
        f"— Tom Aske (ferryman), in “{OF_PLANS.removeprefix('— ').replace(PLANS, PLANS + '”')} · ¶ 4"
    )


def test_you_can_ask_what_one_person_said(ann: Person) -> None:
    answer = ann.says("What did Ingrid Sol say?").answer()
    quotes = answer["text"].split("\n\n")
    assert quotes[0].startswith("“We have talked about this bridge for thirty years, and now we build it,”")
    assert [quote.rpartition("\n")[2].split(",")[0] for quote in quotes] == [
        "— Ingrid Sol (mayor)",
        "— Ingrid Sol (Mayor)",
    ]


def test_several_articles_can_answer(ann: Person) -> None:
    answer = ann.says("How much does the footbridge cost?").answer()
    words = [quote.split("\n")[0] for quote in answer["text"].split("\n\n")]
    assert "The footbridge will cost 2.4 million crowns." in words
    assert COST.split("\n")[0] in words
    assert any(quote.startswith("The delay makes the footbridge more expensive:") for quote in words)


def test_several_questions_at_once_are_answered_in_turn(ann: Person) -> None:
    answer = ann.says(f"{WHO_WON} {WHERE_TO} {WHEN_FOUNDED}").answer()
    assert answer["text"] == f"{ODA_LIND}\n\n{OLD_MILL}\n\n{IN_1987}"


def test_when_no_article_is_about_it_the_bot_says_so(ann: Person) -> None:
    answer = ann.says(WHO_WORLD_CUP).answer()
    assert answer["text"] == (
        "I found nothing about that in these articles. Use /articles to see what you can ask about."
    )
    assert answer.buttons == []


def test_when_an_article_comes_close_without_an_answer_the_bot_says_so(ann: Person) -> None:
    answer = ann.says(WHAT_TICKET).answer()
    assert answer["text"] == (
        "I found an article on this, but it doesn't answer your question. Try rephrasing it."
    )
    assert answer.buttons == ["Show closest"]


def test_in_reply_to_another_language_the_bot_says_which_ones_work(ann: Person) -> None:
    for question in ("Wie viel kostet die Brücke?", "Сколько стоит мост?"):
        answer = ann.says(question).answer()
        assert answer["text"] == "I can't search in this language. Please ask in English."


def test_greetings_and_thanks_are_returned(ann: Person, ben: Person) -> None:
    answer = ann.says("Hello!").answer()
    assert answer["text"] == f"Hello! {texts.HOW_IN_PRIVATE}"
    assert ann.says("thanks a lot").answer()["text"] == "You're welcome!"
    assert ben.says("bye").answer()["text"] == "Goodbye!"


def test_it_says_who_it_is_and_how_to_ask(ann: Person, ben: Person) -> None:
    assert ann.says("/start").answer()["text"] == f"{answer_texts.START}\n\n{texts.HOW_IN_PRIVATE}"
    assert ann.says("Who are you?").answer()["text"] == f"{answer_texts.START}\n\n{texts.HOW_IN_PRIVATE}"
    assert ben.says("/ask").answer()["text"] == texts.HOW_IN_PRIVATE


def test_there_is_help_in_private_and_in_a_group(ann: Person, readers: Group) -> None:
    assert ann.says("/help").answer()["text"] == f"{answer_texts.START}\n\n{texts.HOW_IN_PRIVATE}"
    answer = ann.says("/help@verbatim_bot", to=readers).answer()
    start, how, commands = answer["text"].split("\n\n")
    assert start == answer_texts.START
    assert how == (
        "To ask me something, write /ask and your question, mention @verbatim_bot, or reply "
        "to one of my messages."
    )
    assert commands.startswith("/articles: what you can ask about\n/summary + words from a title: ")


def test_an_unknown_command_gets_pointed_to_the_help(ann: Person) -> None:
    answer = ann.says("/weather in Osterwick").answer()
    assert answer["text"] == "I don't know that command. Just type your question, or see /help."


def test_what_is_not_a_question_gets_told_how_to_ask(ann: Person) -> None:
    assert ann.says("???").answer()["text"] == "Please write your question in words."
    answer = ann.says("why?").answer()
    assert answer["text"] == "I can't tell what “Why?” refers to. Please ask a full question."


def test_a_text_too_long_for_a_question_is_offered_to_be_saved(ann: Person) -> None:
    offer = ann.says("bridge " * 200).answer()
    assert (offer["text"], offer.buttons) == (
        "Save this message as an article? Everyone here can then get quotes from it. The sender's name isn't "
        "stored.",
        ["Save", "Don't save"],
    )
    ann.presses(offer, "Don't save")
    assert says_soon(offer, "Not saved.") == "Not saved."


def test_in_reply_to_a_photo_the_bot_says_that_it_reads_only_text(telegram: Telegram, ann: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}]
    first = ann.says(photo=photo, media_group_id="album")
    ann.says(photo=photo, media_group_id="album")
    assert first.answer()["text"] == "I can only read text. Please type your question."
    ann.says(WHO_WON).answer()
    assert [message["text"] for message in telegram.sent(ann.id)] == [texts.MEDIA, ODA_LIND]


def test_a_command_for_another_bot_is_left_alone(telegram: Telegram, ann: Person) -> None:
    ann.says(f"/ask@other_bot {WHO_WON}")
    assert ann.says(f"/ask {WHO_WON}").answer()["text"] == ODA_LIND
    assert len(telegram.sent(ann.id)) == 1


def test_a_question_in_few_words_is_enough(ann: Person) -> None:
    assert OF_HONEY in ann.says("honey").answer()["text"]


def test_you_can_ask_who_wrote_an_article(ann: Person) -> None:
    answer = ann.says("Who wrote the article about the library?").answer()
    assert answer["text"] == (
        f"{MILL}, Linne Valley News, 10 November 2025\n\n"
        "It was written by Jonas Reth and published in Linne Valley News on 10 November 2025."
    )


def test_you_can_ask_what_an_article_is_about(ann: Person) -> None:
    answer = ann.says("What is the article about honey about?").answer()
    first, *points, named = answer["text"].split("\n\n")
    assert first == f"{HONEY}, Linne Valley News, 25 August 2025"
    prize = ODA_LIND.partition("\n")[0]
    assert f"{prize}\n— ¶ 2" in points
    assert named == "People: Oda Lind."


def test_you_can_ask_for_the_articles_about_something(ann: Person, ben: Person) -> None:
    assert ann.says("Which articles do you have about the footbridge?").answer()["text"] == (
        "Articles about the footbridge:\n"
        f"• {OPENED}, The Osterwick Courier, 15 June 2026\n"
        f"• {DELAYED}, Linne Valley News, 16 September 2024\n"
        f"• {PLANS}, The Osterwick Courier, 4 March 2024"
    )
    answer = ben.says("Which articles do you have about dragons?").answer()
    assert answer["text"] == "I have no articles about dragons. Use /articles to see what you can ask about."


def marked(said: Said, type: str) -> list[tuple[str, Any]]:
    """What is marked so in a message, and where a link leads."""
    raw = said["text"].encode("utf-16-le")
    return [
        (
            raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"),
            entity.get("url"),
        )
        for entity in said["entities"]
        if entity["type"] == type
    ]
