"""What adding an article costs where there are many already, compared with an empty library."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np

from index.ingest.ingest import embed_article, ingest_one
from index.search import SqliteSearch
from index.store import SqliteLibrary
from index.types import Article, Embedder, IndexConfiguration, Passage, Vectors

AN_ARTICLE = 500  # passages of one of those that are there already
WORDS = 80  # of one of their passages


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the same additions to an empty library and to a full one, and their ratio: medians."""

    empty_s: float
    full_s: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Growing:
    """What an addition costs, by what is counted."""

    passages: int  # of the article that is added
    added: Cost  # read, split, embedded and written
    found: Cost  # until a library that was open before answers a question about it
    written: Cost  # of that only writing, and the open one's following: no model


def grow(
    place: Path,
    articles: Sequence[Article],
    passages: int,
    rounds: int,
    embedder: Embedder,
    configuration: IndexConfiguration,
) -> Growing:
    """Add each of ``rounds`` articles to a new library and to one of ``passages`` passages, in turns."""
    fill(place / "full.db", articles, passages, configuration, embedder.dim)
    vector = embedder.embed_questions(["What is it about?"])[0]
    times: dict[str, list[tuple[float, float, float]]] = {"empty": [], "full": []}
    with SqliteLibrary(place / "full.db") as full:
        search = SqliteSearch(full.path, configuration)
        search.nearest(vector, 1)
        for number in range(-1, rounds):  # the first warms up
            article = _part(articles, number)
            with SqliteLibrary(place / f"empty{number}.db", configuration) as empty:
                empty_search = SqliteSearch(empty.path, configuration)
                pair = [("empty", empty, empty_search), ("full", full, search)]
                for name, library, asked in pair if number % 2 else pair[::-1]:
                    taken = _add(library, asked, article, embedder, configuration)
                    if number >= 0:
                        times[name].append(taken)
                empty_search.close()
        search.close()
    costs = [
        Cost(
            median(in_empty),
            median(in_full),
            median(b / a for a, b in zip(in_empty, in_full, strict=True)),
        )
        for in_empty, in_full in zip(
            zip(*times["empty"], strict=True), zip(*times["full"], strict=True), strict=True
        )
    ]
    count = len(embed_article(article, configuration.passage_tokens, embedder)[0])
    return Growing(count, *costs)


def fill(
    path: Path, articles: Sequence[Article], passages: int, configuration: IndexConfiguration, dim: int
) -> None:
    """Make a library of ``passages`` passages: words of ``articles`` in another order, random vectors."""
    random = np.random.default_rng(0)
    words = np.array(sorted({word for article in articles for word in article.text.split()}), dtype=object)
    with SqliteLibrary(path, configuration) as library:
        for number in range(-(-passages // AN_ARTICLE)):
            count = min(AN_ARTICLE, passages - number * AN_ARTICLE)
            parts = [" ".join(random.choice(words, WORDS)) for _ in range(count)]
            source = f"filling {number}"
            article = replace(articles[0], id=source, source_id=source, source=source, text=" ".join(parts))
            ends = np.cumsum([len(part) + 1 for part in parts]).tolist()
            contents = [
                Passage(article.id, end - 1 - len(part), end - 1, part, article.title)
                for part, end in zip(parts, ends, strict=True)
            ]
            library.replace(article, contents, _by_chance(random, count, dim))


def _add(
    library: SqliteLibrary,
    asked: SqliteSearch,
    article: Article,
    embedder: Embedder,
    configuration: IndexConfiguration,
) -> tuple[float, float, float]:
    """Return the seconds until it is added, until ``asked`` finds it, and of both without a model."""
    vector = embedder.embed_questions([article.text[:200]])[0]
    start = time.perf_counter()
    ingest_one(article.source, lambda: article, lambda: library, configuration, lambda: embedder)
    added = time.perf_counter()
    asked.nearest(vector, 1)
    found = time.perf_counter()
    if asked.article(article.id) is None:
        raise RuntimeError(f"{article.source} is not found")
    again = replace(article, id=f"{article.id} again", source_id=f"{article.id} again")
    contents = [
        replace(passage, article_id=again.id)
        for passage in embed_article(article, configuration.passage_tokens, embedder)[0]
    ]
    vectors = _by_chance(np.random.default_rng(0), len(contents), embedder.dim)
    before = time.perf_counter()
    library.replace(again, contents, vectors)
    asked.nearest(vector, 1)
    return added - start, found - start, time.perf_counter() - before


def _part(articles: Sequence[Article], number: int) -> Article:
    """Return an article of some twenty passages that is none of the others."""
    original = articles[number % len(articles)]
    name = f"added {number}"
    return replace(original, id=name, source_id=name, source=name, text=original.text[:12_000])


def _by_chance(random: np.random.Generator, count: int, dim: int) -> Vectors:
    numbers = random.normal(size=(count, dim))
    units: Vectors = (numbers / np.linalg.norm(numbers, axis=1, keepdims=True)).astype(np.float32)
    return units
