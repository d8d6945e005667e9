"""python -m benchmarks.passage_size DIR: which size of passages, and which thresholds.

For each size: is the answer in the first quote; how much text is quoted; what the reader says (a logit) of
the best passage when the article with the answer is asked, and when only other articles are.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from benchmarks.question_set import answered_questions, source_of_answer, whole_articles
from index.cli import make_progress
from index.embedder import load_embedder
from index.ingest import embed_article
from index.library import Library, MadeWith
from index.search import Search
from index.types import Article
from retrieval.answerer import Answerer
from retrieval.metrics import normal_form
from retrieval.question_set import Asked, read_question_set
from retrieval.quotes import probability
from retrieval.reader import load_reader
from retrieval.settings import RetrievalSettings

SIZES = (96, 160, 224)


def main(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set.")],
    limit: Annotated[int, typer.Option(help="Questions.")] = 200,
) -> None:
    """Measure passages of several sizes on the question set in DIR."""
    embedder = load_embedder("bge-small-en-v1.5")
    # With thresholds that refuse nothing, the score of the first quote says what they would refuse.
    answerer = Answerer(
        embedder,
        load_reader("ms-marco-MiniLM-L-12-v2"),
        RetrievalSettings(min_relevance=-20.0, min_answers=-20.0),
    )
    question_set = read_question_set(folder)
    articles, asked = whole_articles(question_set), answered_questions(question_set, limit)
    print(f"{folder.name}: {len(articles)} articles, {len(asked)} questions")
    print(
        "| tokens | answer in first quote | chars quoted | seconds"
        " | kept at -6 / -4 / -3 / -2 / 0 | off topic refused |"
    )
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place, make_progress() as progress:
        for size in SIZES:
            made_with = MadeWith(embedder.name, size)
            path = Path(place) / f"{size}.db"
            with Library(path, made_with) as library:
                for article in progress.track(articles, description=f"embedding {size}"):
                    library.replace(article, *embed_article(article, size, embedder))
            search = Search(path, made_with)
            rows = [
                _measure(answerer, search, articles, one)
                for one in progress.track(asked, description=f"asking {size}")
            ]
            search.close()
            hits, chars, seconds, scores, strangers = (np.array(column) for column in zip(*rows, strict=True))
            floors = [probability(logit) for logit in (-6, -4, -3, -2, 0)]
            kept = " / ".join(f"{(scores >= floor).mean():.3f}" for floor in floors)
            refused = " / ".join(f"{(strangers < floor).mean():.3f}" for floor in floors)
            print(
                f"| {size} | {hits.mean():.3f} | {np.median(chars):.0f} | {np.median(seconds):.2f} | {kept}"
                f" | {refused} |",
                flush=True,
            )


def _measure(
    answerer: Answerer, search: Search, articles: list[Article], asked: Asked
) -> tuple[bool, int, float, float, float]:
    answer = answerer.ask(asked.text, [search])
    first = answer.citations[0].quote
    hit = any(normal_form(words) in normal_form(first.text) for words in asked.answers or ())
    others = [article.id for article in articles if article.source != source_of_answer(asked)]
    elsewhere = answerer.ask(asked.text, [search], articles=others[:: max(1, len(others) // 10)][:10])
    return hit, len(first.text), answer.seconds["total"], first.score, elsewhere.citations[0].quote.score


if __name__ == "__main__":
    typer.run(main)
