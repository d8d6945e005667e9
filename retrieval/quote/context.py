"""A citation with the sentences before and after its words, as far as they help to understand them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from index.text import paragraph_starts, sentence_spans
from index.types import Passage
from retrieval.types import Citation


def with_surroundings(citation: Citation, chars: int) -> Citation:
    """Return the citation with its words marked as the best of a longer quote from its article.

    The longer quote has whole sentences, at most ``chars`` characters on either side, and reaches from the
    paragraph before to the one after. Place, link and speaker stay those of the words.
    """
    quote = citation.quote
    text = quote.article.text
    paragraphs = [*paragraph_starts(text), len(text)]
    own = bisect_right(paragraphs, quote.start) - 1
    following = bisect_left(paragraphs, quote.end)
    low = max(paragraphs[max(0, own - 1)], quote.start - chars)
    high = min(paragraphs[min(following + 1, len(paragraphs) - 1)], quote.end + chars)
    start = _first_whole(text, low, quote.start, paragraphs)
    end = _last_whole(text, quote.end, high, paragraphs)
    passage = Passage(quote.article.id, start, end, text[start:end])
    wider = replace(quote, passage=passage, start=start, end=end, best=(quote.start, quote.end))
    return replace(citation, quote=wider)


def _first_whole(text: str, low: int, start: int, paragraphs: list[int]) -> int:
    """Return where the first sentence between ``low`` and ``start`` begins; ``start`` where there is none."""
    begins = _paragraph_at(low, paragraphs)
    spans = ((begins + first, begins + last) for first, last in sentence_spans(text[begins:start]))
    return next((first for first, _ in spans if first >= low), start)


def _last_whole(text: str, end: int, high: int, paragraphs: list[int]) -> int:
    """Return where the last sentence between ``end`` and ``high`` ends; ``end`` where there is none."""
    behind = paragraphs[min(bisect_left(paragraphs, high), len(paragraphs) - 1)]
    spans = [(end + first, end + last) for first, last in sentence_spans(text[end:behind])]
    return max((last for _, last in spans if last <= high), default=end)


def _paragraph_at(place: int, paragraphs: list[int]) -> int:
    return paragraphs[max(0, bisect_right(paragraphs, place) - 1)]
