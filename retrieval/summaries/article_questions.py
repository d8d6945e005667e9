"""Is a question about an article rather than in it, and what does it ask? Rules over plain words; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.text import STOP_WORDS
from retrieval.answers import Aspect
from retrieval.summaries.question_patterns import (
    LATER,
    LEAD,
    OWN_WORDS,
    PARTS_OF_LAWS,
    PATTERNS,
    SHORT_FORMS,
    SPELLED,
    TAIL,
    TITLED,
)

LONGEST_CHARS = 300
"""Nobody needs more to ask what an article is about; what is longer is about something in it."""


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """What is asked about an article, and what the question says of which one."""

    aspects: tuple[Aspect, ...]  # in order of the question, at least one, each once
    named: str = ""  # words that name the article, or what listed articles have to be about
    is_bare: bool = False  # only a pronoun names it: "how long is it?"
    is_latest: bool = False  # "the latest article"
    is_titled: bool = False  # it is only a question about an article where ``named`` is the title of one


_CONTRACTED = re.compile(r"\b(what|who|when|where|how|it|that|there)[’'`]?s\b")
_TLDR = re.compile(r"\btl[ ;,.:/]{0,2}dr\b")
_POSSESSIVE = re.compile(r"[’'`]s\b")
_MARKS = re.compile(r"[^\w\s]+")
_BORDER = re.compile(r"(?<![?!.,;&])[?!.,;&]++\s|\band\b|\balso\b")


def parse_article_question(question: str) -> ArticleQuestion | None:
    """Return what ``question`` asks about an article, or which there are; None where it asks anything else.

    Only the words are looked at: whether there is such an article is not known here.
    """
    if len(question) > LONGEST_CHARS:
        return None
    folded = _TLDR.sub("tldr", question.casefold())
    plain = _plain(folded)
    found = _single_question(plain) or _joined_questions(folded) or _titled(plain)
    return found and replace(found, named=_as_written(found.named, question))


def _as_written(named: str, question: str) -> str:
    """Return the words ``named`` as they stand in ``question``, where they do."""
    found = re.search(r"\W+".join(map(re.escape, named.split())), question, re.IGNORECASE)
    return found[0] if found else named


def _joined_questions(folded: str) -> ArticleQuestion | None:
    """Return what several questions in a row ask about an article; None where one asks anything else."""
    found: list[ArticleQuestion] = []
    for words in filter(None, map(_plain, _BORDER.split(f"{folded} "))):
        later = LATER.get(words) if found else None
        part = ArticleQuestion((later,)) if later else _single_question(words)
        if part is None:
            return None
        found.append(part)
    if len(found) < 2 or any("articles" in part.aspects for part in found):
        return None
    aspects = tuple(dict.fromkeys(aspect for part in found for aspect in part.aspects))
    named = next((part.named for part in found if part.named), "")
    return ArticleQuestion(
        aspects, named, all(part.is_bare for part in found[:1]), any(part.is_latest for part in found)
    )


def _single_question(words: str) -> ArticleQuestion | None:
    for shorter in _without_courtesy(words):
        for aspect, patterns in PATTERNS.items():
            for pattern in patterns:
                match = pattern.fullmatch(shorter)
                if match and (found := _understood(aspect, match)):
                    return found
    return None


def _understood(aspect: Aspect, match: re.Match[str]) -> ArticleQuestion | None:
    groups = match.groupdict()
    before = groups.get("before") or ""
    if before and not _can_name(before):
        return None
    if _is_of_a_law(groups.get("topic") or ""):
        return None
    named = before or groups.get("after") or groups.get("topic") or ""
    aspects: tuple[Aspect, ...] = (aspect, "places") if groups.get("places") else (aspect,)
    return ArticleQuestion(aspects, named, bool(groups.get("it")), bool(groups.get("latest")))


def _can_name(before: str) -> bool:
    """Return whether "the … article" names one by these words: the first article is one of a constitution."""
    words = before.split()
    is_inside = any(word in STOP_WORDS and word not in {"and", "of", "on", "the", "in"} for word in words)
    at_ends = {words[0], words[-1]} & STOP_WORDS
    return not is_inside and not at_ends and not PARTS_OF_LAWS.intersection(words)


def _is_of_a_law(topic: str) -> bool:
    """Return whether "articles of …" are parts of a law, or a topic is none."""
    return bool(topic) and all(word in STOP_WORDS for word in topic.split()) and topic not in {"it", "that"}


def _titled(words: str) -> ArticleQuestion | None:
    for shorter in _without_courtesy(words):
        for pattern in TITLED:
            if match := pattern.fullmatch(shorter):
                return ArticleQuestion(("summary",), match["title"], is_titled=True)
    return None


def _without_courtesy(words: str) -> Iterator[str]:
    """Yield ``words``, and what is left when what is said for politeness is taken off, bit by bit."""
    yield words
    ended = words
    while tail := TAIL.search(ended):
        ended = ended[: tail.start()]
        yield ended
    while lead := LEAD.match(ended):
        ended = ended[lead.end() :]
        yield ended


def _plain(folded: str) -> str:
    """Return the words in lower case, without marks, contractions and the commonest slips."""
    text = _CONTRACTED.sub(r"\1 is", folded)
    words = _MARKS.sub(" ", _POSSESSIVE.sub("", text)).split()
    return " ".join(_MEANT.get(word, word) for word in words)


def _slips(word: str) -> Iterator[str]:
    """Yield ``word`` with a letter missing, doubled, or swapped with the next."""
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place - 1] + word[place:]
        yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]


_MEANT = {
    **{slip: word for word in SPELLED if len(word) > 4 for slip in _slips(word)},
    **SHORT_FORMS,
    **{word: word for word in (*SPELLED, *OWN_WORDS)},
}
