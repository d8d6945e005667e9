"""Common English words, which say nothing about a passage; the words of a question worth searching."""

from __future__ import annotations

import re

_COMMON = """
    a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing done down during each few for from further had has
    have having he her here hers herself him himself his how i if in into is it its itself just me more
    most my myself no nor not now of off on once only or other our ours ourselves out over own s same
    she should so some such t than that the their theirs them themselves then there these they this
    those through to too under until up very was we were what when where which while who whom whose why
    will with would you your yours yourself yourselves
"""

STOP_WORDS = frozenset(_COMMON.split())

_WORD = re.compile(r"\w+")


def words_to_search(question: str) -> list[str]:
    """Return the words of ``question`` worth searching: all but common ones, unless it has no others."""
    words = list(dict.fromkeys(_WORD.findall(question.casefold())))
    return [word for word in words if word not in STOP_WORDS] or words
