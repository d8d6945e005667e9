"""python -m benchmarks.near_duplicates DIR: what counts as near-duplicate, and what becomes of questions.

Texts are stretches of five paragraphs where these are known to be of one article (``article#3``), else those
of the set. Of each, copies are made as another site would have them, by chance with a fixed seed; beside them
stand different texts: those of one article, and all pairs of the set.

With ``--ask N``, N questions are searched in a library where each text stands once, and in one where five
copies of those that answer stand beside them: is an answer in what is read, and of how many texts is that?
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Annotated

import numpy as np
import typer

from benchmarks.question_set import answered_questions, search_of
from index.command_line import make_progress
from index.documents.article import make_article
from index.documents.formats.types import Extracted
from index.ingest.ingest import embed_article
from index.models import load_embedder
from index.search import SqliteSearch
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.text import sentence_spans, shingles_of, signature_of
from index.text.minhash import likeness
from index.types import Embedder
from retrieval.evaluation import Asked, QuestionSet, holds_answer, read_question_set
from retrieval.retrieve import Candidates, find_all, find_candidates
from retrieval.settings import RetrievalSettings

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


def main(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A question set.")],
    ask: Annotated[int, typer.Option(help="Ask this many questions instead.")] = 0,
) -> None:
    """Print the table."""
    question_set = read_question_set(folder)
    if ask:
        _ask(question_set, ask)
    else:
        _compare(question_set)


def _compare(question_set: QuestionSet) -> None:
    stretches = [
        (article, text) for article, text in _stretches(question_set) if len(text.split()) >= FEWEST_WORDS
    ]
    texts = [text for _, text in stretches]
    words = median(len(text.split()) for text in texts)
    print(f"{question_set.name}: {len(texts)} texts, {words:.0f} words each\n")
    thresholds = " | ".join(f"≥ {threshold}" for threshold in THRESHOLDS)
    print(f"| texts | pairs | lowest | median | highest | {thresholds} |")
    print(f"|---|{'---|' * (4 + len(THRESHOLDS))}")
    chance = random.Random(SEED)
    for name, change in CHANGES.items():
        _tell(name, [_alike(text, change(text, texts, chance)) for text in texts])
    signatures = np.array([signature_of(text) for text in texts])
    articles = np.array([article for article, _ in stretches])
    alike: list[float] = []
    of_one: list[float] = []
    for place, signature in enumerate(signatures):
        shares = np.mean(signatures[place + 1 :] == signature, axis=1)
        alike += shares.tolist()
        of_one += shares[articles[place + 1 :] == articles[place]].tolist()
    _tell("different ones of one article", of_one)
    _tell("all pairs of the set", alike)


def _stretches(question_set: QuestionSet) -> Iterator[tuple[str, str]]:
    """Yield each article with each of its texts."""
    for article, parts in question_set.parts.items():
        for first in range(0, len(parts), STRETCH):
            yield article, "\n\n".join(part.text for part in parts[first : first + STRETCH])


def _tell(name: str, alike: Sequence[float]) -> None:
    if alike:
        range_of = f"{min(alike):.2f} | {median(alike):.2f} | {max(alike):.2f}"
        counts = " | ".join(f"{sum(share >= least for share in alike):,}" for least in THRESHOLDS)
        print(f"| {name} | {len(alike):,} | {range_of} | {counts} |", flush=True)


def _ask(question_set: QuestionSet, limit: int) -> None:
    asked = [question for question in answered_questions(question_set, limit) if question.spans]
    embedder = load_embedder(IndexSettings().embedder)
    texts = [article.text for article in question_set.texts.values()]
    answering = {span.text_id for question in asked for span in question.spans[:1]}
    chance = random.Random(SEED)
    copies = [
        make_article(
            f"{text_id} {name}", Extracted(article.title, CHANGES[name](article.text, texts, chance))
        )
        for text_id, article in question_set.texts.items()
        if text_id in answering
        for name in COPIED
    ]
    print(f"{question_set.name}: {len(asked)} questions, {len(texts)} texts, {len(copies)} copies\n")
    print("| library | read | an answer is in what is read | texts in it |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        search = search_of(question_set, Path(made), embedder)
        _tell_found("each text once", search, question_set, asked, embedder, find_all)
        settings = IndexSettings()
        with SqliteLibrary(Path(made) / "set.db") as library, make_progress() as progress:
            for copy in progress.track(copies, description="embedding copies"):
                library.replace(copy, *embed_article(copy, settings.passage_tokens, embedder))
        _tell_found("with copies", search, question_set, asked, embedder, find_all)
        _tell_found("with copies", search, question_set, asked, embedder, find_candidates)
        search.close()


def _tell_found(
    name: str,
    search: SqliteSearch,
    question_set: QuestionSet,
    asked: Sequence[Asked],
    embedder: Embedder,
    find: Callable[..., Candidates],
) -> None:
    sources = {info.id: info.source.partition(" ")[0] for info in search.articles()}
    held, counts = 0, []
    for question in asked:
        vector = embedder.embed_questions([question.text])[0]
        read = find(question.text, vector, [search], RetrievalSettings().candidates, None).fused
        right = {span.text_id for span in question.spans}
        held += any(
            sources[passage.article_id] in right and _has_words(passage.text, question_set, question)
            for passage in read
        )
        counts.append(len({sources[passage.article_id] for passage in read}))
    how = "one for all" if find is find_candidates else "all"
    print(f"| {name} | {how} | {held / len(asked):.3f} | {sum(counts) / len(counts):.1f} |", flush=True)


def _has_words(text: str, question_set: QuestionSet, asked: Asked) -> bool:
    """Return whether ``text`` has an answer's words, or most of them: copies are not word for word."""
    if holds_answer(text, overlaps_span=False, answers=asked.answers):
        return True
    spans = (question_set.texts[span.text_id].text[span.start : span.end] for span in asked.spans)
    wanted = [shingles_of(words) for words in spans]
    return any(2 * len(shingles & shingles_of(text)) >= len(shingles) for shingles in wanted)


def _alike(text: str, other: str) -> float:
    return likeness(signature_of(text), signature_of(other))


def _other_marks(text: str, _others: Sequence[str], _chance: random.Random) -> str:
    marks = str.maketrans({"'": "’", '"': "”", "-": "–", "\n": " "})
    return re.sub(" ", "\u00a0 ", text.translate(marks).upper())


def _framed(text: str, _others: Sequence[str], _chance: random.Random) -> str:
    return f"{BEFORE}\n\n{text}\n\n{AFTER}"


def _corrected(text: str, others: Sequence[str], chance: random.Random) -> str:
    return _reworded(10**9)(text, others, chance)


def _reworded(one_in: int) -> Change:
    """Return a change of one word in ``one_in``, at least one; names and numbers stay."""

    def change(text: str, others: Sequence[str], chance: random.Random) -> str:
        words = text.split(" ")
        plain = [place for place, word in enumerate(words) if word.isalpha() and word.islower()]
        elsewhere = [word for word in chance.choice(others).split() if word.isalpha() and word.islower()]
        for place in chance.sample(plain, min(len(plain), max(1, len(words) // one_in))):
            words[place] = chance.choice(elsewhere or [words[place]])
        return " ".join(words)

    return change


def _cut(share: float) -> Change:
    """Return a change that leaves out a run of sentences, chosen by chance, with ``share`` of the words."""

    def change(text: str, _others: Sequence[str], chance: random.Random) -> str:
        sentences = [text[start:end] for start, end in sentence_spans(text)]
        first, left = chance.randrange(len(sentences)), share * len(text.split())
        kept = [*sentences]
        for place in range(first, first + len(sentences) - 1):  # round the end, but never all
            left -= len(sentences[place % len(sentences)].split())
            if left < 0:
                break
            kept[place % len(sentences)] = ""
        return " ".join(sentence for sentence in kept if sentence)

    return change


def _inside(times: float) -> Change:
    """Return a change that puts a text between sentences of others until it is ``times`` as long."""

    def change(text: str, others: Sequence[str], chance: random.Random) -> str:
        wanted = (times - 1) * len(text.split())
        around: tuple[list[str], list[str]] = ([], [])
        while wanted > 0:
            other = chance.choice(others)
            start, end = chance.choice(sentence_spans(other))
            around[chance.randrange(2)].append(other[start:end])
            wanted -= len(other[start:end].split())
        return "\n\n".join(" ".join(part) for part in (around[0], [text], around[1]) if part)

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

COPIED = (
    "lines of the site before and after",
    "one word in 20 another",
    "a fifth cut",
    "a fifth added",
    "a fifth cut, one word in 20 another, lines of the site, other marks",
)


if __name__ == "__main__":
    typer.run(main)
