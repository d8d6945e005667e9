"""A question set on disk: texts, questions about them, and which text answers which.

    corpus.jsonl    one {"_id", "title", "text"} per line
    queries.jsonl   one {"_id", "text", "answers": [...] or null, "answerable": true, false or null} per line,
                    and where the set has them "answer_spans": [[_id of a text, start, end], ...],
                    "article_id", "context_doc", "history": [{"role": "user", "text": …}, …] (user's only)
    qrels.tsv       query-id, corpus-id, score, under a header; a text counts when its score is above 0

Other fields are passed over. Spans count code points of the text as it stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.documents.article import make_article
from index.documents.formats.types import Extracted
from index.documents.normalize import Normalized, normal_form, normalize
from index.errors import OperatorError
from index.types import Article, Passage

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels.tsv"


class QuestionSetError(OperatorError):
    """A question set is not there, or a line of it does not have the form."""


class AnswerSpan(NamedTuple):
    """Where an answer stands: in this text, from ``start`` to ``end`` of its article's ``text``."""

    text_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set, and what is known of its answer."""

    id: str
    text: str
    answers: tuple[str, ...] | None  # words, any of which answers
    answerable: bool | None  # None: the set does not say
    spans: tuple[AnswerSpan, ...]
    gold: frozenset[str]  # the texts that answer
    article_id: str | None  # texts of one article are called article_id#number
    context_doc: str | None  # the text it was asked about
    history: tuple[str, ...] = ()  # what the same person asked before it, oldest first


@dataclass(frozen=True)
class QuestionSet:
    """Texts by their ``_id``, each an article of its own, and the questions in order of the file."""

    name: str
    folder: Path
    texts: Mapping[str, Article]
    questions: tuple[Asked, ...]

    @cached_property
    def text_ids(self) -> Mapping[str, str]:
        """The ``_id`` of each text by the id of its article."""
        return {article.id: text_id for text_id, article in self.texts.items()}

    @cached_property
    def parts(self) -> Mapping[str, list[Article]]:
        """The texts of each article, which share their ``_id`` up to ``#``."""
        parts: dict[str, list[Article]] = {}
        for text_id, article in self.texts.items():
            parts.setdefault(text_id.partition("#")[0], []).append(article)
        return parts

    @cached_property
    def article_ids(self) -> list[str]:
        """The articles that have questions and texts, sorted."""
        asked_about = {asked.article_id for asked in self.questions}
        return sorted(article_id for article_id in self.parts if article_id in asked_about)

    def is_gold(self, asked: Asked, passage: Passage) -> bool:
        """Return whether ``passage`` is of a text that answers, or stands in one word for word."""
        return self.text_ids[passage.article_id] in asked.gold or any(
            self._stands_in(passage, text_id) for text_id in asked.gold
        )

    def overlaps_span(self, asked: Asked, passage: Passage) -> bool:
        """Return whether an answer stands at least partly in ``passage``, or in a text with its words."""
        text_id = self.text_ids[passage.article_id]
        return any(
            span.text_id == text_id and passage.start < span.end and span.start < passage.end
            for span in asked.spans
        ) or any(
            self.texts[span.text_id].text[span.start : span.end] in passage.text
            and self._stands_in(passage, span.text_id)
            for span in asked.spans
        )

    def _stands_in(self, passage: Passage, text_id: str) -> bool:
        """Return whether the text has all words of ``passage``: of two copies, either is right."""
        words, others = (" ".join(text.split()) for text in (passage.text, self.texts[text_id].text))
        return words in others

    def own_texts(self, asked: Asked) -> list[Article]:
        """Return the texts of its ``article_id``, else its ``context_doc``, else those that answer."""
        if asked.article_id is not None:
            return list(self.parts.get(asked.article_id, ()))
        own = asked.gold if asked.context_doc is None else {asked.context_doc}
        return [self.texts[text_id] for text_id in sorted(own) if text_id in self.texts]

    def foreign_texts(self, asked: Asked) -> list[Article]:
        """Return the texts of the next article in sorted order, after the last the first; none without."""
        if asked.article_id not in self.article_ids or len(self.article_ids) < 2:
            return []
        place = self.article_ids.index(asked.article_id) + 1
        return self.parts[self.article_ids[place % len(self.article_ids)]]


def every(questions: tuple[Asked, ...], limit: int | None) -> tuple[Asked, ...]:
    """Return at most ``limit`` of ``questions``, spread evenly: each (count // limit)-th from the first."""
    return questions[:: max(1, len(questions) // limit)][:limit] if limit else questions


def read_question_set(folder: Path) -> QuestionSet:
    """Return the set in ``folder``. Raises QuestionSetError, naming file, line, field and the way out."""
    if not folder.is_dir():
        raise QuestionSetError(f"There's no folder {folder}. Name one with {CORPUS}, {QUERIES} and {QRELS}.")
    texts, changed = _read_texts(folder / CORPUS)
    gold: dict[str, set[str]] = {}
    lines = _read_questions(folder / QUERIES)
    for number, query_id, text_id, counts in _read_qrels(folder / QRELS):
        for what, known, named in ((QUERIES, lines, query_id), (CORPUS, texts, text_id)):
            if named not in known:
                raise _wrong(folder / QRELS, number, f"{named!r} isn't an _id in {what}; use one that is")
        if counts:
            gold.setdefault(query_id, set()).add(text_id)
    questions = tuple(
        Asked(
            line.id,
            line.text,
            None if line.answers is None else tuple(normal_form(answer) for answer in line.answers),
            line.answerable,
            tuple(
                _map_span(folder / QUERIES, number, span, texts, changed) for span in line.answer_spans or ()
            ),
            frozenset(gold.get(line.id, ())),
            line.article_id,
            line.context_doc,
            tuple(turn.text for turn in line.history or () if turn.role == "user"),
        )
        for number, line in lines.values()
    )
    if all(asked.answers is None and not asked.spans for asked in questions):
        raise QuestionSetError(
            f"{folder / QUERIES} has no answers: every answers is null, and there are no spans. Add some."
        )
    return QuestionSet(folder.resolve().name, folder, texts, questions)


class _Line(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")
    id: str = Field(alias="_id", min_length=1)
    text: str


class _TextLine(_Line):
    title: str


class _TurnLine(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")
    role: str
    text: str


class _QuestionLine(_Line):
    answers: list[str] | None
    answerable: bool | None
    answer_spans: list[tuple[str, int, int]] | None = None
    article_id: str | None = None
    context_doc: str | None = None
    history: list[_TurnLine] | None = None


Line = TypeVar("Line", bound=_Line)


def _read_texts(path: Path) -> tuple[dict[str, Article], dict[str, Normalized]]:
    """Return the texts by ``_id``, and the normalized form of those that differ from it."""
    texts: dict[str, Article] = {}
    changed: dict[str, Normalized] = {}
    for _, line in _parse(path, _TextLine).values():
        normalized = normalize(line.text)
        if normalized.text != line.text:
            changed[line.id] = normalized
        title = " ".join(normal_form(line.title).split())
        texts[line.id] = make_article(line.id, Extracted(title, normalized.text))
    return texts, changed


def _read_questions(path: Path) -> dict[str, tuple[int, _QuestionLine]]:
    return _parse(path, _QuestionLine)


def _parse(path: Path, form: type[Line]) -> dict[str, tuple[int, Line]]:
    """Return every line and its number by ``_id``, in order of the file, at least one."""
    parsed: dict[str, tuple[int, Line]] = {}
    for number, written in _lines(path):
        try:
            line = form.model_validate_json(written)
        except ValidationError as error:
            raise _wrong(path, number, _first_mistake(error)) from None
        if line.id in parsed:
            raise _wrong(
                path, number, f"_id {line.id!r} is already in line {parsed[line.id][0]}; use another"
            )
        parsed[line.id] = (number, line)
    if not parsed:
        raise QuestionSetError(f"{path} is empty. Write one JSON object per line.")
    return parsed


def _first_mistake(error: ValidationError) -> str:
    mistake = error.errors(include_url=False)[0]
    if mistake["type"] == "json_invalid":
        why = mistake["ctx"]["error"].replace(" at line 1 column ", " at column ")
        return f"this isn't JSON ({why}); write one object per line"
    if not mistake["loc"]:
        return "this isn't a JSON object; write one per line"
    field = ".".join(str(part) for part in mistake["loc"])
    if mistake["type"] == "missing":
        return f"{field} is missing; add it"
    return f"{field} is {mistake['input']!r:.60}: {mistake['msg']}; correct it"


def _read_qrels(path: Path) -> Iterator[tuple[int, str, str, bool]]:
    """Yield the number of each line, its question, its text, and whether the text counts."""
    for place, (number, written) in enumerate(_lines(path)):
        columns = written.rstrip("\r").split("\t")
        if len(columns) != 3:
            raise _wrong(
                path,
                number,
                f"{len(columns)} columns; write query-id, corpus-id and score, separated by tabs",
            )
        try:
            score = float(columns[2])
        except ValueError:
            if place == 0:
                continue
            raise _wrong(path, number, f"score is {columns[2]!r:.60}; write a number") from None
        if place == 0:
            raise _wrong(path, number, "there's no header; write query-id, corpus-id, score above it")
        yield number, columns[0], columns[1], score > 0


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers from 1."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise QuestionSetError(
            f"There's no {path}. A question set has {CORPUS}, {QUERIES} and {QRELS}."
        ) from None
    except OSError as error:
        raise QuestionSetError(f"{path} can't be read: {error.strerror}. Make it a readable file.") from None
    # Not splitlines: a JSON string may hold a line separator of Unicode.
    for number, written in enumerate(data.split(b"\n"), start=1):
        try:
            line = written.decode("utf-8")
        except UnicodeDecodeError:
            raise _wrong(path, number, "this isn't UTF-8; save the file as UTF-8") from None
        if line.strip():
            yield number, line


def _map_span(
    path: Path,
    number: int,
    span: tuple[str, int, int],
    texts: Mapping[str, Article],
    changed: Mapping[str, Normalized],
) -> AnswerSpan:
    """Return the span in the normalized form of its text."""
    text_id, start, end = span
    if text_id not in texts:
        raise _wrong(path, number, f"answer_spans: {text_id!r} isn't an _id in {CORPUS}; use one that is")
    length = changed[text_id].offsets[-1] if text_id in changed else len(texts[text_id].text)
    if not 0 <= start < end <= length:
        raise _wrong(
            path,
            number,
            f"answer_spans: {start}:{end} is outside the {length} code points of {text_id!r}; correct it",
        )
    return AnswerSpan(text_id, *(changed[text_id].span(start, end) if text_id in changed else (start, end)))


def _wrong(path: Path, number: int, mistake: str) -> QuestionSetError:
    return QuestionSetError(f"{path}:{number}: {mistake}.")
