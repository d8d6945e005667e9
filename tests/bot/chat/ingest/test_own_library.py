"""A chat's own library while an article is added: how often it is opened, and when it is made; real files."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat import Answering, Capacity, IngestService
from bot.errors import QuotaError
from bot.settings import BotSettings
from bot.store import Addition, Additions, Database
from index.errors import StaleLibraryError
from index.files import sqlite
from index.search import SqliteLibraries
from index.store import SqliteLibrary
from index.store.paths import chat_library_path
from index.types import Article, IndexConfiguration
from tests.bot.on_disk import answerer, config_of
from tests.fakes import CONFIGURATION, make_article, put_article

CHAT, OTHER_CHAT, PERSON = 5, 6, 7
OWLS, FOXES = make_article("Owls sleep by day.", "owls.md"), make_article("Foxes read.", "foxes.md")


class Chat:
    """A chat to which articles are added, as the bot does it."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        config = config_of(folder)
        self.own = chat_library_path(config.data_dir, CHAT)
        self.others = chat_library_path(config.data_dir, OTHER_CHAT)
        self._database = Database(config.data_dir / "bot.db")
        self.additions = Additions(self._database)
        self._answering = Answering(answerer, SqliteLibraries(config), ["main"])
        capacity = Capacity(
            self._answering.libraries, self.additions, BotSettings(free_megabytes=0, **settings)
        )
        self.ingest = IngestService(self._answering, capacity)

    async def adds(self, article: Article, meanwhile: Callable[[], None] = lambda: None) -> str:
        """Add an article; return what was done. Do something ``meanwhile``, once it is embedded."""

        def tell(stage: str, share: float) -> None:
            if (stage, share) == ("embed", 1.0):
                meanwhile()

        await self.ingest.check_before(CHAT, PERSON, article.source, 0)
        return (await self.ingest.add(CHAT, PERSON, lambda: article, tell)).did

    def close(self) -> None:
        """Let go of all files."""
        self._answering.close()
        self._database.close()


@pytest.fixture
def chat(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Chat]:
    made = Chat(tmp_path, **getattr(request, "param", {}))
    yield made
    made.close()


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> Counter[Path]:
    """How often SQLite opened each file."""
    counted: Counter[Path] = Counter()
    connect = sqlite.connect

    def counting(path: Path) -> sqlite3.Connection:
        counted[path] += 1
        return connect(path)

    monkeypatch.setattr(sqlite, "connect", counting)
    return counted


async def test_an_addition_opens_its_library_three_times(chat: Chat, openings: Counter[Path]) -> None:
    async def adding(article: Article) -> tuple[str, int]:
        openings.clear()
        return await chat.adds(article), openings[chat.own]

    assert await adding(OWLS) == ("added", 2)  # to write it, and to keep the library open for questions
    # Before it is fetched, once it is read, and to write it; all chats' articles are counted, which opens
    # what has changed since they last were.
    assert await adding(FOXES) == ("added", 3 + 1)
    assert await adding(FOXES) == ("unchanged", 2 + 1)
    assert await adding(make_article("Foxes read much.", "foxes.md")) == ("replaced", 3)


@pytest.mark.parametrize("chat", [{"chat_articles": 1}], indirect=True)
async def test_what_came_in_while_it_was_embedded_counts(chat: Chat) -> None:
    def another() -> None:
        with SqliteLibrary(chat.own, CONFIGURATION) as library:
            put_article(library, FOXES)

    with pytest.raises(QuotaError, match="This chat already has 1 articles"):
        await chat.adds(OWLS, another)
    with SqliteLibrary(chat.own) as library:
        assert [info.id for info in library.articles()] == [FOXES.id]
    assert chat.additions.of(PERSON) == []


@pytest.mark.parametrize("chat", [{"chat_characters": 5}], indirect=True)
async def test_no_library_is_made_for_what_is_too_long(chat: Chat) -> None:
    with pytest.raises(QuotaError, match="This article has 18 characters"):
        await chat.adds(OWLS)
    assert not chat.own.exists()


@pytest.mark.parametrize("chat", [{"person_articles": 1}], indirect=True)
async def test_no_library_is_made_where_there_is_no_room_any_more(chat: Chat) -> None:
    def another_elsewhere() -> None:
        with SqliteLibrary(chat.others, CONFIGURATION) as library:
            put_article(library, FOXES)
        with chat.additions.counting(Addition(OTHER_CHAT, FOXES.source_id, PERSON, 11, 66, 0.0)):
            pass

    with pytest.raises(QuotaError, match="You've reached the limit of 1 articles"):
        await chat.adds(OWLS, another_elsewhere)
    assert not chat.own.exists()
    assert chat.additions.of(PERSON) == [(OTHER_CHAT, FOXES.source_id)]


async def test_a_library_of_another_model_is_noticed_before_it_is_written_and_before_anything_is_embedded(
    chat: Chat,
) -> None:
    embedded: list[Article] = []

    def another_model() -> None:
        embedded.append(OWLS)
        SqliteLibrary(chat.own, IndexConfiguration("e5", 40)).close()

    for _ in range(2):
        with pytest.raises(StaleLibraryError, match=r"5\.db was made with e5 and passages of 40 tokens"):
            await chat.adds(OWLS, another_model)
    assert embedded == [OWLS]
    with SqliteLibrary(chat.own) as library:
        assert library.articles() == []
    assert chat.additions.of(PERSON) == []
