"""A bot with real libraries and fake models, at a stand-in for Telegram, and pages for it to fetch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.config import Config
from index.search import SqliteLibraries
from retrieval.answerer import Answerer
from retrieval.settings import RetrievalSettings
from tests.bot.inside import Inside
from tests.fakes import FakeEmbedder, FakeReader
from tests.index.web import Web
from tests.standin.groups import Group
from tests.standin.persons import Person
from tests.standin.telegram import Telegram


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("adding")


@pytest.fixture(scope="module")
def telegram(folder: Path, web: Web) -> Iterator[Telegram]:
    libraries = SqliteLibraries(Config(folder, folder, {"index": {"embedder": "fake", "passage_tokens": 40}}))
    settings = RetrievalSettings.model_validate({"reader": "fake"})

    def load() -> Answerer:
        return Answerer(FakeEmbedder(), FakeReader(), settings)

    limits = {"chat_articles": 3, "chat_characters": 500, "chat_megabytes": 1}
    with (
        Telegram() as server,
        Inside(server, folder, load, libraries, fetch_hosts=[web.host], **limits),
    ):
        yield server
        assert server.refused == []


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web() as server:
        yield server


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    return telegram.person("Ann")


@pytest.fixture
def ben(telegram: Telegram) -> Person:
    return telegram.person("Ben")


@pytest.fixture
def readers(telegram: Telegram, ann: Person, ben: Person) -> Group:
    return telegram.group("Readers", ann, ben)
