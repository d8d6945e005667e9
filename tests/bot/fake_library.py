"""A chat's own library, open for reading and writing, that is kept in memory."""

from __future__ import annotations

from typing import Self

from index.types import Article, IndexConfiguration, Passage, Stats, Vectors
from tests.fakes import CONFIGURATION


class FakeLibrary:
    """``contents`` are its articles, and change with it."""

    configuration = CONFIGURATION

    def __init__(self, contents: list[Article]) -> None:
        self._contents = contents

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def check_configuration(self, configuration: IndexConfiguration) -> None:
        """They always fit."""

    def articles(self) -> list[Article]:
        """What is in it."""
        return [*self._contents]

    def current_version(self, source_id: str) -> Article | None:
        """What came from this source."""
        return next((article for article in self._contents if article.source_id == source_id), None)

    def is_current(self, article_id: str) -> bool:
        """Whether it is there."""
        return any(article.id == article_id for article in self._contents)

    def stats(self) -> Stats:
        """How much there is."""
        characters = sum(len(article.text) for article in self._contents)
        return Stats(len(self._contents), 0, 0, characters, 0, characters, characters, self.configuration)

    def replace(self, article: Article, passages: list[Passage], vectors: Vectors) -> bool:
        """In the place of what came from the same source."""
        assert len(passages) == len(vectors)
        kept = [other for other in self._contents if other.source_id != article.source_id]
        did_replace = len(kept) < len(self._contents)
        self._contents[:] = [*kept, article]
        return did_replace
