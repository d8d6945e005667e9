"""What the benchmarks ask of a question set: whole articles, and the questions that one of them answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.command_line import make_progress
from index.documents.article import make_article
from index.documents.formats.types import Extracted
from index.ingest.ingest import embed_article
from index.search import SqliteSearch
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.types import Article, Embedder, IndexConfiguration, Passage
from retrieval.evaluation import Asked, QuestionSet, every


def whole_articles(question_set: QuestionSet) -> list[Article]:
    """Return the articles of the set: paragraphs of one (``article#3``) are joined again, in order."""
    return [
        make_article(
            source, Extracted(parts[0].title or source, "\n\n".join(paragraph.text for paragraph in parts))
        )
        for source, parts in question_set.parts.items()
    ]


def search_of(question_set: QuestionSet, folder: Path, embedder: Embedder) -> SqliteSearch:
    """Return the texts of the set as a library in ``folder``, opened for asking, with default settings."""
    settings = IndexSettings()
    configuration = IndexConfiguration(settings.embedder, settings.passage_tokens)
    path = folder / "set.db"
    with SqliteLibrary(path, configuration) as library, make_progress() as progress:
        for text in progress.track(question_set.texts.values(), description="embedding"):
            library.replace(text, *embed_article(text, settings.passage_tokens, embedder))
    return SqliteSearch(path, configuration)


def answered_questions(question_set: QuestionSet, limit: int) -> tuple[Asked, ...]:
    """Return at most ``limit`` of the questions with known answers and spans, spread evenly."""
    known = tuple(
        asked for asked in question_set.questions if asked.answerable and asked.answers and asked.spans
    )
    return every(known, limit)


def source_of_answer(asked: Asked) -> str:
    """Return the source of the article, of ``whole_articles``, that answers."""
    return asked.spans[0].text_id.partition("#")[0]


def places_of_answer(question_set: QuestionSet, articles: Sequence[Article], asked: Asked) -> list[Passage]:
    """Return where answers stand in the article, of ``whole_articles``, that holds the first of them."""
    source = source_of_answer(asked)
    article = next(article for article in articles if article.source == source)
    shifts, shift = {}, 0
    for paragraph in question_set.parts[source]:
        shifts[paragraph.source] = shift
        shift += len(paragraph.text) + 2  # the blank line that joins them
    spans = [
        (shifts[span.text_id] + span.start, shifts[span.text_id] + span.end)
        for span in asked.spans
        if span.text_id in shifts
    ]
    return [Passage(article.id, start, end, article.text[start:end]) for start, end in spans]
