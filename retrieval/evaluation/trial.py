"""One question of a set, asked: where the right passages stood, what was quoted, whether it was refused."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from index.protocols import Search
from index.types import Article, Passage
from retrieval.answerer import Answerer
from retrieval.conversation import EMPTY, Turn, check_question, talk_of
from retrieval.evaluation.metrics import first_rank, holds_answer, normal_form, phrases
from retrieval.evaluation.question_set import Asked, QuestionSet
from retrieval.read import answer_score
from retrieval.retrieve import Candidates
from retrieval.settings import RetrievalSettings
from retrieval.types import Grade, Judged, QuestionError, Quote

Stage = Literal["nearest", "matching", "fused", "read"]
STAGES: tuple[Stage, ...] = get_args(Stage)
SEARCHED = 10
"""The fewest passages that are searched for, however few are read: recall is measured up to the tenth."""
SENTENCES = (1, 2, 3)
"""The lengths of quotes that are compared."""


class Ranks(BaseModel):
    """The rank, from 1, of the first right passage of a stage; None where it has none."""

    model_config = ConfigDict(frozen=True)
    gold: int | None = None  # of a text that answers
    span: int | None = None  # in which an answer stands


class Trial(BaseModel):
    """The outcome of one question. What was not reached has its default."""

    model_config = ConfigDict(frozen=True)
    id: str
    grade: Grade
    ranks: Mapping[Stage, Ranks] = {stage: Ranks() for stage in STAGES}
    score: float | None = None  # of the first that was read, a logit; None where nothing was found
    holds: Mapping[int, bool] = {}  # by the most sentences: whether the first quote holds the answer
    holds_by_default: bool = False  # whether the first quote holds it, with the sentences of the settings
    chars: int | None = None  # of the first quote, of at most two sentences; None where nothing is quoted
    seconds: float | None = None  # to find, read and quote; None where it cannot be asked
    off_topic_refused: bool | None = None  # asked inside another article; None where that cannot be told
    understood_rank: int | None = None  # as ``ranks``, ``read`` and ``gold``, behind the questions before it
    is_rewritten: bool = False  # whether it was understood as another question


@dataclass(frozen=True)
class Bench:
    """A library of a set's texts, and the answerer that is tried on it."""

    question_set: QuestionSet
    search: Search
    answerer: Answerer
    settings: RetrievalSettings
    within_article: bool  # ask each question of its own texts only

    def try_question(self, asked: Asked) -> Trial:
        """Ask as people do, and look at each stage."""
        if not _is_question(asked.text):
            return Trial(
                id=asked.id,
                grade="nothing",
                off_topic_refused=True if texts_elsewhere(self.question_set, asked) else None,
            )
        only = _ids(self.question_set.own_texts(asked)) if self.within_article else None
        start = time.perf_counter()
        found = self.answerer.retrieve([asked.text], [self.search], articles=only)
        ranked = self.answerer.rerank([asked.text], found.fused)
        quotes = self.answerer.quote(asked.text, ranked, found)
        seconds = time.perf_counter() - start
        grade = self.answerer.grade(ranked) if quotes else "nothing"
        quoted = self._first_quotes(asked.text, found, ranked) if grade == "answered" else {}
        understood_rank, is_rewritten = self._in_conversation(asked, only)
        return Trial(
            id=asked.id,
            grade=grade,
            ranks=self._ranks(asked, only, [passage for passage, _ in ranked]),
            score=answer_score(ranked[0][1]) if ranked else None,
            holds={most: self._holds(asked, quote) for most, quote in quoted.items()},
            holds_by_default=grade == "answered" and self._holds(asked, quotes[0]),
            chars=len(quoted[2].text) if quoted else None,
            seconds=round(seconds, 5),
            off_topic_refused=self._refused_elsewhere(asked),
            understood_rank=understood_rank,
            is_rewritten=is_rewritten,
        )

    def _in_conversation(self, asked: Asked, only: Collection[str] | None) -> tuple[int | None, bool]:
        """Return the rank after reading behind the questions before it, and whether it was rewritten."""
        conversation = EMPTY
        for earlier in asked.history:
            meant = self.answerer.interpret(earlier, conversation)
            conversation = conversation.with_turn(Turn(meant.understood.text, (), ()))
        meant = self.answerer.interpret(asked.text, conversation)
        is_rewritten = meant.rewritten is not None
        if not asked.history:
            return None, is_rewritten
        found = self.answerer.retrieve(meant.texts, [self.search], articles=only)
        read = [passage for passage, _ in self.answerer.rerank(meant.texts, found.fused)]
        wide = self.answerer.retrieve(
            meant.texts, [self.search], articles=only, k=max(SEARCHED, self.settings.candidates)
        )
        passages = dict.fromkeys([*read, *wide.fused])
        rank = first_rank(self.question_set.is_gold(asked, passage) for passage in passages)
        return rank, is_rewritten

    def _first_quotes(self, question: str, found: Candidates, ranked: list[Judged]) -> dict[int, Quote]:
        return {most: self.answerer.quote(question, ranked, found, sentences=most)[0] for most in SENTENCES}

    def _holds(self, asked: Asked, quote: Quote) -> bool:
        overlaps = self.question_set.overlaps_span(asked, quote.passage.cut(quote.start, quote.end))
        return holds_answer(quote.text, overlaps, asked.answers)

    def _ranks(self, asked: Asked, only: Collection[str] | None, read: list[Passage]) -> dict[Stage, Ranks]:
        wide = max(SEARCHED, self.settings.candidates)
        found = self.answerer.retrieve([asked.text], [self.search], articles=only, k=wide)
        stages: dict[Stage, list[Passage]] = {
            "nearest": list(found.nearest),
            "matching": list(found.matching),
            "fused": list(found.fused),
            "read": list(dict.fromkeys([*read, *found.fused])),
        }
        return {
            stage: Ranks(
                gold=first_rank(self.question_set.is_gold(asked, passage) for passage in passages),
                span=first_rank(self.question_set.overlaps_span(asked, passage) for passage in passages),
            )
            for stage, passages in stages.items()
        }

    def _refused_elsewhere(self, asked: Asked) -> bool | None:
        texts = texts_elsewhere(self.question_set, asked)
        if not texts:
            return None
        found = self.answerer.retrieve([asked.text], [self.search], articles=_ids(texts))
        return self.answerer.grade(self.answerer.rerank([asked.text], found.fused)) != "answered"


def texts_elsewhere(question_set: QuestionSet, asked: Asked) -> list[Article]:
    """Return the texts of another article, none if an answer stands in them."""
    texts = question_set.foreign_texts(asked)
    compared = phrases(asked.answers)
    normal = [normal_form(text.text) for text in texts]
    return [] if any(phrase in text for phrase in compared for text in normal) else texts


def _ids(texts: Collection[Article]) -> list[str]:
    return [text.id for text in texts]


def _is_question(text: str) -> bool:
    """Return whether the product would look for an answer at all."""
    try:
        check_question(text)
    except QuestionError:
        return False
    return talk_of(text) is None
