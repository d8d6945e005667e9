"""A library while one question is answered: an article that was loaded by its id is not loaded again."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from index.protocols import Search
from index.text import Signature
from index.types import Article, ArticleInfo, Hit, Passage, Vectors


class Snapshot:
    """Asks a Search, and remembers the articles that it gave. For one thread, and one question."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._articles: dict[str, Article | None] = {}
        self._current: dict[str, Article | None] = {}

    @property
    def name(self) -> str:
        """What the library is called."""
        return self._search.name

    def nearest(self, vector: Vectors, k: int, articles: Collection[str] | None = None) -> list[Hit]:
        """Return the ``k`` passages nearest in meaning, best first; see ``Search``."""
        return self._search.nearest(vector, k, articles)

    def matching(self, question: str, k: int, articles: Collection[str] | None = None) -> list[Hit]:
        """Return the ``k`` passages that share most with the words of ``question``; see ``Search``."""
        return self._search.matching(question, k, articles)

    def article(self, article_id: str) -> Article | None:
        """Return the version of this id; None where it had been removed when it was first asked for."""
        if article_id not in self._articles:
            self._articles[article_id] = self._search.article(article_id)
        return self._articles[article_id]

    def current_version(self, source_id: str) -> Article | None:
        """Return the newest version of a source; None where it had been removed when first asked for."""
        if source_id not in self._current:
            found = self._search.current_version(source_id)
            self._current[source_id] = found
            if found is not None:
                self._articles.setdefault(found.id, found)
        return self._current[source_id]

    def passages(self, article: Article) -> tuple[list[Passage], Vectors]:
        """Return the passages of ``article`` and their vectors; see ``Search``."""
        return self._search.passages(article)

    def signatures(self, article_ids: Collection[str]) -> dict[str, Signature]:
        """Return the MinHash signatures of these articles, by id; see ``Search``."""
        return self._search.signatures(article_ids)

    def near_duplicates_of(self, signature: Signature) -> list[ArticleInfo]:
        """List the current articles that say nearly what one with this signature does; see ``Search``."""
        return self._search.near_duplicates_of(signature)

    def articles(self) -> list[ArticleInfo]:
        """List the current version of every article; see ``Search``."""
        return self._search.articles()


def snapshots(searches: Sequence[Search]) -> list[Search]:
    """Return a Snapshot of each of ``searches``; one that is a Snapshot already goes on as it is."""
    return [search if isinstance(search, Snapshot) else Snapshot(search) for search in searches]
