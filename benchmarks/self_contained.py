"""python -m benchmarks.self_contained DIR: what a question that stands alone loses behind another one.

Each question is asked alone, behind one of another article, and behind one of its own article, by chance
with a fixed seed: how many are taken for another question, and how often the right text comes first after
reading.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.question_set import search_of
from index.command_line import make_progress
from index.models import load_embedder
from index.search import SqliteSearch
from index.settings import IndexSettings
from retrieval import Answerer
from retrieval.conversation import EMPTY, Conversation, Turn
from retrieval.evaluation import Asked, QuestionSet, every, first_rank, read_question_set, recall_at, share
from retrieval.parser import load_parser
from retrieval.read import load_reader
from retrieval.settings import RetrievalSettings

SEED = 7
WAYS = ("alone", "behind one of another article", "behind one of its own article")


def main(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set with article_id.")],
    limit: Annotated[int, typer.Option(min=1, help="At most this many questions, spread evenly.")] = 1000,
) -> None:
    """Print the table."""
    question_set = read_question_set(folder)
    asked = [
        question for question in every(question_set.questions, limit) if question.gold and question.article_id
    ]
    embedder = load_embedder(IndexSettings().embedder)
    settings = RetrievalSettings()
    answerer = Answerer(embedder, load_reader(settings.reader), settings, load_parser())
    with tempfile.TemporaryDirectory() as made:
        search = search_of(question_set, Path(made), embedder)
        print(f"{question_set.name}: {len(asked)} questions\n")
        print("| asked | taken for another question | right text first | in five |\n|---|---|---|---|")
        for way, conversations in _conversations(question_set, asked).items():
            ranks, rewritten = _ask(question_set, asked, conversations, answerer, search)
            cells = [share(rewritten) or 0.0, *(recall_at(k, ranks) or 0.0 for k in (1, 5))]
            print(f"| {way} | {' | '.join(f'{cell:.4f}' for cell in cells)} |", flush=True)
        search.close()


def _conversations(question_set: QuestionSet, asked: Sequence[Asked]) -> Mapping[str, Sequence[Conversation]]:
    chance = random.Random(SEED)  # no secret
    others = question_set.questions
    elsewhere, inside = [], []
    for question in asked:
        far = chance.choice([other for other in others if other.article_id != question.article_id])
        near = chance.choice(
            [other for other in others if other.article_id == question.article_id and other.id != question.id]
        )
        elsewhere.append(Conversation((Turn(far.text, (), ()),)))
        inside.append(Conversation((Turn(near.text, (), ()),)))
    return dict(zip(WAYS, ([EMPTY] * len(asked), elsewhere, inside), strict=True))


def _ask(
    question_set: QuestionSet,
    asked: Sequence[Asked],
    conversations: Sequence[Conversation],
    answerer: Answerer,
    search: SqliteSearch,
) -> tuple[list[int | None], list[bool]]:
    """Return for each the rank of the right text after reading, and whether the question was rewritten."""
    ranks: list[int | None] = []
    rewritten: list[bool] = []
    with make_progress() as progress:
        pairs = zip(asked, conversations, strict=True)
        for question, conversation in progress.track(pairs, total=len(asked), description="asking"):
            meant = answerer.interpret(question.text, conversation)
            read = answerer.rerank(meant.texts, answerer.retrieve(meant.texts, [search]).fused)
            ranks.append(first_rank(question_set.is_gold(question, passage) for passage, _ in read))
            rewritten.append(meant.rewritten is not None)
    return ranks, rewritten


if __name__ == "__main__":
    typer.run(main)
