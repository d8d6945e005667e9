"""Articles, and an answerer that computes: a sentence answers when it shares a word with the question."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from index.errors import ArticleMissingError, LibraryMissingError
from index.types import Article, ArticleInfo, Passage
from retrieval.conversation import EMPTY, Conversation
from retrieval.types import Answer, Citation, QuestionError, Quote

TEXT = (
    "Bears like jam. They eat it with a spoon.\n\n"
    "“Honey 🦔 is better,” said the badger. Nobody asked him.\n\n"
    "Foxes read newspapers."
)


def article(text: str = TEXT, **fields: Any) -> Article:
    """An article with a title and what ``fields`` say."""
    known = {
        "id": "a1",
        "source_id": "s1",
        "source": "articles/jam.md",
        "added": datetime(2022, 3, 18, tzinfo=UTC),
        "title": "Jam in the woods",
        "publisher": "The Forest",
        "published": date(2022, 3, 18),
    }
    return Article(**{**known, **fields}, text=text)


def citation(
    quoted: str, best: str | None = None, *, of: Article | None = None, number: int = 1, **fields: Any
) -> Citation:
    """A citation of the words ``quoted``, of which ``best`` is the best sentence."""
    of = of or article()
    start = of.text.index(quoted)
    end = start + len(quoted)
    marked = start + quoted.index(best) if best else start
    passage = Passage(of.id, 0, len(of.text), of.text)
    quote = Quote(passage, start, end, (marked, marked + len(best or quoted)), 0.9)
    paragraph = of.text.count("\n\n", 0, start) + 1
    known = {"library": "main", "article": of, "paragraph": paragraph, "page": None, "link": None}
    return Citation(number=number, quote=quote, **{**known, **fields})


def answer(*citations: Citation, reason: str = "answered", kind: str = "quotes") -> Answer:
    """An answer of these citations."""
    return Answer("?", None, kind, reason, citations, (), {}, {})  # type: ignore[arg-type]


class FakeAnswerer:
    """Sentences of the articles in order of how many words they share with the question; three at most."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.conversations: list[Conversation] = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.error: Exception | None = None

    def ask(
        self,
        question: str,
        searches: Sequence[Any],
        *,
        conversation: Conversation = EMPTY,
        quotes: int | None = None,
    ) -> Answer:
        """What shares words with ``question``; waits until it ``may_answer``."""
        self.asked.append(question)
        self.conversations.append(conversation)
        self.may_answer.wait(10)
        if self.error:
            raise self.error
        words = set(re.findall(r"\w+", question.lower()))
        if not words:
            raise QuestionError("Please ask in words.")
        found = [
            (len(words & set(re.findall(r"\w+", sentence.lower()))), sentence, of)
            for of in searches
            for sentence in re.findall(r"[^\n]+?[.]”?(?=\s|$)", of.text)
        ]
        best = sorted((hit for hit in found if hit[0]), key=lambda hit: -hit[0])[: quotes or 3]
        cited = tuple(citation(text.strip(), of=of, number=n) for n, (_, text, of) in enumerate(best, 1))
        return replace(answer(*cited, reason="answered" if cited else "nothing"), question=question)

    def summarize(self, name: str, searches: Sequence[Any], *, conversation: Conversation = EMPTY) -> Answer:
        """The first sentence of the first article whose title has ``name``."""
        self.asked.append(name)
        self.conversations.append(conversation)
        if self.error:
            raise self.error
        of = next((one for one in searches if name.casefold() in one.title.casefold()), None)
        if of is None:
            raise ArticleMissingError(f"No article is called {name!r}.")
        told = answer(citation("Bears like jam.", of=of), kind="about")
        return replace(told, articles=(of,), facts={"places": "Woods"})


class FakeLibraries:
    """A library is the articles themselves; without any, it does not exist yet."""

    def __init__(self, *articles: Article) -> None:
        self.held: list[Article] | None = list(articles) or None
        self.closed = False

    def searches(self, names: Sequence[str]) -> Sequence[Any]:
        """The articles."""
        if self.held is None:
            raise LibraryMissingError(f"There is no library {names[0]} yet.")
        return self.held

    def articles(self, names: Sequence[str]) -> Sequence[ArticleInfo]:
        """The same."""
        return self.searches(names)

    def close(self) -> None:
        """Remember that it was called."""
        self.closed = True
