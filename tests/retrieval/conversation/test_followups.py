"""What hangs on the question before is understood from it; what stands alone is left alone, letter by letter.

tests/files/followups.jsonl has pairs of questions: ``understood`` is how a person would have asked the second
one alone, in one way or another; empty where no short question says it, null where the second stands alone.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.types import Embedder, Passage
from retrieval.answerer import Answerer
from retrieval.answers import citations_of, understood_of
from retrieval.conversation import EMPTY, Conversation, Turn, mean_readings
from retrieval.conversation.followups import understand
from retrieval.conversation.in_context import nearness
from retrieval.parser import Parser, load_parser
from retrieval.settings import RetrievalSettings
from tests.fakes import FakeEmbedder, FakeReader, make_article
from tests.retrieval.conftest import MakeSearch

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "files" / "followups.jsonl").read_text("utf-8").splitlines()
]
FOLLOW_UPS = [pair for pair in PAIRS if pair["understood"] is not None]
SELF_CONTAINED = [pair for pair in PAIRS if pair["understood"] is None]
NATO = make_article(
    "NATO has its headquarters in Brussels. Jens Stoltenberg led NATO.", "nato.md", title="NATO"
)


BEARS = Passage("a", 0, 15, "Bears like jam.")


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def after(*questions: str) -> Conversation:
    return Conversation(tuple(Turn(question, (), ()) for question in questions))


def test_what_hangs_is_seen_and_put_as_a_person_would(parser: Parser, embedder: Embedder) -> None:
    exact = 0
    for pair in FOLLOW_UPS:
        conversation = after(pair["before"])
        near = nearness(pair["question"], conversation, embedder)
        understood = understand(pair["question"], conversation, parser, near)
        assert understood.before == pair["before"], pair
        assert understood.is_complete or understood.text.endswith(f" ({pair['before']})")
        exact += understood.text in pair["understood"]
    known = sum(bool(pair["understood"]) for pair in FOLLOW_UPS)
    assert (len(FOLLOW_UPS), known, exact) == (162, 132, 121)


def test_what_stands_alone_is_left_alone(parser: Parser, embedder: Embedder) -> None:
    assert len(SELF_CONTAINED) == 165
    for pair in SELF_CONTAINED:
        conversation = after(pair["before"])
        near = nearness(pair["question"], conversation, embedder)
        understood = understand(pair["question"], conversation, parser, near)
        assert (understood.text, understood.before) == (pair["question"], None), pair


@pytest.mark.parametrize("pair", FOLLOW_UPS[::7], ids=lambda pair: pair["question"])
def test_the_first_of_a_conversation_is_left_alone(parser: Parser, pair: dict[str, str]) -> None:
    understood = understand(pair["question"], EMPTY, parser, 0.0)
    assert (understood.text, understood.before) == (pair["question"], None)


def test_a_person_stays_in_mind_for_longer_than_a_thing(parser: Parser) -> None:
    conversation = after("Who is Angela Merkel?", "When was the Elbphilharmonie opened?")
    assert (
        understand("When did she resign?", conversation, parser, 0.5).text == "When did Angela Merkel resign?"
    )
    conversation = after("When was the Elbphilharmonie opened?", "Who is Angela Merkel?")
    assert not understand("Who built it?", conversation, parser, 0.5).is_complete


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_whatever_was_said_before_a_question_is_understood_somehow(before: str, question: str) -> None:
    understood = understand(question, after(before), load_parser(), 0.6)
    assert understood.before in (None, before)
    assert understood.text == question or understood.before == before


def test_an_answer_says_how_its_question_was_taken(make_search: MakeSearch, parser: Parser) -> None:
    search = make_search("main", NATO)
    answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings(), parser)
    first = answerer.ask("Who led NATO?", [search])
    assert understood_of(first) is None
    answer = answerer.ask("where is its headquarters?", [search], conversation=EMPTY.followed_by(first))
    assert understood_of(answer) == "Where is NATO's headquarters?"
    assert citations_of(answer)[0].quote.text == "NATO has its headquarters in Brussels."


def test_500_turns_and_a_removed_article_change_nothing(make_search: MakeSearch, parser: Parser) -> None:
    search = make_search("main", NATO)
    answerer = Answerer(FakeEmbedder(), FakeReader(), RetrievalSettings(), parser)
    conversation = EMPTY
    for _ in range(500):
        conversation = conversation.followed_by(answerer.ask("Who led NATO?", [search]))
    empty = make_search("other", make_article("Bears like jam.", "bears.md"))
    answer = answerer.ask("where is its headquarters?", [empty], conversation=conversation)
    assert (understood_of(answer), answer.reason, citations_of(answer)) == (
        "Where is NATO's headquarters?",
        "nothing",
        (),
    )


def test_two_readings_count_alike_and_the_surer_one_says_which_words() -> None:
    (own,) = FakeReader().read("bears", [BEARS])
    (behind,) = FakeReader().read("wolves bears", [BEARS])
    (mean,) = mean_readings([[own], [behind]])
    assert mean == replace(own, relevance=(own.relevance + behind.relevance) / 2, answers=mean.answers)
    assert mean.answers == (own.answers + behind.answers) / 2
