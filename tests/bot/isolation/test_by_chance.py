"""Twenty chats with libraries of their own, by chance: none is ever shown a word of another's."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from bot.chat import texts
from tests.bot.isolation.places import all_places
from tests.bot.isolation.plan import Action, planned
from tests.bot.isolation.played import Played, foreign_reads, played
from tests.bot.isolation.shown import leaks, lines, quoted

ALL = all_places()
CHANCE = random.Random(os.environ.get("PYTEST_XDIST_TESTRUNUID"))
"""All processes that share these tests out call them by the same names."""

RUNS = [(20_220_318, 2_000), (CHANCE.randrange(10**6), 150)]
"""A seed, and so many actions: one run that is always the same, and one that never was."""

ALONE = [ALL[number] for number in (1, 7, 12, 15, 22)]
"""A private chat, a supergroup, a group that becomes one, a forum, and a private chat without a library."""


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: f"seed {run[0]}, {run[1]} actions")
def actions(request: pytest.FixtureRequest) -> list[Action]:
    """What people do."""
    seed, count = request.param
    return planned(ALL, count, seed)


@pytest.fixture(scope="module")
def whole(actions: list[Action], written: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """All of it."""
    return played(tmp_path_factory.mktemp("whole"), written, ALL, actions)


def test_no_chat_is_ever_shown_the_word_of_another(whole: Played) -> None:
    assert leaks(whole.calls, whole.chat_ids, whole.play.said()) == []
    assert whole.refused == []


def test_a_button_with_the_key_of_another_chat_shows_nothing(whole: Played) -> None:
    assert set(whole.play.forged) <= {texts.BUTTON_GONE}


def test_nothing_of_another_chat_is_read(whole: Played) -> None:
    assert whole.reads
    assert foreign_reads(whole) == []


def test_every_chat_is_shown_its_own_word(whole: Played, actions: list[Action]) -> None:
    if len(actions) >= 2_000:  # else it may not have been asked for
        for word, chat_ids in whole.chat_ids.items():
            assert word in quoted(whole.calls, chat_ids)
            assert word in lines(whole.calls, chat_ids, "— ")
            assert word in lines(whole.calls, chat_ids, r"\d+\. ")
        assert len(whole.play.forged) > 50


def test_answers_are_the_same_without_the_articles_of_the_others(
    actions: list[Action], whole: Played, written: Path, tmp_path: Path
) -> None:
    numbers = {place.number for place in ALONE}
    alone = played(tmp_path, written, ALONE, [action for action in actions if action.place in numbers])
    for number in numbers:
        assert alone.play.rooms[number].seen == whole.play.rooms[number].seen
