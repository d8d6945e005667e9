"""Which words are quoted, and what a citation says of them; stored places become the same quotes again."""

from retrieval.quote.citations import cite
from retrieval.quote.quotes import rank_by_reading
from retrieval.quote.quoting import Quoting
from retrieval.quote.stored_turns import KeptTurn, Place, kept_turn, recalled

__all__ = ["KeptTurn", "Place", "Quoting", "cite", "kept_turn", "rank_by_reading", "recalled"]
