"""Examples -> pairs to train on: the right passage, and the four ways a passage can fail to answer.

``answer``: the passage holds the answer. ``near``: people or a rule asked what it does not say. ``hard``: the
passage of the same article, or of the set, that shares most words with the question without holding the
answer. ``cut``: the right passage without the sentences that answer. ``off``: a passage about another matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Literal

from sklearn.feature_extraction.text import TfidfVectorizer

from index.text import STOP_WORDS, Span, sentence_spans
from training.examples import Example, Text

Kind = Literal["answer", "near", "hard", "cut", "off"]

HARD, CUT, OFF = 0.09, 0.10, 0.13
"""How many pairs of these kinds are made, as shares of the answerable examples."""

SHORTEST, LONGEST = 300, 850
"""Characters of a passage: about what a library's passages have, from a short paragraph to a long one."""

TITLED, UNMARKED = 0.5, 0.4
"""Shares of the pairs whose passage stands under its title, and whose question loses its question mark."""

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """What the model sees: a question, a passage with what stands above it, and where the answer is."""

    kind: Kind
    source: str
    question: str
    context: str  # ends with a line break where there is one; no answer is looked for in it
    text: str
    spans: tuple[Span, ...]  # in ``text``


def make_pairs(examples: Sequence[Example], texts: Mapping[str, list[Text]], random: Random) -> list[Pair]:
    """Return the pairs of all ``examples``, shuffled.

    ``texts`` are those of each set, to take wrong ones from.
    """
    pairs = [pair for example in examples if (pair := _pair_of_own_text(example, random))]
    answerable = [example for example in examples if example.spans]

    def some(share: float) -> list[Example]:
        return random.sample(answerable, round(share * len(answerable)))

    pairs += _each(some(CUT), lambda example: _cut(example, random))
    pairs += _each(some(OFF), lambda example: _pair_off_topic(example, texts, random))
    pairs += _hard(some(HARD), texts, random)
    random.shuffle(pairs)
    return pairs


def _each(examples: Iterable[Example], make: Callable[[Example], Pair | None]) -> list[Pair]:
    return [pair for example in examples if (pair := make(example))]


def _pair_of_own_text(example: Example, random: Random) -> Pair | None:
    """Return the example's own text, around the answer or, without one, around the words of the question."""
    sentences = sentence_spans(example.text.text)
    if not sentences:
        return None
    if example.spans:
        at = random.choice(example.spans)
        anchor = next((n for n, (_, end) in enumerate(sentences) if at[0] < end), len(sentences) - 1)
    else:
        words = _words(example.question)
        shared = [len(words & _words(example.text.text[start:end])) for start, end in sentences]
        anchor = shared.index(max(shared))
    start, end = _window(sentences, anchor, random)
    inside = [
        (first - start, last - start) for first, last in example.spans if start <= first and last <= end
    ]
    if example.spans and not inside:
        return None  # an answer across many sentences, longer than a passage
    return _pair("answer" if inside else "near", example, example.text, (start, end), inside, random)


def _cut(example: Example, random: Random) -> Pair | None:
    text = example.text.text
    kept = [
        (start, end)
        for start, end in sentence_spans(text)
        if not any(start < last and first < end for first, last in example.spans)
    ]
    rest = " ".join(text[start:end] for start, end in kept)
    if len(rest) < SHORTEST // 2 or _holds(rest, example.answers):
        return None
    return _pair_of_text("cut", example, Text("", "", example.text.title, rest), random)


def _pair_off_topic(example: Example, texts: Mapping[str, list[Text]], random: Random) -> Pair | None:
    """Return a text of any set, half the time of the same one, that is about something else."""
    source = example.source if random.random() < 0.5 else random.choice(sorted(texts))
    other = random.choice(texts[source])
    if other.article == example.text.article or _holds(other.text, example.answers):
        return None
    return _pair_of_text("off", example, other, random)


def _hard(examples: Sequence[Example], texts: Mapping[str, list[Text]], random: Random) -> list[Pair]:
    by_set: dict[str, list[Example]] = {}
    for example in examples:
        by_set.setdefault(example.source, []).append(example)
    pairs: list[Pair] = []
    for source, own in by_set.items():
        others = texts[source]
        vectorizer = TfidfVectorizer(stop_words=list(STOP_WORDS), sublinear_tf=True)
        matrix = vectorizer.fit_transform(f"{text.title} {text.text}" for text in others)
        scores = (vectorizer.transform(example.question for example in own) @ matrix.T).toarray()
        for example, row in zip(own, scores, strict=True):
            order = [others[int(place)] for place in (-row).argsort()[:40]]
            wrong = [
                text
                for text in order
                if text.id != example.text.id and not _holds(text.text, example.answers)
            ]
            same = [text for text in wrong if text.article == example.text.article]
            if found := (same or wrong)[:_NEAREST]:
                pairs += filter(None, [_pair_of_text("hard", example, random.choice(found), random)])
    return pairs


def _pair_of_text(kind: Kind, example: Example, text: Text, random: Random) -> Pair | None:
    sentences = sentence_spans(text.text)
    if not sentences:
        return None
    return _pair(
        kind, example, text, _window(sentences, random.randrange(len(sentences)), random), [], random
    )


def _pair(
    kind: Kind, example: Example, text: Text, window: Span, spans: Sequence[Span], random: Random
) -> Pair:
    question = example.question.rstrip("? ") if random.random() < UNMARKED else example.question
    titled = text.title and random.random() < TITLED
    context = text.title.replace("_", " ") + "\n" if titled else ""
    return Pair(kind, example.source, question, context, text.text[slice(*window)], tuple(spans))


def _window(sentences: Sequence[Span], anchor: int, random: Random) -> Span:
    """Return whole sentences of a random length in all, with ``anchor`` at a random place among them."""
    room = random.randint(SHORTEST, LONGEST)
    first = last = anchor
    while True:
        left = first > 0 and sentences[last][1] - sentences[first - 1][0] <= room
        right = last + 1 < len(sentences) and sentences[last + 1][1] - sentences[first][0] <= room
        if not left and not right:
            return sentences[first][0], sentences[last][1]
        if left and (not right or random.random() < 0.5):
            first -= 1
        else:
            last += 1


def _holds(text: str, answers: Iterable[str]) -> bool:
    folded = text.casefold()
    return any(answer.casefold() in folded for answer in answers if answer)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if word not in STOP_WORDS}


def write_pairs(path: Path, pairs: Sequence[Pair]) -> None:
    """Write ``pairs`` to ``path`` as JSON lines."""
    lines = (json.dumps(asdict(pair), ensure_ascii=False) for pair in pairs)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs that write_pairs wrote to ``path``."""
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    values = (json.loads(line) for line in lines)
    return [Pair(**{**value, "spans": tuple(map(tuple, value["spans"]))}) for value in values]
