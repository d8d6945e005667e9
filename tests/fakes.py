"""Models that compute: texts that share words are near, and a passage with the question's words answers."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from index.documents import article as read
from index.documents.formats.types import Extracted
from index.documents.normalize import normalize
from index.ingest.ingest import embed_article
from index.store import SqliteLibrary
from index.text import STOP_WORDS
from index.types import Article, IndexConfiguration, Passage, Vectors
from retrieval.types import Reading

CONFIGURATION = IndexConfiguration("fake", 40)
"""What a library of these tests is made with: passages of at most 40 words."""

_EXTRACTED = {field.name for field in fields_of(Extracted)}
_NONE = np.zeros(0, dtype=np.float32)


def make_article(text: str, source: str = "a.md", **fields: Any) -> Article:
    """The article of ``text`` in normal form, called as its source is; ``fields`` say what else is known."""
    known = {name: value for name, value in fields.items() if name in _EXTRACTED}
    known.setdefault("title", PurePosixPath(source).stem)
    article = read.make_article(source, Extracted(text=normalize(text).text, **known))
    return replace(article, **{name: value for name, value in fields.items() if name not in _EXTRACTED})


def put_article(library: SqliteLibrary, article: Article) -> Article:
    """Write ``article`` into ``library``, which was made with CONFIGURATION; the article."""
    passages, vectors = embed_article(article, library.configuration.passage_tokens, FakeEmbedder())
    library.replace(article, passages, vectors)
    return article


def stems(text: str) -> list[str]:
    """The words of ``text`` without their endings, common words left out."""
    words = re.findall(r"\w+", text.casefold())
    return [re.sub(r"(?<=\w{3})(?:ing|ed|es|s)$", "", word) for word in words if word not in STOP_WORDS]


class FakeEmbedder:
    """A hashed bag of words: the cosine of two texts says how many words they share."""

    name = "fake"
    max_tokens = 512

    def __init__(self, dim: int = 256) -> None:
        self.dim = dim
        self.embedded_count = 0

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        """How many words each text has."""
        return [len(re.findall(r"\w+", text)) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in order."""
        self.embedded_count += len(texts)
        return np.array([self._embed(text) for text in texts], dtype=np.float32).reshape(-1, self.dim)

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        """Return one unit vector for each question, in order."""
        return self.embed_passages(questions)

    def _embed(self, text: str) -> Vectors:
        vector = np.zeros(self.dim, dtype=np.float32)
        for stem in stems(text) or [""]:
            vector[zlib.crc32(stem.encode("utf-8", "surrogatepass")) % self.dim] += 1
        return vector / np.linalg.norm(vector)


class FakeReader:
    """The share of the question's words that a passage has, as a logit: 6 for all, -8 for none."""

    def read(self, question: str, passages: Sequence[Passage]) -> Sequence[Reading]:
        """One reading a passage, in order."""
        return [self._reading(set(stems(question)), stems(passage.text)) for passage in passages]

    def _reading(self, asked: set[str], found: Iterable[str]) -> Reading:
        logit = 14.0 * len(asked.intersection(found)) / max(1, len(asked)) - 8.0
        return Reading(logit, logit, (), _NONE, _NONE, 0.0)
