"""Readings -> quotes with their speakers, and stored places -> the quotes again."""

from __future__ import annotations

import logging
import math
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.protocols import Search
from retrieval.attribution import asked_speaker, prefer
from retrieval.quote.changes import change_since
from retrieval.quote.citations import cite
from retrieval.quote.context import with_surroundings
from retrieval.quote.quotes import CLEARLY, leading, quotes_of
from retrieval.quote.stored_turns import QuotePlace, quotes_at
from retrieval.read import grade, worth_quoting
from retrieval.retrieve import Candidates
from retrieval.settings import RetrievalSettings
from retrieval.types import Attributor, Citation, Judged, Quote, Reader, Speaker

log = logging.getLogger(__name__)

AMONG = 3.0
"""Logits by which others may lead the words of a speaker who is asked for."""


class Quoting:
    """Chooses the words, and names who says them. Without an attributor no quote has a speaker."""

    def __init__(self, reader: Reader, settings: RetrievalSettings, attributor: Attributor | None) -> None:
        self._reader = reader
        self._settings = settings
        self._attributor = attributor

    def quote(
        self,
        question: str,
        ranked: Sequence[Judged],
        candidates: Candidates,
        *,
        sentences: int | None = None,
        limit: int | None = None,
        lead: float = CLEARLY,
    ) -> list[Quote]:
        """Return the quotes of what was read, best first; of what came closest, where nothing answers.

        ``sentences`` is the most a quote may have in a row, ``limit`` the most quotes; where they are None,
        the settings say it. ``lead`` is by how many logits the first may lead the others.
        """
        most = limit or self._settings.quotes
        worth = leading(worth_quoting(ranked, self._settings), most, lead)
        return quotes_of(
            question,
            candidates.evidence(worth),
            self._reader,
            most,
            sentences=sentences or self._settings.sentences,
            enough=self._settings.enough,
            near_duplicates=candidates.near_duplicates,
        )

    def attribute(self, quotes: Sequence[Quote]) -> list[Quote]:
        """Return the quotes in their order, each with the speaker whose words it reports, if there is one.

        A quote whose article cannot be attributed has none, and the log says why: it answers all the same.
        """
        if self._attributor is None:
            return list(quotes)
        return [replace(quote, speaker=_speaker_of(quote, self._attributor)) for quote in quotes]

    def prefer_asked_speaker(
        self,
        question: str,
        quotes: Sequence[Quote],
        ranked: Sequence[Judged],
        candidates: Candidates,
        limit: int,
    ) -> list[Quote]:
        """Return ``quotes``, which have speakers; where one is asked for, that one's words first.

        They are also looked for among what came further behind; there are at most ``limit`` quotes.
        """
        asked = asked_speaker(question) if self._attributor else None
        if asked is None:
            return list(quotes)
        more = self.quote(question, ranked, candidates, limit=len(ranked), lead=AMONG)
        return prefer(quotes, self.attribute(more[len(quotes) :]), asked)[:limit]

    def further(
        self,
        question: str,
        ranked: Sequence[Judged],
        candidates: Candidates,
        found: Sequence[Quote],
        more: int,
    ) -> list[Quote]:
        """Return at most ``more`` quotes of other passages that answer, however far the first leads them."""
        quoted = {quote.passage for quote in found}
        rest = [
            pair for pair in ranked if pair[0] not in quoted and grade([pair], self._settings) == "answered"
        ]
        if not more or not rest:
            return []
        quotes = self.quote(question, rest, candidates, limit=more, lead=math.inf)
        return [quote for quote in candidates.near_duplicates.unlike([*found, *quotes]) if quote not in found]

    def again(
        self, places: Sequence[QuotePlace], searches: Sequence[Search], *, around: int = 0
    ) -> list[Citation]:
        """Return the words at these ``places``, in order, with their speakers and what has changed since.

        Those whose article is gone are left out. ``around`` is how many characters of what stands before and
        after come along (see with_surroundings).
        """
        by_name = {search.name: search for search in searches}
        again = []
        for citation in cite(self.attribute(quotes_at(places, searches))):
            known = replace(citation, change=change_since(citation, by_name[citation.library]))
            again.append(with_surroundings(known, around) if around else known)
        return again


def _speaker_of(quote: Quote, attributor: Attributor) -> Speaker | None:
    try:
        return attributor.speaker_of(quote.article, quote.start, quote.end)
    except Exception as error:  # whatever a stranger's article brings about
        place = traceback.extract_tb(error.__traceback__)[-1]
        # Not the error's own words: they may be the article's.
        log.error(
            "A quote of article %s is cited without a speaker: %s in %s, line %s.",
            quote.article.id,
            type(error).__name__,
            Path(place.filename).name,
            place.lineno,
        )
        return None
