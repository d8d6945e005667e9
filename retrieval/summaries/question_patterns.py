"""The ways of asking about an article rather than in it, as patterns over a question in plain words.

They stand in ``question_patterns.toml``, which says how they are written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from retrieval.answers import Aspect
from retrieval.language_data import pattern_file


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Courtesy(_Table):
    lead: str
    tail: str


class _Spelling(_Table):
    words: tuple[str, ...]
    own: tuple[str, ...]
    other: Mapping[str, str]


class _Titled(_Table):
    patterns: tuple[str, ...]


class _Laws(_Table):
    parts: frozenset[str]


class _QuestionPatterns(_Table):
    aspects: Mapping[Aspect, tuple[str, ...]]
    titled: _Titled
    later: Mapping[str, Aspect]
    courtesy: _Courtesy
    spelling: _Spelling
    laws: _Laws


_FILE = pattern_file(Path(__file__).with_suffix(".toml"), _QuestionPatterns)

PATTERNS: Mapping[Aspect, tuple[re.Pattern[str], ...]] = MappingProxyType(
    {aspect: tuple(map(re.compile, patterns)) for aspect, patterns in _FILE.aspects.items()}
)
"""By aspect. Groups: ``it`` a bare pronoun; ``before``, ``after`` words that name the article; ``latest``;
``topic``; ``places``."""

TITLED = tuple(map(re.compile, _FILE.titled.patterns))
"""Ask for a summary only where ``title`` is that of an article."""

LATER = MappingProxyType(dict(_FILE.later))
"""What is left of a question behind another one: who wrote it, and when?"""

LEAD = re.compile(_FILE.courtesy.lead)
"""What is said for politeness before a question."""

TAIL = re.compile(_FILE.courtesy.tail)
"""What is said for politeness behind a question."""

SPELLED = _FILE.spelling.words
"""Words that are recognised with a slip."""

OWN_WORDS = _FILE.spelling.own
"""Words that look like a slip of those, but are their own."""

SHORT_FORMS = MappingProxyType(dict(_FILE.spelling.other))
"""Other slips and short forms, and the words they stand for."""

PARTS_OF_LAWS = _FILE.laws.parts
"""Words that say that an article is one of a law."""
