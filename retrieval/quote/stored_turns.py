"""What is stored of an answer: where its words stand, not the words, which are quoted again from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.protocols import Search
from index.types import Article, Passage
from retrieval.answers import Answer
from retrieval.conversation import Conversation, Turn
from retrieval.quote.citations import cite
from retrieval.types import Citation, Quote, Speaker


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """Where quoted words stand, and what is known of them; the fields are a Quote's."""

    library: str
    article_id: str
    start: int
    end: int
    best: tuple[int, int]
    score: float
    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A Turn without the words that were quoted, and with the ids of its articles."""

    question: str  # as it was understood
    places: tuple[QuotePlace, ...]
    articles: tuple[str, ...]


def quote_place(citation: Citation) -> QuotePlace:
    """Return where the words of ``citation`` stand."""
    quote = citation.quote
    return QuotePlace(
        citation.library,
        citation.article.id,
        quote.start,
        quote.end,
        quote.best,
        quote.score,
        quote.speaker,
    )


def stored_turn(answer: Answer) -> StoredTurn | None:
    """Return what of ``answer`` the next question may depend on; None of greetings and thanks."""
    turns = Conversation().followed_by(answer).turns
    if not turns:
        return None
    places = tuple(quote_place(citation) for citation in turns[0].citations)
    return StoredTurn(turns[0].question, places, tuple(article.id for article in turns[0].articles))


def recalled(turns: Iterable[StoredTurn], searches: Sequence[Search]) -> Conversation:
    """Return the conversation of these ``turns``, oldest first, without what ``searches`` have no more."""
    conversation = Conversation()
    for turn in turns:
        quotes = quotes_at(turn.places, searches)
        articles = (_article_in(article_id, searches) for article_id in turn.articles)
        known = tuple(article for article in articles if article is not None)
        conversation = conversation.with_turn(Turn(turn.question, cite(quotes), known))
    return conversation


def quotes_at(places: Iterable[QuotePlace], searches: Sequence[Search]) -> list[Quote]:
    """Return a quote for each place, in order, without those whose article is in no search."""
    by_name = {search.name: search for search in searches}
    quotes = []
    for place in places:
        search = by_name.get(place.library)
        article = search.article(place.article_id) if search is not None else None
        if article is None:
            continue
        passage = Passage(article.id, place.start, place.end, article.text[place.start : place.end])
        quotes.append(
            Quote(
                place.library,
                article,
                passage,
                place.start,
                place.end,
                place.best,
                place.score,
                place.speaker,
            )
        )
    return quotes


def _article_in(article_id: str, searches: Sequence[Search]) -> Article | None:
    found = (search.article(article_id) for search in searches)
    return next((article for article in found if article is not None), None)
