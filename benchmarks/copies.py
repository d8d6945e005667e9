"""python -m benchmarks.copies DIR: which of two texts are taken for near-copies.

Texts are stretches of five paragraphs where these are known to be of one article (``article#3``), else those
of the set. Of each, copies are made as another site would have them, by chance with a fixed seed; beside them
stand different texts: those of one article, and all pairs of the set.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Annotated

import numpy as np
import typer

from index.copies import likeness, sketch_of
from retrieval.question_set import QuestionSet, read_question_set

SEED = 7
STRETCH = 5
FEWEST_WORDS = 80
THRESHOLDS = (0.3, 0.4, 0.5, 0.6)
BEFORE = "By our own reporter, for The Daily Example, on Monday morning. Share this story with your friends."
AFTER = (
    "Copyright The Daily Example. All rights reserved. Subscribe to our newsletter for more like this one."
)

Change = Callable[[str, Sequence[str], random.Random], str]
"""Makes a copy of a text; what it takes from elsewhere, it takes from the others."""


def main(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set.")]) -> None:
    """Print the table."""
    question_set = read_question_set(folder)
    stretches = [one for one in _stretches(question_set) if len(one[1].split()) >= FEWEST_WORDS]
    texts = [text for _, text in stretches]
    words = median(len(text.split()) for text in texts)
    print(f"{question_set.name}: {len(texts)} texts, {words:.0f} words each\n")
    print(f"| texts | pairs | lowest | median | highest | {' | '.join(f'≥ {one}' for one in THRESHOLDS)} |")
    print(f"|---|{'---|' * (4 + len(THRESHOLDS))}")
    chance = random.Random(SEED)
    for name, change in CHANGES.items():
        _tell(name, [_alike(text, change(text, texts, chance)) for text in texts])
    sketches = np.array([sketch_of(text) for text in texts])
    articles = np.array([article for article, _ in stretches])
    alike: list[float] = []
    of_one: list[float] = []
    for place, sketch in enumerate(sketches):
        shares = np.mean(sketches[place + 1 :] == sketch, axis=1)
        alike += shares.tolist()
        of_one += shares[articles[place + 1 :] == articles[place]].tolist()
    _tell("different ones of one article", of_one)
    _tell("all pairs of the set", alike)


def _stretches(question_set: QuestionSet) -> Iterator[tuple[str, str]]:
    """An article, and a text of it."""
    for article, parts in question_set.parts.items():
        for first in range(0, len(parts), STRETCH):
            yield article, "\n\n".join(part.text for part in parts[first : first + STRETCH])


def _tell(name: str, alike: Sequence[float]) -> None:
    if alike:
        range_of = f"{min(alike):.2f} | {median(alike):.2f} | {max(alike):.2f}"
        counts = " | ".join(f"{sum(one >= least for one in alike):,}" for least in THRESHOLDS)
        print(f"| {name} | {len(alike):,} | {range_of} | {counts} |", flush=True)


def _alike(one: str, other: str) -> float:
    return likeness(sketch_of(one), sketch_of(other))


def _other_marks(text: str, _others: Sequence[str], _chance: random.Random) -> str:
    marks = str.maketrans({"'": "’", '"': "”", "-": "–", "\n": " "})
    return re.sub(" ", "\u00a0 ", text.translate(marks).upper())


def _framed(text: str, _others: Sequence[str], _chance: random.Random) -> str:
    return f"{BEFORE}\n\n{text}\n\n{AFTER}"


def _corrected(text: str, others: Sequence[str], chance: random.Random) -> str:
    return _reworded(1)(text, others, chance)


def _reworded(one_in: int) -> Change:
    """One word in so many is another one; with 1, one of them all."""

    def change(text: str, others: Sequence[str], chance: random.Random) -> str:
        words = text.split(" ")
        elsewhere = chance.choice(others).split()
        count = max(1, len(words) // one_in) if one_in > 1 else 1
        for place in chance.sample(range(len(words)), count):
            words[place] = chance.choice(elsewhere)
        return " ".join(words)

    return change


def _cut(share: float) -> Change:
    """Without so much of it, from a place in it on."""

    def change(text: str, _others: Sequence[str], chance: random.Random) -> str:
        words = text.split(" ")
        count = int(len(words) * share)
        first = chance.randrange(len(words) - count)
        return " ".join(words[:first] + words[first + count :])

    return change


def _inside(times: float) -> Change:
    """Within a text that is so many times as long."""

    def change(text: str, others: Sequence[str], chance: random.Random) -> str:
        words = text.split(" ")
        wanted = int(len(words) * (times - 1))
        more: list[str] = []
        while len(more) < wanted:
            more += chance.choice(others).split(" ")
        return " ".join(more[: wanted // 2] + words + more[wanted // 2 : wanted])

    return change


def _edited(text: str, others: Sequence[str], chance: random.Random) -> str:
    for change in (_cut(0.2), _reworded(20), _framed, _other_marks):
        text = change(text, others, chance)
    return text


CHANGES: dict[str, Change] = {
    "other marks, spaces, capitals": _other_marks,
    "one word corrected": _corrected,
    "lines of the site before and after": _framed,
    "one word in 20 another": _reworded(20),
    "one word in ten another": _reworded(10),
    "a fifth cut": _cut(0.2),
    "a fifth added": _inside(1.2),
    "a fifth cut, one word in 20 another, lines of the site, other marks": _edited,
    "half of it cut": _cut(0.5),
    "inside a text twice as long": _inside(2),
    "inside a text four times as long": _inside(4),
}


if __name__ == "__main__":
    typer.run(main)
