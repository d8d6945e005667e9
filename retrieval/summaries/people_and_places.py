"""The people and places that an article names most. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.parser import NameKind
from retrieval.summaries.sentences import Sentence

_BEFORE_NAMES = """
    mr mrs ms miss dr prof professor president sir dame lord lady king queen prince princess pope minister
    secretary senator chancellor general captain colonel judge justice representative
"""
_TITLES = frozenset(_BEFORE_NAMES.split())
_BEFORE = re.compile(r"^\W+")
_BEHIND = re.compile(r"(?<![^\w.])(?<![’'`]s)(?:[’'`]s|[^\w.])++$")


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """A person or a place by its fullest name, and how often it is named."""

    name: str
    count: int
    sentence: Sentence  # where it first stands by this name


def people_named(sentences: Sequence[Sentence]) -> list[NamedEntity]:
    """Return the people named, the one named most first. "Blinken" is counted as "Antony Blinken"."""
    return _named(sentences, "person")


def places_named(sentences: Sequence[Sentence]) -> list[NamedEntity]:
    """Return the places named, the one named most first. "US" is counted as "United States"."""
    return _named(sentences, "place")


def _named(sentences: Sequence[Sentence], kind: NameKind) -> list[NamedEntity]:
    counts, first = _of_kind(sentences, kind)
    fullest = {name: _fullest(name, counts, kind) for name in counts}
    total: Counter[str] = Counter()
    for name, count in counts.items():
        total[fullest[name]] += count
    order = {name: place for place, name in enumerate(counts)}
    ranked = sorted(total, key=lambda name: (-total[name], order[name]))
    return [NamedEntity(name, total[name], first[name]) for name in ranked]


def _of_kind(sentences: Sequence[Sentence], kind: NameKind) -> tuple[Counter[str], dict[str, Sentence]]:
    """Return how often each name stands, and where first, of those that are mostly of ``kind``."""
    kinds: dict[str, Counter[NameKind]] = {}
    first: dict[str, Sentence] = {}
    for sentence in sentences:
        for found in sentence.parsed.names:
            name = _bare(found.text)
            if len(name) > 1 and name[:1].isupper():
                kinds.setdefault(name, Counter())[found.kind] += 1
                first.setdefault(name, sentence)
    mostly = {name: own.most_common(1)[0][0] for name, own in kinds.items()}
    # The parser often takes a family name alone for something else.
    families = {name.split()[-1] for name, own in mostly.items() if own == "person" and " " in name}
    mostly |= dict.fromkeys(families & mostly.keys(), "person")
    counts = Counter({name: own.total() for name, own in kinds.items() if mostly[name] == kind})
    return counts, first


def _bare(text: str) -> str:
    """Return the name without titles, "the" and "'s"."""
    words = _BEHIND.sub("", _BEFORE.sub("", " ".join(text.split()))).split()
    while len(words) > 1 and words[0].strip(".").casefold() in _TITLES | {"the"}:
        words = words[1:]
    return " ".join(words)


def _fullest(name: str, counts: Counter[str], kind: NameKind) -> str:
    """Return the longer name that ``name`` is short for, the most frequent where several are; else itself."""
    parts = name.split()
    longer = [
        other
        for other in counts
        if len(other.split()) > len(parts)
        and (other.split()[-len(parts) :] == parts or other.split()[: len(parts)] == parts)
    ]
    if kind == "place":
        initials = name.replace(".", "")
        longer = [other for other in counts if initials.isupper() and _initials(other) == initials]
    return max(longer, key=lambda other: (counts[other], len(other)), default=name)


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words if word[0].isupper()) if len(words) > 1 else ""
