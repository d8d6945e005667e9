"""A library that is kept in memory: another store than ours, behind the same Protocol."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from index.ingest.ingest import embed_article
from index.text import Signature, signature_of, words_to_search
from index.text.minhash import likest, to_bytes
from index.types import Article, ArticleInfo, Hit, Passage, Vectors
from tests.fakes import CONFIGURATION, FakeEmbedder, stems


class MemorySearch:
    """Finds passages by walking through all of them."""

    def __init__(self, name: str, articles: Iterable[Article]) -> None:
        self.name = name
        self._articles = {article.id: article for article in articles}
        self._passages = {
            article.id: embed_article(article, CONFIGURATION.passage_tokens, FakeEmbedder())
            for article in self._articles.values()
        }

    def nearest(self, vector: Vectors, k: int, articles: Collection[str] | None = None) -> list[Hit]:
        """Return the passages of the highest cosine."""
        return _best(
            [
                Hit(passage, float(own @ vector))
                for article_id in self._among(articles)
                for passage, own in zip(*self._passages[article_id], strict=True)
            ],
            k,
        )

    def matching(self, question: str, k: int, articles: Collection[str] | None = None) -> list[Hit]:
        """Return the passages that have most words of the question; their score is how many."""
        asked = set(stems(" ".join(words_to_search(question))))
        hits = [
            Hit(passage, float(len(asked.intersection(stems(f"{passage.context} {passage.text}")))))
            for article_id in self._among(articles)
            for passage in self._passages[article_id][0]
        ]
        return _best([hit for hit in hits if hit.score], k)

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id."""
        return self._articles.get(article_id)

    def current_version(self, source_id: str) -> Article | None:
        """Return the article of this source: there are no earlier versions."""
        found = (article for article in self._articles.values() if article.source_id == source_id)
        return next(found, None)

    def passages(self, article: Article) -> tuple[list[Passage], Vectors]:
        """Return the passages of an article and their vectors."""
        return self._passages.get(article.id, ([], np.zeros((0, 0), np.float32)))

    def signatures(self, article_ids: Collection[str]) -> dict[str, Signature]:
        """Return the signatures of these articles, made anew."""
        return {id_: signature_of(self._articles[id_].text) for id_ in article_ids if id_ in self._articles}

    def near_duplicates_of(self, signature: Signature) -> list[ArticleInfo]:
        """List the articles that say nearly what one with this signature does."""
        articles = [*self._articles.values()]
        kept = [to_bytes(signature_of(article.text)) for article in articles]
        return [articles[place] for place in likest(signature, kept)]

    def articles(self) -> list[ArticleInfo]:
        """List the articles by title."""
        return sorted(self._articles.values(), key=lambda article: article.title)

    def _among(self, articles: Collection[str] | None) -> list[str]:
        return [article_id for article_id in self._articles if articles is None or article_id in articles]


def _best(hits: Iterable[Hit], k: int) -> list[Hit]:
    return sorted(hits, key=lambda hit: -hit.score)[:k]
