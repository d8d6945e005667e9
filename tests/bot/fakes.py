"""Articles, and an answerer that computes: a sentence answers when it shares a word with the question."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.telegram.delivery.pacing import Pacer
from index.errors import ArticleMissingError, LibraryMissingError
from index.library_name import LibraryName
from index.settings import IndexSettings
from index.types import Article, ArticleInfo, IndexConfiguration, Totals
from retrieval.answers import AboutArticle, Answer, Quotes, Refusal
from retrieval.conversation import EMPTY, Conversation
from retrieval.quote import QuotePlace, cite
from retrieval.quote.context import with_surroundings
from retrieval.quote.stored_turns import quotes_at
from retrieval.types import Citation, QuestionError
from tests.answers import quote_at
from tests.bot.fake_library import FakeLibrary
from tests.fakes import CONFIGURATION, FakeEmbedder
from tests.patience import PATIENT_S

T = TypeVar("T")

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
    quoted: str,
    best: str | None = None,
    *,
    of: Article | None = None,
    number: int = 1,
    library: str = "main",
    **fields: Any,
) -> Citation:
    """A citation of the words ``quoted``, of which ``best`` is the best sentence."""
    of = of or article()
    start = of.text.index(quoted)
    end = start + len(quoted)
    marked = start + quoted.index(best) if best else start
    quote = quote_at(of, start, end, best=(marked, marked + len(best or quoted)), library=library)
    paragraph = of.text.count("\n\n", 0, start) + 1
    known = {"paragraph": paragraph, "page": None, "link": None}
    return Citation(number=number, quote=quote, **{**known, **fields})


def answer(*citations: Citation) -> Quotes:
    """An answer of these citations."""
    return Quotes("?", citations)


async def _at_once(_seconds: float) -> None:
    pass


def unpaced() -> Pacer:
    """Every message has its turn at once."""
    return Pacer(sleep=_at_once)


class FakeAnswerer:
    """Sentences of the articles in order of how many words they share with the question; three at most."""

    def __init__(self) -> None:
        self.embedder = FakeEmbedder()
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
        more: int = 0,
        tell: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """What shares words with ``question``; waits until it ``may_answer``."""
        self.asked.append(question)
        self.conversations.append(conversation)
        words = set(re.findall(r"\w+", question.lower()))
        if not words and not self.error:
            raise QuestionError("Please ask in words.")
        found = [
            (len(words & set(re.findall(r"\w+", sentence.lower()))), sentence, of, search.name)
            for search in searches
            for of in search.contents
            for sentence in re.findall(r"[^\n]+?[.]”?(?=\s|$)", of.text)
        ]
        best = sorted((hit for hit in found if hit[0]), key=lambda hit: -hit[0])
        cited = tuple(
            citation(text.strip(), of=of, number=n, library=library, link=of.url)
            for n, (_, text, of, library) in enumerate(best, 1)
        )
        if tell and question.count("?") > 1:
            tell(answer(*cited[:1]))
        self.may_answer.wait(PATIENT_S)
        if self.error:
            raise self.error
        shown = quotes or 3
        if cited and best[0][0] == 1 and len(words) > 4:  # one word of many: near, and no more
            return Refusal(question, "close", cited[:1])
        if not cited:
            return Refusal(question, "nothing")
        return Quotes(question, cited[:shown], cited[shown : shown + more])

    def summarize(
        self, name: str, searches: Sequence[Any], *, conversation: Conversation = EMPTY
    ) -> AboutArticle:
        """The first sentence of the first article whose title has ``name``."""
        self.asked.append(name)
        self.conversations.append(conversation)
        if self.error:
            raise self.error
        articles = [article for search in searches for article in search.contents]
        of = next((article for article in articles if name.casefold() in article.title.casefold()), None)
        if of is None:
            raise ArticleMissingError(f"No article is called {name!r}.")
        point = citation("Bears like jam.", of=of)
        return AboutArticle("?", of, ("summary",), (point,), places=("Woods",))

    def suggestions(self, article_id: str, searches: Sequence[Any]) -> Iterator[str | None]:
        """The first words of its sentences."""
        of = next(article for search in searches for article in search.contents if article.id == article_id)
        yield None
        yield from (f"{sentence.partition(' ')[0]}?" for sentence in of.text.split(". "))

    def quote_again(
        self, places: Sequence[QuotePlace], searches: Sequence[Any], *, around: int
    ) -> list[Citation]:
        """Return the words at these places; with ``around``, all of their article."""
        if self.error:
            raise self.error
        cited = cite(quotes_at(places, searches))
        return [with_surroundings(quoted, 10**6) if around else quoted for quoted in cited]


@dataclass(frozen=True)
class FakeSearch:
    """A library is its articles."""

    name: str
    contents: Sequence[Article]

    def article(self, article_id: str) -> Article | None:
        """By its id."""
        return next((article for article in self.contents if article.id == article_id), None)


class FakeLibraries:
    """One shared library, and the chats' own; without an article, none exists yet."""

    def __init__(self, *articles: Article) -> None:
        self.shared: list[Article] | None = list(articles) or None
        self.own: dict[int, list[Article]] = {}
        self.closed = False
        self.free_bytes = 10**12

    def searches(self, names: Sequence[LibraryName]) -> Sequence[Any]:
        """Return those that there are, in order."""
        found = [FakeSearch(name.text, own) for name in names if (own := self._contents(name)) is not None]
        if not found:
            shared = next(name for name in names if not name.is_of_chat)
            raise LibraryMissingError(f"There's no library {shared} yet.")
        return found

    def _contents(self, name: LibraryName) -> list[Article] | None:
        return self.own.get(_chat(name)) if name.is_of_chat else self.shared

    @contextmanager
    def using(self, names: Sequence[LibraryName]) -> Iterator[Sequence[Any]]:
        """Give what ``searches`` does."""
        yield self.searches(names)

    def asked(self, names: Sequence[LibraryName], ask: Callable[[Sequence[Any]], T]) -> T:
        """What ``ask`` gives for all of them."""
        return ask(self.searches(names))

    def unread(self, names: Sequence[LibraryName]) -> Sequence[LibraryName]:  # noqa: ARG002
        """None: they are in memory."""
        return ()

    def check(self, within_s: float) -> int:  # noqa: ARG002
        """Nothing is wrong with them."""
        return 0

    def articles(self, names: Sequence[LibraryName]) -> Sequence[ArticleInfo]:
        """What is in them."""
        return [article for search in self.searches(names) for article in search.contents]

    @property
    def configuration(self) -> IndexConfiguration:
        """A small size."""
        return CONFIGURATION

    @property
    def languages(self) -> Collection[str]:
        """Those of a fresh installation."""
        return IndexSettings().languages

    def names(self) -> list[LibraryName]:
        """Name the chats' own."""
        return [LibraryName.of_chat(chat_id) for chat_id in self.own]

    def holds(self, name: LibraryName) -> bool:
        """Return whether there is one."""
        return self._contents(name) is not None

    def library(self, name: LibraryName, *, create: bool = False) -> Any:
        """Open a chat's own."""
        if create:
            self.own.setdefault(_chat(name), [])
        return FakeLibrary(self.own[_chat(name)])

    def totals(self) -> Totals:
        """What there is of all chats' own, on a disk that has ``free_bytes`` left."""
        own = [article for articles in list(self.own.values()) for article in articles]
        taken = sum(len(article.text) + len(article.original or b"") for article in own)
        return Totals(len(own), taken, self.free_bytes, Path("/disk"))

    def near_duplicates(self, names: Sequence[LibraryName], article: Article) -> Sequence[ArticleInfo]:
        """Those with the same text."""
        others = (other for other in self.articles(names) if other.id != article.id)
        return [other for other in others if getattr(other, "text", "") == article.text]

    def remove(self, name: LibraryName, article_id: str) -> ArticleInfo:
        """What was there."""
        for article in self.own.get(_chat(name), ()):
            if article.id == article_id:
                self.own[_chat(name)].remove(article)
                return article
        raise ArticleMissingError(f"There's no article with the id {article_id} here.")

    def forget(self, name: LibraryName) -> None:
        """Nothing of the chat's is there any more."""
        self.own.pop(_chat(name), None)

    def move(self, old: LibraryName, new: LibraryName) -> None:
        """What was one chat's is another's."""
        if _chat(old) in self.own:
            self.own[_chat(new)] = self.own.pop(_chat(old))

    def close(self) -> None:
        """Remember that it was called."""
        self.closed = True


def _chat(name: LibraryName) -> int:
    return int(name.text.removeprefix("chats/"))
