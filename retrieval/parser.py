"""Texts -> their words, the dependencies between them, and names. The only file here that runs a parser.

It is spaCy's en_core_web_sm 3.8.0 (MIT, trained on OntoNotes 5), read as data (index/models/packaged.py);
about 6,000 words a second on one core.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol

from index.errors import ModelError
from index.models import find_weights
from index.models.packaged import ENGLISH_PARSER

if TYPE_CHECKING:
    from spacy.tokens import Doc

NameKind = Literal["person", "organisation", "place", "people", "other"]
"""What is named. ``people`` are those of a nation, a religion or a party: Russian, Muslims, Democrats."""

MOST_LEMMAS = 20_000
"""Lemmas that are remembered; to find one anew takes microseconds."""

_KINDS: MappingProxyType[str, NameKind] = MappingProxyType(
    {
        "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
        "NORP": "people", "EVENT": "other", "LAW": "other", "PRODUCT": "other", "WORK_OF_ART": "other",
    }
)  # fmt: skip
_ENDLESS = re.compile(r"\S{200}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark, ``start`` to ``end`` of the text that was parsed."""

    start: int
    end: int
    text: str
    lemma: str
    tag: str  # Penn Treebank: NNP, VBD, PRP …
    pos: str  # Universal Dependencies: PROPN, VERB, PRON …
    head: int  # place in ``words`` of the word it depends on; its own where it is a root
    relation: str  # to its head, in spaCy's English labels: nsubj, ccomp, appos …


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name, ``start`` to ``end`` of the text that was parsed."""

    start: int
    end: int
    text: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Parsed:
    """One text: all its words and marks, and its names, in order."""

    words: tuple[Word, ...]
    names: tuple[Name, ...]


class Parser(Protocol):
    """Finds the words of English texts, the dependencies between them, and names."""

    def parse(self, texts: Sequence[str]) -> Sequence[Parsed]:
        """Return a Parsed for each text, in order."""


@functools.cache
def load_parser() -> Parser:
    """Return the parser, loaded once; takes a second or two. Raises ModelError when its files are wrong."""
    return _SpacyParser(find_weights(ENGLISH_PARSER))


class _SpacyParser:
    def __init__(self, folder: Path) -> None:
        import spacy

        try:
            self._model = spacy.load(folder, exclude=["senter"])
        except Exception as error:  # spaCy raises many kinds
            raise ModelError(f"The parser in {folder} can't be loaded: {error}") from None
        self._lemmas: dict[Any, Any] = self._model.get_pipe("lemmatizer").cache  # type: ignore[attr-defined]
        self._lock = threading.Lock()  # memory zones must not be nested, in another thread neither

    def parse(self, texts: Sequence[str]) -> Sequence[Parsed]:
        encodable = [
            text.encode("utf-8", "replace").decode() for text in texts
        ]  # no half of a surrogate pair
        # spaCy remembers every word that it has ever seen, except those that it meets in a memory zone; and
        # the lemmas of all, in a zone too.
        with self._lock, self._model.memory_zone():
            docs = self._model.pipe(map(_without_endless_words, encodable))
            parsed = [_parsed(doc, text) for doc, text in zip(docs, encodable, strict=True)]
            if len(self._lemmas) > MOST_LEMMAS:
                self._lemmas.clear()
            return parsed


def _without_endless_words(text: str) -> str:
    """Return ``text`` with a space for every 200th character that no space comes before.

    What stands between two spaces takes spaCy the square of its length, where it is marks or brackets.
    """
    return _ENDLESS.sub(lambda word: f"{word[0][:-1]} ", text)


def _parsed(doc: Doc, text: str) -> Parsed:
    tokens = [token for token in doc if not token.is_space]
    places = {token.i: place for place, token in enumerate(tokens)}
    words = tuple(
        Word(
            token.idx,
            token.idx + len(token),
            text[token.idx : token.idx + len(token)],
            token.lemma_,
            token.tag_,
            token.pos_,
            places.get(token.head.i, place),
            token.dep_,
        )
        for place, token in enumerate(tokens)
    )
    names = tuple(
        Name(
            entity.start_char,
            entity.end_char,
            text[entity.start_char : entity.end_char],
            _KINDS[entity.label_],
        )
        for entity in doc.ents
        if entity.label_ in _KINDS
    )
    return Parsed(words, names)
