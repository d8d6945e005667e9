from __future__ import annotations

from dataclasses import replace

from retrieval.answerer import Answerer
from retrieval.answers import citations_of
from retrieval.conversation import EMPTY, MAX_TURNS, Conversation
from retrieval.settings import RetrievalSettings
from tests.answers import quotes_in
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import MakeSearch

BEARS = make_article("Bears eat honey. Bears sleep in winter.", "bears.md")


def test_a_turn_keeps_what_was_asked_quoted_and_talked_about(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS)
    answer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings()).ask("Do bears eat honey?", [search])
    (turn,) = EMPTY.followed_by(answer).turns
    assert turn.question == "Do bears eat honey?"
    assert turn.citations == citations_of(answer) != ()
    assert [article.id for article in turn.articles] == [BEARS.id]
    understood = replace(quotes_in(answer), understood="Do brown bears eat honey?")
    assert EMPTY.followed_by(understood).turns[0].question == "Do brown bears eat honey?"


def test_only_the_last_turns_are_kept_and_a_greeting_is_none(make_search: MakeSearch) -> None:
    search = make_search("main", BEARS)
    answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings())
    conversation: Conversation = EMPTY
    for number in range(500):
        conversation = conversation.followed_by(answerer.ask(f"Do {number} bears eat honey?", [search]))
    greeted = conversation.followed_by(answerer.ask("hello", [search]))
    assert greeted is conversation
    kept = [turn.question for turn in conversation.turns]
    assert kept == [f"Do {number} bears eat honey?" for number in range(500 - MAX_TURNS, 500)]
