"""Which of the blocks of a web page are its article.

trafilatura finds the paragraphs, but loses headings, lists and tables between them on many pages. So what it
finds says where the article is; the blocks are the page's own, and so are those among them that belong there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import trafilatura

from index.documents.formats.blocks import Block, word_count
from index.documents.formats.html.furniture import is_furniture
from index.documents.formats.html.plain_copy import plain_copy
from index.documents.formats.markup import blocks_of

_MANY_BLOCKS = 2_000  # of a page with more, trafilatura asks no second and third opinion: they take seconds
_LONG = 40  # letters: this many in a row are no coincidence
_FOUND_SHARE = 0.9
_MAIN_SHARE = 0.6
_LEAST_WORDS = 8
_LONGEST_LINE = 400  # letters: a longer paragraph is no line between others
_MOST_LINKS = 0.4
_ASIDE_TAGS = frozenset(
    ["nav", "aside", "footer", "form", "figure", "figcaption", "button", "address", "header"]
)
_LISTED = frozenset(["li", "tr", "dt", "dd", "pre"])
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|sponsor\w*|promo\w*|related|recirc\w*|recommend\w*|more|also|trending|popular"
    r"|share|sharing|social|follow|comments?|respond|newsletter|signup|subscri\w*|paywall|cookie\w*|consent|gdpr"
    r"|banner|modal|popup|breadcrumbs?|menu|nav\w*|sidebar|widget|tags?|topics|byline|bio|credits?|caption|meta"
    r"|footer|masthead|toolbar|poll|quiz|toc|read-?next|most-?read|hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)


def main_blocks(page: Any, placed: Sequence[tuple[Block, Any]]) -> list[Block]:
    """Return the blocks of the article in the tree ``page``, in order; none when it has no article.

    ``placed`` are all blocks of its body, each with its element.
    """
    found = trafilatura.bare_extraction(
        plain_copy(page), fast=len(placed) > _MANY_BLOCKS, include_comments=False, with_metadata=False
    )
    body = getattr(found, "body", None)
    if body is None or not placed:
        return []
    paragraphs = list(blocks_of(body))
    taken = _taken(placed, [_letters(block.text) for block in paragraphs])
    own = [block for (block, _), is_taken in zip(placed, taken, strict=True) if is_taken]
    if _size(own) < _FOUND_SHARE * _size(paragraphs):
        return paragraphs
    _drop_other_articles(placed, taken)
    _take_between(placed, taken)
    shares: dict[Any, float] = {}
    return [
        block
        for (block, element), is_taken in zip(placed, taken, strict=True)
        if is_taken and not _is_furniture(block.text, element, shares)
    ]


def _is_furniture(text: str, element: Any, shares: dict[Any, float]) -> bool:
    if len(text) > _LONGEST_LINE:
        return False
    if element not in shares:
        shares[element] = _link_share(element)
    return is_furniture(text, shares[element])


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(_letters(block.text)) for block in blocks)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _taken(placed: Sequence[tuple[Block, Any]], found: Sequence[str]) -> list[bool]:
    """Return for each block of the page whether its words are among those that were ``found``."""
    whole = "".join(found)
    exactly = set(found)
    taken = []
    for block, element in placed:
        letters = _letters(block.text)
        is_found = letters in exactly or (len(letters) >= _LONG and letters in whole)
        taken.append(is_found and not _is_contents(element, letters))
    return taken


def _is_contents(element: Any, letters: str) -> bool:
    """Return whether ``element`` is an entry of a table of contents.

    Such an entry leads to another place of the page.
    """
    if element.tag != "li" and next(element.iterancestors("li"), None) is None:
        return False
    links = (link for link in element.iter("a") if (link.get("href") or "").startswith("#"))
    return letters == _letters("".join(next(links, element.makeelement("a")).itertext())) and letters != ""


def _drop_other_articles(placed: Sequence[tuple[Block, Any]], taken: list[bool]) -> None:
    """Leave out teasers and comments: other ``<article>``s than the one that has most of what is taken."""
    homes = [next((up for up in element.iterancestors("article")), None) for _, element in placed]
    sizes: Counter[Any] = Counter()
    for (block, _), home, is_taken in zip(placed, homes, taken, strict=True):
        if is_taken:
            sizes[home] += len(block.text)
    largest, size = sizes.most_common(1)[0] if sizes else (None, 0)
    if largest is None or size < _MAIN_SHARE * sizes.total():
        return
    within = {largest, *largest.iterancestors("article"), *largest.iter("article"), None}
    for number, home in enumerate(homes):
        taken[number] = taken[number] and home in within


def _take_between(placed: Sequence[tuple[Block, Any]], taken: list[bool]) -> None:
    """Take the lists, tables and paragraphs that stand between taken ones, then the headings above them."""
    numbers = [number for number, is_taken in enumerate(taken) if is_taken]
    if not numbers:
        return
    long = [placed[number] for number in numbers if len(_letters(placed[number][0].text)) >= _LONG]
    homes = {element.getparent() for _, element in long}
    seen = {_letters(placed[number][0].text) for number in numbers}
    last = _last_of_list(placed, numbers[-1])
    shares: dict[Any, float] = {}
    for number in range(numbers[0], last + 1):
        block, element = placed[number]
        if taken[number] or block.is_heading or _letters(block.text) in seen:
            continue
        is_listed = element.tag in _LISTED or _LISTED.intersection(
            above.tag for above in element.iterancestors()
        )
        if (is_listed or word_count(block.text) >= _LEAST_WORDS) and _is_beside(element, homes, shares):
            taken[number] = True
    for number in range(last - 1, -1, -1):
        block, element = placed[number]
        is_near = number >= numbers[0] - 1
        if block.is_heading and not taken[number] and is_near and taken[number + 1]:
            taken[number] = not _is_aside(element)


def _last_of_list(placed: Sequence[tuple[Block, Any]], number: int) -> int:
    """Return the last block of the list or table that block ``number`` stands in, or that follows it."""
    home = placed[number][1].getparent()
    while number + 1 < len(placed):
        element = placed[number + 1][1]
        if element.tag not in _LISTED or home not in element.iterancestors():
            break
        number += 1
    return number


def _is_beside(element: Any, homes: set[Any], shares: dict[Any, float]) -> bool:
    """Return whether ``element``, or what it is a part of, is a sibling of the article's paragraphs."""
    while element is not None:
        if element not in shares:
            shares[element] = _link_share(element)
        if _is_aside(element) or shares[element] > _MOST_LINKS:
            return False
        if element.getparent() in homes:
            return True
        element = element.getparent()
    return False


def _is_aside(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in _ASIDE_TAGS or bool(_ASIDE.search(names))


def _link_share(element: Any) -> float:
    whole = len(_letters("".join(element.itertext())))
    linked = sum(len(_letters("".join(link.itertext()))) for link in element.iter("a"))
    return linked / whole if whole else 0.0
