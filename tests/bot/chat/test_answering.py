"""Who waits for whom: a question for the one before it, nobody for a link or a file that is slow."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from bot.chat import Answering, Progress
from retrieval.answers import citations_of
from tests.bot.fakes import FakeAnswerer, FakeLibraries, article
from tests.patience import PATIENT_S


@pytest.fixture
def answerer() -> Iterator[FakeAnswerer]:
    """Reads once it may."""
    slow = FakeAnswerer()
    yield slow
    slow.may_answer.set()


@pytest.fixture
def answering(answerer: FakeAnswerer) -> Iterator[Answering]:
    made = Answering(lambda: answerer, FakeLibraries(article()), ["main"])
    yield made
    made.close()


async def until_all_stand_in_line() -> None:
    """Let every task get as far as it can while the only reader is busy."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_link_that_hangs_holds_up_no_other_and_no_list(answering: Answering) -> None:
    may_end = threading.Event()
    hanging = asyncio.create_task(answering.in_extractor(lambda: may_end.wait(PATIENT_S)))
    async with asyncio.timeout(PATIENT_S):
        assert await answering.in_extractor(lambda: "read") == "read"
        assert [article.title for article in await answering.articles(5)] == ["Jam in the woods"]
    assert not hanging.done()
    may_end.set()
    assert await hanging


async def test_everybody_in_line_knows_how_many_are_before(
    answering: Answering, answerer: FakeAnswerer
) -> None:
    answerer.may_answer.clear()
    places = [Progress() for _ in range(3)]
    asking = [
        asyncio.create_task(answering.ask(chat, "Who likes jam?", (), place))
        for chat, place in enumerate(places)
    ]
    await until_all_stand_in_line()
    assert [place.ahead for place in places] == [0, 1, 2]
    answerer.may_answer.set()
    answers = await asyncio.gather(*asking)
    assert [citations_of(answer)[0].quote.text for answer in answers] == ["Bears like jam."] * 3
    assert [place.ahead for place in places] == [0, 0, 0]


async def test_who_asks_too_much_gives_way_to_who_asks_later(
    answering: Answering, answerer: FakeAnswerer
) -> None:
    answerer.may_answer.clear()
    first = asyncio.create_task(answering.ask(1, "Who likes jam?", (), Progress()))
    await until_all_stand_in_line()
    flooding = asyncio.create_task(answering.ask(2, "Who likes rain?", (), Progress(), gives_way=True))
    await until_all_stand_in_line()
    later = asyncio.create_task(answering.ask(3, "Who likes snow?", (), Progress()))
    await until_all_stand_in_line()
    answerer.may_answer.set()
    await asyncio.gather(first, flooding, later)
    assert answerer.asked == ["Who likes jam?", "Who likes snow?", "Who likes rain?"]


async def test_who_gives_way_does_not_wait_for_ever(
    answering: Answering, answerer: FakeAnswerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.answering.GIVES_WAY_S", 0.01)
    answerer.may_answer.clear()
    asking = [asyncio.create_task(answering.ask(1, "Who likes jam?", (), Progress()))]
    await until_all_stand_in_line()
    place = Progress()
    asking.append(asyncio.create_task(answering.summarize(2, "jam", (), place, gives_way=True)))
    async with asyncio.timeout(PATIENT_S):
        while place.ahead != 1:  # then it stands in line
            await asyncio.sleep(0.001)
    answerer.may_answer.set()
    await asyncio.gather(*asking)


async def test_a_question_waits_for_one_step_of_all_additions_and_no_more(
    answering: Answering, answerer: FakeAnswerer
) -> None:
    may_go_on = threading.Event()

    def step(name: str) -> None:
        assert may_go_on.wait(PATIENT_S)
        answerer.asked.append(name)

    adding = [
        asyncio.create_task(answering.with_embedder(lambda _, name=name: step(name)))  # type: ignore[misc]
        for name in ("first", "second", "third")
    ]
    await until_all_stand_in_line()
    place = Progress()
    asking = asyncio.create_task(answering.ask(5, "Who likes jam?", (), place))
    await until_all_stand_in_line()
    assert place.ahead == 1
    may_go_on.set()
    await asyncio.gather(*adding, asking)
    assert answerer.asked == ["first", "Who likes jam?", "second", "third"]


async def test_questions_to_suggest_are_those_that_are_answered_and_as_many_as_there_are(
    answering: Answering,
) -> None:
    assert await answering.suggest(5, article().id, 1) == ["Bears?"]
    assert len(await answering.suggest(5, article().id, 99)) == article().text.count(". ") + 1
