"""What tests of the stand-in share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from aiogram import Bot

from tests.standin.client import client
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.telegram import Telegram


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with Telegram() as server:
        yield server


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with client(telegram) as opened:
        yield opened


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    return telegram.person("Ann", username="ann_5")


@pytest.fixture
def ben(telegram: Telegram) -> Person:
    return telegram.person("Ben")


@pytest.fixture
def readers(telegram: Telegram, ann: Person, ben: Person) -> Group:
    return telegram.group("Readers", ann, ben)
