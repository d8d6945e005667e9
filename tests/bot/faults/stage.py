"""A bot with real libraries and small models, in which anything may be let fail."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Self, cast

from bot.chat.protocols import AnswererLike
from index.config import Config
from index.protocols import Libraries
from index.search import SqliteLibraries
from index.store import SqliteLibrary
from index.store.paths import chat_library_path, library_path
from index.types import Article, IndexConfiguration
from retrieval.answerer import Answerer
from retrieval.settings import RetrievalSettings
from tests.bot.faults.leaks import EMBEDDER, READER
from tests.bot.inside import Inside
from tests.fakes import FakeEmbedder, FakeReader, make_article, put_article
from tests.standin.telegram import Telegram

CONFIGURATION = IndexConfiguration(EMBEDDER, 40)
TABLES: dict[str, dict[str, object]] = {"index": {"embedder": EMBEDDER, "passage_tokens": 40}}
BEARS = "Bears like jam. They eat it with a spoon.\n\nFoxes read newspapers."

NEVER_FAIL = {"close", "unread"}
"""Calls that ask no file and no model."""

MakeError = Callable[[], Exception]


class CountingEmbedder(FakeEmbedder):
    """Counts the passages that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded = 0

    def embed_passages(self, texts: Any) -> Any:
        """Vectors, as ever."""
        self.embedded += len(texts)
        return super().embed_passages(texts)


class Faulty:
    """Passes every call on to ``inner``; while the stage has an ``error``, raises that instead."""

    def __init__(self, stage: Stage, inner: object) -> None:
        self._stage = stage
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        if name in NEVER_FAIL or not callable(value):
            return value

        def call(*args: Any, **named: Any) -> Any:
            if self._stage.error is not None:
                raise self._stage.error()
            return value(*args, **named)

        return call


class Stage:
    """The bot, running for as long as the block; its data lies in ``folder``, bot.db in ``state``."""

    def __init__(self, folder: Path, *, state: Path | None = None, fetch_hosts: Collection[str] = ()) -> None:
        self.folder = folder
        self.state = state or folder
        self.error: MakeError | None = None
        self.embedder = CountingEmbedder()
        self.telegram = Telegram()
        with SqliteLibrary(library_path(folder, "main"), CONFIGURATION) as library:
            put_article(library, make_article(BEARS, "articles/bears.md", title="Bears"))
        libraries = SqliteLibraries(Config(folder, folder, TABLES))
        self._bot = Inside(
            self.telegram,
            self.state,
            self._load,
            cast(Libraries, Faulty(self, libraries)),
            fetch_hosts=fetch_hosts,
            chat_additions_an_hour=1000,
        )

    def _load(self) -> AnswererLike:
        settings = RetrievalSettings.model_validate({"reader": READER})
        return cast(AnswererLike, Faulty(self, Answerer(self.embedder, FakeReader(), settings)))

    def __enter__(self) -> Self:
        self.telegram.__enter__()
        try:
            self._bot.__enter__()
        except BaseException:
            self.telegram.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._bot.__exit__()
        finally:
            self.telegram.__exit__(None, None, None)
        assert self.telegram.refused == []

    def own_library(self, chat_id: int) -> Path:
        """The file of a chat's own library."""
        return chat_library_path(self.folder, chat_id)

    def puts(self, chat_id: int, article: Article) -> None:
        """Put an article into a chat's own library."""
        with SqliteLibrary(self.own_library(chat_id), CONFIGURATION) as library:
            put_article(library, article)
