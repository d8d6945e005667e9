"""What is no article gets its sentence in Telegram, in place of the progress, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat import texts
from index.config import Config
from index.search import SqliteLibraries
from index.store.paths import chat_library_path
from retrieval.answerer import Answerer
from retrieval.settings import RetrievalSettings
from tests.bot.inside import Inside
from tests.fakes import FakeEmbedder, FakeReader
from tests.index.web import Web
from tests.refused import ADDRESSES, FILES, GERMAN, serve_refused
from tests.standin.persons import Person
from tests.standin.said import Said
from tests.standin.telegram import Telegram


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("refusals")


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web() as server:
        serve_refused(server)
        yield server


@pytest.fixture(scope="module")
def telegram(folder: Path, web: Web) -> Iterator[Telegram]:
    libraries = SqliteLibraries(Config(folder, folder, {"index": {"embedder": "fake", "passage_tokens": 40}}))
    settings = RetrievalSettings.model_validate({"reader": "fake"})

    def load() -> Answerer:
        return Answerer(FakeEmbedder(), FakeReader(), settings)

    with (
        Telegram() as server,
        Inside(server, folder, load, libraries, fetch_hosts=[web.host], chat_additions_an_hour=1000),
    ):
        yield server
        assert server.refused == []


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    return telegram.person("Ann")


def becomes(said: Said, sentence: str) -> None:
    """The message that told how far it was says ``sentence`` in the end."""

    def now() -> bool:
        current = said.now()
        return current is not None and current["text"] == sentence

    said.telegram.wait_for(now)


def holds_nothing(folder: Path, person: Person) -> bool:
    listed = person.says("/articles").answer()["text"]
    return listed == texts.NO_ARTICLES and not chat_library_path(folder, person.id).exists()


def test_files(folder: Path, ann: Person) -> None:
    for file in FILES:
        becomes(ann.sends_file(file.data, file.name, "application/octet-stream").answer(), file.sentence)
    assert holds_nothing(folder, ann)


def test_links(folder: Path, web: Web, ann: Person) -> None:
    for path, sentence in ADDRESSES.items():
        becomes(ann.says(web.url + path).answer(), sentence.format(web=web.url))
    assert holds_nothing(folder, ann)


def test_a_post_in_another_language(folder: Path, telegram: Telegram, ann: Person) -> None:
    post = telegram.channel("Der Wald", ann).posts(f"Neues\n\n{GERMAN}")
    sentence = next(file.sentence for file in FILES if file.name == "german.md").replace("german", "Neues")
    becomes(ann.forwards(post).answer(), sentence)
    assert holds_nothing(folder, ann)
