"""python -m benchmarks.ablations DIR: what each idea is worth, one row per idea, compared with the product.

Texts of one article are joined again, so that passages are those of whole articles. Nothing is refused here:
each figure is of the first quote, whatever its score.
"""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from benchmarks.question_set import answered_questions, places_of_answer, whole_articles
from index.command_line import make_progress
from index.ingest.ingest import searched_text
from index.models import load_embedder
from index.search import SqliteSearch
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.text import paragraph_starts, sentence_spans, split_article, words_to_search
from index.types import Article, Embedder, IndexConfiguration, Passage, Vectors
from retrieval.evaluation import Asked, holds_answer, read_question_set
from retrieval.read import Window, load_reader, sentences_of, window_of_words
from retrieval.retrieve.fusion import fuse
from retrieval.settings import RetrievalSettings
from retrieval.types import Reader, Reading

SETTINGS = RetrievalSettings()
TOKENS = IndexSettings().passage_tokens
WORDS_AGAIN = 8
"""Words of the best passage that a second search adds to the question."""


@dataclass(frozen=True, slots=True)
class Made:
    """How a library is made."""

    tokens: int = TOKENS
    context: str = "title"  # none, title, lead: the title and the first sentence of the article
    overlap: bool = False  # each passage begins with the last sentence of the one before


@dataclass(frozen=True, slots=True)
class Way:
    """How a question is asked."""

    candidates: int = SETTINGS.candidates
    ranked_by: tuple[float, float] = (1.0, 1.0)  # relevance and answers; without both, as they were found
    sentences: int = SETTINGS.sentences
    enough: float = SETTINGS.enough
    meaning: int = 1  # how often each search counts in the fusion
    words: int = 1
    again: bool = False  # a second search with words of the best passage
    across: bool = False  # the best passage is read once more with a sentence on either side
    inside: bool = False  # only the article that answers is asked


MADE: dict[str, Made] = {
    "as it is": Made(),
    "passages of 96 tokens": Made(tokens=96),
    "passages of 224 tokens": Made(tokens=224),
    "passages that share a sentence": Made(overlap=True),
    "no title with a passage": Made(context="none"),
    "title and lead with a passage": Made(context="lead"),
}
WAYS: dict[str, Way] = {
    "as it is": Way(),
    "inside the article": Way(inside=True),
    "inside the article, always two sentences": Way(inside=True, enough=1.0),
    "in the order found": Way(ranked_by=(0.0, 0.0)),
    "ranked by relevance": Way(ranked_by=(1.0, 0.0)),
    "ranked by answers": Way(ranked_by=(0.0, 1.0)),
    "answers count twice": Way(ranked_by=(1.0, 2.0)),
    "one sentence": Way(sentences=1),
    "two sentences always": Way(enough=1.0),
    "three sentences, as short as enough": Way(sentences=3),
    "three sentences always": Way(sentences=3, enough=1.0),
    "two sentences, enough at 0.7": Way(enough=0.7),
    "two sentences, enough at 0.9": Way(enough=0.9),
    "across the borders of passages": Way(across=True),
    "a second search": Way(again=True),
    "meaning counts twice": Way(meaning=2),
    "words count twice": Way(words=2),
    "meaning alone": Way(words=0),
    "words alone": Way(meaning=0),
    "4 candidates": Way(candidates=4),
    "6 candidates": Way(candidates=6),
    "12 candidates": Way(candidates=12),
    "16 candidates": Way(candidates=16),
}


@dataclass(slots=True)
class Asking:
    """One library, asked in many ways; what was read of a question is not read twice, but its time counts."""

    search: SqliteSearch
    articles: dict[str, Article]  # by id
    embedder: Embedder
    reader: Reader
    seconds: float = 0.0  # of the last question: to embed, to search and to read
    _read: dict[tuple[str, Passage], tuple[Reading, float]] = field(default_factory=dict)
    _vectors: dict[str, tuple[Vectors, float]] = field(default_factory=dict)

    def first_window(self, question: str, way: Way, within: str) -> tuple[Passage, Window]:
        """Return the best passage and what is quoted of it."""
        only = [within] if way.inside else None
        start = time.perf_counter()
        if question not in self._vectors:
            vector = self.embedder.embed_questions([question])[0]
            self._vectors[question] = (vector, time.perf_counter() - start)
            start = time.perf_counter()
        vector, embedding_s = self._vectors[question]
        nearest = [hit.passage for hit in self.search.nearest(vector, way.candidates, only)]
        matching = [hit.passage for hit in self.search.matching(question, way.candidates, only)]
        found = fuse([*[nearest] * way.meaning, *[matching] * way.words])
        if way.again:
            more = " ".join([question, *list(dict.fromkeys(words_to_search(found[0].text)))[:WORDS_AGAIN]])
            again = [hit.passage for hit in self.search.matching(more, way.candidates, only)]
            found = fuse([nearest, matching, again])
        self.seconds = embedding_s + time.perf_counter() - start
        best = max(found[: way.candidates], key=self._order(question, way.ranked_by))
        text = self.articles[best.article_id].text
        if way.across:
            best = _wider(best, text)
        if way.across or not any(way.ranked_by):  # else it has been read already
            self._reading(question, best)
        reading, _ = self._read[question, best]
        sentences = sentences_of(best, paragraph_starts(text))
        return best, window_of_words(best, sentences, reading, way.sentences, way.enough)

    def _order(self, question: str, ranked_by: tuple[float, float]) -> Callable[[Passage], float]:
        def score(passage: Passage) -> float:
            if not any(ranked_by):
                return 0.0  # max() takes the first of equals
            reading = self._reading(question, passage)
            return ranked_by[0] * reading.relevance + ranked_by[1] * reading.answers

        return score

    def _reading(self, question: str, passage: Passage) -> Reading:
        if (question, passage) not in self._read:
            start = time.perf_counter()
            [reading] = self.reader.read(question, [passage])
            self._read[question, passage] = (reading, time.perf_counter() - start)
        reading, reading_s = self._read[question, passage]
        self.seconds += reading_s
        return reading


def _wider(passage: Passage, text: str) -> Passage:
    spans = sentence_spans(text)
    before = [start for start, end in spans if end <= passage.start][-1:] or [passage.start]
    behind = [end for start, end in spans if start >= passage.end][:1] or [passage.end]
    return Passage(passage.article_id, before[0], behind[0], text[before[0] : behind[0]], passage.context)


def _passages(article: Article, made: Made, embedder: Embedder) -> list[Passage]:
    passages = split_article(article, made.tokens, embedder.count_tokens)
    spans = sentence_spans(article.text)
    lead = article.text[slice(*spans[0])] if spans else ""
    context = {"none": "", "title": article.title, "lead": f"{article.title}\n{lead}"}[made.context]
    starts = [passage.start for passage in passages]
    if made.overlap:
        starts = [max((start for start, end in spans if end <= first), default=first) for first in starts]
    return [
        Passage(article.id, start, passage.end, article.text[start : passage.end], context)
        for start, passage in zip(starts, passages, strict=True)
    ]


def main(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set.")],
    limit: Annotated[int, typer.Option(help="Questions.")] = 200,
) -> None:
    """Measure each idea on the question set in DIR."""
    question_set = read_question_set(folder)
    articles, questions = whole_articles(question_set), answered_questions(question_set, limit)
    places = {asked.id: places_of_answer(question_set, articles, asked) for asked in questions}
    embedder, reader = load_embedder(IndexSettings().embedder), load_reader(SETTINGS.reader)
    print(f"{folder.name}: {len(articles)} articles, {len(questions)} questions\n")
    print("| idea | answer in the best passage | in the quote | characters, median | seconds |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place, make_progress() as progress:
        for number, (made_name, made) in enumerate(MADE.items()):
            configuration = IndexConfiguration(embedder.name, made.tokens)
            path = Path(place) / f"{number}.db"
            with SqliteLibrary(path, configuration) as library:
                for article in progress.track(articles, description="embedding"):
                    passages = _passages(article, made, embedder)
                    vectors = embedder.embed_passages([searched_text(passage) for passage in passages])
                    library.replace(article, passages, vectors)
            asking = Asking(
                SqliteSearch(path, configuration),
                {article.id: article for article in articles},
                embedder,
                reader,
            )
            ways = WAYS if made == Made() else {made_name: Way(), f"{made_name}, inside": Way(inside=True)}
            for name, way in ways.items():
                rows = _rows(asking, way, progress.track(questions, description=name), places)
                print(_line(name, rows), flush=True)
            asking.search.close()


Row = tuple[bool, bool, int, float]


def _rows(
    asking: Asking, way: Way, questions: Iterable[Asked], places: dict[str, list[Passage]]
) -> list[Row]:
    rows = []
    for asked in questions:
        best, window = asking.first_window(asked.text, way, places[asked.id][0].article_id)
        quote = best.cut(window.start, window.end)
        rows.append(
            (_holds(asked, best, places), _holds(asked, quote, places), len(quote.text), asking.seconds)
        )
    return rows


def _holds(asked: Asked, part: Passage, places: dict[str, list[Passage]]) -> bool:
    overlaps = any(
        part.article_id == answer.article_id and part.start < answer.end and answer.start < part.end
        for answer in places[asked.id]
    )
    return holds_answer(part.text, overlaps, asked.answers)


def _line(name: str, rows: list[Row]) -> str:
    best, quoted, chars, seconds = (np.array(column) for column in itertools.zip_longest(*rows))
    return (
        f"| {name} | {best.mean():.3f} | {quoted.mean():.3f} | {np.median(chars):.0f} "
        f"| {np.median(seconds):.3f} |"
    )


if __name__ == "__main__":
    typer.run(main)
