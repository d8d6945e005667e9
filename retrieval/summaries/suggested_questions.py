"""Sentences of an article -> questions that they answer, to show what it can be asked. Pure.

Of "China refused to supply airlines" it makes "What did China refuse?". Only plain statements about what is
named are asked for; whether the article answers is for a reader to say.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from retrieval.answers import Answer, citations_of
from retrieval.parser import Parsed, Word
from retrieval.summaries.sentences import Sentence
from retrieval.types import Quote

MOST_TRIED = 8
"""Questions that are asked, of those that were made: 0.2 s each."""

LONGEST_SUBJECT = 5
"""Words; a longer one gives away the answer, or is half a sentence."""

_OBJECTS = frozenset({"dobj", "ccomp", "xcomp", "obj"})
_EMPTY = frozenset("have do get make take go come be".split())  # noqa: SIM905  # reads as one line
_HEAD_TAGS = frozenset({"NNP", "NNPS", "NN", "NNS"})
_INSIDE = frozenset({"compound", "det", "amod", "poss", "case", "nummod", "nmod", "flat"})


def questions_answered_by(sentences: Sequence[Sentence]) -> Iterator[tuple[str, Sentence]]:
    """Yield a question for each sentence that makes one, and the sentence that should answer it, in order."""
    for sentence in sentences:
        question = _question(sentence.text, sentence.parsed)
        if question is not None:
            yield question, sentence


def verified_questions(
    pairs: Iterable[tuple[str, Sentence]], ask: Callable[[str], Answer], most_tried: int = MOST_TRIED
) -> Iterator[str | None]:
    """Yield the questions that ``ask`` answers first with the words they were made from; None for others."""
    for question, sentence in itertools.islice(dict(pairs).items(), most_tried):
        cited = citations_of(ask(question))
        is_it = bool(cited) and _overlap(cited[0].quote, sentence)
        yield question if is_it else None


def _overlap(quote: Quote, sentence: Sentence) -> bool:
    return quote.start < sentence.end and sentence.start < quote.end


def _question(text: str, parsed: Parsed) -> str | None:
    words = parsed.words
    root = next((word for place, word in enumerate(words) if word.head == place and word.pos == "VERB"), None)
    if root is None or root.tag not in {"VBD", "VBZ", "VBP"} or root.lemma in _EMPTY:
        return None
    place = words.index(root)
    below = [word for word in words if word.head == place]
    relations = {word.relation for word in below}
    if "neg" in relations or not relations & _OBJECTS:
        return None
    subject = next((word for word in below if word.relation == "nsubj" and word.start < root.start), None)
    named = None if subject is None else _subject(text, parsed, subject)
    if named is None:
        return None
    helper = {"VBD": "did", "VBZ": "does", "VBP": "do"}[root.tag]
    particle = next((f" {word.text}" for word in below if word.relation == "prt"), "")
    return f"What {helper} {named} {root.lemma}{particle}?"


def _subject(text: str, parsed: Parsed, head: Word) -> str | None:
    """Return the subject in its own words: a name, or a phrase with one in it."""
    if head.tag not in _HEAD_TAGS:
        return None
    words = parsed.words
    place = words.index(head)
    own = [
        word for word in words if word.head == place and word.relation in _INSIDE and word.start < head.start
    ]
    inside = [
        word
        for word in words
        if any(word.head == words.index(child) for child in own) and word.relation in _INSIDE
    ]
    first = min([head, *own, *inside], key=lambda word: word.start)
    span = [word for word in words if first.start <= word.start <= head.start]
    is_named = any(name.start < head.end and first.start < name.end for name in parsed.names)
    if len(span) > LONGEST_SUBJECT or not is_named or any(word.pos in {"PRON", "PUNCT"} for word in span):
        return None
    said = text[first.start : head.end]
    return said[0].lower() + said[1:] if first.tag == "DT" else said
