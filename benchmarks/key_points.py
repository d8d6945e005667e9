"""python -m benchmarks.key_points DIR [DIR…]: how many facts key points hold, at equal length.

A fact is an answer to one of a set's own questions, where the set says that it stands. Texts of one article
are joined; a long one is cut into stretches as long as a news article. Every other way takes sentences in
its own order up to as many characters as our key points have, the last one cut there: the first sentences,
TextRank (Mihalcea and Tarau, "TextRank: Bringing Order into Texts", 2004), and chance.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from index.command_line import make_progress
from index.documents.article import make_article
from index.documents.formats.types import Extracted
from index.ingest.ingest import embed_article
from index.models import load_embedder
from index.settings import IndexSettings
from index.text import Span, sentence_spans
from index.types import Article, Embedder, Vectors
from retrieval.evaluation import QuestionSet, read_question_set
from retrieval.parser import Parser, load_parser
from retrieval.summaries.key_points import choose_key_points
from retrieval.summaries.sentences import sentences_to_choose_from

STRETCH = 10
"""Texts of a set, which are paragraphs, in one article."""

FEWEST_FACTS, FEWEST_SENTENCES = 3, 8
"""Of an article with fewer, hardly anything is measured."""

DAMPING, ROUNDS = 0.85, 60
RESAMPLED = 10_000

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Marked:
    """An article, and where each of its facts stands: one of the spans holds it."""

    source: str  # articles cut from one share it
    article: Article
    facts: tuple[tuple[Span, ...], ...]


def main(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR", help="Question sets.")],
    stretch: Annotated[int, typer.Option(help="Paragraphs in an article.")] = STRETCH,
) -> None:
    """Compare, a table a set."""
    embedder, parser = load_embedder(IndexSettings().embedder), load_parser()
    for folder in folders:
        articles = list(_marked(read_question_set(folder), stretch))
        if not articles:
            print(f"{folder.name}: no article of {FEWEST_SENTENCES} sentences and {FEWEST_FACTS} facts\n")
            continue
        with make_progress() as progress:
            rows = [
                _shares(marked, embedder, parser)
                for marked in progress.track(articles, description=folder.name)
            ]
        print("\n".join([*_table(folder.name, articles, np.array(rows)), ""]))


def _marked(question_set: QuestionSet, stretch: int) -> Iterator[Marked]:
    for source, parts in question_set.parts.items():
        for first in range(0, len(parts), stretch):
            own = parts[first : first + stretch]
            shifts, shift = {}, 0
            for part in own:
                shifts[part.source] = shift
                shift += len(part.text) + 2  # the blank line that joins them
            facts = []
            for asked in question_set.questions:
                spans = [
                    (shifts[span.text_id] + span.start, shifts[span.text_id] + span.end)
                    for span in asked.spans
                    if span.text_id in shifts
                ]
                if spans and asked.answerable:
                    facts.append(tuple(spans))
            text = "\n\n".join(part.text for part in own)
            if len(facts) >= FEWEST_FACTS and len(sentence_spans(text)) >= FEWEST_SENTENCES:
                article = make_article(f"{source}#{first}", Extracted(own[0].title or source, text))
                yield Marked(source, article, tuple(facts))


def _shares(marked: Marked, embedder: Embedder, parser: Parser) -> list[float]:
    """Return the share of the facts in our key points, and in every other choice; then our characters."""
    passages, vectors = embed_article(marked.article, IndexSettings().passage_tokens, embedder)
    steps = sentences_to_choose_from(marked.article, passages, vectors, parser)
    sentences = [sentence for some in steps for sentence in some]
    own = embedder.embed_passages([sentence.text for sentence in sentences])
    points = [(point.start, point.end) for point in choose_key_points(sentences, own)]
    length = sum(end - start for start, end in points)
    spans = sentence_spans(marked.article.text)
    texts = [marked.article.text[start:end] for start, end in spans]
    orders = [range(len(spans)), _by_textrank(texts), _by_chance(marked.article.id, len(spans))]
    ways = [points, *(_cut([spans[place] for place in order], length) for order in orders)]
    return [*(_share(marked.facts, taken) for taken in ways), _share(marked.facts, spans[:5]), float(length)]


def _cut(spans: Sequence[Span], length: int) -> list[Span]:
    """Return the first of ``spans``, ``length`` characters in all."""
    taken: list[Span] = []
    for start, end in spans:
        if length <= 0:
            break
        taken.append((start, min(end, start + length)))
        length -= end - start
    return taken


def _share(facts: Sequence[Sequence[Span]], taken: Sequence[Span]) -> float:
    found_count = sum(
        any(first <= start and end <= last for first, last in taken for start, end in fact) for fact in facts
    )
    return found_count / len(facts)


def _by_chance(seed: str, count: int) -> list[int]:
    return random.Random(seed).sample(range(count), count)


def _by_textrank(sentences: Sequence[str]) -> list[int]:
    """Return sentences by their PageRank in the graph of words that two of them share, highest first."""
    words = [set(_WORD.findall(sentence.casefold())) for sentence in sentences]
    weights = np.zeros((len(words), len(words)))
    for place, own in enumerate(words):
        for other in range(place):
            size = np.log(max(1, len(own))) + np.log(max(1, len(words[other])))
            if size > 0:
                weights[place, other] = weights[other, place] = len(own & words[other]) / size
    sums = weights.sum(axis=0)
    steps = np.where(sums > 0, weights / np.where(sums > 0, sums, 1), 1 / len(words))
    rank = np.full(len(words), 1 / len(words))
    for _ in range(ROUNDS):
        rank = (1 - DAMPING) / len(words) + DAMPING * steps @ rank
    return [int(place) for place in np.argsort(-rank, kind="stable")]


def _table(name: str, articles: Sequence[Marked], rows: Vectors) -> list[str]:
    facts = sum(len(marked.facts) for marked in articles)
    sources = [marked.source for marked in articles]
    mean = rows.mean(axis=0)
    lines = [
        f"{name}: {len(articles)} articles of {len(set(sources))} sources, {facts} facts; key points of"
        f" {mean[-1]:.0f} characters; the first five sentences, whole: {mean[4]:.3f}\n",
        "| which sentences | facts held | ours better by (95%) |",
        "|---|---|---|",
        f"| key points | {mean[0]:.3f} | |",
    ]
    for column, way in ((1, "the first"), (2, "TextRank"), (3, "chance")):
        low, high = _interval(sources, rows[:, 0] - rows[:, column])
        better = f"{mean[0] - mean[column]:+.3f} ({low:+.3f} to {high:+.3f})"
        lines.append(f"| {way} | {mean[column]:.3f} | {better} |")
    return lines


def _interval(sources: Sequence[str], differences: Vectors) -> tuple[float, float]:
    """Return where the mean difference lies with 95 % certainty.

    Whole sources are drawn, since stretches of one are alike.
    """
    by_source: dict[str, list[float]] = {}
    for source, difference in zip(sources, differences, strict=True):
        by_source.setdefault(source, []).append(float(difference))
    sums = np.array([sum(own) for own in by_source.values()])
    counts = np.array([len(own) for own in by_source.values()])
    drawn = np.random.default_rng(0).integers(0, len(sums), (RESAMPLED, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


if __name__ == "__main__":
    typer.run(main)
