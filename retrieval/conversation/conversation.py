"""What was asked and answered before a question: the caller keeps it and passes it with the next one."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import ArticleInfo
from retrieval.answers import AboutArticle, Answer, ArticleList, Quotes, Refusal, SmallTalk
from retrieval.types import Citation

MAX_TURNS = 8
"""A question's meaning depends on what was said just before it: older turns are forgotten."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what was answered."""

    question: str  # as it was understood: it stands alone
    citations: tuple[Citation, ...]  # best first; empty where it was refused
    articles: tuple[ArticleInfo, ...]  # what was answered about, or quoted; the first is the one at hand


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last turns, oldest first, at most ``MAX_TURNS``."""

    turns: tuple[Turn, ...] = ()

    def followed_by(self, answer: Answer) -> Conversation:
        """Return the conversation with one turn more. Greetings and thanks are no turns."""
        match answer:
            case SmallTalk():
                return self
            case Quotes(question, citations, understood=understood):
                quoted = {citation.article.id: citation.article for citation in citations}
                return self.with_turn(Turn(understood or question, citations, tuple(quoted.values())))
            case AboutArticle(question, article, citations=citations):
                return self.with_turn(Turn(question, citations, (article,)))
            case ArticleList(question, articles):
                return self.with_turn(Turn(question, (), articles))
            case Refusal(question, understood=understood):
                return self.with_turn(Turn(understood or question, (), ()))

    def with_turn(self, turn: Turn) -> Conversation:
        """Return the conversation with ``turn`` added, without the oldest turn where there are too many."""
        return Conversation((*self.turns, turn)[-MAX_TURNS:])


EMPTY = Conversation()
