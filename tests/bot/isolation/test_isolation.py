"""Twenty chats with libraries of their own, by chance: none is ever shown a word of another's."""

from __future__ import annotations

import random

import pytest

from bot import texts
from tests.bot.isolation.places import all_places
from tests.bot.isolation.plan import planned
from tests.bot.isolation.played import Played, played
from tests.bot.isolation.shown import leaks, quoted

ALL = all_places()
RUNS = [(20_220_318, 2_000), (random.randrange(10**6), 150)]
ALONE = (1, 7, 12, 15, 22)
"""A private chat, a supergroup, a group that becomes one, a forum, and a private chat without a library."""


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: f"seed {run[0]}, {run[1]} actions")
def run(request: pytest.FixtureRequest) -> tuple[int, int]:
    """A seed, and how many actions."""
    seed, count = request.param
    return seed, count


@pytest.fixture(scope="module")
def whole(run: tuple[int, int], tmp_path_factory: pytest.TempPathFactory) -> Played:
    """All of it."""
    seed, count = run
    return played(tmp_path_factory.mktemp("whole"), planned(ALL, count, seed), ALL)


def test_no_chat_is_ever_shown_the_word_of_another(whole: Played) -> None:
    assert leaks(whole.calls, whole.chat_ids(), whole.play.said()) == []
    assert whole.refused == []
    assert whole.play.forged == [texts.BUTTON_GONE] * len(whole.play.forged)
