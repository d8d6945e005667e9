"""What is known about an article, as plain sentences for every surface that shows an answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from index.types import ArticleInfo


def written_out(day: date) -> str:
    """Return ``day`` as people write it: 18 March 2022."""
    return f"{day.day} {day:%B %Y}"


def origin(article: ArticleInfo) -> str:
    """Return title, publisher and date, as far as they are known; the source where there is no title."""
    named = [article.title.strip() or article.source, article.publisher]
    return ", ".join(part for part in [*named, article.published and written_out(article.published)] if part)


def facts_in_words(facts: Mapping[str, str]) -> str:
    """Return the ``facts`` of an Answer of kind ``about`` in a few sentences; "" where none is told so.

    It was written by A. Writer and published in The Paper on 18 March 2022.
    """
    return " ".join(filter(None, [_came_from(facts), _size(facts), _read_at(facts), _missing(facts)]))


def named_in_words(facts: Mapping[str, str]) -> list[str]:
    """Return a line for the people and one for the places that the article names most."""
    lines = []
    for kind, none in (("people", "No people are named in it."), ("places", "No places are named in it.")):
        if kind in facts:
            lines.append(f"{kind.capitalize()}: {facts[kind]}." if facts[kind] else none)
    return lines


def _came_from(facts: Mapping[str, str]) -> str:
    said = []
    if author := facts.get("author"):
        said.append(f"written by {author}")
    where = f" in {facts['publisher']}" if facts.get("publisher") else ""
    when = f" on {written_out(date.fromisoformat(facts['published']))}" if facts.get("published") else ""
    if where or when:
        said.append(f"published{where}{when}")
    return f"It was {' and '.join(said)}." if said else ""


def _size(facts: Mapping[str, str]) -> str:
    if not facts.get("words"):
        return ""
    words, minutes = int(facts["words"]), int(facts["reading_minutes"])
    pages = f" on {facts['pages']} page{'s' if facts['pages'] != '1' else ''}" if facts.get("pages") else ""
    plural = "" if words == 1 else "s"
    return f"It has {words:,} word{plural}{pages}: {minutes} minute{'s' if minutes != 1 else ''} to read."


def _read_at(facts: Mapping[str, str]) -> str:
    return f"It can be read at {facts['link']}" if facts.get("link") else ""


def _missing(facts: Mapping[str, str]) -> str:
    what = {
        "author": "who wrote it",
        "published": "when it was published",
        "publisher": "where it was published",
        "link": "where it can be read",
        "words": "how long it is",
    }
    lacking = [words for fact, words in what.items() if facts.get(fact) == ""]
    listed = " or ".join(filter(None, [", ".join(lacking[:-1]), *lacking[-1:]]))
    return f"The article does not say {listed}." if lacking else ""
