"""Question sets on disk -> examples: a question, a text, and where in it the answer stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from index.text import Span
from retrieval.evaluation import QuestionSet

MOST: Mapping[str, int] = {
    "squad_train_cs224n": 6000,
    "squad_train_parts": 8500,
    "squad_nearmiss": 4500,
    "squadshifts_wiki": 4500,
    "qadiscourse": 4000,
    "qamr_devtest": 1500,
    "fairytaleqa": 2000,
    "selqa_devtest": 1600,
    "policyqa_devtest": 1200,
    "covidqa": 900,
}
"""The most examples of these sets: they have many questions on few texts, or on one kind of text."""

TWICE = frozenset({"squad2_pairs"})
"""Near misses that people wrote are the scarcest and the most telling: each is seen twice."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a set; ``article`` is equal for the texts of one article."""

    id: str
    article: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question about a text. ``spans`` are where the answer stands; none where the text does not answer."""

    source: str  # the name of the set
    question: str
    text: Text
    spans: tuple[Span, ...]
    answers: tuple[str, ...]  # words that answer, wherever they stand


def read_texts(question_set: QuestionSet) -> dict[str, Text]:
    """Return the texts of the set by id, in the project's normal form of text."""
    return {
        id_: Text(id_, id_.partition("#")[0], article.title, article.text)
        for id_, article in question_set.texts.items()
    }


def read_examples(question_set: QuestionSet, texts: Mapping[str, Text], random: Random) -> list[Example]:
    """Return the examples of the set, of ``texts``, sampled down where MOST says so."""
    name = question_set.name
    examples = []
    for asked in question_set.questions:
        id_ = asked.spans[0].text_id if asked.spans else asked.context_doc
        if id_ is None or (asked.answerable and not asked.spans):
            continue  # nobody knows of which text, or where in it the answer stands
        spans = tuple((span.start, span.end) for span in asked.spans if span.text_id == id_)
        examples.append(Example(name, asked.text, texts[id_], spans, asked.answers or ()))
    most = MOST.get(name, len(examples))
    chosen = random.sample(examples, most) if len(examples) > most else examples
    return chosen * 2 if name in TWICE else chosen
