"""Which words are quoted and what a citation says of them; stored places are turned into quotes again."""

from retrieval.quote.citations import cite
from retrieval.quote.quotes import rank_by_reading
from retrieval.quote.quoting import Quoting
from retrieval.quote.stored_turns import QuotePlace, StoredTurn, quote_place, recalled, stored_turn

__all__ = [
    "QuotePlace",
    "Quoting",
    "StoredTurn",
    "cite",
    "quote_place",
    "rank_by_reading",
    "recalled",
    "stored_turn",
]
