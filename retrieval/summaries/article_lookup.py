"""Which article is meant: by its id, by words of its title, or because it is the one at hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from index.errors import ArticleMissingError, PublicError
from index.library_name import LibraryName
from index.program import command
from index.protocols import Search
from index.text import STOP_WORDS, plain_letters
from index.types import ArticleInfo
from retrieval.conversation import Conversation

SHOWN = 5
"""The most titles that a message lists."""

_WORD = re.compile(r"\w+")


class ArticleNameError(PublicError):
    """Words that several articles are called by."""


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article, and the library it is in."""

    search: Search
    article: ArticleInfo


def article_entries(searches: Sequence[Search], among: Collection[str] | None = None) -> list[ArticleEntry]:
    """Return every article, newest first by its own date, else by when it was read; only ``among`` these ids.

    An article of several libraries counts once, as the first one's.
    """
    entries: dict[str, ArticleEntry] = {}
    for search in searches:
        for article in search.articles():
            if among is None or article.id in among:
                entries.setdefault(article.id, ArticleEntry(search, article))
    return sorted(
        entries.values(), key=lambda entry: (_day(entry.article), entry.article.added), reverse=True
    )


def article_at_hand(entries: Sequence[ArticleEntry], conversation: Conversation) -> ArticleEntry:
    """Return the current version of the article talked about last, else the newest, the first of all."""
    for turn in reversed(conversation.turns):
        for article in turn.articles[:1]:
            for entry in entries:
                if entry.article.source_id == article.source_id:
                    return entry
    return entries[0]


def articles_called(words: str, entries: Sequence[ArticleEntry]) -> list[ArticleEntry]:
    """Return those whose title, publisher or author has most of ``words``, at least half, in order."""
    asked = _content(words)
    scores = [_share(asked, _content(_called(entry.article))) for entry in entries]
    best = max(scores, default=0.0)
    return [entry for entry, score in zip(entries, scores, strict=True) if score == best and best >= 0.5]


def articles_titled(words: str, entries: Sequence[ArticleEntry]) -> list[ArticleEntry]:
    """Return those of which ``words`` are the title: all of them stand in it, and most of it in them."""
    asked = _content(words)
    found = []
    for entry in entries:
        title = _content(entry.article.title)
        if _share(asked, title) == 1.0 and _share(title, asked) >= 0.6:
            found.append(entry)
    return found


def named_article(name: str, entries: Sequence[ArticleEntry], library: str = "main") -> ArticleEntry:
    """Return the article with the id ``name``, or that is called so.

    ``library`` is where articles could be added. Raises ArticleMissingError when there is none, and
    ArticleNameError when there are several.
    """
    if not entries:
        add = command(f"add PATH{LibraryName(library).option}")
        raise ArticleMissingError("There are no articles yet.", for_operator=f"Add some with {add}.")
    for entry in entries:
        if name.strip() in {entry.article.id, entry.article.source}:
            return entry
    found = articles_titled(name, entries) or articles_called(name, entries)
    if not found:
        titles = _listed(entries)
        raise ArticleMissingError(f"No article is called “{_one_line(name)}”. You can choose from: {titles}.")
    if len(found) > 1:
        titles = _listed(found)
        raise ArticleNameError(
            f"{len(found)} articles match “{_one_line(name)}”: {titles}. Please be more specific."
        )
    return found[0]


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _listed(entries: Sequence[ArticleEntry]) -> str:
    """Return their titles, with the ids of those that only these tell apart."""
    same = Counter(entry.article.title for entry in entries)
    titles = [
        f"{entry.article.title} ({entry.article.id})"
        if same[entry.article.title] > 1
        else entry.article.title
        for entry in entries[:SHOWN]
    ]
    more = [f"and {len(entries) - SHOWN} more"] if len(entries) > SHOWN else []
    return "; ".join([*titles, *more])


def _day(article: ArticleInfo) -> date:
    return article.published or article.added.date()


def _called(article: ArticleInfo) -> str:
    return " ".join(filter(None, [article.title, article.publisher, article.author]))


def _content(text: str) -> list[str]:
    words = list(dict.fromkeys(map(plain_letters, _WORD.findall(normalize("NFC", text)))))
    return [word for word in words if word not in STOP_WORDS] or words


def _share(words: Sequence[str], among: Sequence[str]) -> float:
    """Return the share of ``words`` that stand ``among`` others, allowing for a slip or an ending.

    It is 0 where there are no words.
    """
    return sum(any(_same(word, other) for other in among) for word in words) / len(words) if words else 0.0


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if len(short) < 4:
        return False
    return (long.startswith(short) and len(long) - len(short) <= 3) or _is_one_slip(short, long)


def _is_one_slip(short: str, long: str) -> bool:
    """Return whether one letter is missing, wrong, or swapped with the next, in words of five letters up."""
    if len(short) < 5 or len(long) - len(short) > 1:
        return False
    same = next(
        (at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short)
    )
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = short[same : same + 2][::-1] == long[same : same + 2] and short[same + 2 :] == long[same + 2 :]
    return swapped or short[same + 1 :] == long[same + 1 :]
