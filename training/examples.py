"""Question sets on disk -> examples: a question, a text, and where in it the answer stands."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from index.errors import AppError
from index.sentences import Span

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
"""At most so many examples of these sets: many questions on few texts, or on one kind of text."""

TWICE = frozenset({"squad2_pairs"})
"""Near misses that people wrote are the scarcest and the most telling: each is seen twice."""


class DataError(AppError):
    """A question set that cannot be trained on."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a set; ``article`` is the same for texts of one article."""

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


def read_texts(folder: Path) -> dict[str, Text]:
    """The texts of the set in ``folder`` by id. Raises DataError where a line is not in the form."""
    return {
        line["_id"]: Text(line["_id"], line["_id"].partition("#")[0], line["title"], line["text"])
        for line in _lines(folder / "corpus.jsonl", ("_id", "title", "text"))
    }


def read_examples(folder: Path, texts: Mapping[str, Text], random: Random) -> list[Example]:
    """The examples of the set in ``folder``, sampled down where MOST says so. Raises DataError."""
    examples = []
    for line in _lines(folder / "queries.jsonl", ("text", "answerable", "answer_spans")):
        places = defaultdict(list)
        for id_, start, end in line["answer_spans"]:
            places[id_].append((start, end))
        id_ = str(next(iter(places), line.get("context_doc")))
        if id_ not in texts or (line["answerable"] and not places):
            continue
        answers = tuple(line["answers"] or ())
        examples.append(Example(folder.name, line["text"], texts[id_], tuple(places[id_]), answers))
    most = MOST.get(folder.name, len(examples))
    chosen = random.sample(examples, most) if len(examples) > most else examples
    return chosen * 2 if folder.name in TWICE else chosen


def _lines(path: Path, fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(
            f"{path} cannot be read: {error.strerror}; name the folder of a question set."
        ) from None
    for number, line in enumerate(lines, start=1):
        try:
            values = json.loads(line)
            missing = [field for field in fields if field not in values]
        except (ValueError, TypeError):
            raise DataError(f"{path}:{number} is not a JSON object; mend or delete the line.") from None
        if missing:
            raise DataError(f"{path}:{number} has no {missing[0]}; add it or delete the line.")
        yield values
